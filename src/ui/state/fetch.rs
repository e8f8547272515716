//! Fetching files of the app's own origin.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::ui::browser;

/// The text at `address`; `None` when it cannot be had, whatever the reason.
pub async fn text(address: &str) -> Option<String> {
    fetched(address).await.ok().flatten()
}

async fn fetched(address: &str) -> Result<Option<String>, JsValue> {
    let answer = JsFuture::from(browser::window().fetch_with_str(address)).await?;
    let answer: Response = answer.unchecked_into();
    if !answer.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(answer.text()?).await?.as_string())
}
