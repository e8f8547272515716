//! Reviewing a peer's submission: its text, the criteria, a field to write in.

use std::sync::Arc;

use leptos::prelude::*;

use super::Room;
use crate::domain::assessment;
use crate::domain::body::Body;
use crate::domain::cohort::handed_in;
use crate::domain::fold::Fold;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::record::Audience;
use crate::domain::review::{Review, points};
use crate::domain::task::Criterion;
use crate::domain::work::{MAX_CHARACTERS, Submission};
use crate::package::open::details;
use crate::ui::components::draft::Draft;
use crate::ui::components::editor::Editor;
use crate::ui::components::said::{button, fault_line, written};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, reader};
use crate::ui::text::score::fill;

/// The submission that is reviewed.
#[derive(Clone)]
enum Work {
    Looking,
    Missing,
    Here(Submission),
}

/// Whether it was reviewed from this device already.
#[derive(PartialEq)]
struct Mine(bool);

/// The screen.
pub fn screen(room: &Arc<Room>, step: &Slug, of: &RecordId) -> Vec<El> {
    let words = room.words;
    let back = el("a").attr("href", &format!("#/class/work/{step}"));
    let found = RwSignal::new(Work::Looking);
    let (asking, id) = (Arc::clone(room), of.clone());
    leptos::task::spawn_local(async move {
        let body = reader::body(&asking.study, &id).await;
        found.try_set(match body {
            Some(Body::Submission(submission)) => Work::Here(submission),
            _ => Work::Missing,
        });
    });
    let (here, step_id, id) = (Arc::clone(room), step.clone(), of.clone());
    let shown = el("div").live(move || match found.get() {
        Work::Looking => vec![el("p").attr("role", "status").text(words.looking())],
        Work::Missing => vec![el("p").text(words.not_here())],
        Work::Here(submission) => untrack(|| {
            let mut all = vec![written(&submission.text)];
            all.extend(super::files::list(&here, &id, &submission.files));
            all.push(form(&here, &step_id, &id));
            all
        }),
    });
    vec![
        title(words.peer_review()),
        el("p").child(back.text(&room.step_title(step))),
        shown,
    ]
}

/// Criteria and words.
fn form(room: &Arc<Room>, step: &Slug, of: &RecordId) -> El {
    let (step, of) = (step.clone(), of.clone());
    let (known, at) = (step.clone(), of.clone());
    room.settled(
        move |room, fold| Mine(mine(room, fold, &known, &at)),
        move |room, mine| {
            if mine.0 {
                let said = el("p").class("saved").text(room.words.review_sent());
                return vec![said, room.to_class()];
            }
            open_form(room, &step, &of).into_iter().collect()
        },
    )
}

/// Whether this work was reviewed from this device already.
fn mine(room: &Room, fold: &Fold, step: &Slug, of: &RecordId) -> bool {
    let all = handed_in(fold, &room.study.course.id, step);
    let own = fold.progress(&room.study.registration, "");
    let known = all.iter().any(|one| one.id == *of);
    known
        && own
            .kept
            .iter()
            .any(|kept| kept.kind == "review" && kept.body["of"] == of.as_str())
}

fn open_form(room: &Arc<Room>, step: &Slug, of: &RecordId) -> Option<El> {
    let words = room.words;
    let device = Device::here();
    let task = details::assignment(&room.study.source, step).ok()?;
    let json = serde_json::from_str(&room.study.source).unwrap_or_default();
    let facts = assessment::read(&json, room.study.course.calendar.utc_offset_minutes).ok();
    let facts = facts.as_ref().and_then(|facts| facts.steps.get(step));
    let least = facts.map_or(0, |facts| facts.review_least);
    let field = Slug::parse(&format!("review-{of}"))?;
    let editor = Editor::open(&room.study, step, &field, "", words.review_field());
    // What was given so far, one text a criterion, kept with the words.
    let given = Draft::open(
        &room.study,
        step,
        &Slug::parse(&format!("points-{of}"))?,
        "",
    );
    let criteria = task.rubric.iter().enumerate().map(|(at, criterion)| {
        let points = fill(words.up_to(), &[&criterion.points.to_string()]);
        let input = el("input")
            .attr("inputmode", "decimal")
            .value(&typed(given.text().as_str(), at))
            .on("input", move |event| {
                given.typed(with(&given.text(), at, &value_of(event)));
            });
        el("label")
            .class("field")
            .child(device.write(el("span"), &criterion.title))
            .child(el("span").class("quiet").text(&points))
            .child(device.write(el("span").class("quiet"), &criterion.description))
            .child(input)
    });
    let criteria: Vec<El> = criteria.collect();
    let fault = RwSignal::new(String::new());
    let (own, step, of) = (Arc::clone(room), step.clone(), of.clone());
    let (sending, rubric) = (editor.clone(), task.rubric.clone());
    let audience = if task.for_class {
        Audience::Class
    } else {
        Audience::Tutor
    };
    let language = device.language();
    let send = move || {
        if let Some(wrong) = sending.fault(language, least, MAX_CHARACTERS) {
            fault.set(wrong);
            return;
        }
        let Some(criteria) = scored(&rubric, &given.text()) else {
            fault.set(own.words.points_wrong().to_owned());
            return;
        };
        let review = Review {
            step: step.clone(),
            of: of.clone(),
            criteria,
            text: sending.draft.take(),
        };
        given.typed(String::new());
        let body = Body::Assessed("review", review.write());
        own.study.make(&step, body, Some(audience), &[&field]);
    };
    Some(
        el("section")
            .class("write")
            .child(el("h2").text(words.your_review()))
            .children(criteria)
            .child(el("p").class("quiet").text(words.review_field()))
            .child(editor.draft.beside())
            .child(editor.field.clone())
            .child(editor.length_line(least, 0))
            .child(fault_line(fault))
            .child(button("primary", words.send_review(), send)),
    )
}

/// The points of every criterion; `None` when one is missing, or no number that it can have.
fn scored(rubric: &[Criterion], given: &str) -> Option<Vec<(Slug, crate::domain::points::Points)>> {
    let mut scored = Vec::new();
    for (at, criterion) in rubric.iter().enumerate() {
        scored.push((criterion.id.clone(), points(&typed(given, at), criterion)?));
    }
    Some(scored)
}

/// What was typed for a criterion.
fn typed(given: &str, at: usize) -> String {
    given.split(' ').nth(at).unwrap_or_default().to_owned()
}

/// What was typed, with another text for one criterion.
fn with(given: &str, at: usize, text: &str) -> String {
    let mut all: Vec<String> = given.split(' ').map(str::to_owned).collect();
    if all.len() <= at {
        all.resize(at + 1, String::new());
    }
    all[at] = text.split_whitespace().collect();
    all.join(" ")
}
