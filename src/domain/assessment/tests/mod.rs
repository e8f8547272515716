//! The worked examples of the five programmes by their real figures (the packages of
//! `tests/native/fixtures`), and the edges around them.

mod corners;
mod edges;
mod examples;
mod marks;
mod planned;
mod refused;
mod world;
