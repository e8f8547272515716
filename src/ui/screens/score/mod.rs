//! The screens of the score: where one stands, what was counted, what was done, which courses
//! there are. They are the third part of the app's module and come with words of their own.

mod archive;
mod certificate;
mod chart;
mod courses;
mod item;
mod ledger;
mod made;
mod planner;
mod rule;
mod sheet;
mod standing;

use leptos::prelude::*;
use serde_json::Value;

use crate::domain::assessment::{Assessment, Fault, Why, read};
use crate::domain::course::Course;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::time::Moment;
use crate::ui::dom::{El, el};
use crate::ui::format::date;
use crate::ui::state::{Device, Intent, Study};
use crate::ui::text::score::{ScoreWords, fill};

/// Score and plan (成绩与计划).
pub fn standing(words: &'static str, _: &'static str) -> El {
    with(words, standing::screen)
}

/// The study ledger (学时明细).
pub fn ledger(words: &'static str, _: &'static str) -> El {
    with(words, ledger::screen)
}

/// The growth archive (成长档案).
pub fn archive(words: &'static str, _: &'static str) -> El {
    with(words, archive::screen)
}

/// The courses of this installation.
pub fn courses(words: &'static str, _: &'static str) -> El {
    with(words, courses::screen)
}

/// A screen with its words.
fn with(text: &'static str, screen: fn(ScoreWords) -> El) -> El {
    match ScoreWords::read(text) {
        Some(words) => screen(words),
        // No words are at hand but these, in both languages.
        None => el("p")
            .attr("role", "alert")
            .text("请刷新页面。Please reload the page."),
    }
}

/// A `course.json` as it stands, for what the course itself leaves out; nothing if it is none.
fn course_json(source: &str) -> Value {
    serde_json::from_str(source).unwrap_or_default()
}

/// What a `course.json` says of assessment.
fn assessment(course: &Course, json: &Value) -> Result<Assessment, Fault> {
    read(json, course.calendar.utc_offset_minutes)
}

/// Why the schemes of a package are not used.
fn refused(words: &ScoreWords, fault: &Fault) -> String {
    let field = fault.field.as_str();
    match fault.why {
        Why::WrongSum { sum, expected } => fill(
            words.wrong_sum(),
            &[field, &sum.to_string(), &expected.to_string()],
        ),
        Why::Levels => fill(words.scheme_levels(), &[field]),
        Why::Unknown => fill(words.scheme_unknown(), &[field]),
        Why::GroupsOnly => fill(words.scheme_groups(), &[field]),
        Why::Unfit => fill(words.scheme_unfit(), &[field]),
    }
}

/// Asks for everything that the log adds up to, now and after every change.
fn follow_whole(study: &Study) {
    let study = study.clone();
    crate::ui::dom::follow(Box::new(move || {
        study.progress.track();
        untrack(|| study.send(Intent::Whole));
    }));
}

/// The title of a step, or its id when the course has it no more.
fn step_title(course: &Course, step: &Slug) -> String {
    let device = Device::here();
    course.step(step).map_or_else(
        || step.to_string(),
        |placed| device.text(&placed.step.title),
    )
}

/// A day of the course's zone.
fn day(course: &Course, at: Moment) -> String {
    date(
        Device::here().language(),
        at,
        course.calendar.utc_offset_minutes,
    )
}

/// The last day of what ends at a moment.
fn last_day(course: &Course, ends: Moment) -> String {
    day(course, Moment(ends.0 - 1))
}

/// A bar that is filled so far.
fn bar(part: Fraction, whole: Fraction) -> El {
    let filled = crate::ui::dom::svg("rect")
        .attr("width", &part.percent_of(whole).to_string())
        .attr("height", "8");
    crate::ui::dom::svg("svg")
        .attr("class", "bar")
        .attr("viewBox", "0 0 100 8")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(filled)
}

/// Links to the other screens of the score.
fn links(words: &ScoreWords, own: &str) -> El {
    let all = [
        ("#/standing", words.to_standing()),
        ("#/ledger", words.to_ledger()),
        ("#/notes", words.to_notes()),
        ("#/archive", words.to_archive()),
        ("#/courses", words.to_courses()),
        ("#/device", words.to_device()),
        ("#/search", Device::here().words().to_search()),
    ];
    let link =
        |(href, label): &(&str, &str)| el("li").child(el("a").attr("href", href).text(label));
    let others = all.iter().filter(|(href, _)| *href != own);
    el("ul").class("score-links").children(others.map(link))
}
