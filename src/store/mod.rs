//! Storage on the device: one small port, and two adapters held to one conformance suite.
//!
//! The port knows tables, keys and rows; what the rows mean is decided in [`crate::domain`].

pub mod port;
