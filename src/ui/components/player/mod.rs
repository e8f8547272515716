//! The video player: own controls over the browser's `<video>`, the meter fed by its events,
//! and questions that pause it.

mod controls;
mod prompt;
mod watch;

use leptos::html::Video as VideoElement;
use leptos::prelude::*;

use crate::domain::course::{Video, VideoSource};
use crate::domain::ids::Slug;
use crate::domain::meter::video::MediaEvent;
use crate::domain::standing::StepStanding;
use crate::domain::text::Text;
use crate::ui::components::meter::{MeterLine, Strip};
use crate::ui::format::clock;
use crate::ui::state::{Device, Study};
use controls::{Controls, on_key};
use prompt::{PromptPanel, Thoughts};
use watch::Watch;

/// A video with everything around it.
#[component]
pub fn Player(step: Slug, video: Video, standing: Signal<StepStanding>) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let node = NodeRef::<VideoElement>::new();
    let frame = NodeRef::<leptos::html::Div>::new();
    let length_ms = video.length_ms;
    let watch = Watch::new(&study, step.clone(), &video, node, frame);
    let covered = covered_signal(&study, &step);
    let resumed = watch.resumed_ms;
    let prompts = video.prompts.clone();
    view! {
        <div class="player" node_ref=frame role="region" aria-label=device.words().player
            on:keydown=move |event| on_key(watch, &event)>
            <div class="screen">
                <VideoTag video watch />
                <PromptPanel step=step.clone() watch />
            </div>
            <Controls watch length_ms />
        </div>
        <Strip covered length_ms />
        <MeterLine status=watch.status.into() standing />
        {(resumed > 0).then(|| view! {
            <p class="quiet">{device.words().resumed_at}{clock(resumed)}</p>
        })}
        <p class="quiet keys">{device.words().keys}</p>
        <Thoughts step prompts watch />
    }
}

/// What of the video is covered, the running stretch included.
fn covered_signal(study: &Study, step: &Slug) -> Signal<crate::domain::intervals::Intervals> {
    let (study, step) = (study.clone(), step.clone());
    Memo::new(move |_| study.progress_now().step(&step).media.clone()).into()
}

/// The element itself.
#[component]
fn VideoTag(video: Video, watch: Watch) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let file = |text: &Text| study.file(&device.text(text));
    let poster = video.poster.as_ref().map(&file);
    let captions = video.captions.as_ref().map(&file);
    // A source that fails says so at its own element; after the last one there is none to try.
    let last = video.sources.len().saturating_sub(1);
    let source = |(at, source): (usize, &VideoSource)| {
        let failed = move |_| {
            if at == last {
                watch.fail();
            }
        };
        view! { <source src=file(&source.file) type=source.mime.clone() on:error=failed /> }
    };
    let sources = video.sources.iter().enumerate().map(source).collect_view();
    view! {
        <video node_ref=watch.node poster=poster preload="metadata" playsinline tabindex="-1"
            on:click=move |_| watch.toggle()
            on:loadedmetadata=move |_| watch.loaded()
            on:playing=move |_| watch.report(MediaEvent::Playing)
            on:timeupdate=move |_| watch.report(MediaEvent::Advanced)
            on:pause=move |_| watch.report(MediaEvent::Stopped)
            on:waiting=move |_| watch.report(MediaEvent::Stopped)
            on:ended=move |_| watch.report(MediaEvent::Stopped)
            on:seeking=move |_| watch.report(MediaEvent::Seeking)
            on:seeked=move |_| watch.sought()
            on:ratechange=move |_| watch.report(MediaEvent::Advanced)
            on:volumechange=move |_| watch.report(MediaEvent::PageChanged)
            on:error=move |_| watch.fail()>
            {sources}
            <track kind="captions" src=captions srclang=device.language().tag()
                label=device.words().captions default />
        </video>
        <VideoTrouble watch />
    }
}

#[component]
fn VideoTrouble(watch: Watch) -> impl IntoView {
    let device = Device::here();
    move || {
        watch.failed.get().then(|| view! {
        <div class="trouble" role="alert">
            <p><strong>{device.words().video_failed}</strong></p>
            <p>{device.words().video_failed_way}</p>
            <button class="primary" on:click=move |_| watch.reload()>{device.words().try_again}</button>
        </div>
    })
    }
}
