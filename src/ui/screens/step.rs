//! A step: where it stands in its topic, what it is, and what keeps it locked.

use leptos::prelude::*;

use super::assignment::assignment;
use super::discussion::discussion;
use super::rare::rare;
use super::reading::reading;
use crate::domain::course::{Placed, Step, StepContent};
use crate::domain::ids::Slug;
use crate::domain::standing::{Lock, StepStanding, StepState};
use crate::ui::app::with_third;
use crate::ui::components::icon::{Icon, live_pic, pic};
use crate::ui::components::player::player;
use crate::ui::components::steps::{kind_label, state_of, state_view};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study, apart, opens_at};
use crate::ui::text::lock_reason;

/// The screen of one step of the open course.
pub fn step(study: &Study, placed: &Placed<'_>) -> El {
    let device = Device::here();
    let (step, topic) = (placed.step.clone(), placed.topic);
    let standing = state_of(study, &step.id);
    // The lock alone, so that the step is not built anew whenever a second is credited.
    let lock = Memo::new(move |_| match standing.get().state {
        StepState::Locked(lock) => Some(lock),
        _ => None,
    });
    let heading = title(&device.text(&step.title));
    let (here, siblings) = (step.id.clone(), &topic.steps);
    // Where the next step of the topic is a reading, its text is there when it is opened.
    let texts = siblings.iter().filter(|other| other.id != here);
    let texts = texts.filter_map(|other| opens_at(study, other, device.language()));
    study.texts.bring_ahead(texts.collect());
    let body = {
        let study = study.clone();
        el("div").class("body").live(move || {
            let lock = lock.get();
            untrack(|| match &lock {
                Some(lock) => vec![locked(&study, lock)],
                None => content(&study, &step, standing),
            })
        })
    };
    el("article")
        .class("step")
        .child(device.write(el("p").class("quiet crumb"), &topic.title))
        .child(steps_nav(study, siblings, &here))
        .child(heading)
        .child(body)
        .child(around(study, siblings, &here))
}

fn content(study: &Study, step: &Step, standing: Memo<StepStanding>) -> Vec<El> {
    match &step.content {
        StepContent::Video(video) => player(study, &step.id, video, standing),
        StepContent::Reading(parts) => reading(study, &step.id, parts, standing)
            .into_iter()
            .collect(),
        StepContent::Assignment(task) => assignment(study, &step.id, task, standing),
        StepContent::Discussion(task) => discussion(study, &step.id, task, standing),
        StepContent::Reflection(_) | StepContent::Exam(_) | StepContent::Activity(_) => {
            let (study, step) = (study.clone(), step.clone());
            let rare: fn(&Study, &Step, Memo<StepStanding>) -> El = rare;
            vec![with_third(move || apart(rare)(&study, &step, standing))]
        }
    }
}

/// The steps of the topic, in order, with their states.
fn steps_nav(study: &Study, siblings: &[Step], current: &Slug) -> El {
    let words = Device::here().words();
    let item = |step: &Step| {
        let standing = state_of(study, &step.id);
        let here = step.id == *current;
        let state = el("span")
            .class("unseen")
            .live_text(move || format!(" ({})", state_view(words, &standing.get().state).1));
        let link = el("a")
            .attr("href", &Route::to_step(&step.id).href())
            .attr_if("aria-current", here.then_some("step"))
            .child(live_pic(move || state_view(words, &standing.get().state).0))
            .text(kind_label(words, step.content.kind()))
            .child(state);
        el("li")
            .live_class("on", move || here)
            .live_class("done", move || standing.get().state == StepState::Complete)
            .child(link)
    };
    el("nav")
        .class("steps")
        .attr("aria-label", words.steps_of_topic())
        .child(el("ol").children(siblings.iter().map(item)))
}

/// Why the step is locked, and the way to open it.
fn locked(study: &Study, lock: &Lock) -> El {
    let language = Device::here().language();
    let words = language.words();
    let (Lock::Previous { previous } | Lock::Minutes { previous, .. }) = lock;
    let placed = study.course.step(previous);
    let title = placed.map_or("", |placed| placed.step.title.get(language.tag()));
    let lead = el("p")
        .class("lead")
        .child(pic(Icon::Lock))
        .text(words.locked());
    let go = el("a")
        .class("primary")
        .attr("href", &Route::to_step(previous).href())
        .text(words.go_there());
    el("section")
        .class("lock")
        .child(lead)
        .child(el("p").text(&lock_reason(language, lock, title)))
        .child(go)
}

/// The way back and on.
fn around(study: &Study, siblings: &[Step], current: &Slug) -> El {
    let words = Device::here().words();
    let at = siblings.iter().position(|step| step.id == *current);
    let at = at.unwrap_or(0);
    let before = at.checked_sub(1).and_then(|before| siblings.get(before));
    let done = state_of(study, current);
    let complete = move || done.get().state == StepState::Complete;
    let link = |step: &Step, label: &str| {
        el("a")
            .attr("href", &Route::to_step(&step.id).href())
            .text(label)
    };
    let back = before.map(|step| link(step, words.previous_step()).class("secondary"));
    let on = siblings.get(at + 1).map(|step| {
        let kind = kind_label(words, step.content.kind());
        let label = format!("{}{}{kind}", words.next_step(), words.colon());
        link(step, &label)
            .live_class("primary", complete)
            .live_class("secondary", move || !complete())
    });
    let outline = el("a")
        .class("secondary")
        .attr("href", "#/outline")
        .text(words.back_to_outline());
    el("nav")
        .class("around")
        .attr("aria-label", words.outline())
        .children(back)
        .child(outline)
        .children(on)
}
