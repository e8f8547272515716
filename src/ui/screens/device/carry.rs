//! What is on this device alone: told all the time in the portable edition, whose records stay in the
//! browser of the PC at which it was opened, and else when it is time (`domain/backup.rs`).

use std::cell::Cell;
use std::time::Duration;

use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use web_sys::Event;

use super::job::Job;
use super::{storage, underway};
use crate::domain::backup;
use crate::domain::ids::ProfileKey;
use crate::domain::time::Moment;
use crate::store::log::LogError;
use crate::store::port::StoreError;
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, on_window};
use crate::ui::screens::people;
use crate::ui::state::{Device, Saving, Sent, Study, Transfer};
use crate::ui::text::score::{ScoreWords, fill};

/// How many records were in a second place last, and since when there are others (0 while there are
/// none), by profile; without a profile, that there ever was something to carry.
pub const CARRIED: &str = "zhixing-carried";
/// After so long making room is looked for again.
const AGAIN: Duration = Duration::from_secs(2);
/// Longer than this no answer of the store is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

thread_local! {
    /// Whether the learner was erased: nothing is missed then.
    static ERASED: Cell<bool> = const { Cell::new(false) };
}

/// Forgets that there was something of a learner who is erased.
pub fn forget(profile: &ProfileKey) {
    ERASED.set(true);
    browser::forget_setting(&format!("{CARRIED}@{}", profile.as_str()));
}

/// How many records are on this device alone, and since when.
fn count(study: &Study) -> Memo<(u64, Moment)> {
    let key = format!("{CARRIED}@{}", study.profile.as_str());
    let (facts, transfer) = (study.facts, study.transfer);
    Memo::new(move |_| {
        let keep = |records: u64, since: i64| {
            let row = format!("{records} {since}");
            if !ERASED.get() && browser::setting(&key).as_ref() != Some(&row) {
                browser::set_setting(&key, &row);
            }
        };
        if browser::setting(CARRIED).is_none() {
            browser::set_setting(CARRIED, "1");
        }
        let exported = transfer.get() == Transfer::Exported(true);
        let now = facts.get();
        if exported || now.sent == Sent::All {
            keep(now.records, 0);
        }
        let known = browser::setting(&key).unwrap_or_default();
        let known = known.split_once(' ');
        let known = known.and_then(|(records, since)| records.parse().ok().zip(since.parse().ok()));
        let (carried, since): (u64, i64) = known.unwrap_or_default();
        let left = now.records.saturating_sub(carried);
        if left > 0 && since == 0 {
            let first = browser::now();
            keep(carried, first.0);
            return (left, first);
        }
        (left, Moment(since))
    })
}

/// What is told above the screens.
pub fn alone(words: &'static str) -> El {
    let Some(words) = ScoreWords::read(words) else {
        return el("p");
    };
    let study = Study::here();
    mend(&study);
    underway::watch(&study);
    {
        let study = study.clone();
        let name = Device::here().text(&study.course.title);
        leptos::task::spawn_local(async move { Job::of_page().go_on(&study, name).await });
    }
    let Here(route, _) = expect_context();
    // Not a memo: every screen asks anew whether it is time.
    let calm = Signal::derive(move || route.get().is_calm());
    let told = if browser::is_portable() {
        carry(&study, words)
    } else {
        remind(&study, words, calm)
    };
    let lost = lost(&study, words, calm);
    el("div").child(notice(words)).child(lost).child(told)
}

/// What the last page of this tab left to be said: told until somebody has seen it.
fn notice(words: ScoreWords) -> El {
    let told = browser::kept(browser::TOLD);
    let name = Study::here().name.to_string();
    let said = match told.as_deref() {
        Some("switched") => Some(fill(
            words.told_switched(),
            &[&people::called(words, &name)],
        )),
        Some("renamed") => Some(fill(words.told_renamed(), &[&people::called(words, &name)])),
        Some("restored") => Some(words.told_restored().to_owned()),
        _ => None,
    };
    let shown = RwSignal::new(said.unwrap_or_default());
    el("div").attr("role", "status").live(move || {
        let said = shown.get();
        if said.is_empty() {
            return Vec::new();
        }
        let seen = button("secondary", words.lost_seen(), move || {
            browser::forget_told();
            shown.set(String::new());
        });
        let line = el("p").class("banner carry").child(el("span").text(&said));
        vec![line.text(" ").child(seen)]
    })
}

