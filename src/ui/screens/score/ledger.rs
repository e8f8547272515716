//! The study ledger: every record is read, its chain checked, and each day and step told.

use gloo_timers::future::sleep;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

use super::{chart::date_of, links, sheet, step_title};
use crate::domain::body::Reason;
use crate::domain::fold::Fold;
use crate::domain::ledger::{Chain, Ledger, Line, csv, head_code};
use crate::domain::points::Points;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::format::{day, length, minutes};
use crate::ui::state::{Device, Intent, Study, reader};
use crate::ui::text::score::{ScoreWords, fill};

/// Rows read at once: a moment's work, so that the page stays quick.
const PAGE: usize = 250;

/// Where the check of the records is.
#[derive(Clone)]
enum Check {
    Reading(u64),
    Stopped,
    Done(Arc<Ledger>),
}

/// The screen.
pub fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    let check = RwSignal::new(Check::Reading(0));
    study.send(Intent::Whole);
    begin(&study, check);
    let shown = {
        let study = study.clone();
        el("div").live(move || match (check.get(), study.whole.get()) {
            (Check::Stopped, _) => stopped(&words, &study, check),
            (Check::Done(ledger), Some(fold)) => untrack(|| told(words, &study, &ledger, &fold)),
            (Check::Reading(done), _) => reading(&words, &study, check, done),
            (Check::Done(_), None) => Vec::new(),
        })
    };
    el("article")
        .class("score")
        .child(title(words.ledger()))
        .child(el("p").class("quiet").text(words.ledger_intro()))
        .child(shown)
        .child(links(&words, "#/ledger"))
}

fn reading(words: &ScoreWords, study: &Study, check: RwSignal<Check>, done: u64) -> Vec<El> {
    let all = study.facts.get_untracked().records;
    let told = fill(
        words.ledger_reading(),
        &[&done.to_string(), &all.to_string()],
    );
    vec![
        el("p").attr("role", "status").text(&told),
        el("progress")
            .attr("max", &all.max(1).to_string())
            .attr("value", &done.to_string())
            .attr("aria-label", words.ledger()),
        button("secondary", words.ledger_cancel(), move || {
            check.set(Check::Stopped);
        }),
    ]
}

fn stopped(words: &ScoreWords, study: &Study, check: RwSignal<Check>) -> Vec<El> {
    let study = study.clone();
    let again = button("secondary", words.ledger_again(), move || {
        check.set(Check::Reading(0));
        begin(&study, check);
    });
    vec![el("p").text(words.ledger_cancelled()), again]
}

/// Reads the whole log, page by page, until it is done or nobody waits for it any more.
fn begin(study: &Study, check: RwSignal<Check>) {
    let study = study.clone();
    leptos::task::spawn_local(async move {
        let waiting = || matches!(check.try_get_untracked(), Some(Check::Reading(_)));
        let mut ledger = Ledger::default();
        let (mut after, mut done) = (0, 0);
        loop {
            let Some(page) = reader::log_page(&study, after, PAGE).await else {
                check.try_set(Check::Stopped);
                return;
            };
            let count = page.len();
            for (arrival, record) in page {
                after = arrival;
                match record {
                    Some(record) => ledger.take(&record),
                    None => ledger.take_damaged(),
                }
            }
            if count < PAGE {
                break;
            }
            done += count as u64;
            if !waiting() || check.try_set(Check::Reading(done)).is_some() {
                return;
            }
            // The page is to answer in between.
            sleep(Duration::ZERO).await;
        }
        if waiting() {
            check.try_set(Check::Done(Arc::new(ledger)));
        }
    });
}

fn told(words: ScoreWords, study: &Study, ledger: &Ledger, fold: &Fold) -> Vec<El> {
    let attempt = fold.of_attempt(&study.registration, &study.person);
    let attempt: Vec<_> = attempt.map(|(id, _)| id).collect();
    let progress = fold.progress(&study.registration, &study.person);
    let lines = ledger.lines(&study.course, &progress, (&attempt, &study.person));
    let mut shown = vec![chains(&words, study, ledger)];
    let strangers = ledger.strangers((&attempt, &study.person));
    if strangers > 0 {
        let told = fill(words.ledger_strangers(), &[&strangers.to_string()]);
        shown.push(el("p").class("fault").text(&told));
    }
    if lines.is_empty() {
        shown.push(el("p").text(words.ledger_none()));
        return shown;
    }
    // Made now: a click knows no language.
    let (name, text) = table_file(&words, study, &lines);
    let export = button("secondary", words.csv(), move || {
        let _ = browser::save_file(&name, "text/csv;charset=utf-8", text.as_bytes());
    });
    shown.push(el("div").class("row off").child(export).child(button(
        "secondary",
        words.print(),
        sheet::print,
    )));
    shown.push(table(&words, study, &lines));
    shown
}

/// Whether the chains hold, and the code of this one's end.
fn chains(words: &ScoreWords, study: &Study, ledger: &Ledger) -> El {
    let own = study.facts.get_untracked().head;
    let line = |(installation, chain): (&crate::domain::ids::InstallationId, &Chain)| {
        let here = own.is_some_and(|own| {
            chain.head.is_some_and(|head| head.hash == own.hash)
                || installation_of(study) == installation.as_str()
        });
        let name = if here {
            words.chain_here().to_owned()
        } else {
            fill(
                words.chain_other(),
                &[installation.as_str().get(..8).unwrap_or_default()],
            )
        };
        let said = match chain.fault() {
            None => fill(words.chain_whole(), &[&name, &chain.records.to_string()]),
            Some(at) => fill(words.chain_broken(), &[&name, &at.to_string()]),
        };
        let code = chain.head.map(|head| {
            el("span")
                .class("code")
                .attr("aria-label", words.chain_code())
                .text(&head_code(&head))
        });
        let class = if chain.fault().is_none() {
            "fine"
        } else {
            "shut"
        };
        let line = el("li")
            .class(class)
            .child(el("span").text(&said))
            .children(code);
        (here, line)
    };
    // This computer's first: its code is the one to be read out.
    let (own, others): (Vec<_>, Vec<_>) = ledger.chains().map(line).partition(|(here, _)| *here);
    let lines = own.into_iter().chain(others).map(|(_, line)| line);
    let damaged = ledger.damaged();
    let damaged = (damaged > 0).then(|| {
        el("p")
            .class("fault")
            .text(&fill(words.chain_damaged(), &[&damaged.to_string()]))
    });
    el("section")
        .child(el("h2").text(words.chain()))
        .child(el("ul").class("gates").children(lines))
        .children(damaged)
        .child(el("p").class("quiet").text(words.chain_note()))
}

