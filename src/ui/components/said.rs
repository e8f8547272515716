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
        .text(Device::here().words().saved_here())
}

/// Where a record is: here, or at the backend, too.
pub fn kept_mark(accepted: bool) -> El {
    if !accepted {
        return saved_mark();
    }
    el("span")
        .class("saved")
        .child(pic(Icon::Check))
        .text(Device::here().words().accepted())
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

/// A button for what cannot be taken back: it asks once more, with the words of `question`.
pub fn sure(
    label: &'static str,
    question: &'static str,
    act: impl FnMut() + Clone + 'static,
) -> El {
    let asked = RwSignal::new(false);
    el("div").live(move || {
        if !asked.get() {
            return vec![button("secondary", label, move || asked.set(true))];
        }
        let row = el("div")
            .class("row")
            .child(button("primary", label, act.clone()))
            .child(button(
                "secondary",
                Device::here().words().cancel(),
                move || {
                    asked.set(false);
                },
            ));
        vec![el("p").attr("role", "alert").text(question), row]
    })
}

/// Something that opens and closes.
pub fn fold(label: &str, content: Vec<El>) -> El {
    el("details")
        .child(el("summary").text(label))
        .children(content)
}

/// Something whose content is made when it is opened for the first time: until then it costs nothing.
pub fn fold_later(summary: El, content: impl Fn() -> Vec<El> + 'static) -> El {
    let opened = RwSignal::new(false);
    let inside = el("div").live(move || {
        let made = opened.get().then(|| untrack(&content));
        made.unwrap_or_default()
    });
    el("details")
        .child(summary)
        .child(inside)
        .on("toggle", move |_| {
            if !opened.get_untracked() {
                opened.set(true);
            }
        })
}

/// A text of a person: its line breaks stay, nothing of it is markup.
pub fn written(text: &str) -> El {
    el("p").class("mine").text(text)
}
