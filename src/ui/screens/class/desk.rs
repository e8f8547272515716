//! The tutor's desk (指导教师工作台): every learner of the roster, how they stand and what they lack.

use std::sync::Arc;

use super::Room;
use crate::domain::assessment::{self, Assessment, Scheme};
use crate::domain::cohort::{HandedIn, Row, handed_in, row, rows};
use crate::domain::course::StepContent;
use crate::domain::fold::Fold;
use crate::domain::ids::Slug;
use crate::ui::browser;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::format::length;
use crate::ui::state::Device;
use crate::ui::text::score::fill;

/// The screen.
pub fn screen(room: &Arc<Room>) -> Vec<El> {
    let words = room.words;
    vec![
        title(words.desk()),
        room.to_class(),
        table(room),
        el("h2").text(words.submissions()),
        submissions(room),
        el("h2").text(words.attendance()),
        attendances(room),
    ]
    .into_iter()
    .chain(super::grade::of_group(room))
    .chain([packets(room), super::roster::signing(room)])
    .collect()
}

/// What the course says of assessment, and its first scheme for learners.
pub fn scheme(room: &Room) -> (Assessment, Option<usize>) {
    let json = serde_json::from_str(&room.study.source).unwrap_or_default();
    let offset = room.study.course.calendar.utc_offset_minutes;
    let assessment = assessment::read(&json, offset).unwrap_or_default();
    let mut schemes = assessment.schemes.iter();
    let at = schemes.position(|scheme| scheme.group.is_none());
    (assessment, at)
}

/// How many learners there are, how many pass, of how many nothing has come.
pub fn figures(room: &Room, fold: &Fold) -> String {
    let (assessment, at) = scheme(room);
    let scheme = at.and_then(|at| assessment.schemes.get(at));
    let course = &room.study.course;
    let now = browser::now();
    let all = rows(fold, course, &assessment, scheme, &room.roster, now);
    said(room, &all)
}

fn said(room: &Room, all: &[Row]) -> String {
    let passed = all.iter().filter(|row| row.passed).count();
    let silent = all.iter().filter(|row| row.registration.is_none()).count();
    let figures = [all.len(), passed, silent].map(|each| each.to_string());
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    fill(room.words.desk_figures(), &figures)
}

/// Every learner of the roster, a row each.
fn table(room: &Arc<Room>) -> El {
    let (assessment, at) = scheme(room);
    let piece = move |room: &Arc<Room>, fold: &Fold, number: usize| {
        let mut learners = room.roster.people.iter().filter(|person| !person.tutor);
        let person = learners.nth(number)?;
        let scheme = at.and_then(|at| assessment.schemes.get(at));
        let course = &room.study.course;
        let account = room.roster.account(&person.id).account();
        let now = browser::now();
        let row = row(fold, course, &assessment, scheme, person, &account, now);
        let shown = line(room, scheme, &row);
        Some((row, shown))
    };
    room.gradually(piece, |room, all| {
        let words = room.words;
        let heads = [
            words.learner(),
            words.study_time(),
            words.steps_done(),
            words.score(),
            words.lacks(),
            words.last_seen(),
        ];
        let head = el("tr").children(heads.map(|text| el("th").attr("scope", "col").text(text)));
        let mut rows = Vec::with_capacity(all.len());
        let mut body = el("tbody");
        for (row, shown) in all {
            rows.push(row);
            body = body.child(shown);
        }
        let table = el("table").child(el("thead").child(head)).child(body);
        vec![
            el("p").class("lead").text(&said(room, &rows)),
            el("div")
                .class("wide")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", words.desk())
                .child(table),
        ]
    })
}

