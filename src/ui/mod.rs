//! What a person sees: a thin shell that shows the core's answers and sends intents.
//!
//! Routes, words and number formats are pure and tested on the host; the rest needs a browser.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its props, and an event handler its event, whether they are used up or not"
)]

pub mod format;
pub mod ics;
pub mod route;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(target_arch = "wasm32")]
mod screens;
#[cfg(target_arch = "wasm32")]
mod state;

#[cfg(target_arch = "wasm32")]
pub use app::start;
