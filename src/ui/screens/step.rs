//! A step: where it stands in its topic, what it is, and what keeps it locked.

use leptos::prelude::*;

use super::pending::Pending;
use super::reading::ReadingStep;
use crate::domain::course::{Step, StepContent, StepKind};
use crate::domain::ids::Slug;
use crate::domain::standing::{Lock, StepStanding, StepState};
use crate::ui::components::icon::{Icon, Pic};
use crate::ui::components::player::Player;
use crate::ui::components::title::Title;
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::{Words, lock_reason};

/// The screen of one step of the open course.
#[component]
pub fn StepScreen(step: Slug) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let standing = state_of(&study, &step);
    let placed = study.course.step(&step)?;
    let siblings = placed.topic.steps.clone();
    let (topic, shown) = (placed.topic.title.clone(), placed.step.clone());
    let title = device.text(&shown.title);
    // The lock alone, so that the step is not built anew whenever a second is credited.
    let lock = Memo::new(move |_| match standing.get().state {
        StepState::Locked(lock) => Some(lock),
        _ => None,
    });
    let content = move || match lock.get() {
        Some(lock) => view! { <Locked lock /> }.into_any(),
        None => content(&shown, standing),
    };
    Some(view! {
        <article class="step">
            <p class="quiet crumb">{device.text(&topic)}</p>
            <StepsNav siblings=siblings.clone() current=step.clone() />
            <Title text=title />
            {content}
            <Around siblings current=step />
        </article>
    })
}

fn content(step: &Step, standing: Signal<StepStanding>) -> AnyView {
    let id = step.id.clone();
    match step.content.clone() {
        StepContent::Video(video) => view! { <Player step=id video standing /> }.into_any(),
        StepContent::Reading(reading) => {
            view! { <ReadingStep step=id reading standing /> }.into_any()
        }
        other => view! { <Pending content=other /> }.into_any(),
    }
}

/// Where the learner stands in a step, as a signal.
pub fn state_of(study: &Study, step: &Slug) -> Signal<StepStanding> {
    let (study, step) = (study.clone(), step.clone());
    Memo::new(move |_| match study.course.step(&step) {
        Some(placed) => study.standing(&placed),
        None => StepStanding {
            state: StepState::Open,
            credited_ms: 0,
            creditable_ms: 0,
            needs: None,
        },
    })
    .into()
}

/// What a kind of step is called.
pub fn kind_label(words: &'static Words, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Video => words.kind_video,
        StepKind::Reading => words.kind_reading,
        StepKind::Assignment => words.kind_assignment,
        StepKind::Discussion => words.kind_discussion,
        StepKind::Reflection => words.kind_reflection,
        StepKind::Exam => words.kind_exam,
        StepKind::Activity => words.kind_activity,
    }
}

/// The picture and word of a state.
pub fn state_view(words: &'static Words, state: &StepState) -> (Icon, &'static str) {
    match state {
        StepState::Locked(_) => (Icon::Lock, words.state_locked),
        StepState::Open => (Icon::Ring, words.state_open),
        StepState::Started => (Icon::Half, words.state_started),
        StepState::Complete => (Icon::Check, words.state_complete),
    }
}

/// The steps of the topic, in order, with their states.
#[component]
fn StepsNav(siblings: Vec<Step>, current: Slug) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let item = move |step: Step| {
        let standing = state_of(&study, &step.id);
        let here = step.id == current;
        let kind = step.content.kind();
        let href = Route::to_step(&step.id).href();
        let icon = Signal::derive(move || state_view(device.words(), &standing.get().state).0);
        let done = move || standing.get().state == StepState::Complete;
        let state = move || format!(" ({})", state_view(device.words(), &standing.get().state).1);
        view! {
            <li class:on=here class:done=done>
                <a href=href aria-current=here.then_some("step")>
                    <Pic icon />{kind_label(device.words(), kind)}<span class="unseen">{state}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="steps" aria-label=device.words().steps_of_topic>
            <ol>{siblings.into_iter().map(item).collect_view()}</ol>
        </nav>
    }
}

/// Why the step is locked, and the way to open it.
#[component]
fn Locked(lock: Lock) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let (Lock::Previous { previous } | Lock::Minutes { previous, .. }) = lock.clone();
    let href = Route::to_step(&previous).href();
    let reason = {
        let language = device.language();
        let placed = study.course.step(&previous);
        let title = placed.map_or("", |placed| placed.step.title.get(language.tag()));
        lock_reason(language, &lock, title)
    };
    view! {
        <section class="lock">
            <p class="lead"><Pic icon=Icon::Lock />{device.words().locked}</p>
            <p>{reason}</p>
            <a class="primary" href=href>{device.words().go_there}</a>
        </section>
    }
}

/// The way back and on.
#[component]
fn Around(siblings: Vec<Step>, current: Slug) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let at = siblings
        .iter()
        .position(|step| step.id == current)
        .unwrap_or(0);
    let before = at
        .checked_sub(1)
        .and_then(|before| siblings.get(before))
        .cloned();
    let after = siblings.get(at + 1).cloned();
    let done = state_of(&study, &current);
    let complete = Memo::new(move |_| done.get().state == StepState::Complete);
    let on = move |step: &Step| {
        let href = Route::to_step(&step.id).href();
        let kind = step.content.kind();
        let words = device.words();
        let label = format!(
            "{}{}{}",
            words.next_step,
            words.colon,
            kind_label(words, kind)
        );
        view! { <a href=href class:primary=complete class:secondary=move || !complete.get()>{label}</a> }
    };
    let back = move |step: &Step| {
        let href = Route::to_step(&step.id).href();
        view! { <a class="secondary" href=href>{device.words().previous_step}</a> }
    };
    view! {
        <nav class="around" aria-label=device.words().outline>
            {before.as_ref().map(back)}
            <a class="secondary" href="#/outline">{device.words().back_to_outline}</a>
            {after.as_ref().map(on)}
        </nav>
    }
}
