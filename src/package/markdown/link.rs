//! The part of a link or a picture behind its text.

use super::token::Span;

/// Brackets inside one another in a target.
const MAX_BRACKETS: usize = 32;

/// Reads `](target "title")`, with which `text` begins: the target, not yet unescaped, and the
/// length of the whole.
pub(super) fn tail(text: &str) -> Option<(Span, usize)> {
    let bytes = text.as_bytes();
    if !bytes.starts_with(b"](") {
        return None;
    }
    let from = blanks(bytes, 2);
    let (target, end) = if bytes.get(from) == Some(&b'<') {
        let to = until(bytes, from + 1, b'>', false)?;
        (Span { from: from + 1, to }, to + 1)
    } else {
        let to = bare(bytes, from)?;
        (Span { from, to }, to)
    };
    let mut at = blanks(bytes, end);
    if at > end
        && let Some(end) = title(bytes, at)
    {
        at = blanks(bytes, end);
    }
    (bytes.get(at) == Some(&b')')).then_some((target, at + 1))
}

/// The end of a target without `<` and `>`: no blanks, and brackets in pairs.
fn bare(bytes: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = from;
    while let Some(each) = bytes.get(at) {
        match each {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' if depth == MAX_BRACKETS => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            0..=b' ' | 0x7f => break,
            _ => {}
        }
        at += 1;
    }
    (depth == 0).then_some(at)
}

/// The end of the title that begins at `at`.
fn title(bytes: &[u8], at: usize) -> Option<usize> {
    let end = match bytes.get(at)? {
        b'(' => b')',
        quote @ (b'"' | b'\'') => *quote,
        _ => return None,
    };
    until(bytes, at + 1, end, true).map(|at| at + 1)
}

/// The place of the first `end` from `at` on that no backslash precedes. What is no title has
/// one line and no `<`; brackets aren't inside one another.
fn until(bytes: &[u8], at: usize, end: u8, is_title: bool) -> Option<usize> {
    let mut at = at;
    loop {
        match *bytes.get(at)? {
            each if each == end => return Some(at),
            b'\\' => at += 1,
            b'\n' | b'<' if !is_title => return None,
            b'(' if end == b')' => return None,
            _ => {}
        }
        at += 1;
    }
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|each| each.is_ascii_whitespace())
        .count()
}
