//! The planner: what is left, how long it takes, by when, and what it would bring.

use leptos::prelude::*;

use super::{last_day, step_title};
use crate::domain::assessment::{Case, Level, SchemeStanding, Task, Todo, what_if};
use crate::domain::fraction::Fraction;
use crate::ui::components::said::fold;
use crate::ui::dom::{El, el, is_checked};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::score::{ScoreWords, fill};

/// So many are shown at once; the others when asked for.
const AT_ONCE: usize = 6;

/// What is left to do, the most points per minute first; ticking shows what it would bring.
pub fn planner(
    words: ScoreWords,
    study: &Study,
    case: &Case<'_>,
    found: &SchemeStanding<'_>,
    plan: Vec<Todo>,
) -> El {
    let aside = el("aside")
        .class("planner")
        .child(el("h2").text(words.plan()));
    let again = || {
        let link = el("a").attr("href", "#/records").text(words.plan_again());
        el("p").child(link)
    };
    if found.failed.is_some() {
        return aside
            .child(el("p").text(words.plan_failed()))
            .child(again());
    }
    if plan.is_empty() {
        let again = (!found.passed).then(again);
        return aside.child(el("p").text(words.plan_none())).children(again);
    }
    let everything = what_if(case, found, plan.iter());
    // Gains add up; what they add up to is capped as the score is.
    let (now, most) = (found.score.points, everything);
    let ticked: Vec<RwSignal<bool>> = plan.iter().map(|_| RwSignal::new(false)).collect();
    let lines = plan
        .iter()
        .zip(&ticked)
        .map(|(todo, tick)| line(&words, study, case, todo, *tick));
    let mut lines: Vec<El> = lines.collect();
    let later = lines.split_off(lines.len().min(AT_ONCE));
    let list = el("ol").class("plan").children(lines);
    let later = (!later.is_empty()).then(|| {
        let label = fill(words.plan_more(), &[&later.len().to_string()]);
        fold(&label, vec![el("ol").class("plan").children(later)])
    });
    let worth: Vec<(Fraction, u32)> = plan.iter().map(|todo| (todo.gain, todo.minutes)).collect();
    let all: u32 = plan.iter().map(|todo| todo.minutes).sum();
    let level = {
        let device = Device::here();
        let levels = case.scheme.levels.clone();
        move |score: Fraction| {
            let reached = Level::reached(&levels, score).and_then(|at| levels.get(at));
            reached.map_or_else(String::new, |level| device.text(&level.title))
        }
    };
    let total = move || {
        let done = ticked.iter().zip(&worth).filter(|(tick, _)| tick.get());
        let (mut score, mut minutes) = (now, None);
        for (_, (gain, takes)) in done {
            score = score + *gain;
            minutes = Some(minutes.unwrap_or(0) + takes);
        }
        let (text, score) = match minutes {
            Some(_) => (words.plan_done(), score.at_most(most)),
            None => (words.what_if_full(), most),
        };
        let said = fill(text, &[&score.to_string(), &level(score)]);
        match minutes.unwrap_or(all) {
            0 => said,
            minutes => {
                let about = fill(words.minutes_about(), &[&minutes.to_string()]);
                format!("{said} · {about}")
            }
        }
    };
    aside
        .child(el("p").class("quiet").text(words.plan_note()))
        .child(list)
        .children(later)
        .child(
            el("p")
                .class("lead")
                .attr("role", "status")
                .live_text(total),
        )
}

fn line(
    words: &ScoreWords,
    study: &Study,
    case: &Case<'_>,
    todo: &Todo,
    tick: RwSignal<bool>,
) -> El {
    let name = task(words, study, case, todo);
    let mut about = Vec::new();
    if todo.minutes > 0 {
        about.push(fill(words.minutes_about(), &[&todo.minutes.to_string()]));
    }
    about.push(match todo.by {
        Some(by) => fill(words.by_day(), &[&last_day(&study.course, by)]),
        None => words.no_deadline().to_owned(),
    });
    let gain = fill(words.gain(), &[&todo.gain.to_string()]);
    let field = el("input")
        .attr("type", "checkbox")
        .on("change", move |event| tick.set(is_checked(event)));
    let label = el("label").child(field).child(el("span").text(&name));
    let go = todo
        .step
        .as_ref()
        .filter(|_| todo.task != Task::Await)
        .map(|step| {
            el("a")
                .attr("href", &Route::to_step(step).href())
                .attr("aria-label", &name)
                .text("→")
        });
    el("li")
        .child(label)
        .child(el("span").class("number").text(&gain))
        .child(el("span").class("quiet").text(&about.join(" · ")))
        .children(go)
}

/// What is to be done, in words.
pub fn task(words: &ScoreWords, study: &Study, case: &Case<'_>, todo: &Todo) -> String {
    let device = Device::here();
    let indicator = || {
        let ids = todo.indicators.iter();
        let found = ids.filter_map(|id| case.scheme.indicator(id));
        let titles: Vec<String> = found.map(|found| device.text(&found.title)).collect();
        titles.join(" · ")
    };
    let place = match (&todo.module, &todo.step) {
        (Some(module), _) => {
            let found = study
                .course
                .modules
                .iter()
                .find(|known| known.id == *module);
            found.map_or_else(String::new, |module| device.text(&module.title))
        }
        (None, Some(step)) => step_title(&study.course, step),
        (None, None) => indicator(),
    };
    let text = match todo.task {
        Task::Study => words.task_study(),
        Task::Post => words.task_post(),
        Task::Submit => words.task_submit(),
        Task::Review => words.task_review(),
        Task::Attend => words.task_attend(),
        Task::Reflect => words.task_reflect(),
        Task::Ask => words.task_ask(),
        Task::Note => words.task_note(),
        Task::Showcase => words.task_showcase(),
        Task::Publish => words.task_publish(),
        Task::Sit => words.task_sit(),
        Task::Complete => words.task_complete(),
        Task::DoTask => words.task_do(),
        Task::Members => return fill(words.task_members(), &[&indicator()]),
        Task::Await => return fill(words.task_await(), &[&indicator()]),
    };
    let said = fill(text, &[&place]);
    if todo.times > 1 {
        fill(words.times(), &[&said, &todo.times.to_string()])
    } else {
        said
    }
}
