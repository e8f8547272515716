//! Attendance (考勤) of an activity: a list of the learners, and whether each was there.

use std::sync::Arc;

use serde_json::json;

use super::Room;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::ids::{RegistrationId, Slug};
use crate::domain::progress::WorkKind;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, value_of};

/// The words of records for what happened.
const STATES: [&str; 4] = ["present", "late", "early_leave", "absent"];

/// The screen.
pub fn screen(room: &Arc<Room>, step: &Slug) -> Vec<El> {
    let words = room.words;
    let back = el("a").attr("href", "#/class/desk").text(words.desk());
    let (here, known) = (step.clone(), step.clone());
    vec![
        title(&format!(
            "{} · {}",
            words.attendance(),
            room.step_title(step)
        )),
        el("p").child(back),
        el("p").class("quiet").text(words.attendance_note()),
        room.settled(
            move |room, fold| list(room, fold, &here),
            move |room, all| shown(room, all, &known),
        ),
    ]
}

/// A learner of the roster, and what is known of them at the session.
#[derive(PartialEq)]
struct Line {
    name: String,
    /// Nothing has come from them yet if there is none.
    registration: Option<RegistrationId>,
    /// What the list says.
    status: Option<String>,
    /// Whether they signed in themselves.
    claims: bool,
}

fn list(room: &Room, fold: &Fold, step: &Slug) -> Vec<Line> {
    let mut all = Vec::new();
    for person in room
        .roster
        .people
        .iter()
        .filter(|person| !person.is_tutor())
    {
        let who = room.roster.account(&person.id).account();
        let registration = fold.registration_of(&room.study.course.id, &who).cloned();
        let progress = registration.as_ref().map(|of| fold.progress(of, &who));
        let lists = progress
            .iter()
            .flat_map(|progress| progress.kept.iter().rev());
        let mut lists =
            lists.filter(|kept| kept.kind == "attendance" && kept.body["step"] == step.as_str());
        let status = lists
            .next()
            .and_then(|kept| Fields(&kept.body).text("status"));
        let claims = progress.as_ref().is_some_and(|progress| {
            progress
                .step(step)
                .made(WorkKind::Attendance)
                .next()
                .is_some()
        });
        all.push(Line {
            name: person.name.clone(),
            status: status.map(str::to_owned),
            registration,
            claims,
        });
    }
    all
}

fn shown(room: &Arc<Room>, all: &[Line], step: &Slug) -> Vec<El> {
    let words = room.words;
    let label = |state: &str| match state {
        "present" => words.present(),
        "late" => words.late(),
        "early_leave" => words.early(),
        _ => words.absent(),
    };
    let items = all.iter().map(|line| {
        let Some(registration) = line.registration.clone() else {
            let said = format!("{} · {}", line.name, words.nothing_yet());
            return el("li").class("quiet").text(&said);
        };
        let option = |state: &str| {
            let chosen = (line.status.as_deref() == Some(state)).then_some("");
            el("option")
                .attr("value", state)
                .attr_if("selected", chosen)
                .text(label(state))
        };
        let none = el("option").attr("value", "").text(words.choose());
        let (own, step) = (Arc::clone(room), step.clone());
        let select =
            el("select")
                .child(none)
                .children(STATES.map(option))
                .on("change", move |event| {
                    let state = value_of(event);
                    if STATES.contains(&state.as_str()) {
                        let body = json!({"step": step.as_str(), "status": state});
                        own.write(("attendance", body), None, &registration, &[]);
                    }
                });
        let said = line
            .claims
            .then(|| el("span").class("quiet").text(words.signed_in()));
        el("li")
            .child(el("label").class("field").text(&line.name).child(select))
            .children(said)
    });
    vec![el("ul").class("feed").children(items)]
}
