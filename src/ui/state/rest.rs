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
pub struct Rest {
    /// Where it is.
    pub part: RwSignal<Part>,
    /// What begins once it is here.
    waiting: StoredValue<Option<Begin>, LocalStorage>,
}

/// Something that the second part holds, to be begun.
type Begin = Box<dyn FnOnce()>;

impl Rest {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self {
            part: RwSignal::new(Part::Underway),
            waiting: StoredValue::new_local(None),
        }
    }

    /// Begins something when it is here.
    pub fn then(self, begin: impl FnOnce() + 'static) {
        self.waiting.set_value(Some(Box::new(begin)));
    }

    /// Fetches it. Asking for what is there already costs nothing.
    pub async fn fetch(self) {
        self.part.set(Part::Underway);
        if join().await.is_err() {
            self.part.set(Part::Failed);
            return;
        }
        if let Some(Some(begin)) = self.waiting.try_update_value(Option::take) {
            begin();
        }
        self.part.set(Part::Here);
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
