//! Questions of other tools for an exam: Moodle's GIFT, and tables as CSV.
//!
//! An imported question goes to the end of the exam; one whose id is there already takes that
//! one's place, so importing a corrected file again corrects the exam. Into a closed-book exam go
//! no keys and no explanations: these are for the tutor's file.

mod gift;
mod markup;
mod table;

use super::{said, say};
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use zhixing::domain::hash::Hash;
use zhixing::domain::ids::Slug;
use zhixing::package::read::{Json, Number};

/// A question as it was found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its name in the file, if it has one.
    pub name: Option<String>,
    /// Its points, as text, such as `2` or `2.5`; 1 when absent.
    pub points: Option<Number>,
    /// The question.
    pub text: String,
    /// How it is answered, and what is right.
    pub answer: Answer,
    /// What is said after it was marked.
    pub explanation: Option<String>,
}

/// How a question is answered, and what is right.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One or more of these options: text, and whether it is right.
    Choice {
        /// The options.
        options: Vec<(String, bool)>,
        /// Whether several may be chosen.
        several: bool,
        /// Whether some of the right ones earn part of the points.
        partial: bool,
    },
    /// True or false; `None` where the file does not tell.
    TrueFalse(Option<bool>),
    /// A few words; what counts as right.
    Short(Vec<String>),
}

/// Something that is wrong with a file: its line, counted from 1, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line.
    pub line: usize,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Wrong {
    fn new(line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            line,
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// What an import changed.
#[derive(Debug, Default, PartialEq)]
pub struct Imported {
    /// Questions that are new in the exam.
    pub added: usize,
    /// Questions that took the place of one with the same id.
    pub replaced: usize,
    /// The tutor's file of a closed-book exam: each imported question with its key.
    pub keys: Option<Json>,
}

/// Reads the questions of a file: GIFT by the ending `.gift` or `.txt`, a table by `.csv`.
///
/// # Errors
/// When the file cannot be read; what is wrong with it is said before, line by line.
pub fn read(file: &Path) -> Result<Vec<Found>> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let ending = file.extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let found = match ending.as_str() {
        "gift" | "txt" => gift::read(&decoded(&bytes)),
        "csv" => table::read(&decoded(&bytes)),
        _ => bail!(said(
            "题目文件要以 .gift、.txt 或 .csv 结尾",
            "questions come from a .gift, .txt or .csv file",
        )),
    };
    found.map_err(|wrong| {
        let file = file.display();
        for each in &wrong {
            let why = said(&each.zh, &each.en);
            say::wrong(&format!("{file}:{}: {why}", each.line));
        }
        anyhow::anyhow!(said(
            &format!("{file} 里的题一道也没有导入"),
            &format!("no question was taken from {file}"),
        ))
    })
}

/// UTF-8, or what spreadsheets on Chinese Windows write instead.
fn decoded(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map_or_else(
        |_| encoding_rs::GB18030.decode(bytes).0.into_owned(),
        str::to_owned,
    );
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// Puts questions into the exam step `exam` of a course.
///
/// # Errors
/// When the course has no such exam.
pub fn put(course: &mut Json, exam: &str, found: &[Found]) -> Result<Imported> {
    let missing = || {
        said(
            &format!("课程里没有叫 {exam} 的步骤"),
            &format!("no step is called {exam}"),
        )
    };
    let no_exam = || {
        said(
            &format!("步骤 {exam} 不是考试"),
            &format!("the step {exam} is no exam"),
        )
    };
    let content = content_of(course, exam).with_context(missing)?;
    let kind = content.member("kind").and_then(Json::text) == Some("exam");
    let closed = content.member("mode").and_then(Json::text) == Some("closed_book");
    let Json::Object(members) = content else {
        bail!(no_exam());
    };
    ensure!(kind, no_exam());
    let at = members.iter().position(|(name, _)| name == "questions");
    let at = at.unwrap_or_else(|| {
        members.push(("questions".to_owned(), Json::List(Vec::new())));
        members.len() - 1
    });
    let Json::List(questions) = &mut members[at].1 else {
        bail!(no_exam());
    };
    let mut imported = Imported::default();
    let mut keys = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for each in found {
        let id = id_of(each, &taken);
        taken.push(id.clone());
        if closed {
            keys.push(question(each, &id, true));
        }
        let made = question(each, &id, !closed);
        let same = |known: &&mut Json| known.member("id").and_then(Json::text) == Some(&id);
        if let Some(known) = questions.iter_mut().find(same) {
            *known = made;
            imported.replaced += 1;
        } else {
            questions.push(made);
            imported.added += 1;
        }
    }
    imported.keys = closed.then_some(Json::List(keys));
    Ok(imported)
}

/// The content of a step.
fn content_of<'a>(course: &'a mut Json, step: &str) -> Option<&'a mut Json> {
    let mut steps = Vec::new();
    for module in list_mut(course, "modules") {
        for topic in list_mut(module, "topics") {
            steps.extend(list_mut(topic, "steps"));
        }
    }
    let found = steps
        .into_iter()
        .find(|each| each.member("id").and_then(Json::text) == Some(step))?;
    member_mut(found, "content")
}

