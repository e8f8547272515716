//! The outline: every step with its state.

use leptos::prelude::*;

use crate::domain::course::{Module, Step, Topic};
use crate::ui::components::icon::Pic;
use crate::ui::components::title::Title;
use crate::ui::format::minutes;
use crate::ui::route::Route;
use crate::ui::screens::step::{kind_label, state_of, state_view};
use crate::ui::state::{Device, Study};

/// All modules, topics and steps.
#[component]
pub fn Outline() -> impl IntoView {
    let device = Device::here();
    let modules = Study::here().course.modules.clone();
    view! {
        <div class="outline" id="outline">
            <Title text=device.words().outline />
            {modules.into_iter().map(|module| view! { <ModulePart module /> }).collect_view()}
        </div>
    }
}

#[component]
fn ModulePart(module: Module) -> impl IntoView {
    let device = Device::here();
    let (title, summary) = (module.title, module.summary);
    view! {
        <section>
            <h2>{device.text(&title)}</h2>
            <p class="quiet">{device.text(&summary)}</p>
            {module.topics.into_iter().map(|topic| view! { <TopicPart topic /> }).collect_view()}
        </section>
    }
}

#[component]
fn TopicPart(topic: Topic) -> impl IntoView {
    let device = Device::here();
    let (title, summary) = (topic.title, topic.summary);
    view! {
        <h3>{device.text(&title)}</h3>
        <p class="quiet">{device.text(&summary)}</p>
        <ol class="steps-list">
            {topic.steps.into_iter().map(|step| view! { <StepRow step /> }).collect_view()}
        </ol>
    }
}

#[component]
fn StepRow(step: Step) -> impl IntoView {
    let device = Device::here();
    let standing = state_of(&Study::here(), &step.id);
    let href = Route::to_step(&step.id).href();
    let kind = step.content.kind();
    let title = step.title;
    let time = move || {
        let standing = standing.get();
        let (credited, all) = (standing.credited_ms, standing.creditable_ms);
        (all > 0).then(|| {
            format!(
                "{} / {} {}",
                minutes(credited),
                minutes(all),
                device.words().minutes_unit
            )
        })
    };
    let icon = Signal::derive(move || state_view(device.words(), &standing.get().state).0);
    view! {
        <li>
            <span class="kind">{kind_label(device.words(), kind)}</span>
            <a href=href>{device.text(&title)}</a>
            <span class="quiet number">{time}</span>
            <span class="state"><Pic icon />{move || state_view(device.words(), &standing.get().state).1}</span>
        </li>
    }
}
