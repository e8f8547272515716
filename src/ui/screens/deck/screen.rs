//! The screen that a deck is shown on: its size, the whole of it, and that it stays awake.

use wasm_bindgen::JsCast as _;

use crate::projection::Room;
use crate::ui::browser;

/// Where the controls stand below the slide: where nothing hovers, and in a low window (`deck.css`).
const CONTROLS_BELOW: &str = "(hover: none), (max-height: 480px)";
/// What they take there.
const CONTROLS_PX: f64 = 64.0;

/// The picture as it is now.
pub fn room() -> Room {
    let window = browser::window();
    let size = |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64());
    let below = window.match_media(CONTROLS_BELOW).ok().flatten();
    let taken = if below.is_some_and(|below| below.matches()) {
        CONTROLS_PX
    } else {
        0.0
    };
    Room {
        width: size(window.inner_width()).unwrap_or(1024.0),
        height: size(window.inner_height()).unwrap_or(768.0) - taken,
    }
}

/// Takes the whole screen, or gives it back. It is the page that takes it: no browser lets a dialog, and what is
/// modal stays above the page.
pub fn whole() {
    let page = browser::document();
    if page.fullscreen_element().is_some() {
        page.exit_fullscreen();
    } else if let Some(root) = page.document_element() {
        let _ = root.request_fullscreen();
    }
}

/// Keeps the screen awake where the browser lets pages do that.
pub fn awake() {
    use js_sys::{Function, Reflect};
    let navigator = browser::window().navigator();
    let lock = Reflect::get(&navigator, &"wakeLock".into()).unwrap_or_default();
    let ask = Reflect::get(&lock, &"request".into());
    if let Some(ask) = ask.ok().and_then(|ask| ask.dyn_into::<Function>().ok()) {
        // It lets go when the page is left; one that is refused changes nothing.
        if let Ok(asked) = ask.call1(&lock, &"screen".into()) {
            let asked: js_sys::Promise = asked.unchecked_into();
            leptos::task::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
            });
        }
    }
}
