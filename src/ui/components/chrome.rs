//! What surrounds every screen: where am I, and is my work safe.

use leptos::prelude::*;

use super::icon::{Icon, Pic};
use crate::store::log::LogError;
use crate::ui::app::Here;
use crate::ui::route::Route;
use crate::ui::state::{Device, Saving, Study, Theme};
use crate::ui::text::store_trouble;

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let course = study.course.clone();
    let title = device.text(&course.title);
    let words = device.words();
    // What is called out begins with what is seen.
    let home = format!("{} · {}", words.app, words.home);
    view! {
        <header class="top">
            <a class="brand" href="#/" aria-label=home>{device.words().app}</a>
            <span class="course">{title}</span>
            <SafeMark />
            <nav aria-label=device.words().app>
                <NavLink route=Route::Outline label=device.words().outline />
                <NavLink route=Route::Records label=device.words().records />
            </nav>
            <DeviceSettings />
        </header>
    }
}

#[component]
fn NavLink(route: Route, label: &'static str) -> impl IntoView {
    let Here(here) = expect_context::<Here>();
    let href = route.href();
    let current = move || (here.get() == route).then_some("page");
    view! { <a href=href aria-current=current>{label}</a> }
}

/// Language and colours.
#[component]
fn DeviceSettings() -> impl IntoView {
    let device = Device::here();
    let other = device.language().other();
    let choose = move |event| {
        if let Some(theme) = Theme::named(&event_target_value(&event)) {
            device.set_theme(theme);
        }
    };
    view! {
        <div class="device">
            <button class="plain" id="language" lang=other.tag() on:click=move |_| device.set_language(other)>
                {device.words().other_language}
            </button>
            <select aria-label=device.words().theme on:change=choose prop:value=move || device.theme().name()>
                {Theme::ALL.map(|theme| view! {
                    <option value=theme.name() selected=move || device.theme() == theme>
                        {theme.label(device.words())}
                    </option>
                })}
            </select>
        </div>
    }
}

/// "Saved here", in words and picture.
#[component]
fn SafeMark() -> impl IntoView {
    let device = Device::here();
    let saving = Study::here().saving;
    // A write on its way is no news to the learner; only a failing one is.
    let failing = Memo::new(move |_| matches!(saving.get(), Saving::Failing(_)));
    let icon = Signal::derive(move || {
        if failing.get() {
            Icon::Warning
        } else {
            Icon::Check
        }
    });
    let words = move || {
        if failing.get() {
            device.words().not_saved
        } else {
            device.words().saved_here
        }
    };
    view! {
        <span class="safe" class:bad=failing role="status"><Pic icon />{words}</span>
    }
}

/// What the learner must know on every screen, when there is something.
#[component]
pub fn Banner() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let volatile = study.volatile;
    let message = move || {
        let language = device.language();
        match study.saving.get() {
            Saving::Failing(LogError::Store(error)) => {
                Some(store_trouble(language, &error).to_owned())
            }
            Saving::Failing(other) => Some(other.to_string()),
            _ if volatile => Some(language.words().no_storage.to_owned()),
            _ if study.facts.get().damaged > 0 => Some(language.words().damaged_rows.to_owned()),
            _ => None,
        }
    };
    let message = Memo::new(move |_| message());
    move || {
        message.get().map(|text| {
            view! {
                <p class="banner" role="alert"><Pic icon=Icon::Warning />{text}</p>
            }
        })
    }
}
