//! My records: what is kept on this device, packet out and in.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

use crate::store::log::Imported;
use crate::ui::components::said::sure;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Intent, Study, Transfer};
use crate::ui::text::{Words, packet_fault};

/// The records of this profile.
pub fn records() -> El {
    let words = Device::here().words();
    let study = Study::here();
    let facts = study.facts;
    let head = move || {
        let head = facts.get().head;
        head.map_or_else(String::new, |head| {
            head.hash.to_string().chars().take(8).collect()
        })
    };
    let figures = el("dl")
        .child(el("dt").text(words.records_count))
        .child(
            el("dd")
                .class("number")
                .live_text(move || facts.get().records.to_string()),
        )
        .child(el("dt").text(words.records_head))
        .child(el("dd").class("number code").live_text(head));
    let export = {
        let study = study.clone();
        el("button")
            .class("primary")
            .text(words.export)
            .on("click", move |_| {
                study.transfer.set(Transfer::Busy);
                study.send(Intent::Export);
            })
    };
    el("article")
        .class("narrow records")
        .child(title(words.records))
        .child(el("p").text(words.records_intro))
        .child(figures)
        .child(el("p").class("quiet").text(words.records_head_note))
        .child(el("h2").text(words.export))
        .child(el("p").class("quiet").text(words.export_note))
        .child(export)
        .child(el("h2").text(words.import))
        .child(el("p").class("quiet").text(words.import_note))
        .child(import_button(study.clone(), words))
        .child(outcome())
        .child(el("h2").text(words.again_title))
        .child(el("p").class("quiet").text(words.again_note))
        .child(again(study, words))
}

/// Another attempt: the home begins anew with it.
fn again(study: Study, words: &'static Words) -> El {
    sure(words.again_do, words.again_sure, move || {
        study.send(Intent::Anew);
    })
}

fn import_button(study: Study, words: &Words) -> El {
    let field = el("input")
        .attr("type", "file")
        .attr("accept", ".zip,application/zip")
        .on("change", move |event| import(&study, event));
    el("label")
        .class("secondary file")
        .text(words.import)
        .child(field)
}

fn import(study: &Study, event: &Event) {
    let Some(input) = event.target() else { return };
    let input: HtmlInputElement = input.unchecked_into();
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
}

/// What became of the last export or import.
fn outcome() -> El {
    let language = Device::here().language();
    let transfer = Study::here().transfer;
    on_cleanup(move || transfer.set(Transfer::Idle));
    el("p")
        .class("outcome")
        .attr("role", "status")
        .live_text(move || {
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
        })
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
