//! Files of courses in the store: under which keys, and the row that says that one is here whole.

use serde_json::Value;

use super::port::Key;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;

/// With what the keys of whole files begin.
#[must_use]
pub fn whole_files() -> Key {
    Key::of(&["file"])
}

/// The key that says that a file is here whole.
#[must_use]
pub fn whole(hash: &Hash) -> Key {
    Key::of(&["file", &hash.to_string()])
}

/// With what the keys of a file's parts begin; a number follows, from 0.
#[must_use]
pub fn parts(hash: &Hash) -> Key {
    Key::of(&["part", &hash.to_string()])
}

/// The row of a file that is here whole.
#[must_use]
pub fn row(bytes: u64) -> String {
    format!("{{\"v\":1,\"bytes\":{bytes}}}")
}

/// Reads the key and the row of a file that is here whole; `None` when that is damaged, or of a later
/// version.
#[must_use]
pub fn read_row(key: &Key, row: &str) -> Option<(Hash, u64)> {
    let row: Value = serde_json::from_str(row).ok()?;
    let at = Fields(&row);
    let bytes = at.positive("bytes").filter(|_| at.count("v") == Some(1))?;
    Some((Hash::parse(key.last_text()?)?, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_a_fixed_form() {
        let hash = Hash::of(b"x");
        assert_eq!(row(5), r#"{"v":1,"bytes":5}"#);
        assert_eq!(read_row(&whole(&hash), &row(5)), Some((hash, 5)));
        assert_eq!(read_row(&whole(&hash), r#"{"v":2,"bytes":5}"#), None);
        assert_eq!(read_row(&Key::of(&["file", "x"]), &row(5)), None);
    }
}
