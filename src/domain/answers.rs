//! What the room says (现场发言): answers that are written down on a sheet while a topic is projected.
//!
//! Each is a record of kind `room-answer`: of the activity that the topic is projected for, or, where it
//! has none, of the reading. One that names another with `of` takes that back.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::Kept;
use crate::domain::time::Moment;

/// The kind of record.
pub const KIND: &str = "room-answer";
/// An answer may have so many characters.
pub const MAX_WORDS: usize = 300;

/// A lesson takes so many milliseconds at most: half a day.
const LESSON_MS: i64 = 12 * 3_600_000;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its record.
    pub id: RecordId,
    /// The step whose record it is.
    pub step: Slug,
    /// The reading, and the part of it, that was projected.
    pub of: (Slug, Slug),
    /// What was said.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// The answers of the lesson that is given now, of half a day at most: a page that was opened anew goes on
/// with them, another lesson begins without.
#[must_use]
pub fn of_lesson(kept: &[Kept], now: Moment) -> Vec<Answer> {
    let mut all = answers(kept);
    all.retain(|answer| is_of_lesson(answer.at, now));
    all
}

/// Whether something of this moment belongs to the lesson that is given now.
#[must_use]
pub fn is_of_lesson(at: Moment, now: Moment) -> bool {
    at.0 >= now.0 - LESSON_MS
}

/// The body of a record of an answer to a part of a reading, `step` being whose record it is.
#[must_use]
pub fn body(step: &Slug, (reading, part): (&Slug, &Slug), words: &str) -> Value {
    json!({"step": step.as_str(), "reading": reading.as_str(), "part": part.as_str(), "words": words})
}

/// The body of a record that takes an answer back.
#[must_use]
pub fn removal(answer: &Answer) -> Value {
    json!({"step": answer.step.as_str(), "of": answer.id.as_str()})
}

/// The answers that stand, in order of time. What does not read as one is passed over.
#[must_use]
pub fn answers(kept: &[Kept]) -> Vec<Answer> {
    let all = || kept.iter().filter(|kept| kept.kind == KIND);
    let gone: Vec<&str> = all()
        .filter_map(|kept| Fields(&kept.body).text("of"))
        .collect();
    let read = |kept: &Kept| {
        let at = Fields(&kept.body);
        let words = at.text("words")?.trim();
        let fits = !words.is_empty() && words.chars().nth(MAX_WORDS).is_none();
        (fits && !gone.contains(&kept.id.as_str())).then_some(Answer {
            id: kept.id.clone(),
            step: at.slug("step")?,
            of: (at.slug("reading")?, at.slug("part")?),
            words: words.to_owned(),
            at: kept.at,
        })
    };
    all().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_until_they_are_taken_back_and_nothing_else_does() {
        let slug = |id: &str| Slug::parse(id).unwrap();
        let record = |id: u8| RecordId::from_random([id; 16]);
        let kept = |id: u8, body: Value| Kept {
            at: Moment(i64::from(id)),
            id: record(id),
            kind: KIND.to_owned(),
            by: String::new(),
            verified: false,
            body,
        };
        let said = |words: &str| body(&slug("talk"), (&slug("r"), &slug("think")), words);
        let mut all = vec![
            kept(1, said(" 先听完 ")),
            kept(2, said("问一句为什么")),
            kept(3, json!({"step": "talk", "words": "没有说是哪一部分"})),
            kept(4, said(&"长".repeat(MAX_WORDS + 1))),
            kept(5, json!(null)),
        ];
        let found = answers(&all);
        let words: Vec<&str> = found.iter().map(|answer| answer.words.as_str()).collect();
        assert_eq!(words, ["先听完", "问一句为什么"]);
        assert_eq!(found[0].of, (slug("r"), slug("think")));
        all.push(kept(6, removal(&found[0])));
        assert_eq!(answers(&all), found[1..]);
        // Half a day later it is another lesson.
        assert_eq!(of_lesson(&all, Moment(2 + LESSON_MS)), found[1..]);
        assert!(of_lesson(&all, Moment(3 + LESSON_MS)).is_empty());
    }
}
