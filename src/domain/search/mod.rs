//! Search over texts that are held in memory: what is asked for, where it stands, what comes first.
//!
//! Every text is scanned from its beginning at every key. Texts are held folded, one unit of UTF-16
//! for each of the original, so that a place in one is the same place in the other, and comparing
//! two characters is comparing two numbers ([`fold::Folded`]).

mod fold;
mod query;
mod snippet;
mod within;

pub use fold::Folded;
pub use query::{MAX_QUERY, Query};
pub use snippet::{Place, Snippet, places, whole};
pub use within::within;

use crate::domain::sorted::in_order;

/// Hits that are given at most.
pub const MAX_HITS: usize = 100;

/// Occurrences of a term that are looked at in one text, at most.
const MAX_OCCURRENCES: usize = 64;

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a module is called, and what it is about.
    Module,
    /// What a topic is called, and what it is about.
    Topic,
    /// What a step is called, and what it asks.
    Step,
    /// A part of a reading.
    Reading,
    /// The captions of a video.
    Caption,
    /// The learner's own note.
    Note,
    /// What the learner handed in or reflected.
    Work,
    /// A post of a discussion.
    Post,
}

/// A text that is searched.
#[derive(Debug, Clone)]
pub struct Document {
    /// What kind of text it is.
    pub kind: Kind,
    /// Its own title, if it has one; what it stands in is no part of it, or everything in a step
    /// would be found by the step's title.
    pub title: Folded,
    /// The text.
    pub text: Folded,
}

/// A document in which everything occurs that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number among the documents.
    pub document: usize,
    /// Higher is better.
    pub score: i64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The best hits, the best first; [`MAX_HITS`] of them at most.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// An occurrence of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Occurrence {
    /// Where it begins.
    at: usize,
    /// Where it ends.
    end: usize,
    /// Which term it is.
    term: usize,
}

/// Searches documents; nothing is found for a query without terms.
#[must_use]
pub fn search(documents: &[Document], query: &Query) -> Found {
    if query.is_empty() {
        return Found::default();
    }
    let mut found = Found::default();
    // What is worse than all that are given already need not be kept.
    let mut least = i64::MIN;
    for (document, each) in documents.iter().enumerate() {
        let Some(score) = score(each, query) else {
            continue;
        };
        found.total += 1;
        if score > least {
            found.hits.push(Hit { document, score });
        }
        if found.hits.len() == MAX_HITS * 4 {
            found.hits = best(found.hits);
            least = found.hits.last().map_or(least, |hit| hit.score);
        }
    }
    found.hits = best(found.hits);
    found
}

/// The best hits, the best first; of those that are as good, the first.
fn best(hits: Vec<Hit>) -> Vec<Hit> {
    let mut hits = in_order(hits, |hit| -hit.score);
    hits.truncate(MAX_HITS);
    hits
}

/// How well a document answers; `None` when a term is missing.
fn score(document: &Document, query: &Query) -> Option<i64> {
    let (title, text) = (document.title.units(), document.text.units());
    let mut in_title = 0;
    let mut count = 0;
    let mut first = text.len();
    for term in query.longest_first() {
        let titled = term.find(title, 0).is_some();
        in_title += usize::from(titled);
        let mut from = 0;
        let mut found = 0;
        while found < MAX_OCCURRENCES
            && let Some(at) = term.find(text, from)
        {
            if found == 0 {
                first = first.min(at);
            }
            found += 1;
            from = at + term.len();
        }
        if found == 0 && !titled {
            return None;
        }
        count += found;
    }
    let mut score = match document.kind {
        Kind::Note => 150,
        Kind::Work => 120,
        Kind::Module | Kind::Topic => 90,
        Kind::Step => 80,
        Kind::Reading => 60,
        Kind::Caption => 30,
        Kind::Post => 0,
    };
    if query.phrase(title).is_some() {
        score += 4_000;
    } else if in_title == query.terms().len() {
        score += 2_000;
    }
    // One term alone is a phrase wherever it is found.
    if query.terms().len() > 1 && query.phrase(text).is_some() {
        score += 1_000;
    }
    let count = i64::try_from(count).unwrap_or(0);
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX).max(1);
    let first = i64::try_from(first).unwrap_or(0);
    score += count.min(20) * 10;
    score += (count * 2_000 / length).min(100);
    score += 100 - first * 100 / length;
    Some(score)
}

/// Every occurrence of every term, in order; where two overlap, the first, and of those that begin
/// together the longer.
fn occurrences(units: &[u16], query: &Query) -> Vec<Occurrence> {
    let mut all = Vec::new();
    for (number, term) in query.terms().iter().enumerate() {
        let mut from = 0;
        for _ in 0..MAX_OCCURRENCES {
            let Some(at) = term.find(units, from) else {
                break;
            };
            from = at + term.len();
            all.push(Occurrence {
                at,
                end: from,
                term: number,
            });
        }
    }
    let all = in_order(all, |each| {
        let length = i64::try_from(each.end - each.at).unwrap_or(0);
        i64::try_from(each.at).unwrap_or(i64::MAX >> 8) * 128 - length
    });
    let mut end = 0;
    let mut apart = Vec::new();
    for each in all {
        if each.at >= end {
            end = each.end;
            apart.push(each);
        }
    }
    apart
}

#[cfg(test)]
mod tests;
