//! The meter as the learner sees it: counting or not and why, how much is credited, what is covered.

use leptos::prelude::*;

use super::icon::{Icon, pic};
use crate::domain::intervals::Intervals;
use crate::domain::meter::{Because, Status};
use crate::domain::standing::{StepStanding, StepState};
use crate::ui::dom::{El, el, svg};
use crate::ui::format::{length, permille};
use crate::ui::state::Device;
use crate::ui::text::{Language, because, needs};

/// Counting or not, and the credit of the step.
pub fn meter_line(status: RwSignal<Status>, standing: Memo<StepStanding>) -> El {
    let language = Device::here().language();
    let chip = el("span")
        .class("chip")
        .live_class("no", move || status.get() != Status::Counting)
        // Whoever paused it knows; everything else wants a look.
        .live_class("paused", move || {
            status.get() == Status::NotCounting(Because::Paused)
        })
        .attr("role", "status")
        .child(el("i").class("dot").attr("aria-hidden", "true"))
        .live_text(move || status_words(language, status.get()));
    let credit = el("span")
        .class("credit")
        .live_text(move || credit_words(language, &standing.get()));
    el("div")
        .class("meter")
        .child(chip)
        .child(credit)
        .child(completion(standing))
}

fn status_words(language: Language, status: Status) -> String {
    let words = language.words();
    match status {
        Status::Counting => words.counting().to_owned(),
        Status::NotCounting(why) => {
            let why = because(language, why);
            format!("{}{}{why}", words.not_counting(), words.colon())
        }
    }
}

fn credit_words(language: Language, standing: &StepStanding) -> String {
    let words = language.words();
    format!(
        "{} {}{}{}",
        words.credited(),
        length(language, standing.credited_ms),
        words.of(),
        length(language, standing.creditable_ms),
    )
}

/// What the step still needs, or that it is complete.
pub fn completion(standing: Memo<StepStanding>) -> El {
    let language = Device::here().language();
    let complete = Memo::new(move |_| standing.get().state == StepState::Complete);
    let wants = move || {
        let standing = standing.get();
        standing.needs.map_or_else(String::new, |wanted| {
            needs(language, wanted, standing.credited_ms)
        })
    };
    el("span").live(move || {
        vec![if complete.get() {
            el("span")
                .class("done")
                .attr("role", "status")
                .child(pic(Icon::Check))
                .text(language.words().step_complete())
        } else {
            el("span").class("needs").live_text(wants)
        }]
    })
}

/// What of a line of `length_ms` is covered, as a strip.
pub fn strip(covered: Memo<Intervals>, length_ms: u64) -> El {
    let bar = move |&(from, to): &(u64, u64)| {
        let (from, to) = (permille(from, length_ms), permille(to, length_ms));
        svg("rect")
            .attr("x", &from.to_string())
            .attr("width", &(to - from).to_string())
            .attr("y", "0")
            .attr("height", "8")
    };
    svg("svg")
        .class("strip")
        .attr("viewBox", "0 0 1000 8")
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", Device::here().words().covered_strip())
        .live(move || covered.get().as_slice().iter().map(bar).collect())
}
