//! What whoever packs or takes in a course has to know about its Markdown files.

use std::collections::BTreeSet;

use super::{FileLink, read};
use crate::package::problem::{Problem, What};

/// What was found in a Markdown file.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspected {
    /// What makes the package unusable.
    pub problems: Vec<Problem>,
    /// What is not shown as its author meant.
    pub warnings: Vec<Problem>,
    /// Files of the package that it shows or links.
    pub files: Vec<FileLink>,
}

/// Looks through the Markdown file `path`; `listed` are the files of the package.
#[must_use]
pub fn inspect(path: &str, bytes: &[u8], listed: &BTreeSet<&str>) -> Inspected {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Inspected {
            problems: vec![Problem::new(path, "", What::NotText)],
            warnings: Vec::new(),
            files: Vec::new(),
        };
    };
    let document = read(path, text);
    let missing = |file: &&FileLink| !listed.contains(file.path.as_str());
    let problem = |file: &FileLink| {
        let what = What::NotListed {
            path: file.path.clone(),
        };
        Problem::new(path, &format!("line {}", file.line), what)
    };
    Inspected {
        problems: document.files.iter().filter(missing).map(problem).collect(),
        warnings: document
            .warnings
            .iter()
            .map(|each| each.problem(path))
            .collect(),
        files: document.files,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_files_are_problems_and_html_is_a_remark() {
        let text = "a\n\n![x](../img/x.png) ![y](../img/y.png)\n\n<b>\n\n[z](javascript:z)\n";
        let found = inspect("text/a.md", text.as_bytes(), &BTreeSet::from(["img/x.png"]));
        let [problem] = found.problems.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(
            (problem.file.as_str(), problem.field.as_str()),
            ("text/a.md", "line 3")
        );
        assert!(problem.describe("en").contains("img/y.png"));
        let lines: Vec<&str> = found
            .warnings
            .iter()
            .map(|each| each.field.as_str())
            .collect();
        assert_eq!(lines, ["line 5", "line 7"]);
        let found = inspect("text/a.md", b"\xff\xfe", &BTreeSet::new());
        assert_eq!(found.problems.len(), 1);
    }
}
