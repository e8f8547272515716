//! Native tests.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../conformance/mod.rs"]
mod conformance;
mod package;
mod store;
