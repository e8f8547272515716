//! The video player: own controls over the browser's `<video>`, the meter fed by its events,
//! and questions that pause it.

mod controls;
mod prompt;
mod watch;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::domain::course::{Video, VideoSource};
use crate::domain::ids::Slug;
use crate::domain::meter::video::MediaEvent;
use crate::domain::standing::StepStanding;
use crate::domain::text::Text;
use crate::ui::components::meter::{meter_line, strip};
use crate::ui::dom::{El, el};
use crate::ui::format::clock;
use crate::ui::state::{Device, Study};
use controls::{controls, on_key};
use prompt::{prompt_panel, thoughts};
use watch::Watch;

/// A video with everything around it.
pub fn player(study: &Study, step: &Slug, video: &Video, standing: Memo<StepStanding>) -> Vec<El> {
    let words = Device::here().words();
    let node = el("video");
    let frame = el("div")
        .class("player")
        .attr("role", "region")
        .attr("aria-label", words.player());
    let watch = Watch::new(study, step.clone(), video, node.cast(), frame.cast());
    let screen = el("div")
        .class("screen")
        .child(filled(node, study, video, watch))
        .child(trouble(watch))
        .child(prompt_panel(step.clone(), watch));
    let length_ms = video.length_ms;
    let frame = frame
        .child(screen)
        .child(controls(watch, length_ms))
        .on("keydown", move |event| on_key(watch, event.unchecked_ref()));
    let covered = {
        let (study, step) = (study.clone(), step.clone());
        Memo::new(move |_| study.progress_now().step(&step).media.clone())
    };
    let mut all = vec![
        frame,
        strip(covered, length_ms),
        meter_line(watch.status, standing),
    ];
    all.extend(
        video
            .captions
            .as_ref()
            .and_then(|text| Device::here().foreign(text)),
    );
    if watch.resumed_ms > 0 {
        let at = format!("{}{}", words.resumed_at(), clock(watch.resumed_ms));
        let there = Memo::new(move |_| watch.position_ms.get() == watch.resumed_ms);
        all.push(el("p").class("quiet").live_text(move || {
            if there.get() {
                at.clone()
            } else {
                String::new()
            }
        }));
    }
    all.push(el("p").class("quiet keys").text(words.keys()));
    all.push(thoughts(study, step.clone(), video.prompts.clone(), watch));
    all
}

/// The element with its sources, captions and events.
fn filled(node: El, study: &Study, video: &Video, watch: Watch) -> El {
    let device = Device::here();
    let file = |text: &Text| study.file(&device.text(text));
    // A source that fails says so at its own element; after the last one there is none to try.
    let last = video.sources.len().saturating_sub(1);
    let source = |(at, source): (usize, &VideoSource)| {
        let made = el("source")
            .attr("src", &file(&source.file))
            .attr("type", &source.mime);
        if at == last {
            made.on("error", move |_| watch.fail())
        } else {
            made
        }
    };
    let captions = video.captions.as_ref().map(|captions| {
        el("track")
            .attr("kind", "captions")
            .attr("src", &file(captions))
            .attr("srclang", captions.tag(device.language().tag()))
            .attr("label", device.words().captions())
            .attr("default", "")
    });
    let poster = video.poster.as_ref().map(file);
    let filled = node
        .attr_if("poster", poster.as_deref())
        .attr("preload", "metadata")
        .attr("playsinline", "")
        .attr("tabindex", "-1")
        .children(video.sources.iter().enumerate().map(source))
        .children(captions);
    heard(filled, watch)
}

/// The events that the meter lives on.
fn heard(node: El, watch: Watch) -> El {
    let reports = [
        ("playing", MediaEvent::Playing),
        ("timeupdate", MediaEvent::Advanced),
        ("pause", MediaEvent::Stopped),
        ("waiting", MediaEvent::Stopped),
        ("ended", MediaEvent::Stopped),
        ("seeking", MediaEvent::Seeking),
        ("ratechange", MediaEvent::Advanced),
        ("volumechange", MediaEvent::PageChanged),
    ];
    let node = reports.into_iter().fold(node, |node, (name, event)| {
        node.on(name, move |_| watch.report(event))
    });
    node.on("click", move |_| watch.toggle())
        .on("loadedmetadata", move |_| watch.loaded())
        .on("seeked", move |_| watch.sought())
        .on("error", move |_| watch.fail())
}

/// What to do when the video cannot be played.
fn trouble(watch: Watch) -> El {
    let words = Device::here().words();
    el("div").live(move || {
        if !watch.failed.get() {
            return Vec::new();
        }
        let again = el("button")
            .class("primary")
            .text(words.try_again())
            .on("click", move |_| watch.reload());
        let told = el("div")
            .class("trouble")
            .attr("role", "alert")
            .child(el("p").child(el("strong").text(words.video_failed())))
            .child(el("p").text(words.video_failed_way()))
            .child(again);
        vec![told]
    })
}
