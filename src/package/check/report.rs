//! Where checks write what they find.

use std::collections::BTreeSet;

use crate::package::limits::MAX_PROBLEMS;
use crate::package::problem::{Of, Problem, What};
use crate::package::v1::Id;

/// What the checks found.
#[derive(Default)]
pub(in crate::package) struct Report {
    /// What makes the package unusable.
    pub(in crate::package) problems: Vec<Problem>,
    /// What its author should know.
    pub(in crate::package) warnings: Vec<Problem>,
}

impl Report {
    /// A problem with a field of `course.json`.
    pub(super) fn wrong(&mut self, field: &str, what: What) {
        self.wrong_in(crate::package::COURSE_FILE, field, what);
    }

    /// A problem with another file.
    pub(super) fn wrong_in(&mut self, file: &str, field: &str, what: What) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem::new(file, field, what));
        }
    }

    /// A remark about a field of `course.json`.
    pub(super) fn remark(&mut self, field: &str, what: What) {
        if self.warnings.len() < MAX_PROBLEMS {
            let file = crate::package::COURSE_FILE;
            self.warnings.push(Problem::new(file, field, what));
        }
    }

    /// The ids of a list must differ.
    pub(super) fn unique_ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a Id>) {
        self.unique(list, ".id", ids.map(|id| id.get().as_str()));
    }

    /// The names of a list must differ; `member` is where an item has its name.
    pub(super) fn unique<'a>(
        &mut self,
        list: &str,
        member: &str,
        names: impl Iterator<Item = &'a str>,
    ) {
        let placed = names
            .enumerate()
            .map(|(index, name)| (format!("{list}[{index}]{member}"), name));
        self.unique_at(placed);
    }

    /// Names must differ; each comes with its field.
    pub(super) fn unique_at<'a>(&mut self, names: impl Iterator<Item = (String, &'a str)>) {
        let mut seen = BTreeSet::new();
        for (field, name) in names {
            if !seen.insert(name) {
                let id = name.to_owned();
                self.wrong(&field, What::DuplicateId { id });
            }
        }
    }

    /// An id must be one of these.
    pub(super) fn known(&mut self, field: &str, id: &Id, among: &BTreeSet<&str>, of: Of) {
        let id = id.get().as_str();
        if !among.contains(id) {
            let id = id.to_owned();
            self.wrong(field, What::UnknownId { id, of });
        }
    }

    /// Every id of a list must be one of these.
    pub(super) fn all_known(&mut self, list: &str, ids: &[Id], among: &BTreeSet<&str>, of: Of) {
        for (index, id) in ids.iter().enumerate() {
            self.known(&format!("{list}[{index}]"), id, among, of);
        }
    }
}
