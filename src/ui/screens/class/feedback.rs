//! What others say of one's work: comments, grades and reviews; and whose work is for oneself to
//! review.

use std::sync::Arc;

use serde_json::json;

use super::{Room, final_grade};
use crate::domain::cohort::{HandedIn, handed_in};
use crate::domain::course::StepContent;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::{Kept, WorkKind};
use crate::domain::record::Record;
use crate::domain::review::{assigned, offered, to_review};
use crate::ui::components::said::{sure, written};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::reader;
use crate::ui::text::score::fill;

/// The newest comments and grades on one's work, in the class home.
pub fn latest(room: &Arc<Room>) -> El {
    el("section")
        .child(el("h2").text(room.words.for_me()))
        .child(room.live(|room, fold| {
            let own = fold.progress(&room.study.registration, &room.study.person);
            let grades = own.kept.iter().rev().filter(|kept| kept.kind == "grade");
            let grades: Vec<El> = grades.take(20).map(|kept| grade(room, kept)).collect();
            let mut all = final_grade::given(room, fold, &room.study.person);
            if !all.is_empty() {
                all.insert(0, el("h3").text(room.words.final_grade()));
            }
            if !grades.is_empty() {
                all.push(el("ul").class("feed").children(grades));
            }
            all
        }))
        .child(room.listed(&["comment"], |room, records| comments(room, records, None)))
}

/// Comments on what is one's own, at one step or at all.
fn comments(room: &Arc<Room>, records: &[Record], step: Option<&Slug>) -> Vec<El> {
    let mine = records.iter().filter(|record| {
        let envelope = record.envelope();
        let here = step.is_none() || record.body().step().as_ref() == step;
        here && envelope.registration == room.study.registration && record.sender().is_some()
    });
    let items: Vec<El> = mine
        .map(|record| {
            let at = record.body().step();
            let link = at.filter(|_| step.is_none()).map(|at| {
                let link = el("a").attr("href", &format!("#/class/work/{at}"));
                el("p").child(link.text(&room.step_title(&at)))
            });
            el("li")
                .children(link)
                .child(room.about(record))
                .child(written(record.body().words()))
        })
        .collect();
    if items.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_comments())];
    }
    vec![el("ol").class("feed").children(items)]
}

/// A grade: of what, how much, by whom.
fn grade(room: &Room, kept: &Kept) -> El {
    let body = Fields(&kept.body);
    let value = room.value(body);
    let what = room.indicator(body.text("indicator").unwrap_or_default());
    let by = format!(" · {} · {}", room.name(&kept.by), room.when(kept.at));
    el("li")
        .child(el("strong").text(&format!("{what} {value}")))
        .child(el("span").class("quiet").text(&by))
        .children(room.new_mark(&kept.id))
        .children(kept.is_doubted().then(|| room.doubted()))
}

fn sum(body: Fields<'_>) -> Option<Points> {
    let criteria = body.find("criteria")?.0.as_object()?.iter();
    Some(
        criteria
            .filter_map(|(_, points)| points.as_i64().map(Points::from_thousandths))
            .sum(),
    )
}

/// What is said of one's work in a step, and what is there to review.
pub fn screen(room: &Arc<Room>, step: &Slug) -> Vec<El> {
    let words = room.words;
    let back = el("a").attr("href", &Route::to_step(step).href());
    let mut all = vec![
        title(&room.step_title(step)),
        el("p").child(back.text(words.back_to_step())),
        el("h2").text(words.comments()),
    ];
    let here = step.clone();
    all.push(room.listed(&["comment"], move |room, records| {
        comments(room, records, Some(&here))
    }));
    if let Some(count) = peers(room, step) {
        let here = step.clone();
        all.push(el("h2").text(words.reviews_of_mine()));
        all.push(room.live(move |room, fold| reviews_of_mine(room, fold, &here)));
        if !room.tutor {
            let here = step.clone();
            all.push(el("h2").text(words.peer_review()));
            all.push(room.live(move |room, fold| for_me(room, fold, &here, count)));
        }
    }
    if !room.tutor {
        let here = step.clone();
        all.push(room.settled(
            move |room, fold| own_work(room, fold, &here),
            |room, own| showcase(room, own).into_iter().collect(),
        ));
    }
    all.push(room.to_class());
    all
}

/// One's own latest version at a step, and whether it is shown.
#[derive(PartialEq)]
struct Own {
    step: Slug,
    latest: Option<RecordId>,
    shown: bool,
}

fn own_work(room: &Room, fold: &Fold, step: &Slug) -> Own {
    let own = fold.progress(&room.study.registration, "");
    let known = own.step(step);
    let latest = known
        .made(WorkKind::Submission)
        .next_back()
        .map(|work| work.id.clone());
    let mut showcases = own.kept.iter().filter(|kept| kept.kind == "showcase");
    let is_this = |of: &RecordId| showcases.any(|kept| kept.body["of"] == of.as_str());
    let shown = latest.as_ref().is_some_and(is_this);
    Own {
        step: step.clone(),
        latest,
        shown,
    }
}

