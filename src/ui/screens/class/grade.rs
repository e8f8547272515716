//! Grading by hand: a form for every indicator that waits for somebody's judgement.

use std::sync::Arc;

use leptos::prelude::*;

use super::Room;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::grading::{Form, Gradable, Place, gradables};
use crate::domain::ids::{RegistrationId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::Kept;
use crate::domain::record::Audience;
use crate::domain::text::Text;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::Device;
use crate::ui::text::score::fill;

/// Who is graded.
#[derive(Clone)]
enum Whom {
    /// A learner, by account.
    Learner(String),
    /// The group of whose schemes there are some.
    Group,
}

impl Whom {
    /// The registration that the grade is written into: a group's stands in the tutor's own.
    fn registration(&self, room: &Room, fold: &Fold) -> Option<RegistrationId> {
        match self {
            Self::Learner(who) => fold.registration_of(&room.study.course.id, who).cloned(),
            Self::Group => Some(room.study.registration.clone()),
        }
    }

    /// Whose progress holds it.
    fn person<'a>(&'a self, room: &'a Room) -> &'a str {
        match self {
            Self::Learner(who) => who,
            Self::Group => &room.study.person,
        }
    }
}

fn all(room: &Room, of_groups: bool) -> Vec<Gradable> {
    let json = serde_json::from_str(&room.study.source).unwrap_or_default();
    let main = room.study.course.languages.first();
    let mut all = gradables(&json, main.map_or("", String::as_str));
    all.retain(|each| each.group.is_some() == of_groups);
    all
}

/// The forms for one learner.
pub fn forms(room: &Arc<Room>, who: &str) -> El {
    let all = all(room, false);
    if all.is_empty() {
        return el("p").class("quiet").text(room.words.no_gradables());
    }
    let whom = Whom::Learner(who.to_owned());
    let forms = all
        .into_iter()
        .map(|each| form(room, Arc::new(each), &whom));
    el("div").class("grading").children(forms)
}

/// The forms for the group that the course assesses; nothing where it assesses none by hand.
pub fn of_group(room: &Arc<Room>) -> Vec<El> {
    let all = all(room, true);
    if all.is_empty() {
        return Vec::new();
    }
    let forms = all
        .into_iter()
        .map(|each| form(room, Arc::new(each), &Whom::Group));
    vec![
        el("h2").text(room.words.group_grading()),
        el("p").class("quiet").text(room.words.group_grading_note()),
        el("div").class("grading").children(forms),
    ]
}

fn form(room: &Arc<Room>, of: Arc<Gradable>, whom: &Whom) -> El {
    let device = Device::here();
    let words = room.words;
    let fault = RwSignal::new(String::new());
    let (fields, inputs) = inputs(room, &of);
    let place = StoredValue::new(Place::default());
    let stage = choice(room, words.stage(), &of.stages, move |id| {
        place.update_value(|place| place.stage = id);
    });
    let judge = choice(room, words.judge(), &of.judges, move |id| {
        place.update_value(|place| place.judge = id);
    });
    let (own, grading, subject) = (Arc::clone(room), Arc::clone(&of), whom.clone());
    let save = button("secondary", words.save_grade(), move || {
        let typed = inputs.get_value();
        let registration = own.study.whole.with_untracked(|fold| {
            let fold = fold.as_ref()?;
            subject.registration(&own, fold)
        });
        let body = grading.grade(&typed, &place.get_value());
        match (body, registration) {
            (Some(body), Some(registration)) => {
                fault.set(String::new());
                let audience = grading.group.as_ref().map(|_| Audience::Class);
                own.write(("grade", body), audience, &registration, &[]);
            }
            (None, _) => fault.set(own.words.points_wrong().to_owned()),
            (_, None) => fault.set(own.words.nothing_yet().to_owned()),
        }
    });
    let (known, subject) = (Arc::clone(&of), whom.clone());
    let step = of.step.as_ref().map(|step| room.step_title(step));
    el("fieldset")
        .child(device.write(el("legend"), &of.title))
        .children(step.map(|step| el("p").class("quiet").text(&step)))
        .child(room.live(move |room, fold| latest(room, fold, &known, &subject)))
        .children(stage)
        .children(judge)
        .children(fields)
        .child(fault_line(fault))
        .child(save)
}

/// A choice among named things; nothing where there are none.
fn choice(
    room: &Room,
    label: &str,
    all: &[(Slug, Text)],
    chosen: impl Fn(String) + 'static,
) -> Option<El> {
    if all.is_empty() {
        return None;
    }
    let device = Device::here();
    let option = |(id, title): &(Slug, Text)| {
        let option = el("option").attr("value", id.as_str());
        option.text(&device.text(title))
    };
    let none = el("option").attr("value", "").text(room.words.choose());
    let select = el("select")
        .child(none)
        .children(all.iter().map(option))
        .on("change", move |event| chosen(value_of(event)));
    Some(el("label").class("field").text(label).child(select))
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

/// The grades that were given last, one a stage and party, and by whom.
fn latest(room: &Arc<Room>, fold: &Fold, of: &Gradable, whom: &Whom) -> Vec<El> {
    let Some(registration) = whom.registration(room, fold) else {
        return Vec::new();
    };
    let progress = fold.progress(&registration, whom.person(room));
    let mut places: Vec<(&str, &str)> = Vec::new();
    let mut lines = Vec::new();
    for kept in progress.kept.iter().rev() {
        let at = Fields(&kept.body);
        let place = (
            at.text("stage").unwrap_or_default(),
            at.text("judge").unwrap_or_default(),
        );
        let here = kept.kind == "grade"
            && at.text("indicator") == Some(of.indicator.as_str())
            && at.text("group") == of.group.as_ref().map(Slug::as_str)
            && at
                .text("scheme")
                .is_none_or(|scheme| scheme == of.scheme.as_str());
        if here && !places.contains(&place) {
            places.push(place);
            lines.push(given(room, of, kept));
        }
    }
    if lines.is_empty() {
        return vec![el("p").class("quiet").text(room.words.not_graded())];
    }
    lines
}

/// One grade: how much, at which stage and for which party, by whom.
fn given(room: &Room, of: &Gradable, kept: &Kept) -> El {
    let device = Device::here();
    let at = Fields(&kept.body);
    let named = |name: &str, all: &[(Slug, Text)]| {
        let id = at.text(name)?;
        let (_, title) = all.iter().find(|(known, _)| known.as_str() == id)?;
        Some(device.text(title))
    };
    let mut said = vec![room.value(at)];
    said.extend(named("stage", &of.stages));
    said.extend(named("judge", &of.judges));
    said.push(room.name(&kept.by));
    said.push(room.when(kept.at));
    el("p")
        .class("saved")
        .text(&said.join(" · "))
        .children(kept.is_doubted().then(|| room.doubted()))
}

impl Room {
    /// How much a grade gives.
    pub(super) fn value(&self, at: Fields<'_>) -> String {
        let thousandths = |name: &str| at.whole(name).map(Points::from_thousandths);
        let points = match (thousandths("points"), thousandths("percent")) {
            (None, Some(percent)) => return format!("{percent} %"),
            (Some(points), _) => points,
            (None, None) => {
                let given = at.find("criteria").and_then(|all| all.0.as_object());
                let each = given.into_iter().flatten();
                let each =
                    each.filter_map(|(_, points)| points.as_i64().map(Points::from_thousandths));
                each.sum()
            }
        };
        fill(self.words.points(), &[&points.to_string()])
    }
}
