//! The meter as the learner sees it: counting or not and why, how much is credited, what is covered.

use leptos::prelude::*;

use super::icon::{Icon, Pic};
use crate::domain::intervals::Intervals;
use crate::domain::meter::Status;
use crate::domain::standing::{StepStanding, StepState};
use crate::ui::format::length;
use crate::ui::state::Device;
use crate::ui::text::{because, needs};

/// Counting or not, and the credit of the step.
#[component]
pub fn MeterLine(status: Signal<Status>, standing: Signal<StepStanding>) -> impl IntoView {
    let device = Device::here();
    let counting = Memo::new(move |_| status.get() == Status::Counting);
    let state = move || {
        let language = device.language();
        match status.get() {
            Status::Counting => language.words().counting.to_owned(),
            Status::NotCounting(why) => {
                let words = language.words();
                format!(
                    "{}{}{}",
                    words.not_counting,
                    words.colon,
                    because(language, why)
                )
            }
        }
    };
    let credit = move || {
        let language = device.language();
        let standing = standing.get();
        format!(
            "{} {}{}{}",
            language.words().credited,
            length(language, standing.credited_ms),
            language.words().of,
            length(language, standing.creditable_ms),
        )
    };
    view! {
        <div class="meter">
            <span class="chip" class:no=move || !counting.get() role="status">
                <i class="dot" aria-hidden="true"></i>{state}
            </span>
            <span class="credit">{credit}</span>
            <Completion standing />
        </div>
    }
}

/// What the step still needs, or that it is complete.
#[component]
fn Completion(standing: Signal<StepStanding>) -> impl IntoView {
    let device = Device::here();
    let complete = Memo::new(move |_| standing.get().state == StepState::Complete);
    let wants = move || {
        let standing = standing.get();
        standing
            .needs
            .map(|wanted| needs(device.language(), wanted, standing.credited_ms))
    };
    move || {
        if complete.get() {
            view! { <span class="done" role="status"><Pic icon=Icon::Check />{device.words().step_complete}</span> }.into_any()
        } else {
            view! { <span class="needs">{wants}</span> }.into_any()
        }
    }
}

/// What of a line of `length_ms` is covered, as a strip.
#[component]
pub fn Strip(covered: Signal<Intervals>, length_ms: u64) -> impl IntoView {
    let device = Device::here();
    let bars = move || {
        covered
            .get()
            .as_slice()
            .iter()
            .map(|&(from, to)| {
                let (from, to) = (permille(from, length_ms), permille(to, length_ms));
                view! { <rect x=from width=to - from y="0" height="8"></rect> }
            })
            .collect_view()
    };
    view! {
        <svg class="strip" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label=device.words().covered_strip>
            {bars}
        </svg>
    }
}

/// `part` of `whole` in thousandths, at most 1000.
pub fn permille(part: u64, whole: u64) -> u64 {
    part.min(whole) * 1_000 / whole.max(1)
}
