//! Short pieces that say one thing.

use leptos::prelude::*;

use super::icon::{Icon, pic};
use crate::ui::dom::{El, el};
use crate::ui::state::Device;

/// "Saved here", beside something that is.
pub fn saved_mark() -> El {
    el("span")
        .class("saved")
        .child(pic(Icon::Check))
        .text(Device::here().words().saved_here)
}

/// A line that says what went wrong with the last try; empty when nothing did.
pub fn fault_line(fault: RwSignal<String>) -> El {
    el("p")
        .class("fault")
        .attr("role", "alert")
        .live_text(move || fault.get())
}

/// A button.
pub fn button(class: &str, label: &str, act: impl FnMut() + 'static) -> El {
    let mut act = act;
    el("button")
        .class(class)
        .attr("type", "button")
        .text(label)
        .on("click", move |_| act())
}

/// Something that opens and closes.
pub fn fold(label: &str, content: Vec<El>) -> El {
    el("details")
        .child(el("summary").text(label))
        .children(content)
}

/// A text of a person: its line breaks stay, nothing of it is markup.
pub fn written(text: &str) -> El {
    el("p").class("mine").text(text)
}