/// The installation whose chain is written here.
fn installation_of(study: &Study) -> String {
    let progress = study.progress.get_untracked();
    let enrolment = progress.enrolment.as_ref();
    enrolment.map_or_else(String::new, |of| of.installation.to_string())
}

fn table(words: &ScoreWords, study: &Study, lines: &[Line]) -> El {
    let heads = [
        words.ledger_day(),
        words.ledger_step(),
        words.ledger_credited(),
        words.ledger_why(),
    ];
    let head = el("tr").children(
        heads
            .iter()
            .map(|head| el("th").attr("scope", "col").text(head)),
    );
    let all: u64 = lines.iter().map(|line| line.credited).sum();
    let mut rows = vec![
        el("tr")
            .class("day")
            .child(el("th").attr("scope", "row").text(words.ledger_all()))
            .child(el("td"))
            .child(el("td").class("number").text(&spoken(all)))
            .child(el("td")),
    ];
    let mut last = None;
    for line in lines {
        if last != Some(line.day) {
            last = Some(line.day);
            let of_day = lines.iter().filter(|other| other.day == line.day);
            let total: u64 = of_day.map(|line| line.credited).sum();
            rows.push(
                el("tr")
                    .class("day")
                    .child(
                        el("th")
                            .attr("scope", "row")
                            .text(&date_of(study, line.day)),
                    )
                    .child(el("td").text(words.ledger_total()))
                    .child(el("td").class("number").text(&spoken(total)))
                    .child(el("td")),
            );
        }
        let step = line
            .step
            .as_ref()
            .map_or_else(String::new, |step| step_title(&study.course, step));
        rows.push(
            el("tr")
                .child(el("td"))
                .child(el("td").text(&step))
                .child(el("td").class("number").text(&spoken(line.credited)))
                .child(el("td").class("quiet").text(&whys(words, line))),
        );
    }
    el("table")
        .class("ledger")
        .child(el("thead").child(head))
        .child(el("tbody").children(rows))
}

fn spoken(ms: u64) -> String {
    length(Device::here().language(), ms)
}

/// What was not credited, and why.
fn whys(words: &ScoreWords, line: &Line) -> String {
    let again = (line.again >= 1_000).then(|| fill(words.why_again(), &[&spoken(line.again)]));
    let others = line.uncounted.iter().filter(|(_, ms)| *ms >= 1_000);
    let others = others.map(|(reason, ms)| fill(why(words, *reason), &[&spoken(*ms)]));
    let outside = line.outside.then(|| words.ledger_outside().to_owned());
    let all: Vec<String> = outside.into_iter().chain(again).chain(others).collect();
    all.join(" · ")
}

fn why(words: &ScoreWords, reason: Reason) -> &'static str {
    match reason {
        Reason::Paused => words.why_paused(),
        Reason::HiddenMuted => words.why_hidden_muted(),
        Reason::Hidden => words.why_hidden(),
        Reason::Idle => words.why_idle(),
        Reason::OutOfSeason => words.why_season(),
        Reason::AnotherTab => words.why_tab(),
        Reason::TooFast => words.why_fast(),
        Reason::Asleep => words.why_asleep(),
    }
}

/// Exact, so that the lines of a table add up to its total.
fn seconds(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    Points::from_thousandths(ms).to_string()
}

/// The lines as a file for spreadsheets: its name and its text.
fn table_file(words: &ScoreWords, study: &Study, lines: &[Line]) -> (String, String) {
    let unit = |label: &str, unit: &str| format!("{label}（{unit}）");
    let mut rows = vec![vec![
        words.ledger_day().to_owned(),
        words.ledger_step().to_owned(),
        unit(words.ledger_credited(), words.minutes()),
        unit(words.ledger_credited(), words.seconds()),
        unit(words.ledger_not(), words.seconds()),
        words.ledger_why().to_owned(),
    ]];
    let not = |line: &Line| line.again + line.uncounted.iter().map(|(_, ms)| *ms).sum::<u64>();
    for line in lines {
        let begins = study.course.meter.day_begins(line.day);
        let at = crate::domain::time::Moment(i64::try_from(begins).unwrap_or(0));
        rows.push(vec![
            day(at, study.course.calendar.utc_offset_minutes),
            line.step
                .as_ref()
                .map_or_else(String::new, |step| step_title(&study.course, step)),
            minutes(line.credited),
            seconds(line.credited),
            seconds(not(line)),
            whys(words, line),
        ]);
    }
    let all: u64 = lines.iter().map(|line| line.credited).sum();
    rows.push(vec![
        words.ledger_all().to_owned(),
        String::new(),
        minutes(all),
        seconds(all),
        seconds(lines.iter().map(not).sum()),
        String::new(),
    ]);
    let today = day(browser::now(), study.course.calendar.utc_offset_minutes);
    (format!("zhixing-ledger-{today}.csv"), csv(&rows))
}
