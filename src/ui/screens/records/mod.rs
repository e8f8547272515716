//! My records: what is kept on this device, packet out and in.

mod intake;

use leptos::prelude::*;

use crate::domain::handed::For;
use crate::domain::progress::{Progress, Work};
use crate::domain::standing;
use crate::ui::components::said::{button, fold, sure, written};
use crate::ui::components::title::title;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::format::minutes;
use crate::ui::state::{Device, Intent, Job, Study, Transfer, reader};
use crate::ui::text::score::ScoreWords;
use crate::ui::text::{Words, attempt_figures, attempt_title};

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
                study.carry(Job::Export(For::Oneself));
            })
    };
    let for_tutor = {
        let study = study.clone();
        button("secondary", texts.export_tutor(), move || {
            study.transfer.set(Transfer::Busy);
            study.carry(Job::Export(For::Tutor));
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
        .child(el("div").class("row").child(export).child(for_tutor))
        .child(el("h2").text(words.import()))
        .child(el("p").class("quiet").text(texts.import_note()))
        .child(intake::intake(texts))
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
