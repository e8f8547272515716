//! Questions that pause the video, and the answers below it.

use std::rc::Rc;

use leptos::prelude::*;

use super::watch::Watch;
use crate::domain::course::ThinkPrompt;
use crate::domain::ids::Slug;
use crate::ui::components::draft::Draft;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study};

/// The open question over the video.
pub fn prompt_panel(step: Slug, watch: Watch) -> El {
    el("div").live(move || {
        let asked = watch.asked.get();
        asked
            .iter()
            .map(|prompt| panel(&step, prompt, watch))
            .collect()
    })
}

fn panel(step: &Slug, prompt: &ThinkPrompt, watch: Watch) -> El {
    let device = Device::here();
    let words = device.words();
    let study = Study::here();
    let id = format!("prompt-{}", prompt.id);
    let noted = {
        let progress = study.progress.get_untracked();
        let step = progress.step(step);
        let note = step.notes.get(prompt.id.as_str());
        note.map_or_else(String::new, |note| note.text.clone())
    };
    let draft = Draft::open(&study, step, &prompt.id, &noted);
    let field = el("textarea")
        .attr("rows", "3")
        .attr("aria-label", words.think_label())
        .value(&draft.text())
        .on("input", move |event| draft.typed(value_of(event)));
    field.focus_soon();
    let shown = field.clone();
    draft.shown_by(Rc::new(move |text: &str| {
        let _ = shown.clone().value(text);
    }));
    let (step, at) = (step.clone(), prompt.id.clone());
    let keep = move || {
        let text = draft.take();
        if !text.trim().is_empty() {
            study.note(&step, &at, text);
        }
        watch.play();
    };
    let skip = move || {
        draft.flush();
        watch.play();
    };
    let row = el("div")
        .class("row")
        .child(button("primary", words.think_keep(), keep))
        .child(button("secondary", words.think_skip(), skip));
    el("div")
        .class("prompt")
        .attr("role", "group")
        .attr("aria-labelledby", &id)
        .child(el("p").class("kicker").text(words.think()))
        .child(device.write(el("p").class("question").attr("id", &id), &prompt.question))
        .child(field)
        .child(draft.beside())
        .child(el("p").class("quiet").text(words.think_private()))
        .child(row)
}

fn button(class: &str, label: &str, act: impl Fn() + 'static) -> El {
    el("button")
        .class(class)
        .text(label)
        .on("click", move |_| act())
}

/// The questions and what the learner thought, below the video.
pub fn thoughts(study: &Study, step: Slug, prompts: Vec<ThinkPrompt>, watch: Watch) -> El {
    let device = Device::here();
    let progress = study.progress;
    let notes = Memo::new(move |_| {
        let progress = progress.get();
        let notes = &progress.step(&step).notes;
        let text = |prompt: &ThinkPrompt| {
            let note = notes.get(prompt.id.as_str());
            note.map(|note| note.text.clone())
        };
        prompts
            .iter()
            .filter_map(|prompt| Some((prompt.clone(), text(prompt)?)))
            .collect::<Vec<_>>()
    });
    let item = move |(prompt, text): (ThinkPrompt, String)| {
        let question = device.write(el("p").class("quiet"), &prompt.question);
        let change = button("plain", device.words().change(), move || {
            watch.pause();
            watch.asked.set(Some(prompt.clone()));
        });
        el("li")
            .child(question)
            .child(el("p").class("mine").text(&text))
            .child(change)
    };
    el("div").live(move || {
        let notes = notes.get();
        if notes.is_empty() {
            return Vec::new();
        }
        let heading = el("h2").text(device.words().my_thoughts());
        let list = el("ul").children(notes.into_iter().map(item));
        vec![el("section").class("thoughts").child(heading).child(list)]
    })
}
