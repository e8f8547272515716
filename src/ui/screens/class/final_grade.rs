//! The tutor's last word on a learner: the form, and the one that stands.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::json;

use super::{Room, desk, home};
use crate::domain::assessment::{Level, final_grade};
use crate::domain::fold::Fold;
use crate::domain::ids::Slug;
use crate::ui::components::said::fault_line;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::Device;

/// The tutor's last word on a learner (总评): a level, and why.
pub fn form(room: &Arc<Room>, who: &str) -> El {
    let words = room.words;
    let device = Device::here();
    let (assessment, at) = desk::scheme(room);
    let Some(scheme) = at.and_then(|at| assessment.schemes.get(at)) else {
        return el("p").class("quiet").text(words.no_gradables());
    };
    let level = StoredValue::new(String::new());
    let option = |level: &Level| {
        let option = el("option").attr("value", level.id.as_str());
        option.text(&device.text(&level.title))
    };
    let none = el("option").attr("value", "").text(words.choose());
    let select = el("select")
        .child(none)
        .children(scheme.levels.iter().map(option))
        .on("change", move |event| level.set_value(value_of(event)));
    let select = el("label").class("field").text(words.level()).child(select);
    let fault = RwSignal::new(String::new());
    let (own, person, id) = (Arc::clone(room), who.to_owned(), scheme.id.clone());
    let known = who.to_owned();
    let field = format!("final-{}", who.rsplit('|').next().unwrap_or_default());
    let give = room.editor(
        &Slug::parse(&field).map_or_else(|| "final".to_owned(), |field| field.to_string()),
        words.final_why(),
        &[(words.give_final(), "final")],
        move |_, text, field| {
            let registration = own.study.whole.with_untracked(|fold| {
                let fold = fold.as_ref()?;
                fold.registration_of(&own.study.course.id, &person).cloned()
            });
            let (Some(registration), false) = (registration, level.get_value().is_empty()) else {
                fault.set(own.words.choose_level().to_owned());
                return false;
            };
            fault.set(String::new());
            let body = json!({"scheme": id.as_str(), "level": level.get_value(), "text": text});
            let drafts = std::slice::from_ref(field);
            own.write(("final-grade", body), None, &registration, drafts);
            true
        },
    );
    el("section")
        .child(el("p").class("quiet").text(words.final_note()))
        .child(room.live(move |room, fold| given(room, fold, &known)))
        .child(select)
        .child(fault_line(fault))
        .children(give)
}

/// The final grade that stands.
pub fn given(room: &Arc<Room>, fold: &Fold, who: &str) -> Vec<El> {
    let Some(registration) = fold.registration_of(&room.study.course.id, who) else {
        return Vec::new();
    };
    let progress = fold.progress(registration, who);
    let (assessment, at) = desk::scheme(room);
    let scheme = at.and_then(|at| assessment.schemes.get(at));
    let found = scheme.and_then(|scheme| final_grade(&progress.kept, &scheme.id, who));
    let Some(kept) = found else {
        return Vec::new();
    };
    let level = kept.body["level"].as_str().unwrap_or_default();
    let known = scheme.and_then(|scheme| scheme.level_called(level));
    let said = format!(
        "{} · {} · {}",
        known.map_or_else(
            || level.to_owned(),
            |level| Device::here().text(&level.title)
        ),
        room.name(&kept.by),
        room.when(kept.at)
    );
    vec![
        el("p")
            .class("saved")
            .child(el("strong").text(&said))
            .children(kept.is_doubted().then(|| room.doubted())),
        home::words_of(room, kept.id.clone()),
    ]
}
