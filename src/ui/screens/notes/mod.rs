//! Study notes (学习笔记).

use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::text::notes::NotesWords;

/// The screen.
pub fn notes(_: &'static str, words: &'static str) -> El {
    let Some(words) = NotesWords::read(words) else {
        return el("p");
    };
    el("article").child(title(words.notes()))
}
