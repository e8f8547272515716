//! An activity: when and where, what to prepare, and how attendance is shown.

use leptos::prelude::*;

use super::unreadable::unreadable;
use crate::domain::answers::{Answer, answers};
use crate::domain::body::Body;
use crate::domain::course::{Activity, StepContent};
use crate::domain::ids::Slug;
use crate::domain::progress::{Work, WorkKind};
use crate::domain::standing::StepStanding;
use crate::domain::task::{ActivityTask, AttendanceBy};
use crate::domain::work::Attendance;
use crate::package::open::details;
use crate::ui::browser;
use crate::ui::components::meter::completion;
use crate::ui::components::said::{button, fault_line, saved_mark};
use crate::ui::components::window::{Now, moment, now_in, window_note};
use crate::ui::dom::{El, el};
use crate::ui::ics;
use crate::ui::state::{Device, Laters, Study, reader};
use crate::ui::text::score::ScoreWords;

/// Longest room code.
const MAX_CODE: usize = 40;

/// An activity with everything around it.
pub fn activity(
    study: &Study,
    step: &Slug,
    activity: &Activity,
    standing: Memo<StepStanding>,
) -> Vec<El> {
    let device = Device::here();
    let words = device.words();
    let task = match details::activity(&study.source, step) {
        Ok(task) => task,
        Err(fault) => return vec![unreadable(&fault)],
    };
    let row = |term: &str, text: El| [el("dt").text(term), el("dd").child(text)];
    let mut facts = el("dl").class("facts");
    let form = if task.live {
        words.live()
    } else {
        words.on_site()
    };
    facts = facts.children(row(words.form(), el("span").text(form)));
    let when = window_note(study, activity.when.as_ref())
        .unwrap_or_else(|| el("span").text(words.time_by_tutor()));
    facts = facts.children(row(words.when(), when));
    if !activity.place.is_empty() {
        facts = facts.children(row(
            words.place(),
            device.write(el("span"), &activity.place),
        ));
    }
    if !task.led_by.is_empty() {
        facts = facts.children(row(words.led_by(), device.write(el("span"), &task.led_by)));
    }
    let mut all = vec![
        el("div").class("meter").child(completion(standing)),
        facts,
        device.write(el("p").class("mine"), &activity.description),
    ];
    if !task.prepare.is_empty() {
        all.push(el("h2").text(words.prepare()));
        all.push(device.write(el("p").class("mine"), &task.prepare));
    }
    all.extend(calendar_file(study, step, activity));
    all.push(el("h2").text(words.attendance()));
    all.push(attendance(study, step, activity, &task));
    all.push(said(study, step));
    all
}

/// What the room said while a topic was projected for it.
fn said(study: &Study, step: &Slug) -> El {
    let Laters(third, ..) = expect_context();
    let Some(words) = ScoreWords::read(third.words()) else {
        return el("div");
    };
    let (study, step, device) = (study.clone(), step.clone(), Device::here());
    el("div").live(move || {
        let mut all = answers(&study.progress.get().kept);
        all.retain(|answer| answer.step == step);
        if all.is_empty() {
            return Vec::new();
        }
        let line = |answer: &Answer| {
            let when = moment(&study, answer.at);
            let about = part_title(&study, device, &answer.of).map(|part| format!(" · {part}"));
            let about = format!("{} · {when}", about.unwrap_or_default());
            el("li")
                .text(&answer.words)
                .child(el("span").class("quiet").text(&about))
        };
        let list = el("ul").class("feed").children(all.iter().map(line));
        vec![el("h2").text(words.room_said()), list]
    })
}

/// What a part of a reading is called.
fn part_title(study: &Study, device: Device, (reading, part): &(Slug, Slug)) -> Option<String> {
    let placed = study.course.step(reading)?;
    let StepContent::Reading(reading) = &placed.step.content else {
        return None;
    };
    let mut parts = reading.parts.iter();
    let part = parts.find(|known| known.id == *part)?;
    Some(device.text(&part.title))
}