/// The line of the portable edition.
fn carry(study: &Study, words: ScoreWords) -> El {
    let (count, facts) = (count(study), study.facts);
    // Taking the course is nothing that could be lost.
    let begun = Memo::new(move |_| facts.with(|facts| facts.records > 1));
    let left = Memo::new(move |_| {
        if begun.get() {
            count.get()
        } else {
            (0, Moment(0))
        }
    });
    on_window("beforeunload", move |event: &Event| {
        if left.try_get_untracked().is_some_and(|(left, _)| left > 0) {
            event.prevent_default();
        }
    });
    line(words, move || match left.get().0 {
        0 if !begun.get() => Some(words.carry_note().to_owned()),
        0 => Some(words.carry_all().to_owned()),
        left => Some(fill(words.carry_left(), &[&left.to_string()])),
    })
}

/// The line elsewhere, when it is time.
fn remind(study: &Study, words: ScoreWords, calm: Signal<bool>) -> El {
    let left = count(study);
    let kept = RwSignal::new(true);
    leptos::task::spawn_local(async move {
        let promised = storage::is_kept().await;
        kept.try_set(promised.unwrap_or(false));
    });
    line(words, move || {
        let (left, since) = left.get();
        let due = calm.get() && backup::is_due(left, since, browser::now(), kept.get());
        due.then(|| fill(words.remind(), &[&left.to_string()]))
    })
}

/// Mends what a page tore that was cut off, or a disk that was full, before anything else can happen to
/// it (`store/idb/roll.rs`).
fn mend(study: &Study) {
    let Some(store) = study.store.try_get_value() else {
        return;
    };
    let saving = study.saving;
    let full =
        Memo::new(move |_| saving.get() == Saving::Failing(LogError::Store(StoreError::Full)));
    if browser::was_cut_off() {
        // Once a start.
        browser::forget_cut_off();
        let store = store.clone();
        leptos::task::spawn_local(async move {
            // Where there is no room it is tried again with the next start.
            let _ = store.roll().await;
        });
    }
    Effect::new(move || {
        if full.get() {
            let store = store.clone();
            leptos::task::spawn_local(async move {
                loop {
                    // A database that is about to be closed would take the transaction along, and say
                    // nothing.
                    sleep(AGAIN).await;
                    if full.try_get_untracked() != Some(true) {
                        return;
                    }
                    let rolling = std::pin::pin!(store.roll());
                    let waiting = std::pin::pin!(sleep(PATIENCE));
                    if let Either::Left((Ok(()), _)) = select(rolling, waiting).await {
                        return;
                    }
                }
            });
        }
    });
}

/// What this browser had and has no more: told until somebody has seen it.
fn lost(study: &Study, words: ScoreWords, calm: Signal<bool>) -> El {
    let gone = RwSignal::new(None);
    let of = study.clone();
    leptos::task::spawn_local(async move {
        let Some(store) = of.store.try_get_value() else {
            return;
        };
        let known = people::store::all(&store).await;
        let is_here = |name: &str| known.iter().any(|row| row.profile.as_str() == name);
        let marks: Vec<String> = browser::settings(&format!("{CARRIED}@"));
        let marks: Vec<String> = marks.into_iter().filter(|name| !is_here(name)).collect();
        if store.data_lost() || !marks.is_empty() {
            gone.try_set(Some((store.data_lost(), marks)));
        }
    });
    el("div").attr("role", "status").live(move || {
        let Some((unread, marks)) = gone.get().filter(|_| calm.get()) else {
            return Vec::new();
        };
        let told = if unread {
            words.lost_data()
        } else {
            words.lost_profile()
        };
        let seen = button("secondary", words.lost_seen(), move || {
            for profile in &marks {
                browser::forget_setting(&format!("{CARRIED}@{profile}"));
            }
            gone.set(None);
        });
        let line = el("p")
            .class("banner carry")
            .child(el("span").text(told))
            .text(" ")
            .child(
                el("a")
                    .attr("href", "#/records")
                    .text(Device::here().words().records()),
            )
            .text(" ")
            .child(seen);
        vec![line]
    })
}

fn line(words: ScoreWords, said: impl Fn() -> Option<String> + 'static) -> El {
    el("div").attr("role", "status").live(move || {
        let line = said().map(|said| {
            el("p")
                .class("banner carry")
                .child(el("span").text(&said))
                .text(" ")
                .child(el("a").attr("href", "#/records").text(words.carry_export()))
        });
        line.into_iter().collect()
    })
}
