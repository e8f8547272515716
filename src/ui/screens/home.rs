//! Course home: what next, how far, is my work safe.

use leptos::prelude::*;

use crate::domain::course::{Module, Placed};
use crate::domain::standing::{self, StepState};
use crate::domain::time::Moment;
use crate::ui::browser;
use crate::ui::components::steps::kind_label;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, svg};
use crate::ui::format::{date, days_until, length, minutes, permille};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::{begins, ends};

/// The home of the open course.
pub fn home() -> El {
    let device = Device::here();
    let study = Study::here();
    let course = &study.course;
    let modules = course.modules.iter();
    let main = el("div")
        .child(title(&device.text(&course.title)))
        .child(device.write(el("p").class("quiet"), &course.summary))
        .children(deadline(&study))
        .child(next(study.clone()))
        .child(el("h2").text(device.words().modules()))
        .child(
            el("ul")
                .class("modules")
                .children(modules.map(|module| module_row(&study, module))),
        );
    el("div").class("home").child(main).child(aside(&study))
}

/// By when: the end of the study time, or its beginning while that is to come.
fn deadline(study: &Study) -> Option<El> {
    let language = Device::here().language();
    let progress = study.progress.get_untracked();
    let window = standing::study_window(&study.course, &progress)?;
    let (now, offset) = (browser::now(), study.course.calendar.utc_offset_minutes);
    let said = if now < window.opens {
        begins(language, &date(language, window.opens, offset))
    } else {
        // A window closes at the first moment after its last day.
        let last = date(language, Moment(window.closes.0 - 1), offset);
        ends(language, &last, days_until(now, window.closes))
    };
    Some(el("p").class("deadline").text(&said))
}

/// The next thing to do, as one button.
fn next(study: Study) -> El {
    let step = Memo::new({
        let study = study.clone();
        move |_| {
            let progress = study.progress.get();
            standing::next_step(&study.course, &progress).map(|placed| placed.step.id.clone())
        }
    });
    el("div").live(move || {
        let next = step.get();
        let placed = next.and_then(|id| study.course.step(&id));
        untrack(|| {
            vec![match placed {
                Some(placed) => next_card(&study, &placed),
                None => nothing_next(),
            }]
        })
    })
}

fn next_card(study: &Study, placed: &Placed<'_>) -> El {
    let device = Device::here();
    let language = device.language();
    let words = language.words();
    let standing = study.standing(placed);
    let kind = kind_label(words, placed.step.content.kind());
    let mut about = format!("{} · {kind}", words.next_up());
    if standing.creditable_ms > 0 {
        about = format!("{about} · {}", length(language, standing.creditable_ms));
    }
    let begun = standing.state == StepState::Started;
    let go = el("a")
        .class("primary")
        .attr("href", &Route::to_step(&placed.step.id).href())
        .text(if begun { words.go_on() } else { words.begin() });
    card()
        .child(el("p").class("quiet").text(&about))
        .child(device.write(el("p").class("lead"), &placed.step.title))
        .child(device.write(el("p").class("quiet"), &placed.topic.title))
        .child(go)
}

fn nothing_next() -> El {
    let words = Device::here().words();
    let outline = el("a")
        .class("secondary")
        .attr("href", "#/outline")
        .text(words.outline());
    card()
        .child(el("p").class("lead").text(words.all_done()))
        .child(el("p").text(words.all_done_way()))
        .child(outline)
}

fn card() -> El {
    el("section")
        .class("next")
        .attr("aria-label", Device::here().words().next_up())
}

fn module_row(study: &Study, module: &Module) -> El {
    let device = Device::here();
    let words = device.words();
    let first = module.topics.iter().flat_map(|topic| &topic.steps).next();
    let href = first.map(|step| Route::to_step(&step.id).href());
    let credit = {
        let (study, module) = (study.clone(), module.clone());
        Memo::new(move |_| {
            standing::module_credit(&module, &study.progress_now(), &study.course.meter)
        })
    };
    let filled = svg("rect").attr("height", "8").live_attr("width", move || {
        let (credited, creditable) = credit.get();
        Some(permille(credited, creditable).to_string())
    });
    let bar = svg("svg")
        .class("bar")
        .attr("viewBox", "0 0 1000 8")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(filled);
    let said = move || match credit.get() {
        (0, _) => words.not_started().to_owned(),
        (credited, creditable) => {
            let unit = words.minutes_unit();
            format!("{} / {} {unit}", minutes(credited), minutes(creditable))
        }
    };
    el("li")
        .child(device.write(el("a").attr_if("href", href.as_deref()), &module.title))
        .child(bar)
        .child(el("span").class("quiet number").live_text(said))
}

/// Which attempt this is, from the second on.
fn attempt(study: &Study) -> Option<El> {
    let words = Device::here().words();
    let progress = study.progress.get_untracked();
    let number = progress.enrolment.as_ref()?.attempt;
    let line = el("p")
        .class("count")
        .child(el("span").text(words.attempt_now()))
        .child(el("span").class("number").text(&number.to_string()));
    (number > 1).then_some(line)
}

/// How far, and is my work safe.
fn aside(study: &Study) -> El {
    let words = Device::here().words();
    let credited = {
        let study = study.clone();
        Memo::new(move |_| standing::credited(&study.course, &study.progress_now()))
    };
    let steps = {
        let study = study.clone();
        move || {
            let (done, all) = standing::steps_done(&study.course, &study.progress.get());
            format!("{done} / {all}")
        }
    };
    let time = el("p")
        .class("big")
        .live_text(move || minutes(credited.get()))
        .child(el("small").text(&format!(" {}", words.minutes_unit())));
    let count = el("p")
        .class("count")
        .child(el("span").text(words.steps_done()))
        .child(el("span").class("number").live_text(steps));
    let link = |href: &str, text: &str| el("a").class("secondary").attr("href", href).text(text);
    el("aside")
        .child(el("h2").text(words.study_time()))
        .child(time)
        .child(el("p").class("quiet").text(words.study_time_note()))
        .child(count)
        .children(attempt(study))
        .child(link("#/standing", words.score()))
        .child(el("h2").text(words.work_safe()))
        .child(el("p").class("quiet").text(words.work_safe_note()))
        .child(link("#/records", words.records()))
        .child(
            el("p").class("around").child(
                el("a")
                    .attr("href", "#/courses")
                    .text(words.other_courses()),
            ),
        )
}
