//! What the browser says of its storage. Over plain http it says nothing.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::ui::browser;

/// Room for data of this site, in bytes, as far as the browser tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What is still free.
    pub left: u64,
}

/// Asks a method of `navigator.storage`; `None` where the browser has none.
async fn ask(method: &str) -> Option<JsValue> {
    let navigator = browser::window().navigator();
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    let method: Function = Reflect::get(&storage, &method.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// How much room there is.
pub async fn room() -> Option<Room> {
    let estimate = ask("estimate").await?;
    let figure = |name: &str| {
        let value = Reflect::get(&estimate, &name.into()).ok()?.as_f64()?;
        Some(browser::to_ms(value))
    };
    Some(Room {
        left: figure("quota")?.saturating_sub(figure("usage")?),
    })
}

/// Whether the browser promised never to clear what is kept here by itself.
pub async fn is_kept() -> Option<bool> {
    ask("persisted").await?.as_bool()
}

/// Asks the browser for that promise.
pub async fn keep() -> Option<bool> {
    ask("persist").await?.as_bool()
}

/// Waits until the app can be opened here without a network; for ever where it never can.
pub async fn reopens() -> Option<()> {
    let navigator = browser::window().navigator();
    let worker = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    let ready = Reflect::get(&worker, &"ready".into()).ok()?;
    let ready: Promise = ready.dyn_into().ok()?;
    JsFuture::from(ready).await.ok().map(drop)
}

/// Asks for it while something else goes on: Firefox asks the person, who may take their time.
pub fn ask_to_keep() {
    leptos::task::spawn_local(async {
        keep().await;
    });
}
