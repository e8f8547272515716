//! Finding a passage again, also in a text that was edited meanwhile.
//!
//! Blanks and line breaks do not count: they change with the way a text is laid out.

use std::ops::Range;

/// So many characters before and after a passage are kept beside it.
const BESIDE: usize = 32;
/// Where nothing is as it was, a passage is looked for so many characters around its old place.
const NEAR: usize = 5_000;
/// A longer passage is looked for by its two ends, each of so many characters.
const END: usize = 100;
/// Of so many characters one may differ.
const ONE_IN: usize = 4;
/// What is shorter is never found by likeness: everything is like it.
const SHORTEST: usize = 8;

/// A passage, and what finds it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The passage, with a line break between paragraphs.
    pub quote: String,
    /// The characters before it.
    pub before: String,
    /// The characters after it.
    pub after: String,
    /// How many characters other than blanks come before it.
    pub offset: u32,
}

impl Anchor {
    /// The anchor of a range of characters of a text.
    #[must_use]
    pub fn of(text: &str, range: Range<usize>) -> Self {
        let plain = Plain::new(text);
        let from = plain.place(range.start);
        let to = plain.place(range.end).max(from);
        let piece = |range: Range<usize>| {
            plain
                .letters
                .get(range)
                .unwrap_or_default()
                .iter()
                .collect()
        };
        let long = range.end.saturating_sub(range.start);
        let quote: String = text.chars().skip(range.start).take(long).collect();
        Self {
            quote: quote.trim().to_owned(),
            before: piece(from.saturating_sub(BESIDE)..from),
            after: piece(to..(to + BESIDE).min(plain.letters.len())),
            offset: u32::try_from(from).unwrap_or(u32::MAX),
        }
    }
}

/// The characters of a text other than blanks, and where each stands in it.
pub struct Plain {
    letters: Vec<char>,
    /// Counted in characters of the text.
    places: Vec<usize>,
}

impl Plain {
    /// Of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let solid = text
            .chars()
            .enumerate()
            .filter(|(_, letter)| !letter.is_whitespace());
        let (places, letters) = solid.unzip();
        Self { letters, places }
    }

    /// How many letters come before a place of the text.
    fn place(&self, at: usize) -> usize {
        self.places.partition_point(|place| *place < at)
    }

    /// A range of letters as a range of characters of the text.
    fn in_text(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = *self.places.get(range.start)?;
        let last = *self.places.get(range.end.checked_sub(1)?)?;
        Some(first..last + 1)
    }
}

/// Where a passage stands in a text, in characters; `None` when it, and everything like it, is gone.
#[must_use]
pub fn locate(text: &Plain, anchor: &Anchor) -> Option<Range<usize>> {
    let of = |part: &str| Plain::new(part).letters;
    let (quote, before, after) = (of(&anchor.quote), of(&anchor.before), of(&anchor.after));
    let offset = usize::try_from(anchor.offset).ok()?;
    let letters = text.letters.as_slice();
    let found = as_it_was(letters, &quote, &before, &after, offset)
        .or_else(|| alike(letters, &quote, offset))
        .or_else(|| between(letters, &before, &after, quote.len(), offset))?;
    text.in_text(&found)
}

/// The same letters; of several, those with the most of the same around them, then the nearest.
fn as_it_was(
    text: &[char],
    quote: &[char],
    before: &[char],
    after: &[char],
    offset: usize,
) -> Option<Range<usize>> {
    let ends = |at: usize| at..at + quote.len();
    let around = |at: usize| {
        let (head, tail) = (text.get(..at), text.get(at + quote.len()..));
        let same = |one: &(&char, &char)| one.0 == one.1;
        let left = head
            .unwrap_or_default()
            .iter()
            .rev()
            .zip(before.iter().rev());
        let right = tail.unwrap_or_default().iter().zip(after);
        left.take_while(same).count() + right.take_while(same).count()
    };
    let starts = places(text, quote);
    let best = starts.max_by_key(|at| (around(*at), std::cmp::Reverse(at.abs_diff(offset))));
    best.map(ends)
}

/// Where `wanted` begins in `text`.
fn places<'a>(text: &'a [char], wanted: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let windows = (!wanted.is_empty()).then(|| text.windows(wanted.len()));
    let windows = windows.into_iter().flatten().enumerate();
    windows.filter_map(move |(at, window)| (window == wanted).then_some(at))
}

/// Letters that differ little, near the old place.
fn alike(text: &[char], quote: &[char], offset: usize) -> Option<Range<usize>> {
    let from = offset.saturating_sub(NEAR).min(text.len());
    let far = offset.saturating_add(quote.len()).saturating_add(NEAR);
    let near = text.get(from..far.min(text.len()))?;
    let place = offset - from;
    let whole = if quote.len() > 2 * END {
        let (head, tail) = (quote.get(..END)?, quote.get(quote.len() - END..)?);
        let first = nearest(near, head, place)?;
        let last = nearest(near, tail, (place + quote.len()).saturating_sub(END))?;
        let long = last.end.checked_sub(first.start)?;
        let is_like = long.abs_diff(quote.len()) <= quote.len() / ONE_IN;
        is_like.then_some(first.start..last.end)?
    } else {
        nearest(near, quote, place)?
    };
    Some(whole.start + from..whole.end + from)
}

/// The piece of `text` that takes the fewest changes to become `wanted`, the nearest to `offset` of
/// several; `None` if it takes too many.
fn nearest(text: &[char], wanted: &[char], offset: usize) -> Option<Range<usize>> {
    if wanted.len() < SHORTEST {
        return None;
    }
    // Of each beginning of `wanted`: the fewest changes for a piece that ends here, and where it begins.
    let mut row: Vec<(usize, usize)> = (0..=wanted.len()).map(|cost| (cost, 0)).collect();
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    for (at, letter) in text.iter().enumerate() {
        let mut corner = row[0];
        row[0] = (0, at + 1);
        for (to, want) in (1..).zip(wanted) {
            let (same, skipped, missing) = (corner, row[to], row[to - 1]);
            corner = row[to];
            let change = usize::from(letter != want);
            row[to] = [
                (same.0 + change, same.1),
                (skipped.0 + 1, skipped.1),
                (missing.0 + 1, missing.1),
            ]
            .into_iter()
            .min_by_key(|(cost, _)| *cost)
            .unwrap_or(corner);
        }
        let (cost, start) = row[wanted.len()];
        let rank = (cost, start.abs_diff(offset));
        if start <= at && best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, start..at + 1));
        }
    }
    let ((cost, _), found) = best?;
    (cost <= wanted.len() / ONE_IN).then_some(found)
}

/// What stands between what stood before and after, if that is not much longer than the passage was.
fn between(
    text: &[char],
    before: &[char],
    after: &[char],
    long: usize,
    offset: usize,
) -> Option<Range<usize>> {
    let head = before.get(before.len().checked_sub(SHORTEST)?..)?;
    let tail = after.get(..SHORTEST)?;
    let start =
        places(text, head).min_by_key(|at| (at + head.len()).abs_diff(offset))? + head.len();
    let rest = text.get(start..(start + 2 * long + SHORTEST * 2).min(text.len()))?;
    let end = places(rest, tail).next().filter(|end| *end > 0)?;
    Some(start..start + end)
}
