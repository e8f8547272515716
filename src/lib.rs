//! Zhixing (知行): an offline-first course player for in-service teachers.

pub mod domain;