fn line(room: &Arc<Room>, scheme: Option<&Scheme>, row: &Row) -> El {
    let device = Device::here();
    let words = room.words;
    let href = format!("#/class/learner/{}", row.person.id);
    let link = el("a").attr("href", &href).text(&row.person.name);
    let name = el("th").attr("scope", "row").child(link);
    let Some(scheme) = scheme.filter(|_| row.registration.is_some()) else {
        let nothing = el("td").attr("colspan", "5").class("quiet");
        return el("tr")
            .child(name)
            .child(nothing.text(words.nothing_yet()));
    };
    let all = room.study.course.steps().len().to_string();
    let level = scheme.levels.get(row.level);
    let level = level.map_or_else(String::new, |level| device.text(&level.title));
    let points = row
        .points
        .map_or_else(String::new, |points| points.to_points().to_string());
    let title = |id: &crate::domain::ids::Slug| {
        let found = scheme.indicators.iter().find(|each| each.id == *id);
        found.map_or_else(String::new, |each| device.text(&each.title))
    };
    let lacks = row
        .lacks
        .iter()
        .take(8)
        .map(|(id, has, of)| format!("{} {}/{}", title(id), has.to_points(), of.to_points()));
    let lacks: Vec<String> = lacks.collect();
    let last = row.last.map_or_else(String::new, |at| room.when(at));
    let cell = |text: &str| el("td").text(text);
    el("tr")
        .child(name)
        .child(cell(&length(device.language(), row.credited_ms)))
        .child(cell(&format!("{}/{all}", row.steps_done)))
        .child(cell(&format!("{points} · {level}")))
        .child(cell(&lacks.join("；")))
        .child(cell(&last))
}

/// What was handed in, the newest first, each with a link to where it is read and graded.
fn submissions(room: &Arc<Room>) -> El {
    let piece = |room: &Arc<Room>, fold: &Fold, number: usize| {
        let course = &room.study.course;
        let mut steps = course.steps().map(|placed| placed.step);
        let step = steps.nth(number)?;
        let mut handed = Vec::new();
        if matches!(step.content, StepContent::Assignment(_)) {
            for one in handed_in(fold, &course.id, &step.id) {
                if !one.person.is_empty() {
                    handed.push((step.id.clone(), one));
                }
            }
        }
        Some(handed)
    };
    room.gradually(piece, |room, all| {
        let all: Vec<(Slug, HandedIn)> = all.into_iter().flatten().collect();
        let mut all = crate::domain::sorted::in_order(all, |(_, one)| one.at.0);
        all.reverse();
        if all.is_empty() {
            return vec![el("p").class("quiet").text(room.words.no_submissions())];
        }
        let items = all
            .iter()
            .take(NEWEST)
            .map(|(step, one)| submission(room, step, one));
        let mut shown = vec![el("ol").class("feed").children(items)];
        if all.len() > NEWEST {
            let more = (all.len() - NEWEST).to_string();
            let said = fill(room.words.more_submissions(), &[&more]);
            shown.push(el("p").class("quiet").text(&said));
        }
        shown
    })
}

/// Most submissions that are listed; the rest stand with their learners.
const NEWEST: usize = 50;

fn submission(room: &Arc<Room>, step: &Slug, one: &HandedIn) -> El {
    let id = one.person.rsplit('|').next().unwrap_or_default();
    let link = el("a").attr("href", &format!("#/class/learner/{id}"));
    let said = format!("{} · {}", room.name(&one.person), room.step_title(step));
    let reviews = fill(
        room.words.reviews_count(),
        &[&one.reviewed_by.len().to_string()],
    );
    let about = format!(" · {} · {reviews}", room.when(one.at));
    el("li")
        .child(link.text(&said))
        .child(el("span").class("quiet").text(&about))
}

fn attendances(room: &Arc<Room>) -> El {
    let steps = room.study.course.steps();
    let activities = steps.filter(|placed| matches!(placed.step.content, StepContent::Activity(_)));
    let links: Vec<El> = activities
        .map(|placed| {
            let link = el("a").attr("href", &format!("#/class/attendance/{}", placed.step.id));
            el("li").child(link.text(&room.step_title(&placed.step.id)))
        })
        .collect();
    if links.is_empty() {
        return el("p").class("quiet").text(room.words.no_activities());
    }
    el("ul").children(links)
}

/// Packets in and out stand on the screen of the records.
fn packets(room: &Arc<Room>) -> El {
    let words = room.words;
    let link = el("a").attr("href", "#/records").text(words.to_records());
    el("section")
        .child(el("h2").text(words.packets()))
        .child(el("p").class("quiet").text(words.packets_note()))
        .child(el("p").child(link))
}
