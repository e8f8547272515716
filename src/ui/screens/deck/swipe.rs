//! A finger that is drawn across the slide.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, PointerEvent};

/// A shorter way is none, in pixels.
const LEAST_PX: i32 = 60;

/// Which way a deck goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Drawn to the left.
    On,
    /// Drawn to the right.
    Back,
}

/// A finger on the slide.
#[derive(Clone, Copy)]
pub struct Swipe {
    /// Where it was put down.
    from: StoredValue<Option<(i32, i32)>>,
    /// The spotlight follows it instead.
    held: RwSignal<bool>,
}

impl Swipe {
    /// None yet; while `held` is on a finger does something else.
    pub fn new(held: RwSignal<bool>) -> Self {
        Self {
            from: StoredValue::new(None),
            held,
        }
    }

    /// It is put down.
    pub fn begin(self, event: &Event) {
        let event = event.dyn_ref::<PointerEvent>();
        let finger = event.filter(|event| event.pointer_type() == "touch" && event.is_primary());
        // What is drawn on a film or a field is meant for that.
        let at = event.and_then(|event| event.target()?.dyn_into::<Element>().ok());
        let own = at.map(|at| at.closest("video, input, select, button"));
        let is_free = !matches!(own, Some(Ok(Some(_)))) && !self.held.get_untracked();
        let finger = finger.filter(|_| is_free);
        self.from
            .set_value(finger.map(|event| (event.client_x(), event.client_y())));
    }

    /// It is lifted: which way it was drawn, if far enough and not up or down.
    pub fn end(self, event: &Event) -> Option<Way> {
        let (x, y) = self.from.try_update_value(Option::take).flatten()?;
        let event = event.dyn_ref::<PointerEvent>()?;
        let (x, y) = (event.client_x() - x, event.client_y() - y);
        if x.abs() < LEAST_PX || x.abs() < 2 * y.abs() {
            return None;
        }
        Some(if x < 0 { Way::On } else { Way::Back })
    }
}
