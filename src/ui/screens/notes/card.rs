//! The card at the foot of the page: what can be done with a chosen passage, or a highlight.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::desk::{Desk, Work, field, root, swatch};
use super::laid::Laid;
use crate::domain::ids::RecordId;
use crate::domain::notes::{Colour, Highlight, sentences};
use crate::ui::browser;
use crate::ui::components::draft::Draft;
use crate::ui::components::said::{button, written};
use crate::ui::dom::{El, el, value_of};

/// The card; nothing while nothing is worked on.
pub fn card(desk: &Desk) -> El {
    let words = desk.words;
    let inside = desk.clone();
    let editing = RwSignal::new(false);
    let open = desk.work;
    let content = el("div").live(move || {
        let work = open.get();
        untrack(|| editing.set(false));
        untrack(|| within(&inside, &work, editing))
    });
    el("section")
        .class("hl-card")
        .attr("aria-label", words.card())
        .live_attr("hidden", move || {
            (open.get() == Work::None).then(String::new)
        })
        // A press on a button must leave the selection as it is.
        .on("mousedown", |event| {
            let field = event.target().is_some_and(|at| {
                js_sys::Reflect::has(&at, &"selectionStart".into()).unwrap_or(false)
            });
            if !field {
                event.prevent_default();
            }
        })
        .child(content)
}

fn within(desk: &Desk, work: &Work, editing: RwSignal<bool>) -> Vec<El> {
    let words = desk.words;
    match work {
        Work::None => Vec::new(),
        Work::TooLong => vec![el("p").attr("role", "status").text(words.too_long())],
        Work::Chosen(range) => chosen(desk, range),
        Work::Removed(one) => {
            let (back, again) = (desk.clone(), one.clone());
            let undo = button("secondary", words.undo(), move || {
                back.change(&again, &[]);
                back.work.set(Work::Known(again.id.clone()));
            });
            undo.focus_soon();
            let said = el("p").attr("role", "status").text(words.removed());
            vec![said, el("div").class("row").child(undo).child(close(desk))]
        }
        Work::Known(id) => known(desk, id, editing),
    }
}

fn close(desk: &Desk) -> El {
    let desk = desk.clone();
    button("secondary", desk.words.close(), move || desk.leave())
}

/// What a passage may be marked for; `now` is what it is.
fn colours(desk: &Desk, now: Option<Colour>, act: impl Fn(Colour) + Clone + 'static) -> El {
    let one = |colour: Colour| {
        let act = act.clone();
        let pressed = now.map(|now| (now == colour).to_string());
        el("button")
            .class("secondary")
            .attr("type", "button")
            .attr_if("aria-pressed", pressed.as_deref())
            .child(swatch(colour))
            .text(desk.colour(colour))
            .on("click", move |_| act(colour))
    };
    el("div")
        .class("row")
        .attr("role", "group")
        .attr("aria-label", desk.words.mark_as())
        .children(Colour::ALL.map(one))
}

/// A passage that is not marked yet.
fn chosen(desk: &Desk, range: &Range<usize>) -> Vec<El> {
    let by_keys = desk.by_keys.get_untracked();
    let (to, range_of) = (desk.clone(), range.clone());
    let row = colours(desk, None, move |colour| to.highlight(&range_of, colour));
    let mut all = Vec::new();
    if by_keys {
        all.push(stepper(desk, range));
    }
    all.push(row.child(close(desk)));
    all
}

/// Moves what is chosen by sentences.
fn stepper(desk: &Desk, range: &Range<usize>) -> El {
    let words = desk.words;
    let text = root().map_or_else(String::new, |root| Laid::of(&root).text);
    let all = sentences(&text);
    let first = all
        .iter()
        .position(|one| one.end > range.start)
        .unwrap_or(0);
    let last = all
        .iter()
        .rposition(|one| one.start < range.end)
        .unwrap_or(first);
    let step = |label: &str, from: usize, to: usize, which: &'static str| {
        let target = match (all.get(from), all.get(to)) {
            (Some(from), Some(to)) => Some(from.start..to.end),
            _ => None,
        };
        let desk = desk.clone();
        let there = target.is_some();
        let step = button("secondary", label, move || {
            if let Some(target) = &target {
                LAST.with(|last| last.set(which));
                desk.select(target);
            }
        });
        let step = step.attr_if("disabled", (!there).then_some(""));
        if there && LAST.with(std::cell::Cell::get) == which {
            step.focus_soon();
        }
        step
    };
    let before = first.checked_sub(1).unwrap_or(usize::MAX);
    let quote: String = text.chars().skip(range.start).take(range.len()).collect();
    el("div")
        .child(el("p").class("quote").attr("role", "status").text(&quote))
        .child(
            el("div")
                .class("row")
                .child(step(words.sentence_back(), before, before, "back"))
                .child(step(words.sentence_on(), last + 1, last + 1, "on"))
                .child(step(words.sentence_more(), first, last + 1, "more")),
        )
}

