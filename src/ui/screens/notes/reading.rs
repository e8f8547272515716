//! Highlights in a reading: what is marked in the open part, and the way to mark more.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, KeyboardEvent};

use super::card::card;
use super::desk::{Desk, Known, Work, root, swatch};
use super::find::find;
use super::laid::Laid;
use super::paper::paper;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::notes::sentences;
use crate::ui::browser;
use crate::ui::components::said::{button, fold_later};
use crate::ui::dom::{El, el, follow, on_window};
use crate::ui::state::Study;
use crate::ui::text::notes::NotesWords;
use crate::ui::text::score::fill;

/// The highlights of the part that `laid` names once its text stands on the page.
pub fn over(words: &'static str, study: &Study, step: &Slug, laid: RwSignal<String>) -> El {
    let Some(words) = NotesWords::read(words) else {
        return el("p");
    };
    let desk = Desk {
        words,
        study: study.clone(),
        step: step.clone(),
        laid,
        work: RwSignal::new(Work::None),
        known: RwSignal::new(Known::default()),
        by_keys: RwSignal::new(false),
        drawn: StoredValue::new_local(None),
    };
    {
        let (desk, progress) = (desk.clone(), study.progress);
        let before = StoredValue::new(String::new());
        follow(Box::new(move || {
            progress.track();
            let now = desk.laid.get();
            let turned = before.try_update_value(|before| std::mem::replace(before, now.clone()));
            if turned.is_some_and(|before| before != now) {
                desk.work.set(Work::None);
            }
            // The text is put into the page first.
            let desk = desk.clone();
            leptos::task::spawn_local(async move {
                if desk.work.try_get_untracked().is_some() {
                    desk.draw();
                    desk.show_wanted();
                }
            });
        }));
    }
    listen(&desk);
    el("section")
        .class("hl-list")
        .child(find(&desk))
        .child(list(&desk))
        .child(card(&desk))
}

fn listen(desk: &Desk) {
    let held = StoredValue::new(false);
    on_window("pointerdown", move |event| {
        held.set_value(at(event).is_some_and(|at| at.closest(".hl-card").ok().flatten().is_some()));
    });
    let chosen = desk.clone();
    // It does not rise; on its way down it is seen.
    let options = EventListenerOptions {
        phase: gloo_events::EventListenerPhase::Capture,
        passive: true,
    };
    let selected = move |_: &Event| {
        if held.try_get_value() == Some(false) || !is_collapsed() {
            chosen.take_selection();
        }
    };
    let listener =
        EventListener::new_with_options(&browser::window(), "selectionchange", options, selected);
    StoredValue::new_local(listener);
    let pressed = desk.clone();
    on_window("click", move |event| {
        let Some(at) = at(event) else { return };
        let closest = |what: &str| at.closest(what).ok().flatten();
        if !is_collapsed() || closest("a").is_some() {
            return;
        }
        let id = closest("mark.hl").and_then(|mark| mark.get_attribute("data-of"));
        if let Some(id) = id.as_deref().and_then(RecordId::parse) {
            pressed.by_keys.set(false);
            pressed.work.set(Work::Known(id));
        }
    });
    let left = desk.clone();
    on_window("keydown", move |event| {
        let escape = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|key| key.key() == "Escape");
        if escape && left.work.get_untracked() != Work::None {
            left.leave();
        }
    });
}

fn at(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn is_collapsed() -> bool {
    let selection = browser::window().get_selection().ok().flatten();
    selection.is_none_or(|selection| selection.is_collapsed())
}

/// The list beside the text.
fn list(desk: &Desk) -> El {
    let (words, known) = (desk.words, desk.known);
    let count = move || {
        fill(
            words.marked(),
            &[&known.with(|known| known.all.len()).to_string()],
        )
    };
    let summary = el("summary").attr("id", "hl-summary").live_text(count);
    let desk = desk.clone();
    fold_later(summary, move || listed(&desk))
}

fn listed(desk: &Desk) -> Vec<El> {
    let words = desk.words;
    let of = desk.clone();
    let known = desk.known;
    let all = el("div").live(move || {
        known.with(|known| {
            if known.all.is_empty() {
                return vec![el("p").class("quiet").text(words.none_here())];
            }
            let items = known.all.iter().map(|one| {
                let lost = known.lost.contains(&one.id);
                let (desk, id) = (of.clone(), one.id.clone());
                let label = short(&one.anchor.quote);
                let open = el("button")
                    .class("hl-open")
                    .attr("type", "button")
                    .child(swatch(one.colour))
                    .child(
                        el("span")
                            .class("unseen")
                            .text(&format!("{} ", of.colour(one.colour))),
                    )
                    .text(&label)
                    .on("click", move |_| desk.show(&id));
                let lost = lost.then(|| el("p").class("quiet").text(words.lost()));
                let mine = (!one.words.is_empty())
                    .then(|| el("p").class("quiet").text(&short(&one.words)));
                el("li").child(open).children(mine).children(lost)
            });
            vec![el("ul").children(items)]
        })
    });
    let keys = desk.clone();
    let by_keys = button("secondary", words.by_sentence(), move || {
        begin_by_keys(&keys);
    });
    vec![
        all,
        by_keys.attr("id", "hl-by-keys"),
        el("p").child(el("a").attr("href", "#/notes").text(words.all_notes())),
        paper(desk),
    ]
}

/// Chooses the first sentence that is in sight.
fn begin_by_keys(desk: &Desk) {
    let Some(root) = root() else { return };
    let laid = Laid::of(&root);
    let all = sentences(&laid.text);
    let in_sight = all.iter().find(|range| {
        let span = laid.span(range);
        span.is_some_and(|span| span.get_bounding_client_rect().top() >= 60.0)
    });
    let Some(range) = in_sight.or(all.first()) else {
        return;
    };
    desk.by_keys.set(true);
    desk.select(range);
}

/// The beginning of a text, for a list.
fn short(text: &str) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
