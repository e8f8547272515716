//! Fetching files of the app's own origin.

use gloo_net::http::Request;

/// The text at `address`; `None` when it cannot be had, whatever the reason.
pub async fn text(address: &str) -> Option<String> {
    let answer = Request::get(address).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    answer.text().await.ok()
}
