//! Grading by hand: a form for every indicator that waits for somebody's judgement.

use std::sync::Arc;

use leptos::prelude::*;

use super::Room;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::grading::{Form, Gradable, gradables};
use crate::domain::points::Points;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::Device;
use crate::ui::text::score::fill;

/// The forms for one learner.
pub fn forms(room: &Arc<Room>, who: &str) -> El {
    let json = serde_json::from_str(&room.study.source).unwrap_or_default();
    let main = room
        .study
        .course
        .languages
        .first()
        .map_or("", String::as_str);
    let all = gradables(&json, main);
    if all.is_empty() {
        return el("p").class("quiet").text(room.words.no_gradables());
    }
    let forms = all.into_iter().map(|each| form(room, Arc::new(each), who));
    el("div").class("grading").children(forms)
}

fn form(room: &Arc<Room>, of: Arc<Gradable>, who: &str) -> El {
    let device = Device::here();
    let words = room.words;
    let fault = RwSignal::new(String::new());
    let (fields, inputs) = inputs(room, &of);
    let (own, grading, person) = (Arc::clone(room), Arc::clone(&of), who.to_owned());
    let save = button("secondary", words.save_grade(), move || {
        let typed = inputs.get_value();
        let registration = own.study.whole.with_untracked(|fold| {
            let fold = fold.as_ref()?;
            fold.registration_of(&own.study.course.id, &person).cloned()
        });
        match (grading.grade(&typed), registration) {
            (Some(body), Some(registration)) => {
                fault.set(String::new());
                own.write(("grade", body), None, &registration, None);
            }
            (None, _) => fault.set(own.words.points_wrong().to_owned()),
            (_, None) => fault.set(own.words.nothing_yet().to_owned()),
        }
    });
    let (known, person) = (Arc::clone(&of), who.to_owned());
    let step = of.step.as_ref().map(|step| room.step_title(step));
    el("fieldset")
        .child(device.write(el("legend"), &of.title))
        .children(step.map(|step| el("p").class("quiet").text(&step)))
        .child(room.live(move |room, fold| latest(room, fold, &known, &person)))
        .children(fields)
        .child(fault_line(fault))
        .child(save)
}

type Typed = StoredValue<Vec<String>>;

/// The fields of a form, and what is typed in them.
fn inputs(room: &Arc<Room>, of: &Gradable) -> (Vec<El>, Typed) {
    let device = Device::here();
    let words = room.words;
    let typed: Typed = StoredValue::new(Vec::new());
    let field = |at: usize, label: String, most: String| {
        typed.update_value(|all| all.push(String::new()));
        let input = el("input")
            .attr("inputmode", "decimal")
            .on("input", move |event| {
                typed.update_value(|all| all[at] = value_of(event));
            });
        el("label")
            .class("field")
            .text(&label)
            .child(
                el("span")
                    .class("quiet")
                    .text(&fill(words.up_to(), &[&most])),
            )
            .child(input)
    };
    let fields = match &of.form {
        Form::Points(most) => vec![field(0, words.points_label().to_owned(), most.to_string())],
        Form::Percent => vec![field(0, words.percent_label().to_owned(), "100".to_owned())],
        Form::Criteria(all) => {
            let each = all.iter().enumerate();
            each.map(|(at, of)| field(at, device.text(&of.title), of.points.to_string()))
                .collect()
        }
        Form::Rungs(rungs) => {
            typed.update_value(|all| all.push(String::new()));
            let none = el("option").attr("value", "").text(words.choose());
            let rungs = rungs.iter().map(|(points, description)| {
                let said = device.text(description);
                let said = format!("{points} {said}");
                el("option")
                    .attr("value", &points.to_string())
                    .text(said.trim())
            });
            let select = el("select")
                .child(none)
                .children(rungs)
                .on("change", move |event| {
                    typed.update_value(|all| all[0] = value_of(event));
                });
            let label = el("label").class("field").text(words.points_label());
            vec![label.child(select)]
        }
    };
    (fields, typed)
}

/// The grade that was given last, and by whom.
fn latest(room: &Arc<Room>, fold: &Fold, of: &Gradable, who: &str) -> Vec<El> {
    let Some(registration) = fold.registration_of(&room.study.course.id, who) else {
        return Vec::new();
    };
    let progress = fold.progress(registration, who);
    let given = progress.kept.iter().rev().find(|kept| {
        let at = Fields(&kept.body);
        let scheme = at.text("scheme");
        kept.kind == "grade"
            && at.text("indicator") == Some(of.indicator.as_str())
            && scheme.is_none_or(|scheme| scheme == of.scheme.as_str())
    });
    let Some(kept) = given else {
        return vec![el("p").class("quiet").text(room.words.not_graded())];
    };
    let at = Fields(&kept.body);
    let thousandths = |name: &str| at.whole(name).map(Points::from_thousandths);
    let value = match (thousandths("points"), thousandths("percent")) {
        (Some(points), _) => fill(room.words.points(), &[&points.to_string()]),
        (None, Some(percent)) => format!("{percent} %"),
        (None, None) => {
            let given = at.find("criteria").and_then(|all| all.0.as_object());
            let each = given.into_iter().flatten();
            let each = each.filter_map(|(_, points)| points.as_i64().map(Points::from_thousandths));
            fill(room.words.points(), &[&each.sum::<Points>().to_string()])
        }
    };
    let said = format!("{value} · {} · {}", room.name(&kept.by), room.when(kept.at));
    vec![el("p").class("saved").text(&said)]
}
