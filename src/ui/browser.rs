//! The few things of the browser that several screens need.

use std::time::Duration;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::future::sleep;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Document, HtmlElement, Window};

use crate::domain::ids::RandomBytes;
use crate::domain::meter::Clock;
use crate::domain::time::Moment;

/// The window; the app runs nowhere else.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document.
pub fn document() -> Document {
    window()
        .document()
        .unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into())
}

/// Starts the app anew. Until then nothing can be done in it any more, so that nothing is done
/// where it would not be looked for.
pub fn start_anew() {
    let window = window();
    if let Some(body) = document().body() {
        let _ = body.set_attribute("inert", "");
    }
    let _ = window.location().reload();
}

/// The device clock.
pub fn now() -> Moment {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are whole and small"
    )]
    Moment(js_sys::Date::now() as i64)
}

/// Both clocks.
pub fn clock() -> Clock {
    Clock {
        wall: now(),
        steady_ms: steady_ms(),
    }
}

/// Milliseconds since the page was opened, by a clock that only goes forward.
pub fn steady_ms() -> u64 {
    let elapsed = window()
        .performance()
        .map_or(0.0, |performance| performance.now());
    to_ms(elapsed)
}

/// A non-negative number of milliseconds; anything else is 0.
pub fn to_ms(number: f64) -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates, and NaN is 0"
    )]
    let whole = number as u64;
    whole
}

/// Random bytes from the system; there on plain http too.
pub fn random() -> RandomBytes {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Waits so many milliseconds, or until the browser says that the network is back, and whether it did.
pub async fn back_online_within(ms: u64) -> bool {
    let (tell, heard) = oneshot::channel::<()>();
    let listener = EventListener::once(&window(), "online", move |_| {
        let _ = tell.send(());
    });
    let time = sleep(Duration::from_millis(ms));
    let back = matches!(select(heard, std::pin::pin!(time)).await, Either::Left(_));
    drop(listener);
    back
}

/// Waits until a frame was shown with what was changed before; a moment where the page is hidden.
pub async fn after_frame() {
    let (tell, shown) = oneshot::channel::<()>();
    leptos::prelude::request_animation_frame(move || {
        let _ = tell.send(());
    });
    let moment = sleep(Duration::from_millis(250));
    let _ = select(shown, std::pin::pin!(moment)).await;
    // What was asked for comes before the frame.
    sleep(Duration::ZERO).await;
}

/// Whether the browser calls the page hidden.
pub fn hidden() -> bool {
    document().hidden()
}

/// Whether this is the portable edition: one file, opened from a stick (`cargo xtask portable`).
pub fn is_portable() -> bool {
    let root = document().document_element();
    root.is_some_and(|root| root.has_attribute("data-portable"))
}

/// A setting of this device; `None` when there is none, or the browser keeps none.
pub fn setting(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting of this device, where the browser can.
pub fn set_setting(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Whether the last page here was cut off, by a crash or a power cut (`public/boot.js`).
pub fn was_cut_off() -> bool {
    let root = document().document_element();
    root.is_some_and(|root| root.has_attribute("data-cut-off"))
}

/// The bytes of a file, or of a part of one.
pub async fn bytes_of(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// It was seen to.
pub fn forget_cut_off() {
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute("data-cut-off");
    }
}

/// Takes a setting of this device away.
pub fn forget_setting(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(name);
    }
}

/// What follows `start` in the names of the settings that begin so.
pub fn settings(start: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(Some(storage)) = window().local_storage() {
        for at in 0..storage.length().unwrap_or(0) {
            let name = storage.key(at).ok().flatten().unwrap_or_default();
            found.extend(name.strip_prefix(start).map(str::to_owned));
        }
    }
    found
}

/// Something kept as long as the tab lives.
pub fn kept(name: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(name).ok()?
}

/// What a page of this tab leaves to be said by the next.
pub const TOLD: &str = "zhixing-told";

/// Leaves it to the next page of this tab to say something.
pub fn tell_next(what: &str) {
    keep(TOLD, what);
}

/// Keeps something for this tab.
pub fn keep(name: &str, what: &str) {
    if let Ok(Some(session)) = window().session_storage() {
        let _ = session.set_item(name, what);
    }
}

/// It was said.
pub fn forget_told() {
    if let Ok(Some(session)) = window().session_storage() {
        let _ = session.remove_item(TOLD);
    }
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// An address under which the page can show bytes that the store keeps in parts.
pub fn url_of_parts(mime: &str, parts: &[web_sys::Blob]) -> Result<String, JsValue> {
    let all: js_sys::Array = parts.iter().collect();
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_blob_sequence_and_options(&all, &options)?;
    web_sys::Url::create_object_url_with_blob(&blob)
}

/// An address under which the page can show `bytes` until it is revoked; `None` when the browser
/// has no room for them.
pub fn object_url(mime: &str, bytes: &[u8]) -> Option<String> {
    blob_url(mime, bytes).ok()
}

fn blob_url(mime: &str, bytes: &[u8]) -> Result<String, JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    web_sys::Url::create_object_url_with_blob(&blob)
}

/// Offers `bytes` to the learner as a file to save.
pub fn save_file(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let url = blob_url(mime, bytes)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
