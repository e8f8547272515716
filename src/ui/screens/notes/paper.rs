//! A whole reading on paper: all of its parts, one after the other.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use super::desk::Desk;
use crate::domain::course::{ReadingPart, StepContent};
use crate::package::markdown::read;
use crate::ui::components::markdown::markdown;
use crate::ui::components::said::button;
use crate::ui::components::sheet;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Study, fetch_text};

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
        let (study, parts) = (study.clone(), reading.parts.clone());
        leptos::task::spawn_local(async move {
            let Some(all) = laid(device, &study, &parts).await else {
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
async fn laid(device: Device, study: &Study, parts: &[ReadingPart]) -> Option<Vec<El>> {
    let tag = untrack(|| device.language()).tag();
    let mut all = Vec::new();
    for part in parts {
        let path = part.file.get(tag);
        let text = fetch_text(&study.file(path)).await?;
        let prose = el("div").class("prose").attr("lang", part.file.tag(tag));
        let prose = markdown(prose, &read(path, &text), study);
        let title = untrack(|| device.write(el("h2"), &part.title));
        all.push(el("section").class("text").child(title).child(prose));
    }
    Some(all)
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
