//! A reflection: its prompts, whom each entry is for, and what was written before.

use leptos::prelude::*;

use crate::domain::body::Body;
use crate::domain::course::{Reflection, ReflectionPrompt, Visibility};
use crate::domain::ids::Slug;
use crate::domain::progress::{Work, WorkKind};
use crate::domain::record::Audience;
use crate::domain::sorted::Sorted;
use crate::domain::standing::StepStanding;
use crate::domain::work;
use crate::ui::components::editor::Editor;
use crate::ui::components::meter::completion;
use crate::ui::components::said::{button, fault_line, saved_mark, written};
use crate::ui::components::window::{moment, season_note};
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study, reader};

/// A reflection with everything around it.
pub fn reflection(
    study: &Study,
    step: &Slug,
    reflection: &Reflection,
    standing: Memo<StepStanding>,
) -> Vec<El> {
    let mut all: Vec<El> = season_note(study).into_iter().collect();
    all.push(el("div").class("meter").child(completion(standing)));
    let prompts = reflection.prompts.iter();
    all.extend(prompts.map(|prompt| prompt_part(study, step, prompt)));
    all.push(timeline(study));
    all
}

/// One prompt: the field, whom it is for, and its entries.
fn prompt_part(study: &Study, step: &Slug, prompt: &ReflectionPrompt) -> El {
    let device = Device::here();
    let language = device.language();
    let words = language.words();
    let label = device.text(&prompt.prompt);
    let editor = Editor::open(study, step, &prompt.id, "", &label);
    let least = prompt.min_characters;
    let shared = RwSignal::new(prompt.visibility == Visibility::Shared);
    let fault = RwSignal::new(String::new());
    let save = {
        let (study, step, prompt, editor) =
            (study.clone(), step.clone(), prompt.clone(), editor.clone());
        move || {
            if let Some(wrong) = editor.fault(language, least, work::MAX_CHARACTERS) {
                fault.set(wrong);
                return;
            }
            fault.set(String::new());
            let entry = work::Reflection {
                step: step.clone(),
                prompt: prompt.id.clone(),
                text: editor.draft.take(),
            };
            let body = if prompt.is_question {
                Body::Question(entry)
            } else {
                Body::Reflection(entry)
            };
            let audience = prompt.audience(shared.get_untracked());
            study.make(&step, body, Some(audience), &[&prompt.id]);
            editor.clear();
        }
    };
    let kicker = if prompt.is_question {
        words.ask_expert()
    } else {
        words.kind_reflection()
    };
    el("section")
        .class("prompt-part")
        .child(el("p").class("kicker").text(kicker))
        .child(device.write(el("h2").class("question"), &prompt.prompt))
        .child(editor.draft.beside())
        .child(editor.field.clone())
        .child(editor.length_line(least, 0))
        .child(whom(prompt, shared))
        .child(fault_line(fault))
        .child(button("primary", words.keep_entry(), save))
        .child(entries(study, step, prompt))
}

/// For whom an entry is: a choice where the package leaves one, otherwise a word about it.
fn whom(prompt: &ReflectionPrompt, shared: RwSignal<bool>) -> El {
    let words = Device::here().words();
    let alone = if prompt.is_question {
        words.for_tutor()
    } else {
        words.for_me()
    };
    if prompt.visibility != Visibility::Either {
        let said = if prompt.visibility == Visibility::Shared {
            words.for_class()
        } else {
            alone
        };
        return el("p").class("quiet").text(words.who_reads()).text(said);
    }
    let option = |value: &str, label: &str| el("option").attr("value", value).text(label);
    let choice = el("select")
        .child(option("alone", alone))
        .child(option("class", words.for_class()))
        .live_value(move || if shared.get() { "class" } else { "alone" }.to_owned())
        .on("change", move |event| {
            shared.set(value_of(event) == "class");
        });
    el("label")
        .class("field")
        .text(words.who_reads())
        .child(choice)
}

/// The entries of a prompt, the newest first.
fn entries(study: &Study, step: &Slug, prompt: &ReflectionPrompt) -> El {
    let (study, step, id) = (study.clone(), step.clone(), prompt.id.to_string());
    let progress = study.progress;
    let entries = Memo::new(move |_| {
        let progress = progress.get();
        let step = progress.step(&step);
        let of_prompt = step.work.iter().filter(|work| work.place == id);
        of_prompt.rev().cloned().collect::<Vec<_>>()
    });
    el("ul").class("entries").live(move || {
        let entries = entries.get();
        entries
            .iter()
            .map(|work| entry(&study, work, None))
            .collect()
    })
}

/// One entry with its words, which are read from its record.
fn entry(study: &Study, work: &Work, title: Option<&str>) -> El {
    let device = Device::here();
    let text = RwSignal::new(String::new());
    let (from, id) = (study.clone(), work.id.clone());
    leptos::task::spawn_local(async move {
        if let Some(Body::Reflection(body) | Body::Question(body)) = reader::body(&from, &id).await
        {
            text.try_set(body.text);
        }
    });
    let about = el("p")
        .class("quiet")
        .text(&moment(study, work.at))
        .text(" · ")
        .text(audience_label(device, work.audience))
        .text(" · ")
        .child(saved_mark());
    el("li")
        .children(title.map(|title| el("p").class("quiet").text(title)))
        .child(about)
        .child(written("").live_text(move || text.get()))
}

fn audience_label(device: Device, audience: Audience) -> &'static str {
    let words = device.words();
    match audience {
        Audience::Private => words.for_me(),
        Audience::Tutor => words.for_tutor(),
        Audience::Class | Audience::Partner | Audience::Public => words.for_class(),
    }
}

/// Everything that the learner reflected on in this course, the newest first.
fn timeline(study: &Study) -> El {
    let device = Device::here();
    let words = device.words();
    let study = study.clone();
    let progress = study.progress;
    let all = Memo::new(move |_| {
        let progress = progress.get();
        let is_entry =
            |work: &&Work| matches!(work.kind, WorkKind::Reflection | WorkKind::Question);
        let mut all: Sorted<Work, Slug> = Sorted::default();
        for (step, known) in progress.steps.iter() {
            let entries = known.work.iter().filter(is_entry);
            for work in entries {
                all.insert(work.clone(), step.clone());
            }
        }
        all
    });
    el("div").live(move || {
        let all = all.get();
        if all.is_empty() {
            return Vec::new();
        }
        let items = all.iter().rev().map(|(work, step)| {
            let placed = study.course.step(step);
            let title = placed.map(|placed| device.text(&placed.topic.title));
            entry(&study, work, title.as_deref())
        });
        let list = el("ol").class("entries").children(items);
        let label = format!("{} ({})", words.all_reflections(), all.len());
        vec![crate::ui::components::said::fold(&label, vec![list])]
    })
}
