//! My records: what is kept on this device, packet out and in.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

use crate::domain::handed::For;
use crate::domain::progress::{Progress, Work};
use crate::domain::standing;
use crate::store::log::Imported;
use crate::ui::components::said::{fold, sure, written};
use crate::ui::components::title::title;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::format::minutes;
use crate::ui::state::{Device, Intake, Intent, Study, Transfer, reader};
use crate::ui::text::score::ScoreWords;
use crate::ui::text::{Language, Words, attempt_figures, attempt_title, packet_fault};

/// The records of this profile.
pub fn records(texts: &'static str, _: &'static str) -> El {
    match ScoreWords::read(texts) {
        Some(texts) => screen(texts),
        None => el("p"),
    }
}

fn screen(texts: ScoreWords) -> El {
    let words = Device::here().words();
    let study = Study::here();
    let facts = study.facts;
    let head = move || {
        let head = facts.get().head;
        head.map_or_else(String::new, |head| {
            head.hash.to_string().chars().take(8).collect()
        })
    };
    let figures = el("dl")
        .child(el("dt").text(words.records_count()))
        .child(
            el("dd")
                .class("number")
                .live_text(move || facts.get().records.to_string()),
        )
        .child(el("dt").text(words.records_head()))
        .child(el("dd").class("number code").live_text(head));
    let export = {
        let study = study.clone();
        el("button")
            .class("primary")
            .text(words.export())
            .on("click", move |_| {
                study.transfer.set(Transfer::Busy);
                study.send(Intent::Export(For::Oneself));
            })
    };
    el("article")
        .class("narrow records")
        .child(title(words.records()))
        .child(el("p").text(texts.records_intro()))
        .child(figures)
        .child(el("p").class("quiet").text(texts.records_head_note()))
        .child(el("h2").text(words.export()))
        .child(el("p").class("quiet").text(texts.export_note()))
        .child(export)
        .child(el("h2").text(words.import()))
        .child(el("p").class("quiet").text(texts.import_note()))
        .child(import_button(study.clone(), words))
        .child(outcome())
        .child(el("p").child(el("a").attr("href", "#/backend").text(words.to_backend())))
        .child(el("p").child(el("a").attr("href", "#/device").text(words.to_device())))
        .child(el("p").child(el("a").attr("href", "#/people").text(texts.to_people())))
        .child(attempts(&study))
        .child(el("h2").text(words.again_title()))
        .child(el("p").class("quiet").text(texts.again_note()))
        .child(again(study, words, texts))
}

/// The other attempts: how far each got, and what was made in it.
fn attempts(study: &Study) -> El {
    let study = study.clone();
    study.send(Intent::Whole);
    el("section").live(move || {
        let whole = study.whole.get();
        let attempts = whole.map_or_else(Vec::new, |fold| {
            fold.other_attempts(&study.registration, &study.person)
        });
        let shown: Vec<El> = untrack(|| {
            let shown = attempts.iter().map(|progress| attempt(&study, progress));
            shown.collect()
        });
        let heading = el("h2").text(Device::here().words().other_attempts());
        let heading = (!shown.is_empty()).then_some(heading);
        heading.into_iter().chain(shown).collect()
    })
}

fn attempt(study: &Study, progress: &Progress) -> El {
    let device = Device::here();
    let language = device.language();
    let course = &study.course;
    let enrolment = progress.enrolment.as_ref();
    let number = enrolment.map_or(0, |enrolment| enrolment.attempt);
    let begun = enrolment.map_or_else(String::new, |enrolment| moment(study, enrolment.at));
    let credited = standing::credited(course, progress);
    let (done, all) = standing::steps_done(course, progress);
    let figures = attempt_figures(language, &minutes(credited), done, all);
    let made = progress.steps.iter().flat_map(|(step, known)| {
        let title = course.step(step);
        let title = title.map_or_else(String::new, |placed| device.text(&placed.step.title));
        let entry = move |work: &Work| made_entry(study, &title, work);
        known.work.iter().map(entry).collect::<Vec<_>>()
    });
    let made = el("ul").class("entries").children(made);
    el("section")
        .child(el("h3").text(&attempt_title(language, number, &begun)))
        .child(el("p").class("quiet").text(&figures))
        .child(fold(language.words().made(), vec![made]))
}

