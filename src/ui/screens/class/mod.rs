//! The class: what others wrote, and what a tutor does for them. Its screens are the fourth part of
//! the module and come with words of their own.

use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::text::class::ClassWords;

/// The class (班级).
pub fn class(_: &'static str, words: &'static str) -> El {
    match ClassWords::read(words) {
        Some(words) => el("article").child(title(words.class_title())),
        None => el("p"),
    }
}
