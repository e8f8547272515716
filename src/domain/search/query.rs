//! What is asked for: terms that must all occur.

use super::fold::{fold, is_latin, is_second_half, position_of, separates};
use crate::domain::sorted::in_order;

/// Units of a query that are read; what follows is passed over.
pub const MAX_QUERY: usize = 64;

/// Terms that are looked for at most.
const MAX_TERMS: usize = 8;

/// Blanks and marks that may stand between two terms of a phrase.
const MAX_BETWEEN: usize = 3;

/// A word, or some Chinese characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    units: Vec<u16>,
    /// It begins a word wherever it is found.
    latin: bool,
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As they were typed, each once.
    terms: Vec<Term>,
    /// The terms in the order in which they were typed, by number.
    order: Vec<usize>,
    /// The terms by their length, by number.
    longest: Vec<usize>,
}

impl Query {
    /// Reads what somebody typed: terms end at blanks, at punctuation, and between Chinese and
    /// other letters.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let mut units: Vec<u16> = typed
            .trim()
            .encode_utf16()
            .map(fold)
            .take(MAX_QUERY)
            .collect();
        // Half a character is none.
        if units
            .last()
            .is_some_and(|last| (0xd800..=0xdbff).contains(last))
        {
            units.pop();
        }
        let mut query = Self::default();
        let mut term: Vec<u16> = Vec::new();
        for unit in units {
            let turns = term
                .last()
                .is_some_and(|last| is_latin(*last) != is_latin(unit));
            if separates(unit) || turns {
                query.push(std::mem::take(&mut term));
            }
            if !separates(unit) {
                term.push(unit);
            }
        }
        query.push(term);
        let all = (0..query.terms.len()).collect();
        let length = |at: &usize| query.terms.get(*at).map_or(0, Term::len);
        query.longest = in_order(all, |at| -i64::try_from(length(at)).unwrap_or(0));
        query
    }

    fn push(&mut self, units: Vec<u16>) {
        let Some(first) = units.first().copied() else {
            return;
        };
        let known = self.terms.iter().position(|term| term.units == units);
        let number = known.unwrap_or(self.terms.len());
        if number >= MAX_TERMS {
            return;
        }
        if known.is_none() {
            self.terms.push(Term {
                units,
                latin: is_latin(first),
            });
        }
        self.order.push(number);
    }

    /// The terms, each once.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms, the longest first: where that is missing, which it is more often than others, the others
    /// need not be looked for.
    pub(super) fn longest_first(&self) -> impl Iterator<Item = &Term> {
        self.longest.iter().filter_map(|at| self.terms.get(*at))
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Where the terms first stand one after the other as they were typed.
    pub(super) fn phrase(&self, units: &[u16]) -> Option<usize> {
        let first = self.terms.get(*self.order.first()?)?;
        let mut from = 0;
        for _ in 0..super::MAX_OCCURRENCES {
            let at = first.find(units, from)?;
            if self.stands_at(units, at) {
                return Some(at);
            }
            from = at + first.len();
        }
        None
    }

    /// Whether the terms stand one after the other here.
    pub(super) fn stands_at(&self, units: &[u16], at: usize) -> bool {
        let mut at = at;
        for (nth, number) in self.order.iter().enumerate() {
            let Some(term) = self.terms.get(*number) else {
                return false;
            };
            let rest = units.get(at..).unwrap_or_default();
            let between = rest.iter().take_while(|unit| separates(**unit)).count();
            let between = if nth == 0 { 0 } else { between };
            let rest = rest.get(between..).unwrap_or_default();
            if between > MAX_BETWEEN || !rest.starts_with(&term.units) {
                return false;
            }
            at += between + term.len();
        }
        true
    }
}

impl Term {
    /// How many units it has.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a term is never empty")]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// The first place from one on at which the term stands; a word of letters must begin there.
    pub(super) fn find(&self, units: &[u16], from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let at = from + position(units.get(from..)?, &self.units)?;
            let before = at.checked_sub(1).and_then(|before| units.get(before));
            if !(self.latin && before.is_some_and(|before| is_latin(*before))) {
                return Some(at);
            }
            from = at + 1;
        }
    }
}

/// Where some units first stand in others.
fn position(units: &[u16], wanted: &[u16]) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let mut from = 0;
    loop {
        let at = from + position_of(units.get(from..)?, *first)?;
        if units.get(at + 1..)?.starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The nearest place, not after this one, at which no character is cut in two.
pub(super) fn whole_at(units: &[u16], at: usize) -> usize {
    let cut = units.get(at).is_some_and(|unit| is_second_half(*unit));
    if cut { at.saturating_sub(1) } else { at }
}
