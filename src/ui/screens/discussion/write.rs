//! The fields to write in: a new thread, a reply, an edit.

use leptos::prelude::*;

use super::Room;
use crate::domain::body::Body;
use crate::domain::discussion::Entry;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::work::{Edits, MAX_CHARACTERS, Post};
use crate::ui::components::editor::Editor;
use crate::ui::components::said::{button, fault_line, written};
use crate::ui::dom::{El, el};
use crate::ui::state::Device;
use crate::ui::text::reply_counts;

impl Room {
    /// A field for the words of a post that is edited. Every version stays.
    pub fn edit(&self, post: &Entry, thread: &RecordId, editing: RwSignal<bool>) -> El {
        let language = Device::here().language();
        let words = language.words();
        let least = self.discussion.least(post.id != *thread);
        let Some(field) = Slug::parse(&format!("edit-{}", post.id)) else {
            return el("p");
        };
        let editor = Editor::open(&self.study, &self.step, &field, &post.text, words.change());
        editor.field.focus_soon();
        let fault = RwSignal::new(String::new());
        let (room, post, thread) = (self.clone(), post.clone(), thread.clone());
        let saving = editor.clone();
        let save = move || {
            if let Some(wrong) = saving.fault(language, least, MAX_CHARACTERS) {
                fault.set(wrong);
                return;
            }
            let edited = Post {
                step: room.step.clone(),
                text: saving.draft.take(),
                to: (post.id != thread).then(|| thread.clone()),
                quote: None,
                course: Some(room.study.course.id.clone()),
                edits: Some(Edits {
                    id: post.id.clone(),
                    at: post.at,
                }),
            };
            room.study
                .make(&room.step, Body::Post(edited), None, &[&field]);
            editing.set(false);
        };
        let row = el("div")
            .class("row")
            .child(button("primary", words.save_edit(), save))
            .child(button("secondary", words.cancel(), move || {
                editing.set(false);
            }));
        el("div")
            .child(editor.draft.beside())
            .child(editor.field.clone())
            .child(editor.length_line(least, 0))
            .child(fault_line(fault))
            .child(row)
    }

    /// A field for a new thread, or for a reply.
    pub fn form(&self, thread: Option<&RecordId>, label: &'static str) -> El {
        let language = Device::here().language();
        let words = language.words();
        let counts_from = self.discussion.min_characters;
        let least = self.discussion.least(thread.is_some());
        let note = thread.map(|_| {
            let said = reply_counts(language, counts_from);
            el("p").class("quiet").text(&said)
        });
        let name = thread.map_or_else(|| "post".to_owned(), |thread| format!("reply-{thread}"));
        let Some(field) = Slug::parse(&name) else {
            return el("p");
        };
        let editor = Editor::open(&self.study, &self.step, &field, "", label);
        let _ = editor.field.clone().attr("id", "reply-field");
        let fault = RwSignal::new(String::new());
        let (room, thread, sending) = (self.clone(), thread.cloned(), editor.clone());
        let send = move || {
            if let Some(wrong) = sending.fault(language, least, MAX_CHARACTERS) {
                fault.set(wrong);
                return;
            }
            fault.set(String::new());
            let post = Post {
                step: room.step.clone(),
                text: sending.draft.take(),
                to: thread.clone(),
                quote: room.quote.get_untracked(),
                course: Some(room.study.course.id.clone()),
                edits: None,
            };
            if let Some(thread) = thread.as_ref() {
                // One's own reply is no news, also if one leaves before it is counted.
                room.saw(thread, room.seen(thread) + 1);
            }
            room.study
                .make(&room.step, Body::Post(post), None, &[&field]);
            room.quote.set(None);
            sending.clear();
        };
        let quote = self.quote;
        let quoted = el("div").live(move || {
            let Some(quoted) = quote.get() else {
                return Vec::new();
            };
            let drop = button("plain", words.drop_quote(), move || quote.set(None));
            vec![el("blockquote").child(written(&quoted.text)).child(drop)]
        });
        el("section")
            .class("write")
            .child(el("h2").text(label))
            .child(quoted)
            .child(editor.draft.beside())
            .child(editor.field.clone())
            .child(editor.length_line(least, 0))
            .children(note)
            .child(fault_line(fault))
            .child(button("primary", words.publish(), send))
    }
}
