//! IndexedDB without the app, written in plain JavaScript.

#![allow(
    unsafe_code,
    reason = "imports of JavaScript functions are declared as foreign ones"
)]

use serde_json::Value;
use wasm_bindgen::prelude::*;

mod js {
    use super::{JsValue, wasm_bindgen};

    #[wasm_bindgen(module = "/tests/web/raw.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub async fn hold(name: &str, version: u32) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch)]
        pub async fn remove(name: &str) -> Result<(), JsValue>;
        #[wasm_bindgen(catch)]
        pub async fn exists(name: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_name = writeVersion1)]
        pub async fn write_version_1(name: &str, dump: &str) -> Result<(), JsValue>;
        #[wasm_bindgen(catch)]
        pub async fn look(name: &str) -> Result<JsValue, JsValue>;
        pub fn watch();
        pub fn watched() -> String;
        #[wasm_bindgen(js_name = closeUnheard)]
        pub fn close_unheard();
        #[wasm_bindgen(js_name = closeByForce)]
        pub fn close_by_force();
        pub fn refuse(name: &str);
        pub fn withhold();
        #[wasm_bindgen(js_name = failToOpen)]
        pub fn fail_to_open(name: &str);
        #[wasm_bindgen(js_name = abortCommits)]
        pub fn abort_commits(name: Option<&str>);
        #[wasm_bindgen(js_name = loseData)]
        pub fn lose_data();
        pub fn restore();
    }
}

pub use js::{close_by_force, close_unheard};

/// A connection of somebody else, deaf to whoever wants the database; let go when dropped.
pub struct Held(web_sys::IdbDatabase);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Opens a database as another tab would; panics when it has to wait for anybody.
pub async fn hold(name: &str, version: u32) -> Held {
    Held(js::hold(name, version).await.unwrap().unchecked_into())
}

/// Deletes a database; panics when it has to wait for anybody.
pub async fn remove(name: &str) {
    js::remove(name).await.unwrap();
}

/// Whether there is a database of this name.
pub async fn exists(name: &str) -> bool {
    js::exists(name).await.unwrap().is_truthy()
}

/// Writes a dump as version 1 of the app did.
pub async fn write_version_1(name: &str, dump: &Value) {
    js::write_version_1(name, &dump.to_string()).await.unwrap();
}

/// The version of a database, and its stores as `{name: [[key, value], …]}`.
pub async fn look(name: &str) -> (u64, Value) {
    let text = js::look(name).await.unwrap().as_string().unwrap();
    let mut database: Value = serde_json::from_str(&text).unwrap();
    (
        database["version"].as_u64().unwrap(),
        database["stores"].take(),
    )
}

/// One transaction that was begun while [`watch`] was on.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Watched {
    pub stores: Vec<String>,
    pub mode: String,
    pub durability: Option<String>,
    pub complete: bool,
}

/// What was begun since, in order.
pub fn watched() -> Vec<Watched> {
    serde_json::from_str(&js::watched()).unwrap()
}

/// A browser that behaves in some way, until this is dropped.
#[must_use]
pub struct Staged;

impl Staged {
    /// Notes every transaction.
    pub fn watching() -> Self {
        js::watch();
        Self
    }

    /// Throws an error of this name at whoever asks for `indexedDB`.
    pub fn refusing(name: &str) -> Self {
        js::refuse(name);
        Self
    }

    /// Has no `indexedDB`.
    pub fn withholding() -> Self {
        js::withhold();
        Self
    }

    /// Fails to open with an error of this name.
    pub fn failing_to_open(name: &str) -> Self {
        js::fail_to_open(name);
        Self
    }

    /// Aborts what should commit, with an error of this name or none.
    pub fn aborting_commits(name: Option<&str>) -> Self {
        js::abort_commits(name);
        Self
    }

    /// Replaces every database that it makes, as if there had been a broken one.
    pub fn losing_data() -> Self {
        js::lose_data();
        Self
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        js::restore();
    }
}
