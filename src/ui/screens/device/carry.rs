//! The portable edition: its records stay in the browser of the PC at which it was opened, so they are
//! offered as a file before one leaves.

use leptos::prelude::*;
use web_sys::Event;

use crate::ui::browser;
use crate::ui::dom::{El, el, on_window};
use crate::ui::state::{Study, Transfer};
use crate::ui::text::score::{ScoreWords, fill};

/// How many records were exported last, by profile.
const CARRIED: &str = "zhixing-carried";

fn key(study: &Study) -> String {
    format!("{CARRIED}@{}", study.profile.as_str())
}

/// The line that says what is not on the stick yet.
pub fn carry(words: &'static str) -> El {
    let Some(words) = ScoreWords::read(words) else {
        return el("p");
    };
    let study = Study::here();
    let facts = study.facts;
    let exported = study.transfer;
    let own = study.clone();
    let left = Memo::new(move |_| {
        if exported.get() == Transfer::Exported(true) {
            let records = facts.get_untracked().records;
            browser::set_setting(&key(&own), &records.to_string());
        }
        let records = facts.get().records;
        let carried = browser::setting(&key(&own)).and_then(|known| known.parse().ok());
        records.saturating_sub(carried.unwrap_or(0_u64))
    });
    on_window("beforeunload", move |event: &Event| {
        if left.try_get_untracked().is_some_and(|left| left > 0) {
            event.prevent_default();
        }
    });
    el("p")
        .class("banner carry")
        .attr("role", "status")
        .live(move || {
            let said = match left.get() {
                0 => words.carry_all().to_owned(),
                left => fill(words.carry_left(), &[&left.to_string()]),
            };
            let link = el("a").attr("href", "#/records").text(words.carry_export());
            vec![el("span").text(&said), link]
        })
}
