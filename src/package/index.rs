//! The list of the courses that an installation offers: `courses/index.json`.

use serde::Deserialize;

use super::limits::MAX_FILES;
use super::problem::{Problem, What};
use super::read::{self, Context};
use super::v1::{Many, Text};
use super::{check_format, path};
use crate::domain;

/// The name of the format.
pub const FORMAT: &str = "zhixing-courses/1";

/// The file's name, beside the folders of the courses.
pub const INDEX_FILE: &str = "index.json";

/// The list of courses, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IndexFile {
    /// The format: `zhixing-courses/1`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = "zhixing-courses/1")))]
    pub format: String,
    /// The courses in order.
    pub courses: Many<Entry, 0, MAX_FILES>,
}

/// A course of the list, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The course's folder, relative to the list, ending with `/`.
    pub path: String,
    /// Title.
    pub title: Text,
    /// One paragraph about it.
    pub summary: Text,
}

/// A course that is on offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The course's folder, relative to the list, ending with `/`.
    pub path: String,
    /// Title.
    pub title: domain::text::Text,
    /// One paragraph about it.
    pub summary: domain::text::Text,
}

/// Reads the list of courses. Texts may be in any languages.
///
/// # Errors
/// Every problem that was found, at least one.
pub fn read_index(index_json: &[u8]) -> Result<Vec<Offer>, Vec<Problem>> {
    let json = read::parse(INDEX_FILE, index_json).map_err(|problem| vec![problem])?;
    check_format(INDEX_FILE, &json, FORMAT).map_err(|problem| vec![problem])?;
    let context = Context::new(INDEX_FILE, Vec::new());
    let file = read::read::<IndexFile>(&json, &context);
    let mut problems = context.collected().problems;
    let Some(file) = file else {
        return Err(problems);
    };
    for (index, entry) in file.courses.iter().enumerate() {
        if let Err(fault) = path::check(entry.path.strip_suffix('/').unwrap_or("")) {
            let path = entry.path.clone();
            let field = format!("courses[{index}].path");
            problems.push(Problem::new(
                INDEX_FILE,
                &field,
                What::BadPath { path, fault },
            ));
        }
    }
    if problems.is_empty() {
        Ok(file.courses.iter().map(Offer::from).collect())
    } else {
        Err(problems)
    }
}

impl From<&Entry> for Offer {
    fn from(entry: &Entry) -> Self {
        Self {
            path: entry.path.clone(),
            title: entry.title.text(""),
            summary: entry.summary.text(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_courses_is_read_and_its_paths_are_checked() {
        let list = |path: &str| {
            format!(
                r#"{{"format":"zhixing-courses/1","courses":[
                    {{"path":"{path}","title":{{"en":"A","zh-CN":"甲"}},"summary":"B"}}]}}"#
            )
        };
        let read = read_index(list("p2-growth/").as_bytes()).unwrap();
        assert_eq!(read[0].path, "p2-growth/");
        assert_eq!(read[0].title.get("zh"), "甲");
        assert_eq!(read[0].summary.get("zh"), "B");
        for bad in ["p2-growth", "../", "/", "https://x.example/", ""] {
            let problems = read_index(list(bad).as_bytes()).unwrap_err();
            assert_eq!(problems.len(), 1, "{bad}");
            assert_eq!(problems[0].field, "courses[0].path", "{bad}");
        }
        assert!(read_index(b"{\"format\":\"zhixing-courses/2\"}").is_err());
    }
}