/// Offers to show one's work to the class and its partner class.
fn showcase(room: &Arc<Room>, own: &Own) -> Option<El> {
    let words = room.words;
    let of = own.latest.clone()?;
    if own.shown {
        return Some(el("p").class("saved").text(words.shown_already()));
    }
    let (room, step) = (Arc::clone(room), own.step.clone());
    Some(sure(words.show_mine(), words.show_sure(), move || {
        let (room, step, of) = (Arc::clone(&room), step.clone(), of.clone());
        leptos::task::spawn_local(async move {
            let Some(body) = reader::body(&room.study, &of).await else {
                return;
            };
            // With its words: a partner class does not get the submission itself.
            let body = json!({"step": step.as_str(), "of": of.as_str(), "text": body.words()});
            let registration = room.study.registration.clone();
            room.write(("showcase", body), None, &registration, &[]);
        });
    }))
}

/// How many peers' submissions are to be reviewed in a step.
pub fn peers(room: &Room, step: &Slug) -> Option<usize> {
    match &room.study.course.step(step)?.step.content {
        StepContent::Assignment(of) if of.peer_reviews > 0 => Some(of.peer_reviews as usize),
        _ => None,
    }
}

/// What peers said of one's work: their words stand in their records.
fn reviews_of_mine(room: &Arc<Room>, fold: &Fold, step: &Slug) -> Vec<El> {
    let own = fold.progress(&room.study.registration, "");
    let known = own.step(step);
    let versions = known.made(WorkKind::Submission);
    let ids: Vec<String> = versions.map(|work| work.id.to_string()).collect();
    let mut items = Vec::new();
    for (_, people) in fold.registrations.iter() {
        for (by, progress) in people.iter().filter(|(by, _)| !by.is_empty()) {
            for kept in progress.kept.iter().filter(|kept| kept.kind == "review") {
                let of = Fields(&kept.body).text("of").unwrap_or_default();
                if ids.iter().any(|id| id == of) {
                    items.push(review(room, by, kept));
                }
            }
        }
    }
    if items.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_reviews())];
    }
    vec![el("ul").class("feed").children(items)]
}

/// A review with its words.
fn review(room: &Arc<Room>, by: &str, kept: &Kept) -> El {
    let points =
        sum(Fields(&kept.body)).map(|points| fill(room.words.points(), &[&points.to_string()]));
    let line = format!(
        "{} · {} {}",
        room.name(by),
        room.when(kept.at),
        points.unwrap_or_default()
    );
    el("li")
        .child(el("p").class("quiet").text(&line))
        .child(super::home::work(room, kept.id.clone()))
}

/// Whose work is for oneself to review, and what was reviewed.
fn for_me(room: &Arc<Room>, fold: &Fold, step: &Slug, count: usize) -> Vec<El> {
    let words = room.words;
    let all = handed_in(fold, &room.study.course.id, step);
    let own = all.iter().any(|handed| handed.person.is_empty());
    let theirs = |handed: &&HandedIn| !handed.person.is_empty();
    let done = all
        .iter()
        .filter(theirs)
        .filter(|one| one.reviewed_by.iter().any(String::is_empty));
    let done: Vec<&HandedIn> = done.collect();
    let account = |id: &str| room.roster.account(id).account();
    let learners = room
        .roster
        .people
        .iter()
        .filter(|person| !person.is_tutor());
    let order: Vec<&str> = learners.map(|person| person.id.as_str()).collect();
    let handed = |id: &&&str| {
        all.iter().any(|one| {
            one.person == account(id) || one.person.is_empty() && **id == room.backend.account.name
        })
    };
    let in_: Vec<&str> = order.iter().filter(handed).copied().collect();
    let me = room.backend.account.name.as_str();
    let turn = to_review(&room.roster.class, step, &order, &in_, me, in_.len());
    let progress = fold.progress(&room.study.registration, &room.study.person);
    let given = assigned(&progress.kept, step);
    let is_done = |id: &&str| done.iter().any(|one| one.person == account(id));
    let reviewed: Vec<&str> = in_.iter().copied().filter(is_done).collect();
    let left = count.saturating_sub(done.len());
    // One more may always be reviewed.
    let next = offered(&turn, &given, &in_, &reviewed, me, left.max(1));
    let said = fill(
        words.reviewed_of(),
        &[&done.len().to_string(), &count.to_string()],
    );
    let mut shown = vec![el("p").class("lead").text(&said)];
    if !own {
        shown.push(el("p").class("quiet").text(words.hand_in_first()));
    }
    let row = |one: &HandedIn, label: &str| {
        let href = format!("#/class/review/{step}/{}", one.id);
        let link = el("a").attr("href", &href);
        let name = format!("{} · {}", room.name(&one.person), room.when(one.at));
        el("li")
            .child(link.text(label))
            .child(el("span").class("quiet").text(&format!(" {name}")))
    };
    let next: Vec<El> = next
        .iter()
        .filter_map(|id| all.iter().find(|one| one.person == account(id)))
        .map(|one| row(one, words.review_this()))
        .collect();
    if next.is_empty() && left > 0 {
        shown.push(el("p").class("quiet").text(words.nothing_to_review()));
    }
    shown.push(el("ul").class("feed").children(next));
    shown.push(
        el("ul")
            .class("feed")
            .children(done.iter().map(|one| row(one, words.review_again()))),
    );
    shown
}

impl Room {
    /// What an indicator is called.
    fn indicator(&self, id: &str) -> String {
        let json = serde_json::from_str(&self.study.source).unwrap_or_default();
        let main = self
            .study
            .course
            .languages
            .first()
            .map_or("", String::as_str);
        let all = crate::domain::grading::gradables(&json, main);
        let found = all.iter().find(|each| each.indicator.as_str() == id);
        found.map_or_else(
            || id.to_owned(),
            |each| crate::ui::state::Device::here().text(&each.title),
        )
    }
}
