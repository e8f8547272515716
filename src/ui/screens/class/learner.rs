//! One learner at the tutor's desk: how they stand, what they handed in, comments and grades.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Room, desk, final_grade, grade, home, questions};
use crate::domain::assessment::standings;
use crate::domain::cohort::{HandedIn, handed_in};
use crate::domain::course::StepContent;
use crate::domain::fold::Fold;
use crate::domain::handed::For;
use crate::domain::ids::Slug;
use crate::domain::progress::Progress;
use crate::domain::record::Record;
use crate::domain::review;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line, fold, written};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Job};
use crate::ui::text::score::fill;

/// The screen.
pub fn screen(room: &Arc<Room>, id: &str) -> Vec<El> {
    let words = room.words;
    let account = room.roster.account(id);
    let Some(person) = room.roster.person(&account) else {
        return room.missing();
    };
    let back = el("a").attr("href", "#/class/desk").text(words.desk());
    let (who, of) = (account.account(), account.account());
    vec![
        title(&person.name),
        el("p").child(back),
        room.live(move |room, fold| standing(room, fold, &who)),
        el("h2").text(words.grading()),
        grade::forms(room, &of),
        el("h2").text(words.final_grade()),
        final_grade::form(room, &of),
        el("h2").text(words.submissions()),
        works(room, &of),
        file_for(room, &of),
    ]
}

/// A file with what the tutor wrote for this learner, for whom no network brings it.
fn file_for(room: &Arc<Room>, who: &str) -> El {
    let words = room.words;
    let (own, who) = (Arc::clone(room), who.to_owned());
    let save = button("secondary", words.file_for(), move || {
        let registrations = own.study.whole.with_untracked(|fold| {
            fold.as_ref()
                .map_or_else(Vec::new, |fold| fold.registrations_of(&who))
        });
        own.study.carry(Job::Export(For::Learner(registrations)));
    });
    el("section")
        .child(el("p").class("quiet").text(words.file_for_note()))
        .child(save)
}

fn standing(room: &Arc<Room>, fold: &Fold, who: &str) -> Vec<El> {
    let device = Device::here();
    let (assessment, at) = desk::scheme(room);
    let course = &room.study.course;
    let attempts = fold.attempts(&course.id, who);
    let singles: Vec<[&Progress; 1]> = attempts.iter().map(|progress| [progress]).collect();
    let scheme = at.and_then(|at| assessment.schemes.get(at));
    let now = browser::now();
    let judged = scheme.and_then(|scheme| standings(course, &assessment, scheme, &singles, now));
    let Some((scheme, (_, judged))) = scheme.zip(judged) else {
        return vec![el("p").class("quiet").text(room.words.nothing_yet())];
    };
    let level = judged
        .level(scheme)
        .map_or_else(String::new, |level| device.text(&level.title));
    let points = judged.score.points.to_points();
    let rows = judged.indicators.iter().map(|each| {
        let figures = format!(
            "{} / {}",
            each.earned.points.to_points(),
            each.indicator.points
        );
        el("li")
            .child(el("span").text(&device.text(&each.indicator.title)))
            .child(el("strong").text(&format!(" {figures}")))
    });
    vec![
        el("p")
            .class("lead")
            .text(&format!("{points} / {} · {level}", scheme.full_marks)),
        el("ul").class("feed").children(rows),
    ]
}

/// Gives somebody's work to another learner to review, beside those that have it by their turn.
fn reassign(room: &Arc<Room>, step: &Slug, one: &HandedIn) -> Option<El> {
    super::feedback::peers(room, step)?;
    let words = room.words;
    let author = one.person.rsplit('|').next()?.to_owned();
    let learners = room.roster.people.iter();
    let learners = learners.filter(|person| !person.tutor && person.id != author);
    let options = learners.map(|person| el("option").attr("value", &person.id).text(&person.name));
    let chosen = StoredValue::new(String::new());
    let select = el("select")
        .child(el("option").attr("value", "").text(words.choose()))
        .children(options)
        .on("change", move |event| chosen.set_value(value_of(event)));
    let (known, at) = (author.clone(), step.clone());
    let given = room.live(move |room, fold| {
        let mut names = Vec::new();
        for person in &room.roster.people {
            let who = room.roster.account(&person.id).account();
            let Some(registration) = fold.registration_of(&room.study.course.id, &who) else {
                continue;
            };
            let progress = fold.progress(registration, &who);
            if review::assigned(&progress.kept, &at).contains(&known.as_str()) {
                names.push(person.name.clone());
            }
        }
        let said = fill(words.assigned_to(), &[&names.join("、")]);
        let shown = (!names.is_empty()).then(|| el("p").class("saved").text(&said));
        shown.into_iter().collect()
    });
    let fault = RwSignal::new(String::new());
    let (own, step) = (Arc::clone(room), step.clone());
    let give = button("secondary", words.assign(), move || {
        let who = own.roster.account(&chosen.get_value()).account();
        let registration = own.study.whole.with_untracked(|fold| {
            let fold = fold.as_ref()?;
            fold.registration_of(&own.study.course.id, &who).cloned()
        });
        let Some(registration) = registration else {
            fault.set(own.words.assign_nobody().to_owned());
            return;
        };
        fault.set(String::new());
        let body = review::assignment(&step, &author);
        own.write(("review-assignment", body), None, &registration, &[]);
    });
    let label = el("label")
        .class("field")
        .text(words.assign_to())
        .child(select);
    Some(fold(
        words.reassign(),
        vec![given, label, fault_line(fault), give],
    ))
}

/// What the learner handed in, with what was said of it, and a field to comment.
fn works(room: &Arc<Room>, who: &str) -> El {
    let who = who.to_owned();
    let pick = move |room: &Room, fold: &Fold| {
        let course = &room.study.course;
        let mut all: Vec<(Slug, HandedIn)> = Vec::new();
        for placed in course.steps() {
            let step = &placed.step.id;
            if matches!(placed.step.content, StepContent::Assignment(_)) {
                let handed = handed_in(fold, &course.id, step).into_iter();
                all.extend(
                    handed
                        .filter(|one| one.person == who)
                        .map(|one| (step.clone(), one)),
                );
            }
        }
        all
    };
    room.settled(pick, |room, all| {
        if all.is_empty() {
            return vec![el("p").class("quiet").text(room.words.no_submissions())];
        }
        let items = all.iter().map(|(step, one)| work(room, step, one));
        vec![el("ol").class("feed").children(items)]
    })
}

fn work(room: &Arc<Room>, step: &Slug, one: &HandedIn) -> El {
    let id = one.id.as_str().to_owned();
    let comments = room.listed(&["comment"], move |room, records| {
        let about = records
            .iter()
            .rev()
            .filter(|record| questions::of(record) == id);
        let item = |record: &Record| {
            el("blockquote")
                .child(room.about(record))
                .child(written(record.body().words()))
        };
        about.map(item).collect()
    });
    el("li")
        .child(el("h3").text(&room.step_title(step)))
        .child(el("p").class("quiet").text(&room.when(one.at)))
        .child(home::work(room, one.id.clone()))
        .child(comments)
        .children(reassign(room, step, one))
        .children(room.comment_on(&one.id, Some(step), &one.registration))
}
