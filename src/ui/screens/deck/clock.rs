//! The time that the room sees run down, and how long the deck has been shown.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::left;
use crate::domain::sorted::Sorted;
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::text::deck::DeckWords;
use crate::ui::text::score::fill;

/// How often it is looked at, in milliseconds.
const LOOK_MS: u32 = 250;

/// A clock for the slide that is shown, and one for all.
#[derive(Clone, Copy)]
pub struct Clock {
    /// Milliseconds that are left on this slide; nothing where none are counted.
    pub left_ms: RwSignal<Option<u64>>,
    /// Whether both stand still.
    pub paused: RwSignal<bool>,
    /// Milliseconds that the deck has been shown.
    pub shown_ms: RwSignal<u64>,
    /// Which of the slides with minutes is shown, and what is left of those that were left before their end.
    rests: StoredValue<(Option<usize>, Sorted<usize, u64>)>,
}

impl Clock {
    /// Begins to run; the deck was shown for so many milliseconds before.
    pub fn new(shown_ms: u64) -> Self {
        let clock = Self {
            left_ms: RwSignal::new(None),
            paused: RwSignal::new(false),
            shown_ms: RwSignal::new(shown_ms),
            rests: StoredValue::new((None, Sorted::default())),
        };
        let last = StoredValue::new(browser::steady_ms());
        let interval = Interval::new(LOOK_MS, move || clock.look(last));
        let interval = StoredValue::new_local(Some(interval));
        on_cleanup(move || {
            interval.try_update_value(Option::take);
        });
        clock
    }

    fn look(self, last: StoredValue<u64>) {
        let now = browser::steady_ms();
        let Some(before) = last.try_update_value(|last| std::mem::replace(last, now)) else {
            return;
        };
        let passed = now.saturating_sub(before);
        if self.paused.try_get_untracked() != Some(false) {
            return;
        }
        self.shown_ms.update(|shown| *shown += passed);
        let Some(Some(left)) = self.left_ms.try_get_untracked() else {
            return;
        };
        if left > 0 {
            let rest = left.saturating_sub(passed);
            self.left_ms.set(Some(rest));
            if rest == 0 {
                chime();
            }
        }
    }

    /// Stops both, or lets them go on.
    pub fn pause(self) {
        self.paused.update(|paused| *paused = !*paused);
    }

    /// Begins with the minutes of a slide, told by which of the slides with minutes it is, or counts nothing. Who
    /// comes back before they are over finds what was left of them.
    pub fn begin(self, timed: Option<(usize, u32)>) {
        let left = self.left_ms.get_untracked();
        let rest = self.rests.try_update_value(|(shown, rests)| {
            if let (Some(shown), Some(left)) = (*shown, left) {
                rests.insert(shown, left);
            }
            *shown = timed.map(|(at, _)| at);
            shown.and_then(|at| rests.remove(&at))
        });
        let rest = rest.flatten().filter(|rest| *rest > 0);
        let whole = timed.map(|(_, minutes)| u64::from(minutes) * 60_000);
        self.left_ms.set(whole.map(|whole| rest.unwrap_or(whole)));
    }

    /// How long the deck has been shown.
    pub fn said(self, words: DeckWords) -> El {
        el("span").class("number quiet").live_text(move || {
            let shown = left(self.shown_ms.get() / 1_000);
            fill(words.shown_for(), &[&shown])
        })
    }
}

/// Two short tones, where the browser plays sounds.
fn chime() {
    let Ok(audio) = web_sys::AudioContext::new() else {
        return;
    };
    for (at, tone) in [(0.0, 660.0), (0.35, 880.0)] {
        let made = audio
            .create_oscillator()
            .and_then(|tone| Ok((tone, audio.create_gain()?)));
        let Ok((source, gain)) = made else { return };
        source.frequency().set_value(tone);
        gain.gain().set_value(0.2);
        let begin = audio.current_time() + at;
        let _ = source.connect_with_audio_node(&gain);
        let _ = gain.connect_with_audio_node(&audio.destination());
        let _ = source.start_with_when(begin);
        let _ = source.stop_with_when(begin + 0.25);
    }
}
