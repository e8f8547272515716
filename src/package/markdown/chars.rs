//! Kinds of characters that Markdown asks for.

/// Marks that open: what follows them belongs to them.
const OPENING: &str = "([{“‘（《〈「『【〔〖［｛";
/// Marks that close: they belong to what is before them.
const CLOSING: &str = ")]}.,;:!?”’）》〉」』】〕〗］｝，。、；：！？";

/// Whether `each` is punctuation: that of ASCII, of typography and of Chinese.
fn is_punctuation(each: char) -> bool {
    each.is_ascii_punctuation()
        || matches!(each, '·' | '«' | '»' | '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{303f}')
        || OPENING.contains(each)
        || CLOSING.contains(each)
}

/// Whether `each` is of a script that is written without blanks between words: Chinese and
/// Japanese with their punctuation, but not Hangul.
fn is_wide(each: char) -> bool {
    matches!(each,
        '\u{2e80}'..='\u{312f}'
        | '\u{3190}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether two lines that end and begin with these characters join without a blank: between
/// wide characters, and between one and a mark of typography, as Chinese shares “” and … with
/// other languages.
pub(super) fn joins(before: char, after: char) -> bool {
    let mark = |each: char| !each.is_ascii() && is_punctuation(each);
    let fits = |each: char| is_wide(each) || mark(each);
    fits(before) && fits(after) && (is_wide(before) || is_wide(after))
}

/// What a run of `*` or `_` between two characters may do. `None` is the start or end of the text.
///
/// These are the flanking rules of `CommonMark` among ASCII. Other punctuation counts as a letter
/// there, and wide characters count as punctuation beside that of ASCII, because Chinese has no
/// blanks that tell. Instead a run does not open right before a mark that closes, nor close right
/// behind one that opens.
pub(super) fn flanks(mark: u8, before: Option<char>, after: Option<char>) -> Flanks {
    let left = leans(before, after, CLOSING);
    let right = leans(after, before, OPENING);
    if mark == b'*' {
        return Flanks {
            opens: left,
            closes: right,
        };
    }
    let is_mark = |each: Option<char>| each.is_some_and(is_punctuation);
    Flanks {
        opens: left && (!right || is_mark(before)),
        closes: right && (!left || is_mark(after)),
    }
}

/// Whether a run between these may belong to what is inside; `turned` are the marks that belong
/// to what is outside.
fn leans(outside: Option<char>, inside: Option<char>, turned: &str) -> bool {
    let is_blank = |each: Option<char>| each.is_none_or(char::is_whitespace);
    let Some(inside) = inside.filter(|each| !each.is_whitespace()) else {
        return false;
    };
    if is_blank(outside) || inside.is_ascii_punctuation() && outside.is_some_and(is_punctuation) {
        return true;
    }
    let is_turned = turned.contains(inside);
    !is_turned && (!inside.is_ascii_punctuation() || outside.is_some_and(is_wide))
}

/// What a run of `*` or `_` may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flanks {
    /// Begin emphasis.
    pub opens: bool,
    /// End emphasis.
    pub closes: bool,
}
