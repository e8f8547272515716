//! One visit to a video: the element, what the controls show of it, and its meter.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlVideoElement};

use crate::domain::course::{ThinkPrompt, Video};
use crate::domain::ids::{SessionId, Slug};
use crate::domain::meter::video::{MediaEvent, MediaReport, VideoMeter};
use crate::domain::meter::{Because, Status};
use crate::store::rows::PlaceRow;
use crate::ui::browser;
use crate::ui::dom::on_window;
use crate::ui::state::{Intent, Study};

/// A question is asked when playback passes its place by no more than this, in milliseconds.
const ASK_WITHIN_MS: u64 = 1_500;

/// The place is remembered again when it has moved so far, in milliseconds of media time.
const PLACE_STEP_MS: u64 = 2_000;

/// A visit to a video.
#[derive(Clone, Copy)]
pub struct Watch {
    /// The element.
    node: StoredValue<HtmlVideoElement, LocalStorage>,
    /// The player around it, for full screen.
    frame: StoredValue<HtmlElement, LocalStorage>,
    /// The button that plays and pauses, once it is there.
    pub button: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// Position in milliseconds.
    pub position_ms: RwSignal<u64>,
    /// Playing speed in hundredths.
    pub speed: RwSignal<u32>,
    /// Whether the sound is off.
    pub muted: RwSignal<bool>,
    /// Whether captions are shown.
    pub captions: RwSignal<bool>,
    /// Whether it cannot be played.
    pub failed: RwSignal<bool>,
    /// Whether time is counted.
    pub status: RwSignal<Status>,
    /// The question that stands open.
    pub asked: RwSignal<Option<ThinkPrompt>>,
    /// Where this visit began, if not at the beginning.
    pub resumed_ms: u64,
    inner: StoredValue<Inner>,
}

struct Inner {
    study: Study,
    step: Slug,
    meter: VideoMeter,
    prompts: Vec<ThinkPrompt>,
    /// Questions that were asked in this visit.
    done: Vec<Slug>,
    /// Where to go when the element has loaded.
    go_to_ms: u64,
    remembered_ms: u64,
}

impl Watch {
    /// A visit that begins where the last one ended.
    pub fn new(
        study: &Study,
        step: Slug,
        video: &Video,
        node: HtmlVideoElement,
        frame: HtmlElement,
    ) -> Self {
        let place = study
            .places
            .with_value(|places| places.get(&step).map_or(0, |row| row.media_ms));
        // At the end, begin anew.
        let resumed_ms = if place + 1_000 >= video.length_ms {
            0
        } else {
            place
        };
        let session = SessionId::from_random(browser::random());
        let inner = Inner {
            meter: VideoMeter::new(step.clone(), session, video.length_ms, study.course.meter),
            study: study.clone(),
            step,
            prompts: video.prompts.clone(),
            done: Vec::new(),
            go_to_ms: resumed_ms,
            remembered_ms: resumed_ms,
        };
        let watch = Self {
            node: StoredValue::new_local(node),
            frame: StoredValue::new_local(frame),
            button: StoredValue::new_local(None),
            playing: RwSignal::new(false),
            position_ms: RwSignal::new(resumed_ms),
            speed: RwSignal::new(100),
            muted: RwSignal::new(false),
            captions: RwSignal::new(true),
            failed: RwSignal::new(false),
            status: RwSignal::new(Status::NotCounting(Because::Paused)),
            asked: RwSignal::new(None),
            resumed_ms,
            inner: StoredValue::new(inner),
        };
        watch.follow_page();
        watch
    }

    /// Visibility and the end of the page bear on counting.
    fn follow_page(self) {
        on_window("visibilitychange", move |_| {
            self.report(MediaEvent::PageChanged);
        });
        on_window("pagehide", move |_| self.report(MediaEvent::Left));
        on_cleanup(move || self.report(MediaEvent::Left));
    }

    fn element(self) -> Option<HtmlVideoElement> {
        self.node.try_get_value()
    }

