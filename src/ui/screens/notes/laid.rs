//! The text of a part as it stands on the page: which letters are in which of its nodes.

use std::ops::Range;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node, Range as Span, Text};

use crate::ui::browser;

/// The text that is read, with a line break between blocks.
pub struct Laid {
    /// The text.
    pub text: String,
    /// Its nodes, each with the place of its first letter, in characters of the text.
    pieces: Vec<(usize, Text)>,
    count: usize,
}

/// Elements that stand within a line.
const WITHIN: [&str; 8] = ["EM", "STRONG", "CODE", "A", "MARK", "BUTTON", "IMG", "SPAN"];

impl Laid {
    /// Of what an element holds.
    pub fn of(root: &Element) -> Self {
        let mut laid = Self {
            text: String::new(),
            pieces: Vec::new(),
            count: 0,
        };
        laid.walk(root, &mut false);
        laid
    }

    fn walk(&mut self, node: &Node, breaks: &mut bool) {
        let mut next = node.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            match child.dyn_into::<Text>() {
                Ok(text) => self.push(text, breaks),
                Err(child) => {
                    let within = WITHIN.contains(&child.node_name().as_str());
                    *breaks |= !within;
                    self.walk(&child, breaks);
                    *breaks |= !within;
                }
            }
        }
    }

    fn push(&mut self, node: Text, breaks: &mut bool) {
        let text = node.data();
        if text.is_empty() {
            return;
        }
        if std::mem::replace(breaks, false) && self.count > 0 {
            self.text.push('\n');
            self.count += 1;
        }
        self.text.push_str(&text);
        self.pieces.push((self.count, node));
        self.count += text.chars().count();
    }

    /// The characters that a span of the page covers; nothing where it covers none of the text.
    pub fn covered(&self, span: &Span) -> Option<Range<usize>> {
        let from = self.place(&span.start_container().ok()?, span.start_offset().ok()?);
        let to = self.place(&span.end_container().ok()?, span.end_offset().ok()?);
        (from < to).then_some(from..to)
    }

    /// The place of a point of the page, in characters: of the first letter that is not before it.
    fn place(&self, node: &Node, offset: u32) -> usize {
        for (start, piece) in &self.pieces {
            if piece.is_same_node(Some(node)) {
                return start + letters_in(&piece.data(), offset);
            }
        }
        let Ok(point) = browser::document().create_range() else {
            return self.count;
        };
        let _ = point.set_start(node, offset);
        let after =
            |(_, piece): &&(usize, Text)| point.compare_point(piece, 0).is_ok_and(|at| at > 0);
        let next = self.pieces.iter().find(after);
        next.map_or(self.count, |(start, _)| *start)
    }

    /// A span of the page over these characters.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let span = browser::document().create_range().ok()?;
        for (at, piece, within) in self.parts(range) {
            if at == 0 {
                span.set_start(&piece, within.start).ok()?;
            }
            span.set_end(&piece, within.end).ok()?;
        }
        (!span.collapsed()).then_some(span)
    }

    /// Puts what `wrap` makes around these characters; it is given which piece it is, and whether it is
    /// the last.
    pub fn wrap(&self, range: &Range<usize>, wrap: impl Fn(bool) -> Element) {
        let parts = self.parts(range);
        let count = parts.len();
        for (at, piece, within) in parts {
            let mut piece = piece;
            // Their own node, whatever comes before and after.
            if within.end < piece.length() && piece.split_text(within.end).is_err() {
                continue;
            }
            if within.start > 0 {
                let Ok(rest) = piece.split_text(within.start) else {
                    continue;
                };
                piece = rest;
            }
            let around = wrap(at + 1 == count);
            if let Some(parent) = piece.parent_node() {
                let _ = parent.replace_child(&around, &piece);
                // Before what it may hold already.
                let _ = around.insert_before(&piece, around.first_child().as_ref());
            }
        }
    }

    /// The nodes that hold these characters, counted from 0, each with what of it, in code units.
    fn parts(&self, range: &Range<usize>) -> Vec<(usize, Text, Range<u32>)> {
        let mut parts = Vec::new();
        for (start, piece) in &self.pieces {
            let data = piece.data();
            let long = data.chars().count();
            let from = range.start.saturating_sub(*start).min(long);
            let to = range.end.saturating_sub(*start).min(long);
            if range.end > *start && from < to {
                let units = units_of(&data, from)..units_of(&data, to);
                parts.push((parts.len(), piece.clone(), units));
            }
        }
        parts
    }
}

/// How many characters stand before a code unit.
fn letters_in(text: &str, units: u32) -> usize {
    let mut seen = 0;
    let before = text.chars().take_while(|letter| {
        seen += letter.len_utf16();
        u32::try_from(seen).is_ok_and(|seen| seen <= units)
    });
    before.count()
}

/// How many code units so many characters have.
fn units_of(text: &str, letters: usize) -> u32 {
    let units = text
        .chars()
        .take(letters)
        .map(char::len_utf16)
        .sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}
