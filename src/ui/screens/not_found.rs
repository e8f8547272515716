//! An address that names no screen.

use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::Device;

/// Says so, and leads home.
pub fn not_found() -> El {
    let words = Device::here().words();
    let home = el("a")
        .class("primary")
        .attr("href", "#/")
        .text(words.home());
    el("article")
        .class("narrow")
        .child(title(words.not_found()))
        .child(el("p").text(words.not_found_way()))
        .child(home)
}
