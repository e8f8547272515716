//! Study notes as Markdown, to be taken along into any other program.

use std::fmt::Write as _;

/// The notes at one place of the course.
pub struct Section {
    /// Where: module, step, part.
    pub title: String,
    /// The notes.
    pub entries: Vec<Entry>,
}

/// One note.
pub struct Entry {
    /// What it is: what a passage was marked for, or the question that the words answer.
    pub label: String,
    /// When it was made.
    pub when: String,
    /// The passage; empty where the words belong to none.
    pub quote: String,
    /// The learner's words; may be empty.
    pub words: String,
}

/// The notes under a title, with a line that says when that was written.
#[must_use]
pub fn markdown(title: &str, made: &str, sections: &[Section]) -> String {
    let mut text = format!("# {}\n\n{}\n", plain(title), plain(made));
    for section in sections {
        let _ = write!(text, "\n## {}\n", plain(&section.title));
        for Entry {
            label,
            when,
            quote,
            words,
        } in &section.entries
        {
            let _ = write!(text, "\n**{}** · {}\n", plain(label), plain(when));
            for (mark, part) in [("> ", quote), ("", words)] {
                for line in part.lines().filter(|line| !line.trim().is_empty()) {
                    let _ = write!(text, "\n{mark}{}\n", plain(line));
                    if !mark.is_empty() {
                        text.push('>');
                    }
                }
                if text.ends_with('>') {
                    text.pop();
                }
            }
        }
    }
    text
}

/// A text of which no character means anything in Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.trim().chars() {
        let first = plain.is_empty() && matches!(letter, '#' | '>' | '-' | '+' | '=');
        if first || matches!(letter, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' | '~') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    // A number with a point would begin a list.
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && plain[digits..].starts_with(['.', ')']) {
        plain.insert(digits, '\\');
    }
    plain
}
