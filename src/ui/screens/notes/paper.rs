//! A whole reading on paper: all of its parts, one after the other, with what is marked in them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use super::desk::{Desk, lay_over, mark, of_part};
use crate::domain::course::{ReadingPart, StepContent};
use crate::domain::ids::Slug;
use crate::domain::notes::Highlight;
use crate::package::markdown::read;
use crate::ui::components::markdown::markdown;
use crate::ui::components::said::button;
use crate::ui::components::sheet;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Study};

/// The button, and what is said where a part cannot be had.
pub fn paper(desk: &Desk) -> El {
    let said = RwSignal::new(String::new());
    let (study, step) = (desk.study.clone(), desk.step.clone());
    let device = Device::here();
    let print = button("secondary", desk.words.print_all(), move || {
        let Some(placed) = study.course.step(&step) else {
            return;
        };
        let StepContent::Reading(reading) = &placed.step.content else {
            return;
        };
        said.set(String::new());
        let title = device.write(el("h1"), &placed.step.title);
        let (study, step, parts) = (study.clone(), step.clone(), reading.parts.clone());
        leptos::task::spawn_local(async move {
            let Some(all) = laid(device, &study, &step, &parts).await else {
                let failed = untrack(|| device.words()).part_failed();
                said.try_set(failed.to_owned());
                return;
            };
            let paper = sheet::sheet();
            let paper = paper.child(el("div").class("reading").child(title).children(all));
            all_images(&paper).await;
            sheet::print(&paper);
        });
    });
    el("div")
        .child(print)
        .child(el("p").attr("role", "alert").live_text(move || said.get()))
}

/// All parts; nothing where one cannot be had.
async fn laid(
    device: Device,
    study: &Study,
    step: &Slug,
    parts: &[ReadingPart],
) -> Option<Vec<El>> {
    let tag = untrack(|| device.language()).tag();
    let mut all = Vec::new();
    for part in parts {
        let path = part.file.get(tag);
        let text = study.texts.bring(study.file(path)).await?;
        let prose = el("div").class("prose").attr("lang", part.file.tag(tag));
        let prose = markdown(prose, &read(path, &text), study);
        let title = untrack(|| device.write(el("h2"), &part.title));
        let marked = study
            .progress
            .with_untracked(|progress| of_part(progress, step, &part.id));
        let notes = marked_in(&prose, &marked);
        let section = el("section").class("text").child(title).child(prose);
        all.push(section.children(notes));
    }
    Some(all)
}

/// Draws what is marked in a text; where there are words on it, a number stands for them, and they are
/// returned as a list.
fn marked_in(prose: &El, marked: &[Highlight]) -> Option<El> {
    let root = prose.element();
    let places = lay_over(root, marked, |one, last| {
        // No text yet, nor an element that ends a line: the letters of the next one are counted here too.
        let number = (last && !one.words.is_empty())
            .then(|| el("span").class("noted").attr("data-note", one.id.as_str()));
        mark(one).children(number).element().clone()
    });
    let mut noted: Vec<_> = marked.iter().filter(|one| !one.words.is_empty()).collect();
    let place = |one: &Highlight| places.iter().find(|(id, _)| *id == one.id);
    // As they stand in the text; what was not found has no number there.
    noted.sort_by_key(|one| place(one).map_or(usize::MAX, |(_, range)| range.end));
    let mut items = Vec::new();
    for (at, one) in noted.into_iter().enumerate() {
        let sign = format!("[data-note='{}']", one.id);
        if let Ok(Some(sign)) = root.query_selector(&sign) {
            sign.set_text_content(Some(&(at + 1).to_string()));
        }
        let item = el("li").child(el("q").text(&one.anchor.quote));
        items.push(item.child(el("p").text(&one.words)));
    }
    (!items.is_empty()).then(|| el("ol").class("on-paper").children(items))
}

/// Until every picture is there, or cannot be had.
async fn all_images(paper: &El) {
    let images = paper.element().get_elements_by_tag_name("img");
    for at in 0..images.length() {
        let image = images.item(at).map(JsCast::unchecked_into);
        let image: Option<HtmlImageElement> = image;
        if let Some(image) = image {
            let _ = JsFuture::from(image.decode()).await;
        }
    }
}
