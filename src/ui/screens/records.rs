//! My records: what is kept on this device, packet out and in.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use crate::store::log::Imported;
use crate::ui::components::title::Title;
use crate::ui::state::{Device, Intent, Study, Transfer};
use crate::ui::text::{Words, packet_fault};

/// The records of this profile.
#[component]
pub fn Records() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let facts = study.facts;
    let head = move || {
        facts
            .get()
            .head
            .map(|head| head.hash.to_string().chars().take(8).collect::<String>())
    };
    let export = {
        let study = study.clone();
        move |_| {
            study.transfer.set(Transfer::Busy);
            study.send(Intent::Export);
        }
    };
    view! {
        <article class="narrow records">
            <Title text=device.words().records />
            <p>{device.words().records_intro}</p>
            <dl>
                <dt>{device.words().records_count}</dt>
                <dd class="number">{move || facts.get().records}</dd>
                <dt>{device.words().records_head}</dt>
                <dd class="number code">{head}</dd>
            </dl>
            <p class="quiet">{device.words().records_head_note}</p>
            <h2>{device.words().export}</h2>
            <p class="quiet">{device.words().export_note}</p>
            <button class="primary" on:click=export>{device.words().export}</button>
            <h2>{device.words().import}</h2>
            <p class="quiet">{device.words().import_note}</p>
            <ImportButton />
            <Outcome />
        </article>
    }
}

#[component]
fn ImportButton() -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let chosen = move |event: leptos::ev::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file may be chosen again.
        input.set_value("");
        let study = study.clone();
        study.transfer.set(Transfer::Busy);
        leptos::task::spawn_local(async move {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => study.send(Intent::Import(js_sys::Uint8Array::new(&buffer).to_vec())),
                Err(error) => study.transfer.set(Transfer::Failed(format!("{error:?}"))),
            }
        });
    };
    view! {
        <label class="secondary file">
            {device.words().import}
            <input type="file" accept=".zip,application/zip" on:change=chosen />
        </label>
    }
}

/// What became of the last export or import.
#[component]
fn Outcome() -> impl IntoView {
    let device = Device::here();
    let transfer = Study::here().transfer;
    on_cleanup(move || transfer.set(Transfer::Idle));
    let said = move || {
        let language = device.language();
        let words = language.words();
        match transfer.get() {
            Transfer::Idle => String::new(),
            Transfer::Busy => words.saving.to_owned(),
            Transfer::Exported => words.export_done.to_owned(),
            Transfer::Imported(report) => imported(words, report),
            Transfer::Refused(fault) => {
                let why = packet_fault(language, &fault);
                format!("{}{}{why}", words.import_refused, words.colon)
            }
            Transfer::Failed(why) => format!("{}{}{why}", words.failed, words.colon),
        }
    };
    view! { <p class="outcome" role="status">{said}</p> }
}

fn imported(words: &Words, report: Imported) -> String {
    if report.added == 0 && report.conflicting == 0 {
        return words.import_nothing.to_owned();
    }
    let counts = [
        (words.import_added, report.added),
        (words.import_known, report.known),
        (words.import_conflicting, report.conflicting),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label} {count}"))
        .collect();
    format!("{} · {}", words.import_done, counts.join(" · "))
}
