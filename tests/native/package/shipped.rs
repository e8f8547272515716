//! The courses that are shipped are whole and up to date.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zhixing::package::index::read_index;
use zhixing::package::{Checked, check_course, check_file, markdown};

use super::root;

fn courses() -> PathBuf {
    root().join("public/courses")
}

fn shipped() -> Vec<(PathBuf, Checked)> {
    let list = std::fs::read(courses().join("index.json")).unwrap();
    let open = |path: &str| {
        let folder = courses().join(path);
        let course = std::fs::read(folder.join("course.json")).unwrap();
        (folder, check_course(&course).unwrap())
    };
    let offers = read_index(&list).unwrap();
    offers.iter().map(|offer| open(&offer.path)).collect()
}

fn files_in(folder: &Path, prefix: &str, out: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_in(&entry.path(), &format!("{path}/"), out);
        } else {
            out.insert(path);
        }
    }
}

#[test]
fn every_shipped_course_lists_exactly_the_files_it_has() {
    let all = shipped();
    assert!(!all.is_empty());
    for (folder, checked) in all {
        let mut there = BTreeSet::new();
        files_in(&folder, "", &mut there);
        there.remove("course.json");
        let listed: BTreeSet<String> = checked.files.iter().map(|file| file.path.clone()).collect();
        assert_eq!(there, listed, "run `cargo xtask pack {}`", folder.display());
        for file in &checked.files {
            let bytes = std::fs::read(folder.join(&file.path)).unwrap();
            assert_eq!(check_file(file, &bytes), Ok(()));
        }
    }
}

#[test]
fn every_shipped_course_is_without_remarks_and_every_text_is_shown_as_it_is_meant() {
    for (folder, checked) in shipped() {
        assert_eq!(checked.warnings, Vec::new());
        let listed: BTreeSet<&str> = checked
            .files
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        let mut used: BTreeSet<String> = checked
            .mentions
            .iter()
            .map(|each| each.path.clone())
            .collect();
        for path in listed
            .iter()
            .filter(|path| zhixing::package::path::extension(path) == "md")
        {
            let found =
                markdown::inspect(path, &std::fs::read(folder.join(path)).unwrap(), &listed);
            assert_eq!((found.problems, found.warnings), (Vec::new(), Vec::new()));
            used.extend(found.files.into_iter().map(|file| file.path));
        }
        let used: BTreeSet<&str> = used.iter().map(String::as_str).collect();
        assert_eq!(used, listed);
    }
}
