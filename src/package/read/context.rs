//! What one reading collects: problems, remarks, and every file that is spoken of.

use std::cell::RefCell;

use super::json::Json;
use super::node::{At, Node, Segment};
use crate::package::limits::{MAX_PROBLEMS, MAX_TEXT_CHARACTERS};
use crate::package::path;
use crate::package::problem::{Problem, What};

/// Name of the newtype of texts; the reader knows it by this name.
pub const TEXT: &str = "Text";

/// A newtype of file references: its name, and the extensions its files may have.
pub struct FileUse {
    /// The name by which the reader knows the newtype.
    pub newtype: &'static str,
    /// Extensions, lower case, without dot.
    pub extensions: &'static [&'static str],
}

/// The newtypes of file references.
pub const FILE_USES: [FileUse; 5] = [
    FileUse {
        newtype: "MarkdownFile",
        extensions: &["md"],
    },
    FileUse {
        newtype: "VideoFile",
        extensions: &["mp4", "webm"],
    },
    FileUse {
        newtype: "CaptionsFile",
        extensions: &["vtt"],
    },
    FileUse {
        newtype: "ImageFile",
        extensions: &["png", "jpg", "webp", "gif"],
    },
    FileUse {
        newtype: "DocumentFile",
        extensions: &["md", "txt", "pdf", "docx", "xlsx"],
    },
];

/// A file that `course.json` speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its path in the package; well-formed.
    pub path: String,
    /// The field that speaks of it.
    pub field: String,
}

/// Collects while a file is read.
pub struct Context {
    file: &'static str,
    languages: Vec<String>,
    problems: RefCell<Vec<Problem>>,
    warnings: RefCell<Vec<Problem>>,
    mentions: RefCell<Vec<Mention>>,
}

/// What was collected.
pub struct Collected {
    /// What makes the file unusable.
    pub problems: Vec<Problem>,
    /// What its author should know.
    pub warnings: Vec<Problem>,
    /// The files it speaks of, in order.
    pub mentions: Vec<Mention>,
}

impl Context {
    /// For a file whose texts may be in these languages, the first the main one; with none
    /// declared, in any.
    #[must_use]
    pub fn new(file: &'static str, languages: Vec<String>) -> Self {
        Self {
            file,
            languages,
            problems: RefCell::default(),
            warnings: RefCell::default(),
            mentions: RefCell::default(),
        }
    }

    /// What was collected.
    pub fn collected(self) -> Collected {
        Collected {
            problems: self.problems.into_inner(),
            warnings: self.warnings.into_inner(),
            mentions: self.mentions.into_inner(),
        }
    }

    pub(super) fn record(&self, field: &str, what: What) {
        push(&self.problems, Problem::new(self.file, field, what));
    }

    fn warn(&self, field: &str, what: What) {
        push(&self.warnings, Problem::new(self.file, field, what));
    }

    /// Looks at a value whose newtype depends on more than the value itself. Other newtypes
    /// are left to their own reading.
    pub(super) fn look_at(&self, newtype: &str, node: &Node<'_, '_>) {
        if newtype == TEXT {
            self.each_language(node, &|at, text| self.check_text(at, text));
        } else if let Some(used) = FILE_USES.iter().find(|each| each.newtype == newtype) {
            self.each_language(node, &|at, path| self.check_file(at, path, used.extensions));
        }
    }

    /// Values of another type are left to the reading of the value, which refuses them.
    fn each_language(&self, node: &Node<'_, '_>, check: &dyn Fn(&At<'_>, &str)) {
        let Json::Object(members) = node.json else {
            if let Json::Text(text) = node.json {
                check(node.at, text);
            }
            return;
        };
        self.check_languages(node, members);
        for (language, value) in members {
            let at = At {
                parent: Some(node.at),
                step: Segment::Member(language),
            };
            if let Json::Text(text) = value {
                check(&at, text);
            }
        }
    }

    fn check_languages(&self, node: &Node<'_, '_>, members: &[(String, Json)]) {
        let Some(main) = self.languages.first() else {
            return;
        };
        let has = |language: &String| members.iter().any(|(each, _)| each == language);
        if !has(main) {
            node.record_member(main, What::MainLanguageMissing);
        }
        for language in self.languages.iter().skip(1).filter(|each| !has(each)) {
            let language = language.clone();
            self.warn(&node.at.path(), What::NotTranslated { language });
        }
        for (language, _) in members {
            if !self.languages.contains(language) {
                node.record_member(language, What::LanguageNotDeclared);
            }
        }
    }

    fn check_text(&self, at: &At<'_>, text: &str) {
        let limit = MAX_TEXT_CHARACTERS;
        let control = |each: char| each.is_control() && each != '\n' && each != '\t';
        if text.trim().is_empty() {
            self.record(&at.path(), What::EmptyText);
        } else if text.len() > limit && text.chars().count() > limit {
            self.record(&at.path(), What::TextTooLong { limit });
        } else if text.contains(control) {
            self.record(&at.path(), What::ControlCharacter);
        }
    }

    fn check_file(&self, at: &At<'_>, path: &str, extensions: &'static [&'static str]) {
        if let Err(fault) = path::check(path) {
            self.record(
                &at.path(),
                What::BadPath {
                    path: path.to_owned(),
                    fault,
                },
            );
        } else if !extensions.contains(&path::extension(path)) {
            let (path, allowed) = (path.to_owned(), extensions);
            self.record(&at.path(), What::WrongFileType { path, allowed });
        } else {
            self.mentions.borrow_mut().push(Mention {
                path: path.to_owned(),
                field: at.path(),
            });
        }
    }
}

fn push(list: &RefCell<Vec<Problem>>, problem: Problem) {
    let mut list = list.borrow_mut();
    if list.len() < MAX_PROBLEMS {
        list.push(problem);
    }
}
