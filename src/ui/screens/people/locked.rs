//! The screen of a locked profile: its PIN, somebody else, or the way out of a forgotten PIN.

use std::time::Duration;

use gloo_timers::callback::Interval;
use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::field;
use super::store;
use crate::store::port::StoreError;
use crate::store::rows::ProfileRow;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line, fold};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, on_window};
use crate::ui::state::{Device, PageStore, Study};
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::store_trouble;

/// The screen that asks for a PIN: words, whose it is, and what opens it.
pub type Ask = fn(&'static str, &ProfileRow, Box<dyn Fn()>) -> El;

/// After a wrong PIN the next is looked at only then, so that nobody tries them all.
const SLOW: Duration = Duration::from_secs(1);

/// Asks for the PIN of a profile.
pub fn locked(words: &'static str, profile: &ProfileRow, open: Box<dyn Fn()>) -> El {
    let Some(words) = ScoreWords::read(words) else {
        return el("p");
    };
    let name = super::called(words, &profile.name);
    let fault = RwSignal::new(String::new());
    let pin = RwSignal::new(String::new());
    let open = StoredValue::new_local(open);
    let try_pin = {
        let profile = profile.clone();
        move || {
            let typed = pin.get_untracked();
            pin.set(String::new());
            if profile.lock.as_ref().is_none_or(|lock| lock.opens(&typed)) {
                store::unlock(&profile);
                open.with_value(|open| open());
                return;
            }
            fault.set(String::new());
            leptos::task::spawn_local(async move {
                sleep(SLOW).await;
                fault.try_set(words.lock_wrong().to_owned());
            });
        }
    };
    let entry = field(words.lock_pin(), pin, true);
    el("section")
        .child(title(&fill(words.lock_title(), &[&name])))
        .child(el("p").text(words.lock_note()))
        .child(
            el("form")
                .on("submit", {
                    let try_pin = try_pin.clone();
                    move |event| {
                        event.prevent_default();
                        try_pin();
                    }
                })
                .child(entry)
                .child(fault_line(fault))
                .child(
                    el("button")
                        .class("primary")
                        .attr("type", "submit")
                        .text(words.lock_open()),
                ),
        )
        .child(others(words, profile))
        .child(forgotten(words, profile, name, open))
}

/// Whoever else is on this device.
fn others(words: ScoreWords, profile: &ProfileRow) -> El {
    let found = RwSignal::new(Vec::<ProfileRow>::new());
    let own = profile.profile.clone();
    {
        let own = own.clone();
        leptos::task::spawn_local(async move {
            if let Ok(store) = PageStore::open().await {
                let mut all = store::all(&store).await;
                all.retain(|other| other.profile != own);
                found.try_set(all);
            }
        });
    }
    el("div").live(move || {
        let all = found.get();
        let each = all.into_iter().map(|other| {
            let name = super::called(words, &other.name);
            let own = own.clone();
            let go = button(
                "secondary",
                &fill(words.people_switch(), &[&name]),
                move || {
                    let (own, other) = (own.clone(), other.clone());
                    leptos::task::spawn_local(async move {
                        if let Ok(store) = PageStore::open().await {
                            let _ = store::switch(&store, &own, &other, None).await;
                        }
                    });
                },
            );
            el("p").child(go)
        });
        each.collect()
    })
}

/// Who forgot the PIN takes it away; the learner is told.
fn forgotten(
    words: ScoreWords,
    profile: &ProfileRow,
    name: String,
    open: StoredValue<Box<dyn Fn()>, LocalStorage>,
) -> El {
    let typed = RwSignal::new(String::new());
    let fault = RwSignal::new(String::new());
    let entry = field(&fill(words.lock_type_name(), &[&name]), typed, false);
    let profile = profile.clone();
    let away = button("secondary", words.lock_take_away(), move || {
        if typed.get_untracked().trim() != name {
            fault.set(fill(words.lock_type_name(), &[&name]));
            return;
        }
        let mut profile = profile.clone();
        profile.lock = None;
        profile.lock_lost_at = Some(browser::now());
        leptos::task::spawn_local(async move {
            let written = match PageStore::open().await {
                Ok(store) => store::keep(&store, &profile).await,
                Err(error) => Err(error),
            };
            match written {
                Ok(()) => open.with_value(|open| open()),
                Err(error) => told(fault, &error),
            }
        });
    });
    fold(
        words.lock_forgotten(),
        vec![
            el("p").text(words.lock_forgotten_note()),
            entry,
            fault_line(fault),
            away,
        ],
    )
}

/// Says what the store has against it.
pub fn told(fault: RwSignal<String>, error: &StoreError) {
    fault.try_set(said(error));
}

/// A trouble of the store, in words.
pub fn said(error: &StoreError) -> String {
    store_trouble(Device::chosen(), error).to_owned()
}

/// Signs of the learner.
const SIGNS: [&str; 4] = ["pointerdown", "keydown", "wheel", "touchstart"];

/// Locks the screen after so long without a sign of the learner; a video that plays is one.
pub fn watch_lock(study: &Study) {
    let minutes = study.lock_minutes;
    let last = StoredValue::new(browser::steady_ms());
    for sign in SIGNS {
        on_window(sign, move |_| last.set_value(browser::steady_ms()));
    }
    let live = study.live;
    Interval::new(5_000, move || {
        let Some(before) = last.try_get_value() else {
            return;
        };
        if live.try_get_untracked().flatten().is_some() {
            last.set_value(browser::steady_ms());
        } else if browser::steady_ms() > before + u64::from(minutes) * 60_000 {
            store::lock();
        }
    })
    .forget();
}
