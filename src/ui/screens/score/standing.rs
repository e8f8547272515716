//! Score and plan: how many points, by what, and what is left to do.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::{
    assessment, bar, chart, course_json, follow_whole, item, links, planner, refused, rule,
};
use crate::domain::assessment::{
    Assessment, Case, GateState, GateWhen, IndicatorStanding, Outcome, Scheme, SchemeStanding,
    Todo, final_grade, standing, standings,
};
use crate::domain::fold::Fold;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::progress::Progress;
use crate::ui::browser;
use crate::ui::components::title::title;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study, people};
use crate::ui::text::score::{ScoreWords, fill};

/// Under this the id of the scheme is remembered that was looked at last.
const OPEN_SCHEME: &str = "zhixing-scheme";

/// The screen.
pub fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    let article = el("article").class("score").child(title(words.standing()));
    // Read once: it is large, and every indicator asks it how it is judged.
    let json = course_json(&study.source);
    let assessment = match assessment(&study.course, &json) {
        Err(fault) => {
            let told = el("div")
                .class("trouble")
                .attr("role", "alert")
                .child(el("p").text(words.scheme_refused()))
                .child(el("p").text(&refused(&words, &fault)));
            return article.child(told).child(links(&words, "#/standing"));
        }
        Ok(assessment) => Arc::new(assessment),
    };
    if assessment.schemes.is_empty() {
        let told = el("p").text(words.no_scheme());
        return article
            .child(told)
            .child(chart::study_chart(&words, &study))
            .child(links(&words, "#/standing"));
    }
    follow_whole(&study);
    let remembered = browser::setting(OPEN_SCHEME);
    let mut schemes = assessment.schemes.iter();
    let at = schemes.position(|scheme| Some(scheme.id.as_str()) == remembered.as_deref());
    let chosen = RwSignal::new(at.unwrap_or(0));
    article
        .children(choice(&words, &assessment, chosen))
        .child(el("div").live(move || {
            let Some(fold) = study.whole.get() else {
                return Vec::new();
            };
            let Some(scheme) = assessment.schemes.get(chosen.get()) else {
                return Vec::new();
            };
            untrack(|| judged(words, &study, (&assessment, &json), scheme, &fold))
        }))
        .child(links(&words, "#/standing"))
}

/// Which scheme, where there are several.
fn choice(words: &ScoreWords, assessment: &Assessment, chosen: RwSignal<usize>) -> Option<El> {
    let device = Device::here();
    if assessment.schemes.len() < 2 {
        return None;
    }
    let option = |(at, scheme): (usize, &Scheme)| {
        let selected = (at == chosen.get_untracked()).then_some("");
        el("option")
            .attr("value", scheme.id.as_str())
            .attr_if("selected", selected)
            .text(&device.text(&scheme.title))
    };
    let options = assessment.schemes.iter().enumerate().map(option);
    let ids: Vec<Slug> = assessment
        .schemes
        .iter()
        .map(|each| each.id.clone())
        .collect();
    let select = el("select").children(options).on("change", move |event| {
        let id = value_of(event);
        let at = ids.iter().position(|each| each.as_str() == id);
        browser::set_setting(OPEN_SCHEME, &id);
        chosen.set(at.unwrap_or(0));
    });
    Some(
        el("label")
            .class("choice")
            .text(words.scheme_choice())
            .child(select),
    )
}

fn judged(
    words: ScoreWords,
    study: &Study,
    (assessment, json): (&Assessment, &Value),
    scheme: &Scheme,
    fold: &Fold,
) -> Vec<El> {
    let device = Device::here();
    let now = browser::now();
    let course = &study.course;
    let own = fold.attempts(&course.id, &study.person);
    let people = fold.people(&course.id);
    let singles: Vec<[&Progress; 1]> = own.iter().map(|progress| [progress]).collect();
    let group: Vec<&Progress> = people.iter().collect();
    let mut notes = Vec::new();
    let summary = device.text(&scheme.summary);
    if !summary.is_empty() {
        notes.push(summary);
    }
    let (members, found): (&[&Progress], SchemeStanding<'_>) = if let Some(kind) = &scheme.group {
        let kind = assessment.group_kinds.get(kind);
        let kind = kind.map_or_else(String::new, |kind| device.text(kind));
        notes.push(format!(
            "{} · {} · {}",
            fill(words.of_group(), &[&kind]),
            fill(words.group_members(), &[&group.len().to_string()]),
            words.group_note()
        ));
        let case = Case::new(course, assessment, scheme, &group, now);
        (&group, standing(&case))
    } else {
        let Some((at, found)) = standings(course, assessment, scheme, &singles, now) else {
            return Vec::new();
        };
        let Some(members) = singles.get(at) else {
            return Vec::new();
        };
        let number = members[0].enrolment.as_ref().map_or(1, |of| of.attempt);
        if singles.len() > 1 {
            notes.push(fill(words.attempt_counts(), &[&number.to_string()]));
        }
        (members, found)
    };
    let case = Case::new(course, assessment, scheme, members, now);
    let plan = found.plan(&case);
    let indicators = found
        .indicators
        .iter()
        .map(|each| indicator(&words, study, json, &case, each, &plan));
    let main = el("div")
        .child(headline(&words, scheme, &found))
        .children(rule::stages(&words, scheme))
        .children(last_word(&words, study, scheme, members))
        .children(notes.iter().map(|note| el("p").class("quiet").text(note)))
        .children(gates(&words, &found))
        .child(el("h2").text(words.indicators()))
        .child(el("p").class("quiet").text(words.how()))
        .child(el("ul").class("indicators").children(indicators))
        .child(chart::study_chart(&words, study));
    let aside = planner::planner(words, study, &case, &found, plan);
    vec![el("div").class("home").child(main).child(aside)]
}

