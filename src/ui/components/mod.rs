//! Pieces that several screens use.

pub mod chrome;
pub mod draft;
pub mod editor;
pub mod icon;
pub mod markdown;
pub mod meter;
pub mod player;
pub mod said;
pub mod sheet;
pub mod steps;
pub mod stuck;
pub mod title;
pub mod window;