/// One thing that was made, with its words, which are read from its record.
fn made_entry(study: &Study, title: &str, work: &Work) -> El {
    let text = RwSignal::new(String::new());
    let (from, id) = (study.clone(), work.id.clone());
    leptos::task::spawn_local(async move {
        if let Some(body) = reader::body(&from, &id).await {
            text.try_set(body.words().to_owned());
        }
    });
    let about = format!("{title} · {}", moment(study, work.at));
    el("li")
        .child(el("p").class("quiet").text(&about))
        .child(written("").live_text(move || text.get()))
}

/// Another attempt: the home begins anew with it.
fn again(study: Study, words: &'static Words, texts: ScoreWords) -> El {
    sure(words.again_do(), texts.again_sure(), move || {
        study.send(Intent::Anew);
    })
}

fn import_button(study: Study, words: &Words) -> El {
    let field = el("input")
        .attr("type", "file")
        .attr("accept", ".zip,application/zip")
        .attr("multiple", "")
        .on("change", move |event| import(&study, event));
    el("label")
        .class("secondary file")
        .text(words.import())
        .child(field)
}

/// One after the other: a tutor chooses the files of a whole class at once.
fn import(study: &Study, event: &Event) {
    let Some(input) = event.target() else { return };
    let input: HtmlInputElement = input.unchecked_into();
    let Some(files) = input.files() else { return };
    let files: Vec<web_sys::File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    // The same files may be chosen again.
    input.set_value("");
    let study = study.clone();
    study.transfer.set(Transfer::Busy);
    leptos::task::spawn_local(async move {
        for (before, file) in files.iter().enumerate() {
            let buffer = match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => buffer,
                Err(error) => return study.transfer.set(Transfer::Failed(format!("{error:?}"))),
            };
            let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
            study.send(Intent::Import(file.name(), bytes));
            // The next is read when this one is done, so that one at a time is in memory.
            while under_way(&study, before) {
                sleep(Duration::from_millis(20)).await;
            }
        }
    });
}

/// Whether a file is being taken in, after so many others.
fn under_way(study: &Study, before: usize) -> bool {
    let state = study.transfer.try_with_untracked(|state| match state {
        Transfer::Busy => true,
        Transfer::Imported(intake) => intake.files <= before,
        _ => false,
    });
    state == Some(true)
}

/// What became of the last export or import.
fn outcome() -> El {
    let language = Device::here().language();
    let transfer = Study::here().transfer;
    on_cleanup(move || transfer.set(Transfer::Idle));
    el("p")
        .class("outcome")
        .attr("role", "status")
        .live_text(move || {
            let words = language.words();
            match transfer.get() {
                Transfer::Idle => String::new(),
                Transfer::Busy => words.saving().to_owned(),
                Transfer::Exported(_) => words.export_done().to_owned(),
                Transfer::Imported(intake) => imported(language, &intake),
                Transfer::Failed(why) => format!("{}{}{why}", words.failed(), words.colon()),
            }
        })
}

fn imported(language: Language, intake: &Intake) -> String {
    let words = language.words();
    let refused = intake.refused.iter().map(|(name, fault)| {
        let why = packet_fault(language, fault);
        // One file needs no name.
        let name = if intake.files > 1 { name } else { "" };
        format!("{name} {}{}{why}", words.import_refused(), words.colon())
    });
    let refused: Vec<String> = refused.map(|line| line.trim().to_owned()).collect();
    let refused = refused.join("\n");
    if intake.refused.len() == intake.files {
        return refused;
    }
    let taken = taken(words, intake.taken);
    let count = if intake.files > 1 {
        let figures = format!("{}/{}", intake.files - intake.refused.len(), intake.files);
        format!("{figures} · ")
    } else {
        String::new()
    };
    format!("{count}{taken}\n{refused}").trim().to_owned()
}

fn taken(words: &Words, report: Imported) -> String {
    if report.added == 0 && report.conflicting == 0 {
        return words.import_nothing().to_owned();
    }
    let counts = [
        (words.import_added(), report.added),
        (words.import_known(), report.known),
        (words.import_conflicting(), report.conflicting),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label} {count}"))
        .collect();
    format!("{} · {}", words.import_done(), counts.join(" · "))
}
