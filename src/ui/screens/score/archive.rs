//! The growth archive, the credit-hour register and the certificates, across programmes.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::courses::shelf;
use super::{assessment, certificate, course_json, day, follow_whole, links, made, sheet};
use crate::domain::assessment::{
    Assessment, Case, HoursDue, HoursStanding, Outcome, Scheme, SchemeStanding, hours, standing,
    standings,
};
use crate::domain::course::Course;
use crate::domain::fold::Fold;
use crate::domain::ledger::head_code;
use crate::domain::progress::Progress;
use crate::domain::standing::{credited, steps_done};
use crate::package;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::format::{day as day_name, minutes};
use crate::ui::state::{COURSES, Device, Study, fetch_text};
use crate::ui::text::score::{ScoreWords, fill};

/// A programme that was taken up.
pub struct Programme {
    /// The course.
    pub course: Course,
    /// What its package says of assessment; nothing where that is faulty.
    pub assessment: Assessment,
    /// Its `course.json`.
    pub json: Value,
}

/// The screen.
pub fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    follow_whole(&study);
    let programmes = RwSignal::new(None::<Arc<Vec<Programme>>>);
    leptos::task::spawn_local({
        let study = study.clone();
        async move {
            let found = all(&study).await;
            programmes.try_set(Some(Arc::new(found)));
        }
    });
    let name = sheet::name_field(&words, &study.name);
    let with_notes = RwSignal::new(false);
    let content = {
        let study = study.clone();
        el("div").child(name).live(move || {
            let (Some(fold), Some(programmes)) = (study.whole.get(), programmes.get()) else {
                return Vec::new();
            };
            let with = with_notes.get();
            untrack(|| told(words, &study, &fold, (&programmes, with)))
        })
    };
    let offset = study.course.calendar.utc_offset_minutes;
    let (saved, tag) = (content.clone(), Device::here().language().tag());
    let save = button("secondary", words.archive_html(), move || {
        let today = day_name(browser::now(), offset);
        let head = study.facts.get_untracked().head;
        let code = head.map_or_else(String::new, |head| head_code(&head));
        let made = fill(words.archive_made(), &[&today, &code]);
        let name = format!("zhixing-archive-{today}.html");
        sheet::save(&name, (words.archive(), &made), tag, &saved);
    });
    el("article")
        .class("score")
        .child(title(words.archive()))
        .child(el("p").class("quiet off").text(words.archive_intro()))
        .child(el("div").class("row off").child(save).child(button(
            "secondary",
            words.print(),
            sheet::print,
        )))
        .child(notes_choice(&words, with_notes))
        .child(content)
        .child(links(&words, "#/archive"))
}

/// Every course of this installation; one that cannot be had is left out.
async fn all(study: &Study) -> Vec<Programme> {
    let mut found = Vec::new();
    for offer in shelf().await.unwrap_or_default() {
        let base = format!("{COURSES}{}", offer.path);
        let source: Option<Arc<str>> = if *study.base == base {
            Some(Arc::clone(&study.source))
        } else {
            fetch_text(&format!("{base}course.json"))
                .await
                .map(Into::into)
        };
        let Some(source) = source else { continue };
        if let Ok(course) = package::open::open(source.as_bytes()) {
            let json = course_json(&source);
            found.push(Programme {
                assessment: assessment(&course, &json).unwrap_or_default(),
                course,
                json,
            });
        }
    }
    found
}

/// Whether highlights and notes are put in: the archive is handed on, and they are the learner's own.
fn notes_choice(words: &ScoreWords, with: RwSignal<bool>) -> El {
    let tick = el("input")
        .attr("type", "checkbox")
        .on("change", move |_| with.update(|with| *with = !*with));
    el("label")
        .class("choice off")
        .child(tick)
        .child(el("span").text(words.archive_notes()))
}

fn told(
    words: ScoreWords,
    study: &Study,
    fold: &Fold,
    (programmes, with_notes): (&[Programme], bool),
) -> Vec<El> {
    let mut shown = Vec::new();
    let mut register = Vec::new();
    for programme in programmes {
        let own = fold.attempts(&programme.course.id, &study.person);
        if own.is_empty() {
            continue;
        }
        shown.push(section(words, study, fold, (programme, with_notes), &own));
        if let Some(last) = own.last() {
            let all = hours(&programme.course, &programme.assessment, last);
            let rows = all.len();
            for (at, each) in all.iter().enumerate() {
                let heads = (at == 0).then_some(rows);
                register.push(hours_row(&words, programme, each, heads));
            }
        }
    }
    if shown.is_empty() {
        return vec![el("p").text(words.archive_none())];
    }
    shown.push(el("h2").text(words.hours()));
    if register.is_empty() {
        shown.push(el("p").class("quiet").text(words.hours_none()));
    } else {
        let heads = [
            words.archive_programme(),
            words.hours_category(),
            words.hours_to_reach(),
            words.hours_earned(),
            words.hours_due(),
        ];
        let heads = heads.map(|head| el("th").attr("scope", "col").text(head));
        let table = el("table")
            .class("ledger")
            .child(el("thead").child(el("tr").children(heads)))
            .child(el("tbody").children(register));
        shown.push(table);
    }
    shown
}

