//! Browser tests.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../conformance/mod.rs"]
mod conformance;
mod raw;
mod store;
mod store_migrations;
mod store_troubles;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