    /// Feeds the meter with what the element says, and asks what is to be asked here.
    pub fn report(self, event: MediaEvent) {
        let media_ms = self.tell(event);
        if event == MediaEvent::Advanced {
            self.ask(media_ms);
        }
    }

    /// Feeds the meter with what the element says, and shows the answer; answers with the position.
    fn tell(self, event: MediaEvent) -> u64 {
        // On leaving, the element is gone already: the last position stands.
        let element = self.element();
        let media_ms = element
            .as_ref()
            .map_or(self.position_ms.get_untracked(), position_of);
        let audible = element
            .as_ref()
            .is_some_and(|video| !video.muted() && video.volume() > 0.0);
        self.show(element.as_ref(), media_ms);
        self.inner.update_value(|inner| {
            if event == MediaEvent::Playing {
                inner.study.counter.claim();
            }
            let report = MediaReport {
                event,
                media_ms,
                speed_percent: self.speed.get_untracked(),
                audible,
                clock: browser::clock(),
                page: inner.study.page(),
            };
            for output in inner.meter.on(report) {
                inner.study.send(Intent::Keep(output));
            }
            let progress = inner.study.progress.get_untracked();
            self.status
                .set(inner.meter.status(&progress.step(&inner.step).media));
            let stopped = matches!(event, MediaEvent::Stopped | MediaEvent::Left);
            if stopped {
                inner.study.counter.release();
            }
            inner.remember(media_ms, stopped);
        });
        media_ms
    }

    fn show(self, element: Option<&HtmlVideoElement>, media_ms: u64) {
        self.position_ms.set(media_ms);
        let Some(video) = element else { return };
        self.playing.set(!video.paused() && !video.ended());
        self.muted.set(video.muted());
        self.speed.set(percent(video.playback_rate()));
    }

    /// Pauses for a question that playback has just passed, unless it was answered before.
    fn ask(self, media_ms: u64) {
        let due = self.inner.try_update_value(|inner| {
            let at = inner.prompts.iter().position(|prompt| {
                media_ms >= prompt.at_ms && media_ms <= prompt.at_ms + ASK_WITHIN_MS
            })?;
            let prompt = inner.prompts.get(at)?.clone();
            let progress = inner.study.progress.get_untracked();
            let answered = progress
                .step(&inner.step)
                .notes
                .get(prompt.id.as_str())
                .is_some();
            if answered || inner.done.contains(&prompt.id) {
                return None;
            }
            inner.done.push(prompt.id.clone());
            Some(prompt)
        });
        if let Some(Some(prompt)) = due {
            self.pause();
            self.asked.set(Some(prompt));
        }
    }

    /// The element has loaded: go to where the learner was.
    pub fn loaded(self) {
        let go_to = self.inner.with_value(|inner| inner.go_to_ms);
        self.failed.set(false);
        self.show_captions();
        if let Some(video) = self.element() {
            video.set_playback_rate(f64::from(self.speed.get_untracked()) / 100.0);
            if go_to > 0 {
                self.seek(go_to);
            }
        }
    }

    /// A jump has ended; if it plays on, it counts from here.
    pub fn sought(self) {
        let plays = self
            .element()
            .is_some_and(|video| !video.paused() && !video.ended());
        self.report(if plays {
            MediaEvent::Playing
        } else {
            MediaEvent::Stopped
        });
    }

    /// The element cannot play its source.
    pub fn fail(self) {
        self.report(MediaEvent::Stopped);
        self.failed.set(true);
    }

    /// Loads the source anew and goes on at the same place.
    pub fn reload(self) {
        let here = self.position_ms.get_untracked();
        self.report(MediaEvent::Stopped);
        self.inner.update_value(|inner| inner.go_to_ms = here);
        self.failed.set(false);
        if let Some(video) = self.element() {
            video.load();
        }
    }

    /// Plays or pauses. An open question is closed by its own buttons, so that nothing that was
    /// typed goes out of sight.
    pub fn toggle(self) {
        if self.asked.get_untracked().is_some() {
            let field = browser::document().query_selector(".prompt textarea");
            if let Ok(Some(field)) = field {
                let field: HtmlElement = field.unchecked_into();
                let _ = field.focus();
            }
            return;
        }
        if self.element().is_some_and(|video| video.paused()) {
            self.play();
        } else {
            self.pause();
        }
    }

