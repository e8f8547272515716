//! Course home: what next, how far, is my work safe.

use leptos::prelude::*;

use crate::domain::course::{Module, Placed};
use crate::domain::standing::{self, StepState};
use crate::ui::components::meter::permille;
use crate::ui::components::title::Title;
use crate::ui::format::{length, minutes};
use crate::ui::route::Route;
use crate::ui::screens::step::kind_label;
use crate::ui::state::{Device, Study};

/// The home of the open course.
#[component]
pub fn Home() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let course = study.course.clone();
    let title = device.text(&course.title);
    let summary = device.text(&course.summary);
    let modules = course.modules.clone();
    view! {
        <div class="home">
            <div>
                <Title text=title />
                <p class="quiet">{summary}</p>
                <Next />
                <h2>{device.words().modules}</h2>
                <ul class="modules">
                    {modules.into_iter().map(|module| view! { <ModuleRow module /> }).collect_view()}
                </ul>
            </div>
            <Aside />
        </div>
    }
}

/// The next thing to do, as one button.
#[component]
fn Next() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let step = Memo::new({
        let study = study.clone();
        move |_| {
            let progress = study.progress.get();
            standing::next_step(&study.course, &progress).map(|placed| placed.step.id.clone())
        }
    });
    move || {
        let found = step.get().and_then(|id| {
            study
                .course
                .step(&id)
                .map(|placed| next_card(device, &study, &placed))
        });
        found.unwrap_or_else(|| {
            view! {
                <section class="next" aria-label=device.words().next_up>
                    <p class="lead">{device.words().all_done}</p>
                    <p>{device.words().all_done_way}</p>
                    <a class="secondary" href="#/outline">{device.words().outline}</a>
                </section>
            }
            .into_any()
        })
    }
}

fn next_card(device: Device, study: &Study, placed: &Placed<'_>) -> AnyView {
    let language = device.language();
    let words = language.words();
    let standing = study.standing(placed);
    let title = placed.step.title.get(language.tag()).to_owned();
    let topic = placed.topic.title.get(language.tag()).to_owned();
    let kind = kind_label(words, placed.step.content.kind());
    let time = (standing.creditable_ms > 0)
        .then(|| format!(" · {}", length(language, standing.creditable_ms)));
    let begun = standing.state == StepState::Started;
    let href = Route::to_step(&placed.step.id).href();
    view! {
        <section class="next" aria-label=words.next_up>
            <p class="quiet">{words.next_up}" · "{kind}{time}</p>
            <p class="lead">{title}</p>
            <p class="quiet">{topic}</p>
            <a class="primary" href=href>{if begun { words.go_on } else { words.begin }}</a>
        </section>
    }
    .into_any()
}

#[component]
fn ModuleRow(module: Module) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let title = module.title.clone();
    let first = module.topics.iter().flat_map(|topic| &topic.steps).next();
    let href = first.map(|step| Route::to_step(&step.id).href());
    let credit = Memo::new(move |_| {
        standing::module_credit(&module, &study.progress_now(), &study.course.meter)
    });
    let bar = move || {
        let (credited, creditable) = credit.get();
        permille(credited, creditable)
    };
    let words = move || {
        let words = device.words();
        match credit.get() {
            (0, _) => words.not_started.to_owned(),
            (credited, creditable) => {
                format!(
                    "{} / {} {}",
                    minutes(credited),
                    minutes(creditable),
                    words.minutes_unit
                )
            }
        }
    };
    view! {
        <li>
            <a href=href>{device.text(&title)}</a>
            <svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width=bar height="8"></rect>
            </svg>
            <span class="quiet number">{words}</span>
        </li>
    }
}

/// How far, and is my work safe.
#[component]
fn Aside() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let (for_time, for_steps) = (study.clone(), study);
    let credited = Memo::new(move |_| {
        let progress = for_time.progress_now();
        let course = &for_time.course;
        let each = |module| standing::module_credit(module, &progress, &course.meter).0;
        course.modules.iter().map(each).sum::<u64>()
    });
    let steps =
        Memo::new(move |_| standing::steps_done(&for_steps.course, &for_steps.progress.get()));
    view! {
        <aside>
            <h2>{device.words().study_time}</h2>
            <p class="big">{move || minutes(credited.get())}<small>" "{device.words().minutes_unit}</small></p>
            <p class="quiet">{device.words().study_time_note}</p>
            <p class="count">
                <span>{device.words().steps_done}</span>
                <span class="number">{move || format!("{} / {}", steps.get().0, steps.get().1)}</span>
            </p>
            <h2>{device.words().work_safe}</h2>
            <p class="quiet">{device.words().work_safe_note}</p>
            <a class="secondary" href="#/records">{device.words().records}</a>
        </aside>
    }
}
