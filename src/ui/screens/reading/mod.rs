//! A reading step: its parts, one at a time, the place remembered, the minutes counted.

mod part;
mod spot;
pub mod typeset;
mod visit;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::highlights;
use crate::domain::course::{Reading, ReadingPart};
use crate::domain::ids::Slug;
use crate::domain::standing::StepStanding;
use crate::domain::typeset::Typeset;
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::icon::{Icon, pic};
use crate::ui::components::meter::meter_line;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, follow};
use crate::ui::route::Route;
use crate::ui::state::{Device, Laters, Study, apart};
use part::{Resume, part_view};
pub use spot::text;
use typeset::TYPESET;
use visit::{Visit, scroll_to};

type Parts = StoredValue<Vec<ReadingPart>>;

/// A reading with everything around it; nothing if it has no parts.
pub fn reading(
    study: &Study,
    step: &Slug,
    reading: &Reading,
    standing: Memo<StepStanding>,
) -> Option<El> {
    let parts = StoredValue::new(reading.parts.clone());
    let remembered = study.place(step);
    let open = open_part(parts, remembered.part.clone());
    let first = reading.parts.get(open.get_untracked())?.id.clone();
    let visit = Visit::new(study, step.clone(), first, standing);
    let part_of = move || parts.with_value(|parts| parts.get(open.get()).cloned());
    let turned = StoredValue::new(false);
    // The part whose text stands on the page.
    let laid = RwSignal::new(String::new());
    fetch_others(study, parts, laid);
    let text = {
        let (study, step) = (study.clone(), step.clone());
        el("div").live(move || {
            let Some(part) = part_of() else {
                return Vec::new();
            };
            visit.turn(part.id.clone());
            let turned = turned.try_update_value(|turned| std::mem::replace(turned, true));
            let turned = turned.unwrap_or(false);
            let here = Some(&part.id) == remembered.part.as_ref();
            let spot = study.place(&step).spots.get(&part.id).copied();
            let resume = match spot {
                Some(spot) => Resume::At(spot),
                // Only to find the place again: who turns the part begins at its top.
                None if here && !turned => Resume::Scrolled(remembered.scrolled_permille),
                None => Resume::Scrolled(0),
            };
            untrack(|| part_view(&study, &step, &part, resume, turned, (laid, visit)))
        })
    };
    let column = el("div")
        .class("text")
        .child(meter_line(visit.status, standing).child(to_parts()))
        .child(text)
        .child(turns(step.clone(), parts, open));
    // As it is kept: a signal of a type of its own would be code of its own.
    let set = RwSignal::new(browser::setting(TYPESET).unwrap_or_default());
    let Laters(third, fourth, ..) = expect_context();
    let (of, at) = (study.clone(), step.clone());
    let marks = el("div").live(move || {
        let over: fn(&'static str, &Study, &Slug, RwSignal<String>) -> El = highlights;
        let here = fourth.is_here();
        let shown = here.then(|| untrack(|| apart(over)(fourth.words(), &of, &at, laid)));
        shown.into_iter().collect()
    });
    let device = Device::here();
    let choices = el("div").live(move || {
        let choose: fn(&'static str, RwSignal<String>) -> El = typeset::choices;
        let here = third.is_here();
        if here {
            fourth.want(untrack(|| device.language()));
        }
        let shown = here.then(|| untrack(|| apart(choose)(third.words(), set)));
        shown.into_iter().collect()
    });
    let beside = el("div")
        .class("beside")
        .child(parts_nav(study, step, parts, open))
        .child(choices)
        .child(marks);
    let node = el("div").child(beside).child(column);
    let node = node.live_attr("class", move || {
        let Typeset {
            size,
            spacing,
            width,
        } = Typeset::read(&set.get());
        Some(format!(
            "reading size-{size} spacing-{spacing} width-{width}"
        ))
    });
    Some(node)
}

/// Once the open part stands on the page, the texts of the others are fetched, so that they are there at once,
/// also should the network go.
fn fetch_others(study: &Study, parts: Parts, laid: RwSignal<String>) {
    let device = Device::here();
    let study = study.clone();
    follow(Box::new(move || {
        let tag = device.language().tag();
        if laid.get().is_empty() {
            return;
        }
        let addresses = parts.with_value(|parts| {
            let addresses = parts.iter().map(|part| study.file(part.file.get(tag)));
            addresses.collect()
        });
        study.texts.bring_ahead(addresses);
    }));
}

/// The part that the address names, else the one that was open before, else the first.
fn open_part(parts: Parts, before: Option<Slug>) -> Memo<usize> {
    let Here(route, _) = expect_context::<Here>();
    Memo::new(move |_| {
        let named = match route.get() {
            Route::Step { part, .. } => part,
            _ => None,
        };
        let wanted = named.or_else(|| before.clone());
        parts.with_value(|parts| {
            let at = parts
                .iter()
                .position(|part| Some(&part.id) == wanted.as_ref());
            at.unwrap_or(0)
        })
    })
}

fn to_part(step: &Slug, part: &ReadingPart) -> String {
    Route::Step {
        step: step.clone(),
        part: Some(part.id.clone()),
    }
    .href()
}

/// The list of parts.
fn parts_nav(study: &Study, step: &Slug, parts: Parts, open: Memo<usize>) -> El {
    let device = Device::here();
    let words = device.words();
    let read = {
        let (study, step) = (study.clone(), step.clone());
        Memo::new(move |_| study.progress_now().step(&step).parts.clone())
    };
    let item = |(at, part): (usize, &ReadingPart)| {
        let id = part.id.clone();
        let known = Memo::new(move |_| read.get().contains(&id));
        let mark = move || {
            if !known.get() {
                return Vec::new();
            }
            let said = el("span").class("unseen").text(words.part_read());
            vec![pic(Icon::Check), said]
        };
        let link = el("a")
            .attr("href", &to_part(step, part))
            .live_attr("aria-current", move || {
                (open.get() == at).then(|| "true".to_owned())
            });
        el("li")
            .live_class("on", move || open.get() == at)
            .child(device.write(link, &part.title).live(mark))
    };
    let items = parts.with_value(|parts| parts.iter().enumerate().map(item).collect::<Vec<_>>());
    el("nav")
        .class("parts")
        .attr("aria-label", words.parts())
        .child(el("ol").children(items))
}

/// On a small screen the parts stand above the text, out of sight.
fn to_parts() -> El {
    button("to-parts", Device::here().words().parts(), || {
        let open = browser::document().query_selector(".parts [aria-current]");
        let open = open.ok().flatten().and_then(|open| open.dyn_into().ok());
        let _ = open.map(|open: HtmlElement| open.focus());
    })
}

/// To the part before and the part after.
fn turns(step: Slug, parts: Parts, open: Memo<usize>) -> El {
    let device = Device::here();
    let words = device.words();
    let link = move |at: Option<usize>, label: &str| {
        let part = at.and_then(|at| parts.with_value(|parts| parts.get(at).cloned()))?;
        let label = format!("{label}{}{}", words.colon(), device.text(&part.title));
        let link = el("a")
            .class("secondary")
            .attr("href", &to_part(&step, &part))
            .text(&label)
            .on("click", |_| scroll_to(0));
        Some(link)
    };
    el("p").class("turns").live(move || {
        let before = link(open.get().checked_sub(1), words.previous_part());
        let after = link(Some(open.get() + 1), words.next_part());
        before.into_iter().chain(after).collect()
    })
}
