//! Notices and bulletins: everybody reads them, tutors write them.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::json;

use super::desk::figures;
use super::{DRAFTS, Room};
use crate::domain::ids::Slug;
use crate::domain::record::Record;
use crate::ui::components::editor::Editor;
use crate::ui::components::said::{button, fault_line, fold, written};
use crate::ui::dom::{El, el};
use crate::ui::state::Intent;

/// The section.
pub fn section(room: &Arc<Room>) -> El {
    let section = el("section").child(el("h2").text(room.words.notices()));
    let section = section.child(room.listed(&["notice", "bulletin"], list));
    section.children(room.tutor.then(|| form(room)).into_iter().flatten())
}

fn list(room: &Arc<Room>, records: &[Record]) -> Vec<El> {
    if records.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_notices())];
    }
    let items = records.iter().map(|record| {
        let kind = if record.envelope().kind == "bulletin" {
            room.words.bulletin()
        } else {
            room.words.notice()
        };
        el("li")
            .child(el("p").child(el("strong").text(kind)))
            .child(room.about(record))
            .child(written(record.body().words()))
    });
    vec![el("ol").class("feed").children(items)]
}

/// The field to write a notice in, and the form of a bulletin.
fn form(room: &Arc<Room>) -> Vec<El> {
    let words = room.words;
    let own = Arc::clone(room);
    let notice = room.editor(
        "notice",
        words.write_notice(),
        &[(words.publish_notice(), "notice")],
        move |kind, text, field| {
            let drafts = std::slice::from_ref(field);
            own.publish(kind, text, drafts);
            true
        },
    );
    let bulletin = fold(words.write_bulletin(), bulletin(room));
    notice.into_iter().chain([bulletin]).collect()
}

/// A bulletin (简报) has four parts; what is left empty is left out.
fn bulletin(room: &Arc<Room>) -> Vec<El> {
    let words = room.words;
    let parts = [
        ("bulletin-progress", words.b_progress()),
        ("bulletin-problems", words.b_problems()),
        ("bulletin-good", words.b_good()),
        ("bulletin-voices", words.b_voices()),
    ];
    let Some(step) = Slug::parse(DRAFTS) else {
        return Vec::new();
    };
    let mut all = vec![el("p").class("quiet").text(words.b_note())];
    // For the figures, which are worked out when the bulletin is published.
    room.study.send(Intent::Whole);
    let mut editors = Vec::new();
    let mut drafts = Vec::new();
    for (field, label) in parts {
        let Some(field) = Slug::parse(field) else {
            continue;
        };
        let editor = Editor::open(&room.study, &step, &field, "", label);
        all.push(el("p").class("quiet").text(label));
        all.push(editor.draft.beside());
        all.push(editor.field.clone());
        editors.push((label, editor));
        drafts.push(field);
    }
    let fault = RwSignal::new(String::new());
    let own = Arc::clone(room);
    all.push(fault_line(fault));
    all.push(button("primary", words.publish_bulletin(), move || {
        let mut text = own.study.whole.with_untracked(|fold| {
            fold.as_ref()
                .map_or_else(String::new, |fold| figures(&own, fold))
        });
        let mut written = false;
        for (label, editor) in &editors {
            let part = editor.draft.text();
            if !part.trim().is_empty() {
                written = true;
                for piece in ["\n\n", label, "\n", part.trim()] {
                    text.push_str(piece);
                }
            }
        }
        if !written {
            fault.set(own.words.b_empty().to_owned());
            return;
        }
        fault.set(String::new());
        for (_, editor) in &editors {
            editor.draft.take();
            editor.clear();
        }
        own.publish("bulletin", text.trim(), &drafts);
    }));
    all
}

impl Room {
    fn publish(&self, kind: &'static str, text: &str, drafts: &[Slug]) {
        let registration = self.study.registration.clone();
        self.write((kind, json!({"text": text})), None, &registration, drafts);
    }
}