/// The session as a file that calendars take.
fn calendar_file(study: &Study, step: &Slug, activity: &Activity) -> Option<El> {
    let device = Device::here();
    let window = study.window(activity.when.as_ref()?)?;
    let placed = study.course.step(step)?;
    let event = ics::Event {
        id: format!("{}/{step}", study.course.id),
        title: device.text(&placed.step.title),
        place: device.text(&activity.place),
        description: device.text(&activity.description),
        window,
    };
    let name = format!("{step}.ics");
    Some(button(
        "secondary",
        device.words().to_calendar(),
        move || {
            let file = event.write(browser::now());
            let _ = browser::save_file(&name, "text/calendar", file.as_bytes());
        },
    ))
}

fn attendance(study: &Study, step: &Slug, activity: &Activity, task: &ActivityTask) -> El {
    let (study, step, task) = (study.clone(), step.clone(), task.clone());
    let opening = activity.when;
    let progress = study.progress;
    let signed = {
        let step = step.clone();
        Memo::new(move |_| {
            let progress = progress.get();
            let step = progress.step(&step);
            step.made(WorkKind::Attendance).cloned().collect::<Vec<_>>()
        })
    };
    el("div").live(move || {
        let words = Device::here().words();
        let signed = signed.get();
        let mut ways: Vec<El> = signed.iter().map(|work| signed_in(&study, work)).collect();
        if !signed.is_empty() {
            ways.push(el("p").class("quiet").text(words.signed_in_note()));
            if !task.attendance.contains(&AttendanceBy::RoomCode) {
                return ways;
            }
            ways.push(el("p").class("quiet").text(words.sign_in_again()));
        }
        if now_in(&study, opening.as_ref()) == Now::Before {
            return vec![el("p").class("quiet").text(words.sign_in_later())];
        }
        for by in &task.attendance {
            match by {
                // Said once, or not at all, after the first time.
                AttendanceBy::TutorList | AttendanceBy::Learner if !signed.is_empty() => {}
                AttendanceBy::RoomCode => ways.extend(by_code(&study, &step)),
                AttendanceBy::TutorList => ways.push(el("p").class("quiet").text(words.by_list())),
                AttendanceBy::Learner => ways.push(by_learner(&study, &step)),
            }
        }
        ways
    })
}

/// That, when and with which code somebody signed in.
fn signed_in(study: &Study, work: &Work) -> El {
    let code = RwSignal::new(String::new());
    let (from, id) = (study.clone(), work.id.clone());
    leptos::task::spawn_local(async move {
        if let Some(body) = reader::body(&from, &id).await {
            code.try_set(body.words().to_owned());
        }
    });
    let said = format!(
        "{} · {} · ",
        Device::here().words().signed_in(),
        moment(study, work.at)
    );
    el("p")
        .class("done")
        .text(&said)
        .child(el("span").class("number").live_text(move || code.get()))
        .text(" ")
        .child(saved_mark())
}

fn by_learner(study: &Study, step: &Slug) -> El {
    let (study, step) = (study.clone(), step.clone());
    let label = Device::here().words().i_took_part();
    button("secondary", label, move || attend(&study, &step, None))
}

fn by_code(study: &Study, step: &Slug) -> [El; 3] {
    let words = Device::here().words();
    let code = RwSignal::new(String::new());
    let fault = RwSignal::new(String::new());
    let field = el("input")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", &MAX_CODE.to_string())
        .fills("input", code);
    let (study, step) = (study.clone(), step.clone());
    let sign = button("primary", words.sign_in(), move || {
        let code = code.get_untracked().trim().to_owned();
        if code.is_empty() {
            fault.set(words.code_missing().to_owned());
        } else {
            attend(&study, &step, Some(code.chars().take(MAX_CODE).collect()));
        }
    });
    [
        el("label")
            .class("field")
            .text(words.room_code())
            .child(field),
        fault_line(fault),
        sign,
    ]
}

fn attend(study: &Study, step: &Slug, code: Option<String>) {
    let attendance = Attendance {
        step: step.clone(),
        code,
    };
    study.make(step, Body::Attendance(attendance), None, &[]);
}
