//! What surrounds every screen: where am I, and is my work safe.

use leptos::prelude::*;

use super::icon::{Icon, live_pic, pic};
use crate::store::log::LogError;
use crate::ui::app::Here;
use crate::ui::dom::{El, el, value_of};
use crate::ui::route::Route;
use crate::ui::state::{Device, Saving, Sent, Study, Theme};
use crate::ui::text::{sent, store_trouble};

/// The header.
pub fn header() -> El {
    let device = Device::here();
    let study = Study::here();
    let words = device.words();
    // What is called out begins with what is seen.
    let home = format!("{} · {}", words.app(), words.home());
    let brand = el("a")
        .class("brand")
        .attr("href", "#/")
        .attr("aria-label", &home)
        .text(words.app());
    let links = el("nav")
        .attr("aria-label", words.app())
        .child(nav_link(Route::Outline, words.outline()))
        .child(nav_link(Route::Standing, words.score()))
        .child(nav_link(Route::Class(String::new()), words.to_class()).child(news(&study)))
        .child(nav_link(Route::Records, words.records()));
    el("header")
        .class("top")
        .child(brand)
        .child(device.write(el("span").class("course"), &study.course.title))
        .child(safe_mark(device, &study))
        .child(sent_mark(device, &study))
        .child(links)
        .children(whose(&study))
        .child(settings(device))
}

fn nav_link(route: Route, label: &str) -> El {
    let Here(here, _) = expect_context::<Here>();
    el("a")
        .attr("href", &route.href())
        .text(label)
        .live_attr("aria-current", move || {
            (here.get() == route).then(|| "page".to_owned())
        })
}

/// Who is learning here, where the device was told.
fn whose(study: &Study) -> Option<El> {
    let name = el("a")
        .class("whose")
        .attr("href", "#/people")
        .text(&study.name);
    (!study.name.is_empty()).then_some(name)
}

/// How many news of the class nobody looked at yet.
fn news(study: &Study) -> El {
    let facts = study.facts;
    el("strong")
        .class("unread")
        .live_text(move || match facts.get().unread {
            0 => String::new(),
            count => format!(" {count}"),
        })
}

/// Changes to the other language.
pub fn language_button(device: Device) -> El {
    let other = device.language().other();
    el("button")
        .class("plain")
        .attr("id", "language")
        .attr("lang", other.tag())
        .text(device.words().other_language())
        .on("click", move |_| device.set_language(other))
}

/// Language and colours.
fn settings(device: Device) -> El {
    let words = device.words();
    let language = language_button(device);
    let theme = |theme: Theme| {
        el("option")
            .attr("value", theme.name())
            .text(theme.label(words))
    };
    let themes = el("select")
        .attr("aria-label", words.theme())
        .children(Theme::ALL.map(theme))
        .live_value(move || device.theme().name().to_owned())
        .on("change", move |event| {
            if let Some(theme) = Theme::named(&value_of(event)) {
                device.set_theme(theme);
            }
        });
    el("div").class("device").child(language).child(themes)
}

/// "Saved here", in words and picture.
fn safe_mark(device: Device, study: &Study) -> El {
    let saving = study.saving;
    // A write on its way is no news to the learner; only a failing one is.
    let failing = Memo::new(move |_| matches!(saving.get(), Saving::Failing(_)));
    let icon = live_pic(move || {
        if failing.get() {
            Icon::Warning
        } else {
            Icon::Check
        }
    });
    let words = move || {
        let words = device.words();
        let said = if failing.get() {
            words.not_saved()
        } else {
            words.saved_here()
        };
        said.to_owned()
    };
    el("span")
        .class("safe")
        .live_class("bad", move || failing.get())
        .attr("role", "status")
        .child(icon)
        .live_text(words)
}

/// How sending goes, where somebody asked for it.
fn sent_mark(device: Device, study: &Study) -> El {
    let facts = study.facts;
    el("span").class("safe").live(move || {
        let state = facts.get().sent;
        let link = (state != Sent::Off).then(|| {
            el("a")
                .attr("href", "#/backend")
                .text(&sent(device.language(), state))
        });
        link.into_iter().collect()
    })
}

/// What the learner must know on every screen, when there is something.
pub fn banner() -> El {
    let language = Device::here().language();
    let study = Study::here();
    let volatile = study.volatile;
    let message = Memo::new(move |_| match study.saving.get() {
        Saving::Failing(LogError::Store(error)) => Some(store_trouble(language, &error).to_owned()),
        Saving::Failing(other) => Some(other.to_string()),
        _ if volatile => Some(language.words().no_storage().to_owned()),
        _ if study.facts.get().damaged > 0 => Some(language.words().damaged_rows().to_owned()),
        _ => None,
    });
    el("div").live(move || {
        let told = message.get().map(|text| {
            el("p")
                .class("banner")
                .attr("role", "alert")
                .child(pic(Icon::Warning))
                .text(&text)
        });
        told.into_iter().collect()
    })
}
