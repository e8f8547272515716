//! The outline: every step with its state.

use leptos::prelude::*;

use crate::domain::agenda::{Item, agenda};
use crate::domain::course::{Module, Step, Topic};
use crate::domain::standing::StepStanding;
use crate::domain::time::Window;
use crate::projection::is_shown;
use crate::ui::app::Here;
use crate::ui::components::icon::live_pic;
use crate::ui::components::steps::{kind_label, state_of, state_view};
use crate::ui::components::title::title;
use crate::ui::components::window::{Now, now_within};
use crate::ui::dom::{El, el};
use crate::ui::format::{minutes, span};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::Words;

/// All modules, topics and steps.
pub fn outline() -> El {
    let study = Study::here();
    let words = Device::here().words();
    let modules = study.course.modules.iter();
    el("div")
        .class("outline")
        .attr("id", "outline")
        .child(title(words.outline()))
        .child(el("p").child(el("a").attr("href", "#/search").text(words.to_search())))
        .child(el("p").child(el("a").attr("href", "#/notes").text(words.to_study_notes())))
        .child(el("p").child(el("a").attr("href", "#/device").text(words.to_device())))
        .children(calendar(&study))
        .children(modules.map(|module| module_part(&study, module)))
}

/// What has a time of its own: from when to when, and whether that is now.
fn calendar(study: &Study) -> [El; 2] {
    let device = Device::here();
    let (language, words) = (device.language(), device.words());
    let progress = study.progress.get_untracked();
    let offset = study.course.calendar.utc_offset_minutes;
    let row = |(item, window): (Item<'_>, Window)| {
        let name = match &item {
            Item::WarmUp => el("span").text(words.warm_up()),
            Item::Study => el("span").text(words.study()),
            Item::Grading => el("span").text(words.grading()),
            Item::Step(placed) => {
                let link = el("a").attr("href", &Route::to_step(&placed.step.id).href());
                device.write(link, &placed.step.title)
            }
        };
        let (now, state) = match now_within(Some(window)) {
            Now::Before => (false, words.opens_later()),
            Now::Inside => (true, words.open_now()),
            Now::After => (false, words.open_no_more()),
        };
        el("li")
            .live_class("now", move || now)
            .child(name)
            .child(
                el("span")
                    .class("number")
                    .text(&span(language, window, offset)),
            )
            .child(el("span").class("state").text(state))
    };
    let rows = agenda(&study.course, &progress).into_iter().map(row);
    [
        el("h2").text(words.calendar()),
        el("ol").class("agenda").children(rows),
    ]
}

fn module_part(study: &Study, module: &Module) -> El {
    let device = Device::here();
    let topics = module.topics.iter();
    el("section")
        .child(device.write(el("h2"), &module.title))
        .child(device.write(el("p").class("quiet"), &module.summary))
        .children(topics.flat_map(|topic| topic_part(study, topic)))
}

fn topic_part(study: &Study, topic: &Topic) -> Vec<El> {
    let device = Device::here();
    let steps = topic.steps.iter();
    let project = is_shown(topic).then(|| {
        el("a")
            .attr("href", &Route::Deck(topic.id.clone()).href())
            .text(device.words().project_topic())
            .child(device.write(el("span").class("unseen"), &topic.title))
    });
    let mut all = vec![
        device.write(el("h3"), &topic.title),
        device.write(el("p").class("quiet"), &topic.summary),
    ];
    all.extend(project.map(|project| el("p").child(project)));
    let rows = steps.map(|step| step_row(study, step));
    all.push(el("ol").class("steps-list").children(rows));
    all
}

fn step_row(study: &Study, step: &Step) -> El {
    let device = Device::here();
    let words = device.words();
    let standing = state_of(study, &step.id);
    let link = el("a").attr("href", &Route::to_step(&step.id).href());
    // Who comes from a step goes on from there, not from the top.
    if Here::left_step().is_some_and(|left| left == step.id) {
        link.focus_soon();
    }
    let state = el("span")
        .class("state")
        .child(live_pic(move || state_view(words, &standing.get().state).0))
        .live_text(move || state_view(words, &standing.get().state).1.to_owned());
    el("li")
        .child(
            el("span")
                .class("kind")
                .text(kind_label(words, step.content.kind())),
        )
        .child(device.write(link, &step.title))
        .child(
            el("span")
                .class("quiet number")
                .live_text(move || time(words, &standing.get())),
        )
        .child(state)
}

fn time(words: &Words, standing: &StepStanding) -> String {
    let (credited, all) = (standing.credited_ms, standing.creditable_ms);
    if all == 0 {
        return String::new();
    }
    format!(
        "{} / {} {}",
        minutes(credited),
        minutes(all),
        words.minutes_unit()
    )
}