thread_local! {
    /// The button that moved what is chosen last: it keeps the focus.
    static LAST: std::cell::Cell<&'static str> = const { std::cell::Cell::new("on") };
}

/// A highlight.
fn known(desk: &Desk, id: &RecordId, editing: RwSignal<bool>) -> Vec<El> {
    let (of, id) = (desk.clone(), id.clone());
    let known = desk.known;
    let one = Memo::new(move |_| {
        known.with(|known| Shown(known.all.iter().find(|one| one.id == id).cloned()))
    });
    let first = std::cell::Cell::new(true);
    vec![el("div").live(move || {
        let Shown(Some(one)) = one.get() else {
            return Vec::new();
        };
        let edits = editing.get();
        let first = first.replace(false);
        if let Some(held) = held().filter(|_| !first && !edits) {
            leptos::task::spawn_local(async move { hold(&held) });
        }
        untrack(|| told(&of, &one, edits, editing, first))
    })]
}

/// What the button of the card says that has the focus.
fn held() -> Option<String> {
    let active = browser::document().active_element()?;
    active.closest(".hl-card").ok()??;
    active.text_content()
}

/// The focus goes to the button that says the same, else to the first thing to do.
fn hold(said: &str) {
    let Ok(Some(card)) = browser::document().query_selector(".hl-card") else {
        return;
    };
    let all = card.get_elements_by_tag_name("button");
    let all = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok());
    let all: Vec<HtmlElement> = all.collect();
    let same = all
        .iter()
        .find(|button| button.text_content().as_deref() == Some(said));
    let main = all.iter().find(|button| button.class_name() == "primary");
    if let Some(to) = same.or(main) {
        let _ = to.focus();
    }
}

/// A highlight that may be there; a type of this screen.
#[derive(Clone, PartialEq)]
struct Shown(Option<Highlight>);

fn told(
    desk: &Desk,
    one: &Highlight,
    edits: bool,
    editing: RwSignal<bool>,
    first: bool,
) -> Vec<El> {
    let words = desk.words;
    let (to, other) = (desk.clone(), one.clone());
    let colours = colours(desk, Some(one.colour), move |colour| {
        let mut other = other.clone();
        other.colour = colour;
        to.change(&other, &[]);
    });
    let quote = el("p").class("quote").text(&one.anchor.quote);
    if edits {
        return vec![quote, note(desk, one, editing)];
    }
    let label = if one.words.is_empty() {
        words.write_note()
    } else {
        words.change_note()
    };
    let edit = button("primary", label, move || editing.set(true));
    if first {
        edit.focus_soon();
    }
    let (gone, removed) = (desk.clone(), one.clone());
    let remove = button("secondary", words.remove(), move || gone.remove(&removed));
    let mine = (!one.words.is_empty()).then(|| written(&one.words));
    let row = el("div")
        .class("row")
        .child(edit)
        .child(remove)
        .child(close(desk));
    let mut all = vec![quote];
    all.extend(mine);
    all.push(colours);
    all.push(row);
    all
}

/// The words beside a highlight.
fn note(desk: &Desk, one: &Highlight, editing: RwSignal<bool>) -> El {
    let words = desk.words;
    let Some(place) = field(&one.id) else {
        return el("p");
    };
    let draft = Draft::open(&desk.study, &one.step, &place, &one.words);
    let input = el("textarea")
        .attr("rows", "4")
        .attr("maxlength", "10000")
        .attr("aria-label", words.note());
    let input = input
        .value(&draft.text())
        .on("input", move |event| draft.typed(value_of(event)));
    let shown: web_sys::HtmlTextAreaElement = input.cast();
    draft.shown_by(std::rc::Rc::new(move |text| shown.set_value(text)));
    input.focus_soon();
    let (to, mut changed) = (desk.clone(), one.clone());
    let save = button("primary", words.save_note(), move || {
        draft.take().trim().clone_into(&mut changed.words);
        to.change(&changed, &[&place]);
        editing.set(false);
    });
    let cancel = button("secondary", words.later(), move || {
        draft.flush();
        editing.set(false);
    });
    el("div")
        .child(input)
        .child(draft.beside())
        .child(el("p").class("quiet").text(words.note_kept()))
        .child(el("div").class("row").child(save).child(cancel))
}
