//! The second part of the app's module (`xtask/src/split`): everything that the course home does
//! without. It is fetched once the home stands, and every other screen waits for it.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::ui::browser;

/// Where the second part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// On its way, or not asked for yet.
    Underway,
    /// Here.
    Here,
    /// It did not arrive.
    Failed,
}

/// The second part, as the screens see it.
#[derive(Clone, Copy)]
pub struct Rest(pub RwSignal<Part>);

impl Rest {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Part::Underway))
    }

    /// Fetches it. Asking for what is there already costs nothing.
    pub async fn fetch(self) {
        self.0.set(Part::Underway);
        let part = match join().await {
            Ok(()) => Part::Here,
            Err(_) => Part::Failed,
        };
        self.0.set(part);
    }
}

/// Whether an earlier start in this tab found that it needs the whole (`public/boot.js`).
pub fn needed_at_once() -> bool {
    let storage = browser::window().session_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item("zhixing-whole").ok().flatten().is_some())
}

/// Joins the second part to the first, as the page's own script knows how.
pub async fn join() -> Result<(), JsValue> {
    let window = browser::window();
    let join: js_sys::Function =
        js_sys::Reflect::get(&window, &"zhixingRest".into())?.dyn_into()?;
    let joining: js_sys::Promise = join.call0(&window)?.unchecked_into();
    JsFuture::from(joining).await.map(|_| ())
}

/// An entry of the second part. Calls from the first part go through the table of functions,
/// which the second part fills: the compiler must not see what is called.
pub fn apart<F>(entry: F) -> F {
    std::hint::black_box(entry)
}