/// The tutor's last word on the learner, where there is one: level, by whom and when.
fn last_word(
    words: &ScoreWords,
    study: &Study,
    scheme: &Scheme,
    members: &[&Progress],
) -> Option<El> {
    let [learner] = members else { return None };
    let kept = final_grade(&learner.kept, &scheme.id, &study.person)?;
    let level = kept.body["level"].as_str()?;
    let known = scheme.level_called(level);
    let level = known.map_or_else(
        || level.to_owned(),
        |known| Device::here().text(&known.title),
    );
    let by = people::name_of(&kept.by, words.final_by_tutor());
    let said = format!(
        "{}{level} · {by} · {}",
        words.final_grade(),
        moment(study, kept.at)
    );
    let doubted = kept
        .is_doubted()
        .then(|| el("span").class("quiet").text(words.final_doubted()));
    Some(el("p").class("lead").text(&said).children(doubted))
}

/// The score, the level, and what is provisional about them.
fn headline(words: &ScoreWords, scheme: &Scheme, found: &SchemeStanding<'_>) -> El {
    let device = Device::here();
    let level = found
        .level(scheme)
        .map(|level| device.text(&level.title))
        .unwrap_or_default();
    let score = found.score.points;
    let pass = scheme.levels.iter().find(|level| level.passes);
    let goal = pass.map_or_else(String::new, |level| device.text(&level.title));
    let pass = pass.map_or(Fraction::ZERO, |level| level.from.into());
    let said = match found.failed {
        Some(Outcome::Fail) => words.failed_gate().to_owned(),
        Some(Outcome::NotCompleted) => words.not_completed_gate().to_owned(),
        None if found.passed => fill(words.passed_with(), &[&level]),
        None => fill(
            words.short_of(),
            &[&(pass - score).shown_up().to_string(), &goal],
        ),
    };
    let big = el("p")
        .class("big")
        .text(&score.to_string())
        .child(el("small").text(&format!(
            " {}",
            fill(words.level_is(), &[&scheme.full_marks.to_string()])
        )));
    let mut block = el("section")
        .class("headline")
        .child(big)
        .child(el("p").class("lead").text(&said));
    if let Some(total) = scheme.percent_of {
        let figures = [
            found.sum.to_string(),
            total.to_string(),
            scheme.full_marks.to_string(),
        ];
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        block = block.child(
            el("p")
                .class("quiet")
                .text(&fill(words.converted(), &figures)),
        );
    }
    if score != found.score.certain {
        let part = (score - found.score.certain).to_string();
        block = block
            .child(
                el("p")
                    .class("provisional")
                    .text(&fill(words.provisional(), &[&part])),
            )
            .child(el("p").class("quiet").text(words.what_is_provisional()));
    } else if score.is_zero() {
        block = block.child(el("p").class("quiet").text(words.nothing_yet()));
    }
    block
}

/// What overrides the score, and how it stands.
fn gates(words: &ScoreWords, found: &SchemeStanding<'_>) -> Vec<El> {
    let device = Device::here();
    if found.gates.is_empty() {
        return Vec::new();
    }
    let line = |(gate, state): &(&crate::domain::assessment::Gate, GateState)| {
        let figures = |have: Fraction, need: Fraction| {
            let text = match gate.when {
                GateWhen::IndicatorBelow { .. } => words.gate_below(),
                GateWhen::AbsenceRatioAtLeast { .. } => words.gate_absences(),
                GateWhen::Missing { .. } => words.gate_missing(),
            };
            // Absences are whole: the next one that is not below closes the gate.
            let need = match gate.when {
                GateWhen::AbsenceRatioAtLeast { .. } => need.up().to_string(),
                _ => need.to_string(),
            };
            fill(text, &[&have.to_string(), &need])
        };
        let (class, said) = match *state {
            GateState::Open => ("fine", words.gate_open().to_owned()),
            GateState::AtRisk { have, need } => {
                ("risk", fill(words.gate_risk(), &[&figures(have, need)]))
            }
            GateState::Closed { have, need } => {
                ("shut", fill(words.gate_closed(), &[&figures(have, need)]))
            }
        };
        el("li")
            .class(class)
            .child(device.write(el("strong"), &gate.title))
            .child(el("span").text(&said))
    };
    vec![
        el("h2").text(words.gates()),
        el("ul")
            .class("gates")
            .children(found.gates.iter().map(line)),
    ]
}

/// One indicator: points, a bar, what is left, and the records behind it.
fn indicator(
    words: &ScoreWords,
    study: &Study,
    json: &Value,
    case: &Case<'_>,
    each: &IndicatorStanding<'_>,
    plan: &[Todo],
) -> El {
    let device = Device::here();
    let possible: Fraction = each.indicator.points.into();
    let earned = each.earned.points;
    let points = fill(
        words.of_points(),
        &[&earned.to_string(), &possible.to_string()],
    );
    let mut head = el("summary")
        .child(device.write(el("span").class("name"), &each.indicator.title))
        .child(el("span").class("number").text(&points))
        .child(bar(earned, possible));
    let left = plan
        .iter()
        .filter(|todo| todo.indicators.contains(&each.indicator.id));
    let left: Vec<String> = left
        .take(2)
        .map(|todo| planner::task(words, study, case, todo))
        .collect();
    head = head.child(el("span").class("quiet").text(&left.join(" · ")));
    if each.certain != earned {
        head = head.child(
            el("span")
                .class("provisional")
                .text(words.provisional_mark()),
        );
    }
    let criteria = rule::criteria(json, case.scheme, each.indicator);
    el("li").child(
        el("details")
            .child(head)
            .children(rule::rule(words, json, case.scheme, each.indicator))
            .child(item::items(words, study, case.scheme, each, criteria)),
    )
}
