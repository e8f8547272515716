//! What can be wrong with a package, told by file and field, in Chinese and in English.

mod en;
mod what;
mod words;
mod zh;

pub use what::What;
pub use words::{Form, Of, Shape};

/// One thing that is wrong with a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The file that is meant: `course.json`, or the path of another file of the package.
    pub file: String,
    /// The field of `course.json`, such as `modules[1].topics[0].title`, or the line of a
    /// Markdown file; empty for the file as a whole.
    pub field: String,
    /// What is wrong with it.
    pub what: What,
}

/// Longest file name, field or quotation in a problem, in characters: they come from the package.
const LONGEST_QUOTE: usize = 160;

impl Problem {
    /// A problem; overlong names are cut.
    #[must_use]
    pub fn new(file: &str, field: &str, what: What) -> Self {
        Self {
            file: quote(file),
            field: quote(field),
            what,
        }
    }

    /// One line that says in which file and field what is wrong, and what to do about it.
    /// Chinese for a language tag that begins with `zh`, otherwise English.
    #[must_use]
    pub fn describe(&self, language: &str) -> String {
        let chinese = language.starts_with("zh");
        let said = if chinese {
            zh::sentence(&self.what)
        } else {
            en::sentence(&self.what)
        };
        if self.file.is_empty() && self.field.is_empty() {
            return said;
        }
        let colon = if chinese { "：" } else { ": " };
        let comma = if chinese { "，" } else { ", " };
        let place = if self.field.is_empty() { "" } else { comma };
        format!("{}{place}{}{colon}{said}", self.file, self.field)
    }
}

/// A name from the package, cut where it is overlong and without control characters.
fn quote(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(LONGEST_QUOTE)
        .map(|each| if each.is_control() { '\u{fffd}' } else { each })
        .collect();
    if shown.len() < text.len() && text.chars().nth(LONGEST_QUOTE).is_some() {
        shown.push('…');
    }
    shown
}

/// A limit in bytes, in a round unit.
fn size(bytes: u64) -> String {
    let megabytes = bytes / 1_000_000;
    if megabytes >= 1000 {
        format!("{} GB", megabytes / 1000)
    } else {
        format!("{megabytes} MB")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_file_and_field_in_both_languages() {
        let problem = Problem::new("course.json", "modules[0].title", What::Missing);
        assert_eq!(
            problem.describe("en"),
            "course.json, modules[0].title: this is missing. Add it."
        );
        assert_eq!(
            problem.describe("zh-CN"),
            "course.json，modules[0].title：缺少这一项。请补上。"
        );
    }

    #[test]
    fn names_from_the_package_are_cut_and_cleaned() {
        let problem = Problem::new("a\u{1b}[31m", &"x".repeat(500), What::Missing);
        assert_eq!(problem.file, "a\u{fffd}[31m");
        assert_eq!(problem.field.chars().count(), LONGEST_QUOTE + 1);
    }
}
