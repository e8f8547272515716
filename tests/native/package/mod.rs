//! Course packages.

mod any_input;
mod fixtures;
mod hostile;
mod schema;
mod shipped;

use std::path::PathBuf;

/// A `course.json` of the fixtures.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = root()
        .join("tests/native/fixtures")
        .join(name)
        .join("course.json");
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
