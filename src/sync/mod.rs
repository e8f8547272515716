//! Sending and hearing: what waits to be sent, when it is tried again, and what others sent.

pub mod backend;
pub mod check;
pub mod files;
pub mod hearing;
pub mod news;
pub mod outbox;
pub mod retry;
pub mod sending;
