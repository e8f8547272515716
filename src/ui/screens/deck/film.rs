//! A film on the slide.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlVideoElement;

use super::Show;
use crate::domain::course::{StepContent, Video};
use crate::domain::ids::Slug;
use crate::ui::browser;
use crate::ui::dom::{El, el, follow};
use crate::ui::state::{Device, Study};

impl Show {
    /// A film stands still while the screen is black or the clock is stopped.
    pub(super) fn hold_film(&self) {
        let show = self.clone();
        let held = StoredValue::new_local(None::<HtmlVideoElement>);
        follow(Box::new(move || {
            let still = show.black.get() || show.clock.paused.get();
            if still {
                let film = browser::document().query_selector(".deck video");
                let film = film.ok().flatten().and_then(|film| film.dyn_into().ok());
                let film = film.filter(|film: &HtmlVideoElement| !film.paused());
                if let Some(film) = film {
                    let _ = film.pause();
                    held.set_value(Some(film));
                }
            } else if let Some(film) = held.try_update_value(Option::take).flatten() {
                play(&film);
            }
        }));
    }
}

/// A video: the first step on plays it, the next goes past it.
pub fn film(show: &Show, step: &Slug) -> El {
    let study = &show.study;
    let placed = study.course.step(step);
    let content = placed.as_ref().map(|placed| &placed.step.content);
    let Some(StepContent::Video(video)) = content else {
        return el("p");
    };
    let player = player(study, video);
    let node: HtmlVideoElement = player.cast();
    // Who comes back to it sees it go on.
    let before = show.film.get_value();
    if let Some((_, seconds)) = before.filter(|(known, _)| known == step) {
        node.set_current_time(seconds);
    }
    let (film, of, left) = (
        show.film,
        step.clone(),
        StoredValue::new_local(node.clone()),
    );
    on_cleanup(move || {
        let seconds = left.try_with_value(|film| film.current_time());
        film.try_set_value(seconds.map(|seconds| (of, seconds)));
    });
    let place = show.place;
    Effect::new(move || {
        if place.get().points > 0 {
            play(&node);
        }
    });
    el("div").class("film").child(player)
}

/// Plays a film. A browser that does not let it begin by itself leaves the button.
fn play(film: &HtmlVideoElement) {
    if let Ok(playing) = film.play() {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(playing).await;
        });
    }
}

fn player(study: &Study, video: &Video) -> El {
    let tag = Device::here().language().tag();
    let sources = video.sources.iter().map(|source| {
        el("source")
            .attr("src", &study.file(source.file.get(tag)))
            .attr("type", &source.mime)
    });
    let captions = video.captions.as_ref().map(|captions| {
        el("track")
            .attr("kind", "captions")
            .attr("default", "")
            .attr("srclang", captions.tag(tag))
            .attr("src", &study.file(captions.get(tag)))
    });
    let poster = video
        .poster
        .as_ref()
        .map(|poster| study.file(poster.get(tag)));
    el("video")
        .attr("controls", "")
        .attr("preload", "metadata")
        .attr_if("poster", poster.as_deref())
        .children(sources)
        .children(captions)
}
