//! The offer of a newer version of the app: taken only when somebody says so.

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Saving, Study};

/// What is said while a newer version waits.
pub fn newer() -> El {
    let words = Device::here().words();
    // Where the app is stuck, nothing is being written.
    let saving = use_context::<Study>().map(|study| study.saving);
    let others = RwSignal::new(false);
    let take = button("secondary", words.newer_take(), move || {
        // What is on its way to the disk comes first; the header says why that takes long.
        if saving.is_none_or(|saving| saving.get_untracked() == Saving::Saved) {
            take(others);
        }
    });
    el("div")
        .class("banner calm")
        .attr("role", "status")
        .live(move || {
            if others.get() {
                vec![el("span").text(words.newer_others())]
            } else {
                vec![el("span").text(words.newer_ready())]
            }
        })
        .child(take)
}

/// Asks the worker to change over; the page starts anew when it did. Other windows of the app would
/// miss the older version's files, so with them open it does not.
fn take(others: RwSignal<bool>) {
    let told = Closure::once_into_js(move || {
        others.try_set(true);
    });
    let take = js_sys::Reflect::get(&browser::window(), &JsValue::from_str("zhixingTake"));
    if let Some(take) = take.ok().and_then(|take| take.dyn_into::<Function>().ok()) {
        let _ = take.call1(&JsValue::NULL, &told);
    }
}
