//! The list of files: safe paths, sizes within limits, nothing missing.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::package::limits::{MAX_FILE_BYTES, MAX_MARKDOWN_BYTES, MAX_PACKAGE_BYTES};
use crate::package::path;
use crate::package::problem::What;
use crate::package::read::Mention;
use crate::package::v1::{CourseFile, FileEntry};

pub(super) fn check(course: &CourseFile, mentions: &[Mention], report: &mut Report) {
    let before = report.problems.len();
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for (index, file) in course.files.iter().enumerate() {
        check_entry(&format!("files[{index}]"), file, report);
        if let Some(other) = folded.insert(path::folded(&file.path), &file.path) {
            let other = other.to_owned();
            report.wrong(&format!("files[{index}].path"), What::SamePath { other });
        }
    }
    check_total(course, report);
    if report.problems.len() > before {
        // A listed file whose path is wrong would be missed once more by whatever uses it.
        return;
    }
    let listed: BTreeSet<&str> = course.files.iter().map(|file| file.path.as_str()).collect();
    for mention in mentions {
        if !listed.contains(mention.path.as_str()) {
            let path = mention.path.clone();
            report.wrong(&mention.field, What::NotListed { path });
        }
    }
}

fn check_entry(at: &str, file: &FileEntry, report: &mut Report) {
    let path = file.path.clone();
    let extension = path::extension(&path);
    let limit = largest(extension);
    if let Err(fault) = path::check(&path) {
        report.wrong(&format!("{at}.path"), What::BadPath { path, fault });
    } else if !path::EXTENSIONS.contains(&extension) {
        let allowed = &path::EXTENSIONS;
        report.wrong(&format!("{at}.path"), What::WrongFileType { path, allowed });
    } else if file.bytes > limit {
        let field = format!("{at}.bytes");
        report.wrong_in(&path, &field, What::FileTooLarge { limit });
    }
}

/// Most bytes of a file with this extension.
fn largest(extension: &str) -> u64 {
    if extension == "md" {
        MAX_MARKDOWN_BYTES
    } else {
        MAX_FILE_BYTES
    }
}

fn check_total(course: &CourseFile, report: &mut Report) {
    let sizes = course
        .files
        .iter()
        .map(|file| file.bytes.min(MAX_FILE_BYTES));
    if sizes.sum::<u64>() > MAX_PACKAGE_BYTES {
        let limit = MAX_PACKAGE_BYTES;
        report.wrong("files", What::PackageTooLarge { limit });
    }
}
