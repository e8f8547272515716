//! Course packages: the format `zhixing-course/1`, its reader and its checks.
//!
//! A package is untrusted input. Reading one gives a checked course, or every problem that was
//! found, each naming file and field; nothing in between, and nothing is changed.

mod build;
pub mod captions;
mod check;
pub mod fetching;
pub mod index;
pub mod kept;
pub mod limits;
pub mod markdown;
pub mod open;
pub mod path;
pub mod problem;
pub mod read;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod unpack;
pub mod v1;

use crate::domain::course::Course;
use crate::domain::hash::Hash;
use problem::{Problem, What};
use read::{Context, Json, Mention};

/// The file that describes the course, in the package's root.
pub const COURSE_FILE: &str = "course.json";

/// A course that may be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The course.
    pub course: Course,
    /// The files that belong to it, without `course.json`.
    pub files: Vec<PackageFile>,
    /// What its author should know.
    pub warnings: Vec<Problem>,
    /// The files that `course.json` speaks of, by field; those that Markdown speaks of are found
    /// by [`markdown::read`].
    pub mentions: Vec<Mention>,
    /// The whole of `course.json`: schemes, people, credit hours, questions and other parts that
    /// the course of the domain leaves out.
    pub source: v1::CourseFile,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its path relative to `course.json`.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The digest of its content.
    pub sha256: Hash,
}

/// Reads and checks a `course.json`.
///
/// # Errors
/// Every problem that was found, at least one and at most [`limits::MAX_PROBLEMS`].
pub fn check_course(course_json: &[u8]) -> Result<Checked, Vec<Problem>> {
    let json = read::parse(COURSE_FILE, course_json).map_err(|problem| vec![problem])?;
    check_format(COURSE_FILE, &json, v1::FORMAT).map_err(|problem| vec![problem])?;
    let context = Context::new(COURSE_FILE, declared_languages(&json));
    let source = read::read::<v1::CourseFile>(&json, &context);
    let found = context.collected();
    let source = match source {
        Some(source) if found.problems.is_empty() => source,
        _ => return Err(found.problems),
    };
    let report = check::check(&source, &found.mentions);
    if !report.problems.is_empty() {
        return Err(report.problems);
    }
    let mut warnings = report.warnings;
    warnings.extend(found.warnings);
    Ok(Checked {
        course: build::course(&source, Hash::of(course_json)),
        files: source.files.iter().map(PackageFile::from).collect(),
        warnings,
        mentions: found.mentions,
        source,
    })
}

/// Whether `bytes` are the content of the file that the package lists.
///
/// # Errors
/// The file has another size or another content.
pub fn check_file(listed: &PackageFile, bytes: &[u8]) -> Result<(), Problem> {
    let found = bytes.len() as u64;
    let what = if found != listed.bytes {
        let listed = listed.bytes;
        What::WrongSize { listed, found }
    } else if Hash::of(bytes) != listed.sha256 {
        What::WrongDigest
    } else {
        return Ok(());
    };
    Err(Problem::new(&listed.path, "", what))
}

impl From<&v1::FileEntry> for PackageFile {
    fn from(entry: &v1::FileEntry) -> Self {
        Self {
            path: entry.path.clone(),
            bytes: entry.bytes,
            sha256: *entry.sha256.get(),
        }
    }
}

/// A file of another format is told as such, before anything in it is looked at.
fn check_format(file: &str, json: &Json, format: &'static str) -> Result<(), Problem> {
    match json.member("format").map(Json::text) {
        Some(Some(found)) if found == format => Ok(()),
        Some(Some(found)) => {
            let (found, known) = (found.to_owned(), format);
            Err(Problem::new(
                file,
                "format",
                What::WrongFormat { found, known },
            ))
        }
        // Missing or of another type: the reader says so.
        _ => Ok(()),
    }
}

/// The languages that texts may be in; none, so that any will do, when they can't be told before
/// the file is read: the reader says what is wrong with them.
fn declared_languages(json: &Json) -> Vec<String> {
    let Some(Json::List(tags)) = json.member("languages") else {
        return Vec::new();
    };
    let tags: Vec<&str> = tags
        .iter()
        .filter_map(Json::text)
        .take(limits::MAX_LANGUAGES)
        .collect();
    if tags.iter().all(|tag| v1::is_language(tag)) {
        tags.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}
