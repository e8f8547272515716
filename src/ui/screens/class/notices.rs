//! Notices and bulletins: everybody reads them, tutors write them.

use std::sync::Arc;

use serde_json::json;

use super::Room;
use crate::domain::record::Record;
use crate::ui::components::said::written;
use crate::ui::dom::{El, el};

/// The section.
pub fn section(room: &Arc<Room>) -> El {
    let section = el("section").child(el("h2").text(room.words.notices()));
    let section = section.child(room.listed(&["notice", "bulletin"], list));
    section.children(room.tutor.then(|| form(room)).flatten())
}

fn list(room: &Arc<Room>, records: &[Record]) -> Vec<El> {
    if records.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_notices())];
    }
    let seen = room.seen_until(records);
    let items = records.iter().map(|record| {
        let kind = if record.envelope().kind == "bulletin" {
            room.words.bulletin()
        } else {
            room.words.notice()
        };
        el("li")
            .child(
                el("p")
                    .child(el("strong").text(kind))
                    .children(room.new_mark(record, seen)),
            )
            .child(room.about(record))
            .child(written(record.body().words()))
    });
    vec![el("ol").class("feed").children(items)]
}

/// The field to write a notice or a bulletin in.
fn form(room: &Arc<Room>) -> Option<El> {
    let words = room.words;
    let buttons = [
        (words.publish_notice(), "notice"),
        (words.publish_bulletin(), "bulletin"),
    ];
    let own = Arc::clone(room);
    room.editor(
        "notice",
        words.write_notice(),
        &buttons,
        move |kind, text, field| {
            let registration = own.study.registration.clone();
            own.write(
                (kind, json!({"text": text})),
                None,
                &registration,
                Some(field),
            );
        },
    )
}
