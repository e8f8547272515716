//! The heading of a screen: shown, put in the window's title, and given the focus when the
//! screen changes, so that a screen reader begins there.

use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::state::Device;

/// A screen's heading.
pub fn title(text: &str) -> El {
    let device = Device::here();
    browser::document().set_title(&format!("{text} · {}", device.words().app()));
    let heading = el("h1").attr("tabindex", "-1").text(text);
    // Not on the very first screen: a page that has just been opened keeps its focus.
    if browser::document().has_focus().unwrap_or(false) && moved_before() {
        heading.focus_soon();
    }
    heading
}

/// Whether a screen was shown before this one; remembers that one was.
fn moved_before() -> bool {
    thread_local! {
        static MOVED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    MOVED.replace(true)
}