    /// Plays, and closes an open question; the focus, which may be in it, goes to the button
    /// that pauses again.
    pub fn play(self) {
        if self.asked.get_untracked().is_some() {
            if let Some(button) = self.button.get_value() {
                let _ = button.focus();
            }
            self.asked.set(None);
        }
        if let Some(video) = self.element() {
            let _ = video.play();
        }
    }

    /// Pauses.
    pub fn pause(self) {
        if let Some(video) = self.element() {
            let _ = video.pause();
        }
    }

    /// Goes to a position in milliseconds.
    pub fn seek(self, to_ms: u64) {
        self.leave_question(to_ms);
        // Up to here it was watched; once the element has jumped, nobody can tell.
        if self.playing.get_untracked() {
            self.tell(MediaEvent::Advanced);
        }
        if let Some(video) = self.element() {
            #[allow(
                clippy::cast_precision_loss,
                reason = "a position in a video is far below 2^53 ms"
            )]
            video.set_current_time(to_ms as f64 / 1_000.0);
        }
    }

    /// Closes an open question when the learner goes elsewhere; it is asked again on the way past.
    fn leave_question(self, to_ms: u64) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        if to_ms.abs_diff(asked.at_ms) > ASK_WITHIN_MS {
            self.inner
                .update_value(|inner| inner.done.retain(|done| *done != asked.id));
            self.asked.set(None);
        }
    }

    /// Moves by so many milliseconds.
    pub fn skip(self, by_ms: i64) {
        let to = self
            .position_ms
            .get_untracked()
            .saturating_add_signed(by_ms);
        self.seek(to);
    }

    /// Sets the playing speed in hundredths.
    pub fn set_speed(self, percent: u32) {
        if let Some(video) = self.element() {
            video.set_playback_rate(f64::from(percent) / 100.0);
            // The browser tells only later, and another key may be pressed before.
            self.speed.set(percent);
        }
    }

    /// Changes the volume by a share of the whole.
    pub fn louder(self, by: f64) {
        if let Some(video) = self.element() {
            video.set_muted(false);
            video.set_volume((video.volume() + by).clamp(0.0, 1.0));
        }
    }

    /// Turns the sound off or on.
    pub fn toggle_sound(self) {
        if let Some(video) = self.element() {
            video.set_muted(!video.muted());
        }
    }

    /// Shows or hides captions.
    pub fn toggle_captions(self) {
        self.captions.update(|shown| *shown = !*shown);
        self.show_captions();
    }

    fn show_captions(self) {
        let mode = if self.captions.get_untracked() {
            web_sys::TextTrackMode::Showing
        } else {
            web_sys::TextTrackMode::Hidden
        };
        let tracks = self.element().and_then(|video| video.text_tracks());
        if let Some(track) = tracks.and_then(|tracks| tracks.get(0)) {
            track.set_mode(mode);
        }
    }

    /// Fills the screen with the player, or leaves it.
    pub fn toggle_full_screen(self) {
        let document = browser::document();
        if document.fullscreen_element().is_some() {
            document.exit_fullscreen();
        } else {
            let _ = self.frame.with_value(|frame| frame.request_fullscreen());
        }
    }
}

impl Inner {
    /// Remembers the place when it has moved far enough, or playback stops.
    fn remember(&mut self, media_ms: u64, now: bool) {
        if media_ms == self.remembered_ms
            || (!now && media_ms.abs_diff(self.remembered_ms) < PLACE_STEP_MS)
        {
            return;
        }
        self.remembered_ms = media_ms;
        let row = PlaceRow {
            media_ms,
            ..PlaceRow::default()
        };
        self.study.send(Intent::Place(self.step.clone(), row));
    }
}

fn position_of(video: &HtmlVideoElement) -> u64 {
    browser::to_ms(video.current_time() * 1_000.0)
}

fn percent(rate: f64) -> u32 {
    u32::try_from(browser::to_ms((rate * 100.0).round())).unwrap_or(u32::MAX)
}
