//! Attendance (考勤) of an activity: a list of the learners, and whether each was there.

use std::sync::Arc;

use serde_json::json;

use super::Room;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::ids::Slug;
use crate::domain::progress::WorkKind;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, value_of};

/// The words of records for what happened.
const STATES: [&str; 4] = ["present", "late", "early_leave", "absent"];

/// The screen.
pub fn screen(room: &Arc<Room>, step: &Slug) -> Vec<El> {
    let words = room.words;
    let back = el("a").attr("href", "#/class/desk").text(words.desk());
    let here = step.clone();
    vec![
        title(&format!(
            "{} · {}",
            words.attendance(),
            room.step_title(step)
        )),
        el("p").child(back),
        el("p").class("quiet").text(words.attendance_note()),
        room.live(move |room, fold| list(room, fold, &here)),
    ]
}

fn list(room: &Arc<Room>, fold: &Fold, step: &Slug) -> Vec<El> {
    let words = room.words;
    let label = |state: &str| match state {
        "present" => words.present(),
        "late" => words.late(),
        "early_leave" => words.early(),
        _ => words.absent(),
    };
    let learners = room
        .roster
        .people
        .iter()
        .filter(|person| !person.is_tutor());
    let items = learners.map(|person| {
        let who = room.roster.account(&person.id).account();
        let registration = fold.registration_of(&room.study.course.id, &who).cloned();
        let Some(registration) = registration else {
            let said = format!("{} · {}", person.name, words.nothing_yet());
            return el("li").class("quiet").text(&said);
        };
        let progress = fold.progress(&registration, &who);
        let lists = progress
            .kept
            .iter()
            .rev()
            .filter(|kept| kept.kind == "attendance");
        let mut known = lists.filter(|kept| kept.body["step"] == step.as_str());
        let known = known
            .next()
            .and_then(|kept| Fields(&kept.body).text("status"));
        let claims = progress
            .step(step)
            .made(WorkKind::Attendance)
            .next()
            .is_some();
        let option = |state: &str| {
            let chosen = (known == Some(state)).then_some("");
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
                        own.write(("attendance", body), None, &registration, None);
                    }
                });
        let said = claims.then(|| el("span").class("quiet").text(words.signed_in()));
        el("li")
            .child(el("label").class("field").text(&person.name).child(select))
            .children(said)
    });
    vec![el("ul").class("feed").children(items)]
}
