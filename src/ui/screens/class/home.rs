//! The class as its members find it: notices, what is for oneself, works that are shown, who is in it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Room, feedback, notices, questions};
use crate::domain::body::Body;
use crate::domain::course::StepContent;
use crate::domain::ids::RecordId;
use crate::domain::record::Record;
use crate::sync::backend::Kind;
use crate::ui::browser;
use crate::ui::components::said::{fold, written};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::{Study, reader};

/// The screen.
pub fn screen(room: &Arc<Room>) -> Vec<El> {
    let words = room.words;
    let mut all = vec![
        title(words.class_title()),
        el("p").class("lead").text(&room.roster.title),
    ];
    if room.tutor {
        let link = el("a").class("primary").attr("href", "#/class/desk");
        all.push(el("p").child(link.text(words.to_desk())));
    }
    all.push(notices::section(room));
    if !room.tutor {
        all.push(feedback::latest(room));
        all.extend(reviews(room));
    }
    all.push(questions::section(room));
    all.push(el("h2").text(words.shown_works()));
    all.push(room.listed(&["showcase"], shown));
    all.push(members(room));
    all
}

/// Links to the assignments whose submissions are reviewed by peers.
fn reviews(room: &Arc<Room>) -> Option<El> {
    let mut links = Vec::new();
    for placed in room.study.course.steps() {
        let StepContent::Assignment(assignment) = &placed.step.content else {
            continue;
        };
        if assignment.peer_reviews > 0 {
            let href = format!("#/class/work/{}", placed.step.id);
            let link = el("a").attr("href", &href);
            links.push(el("li").child(link.text(&room.step_title(&placed.step.id))));
        }
    }
    (!links.is_empty()).then(|| {
        el("section")
            .child(el("h2").text(room.words.peer_review()))
            .child(el("p").class("quiet").text(room.words.peer_note()))
            .child(el("ul").children(links))
    })
}

fn shown(room: &Arc<Room>, records: &[Record]) -> Vec<El> {
    if records.is_empty() {
        return vec![el("p").class("quiet").text(room.words.no_shown())];
    }
    let items = records.iter().map(|record| {
        let step = record.body().step();
        let heading = step.map_or_else(String::new, |step| room.step_title(&step));
        let said = record.body().words();
        let item = el("li")
            .child(el("p").child(el("strong").text(&heading)))
            .child(room.about(record))
            .children((!said.is_empty()).then(|| written(said)));
        match work_of(record) {
            Some(of) => item.child(work(room, of)),
            None => item,
        }
    });
    vec![el("ol").class("feed").children(items)]
}

fn work_of(record: &Record) -> Option<RecordId> {
    let Body::Assessed(_, body) = record.body() else {
        return None;
    };
    RecordId::parse(body["of"].as_str()?)
}

/// What a record holds, once it was looked for.
#[derive(Clone)]
enum Found {
    Looking,
    Missing,
    Here(Box<Body>),
}

/// The words of a record.
pub fn words_of(room: &Arc<Room>, of: RecordId) -> El {
    let text = RwSignal::new(String::new());
    let study = room.study.clone();
    leptos::task::spawn_local(async move {
        if let Some(body) = reader::body(&study, &of).await {
            text.try_set(body.words().to_owned());
        }
    });
    written("").live_text(move || text.get())
}

/// The words of a submission, to be unfolded; a word where it is not here.
pub fn work(room: &Arc<Room>, of: RecordId) -> El {
    let found = RwSignal::new(Found::Looking);
    let (study, id) = (room.study.clone(), of.clone());
    leptos::task::spawn_local(async move {
        let body = reader::body(&study, &id).await;
        found.try_set(body.map_or(Found::Missing, |body| Found::Here(Box::new(body))));
    });
    let own = Arc::clone(room);
    let shown = el("div").live(move || match found.get() {
        Found::Looking => Vec::new(),
        Found::Missing => vec![el("p").text(own.words.not_here())],
        Found::Here(body) => untrack(|| {
            let mut all = vec![written(body.words())];
            if let Body::Submission(submission) = &*body {
                all.extend(super::files::list(&own, &of, &submission.files));
            }
            all
        }),
    });
    fold(room.words.show_work(), vec![shown])
}

fn members(room: &Arc<Room>) -> El {
    let words = room.words;
    let people = room.roster.people.iter();
    let items = people.map(|person| {
        let mut name = person.name.clone();
        if person.is_tutor() {
            name = format!("{name} · {}", words.tutor());
        }
        el("li").text(&name)
    });
    let count = room.roster.people.len().to_string();
    let label = crate::ui::text::score::fill(words.members(), &[&count]);
    let mut all = vec![el("ul").class("members").children(items)];
    if room.backend.kind != Kind::Plain {
        // The screens know the roster that was there when they were built.
        let anew = |_: Study| browser::start_anew();
        all.push(super::roster::file(words, &room.study, anew));
    }
    fold(&label, all)
}
