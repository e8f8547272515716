//! Storage on the device: one small port, and two adapters held to one conformance suite.
//!
//! The port knows tables, keys and rows; what the rows mean is decided in [`crate::domain`].

pub mod content;
#[cfg(target_arch = "wasm32")]
pub mod idb;
pub mod log;
pub mod memory;
pub mod port;
pub mod posts;
pub mod rows;
pub mod snapshot;
