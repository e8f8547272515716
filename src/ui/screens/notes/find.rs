//! Finding words in the open part: the place is marked and brought into sight, and others are a key away.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

use super::desk::{Desk, clear, root};
use super::laid::Laid;
use crate::domain::search::{MAX_QUERY, within};
use crate::ui::browser;
use crate::ui::components::said::{button, fold_later};
use crate::ui::dom::{El, el, follow};
use crate::ui::route::Route;
use crate::ui::screens::search::{is_composing, look_for};
use crate::ui::text::score::fill;

/// What the place is marked with that is being looked at.
const FOUND: &str = "mark.found";

/// What was typed and which of its places is shown.
#[derive(Clone)]
struct Find {
    desk: Desk,
    typed: RwSignal<String>,
    /// Counted from 1; 0 for none.
    shown: StoredValue<usize>,
    said: RwSignal<String>,
}

/// The fold with the field and what goes with it.
pub fn find(desk: &Desk) -> El {
    let summary = el("summary").text(desk.words.find());
    let desk = desk.clone();
    fold_later(summary, move || vec![inside(&desk)]).on("toggle", |_| to_field())
}

fn inside(desk: &Desk) -> El {
    let words = desk.words;
    let find = Find {
        desk: desk.clone(),
        typed: RwSignal::new(String::new()),
        shown: StoredValue::new(0),
        said: RwSignal::new(String::new()),
    };
    let (on, back) = (find.clone(), find.clone());
    let (keys, fresh, composed) = (find.clone(), find.clone(), find.clone());
    let field = el("input")
        .attr("type", "search")
        .attr("id", "find-field")
        .attr("aria-label", words.find())
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "search")
        .attr("maxlength", &MAX_QUERY.to_string())
        .fills("input", find.typed)
        .on("input", move |event| {
            fresh.forget();
            if !is_composing(event) {
                fresh.go(true);
            }
        })
        .on("compositionend", move |_| composed.go(true))
        .on("keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            // The Enter that ends a word of an input method finds nothing yet.
            if key.key() == "Enter" && !key.is_composing() {
                keys.go(!key.shift_key());
            }
        });
    let (laid, turned) = (desk.laid, find.clone());
    follow(Box::new(move || {
        laid.track();
        turned.forget();
    }));
    let (said, left) = (find.said, find.clone());
    let close = el("span").live(move || {
        let left = left.clone();
        let is_on = !said.get().is_empty();
        let close = button("secondary", words.close(), move || {
            left.forget();
            to_field();
        });
        is_on.then_some(close).into_iter().collect()
    });
    let typed = find.typed;
    let elsewhere = el("div").live(move || {
        let none = said.with(|said| said == words.find_none());
        let link = none.then(|| {
            let link = el("a").attr("href", &Route::Search.href());
            let link = link.text(words.find_elsewhere());
            el("p").child(link.on("click", move |_| look_for(typed.get_untracked())))
        });
        link.into_iter().collect()
    });
    // The fold has just been opened.
    field.focus_soon();
    el("div")
        .attr("role", "search")
        // Where it would be out of sight beside a narrow text, it stays at the foot of the window.
        .live_attr("class", move || {
            let is_on = !said.get().is_empty();
            Some(if is_on { "find on" } else { "find" }.to_owned())
        })
        .child(field)
        .child(
            el("div")
                .class("row")
                .child(button("secondary", words.find_back(), move || {
                    back.go(false);
                }))
                .child(button("secondary", words.find_on(), move || on.go(true)))
                .child(close),
        )
        .child(
            el("p")
                .class("quiet")
                .attr("role", "status")
                .live_text(move || said.get()),
        )
        .child(elsewhere)
}

/// To the field, if it is in sight.
fn to_field() {
    if let Some(field) = browser::element("find-field") {
        let _ = field.focus();
    }
}

impl Find {
    /// Something else was typed.
    fn forget(&self) {
        if let Some(root) = root() {
            clear(&root, FOUND);
        }
        self.shown.set_value(0);
        self.said.set(String::new());
    }

    /// Shows the next place, or the one before; after the last comes the first.
    fn go(&self, on: bool) {
        let typed = self.typed.get_untracked();
        let Some(root) = root().filter(|_| !typed.trim().is_empty()) else {
            return;
        };
        clear(&root, FOUND);
        let laid = Laid::of(&root);
        let all = within(&laid.text, &typed);
        let before = self.shown.get_value();
        let shown = match (on, before) {
            (true, _) if before >= all.len() => 1,
            (true, _) => before + 1,
            (false, 0 | 1) => all.len(),
            (false, _) => (before - 1).min(all.len()),
        };
        let words = self.desk.words;
        let Some(range) = all.get(shown.wrapping_sub(1)) else {
            self.said.set(words.find_none().to_owned());
            return;
        };
        self.shown.set_value(shown);
        mark(&root, &laid, range);
        let count = [shown.to_string(), all.len().to_string()];
        let count: Vec<&str> = count.iter().map(String::as_str).collect();
        self.said.set(fill(words.find_at(), &count));
    }
}

fn mark(root: &Element, laid: &Laid, range: &Range<usize>) {
    laid.wrap(range, |_| el("mark").class("found").element().clone());
    if let Ok(Some(mark)) = root.query_selector(FOUND) {
        mark.scroll_into_view();
    }
}
