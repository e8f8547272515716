//! Questions to the experts (答疑) and their answers: a learner sees one's own and those that were
//! answered to all, a tutor answers.

use std::sync::Arc;

use super::Room;
use crate::domain::body::Body;
use crate::domain::record::Record;
use crate::ui::components::said::{fold, written};
use crate::ui::dom::{El, el};

/// The section.
pub fn section(room: &Arc<Room>) -> El {
    el("section")
        .child(el("h2").text(room.words.questions()))
        .child(room.listed(&["question", "comment"], list))
}

/// What a comment is about.
pub fn of(record: &Record) -> &str {
    match record.body() {
        Body::Assessed("comment", body) => body["of"].as_str().unwrap_or_default(),
        _ => "",
    }
}

fn list(room: &Arc<Room>, records: &[Record]) -> Vec<El> {
    let mut items = Vec::new();
    for record in records {
        let Body::Question(question) = record.body() else {
            continue;
        };
        let envelope = record.envelope();
        let mut item = el("li")
            .child(el("p").child(el("strong").text(&room.step_title(&question.step))))
            .child(room.about(record))
            .child(written(&question.text));
        let mut answered = false;
        for answer in records
            .iter()
            .rev()
            .filter(|answer| of(answer) == envelope.id.as_str())
        {
            answered = true;
            item = item.child(
                el("blockquote")
                    .child(room.about(answer))
                    .child(written(answer.body().words())),
            );
        }
        if room.tutor {
            let field = room.comment_on(&envelope.id, Some(&question.step), &envelope.registration);
            item = item.child(fold(room.words.answer(), field.into_iter().collect()));
        } else if !answered {
            item = item.child(el("p").class("quiet").text(room.words.not_answered()));
        }
        items.push(item);
    }
    if items.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_questions())];
    }
    vec![el("ol").class("feed").children(items)]
}
