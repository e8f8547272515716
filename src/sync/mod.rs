//! Sending and hearing: what waits to be sent, when it is tried again, and what others sent.

pub mod outbox;
pub mod retry;
