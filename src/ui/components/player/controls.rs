//! The controls under the video: every one a button, a list or a slider that the keyboard reaches.

use leptos::prelude::*;

use super::watch::Watch;
use crate::ui::components::icon::{Icon, Pic};
use crate::ui::format::clock;
use crate::ui::state::Device;

/// Speeds on offer, in hundredths.
const SPEEDS: [u32; 5] = [75, 100, 125, 150, 200];

/// How far the arrow keys move, in milliseconds.
const STEP_MS: i64 = 5_000;

/// How far the buttons move, in milliseconds.
const LEAP_MS: i64 = 10_000;

/// The row of controls.
#[component]
pub fn Controls(watch: Watch, length_ms: u64) -> impl IntoView {
    let device = Device::here();
    let play_icon = Signal::derive(move || {
        if watch.playing.get() {
            Icon::Pause
        } else {
            Icon::Play
        }
    });
    let play_label = move || {
        let words = device.words();
        if watch.playing.get() {
            words.pause
        } else {
            words.play
        }
    };
    let sound_icon = Signal::derive(move || {
        if watch.muted.get() {
            Icon::Muted
        } else {
            Icon::Sound
        }
    });
    view! {
        <div class="controls">
            <button node_ref=watch.button class="play" aria-label=play_label on:click=move |_| watch.toggle()><Pic icon=play_icon /></button>
            <button aria-label=device.words().back_10 on:click=move |_| watch.skip(-LEAP_MS)><Pic icon=Icon::Back /></button>
            <button aria-label=device.words().forward_10 on:click=move |_| watch.skip(LEAP_MS)><Pic icon=Icon::Forward /></button>
            <Position watch length_ms />
            <Speed watch />
            <button class="words" aria-pressed=move || watch.captions.get().to_string() on:click=move |_| watch.toggle_captions()>
                {device.words().captions}
            </button>
            <button aria-label=device.words().mute aria-pressed=move || watch.muted.get().to_string()
                on:click=move |_| watch.toggle_sound()><Pic icon=sound_icon /></button>
            <button aria-label=device.words().full_screen on:click=move |_| watch.toggle_full_screen()><Pic icon=Icon::Full /></button>
        </div>
    }
}

/// The slider: a click goes there, the arrow keys move it, nothing needs to be dragged.
#[component]
fn Position(watch: Watch, length_ms: u64) -> impl IntoView {
    let device = Device::here();
    let seconds = move || watch.position_ms.get() / 1_000;
    let shown = move || format!("{} / {}", clock(watch.position_ms.get()), clock(length_ms));
    let moved = move |event| {
        if let Ok(seconds) = event_target_value(&event).parse::<u64>() {
            watch.seek(seconds.saturating_mul(1_000));
        }
    };
    view! {
        <input type="range" min="0" max=(length_ms / 1_000).to_string() step="1"
            aria-label=device.words().position aria-valuetext=shown
            prop:value=move || seconds().to_string() on:input=moved />
        <span class="time">{shown}</span>
    }
}

#[component]
fn Speed(watch: Watch) -> impl IntoView {
    let device = Device::here();
    let choose = move |event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            watch.set_speed(percent);
        }
    };
    view! {
        <select aria-label=device.words().speed on:change=choose prop:value=move || watch.speed.get().to_string()>
            {SPEEDS.map(|percent| view! {
                <option value=percent.to_string() selected=percent == 100>{speed_label(percent)}</option>
            })}
        </select>
    }
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
