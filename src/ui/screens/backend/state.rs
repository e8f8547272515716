//! How sending goes: what the backend has, what waits, what it did not take.

use leptos::prelude::*;

use super::{PASSWORD, SETTINGS, driver, files, keep_password, settings};
use crate::sync::backend::{Backend, Kind};
use crate::sync::outbox::Aside;
use crate::sync::sending::{Sending, may_go};
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el};
use crate::ui::format::date_time;
use crate::ui::state::{Device, Sent, Study, reader};
use crate::ui::text::Language;
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::sent;

/// Records that are named of those that wait.
const NAMED: usize = 10;
/// Rows of the log in which those that wait are looked for.
const ROWS: usize = 500;

/// What is shown beside how sending goes.
#[derive(Clone, Default)]
struct Known {
    /// The row as it stands in the store.
    sending: String,
    /// What waits: a line each, and how many more.
    waiting: (Vec<String>, usize),
    /// The names of files that the backend would not take.
    refused: Vec<String>,
}

/// The section.
pub fn state(words: ScoreWords, study: &Study) -> El {
    let known = RwSignal::new(Known::default());
    let (follow, language) = (study.clone(), Device::here().language());
    crate::ui::dom::follow(Box::new(move || {
        follow.facts.track();
        let study = follow.clone();
        leptos::task::spawn_local(async move {
            let Some(backend) = settings() else { return };
            let sending = driver::known(&study, &backend).await;
            let now = Known {
                waiting: waiting((words, language), &study, &backend, &sending).await,
                refused: files::refused(&study, &backend).await,
                sending: sending.write(),
            };
            known.try_set(now);
        });
    }));
    let study = study.clone();
    el("section")
        .child(el("h2").text(words.be_state()))
        .live(move || {
            let state = study.facts.get().sent;
            let known = known.get();
            untrack(|| shown(words, &study, state, &known))
        })
}

fn shown(words: ScoreWords, study: &Study, state: Sent, known: &Known) -> Vec<El> {
    let by_file = settings().is_some_and(|backend| backend.kind == Kind::File);
    if state == Sent::Off {
        let said = if by_file {
            words.be_by_file()
        } else {
            words.be_off()
        };
        let mut all = vec![el("p").class("quiet").text(said)];
        all.extend(by_file.then(|| stop(words, study)));
        return all;
    }
    let sending = Sending::read(&known.sending).unwrap_or_default();
    let accepted = fill(words.be_accepted(), &[&sending.accepted.to_string()]);
    let mut all = vec![
        el("p")
            .class("lead")
            .text(&sent(Device::here().language(), state)),
        el("p").text(&accepted),
    ];
    if let Some(heard) = study.facts.get_untracked().hearing {
        let said = fill(words.be_hearing(), &[&heard.to_string()]);
        all.push(el("p").attr("role", "status").text(&said));
    }
    if !known.refused.is_empty() {
        all.extend(refused(words, study, &known.refused));
    }
    all.extend(queue(words, &known.waiting));
    all.extend(asides(words, study, &sending.aside));
    if !matches!(state, Sent::All | Sent::Aside(_)) {
        let link = el("a").attr("href", "#/records").text(words.be_export());
        all.push(el("p").child(link));
    }
    let mut row = el("div").class("row");
    if matches!(state, Sent::Waiting(_) | Sent::Unwell(_)) && browser::kept(PASSWORD).is_some() {
        let study = study.clone();
        row = row.child(button("secondary", words.be_send_now(), move || {
            // Anew: whatever was waited for is not waited for any more.
            if let (Some(backend), Some(password)) = (settings(), browser::kept(PASSWORD)) {
                driver::start(&study, backend, password);
            }
        }));
    }
    all.push(row.child(stop(words, study)));
    all
}

/// The files that the backend would not take, and another try.
fn refused(words: ScoreWords, study: &Study, names: &[String]) -> Vec<El> {
    let study = study.clone();
    let again = button("secondary", words.be_retry(), move || {
        let study = study.clone();
        // The one that runs would write over what is taken back.
        driver::stop();
        leptos::task::spawn_local(async move {
            let Some(backend) = settings() else { return };
            files::retry(&study, &backend).await;
            if let Some(password) = browser::kept(PASSWORD) {
                driver::start(&study, backend, password);
            }
        });
    });
    let items = names.iter().map(|name| el("li").text(name));
    vec![
        el("h3").text(words.be_files_lack()),
        el("ul").children(items),
        el("p").child(again),
    ]
}

fn stop(words: ScoreWords, study: &Study) -> El {
    let study = study.clone();
    button("secondary", words.be_stop(), move || {
        driver::stop();
        keep_password(None);
        browser::set_setting(SETTINGS, "");
        study.tell_sent(Sent::Off, 0);
    })
}

fn queue(words: ScoreWords, (waiting, more): &(Vec<String>, usize)) -> Vec<El> {
    if waiting.is_empty() {
        return Vec::new();
    }
    let mut list = el("ul").children(waiting.iter().map(|line| el("li").text(line)));
    if *more > 0 {
        let said = fill(words.be_queue_more(), &[&more.to_string()]);
        list = list.child(el("li").class("quiet").text(&said));
    }
    vec![el("h3").text(words.be_queue()), list]
}

/// The records that wait: what each is, of which step, since when.
async fn waiting(
    (words, language): (ScoreWords, Language),
    study: &Study,
    backend: &Backend,
    sending: &Sending,
) -> (Vec<String>, usize) {
    let (mut lines, mut more) = (Vec::new(), 0);
    let rows = reader::log_page(study, sending.cursor, ROWS).await;
    let enforces = backend.kind.enforces_audiences();
    for (arrival, record) in rows.unwrap_or_default() {
        let Some(record) = record.filter(|record| may_go(record, &study.person, enforces)) else {
            continue;
        };
        if !sending.waits(arrival, &record.envelope().id) {
            continue;
        }
        if lines.len() == NAMED {
            more += 1;
            continue;
        }
        let step = record.body().step();
        let step = step.and_then(|step| {
            let placed = study.course.step(&step)?;
            Some(format!(" · {}", placed.step.title.get(language.tag())))
        });
        let offset = study.course.calendar.utc_offset_minutes;
        let at = date_time(language, record.envelope().recorded_at, offset);
        let kind = words.kind_of_record(&record.envelope().kind);
        lines.push(format!("{kind}{} · {at}", step.unwrap_or_default()));
    }
    (lines, more)
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
