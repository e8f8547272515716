//! The list to jump by.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::Show;
use crate::projection::starts;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el};

impl Show {
    /// The list to jump by.
    pub(super) fn jumps(&self) -> El {
        let show = self.clone();
        el("div").live(move || {
            if !show.list.get() {
                return Vec::new();
            }
            let words = show.words;
            let shown = show.place.get_untracked().slide;
            let items: Vec<El> = show.slides.with(|slides| {
                let starts = starts(slides);
                let here = starts.iter().rfind(|at| **at <= shown).copied();
                let item = |at: usize| {
                    let to = show.clone();
                    let title = slides.get(at).map_or("", |slide| slide.title.as_str());
                    let label = format!("{} · {title}", at + 1);
                    let jump = button("secondary", &label, move || to.jump(at));
                    if here == Some(at) {
                        jump.focus_soon();
                        el("li").child(jump.attr("aria-current", "true"))
                    } else {
                        el("li").child(jump)
                    }
                };
                starts.into_iter().map(item).collect()
            });
            let close = show.list;
            let close = button("secondary", words.close_list(), move || close.set(false));
            let list = el("nav")
                .class("jumps")
                .attr("aria-label", words.list())
                .child(el("h2").text(words.list()))
                .child(el("ol").children(items))
                .child(close);
            vec![list]
        })
    }
}

/// Moves the focus so many entries on in the list to jump by.
pub fn step(by: i32) -> bool {
    let page = browser::document();
    let Ok(Some(list)) = page.query_selector(".deck .jumps") else {
        return false;
    };
    let entries = list.get_elements_by_tag_name("button");
    let entries: Vec<HtmlElement> = (0..entries.length())
        .filter_map(|at| entries.item(at)?.dyn_into().ok())
        .collect();
    let active = page.active_element();
    let at = entries
        .iter()
        .position(|entry| Some(entry.as_ref()) == active.as_ref());
    let to = at.and_then(|at| at.checked_add_signed(by.try_into().ok()?));
    if let Some(entry) = to.and_then(|to| entries.get(to)) {
        let _ = entry.focus();
    }
    true
}
