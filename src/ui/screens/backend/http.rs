//! Asking a backend: the one place where something leaves for another machine.

use std::time::Duration;

use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::sync::backend::{Backend, place};
use crate::ui::browser;
use crate::wire::port::{Answer, Fetched, Method, Request};

/// Longer than this nothing is waited for: it counts as lost, and is asked again later.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes a second of the slowest line on which a file is waited for.
const SLOWEST: u64 = 20_000;
/// What is waited for when a file comes, whose length nobody knows before.
const FILE_PATIENCE: Duration = Duration::from_mins(10);

/// Asks, and says what came back; nothing of what can go wrong on the way is an error here.
pub async fn ask(backend: &Backend, password: &str, request: &Request) -> Answer {
    let bytes = request.body.as_ref().map_or(0, Vec::len) as u64;
    let patience = PATIENCE + Duration::from_secs(bytes / SLOWEST);
    let asking = std::pin::pin!(asked(backend, password, request));
    match select(asking, std::pin::pin!(sleep(patience))).await {
        Either::Left((Ok(answer), _)) => answer,
        Either::Left((Err(_), _)) | Either::Right(_) => nothing(),
    }
}

/// Asks for a file.
pub async fn fetch(backend: &Backend, password: &str, request: &Request) -> Fetched {
    let asking = std::pin::pin!(fetched(backend, password, request));
    match select(asking, std::pin::pin!(sleep(FILE_PATIENCE))).await {
        Either::Left((Ok(Some(file)), _)) => file,
        _ => Fetched {
            status: 0,
            kind: String::new(),
            bytes: Vec::new(),
        },
    }
}

async fn fetched(
    backend: &Backend,
    password: &str,
    request: &Request,
) -> Result<Option<Fetched>, JsValue> {
    let Some(answer) = response(backend, password, request).await? else {
        return Ok(None);
    };
    let kind = answer.headers().get("Content-Type")?.unwrap_or_default();
    let buffer = JsFuture::from(answer.array_buffer()?).await?;
    Ok(Some(Fetched {
        status: answer.status(),
        kind,
        bytes: js_sys::Uint8Array::new(&buffer).to_vec(),
    }))
}

/// Whether anything answers at an address, though the page may not read what.
pub async fn reaches(address: &str) -> bool {
    let init = RequestInit::new();
    let mode = js_sys::Reflect::set(&init, &"mode".into(), &"no-cors".into());
    let asking = browser::window().fetch_with_str_and_init(address, &init);
    mode.is_ok() && JsFuture::from(asking).await.is_ok()
}

/// Nothing came back.
fn nothing() -> Answer {
    Answer {
        status: 0,
        retry_after: None,
        redirected: false,
        body: String::new(),
    }
}

async fn asked(backend: &Backend, password: &str, request: &Request) -> Result<Answer, JsValue> {
    let Some(answer) = response(backend, password, request).await? else {
        return Ok(nothing());
    };
    let retry_after = answer.headers().get("Retry-After").ok().flatten();
    Ok(Answer {
        status: answer.status(),
        retry_after: retry_after.and_then(|seconds| seconds.parse().ok()),
        redirected: answer.redirected(),
        body: JsFuture::from(answer.text()?)
            .await?
            .as_string()
            .unwrap_or_default(),
    })
}

/// The answer, of which the head has come; `None` where the request would go to another machine.
async fn response(
    backend: &Backend,
    password: &str,
    request: &Request,
) -> Result<Option<Response>, JsValue> {
    let Some(address) = place(&backend.address, &request.path) else {
        return Ok(None);
    };
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    headers.set("Authorization", &credentials(&backend.user, password)?)?;
    let init = RequestInit::new();
    // No cookies, and no question by the browser itself when the sign-in is refused.
    // By name: the type for it would bring its table of words into every start.
    js_sys::Reflect::set(&init, &"credentials".into(), &"omit".into())?;
    init.set_headers(&headers);
    init.set_method(match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
    });
    if let Some(body) = &request.body {
        init.set_body(&js_sys::Uint8Array::from(body.as_slice()));
    }
    let fetching = browser::window().fetch_with_str_and_init(&address, &init);
    Ok(Some(JsFuture::from(fetching).await?.unchecked_into()))
}

/// HTTP Basic, over the bytes of UTF-8.
fn credentials(user: &str, password: &str) -> Result<String, JsValue> {
    let bytes = format!("{user}:{password}");
    let binary: String = bytes.bytes().map(char::from).collect();
    Ok(format!("Basic {}", browser::window().btoa(&binary)?))
}
