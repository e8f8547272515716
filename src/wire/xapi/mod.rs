//! xAPI: records as statements for any Learning Record Store (xAPI 1.0.3, IEEE 9274.1.1), and
//! back.
//!
//! A record becomes one statement that carries its text unchanged, so nothing is lost and its hash
//! holds; a stretch of video becomes what the xAPI Video Profile asks for beside it. Statements of
//! other tools are passed over.

mod client;
mod files;
mod hear;
mod table;
mod tell;
#[cfg(test)]
mod tests;

pub use client::{Lrs, Version};
pub use hear::{Heard, hear};
pub use table::{OWN, Word, word};
pub use tell::{Session, Telling};

/// The extension of a statement's context that carries the record's canonical text.
pub const RECORD: &str = "tag:zhixing.example,2026:record";
