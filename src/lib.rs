//! Zhixing (知行): an offline-first course player for in-service teachers.
//!
//! Everything a person does is one [record](domain) in an append-only log on their own
//! device; a course package says what there is to do; where a learner stands is a pure
//! function of the two. `ARCHITECTURE.md` tells the whole.

pub mod domain;
pub mod package;
pub mod projection;
pub mod store;
pub mod sync;
pub mod ui;
pub mod wire;
