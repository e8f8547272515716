//! What a line may begin.

use super::cursor::Cursor;
use super::html;

/// A line with this many blanks before it is text.
pub(super) const TEXT_INDENT: usize = 4;
/// Digits that the number of an item may have.
const MAX_DIGITS: usize = 9;

/// What begins with a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start<'a> {
    Quote,
    Item(Marker),
    Heading { level: u8, text: &'a str },
    Rule,
    Fence(Fence),
    Html(html::Ends),
}

/// The mark of an item of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    /// `-`, `+`, `*`, or what follows the number: `.` or `)`. Another one is another list.
    pub mark: u8,
    /// The number.
    pub number: Option<u64>,
    /// Columns that lines of the item are indented by.
    pub indent: usize,
}

/// The line before a block of code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
    /// Columns before it, which its lines may have too.
    pub indent: usize,
}

/// What is open before the line. A tag alone begins no block behind text, and a paragraph goes on
/// with what looks like a weak mark of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    /// A table, or a paragraph in another container.
    Text,
    /// A paragraph in the same container.
    Paragraph,
}

/// What the line begins; a quotation or an item leaves `cursor` behind its mark. Neither begins
/// when it would be too `deep`.
pub(super) fn start<'a>(cursor: &mut Cursor<'a>, before: Before, deep: bool) -> Option<Start<'a>> {
    if cursor.indent() >= TEXT_INDENT {
        return None;
    }
    let text = cursor.text();
    match *text.as_bytes().first()? {
        b'>' if !deep => {
            cursor.advance(1);
            cursor.skip(1);
            Some(Start::Quote)
        }
        b'#' => heading(text),
        b'`' | b'~' => fence(text, cursor.indent()).map(Start::Fence),
        b'<' => html::block(text, before != Before::Nothing).map(Start::Html),
        b'*' | b'-' | b'_' if is_rule(text) => Some(Start::Rule),
        _ if !deep => item(cursor, before == Before::Paragraph).map(Start::Item),
        _ => None,
    }
}

/// Whether `cursor` ends the block of code that `fence` began.
pub(super) fn ends(fence: Fence, cursor: &Cursor<'_>) -> bool {
    let text = cursor.text();
    let rest = text.trim_start_matches(char::from(fence.mark));
    cursor.indent() < TEXT_INDENT
        && text.len() - rest.len() >= fence.length
        && rest.trim_ascii().is_empty()
}

fn heading(text: &str) -> Option<Start<'_>> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok()?;
    if level > 6 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let text = rest.trim_ascii();
    let open = text.trim_end_matches('#');
    let closed = open.is_empty() || open.ends_with([' ', '\t']);
    let text = if closed { open.trim_ascii_end() } else { text };
    Some(Start::Heading { level, text })
}

fn fence(text: &str, indent: usize) -> Option<Fence> {
    let mark = *text.as_bytes().first()?;
    let info = text.trim_start_matches(char::from(mark));
    let length = text.len() - info.len();
    let fits = length >= 3 && !(mark == b'`' && info.contains('`'));
    fits.then_some(Fence {
        mark,
        length,
        indent,
    })
}

fn is_rule(text: &str) -> bool {
    let mark = text.as_bytes().first().copied();
    let marks = text.bytes().filter(|each| Some(*each) == mark).count();
    marks >= 3
        && text
            .bytes()
            .all(|each| Some(each) == mark || matches!(each, b' ' | b'\t'))
}

/// The item that begins. In a paragraph a mark without text, or a number other than 1, is text.
fn item(cursor: &mut Cursor<'_>, in_paragraph: bool) -> Option<Marker> {
    let text = cursor.text();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = *text.as_bytes().get(digits)?;
    let number = text.get(..digits).and_then(|digits| digits.parse().ok());
    let is_mark = match digits {
        0 => matches!(mark, b'-' | b'+' | b'*'),
        1..=MAX_DIGITS => matches!(mark, b'.' | b')'),
        _ => false,
    };
    let mut behind = *cursor;
    behind.advance(digits + 1);
    let blanks = match behind.indent() {
        _ if behind.is_blank() => 1,
        0 => return None,
        blanks @ 1..=TEXT_INDENT => blanks,
        _ => 1,
    };
    let is_weak = behind.is_blank() || number.is_some_and(|number: u64| number != 1);
    if !is_mark || in_paragraph && is_weak {
        return None;
    }
    let indent = cursor.indent() + digits + 1 + blanks;
    behind.skip(blanks);
    *cursor = behind;
    Some(Marker {
        mark,
        number,
        indent,
    })
}
