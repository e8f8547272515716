//! Study over time, as a few bars.

use leptos::prelude::*;

use crate::domain::course::Course;
use crate::domain::progress::Progress;
use crate::domain::sorted::Sorted;
use crate::domain::standing::credit_by_day;
use crate::domain::time::Moment;
use crate::ui::browser;
use crate::ui::components::said::fold;
use crate::ui::dom::{El, el, svg};
use crate::ui::format::length;
use crate::ui::state::{Device, Study};
use crate::ui::text::score::{ScoreWords, fill};

/// Days that the chart shows.
const DAYS: i64 = 21;

/// Minutes of each of the last days.
pub fn study_chart(words: &ScoreWords, study: &Study) -> El {
    let course = &study.course;
    let progress = study.progress.get_untracked();
    let days = by_day(course, &progress);
    let section = el("section").child(el("h2").text(words.chart()));
    if days.is_empty() {
        return section.child(el("p").class("quiet").text(words.chart_none()));
    }
    let today = course.meter.day_of(browser::now());
    let first = today - DAYS + 1;
    let most = (first..=today)
        .filter_map(|day| days.get(&day))
        .max()
        .copied()
        .unwrap_or(0);
    let top = most;
    let most = most.max(10 * 60_000);
    let language = Device::here().language();
    let spoken = |ms: u64| length(language, ms);
    let mut chart = svg("svg")
        .attr("class", "chart")
        .attr("viewBox", &format!("0 0 {} 104", DAYS * 20))
        .attr("role", "img")
        .attr("aria-label", words.chart_table());
    for day in first..=today {
        let ms = days.get(&day).copied().unwrap_or(0);
        // A day with study is never without a bar.
        let height = if ms == 0 { 1 } else { (ms * 100 / most).max(3) };
        let label = fill(words.chart_day(), &[&date_of(study, day), &spoken(ms)]);
        let bar = svg("rect")
            .attr("x", &((day - first) * 20 + 2).to_string())
            .attr("y", &(102 - height).to_string())
            .attr("width", "16")
            .attr("height", &height.to_string())
            .child(svg("title").text(&label));
        chart = chart.child(bar);
    }
    let rows = days.iter().rev().take(60).map(|(day, ms)| {
        let label = fill(words.chart_day(), &[&date_of(study, *day), &spoken(*ms)]);
        el("li").text(&label)
    });
    let table = fold(
        words.chart_table(),
        vec![el("ul").class("days").children(rows)],
    );
    let axis = [
        date_of(study, first),
        fill(words.chart_most(), &[&spoken(top)]),
        date_of(study, today),
    ];
    let axis = axis.map(|text| el("span").text(&text));
    let axis = el("p").class("axis quiet").children(axis);
    section.child(chart).child(axis).child(table)
}

/// Credited milliseconds of every day.
pub fn by_day(course: &Course, progress: &Progress) -> Sorted<i64, u64> {
    let mut days: Sorted<i64, u64> = Sorted::default();
    for placed in course.steps() {
        let known = progress.step(&placed.step.id);
        for (day, ms) in credit_by_day(placed.step, &known, course) {
            if ms > 0 {
                *days.entry(day) += ms;
            }
        }
    }
    days
}

/// A day, counted from 1970, in words.
pub fn date_of(study: &Study, day: i64) -> String {
    let begins = study.course.meter.day_begins(day);
    super::day(&study.course, Moment(i64::try_from(begins).unwrap_or(0)))
}
