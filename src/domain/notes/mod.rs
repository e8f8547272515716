//! Study notes (学习笔记): highlights in a reading with the words that belong to them.
//!
//! A highlight is a record of kind `highlight`, for its learner only. A later record that names the first
//! with `of` takes its place, or takes the highlight away; all of them stay in the log. Bodies come
//! from packets and from other versions too: one that does not read as it should is passed over.

mod anchor;
mod export;
mod sentences;

pub use anchor::{Anchor, Plain, locate};
pub use export::{Entry, Section, markdown};
pub use sentences::sentences;

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::Kept;
use crate::domain::time::Moment;

/// The kind of record.
pub const KIND: &str = "highlight";
/// A passage may have so many characters.
pub const MAX_QUOTE: usize = 2_000;
/// The words beside it may have so many characters.
pub const MAX_WORDS: usize = 10_000;

/// What a passage was marked for; each has a colour and a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// What matters: yellow.
    Yellow,
    /// To be used in one's own class: green.
    Green,
    /// What one would ask: blue.
    Blue,
    /// What touched: pink.
    Pink,
}

impl Colour {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// As records name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// Reads a name; one of a later version is as the first.
    fn read(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|colour| colour.name() == name);
        found.unwrap_or(Self::Yellow)
    }
}

/// A passage that a learner marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Highlight {
    /// The record that made it, by which later ones name it.
    pub id: RecordId,
    /// The step.
    pub step: Slug,
    /// The part of the reading.
    pub part: Slug,
    /// What it was marked for.
    pub colour: Colour,
    /// The passage, and what finds it again.
    pub anchor: Anchor,
    /// The words beside it; empty where there are none.
    pub words: String,
    /// When it was made.
    pub at: Moment,
}

impl Highlight {
    /// The body of a record that makes it, or, where `again`, takes the place of what was there.
    #[must_use]
    pub fn body(&self, again: bool) -> Value {
        let mut body = json!({"step": self.step.as_str(), "part": self.part.as_str(),
            "colour": self.colour.name(), "quote": self.anchor.quote, "before": self.anchor.before,
            "after": self.anchor.after, "offset": self.anchor.offset, "words": self.words});
        if again {
            body["of"] = self.id.as_str().into();
        }
        body
    }

    /// The body of a record that takes it away.
    #[must_use]
    pub fn removal(&self) -> Value {
        json!({"step": self.step.as_str(), "of": self.id.as_str(), "removed": true})
    }

    fn read(kept: &Kept) -> Option<Self> {
        let at = Fields(&kept.body);
        let text = |name: &str, most: usize| {
            let text = at.text(name).unwrap_or_default();
            (text.chars().nth(most).is_none()).then(|| text.to_owned())
        };
        let anchor = Anchor {
            quote: text("quote", MAX_QUOTE)?,
            before: text("before", MAX_QUOTE)?,
            after: text("after", MAX_QUOTE)?,
            offset: at.count("offset").unwrap_or(0),
        };
        (!anchor.quote.trim().is_empty()).then_some(Self {
            id: kept.id.clone(),
            step: at.slug("step")?,
            part: at.slug("part")?,
            colour: Colour::read(at.text("colour").unwrap_or_default()),
            anchor,
            words: text("words", MAX_WORDS)?,
            at: kept.at,
        })
    }
}

/// The highlights that stand, in the order in which they were made. `kept` is in order of time, as a
/// progress has it.
#[must_use]
pub fn highlights(kept: &[Kept]) -> Vec<Highlight> {
    let mut all: Vec<Highlight> = Vec::new();
    let mut removed: Vec<RecordId> = Vec::new();
    for record in kept.iter().filter(|kept| kept.kind == KIND) {
        let of = Fields(&record.body).text("of").and_then(RecordId::parse);
        if record.body["removed"] == Value::Bool(true) {
            removed.extend(of);
            continue;
        }
        let Some(mut read) = Highlight::read(record) else {
            continue;
        };
        let Some(of) = of else {
            all.push(read);
            continue;
        };
        removed.retain(|gone| *gone != of);
        if let Some(before) = all.iter_mut().find(|known| known.id == of) {
            read.at = before.at;
            read.id = of;
            *before = read;
        } else {
            // The first may come later, with another packet: then this one is the later of both.
            read.id = of;
            all.push(read);
        }
    }
    all.retain(|highlight| !removed.contains(&highlight.id));
    all
}

#[cfg(test)]
mod tests;
