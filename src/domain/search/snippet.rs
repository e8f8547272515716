//! The places of a text that are shown, each with some words around it.

use super::fold::{Folded, is_latin, separates};
use super::query::{Query, whole_at};
use super::{Document, Occurrence, occurrences};
use std::ops::Range;

/// Places of a document that are shown.
const MAX_PLACES: usize = 3;

/// Units within which terms belong to one place.
const TOGETHER: usize = 100;

/// How wide a snippet is, in halves of a Chinese character.
const WIDTH: usize = 120;

/// How much of it stands before what was found, at most.
const LEAD: usize = 40;

/// Some words of a text, with what is marked in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words.
    pub text: String,
    /// What is marked, in bytes; in order, and apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// A place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where in the text of the document, in its units.
    pub at: usize,
    /// The words around it.
    pub snippet: Snippet,
}

/// The best places of a document, the best first. Where the title alone was found, the beginning of
/// the text, if there is any.
#[must_use]
pub fn places(document: &Document, query: &Query) -> Vec<Place> {
    let units = document.text.units();
    let mut left = occurrences(units, query);
    let all = left.clone();
    let mut places = Vec::new();
    while places.len() < MAX_PLACES
        && let Some(at) = best(units, &left, query)
    {
        let snippet = around(&document.text, &all, at);
        let end = snippet.1;
        places.push(Place {
            at,
            snippet: snippet.0,
        });
        left.retain(|each| each.at.abs_diff(at) > TOGETHER && !(at..end).contains(&each.at));
    }
    if places.is_empty() && !units.is_empty() {
        let (snippet, _) = around(&document.text, &[], 0);
        places.push(Place { at: 0, snippet });
    }
    places
}

/// A text as it is, from its beginning, with everything in it marked that is asked for.
#[must_use]
pub fn whole(text: &Folded, query: &Query) -> Snippet {
    let all = occurrences(text.units(), query);
    let end = whole_at(text.units(), text.len().min(WIDTH * 2));
    marked(text, &all, 0..end)
}

/// Where the most terms are together: the phrase above all.
fn best(units: &[u16], list: &[Occurrence], query: &Query) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (nth, from) in list.iter().enumerate() {
        let near = list.iter().skip(nth);
        let near = near.take_while(|each| each.at <= from.at + TOGETHER);
        let (mut terms, mut count) = (0_u32, 0);
        for each in near {
            terms |= 1 << each.term;
            count += 1;
        }
        let phrase = if query.stands_at(units, from.at) {
            500
        } else {
            0
        };
        let worth = terms.count_ones() as usize * 1_000 + phrase + count;
        if best.is_none_or(|(known, _)| worth > known) {
            best = Some((worth, from.at));
        }
    }
    best.map(|(_, at)| at)
}

/// The words around a place, and where they end.
fn around(text: &Folded, all: &[Occurrence], at: usize) -> (Snippet, usize) {
    let (from, whole_from) = begin(text, at);
    let (to, whole_to) = end(text, from, at);
    let mut snippet = marked(text, all, from..to);
    if !whole_from {
        snippet.text.insert(0, '…');
        for mark in &mut snippet.marks {
            *mark = mark.start + '…'.len_utf8()..mark.end + '…'.len_utf8();
        }
    }
    if !whole_to {
        snippet.text.push('…');
    }
    (snippet, to)
}

/// Where a snippet begins, and whether a sentence does there.
fn begin(text: &Folded, at: usize) -> (usize, bool) {
    let units = text.units();
    let mut from = at;
    let mut width = 0;
    while from > 0 {
        if ends_sentence(text, from - 1) {
            return (past_blanks(units, from, at), true);
        }
        width += wide(units, from - 1);
        if width > LEAD {
            // Not in the middle of a word.
            let word = (from..at).find(|place| begins_word(units, *place));
            return (whole_at(units, word.unwrap_or(from)), false);
        }
        from -= 1;
    }
    (past_blanks(units, 0, at), true)
}

/// Where a snippet ends, and whether a sentence or the text does there.
fn end(text: &Folded, from: usize, at: usize) -> (usize, bool) {
    let units = text.units();
    let mut to = from;
    let mut width = 0;
    while to < units.len() && width < WIDTH {
        width += wide(units, to);
        to += 1;
    }
    if to >= units.len() {
        return (units.len(), true);
    }
    // To the end of a sentence if one ends in the last third.
    let least = from + (to - from) * 2 / 3;
    let after = at.max(least);
    if let Some(last) = (after..to).rev().find(|place| ends_sentence(text, *place)) {
        return (last + 1, true);
    }
    let word = (after..to).rev().find(|place| begins_word(units, *place));
    let cut = word.filter(|word| *word > at).unwrap_or(to);
    (whole_at(units, cut), false)
}

/// Whether a sentence, or a line, ends with this unit.
fn ends_sentence(text: &Folded, at: usize) -> bool {
    let units = text.units();
    match units.get(at) {
        // 。！？…, and those of English.
        Some(0x3002 | 0xff01 | 0xff1f | 0x21 | 0x3f) => true,
        // A full stop before a blank: numbers have it inside.
        Some(0x2e) => units.get(at + 1).is_none_or(|next| *next == 0x20),
        Some(0x20) => text.ends_line(at),
        _ => false,
    }
}

/// Whether a line may be cut before this unit.
fn begins_word(units: &[u16], at: usize) -> bool {
    let Some(here) = units.get(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| units.get(before));
    let inside = is_latin(*here) && before.is_some_and(|before| is_latin(*before));
    !(separates(*here) || inside)
}

/// From here on past blanks and what closes the sentence before, but not past `most`.
fn past_blanks(units: &[u16], from: usize, most: usize) -> usize {
    let skipped = |unit: &&u16| matches!(**unit, 0x20 | 0x201d | 0x300d | 0x300f | 0xff09);
    let between = units.get(from..most).unwrap_or_default();
    from + between.iter().take_while(skipped).count()
}

/// How wide a unit is, in halves of a Chinese character.
fn wide(units: &[u16], at: usize) -> usize {
    units
        .get(at)
        .map_or(0, |unit| if *unit < 0x1100 { 1 } else { 2 })
}

/// A stretch of a text with the occurrences in it marked.
fn marked(text: &Folded, all: &[Occurrence], stretch: Range<usize>) -> Snippet {
    let mut snippet = Snippet::default();
    let mut from = stretch.start;
    for each in all {
        if each.at < from || each.end > stretch.end {
            continue;
        }
        snippet.text.push_str(&text.slice(from, each.at));
        let begin = snippet.text.len();
        snippet.text.push_str(&text.slice(each.at, each.end));
        snippet.marks.push(begin..snippet.text.len());
        from = each.end;
    }
    snippet.text.push_str(&text.slice(from, stretch.end));
    snippet
}
