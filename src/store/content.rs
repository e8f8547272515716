//! Files of courses in the store: under which keys, and the row that says that one is here whole.

use serde_json::{Value, json};

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

/// With what the keys of imported courses begin; the id follows, which their `course.json` gives.
#[must_use]
pub fn courses() -> Key {
    Key::of(&["course"])
}

/// The key of an imported course; its row is its `course.json` as it stands.
#[must_use]
pub fn course(id: &str) -> Key {
    Key::of(&["course", id])
}

/// With what the keys of courses begin of which something was downloaded; their folder follows.
#[must_use]
pub fn downloads() -> Key {
    Key::of(&["download"])
}

/// The key of a course of which something was downloaded, by its folder; its row is a [`Download`].
#[must_use]
pub fn download(folder: &str) -> Key {
    Key::of(&["download", folder])
}

/// A course of which something was downloaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Download {
    /// Its `course.json` as it stands: what is here is told by it, also while another course is open.
    pub course: String,
    /// The files that are still to come, in their order.
    pub wanted: Vec<Hash>,
    /// Whether somebody paused it.
    pub paused: bool,
}

impl Download {
    /// The row of it.
    #[must_use]
    pub fn write(&self) -> String {
        let wanted: Vec<String> = self.wanted.iter().map(Hash::to_string).collect();
        json!({"v": 1, "wanted": wanted, "paused": self.paused, "course": self.course}).to_string()
    }

    /// Reads the row; `None` when it is damaged, or of a later version.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        let at = Fields(&row);
        if at.count("v") != Some(1) {
            return None;
        }
        Some(Self {
            course: at.text("course")?.to_owned(),
            wanted: at.list("wanted", |each| Hash::parse(each.0.as_str()?))?,
            paused: row.get("paused")?.as_bool()?,
        })
    }
}

/// With what the keys of imports that are under way begin.
#[must_use]
pub fn imports() -> Key {
    Key::of(&["import"])
}

/// The key of an import that is under way.
#[must_use]
pub fn import(id: &str) -> Key {
    Key::of(&["import", id])
}

/// The id of a course by its `course.json`.
#[must_use]
pub fn course_id(course_json: &str) -> String {
    let mut id = Hash::of(course_json.as_bytes()).to_string();
    id.truncate(16);
    id
}

/// An import that is under way: the files that it brings, and when it was last seen at work, in
/// milliseconds since 1970.
#[must_use]
pub fn import_row(at: i64, files: &[Hash]) -> String {
    let files: Vec<String> = files.iter().map(Hash::to_string).collect();
    json!({"v": 1, "at": at, "files": files}).to_string()
}

/// An import that was not seen at work for so many milliseconds broke off.
const BROKEN_OFF_MS: i64 = 60_000;

/// The files of an import that broke off, of which what is not whole is of no use; nothing while it is
/// at work. A row that cannot be read names none.
#[must_use]
pub fn broken_off(row: &str, now: i64) -> Option<Vec<Hash>> {
    let row: Value = serde_json::from_str(row).unwrap_or_default();
    let at = Fields(&row);
    let seen = at.whole("at").unwrap_or(0);
    if (seen..seen + BROKEN_OFF_MS).contains(&now) {
        return None;
    }
    let mut files = Vec::new();
    for file in at.items("files").into_iter().flatten() {
        files.extend(file.as_str().and_then(Hash::parse));
    }
    Some(files)
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
    fn an_import_that_broke_off_is_told_from_one_at_work() {
        let files = [Hash::of(b"a"), Hash::of(b"b")];
        let row = import_row(1_000, &files);
        assert_eq!(broken_off(&row, 1_000), None);
        assert_eq!(broken_off(&row, 60_999), None);
        assert_eq!(broken_off(&row, 61_000), Some(files.to_vec()));
        // The clock was set back meanwhile.
        assert_eq!(broken_off(&row, 999), Some(files.to_vec()));
        assert_eq!(broken_off("", 0), None);
        assert_eq!(broken_off("", 60_000), Some(Vec::new()));
    }

    #[test]
    fn rows_have_a_fixed_form() {
        let hash = Hash::of(b"x");
        assert_eq!(row(5), r#"{"v":1,"bytes":5}"#);
        assert_eq!(read_row(&whole(&hash), &row(5)), Some((hash, 5)));
        assert_eq!(read_row(&whole(&hash), r#"{"v":2,"bytes":5}"#), None);
        assert_eq!(read_row(&Key::of(&["file", "x"]), &row(5)), None);
        let download = Download {
            course: "{\"id\":1}".to_owned(),
            wanted: vec![hash],
            paused: true,
        };
        assert_eq!(
            download.write(),
            format!(r#"{{"course":"{{\"id\":1}}","paused":true,"v":1,"wanted":["{hash}"]}}"#)
        );
        assert_eq!(Download::read(&download.write()), Some(download));
        for bad in [
            "",
            "{}",
            r#"{"v":2,"wanted":[],"paused":false,"course":""}"#,
        ] {
            assert_eq!(Download::read(bad), None);
        }
    }
}
