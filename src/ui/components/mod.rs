//! Pieces that several screens use.

pub mod chrome;
pub mod icon;
pub mod markdown;
pub mod meter;
pub mod player;
pub mod stuck;
pub mod title;