fn member_mut<'a>(of: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    match of {
        Json::Object(members) => members
            .iter_mut()
            .find(|(each, _)| each == name)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn list_mut<'a>(of: &'a mut Json, name: &str) -> Vec<&'a mut Json> {
    match member_mut(of, name) {
        Some(Json::List(items)) => items.iter_mut().collect(),
        _ => Vec::new(),
    }
}

/// The name as an id; where that is none, a digest of the question, which stays the same when the
/// file is imported again.
fn id_of(found: &Found, taken: &[String]) -> String {
    let name = found.name.as_deref().unwrap_or_default().to_lowercase();
    let name: String = name
        .chars()
        .map(|each| {
            if each.is_ascii_alphanumeric() {
                each
            } else {
                '-'
            }
        })
        .collect();
    let whole = found.name.as_deref().is_some_and(str::is_ascii);
    let name = name.trim_matches('-');
    let id = if whole && Slug::parse(name).is_some() {
        name.to_owned()
    } else {
        let digest = Hash::of(found.text.as_bytes()).to_string();
        let hex: String = digest.chars().take(8).collect();
        format!("q-{hex}")
    };
    let mut free = id.clone();
    for number in 2.. {
        if !taken.contains(&free) {
            break;
        }
        free = format!("{id}-{number}");
    }
    free
}

/// A question as a course has it, with or without what is right.
fn question(found: &Found, id: &str, with_key: bool) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let points = found.points.unwrap_or(Number::Whole(1));
    let mut members = vec![
        ("id".to_owned(), text(id)),
        ("points".to_owned(), Json::Number(points)),
        ("text".to_owned(), text(&found.text)),
        ("answer".to_owned(), answer(&found.answer, with_key)),
    ];
    if let Some(explanation) = found.explanation.as_deref().filter(|_| with_key) {
        members.push(("explanation".to_owned(), text(explanation)));
    }
    Json::Object(members)
}

fn answer(answer: &Answer, with_key: bool) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let mut members = Vec::new();
    let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
    match answer {
        Answer::Choice {
            options,
            several,
            partial,
        } => {
            add("kind", text(if *several { "multiple" } else { "single" }));
            let letters: Vec<String> = ('a'..='z').map(String::from).collect();
            let lettered = || letters.iter().zip(options);
            let option = |(letter, (said, _)): (&String, &(String, bool))| {
                Json::Object(vec![
                    ("id".to_owned(), text(letter)),
                    ("text".to_owned(), text(said)),
                ])
            };
            add("options", Json::List(lettered().map(option).collect()));
            let mut right = lettered()
                .filter(|(_, (_, right))| *right)
                .map(|(letter, _)| text(letter));
            if with_key && *several {
                add("key", Json::List(right.collect()));
            } else if let Some(key) = right.next().filter(|_| with_key) {
                add("key", key);
            }
            if *several && *partial {
                add("partial", Json::Flag(true));
            }
        }
        Answer::TrueFalse(right) => {
            add("kind", text("true_false"));
            if let Some(right) = right.filter(|_| with_key) {
                add("key", Json::Flag(right));
            }
        }
        Answer::Short(right) => {
            add("kind", text("short_answer"));
            if with_key && !right.is_empty() {
                add(
                    "key",
                    Json::List(right.iter().map(|each| text(each)).collect()),
                );
            }
        }
    }
    Json::Object(members)
}

#[cfg(test)]
mod tests;
