//! Looking closer: a spotlight on the slide, and its picture as large as the screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

use super::Show;
use crate::ui::browser;
use crate::ui::dom::{El, el, on_window};

/// How far an arrow key moves, in pixels.
const STEP_PX: i32 = 48;
/// Of the picture: not shown large, as large as the screen, closer than that.
const CLOSE: usize = 2;

/// The spotlight, and how large the picture is.
#[derive(Clone, Copy)]
pub struct Light {
    /// Whether the spotlight is on.
    pub on: RwSignal<bool>,
    /// 0, or how far the picture of the slide is enlarged.
    pub zoom: RwSignal<usize>,
    /// Where both are, in pixels of the window.
    at: StoredValue<At>,
}

#[derive(Clone, Copy)]
struct At(i32, i32);

impl Light {
    /// Off, in the middle.
    pub fn new() -> Self {
        Self {
            on: RwSignal::new(false),
            zoom: RwSignal::new(0),
            at: StoredValue::new(At(0, 0)),
        }
    }

    /// Turns both off; whether one was on.
    pub fn off(self) -> bool {
        let was = self.on.get_untracked() || self.zoom.get_untracked() > 0;
        if was {
            self.on.set(false);
            self.zoom.set(0);
        }
        was
    }

    /// What a key does while something is looked at closely; whether it was one of ours.
    pub fn key(self, key: &str) -> bool {
        let moves = self.on.get_untracked() || self.zoom.get_untracked() == CLOSE;
        let (x, y) = match key {
            "ArrowLeft" => (-STEP_PX, 0),
            "ArrowRight" => (STEP_PX, 0),
            "ArrowUp" => (0, -STEP_PX),
            "ArrowDown" => (0, STEP_PX),
            _ => return false,
        };
        if moves {
            self.at.update_value(|at| *at = At(at.0 + x, at.1 + y));
            self.place();
        }
        moves
    }

    fn put(self, x: i32, y: i32) {
        self.at.set_value(At(x, y));
        self.place();
    }

    /// Moves what is shown to where it is.
    fn place(self) {
        let At(x, y) = self.at.get_value();
        for shown in [".deck .spot", ".deck .zoom img"] {
            let found = browser::document().query_selector(shown).ok().flatten();
            if let Some(shown) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                let style = shown.style();
                let _ = style.set_property("--x", &format!("{x}px"));
                let _ = style.set_property("--y", &format!("{y}px"));
            }
        }
    }
}

impl Show {
    /// Turns the spotlight on or off.
    pub(super) fn spotlight(&self) {
        let room = self.room.get_untracked();
        self.light.on.update(|on| *on = !*on);
        self.light.put(half(room.width), half(room.height));
    }

    /// Shows the picture of the slide larger, and in the end as it was; nothing where there is none.
    pub(super) fn enlarge(&self) {
        let light = self.light;
        let room = self.room.get_untracked();
        let zoom = match picture() {
            None => 0,
            Some(picture) if light.zoom.get_untracked() == 0 => {
                let shown = picture.get_bounding_client_rect();
                let wide = room.width / shown.width().max(1.0);
                let high = room.height / shown.height().max(1.0);
                // Closer at once, where the whole screen is hardly more than the slide.
                if wide.min(high) < 1.25 { CLOSE } else { 1 }
            }
            Some(_) => (light.zoom.get_untracked() + 1) % (CLOSE + 1),
        };
        light.zoom.set(zoom);
        if light.zoom.get_untracked() < CLOSE {
            light.put(half(room.width), half(room.height));
        }
    }

    /// As [`Self::enlarge`], and closest to what was pointed at.
    pub(super) fn enlarge_at(&self, event: &MouseEvent) {
        self.enlarge();
        self.light.put(event.client_x(), event.client_y());
    }

    /// What lies over the slide.
    pub(super) fn lights(&self) -> El {
        let light = self.light;
        on_window("pointermove", move |event| {
            let event = event.dyn_ref::<MouseEvent>();
            if let Some(event) = event.filter(|_| light.on.get_untracked()) {
                light.put(event.client_x(), event.client_y());
            }
        });
        let spot = el("div")
            .class("spot")
            .attr("aria-hidden", "true")
            .live_attr("hidden", move || (!light.on.get()).then(String::new));
        let show = self.clone();
        let zoom = el("div").live(move || {
            let zoom = light.zoom.get();
            let Some(picture) = picture().filter(|_| zoom > 0) else {
                return Vec::new();
            };
            let of = |name: &str| picture.get_attribute(name).unwrap_or_default();
            let image = el("img").attr("src", &of("src")).attr("alt", &of("alt"));
            let class = if zoom == CLOSE { "zoom close" } else { "zoom" };
            let show = show.clone();
            let over = el("div")
                .class(class)
                .child(image)
                .on("click", move |event: &Event| {
                    if let Some(event) = event.dyn_ref() {
                        show.enlarge_at(event);
                    }
                });
            request_animation_frame(move || light.place());
            vec![over]
        });
        el("div").child(zoom).child(spot)
    }
}

/// The picture of the slide.
fn picture() -> Option<Element> {
    let found = browser::document().query_selector(".deck .frame img");
    found.ok().flatten()
}

#[allow(clippy::cast_possible_truncation, reason = "no picture is as large")]
fn half(px: f64) -> i32 {
    (px / 2.0) as i32
}
