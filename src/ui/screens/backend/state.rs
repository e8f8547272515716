//! How sending goes: what the backend has, what waits, what it did not take.

use leptos::prelude::*;

use super::{PASSWORD, SETTINGS, driver, keep_password, settings};
use crate::sync::outbox::Aside;
use crate::sync::sending::Sending;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Sent, Study};
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::sent;

/// The section.
pub fn state(words: ScoreWords, study: &Study) -> El {
    // The row as it stands in the store.
    let known = RwSignal::new(None::<String>);
    let follow = study.clone();
    crate::ui::dom::follow(Box::new(move || {
        follow.facts.track();
        let study = follow.clone();
        leptos::task::spawn_local(async move {
            let Some(backend) = settings() else { return };
            let now = driver::known(&study, &backend).await;
            known.try_set(Some(now.write()));
        });
    }));
    let language = Device::here().language();
    let study = study.clone();
    el("section")
        .child(el("h2").text(words.be_state()))
        .live(move || {
            let state = study.facts.get().sent;
            let known = known.get();
            let known = known
                .and_then(|row| Sending::read(&row))
                .unwrap_or_default();
            if state == Sent::Off {
                return vec![el("p").class("quiet").text(words.be_off())];
            }
            let accepted = fill(words.be_accepted(), &[&known.accepted.to_string()]);
            let stop = {
                let study = study.clone();
                button("secondary", words.be_stop(), move || {
                    driver::stop();
                    keep_password(None);
                    browser::set_setting(SETTINGS, "");
                    study.tell_sent(Sent::Off, 0);
                })
            };
            let mut shown = vec![
                el("p").class("lead").text(&sent(language, state)),
                el("p").text(&accepted),
            ];
            shown.extend(asides(words, &study, &known.aside));
            shown.push(stop);
            shown
        })
}

fn asides(words: ScoreWords, study: &Study, asides: &[Aside]) -> Vec<El> {
    if asides.is_empty() {
        return Vec::new();
    }
    let line = |aside: &Aside| {
        let number = aside.record.id.as_str().get(..8).unwrap_or_default();
        let why = if aside.why.is_empty() {
            words.be_conflict()
        } else {
            aside.why.as_str()
        };
        let (study, id) = (study.clone(), aside.record.id.clone());
        let again = button("secondary", words.be_retry(), move || {
            let (study, id) = (study.clone(), id.clone());
            // The one that runs would write over what is taken back.
            driver::stop();
            leptos::task::spawn_local(async move {
                let Some(backend) = settings() else { return };
                driver::retry(&study, &backend, &id).await;
                if let Some(password) = browser::kept(PASSWORD) {
                    driver::start(&study, backend, password);
                }
            });
        });
        let again = again.attr("aria-label", &format!("{} {number}", words.be_retry()));
        el("li")
            .child(el("span").class("code").text(number))
            .child(el("span").text(&format!(" {why} ")))
            .child(again)
    };
    vec![
        el("h3").text(words.be_aside()),
        el("p").class("quiet").text(words.be_aside_note()),
        el("ul").class("aside").children(asides.iter().map(line)),
    ]
}
