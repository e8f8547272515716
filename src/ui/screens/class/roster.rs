//! Taking in a roster from a file, for backends that have none.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

use crate::domain::roster::Roster;
use crate::sync::backend::Backend;
use crate::ui::components::said::fault_line;
use crate::ui::dom::{El, el};
use crate::ui::screens::backend;
use crate::ui::state::Study;
use crate::ui::text::class::ClassWords;

/// Most bytes of a roster.
const MOST: f64 = 1_000_000.0;

/// The button, and what went wrong; `done` when a roster was taken in.
pub fn file(words: ClassWords, study: &Study, done: impl Fn(Study) + Copy + 'static) -> El {
    let fault = RwSignal::new(String::new());
    let study = study.clone();
    let field = el("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .on("change", move |event| {
            let Some(file) = chosen(event) else { return };
            let study = study.clone();
            leptos::task::spawn_local(async move {
                let Some(backend) = backend::settings() else {
                    return;
                };
                match read(&file, &backend).await {
                    Some(roster) => {
                        backend::keep_roster(&study, &backend, &roster).await;
                        done(study);
                    }
                    None => {
                        fault.try_set(words.roster_bad().to_owned());
                    }
                }
            });
        });
    el("section")
        .child(el("p").class("quiet").text(words.roster_note()))
        .child(
            el("label")
                .class("secondary file")
                .text(words.roster_file())
                .child(field),
        )
        .child(fault_line(fault))
}

fn chosen(event: &Event) -> Option<web_sys::File> {
    let input: HtmlInputElement = event.target()?.unchecked_into();
    let file = input.files()?.get(0);
    // The same file may be chosen again.
    input.set_value("");
    file
}

/// The roster of a file, if it is one of the class that was signed in to.
async fn read(file: &web_sys::File, backend: &Backend) -> Option<Roster> {
    if file.size() > MOST {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let roster = Roster::read(&serde_json::from_slice(&bytes).ok()?)?;
    (roster.class == backend.account.home_page).then_some(roster)
}
