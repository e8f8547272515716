//! The controls under the video: every one a button, a list or a slider that the keyboard reaches.

use leptos::prelude::*;

use super::watch::Watch;
use crate::ui::components::icon::{Icon, live_pic, pic};
use crate::ui::dom::{El, el, value_of};
use crate::ui::format::clock;
use crate::ui::state::Device;
use crate::ui::text::Words;

/// Speeds on offer, in hundredths.
const SPEEDS: [u32; 5] = [75, 100, 125, 150, 200];

/// How far the arrow keys move, in milliseconds.
const STEP_MS: i64 = 5_000;

/// How far the buttons move, in milliseconds.
const LEAP_MS: i64 = 10_000;

/// The row of controls.
pub fn controls(watch: Watch, length_ms: u64) -> El {
    let words = Device::here().words();
    let play = play_button(watch, words);
    watch.button.set_value(Some(play.cast()));
    let captions = el("button")
        .class("words")
        .text(words.captions())
        .live_attr("aria-pressed", move || {
            Some(watch.captions.get().to_string())
        })
        .on("click", move |_| watch.toggle_captions());
    let sound = live_pic(move || {
        if watch.muted.get() {
            Icon::Muted
        } else {
            Icon::Sound
        }
    });
    let mute = button(words.mute(), sound, move || watch.toggle_sound())
        .live_attr("aria-pressed", move || Some(watch.muted.get().to_string()));
    let full = button(words.full_screen(), pic(Icon::Full), move || {
        watch.toggle_full_screen();
    });
    el("div")
        .class("controls")
        .child(play)
        .child(button(words.back_10(), pic(Icon::Back), move || {
            watch.skip(-LEAP_MS);
        }))
        .child(button(words.forward_10(), pic(Icon::Forward), move || {
            watch.skip(LEAP_MS);
        }))
        .children(position(watch, words, length_ms))
        .child(speed(watch, words))
        .child(captions)
        .child(mute)
        .child(full)
}

fn button(label: &str, picture: El, act: impl Fn() + 'static) -> El {
    el("button")
        .attr("aria-label", label)
        .child(picture)
        .on("click", move |_| act())
}

fn play_button(watch: Watch, words: &'static Words) -> El {
    let icon = live_pic(move || {
        if watch.playing.get() {
            Icon::Pause
        } else {
            Icon::Play
        }
    });
    let label = move || {
        let label = if watch.playing.get() {
            words.pause()
        } else {
            words.play()
        };
        Some(label.to_owned())
    };
    el("button")
        .class("play")
        .live_attr("aria-label", label)
        .child(icon)
        .on("click", move |_| watch.toggle())
}

/// The slider: a click goes there, the arrow keys move it, nothing needs to be dragged.
fn position(watch: Watch, words: &'static Words, length_ms: u64) -> [El; 2] {
    let shown = move || format!("{} / {}", clock(watch.position_ms.get()), clock(length_ms));
    let slider = el("input")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", &(length_ms / 1_000).to_string())
        .attr("step", "1")
        .attr("aria-label", words.position())
        .live_attr("aria-valuetext", move || Some(shown()))
        .live_value(move || (watch.position_ms.get() / 1_000).to_string())
        .on("input", move |event| {
            if let Ok(seconds) = value_of(event).parse::<u64>() {
                watch.seek(seconds.saturating_mul(1_000));
            }
        });
    [slider, el("span").class("time").live_text(shown)]
}

fn speed(watch: Watch, words: &'static Words) -> El {
    let option = |percent: u32| {
        el("option")
            .attr("value", &percent.to_string())
            .text(&speed_label(percent))
    };
    el("select")
        .attr("aria-label", words.speed())
        .children(SPEEDS.map(option))
        .live_value(move || watch.speed.get().to_string())
        .on("change", move |event| {
            if let Ok(percent) = value_of(event).parse() {
                watch.set_speed(percent);
            }
        })
}

fn speed_label(percent: u32) -> String {
    let (whole, rest) = (percent / 100, percent % 100);
    match rest {
        0 => format!("{whole}×"),
        rest if rest % 10 == 0 => format!("{whole}.{}×", rest / 10),
        rest => format!("{whole}.{rest:02}×"),
    }
}

/// Keys of the whole player; those that a control of its own uses are left to it.
pub fn on_key(watch: Watch, event: &web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast as _;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let tag = target.map(|target| target.tag_name()).unwrap_or_default();
    if event.ctrl_key() || event.alt_key() || event.meta_key() || tag == "TEXTAREA" {
        return;
    }
    let key = event.key();
    let own = match tag.as_str() {
        "SELECT" => true,
        "BUTTON" => key == " " || key == "Enter",
        "INPUT" => key.starts_with("Arrow"),
        _ => false,
    };
    if !own && act(watch, &key) {
        event.prevent_default();
    }
}

fn act(watch: Watch, key: &str) -> bool {
    match key {
        " " | "k" => watch.toggle(),
        "ArrowLeft" => watch.skip(-STEP_MS),
        "ArrowRight" => watch.skip(STEP_MS),
        "ArrowUp" => watch.louder(0.1),
        "ArrowDown" => watch.louder(-0.1),
        "c" => watch.toggle_captions(),
        "m" => watch.toggle_sound(),
        "f" => watch.toggle_full_screen(),
        "<" => shift_speed(watch, false),
        ">" => shift_speed(watch, true),
        _ => return false,
    }
    true
}

fn shift_speed(watch: Watch, faster: bool) {
    let now = watch.speed.get_untracked();
    let next = if faster {
        SPEEDS.into_iter().find(|speed| *speed > now)
    } else {
        SPEEDS.into_iter().rev().find(|speed| *speed < now)
    };
    if let Some(next) = next {
        watch.set_speed(next);
    }
}