/// One programme: its attempts, how each ended, and what was made in it.
fn section(
    words: ScoreWords,
    study: &Study,
    fold: &Fold,
    (programme, with_notes): (&Programme, bool),
    own: &[Progress],
) -> El {
    let device = Device::here();
    let Programme {
        course, assessment, ..
    } = programme;
    let mut section = el("section").child(device.write(el("h2"), &course.title));
    for progress in own {
        let number = progress
            .enrolment
            .as_ref()
            .map_or(1, |of| of.attempt)
            .to_string();
        let begun = progress.enrolment.as_ref().map(|of| day(course, of.at));
        let (done, all) = steps_done(course, progress);
        let figures = [
            minutes(credited(course, progress)),
            done.to_string(),
            all.to_string(),
        ];
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        section = section
            .child(el("h3").text(&fill(words.archive_attempt(), &[&number])))
            .child(el("p").class("quiet").text(&format!(
                "{} · {}",
                fill(
                    words.archive_enrolled(),
                    &[&begun.unwrap_or_default(), &number]
                ),
                fill(words.archive_studied(), &figures)
            )))
            .child(el("ul").children(scores(&words, programme, progress)))
            .children(made::made(&words, course, assessment, progress, with_notes));
    }
    section
        .children(groups(&words, fold, programme))
        .children(certificate::certificate(words, study, programme, own))
}

/// The score of the group by every scheme for groups.
fn groups(words: &ScoreWords, fold: &Fold, programme: &Programme) -> Vec<El> {
    let Programme {
        course, assessment, ..
    } = programme;
    let people = fold.people(&course.id);
    let members: Vec<&Progress> = people.iter().collect();
    let schemes = assessment.schemes.iter();
    let lines = schemes.filter(|scheme| scheme.group.is_some());
    let lines = lines.map(|scheme| {
        let case = Case::new(course, assessment, scheme, &members, browser::now());
        score(words, scheme, &standing(&case))
    });
    let lines: Vec<El> = lines.collect();
    if lines.is_empty() {
        return lines;
    }
    let heading = el("h3").text(words.archive_group());
    vec![heading, el("ul").children(lines)]
}

/// The score of an attempt by every scheme for learners.
fn scores(words: &ScoreWords, programme: &Programme, progress: &Progress) -> Vec<El> {
    let Programme {
        course, assessment, ..
    } = programme;
    let schemes = assessment
        .schemes
        .iter()
        .filter(|scheme| scheme.group.is_none());
    let line = |scheme: &Scheme| {
        let one = [[progress]];
        let (_, found) = standings(course, assessment, scheme, &one, browser::now())?;
        Some(score(words, scheme, &found))
    };
    schemes.filter_map(line).collect()
}

/// A score, how it ended, and what is provisional about it.
fn score(words: &ScoreWords, scheme: &Scheme, found: &SchemeStanding<'_>) -> El {
    let device = Device::here();
    let level = found
        .level(scheme)
        .map(|level| device.text(&level.title))
        .unwrap_or_default();
    let over = found.ends <= browser::now();
    let ended = match found.failed {
        Some(Outcome::Fail) => words.failed_gate(),
        Some(Outcome::NotCompleted) => words.not_completed_gate(),
        None if !found.passed && !over => words.under_way(),
        None => &level,
    };
    let score = fill(
        words.of_points(),
        &[
            &found.score.points.to_string(),
            &scheme.full_marks.to_string(),
        ],
    );
    let title = device.text(&scheme.title);
    let unvouched = found.score.points - found.score.certain;
    let part =
        (!unvouched.is_zero()).then(|| fill(words.provisional_part(), &[&unvouched.to_string()]));
    let all = [title, score, ended.to_owned()];
    let all: Vec<String> = all.into_iter().chain(part).collect();
    el("li").text(&all.join(" · "))
}

/// A row of the register; the first of a programme names it for so many rows.
fn hours_row(
    words: &ScoreWords,
    programme: &Programme,
    each: &HoursStanding<'_>,
    heads: Option<usize>,
) -> El {
    let device = Device::here();
    let mut category = device.text(&each.category.title);
    if let Some(who) = &each.category.who {
        let roles = who.roles.iter().map(|role| device.text(role));
        let under = who
            .under_age
            .map(|age| fill(words.hours_under(), &[&age.to_string()]));
        let all: Vec<String> = roles.chain(under).collect();
        let some = fill(words.hours_some(), &[&all.join(" · ")]);
        category = fill(words.in_brackets(), &[&category, &some]);
    }
    let due = match &each.category.due {
        HoursDue::PlanEnd => words.hours_plan_end().to_owned(),
        HoursDue::EachYear => words.hours_each_year().to_owned(),
        HoursDue::Date(date) => fill(words.hours_date(), &[date]),
        HoursDue::Before(event) => fill(words.hours_before(), &[&device.text(event)]),
    };
    let from: Vec<String> = each
        .modules
        .iter()
        .map(|(module, _, _)| device.text(&module.title))
        .collect();
    let earned = if from.is_empty() {
        each.earned.to_string()
    } else {
        let from = format!("{} {}", words.hours_from(), from.join(" · "));
        fill(words.in_brackets(), &[&each.earned.to_string(), &from])
    };
    let programme = heads.map(|rows| {
        let cell = el("th").attr("scope", "rowgroup");
        let cell = cell.attr("rowspan", &rows.to_string());
        device.write(cell, &programme.course.title)
    });
    el("tr")
        .children(programme)
        .child(el("td").text(&category))
        .child(
            el("td")
                .class("number")
                .attr("data-label", words.hours_to_reach())
                .text(&each.category.hours.to_string()),
        )
        .child(
            el("td")
                .class("number")
                .attr("data-label", words.hours_earned())
                .text(&earned),
        )
        .child(el("td").text(&due))
}
