//! Questions that pause the video, and the answers below it.

use std::time::Duration;

use leptos::html::Textarea;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::watch::Watch;
use crate::domain::course::ThinkPrompt;
use crate::domain::ids::Slug;
use crate::ui::state::{Device, Intent, Study};

/// A draft is kept when nothing was typed for so long; well under the 2 s that may be lost.
const SETTLE: Duration = Duration::from_millis(400);

/// The open question over the video.
#[component]
pub fn PromptPanel(step: Slug, watch: Watch) -> impl IntoView {
    move || {
        let step = step.clone();
        watch
            .asked
            .get()
            .map(|prompt| view! { <Panel step prompt watch /> })
    }
}

#[component]
fn Panel(step: Slug, prompt: ThinkPrompt, watch: Watch) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let question = prompt.question.clone();
    let id = format!("prompt-{}", prompt.id);
    let labelled = id.clone();
    let node = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = node.get() {
            let _ = field.focus();
        }
    });
    let draft = Draft::new(&study, step, prompt.id);
    let start = draft.start();
    let keep = move |_| {
        draft.submit();
        watch.play();
    };
    let skip = move |_| {
        draft.flush();
        watch.play();
    };
    view! {
        <div class="prompt" role="group" aria-labelledby=labelled>
            <p class="kicker">{device.words().think}</p>
            <p class="question" id=id>{device.text(&question)}</p>
            <textarea node_ref=node rows="3" aria-label=device.words().think_label
                prop:value=start on:input=move |event| draft.typed(event_target_value(&event))></textarea>
            <p class="quiet">{device.words().think_private}</p>
            <div class="row">
                <button class="primary" on:click=keep>{device.words().think_keep}</button>
                <button class="secondary" on:click=skip>{device.words().think_skip}</button>
            </div>
        </div>
    }
}

/// Words that are being typed: kept as a draft while typing, a note when submitted.
#[derive(Clone, Copy)]
struct Draft(StoredValue<DraftState>);

struct DraftState {
    study: Study,
    step: Slug,
    field: Slug,
    text: String,
    pending: Option<TimeoutHandle>,
}

impl Draft {
    fn new(study: &Study, step: Slug, field: Slug) -> Self {
        let key = (step, field);
        let draft = study.drafts.with_value(|drafts| drafts.get(&key).cloned());
        let text = draft.unwrap_or_else(|| {
            let progress = study.progress.get_untracked();
            let known = progress.step(&key.0);
            known
                .notes
                .get(key.1.as_str())
                .map_or_else(String::new, |note| note.text.clone())
        });
        let state = DraftState {
            study: study.clone(),
            step: key.0,
            field: key.1,
            text,
            pending: None,
        };
        let draft = Self(StoredValue::new(state));
        on_cleanup(move || draft.flush());
        draft
    }

    fn start(self) -> String {
        self.0.with_value(|state| state.text.clone())
    }

    fn typed(self, text: String) {
        let later = set_timeout_with_handle(move || self.flush(), SETTLE).ok();
        self.0.update_value(|state| {
            state.text = text;
            if let Some(earlier) = state.pending.take() {
                earlier.clear();
            }
            state.pending = later;
        });
    }

    /// Keeps the draft now, if something was typed since it was last kept.
    fn flush(self) {
        self.0.try_update_value(|state| {
            if let Some(pending) = state.pending.take() {
                pending.clear();
                state.study.send(Intent::Draft {
                    step: state.step.clone(),
                    field: state.field.clone(),
                    text: state.text.clone(),
                });
            }
        });
    }

    /// Makes a note of the words, unless there are none or they are the note already.
    fn submit(self) {
        self.0.update_value(|state| {
            if let Some(pending) = state.pending.take() {
                pending.clear();
            }
            if state.text.trim().is_empty() {
                return;
            }
            state.study.send(Intent::Note {
                step: state.step.clone(),
                at: state.field.clone(),
                text: state.text.clone(),
            });
        });
    }
}

/// The questions and what the learner thought, below the video.
#[component]
pub fn Thoughts(step: Slug, prompts: Vec<ThinkPrompt>, watch: Watch) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let notes = Memo::new(move |_| {
        let progress = study.progress.get();
        progress
            .step(&step)
            .notes
            .iter()
            .map(|(at, note)| (at.clone(), note.text.clone()))
            .collect::<Vec<_>>()
    });
    let item = move |prompt: &ThinkPrompt| {
        let text = notes
            .get()
            .into_iter()
            .find(|(at, _)| at == prompt.id.as_str())?
            .1;
        let question = device.text(&prompt.question);
        let again = prompt.clone();
        let change = move |_| {
            watch.pause();
            watch.asked.set(Some(again.clone()));
        };
        Some(view! {
            <li>
                <p class="quiet">{question}</p>
                <p class="mine">{text}</p>
                <button class="plain" on:click=change>{device.words().change}</button>
            </li>
        })
    };
    move || {
        (!notes.get().is_empty()).then(|| {
            view! {
                <section class="thoughts">
                    <h2>{device.words().my_thoughts}</h2>
                    <ul>{prompts.iter().filter_map(item).collect_view()}</ul>
                </section>
            }
        })
    }
}
