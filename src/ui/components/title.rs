//! The heading of a screen: shown, put in the window's title, and given the focus when the
//! screen changes, so that a screen reader begins there.

use leptos::html::H1;
use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::state::Device;

/// A screen's heading.
#[component]
pub fn Title(#[prop(into)] text: String) -> impl IntoView {
    let device = Device::here();
    let node = NodeRef::<H1>::new();
    browser::document().set_title(&format!("{text} · {}", device.words().app));
    Effect::new(move |before: Option<()>| {
        if let (None, Some(heading)) = (before, node.get()) {
            // Not on the very first screen: a page that has just been opened keeps its focus.
            if browser::document().has_focus().unwrap_or(false) && moved_before() {
                let _ = heading.focus();
            }
        }
    });
    view! { <h1 node_ref=node tabindex="-1">{text}</h1> }
}

/// Whether a screen was shown before this one; remembers that one was.
fn moved_before() -> bool {
    thread_local! {
        static MOVED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    MOVED.replace(true)
}
