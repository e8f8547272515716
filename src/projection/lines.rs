//! How many lines a text takes: broken as browsers break Chinese and English, a little on the safe side.

use crate::package::markdown::Inline;

/// Height of a line, in em.
pub(super) const LINE_EM: f64 = 1.5;
/// Letters of other faces are wider than those that the widths are of.
const SAFETY: f64 = 1.05;

/// What may not begin a line.
const NOT_FIRST: &str = "，。、；：？！”’）》】」』〉…—～·%‰℃,.;:?!)]}'\"";
/// What may not end one.
const NOT_LAST: &str = "“‘（《【「『〈([{";

/// Whether a character is as wide as the type is high, so that lines break beside it.
fn is_wide(each: char) -> bool {
    matches!(u32::from(each),
        0x2e80..=0xa4cf | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0x2_0000..=0x3_ffff)
        || "“”‘’…—·".contains(each)
}

/// The width of a character, in em.
fn width(each: char) -> f64 {
    let em = match each {
        _ if is_wide(each) => return 1.0,
        ' ' => 0.3,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' => 0.74,
        _ => 0.62,
    };
    em * SAFETY
}

/// A text in one line of characters; a break that the author wants is `\n`.
pub(super) fn flat(content: &[Inline]) -> Vec<char> {
    let mut all = Vec::new();
    push(content, &mut all);
    all
}

fn push(content: &[Inline], all: &mut Vec<char>) {
    for each in content {
        match each {
            Inline::Text(text) | Inline::Code(text) => all.extend(text.chars()),
            Inline::Emphasis(inner) | Inline::Strong(inner) => push(inner, all),
            Inline::Link { content, .. } => push(content, all),
            Inline::Image { alt, .. } => all.extend(alt.chars()),
            Inline::Break => all.push('\n'),
        }
    }
}

/// Where each line of a text ends, as counts of its characters; the last is their number.
pub(super) fn ends(text: &[char], wide_em: f64) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut begin, mut fit) = (0, 0);
    let mut used = 0.0;
    let mut at = 0;
    while let Some(each) = text.get(at) {
        if *each == '\n' {
            at += 1;
            ends.push(at);
            (begin, fit, used) = (at, at, 0.0);
            continue;
        }
        used += width(*each);
        if used > wide_em && at > begin && *each != ' ' {
            // To the last place where it may break, or in a word that is longer than the line.
            let end = if fit > begin { fit } else { at };
            ends.push(end);
            (begin, used) = (end, 0.0);
            fit = end;
            at = end;
            continue;
        }
        at += 1;
        if may_break(text, at) {
            fit = at;
        }
    }
    if begin < text.len() || ends.is_empty() {
        ends.push(text.len());
    }
    ends
}

/// The width of the longest part of a text that no line breaks in, in em.
pub(super) fn longest_em(text: &[char]) -> f64 {
    let (mut longest, mut word) = (0.0_f64, 0.0);
    for (at, each) in text.iter().enumerate() {
        if *each == '\n' || may_break(text, at) {
            word = 0.0;
        }
        if !each.is_whitespace() {
            word += width(*each);
        }
        longest = longest.max(word);
    }
    longest
}

/// The width of a text in one line, in em.
pub(super) fn line_em(text: &[char]) -> f64 {
    text.iter().map(|each| width(*each)).sum()
}

/// Whether a line may end before the character at this place.
fn may_break(text: &[char], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| text.get(at)), text.get(at))
    else {
        return false;
    };
    if NOT_FIRST.contains(*after) || NOT_LAST.contains(*before) || *after == ' ' {
        return false;
    }
    *before == ' ' || *before == '-' || is_wide(*before) || is_wide(*after)
}

/// Ends of sentences, with what closes them.
const SENTENCE: &str = "。！？!?…\n";
/// Ends of clauses.
const CLAUSE: &str = "，；：,;:、";
const CLOSING: &str = "”’）》」』)\"'";

/// Places where a text may be divided, in order: after sentences, or after clauses. Each is a count of
/// characters, less than all.
fn places(text: &[char], marks: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(each) = text.get(at) {
        at += 1;
        // A full stop of English ends a sentence before a blank or what closes it: numbers have it inside.
        let closes = |next: &char| *next == ' ' || CLOSING.contains(*next);
        let stop = *each == '.' && text.get(at).is_none_or(closes);
        let ends = marks.contains(*each) || (stop && marks.contains('。'));
        if !ends {
            continue;
        }
        while text
            .get(at)
            .is_some_and(|next| CLOSING.contains(*next) || marks.contains(*next))
        {
            at += 1;
        }
        while text.get(at) == Some(&' ') {
            at += 1;
        }
        if at < text.len() {
            found.push(at);
        }
    }
    found
}

/// What a text is divided after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    Sentence,
    Clause,
    Line,
}

/// Where to divide a text so that at most `most` lines stand before it, after a sentence, a clause or a line. At
/// least `least` lines stand before and after it; `None` where there is no such place.
pub(super) fn divide(
    text: &[char],
    wide_em: f64,
    most: usize,
    (after, least): (Break, usize),
) -> Option<usize> {
    let fits = |at: &usize| {
        let (before, after) = text.split_at(*at);
        let lines = ends(before, wide_em).len();
        lines <= most && lines >= least && ends(after, wide_em).len() >= least
    };
    let places = match after {
        Break::Sentence => places(text, SENTENCE),
        Break::Clause => places(text, CLAUSE),
        Break::Line => ends(text, wide_em),
    };
    let mut places = places.into_iter().rev();
    places.find(|at| *at < text.len() && fits(at))
}

/// A text in two, after so many characters.
pub(super) fn split(content: &[Inline], at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = at;
    for each in content {
        let one = std::slice::from_ref(each);
        let length = flat(one).len();
        if length <= left {
            before.push(each.clone());
            left -= length;
        } else if left == 0 {
            after.push(each.clone());
        } else {
            let (first, second) = split_one(each, left);
            before.extend(first);
            after.extend(second);
            left = 0;
        }
    }
    (before, after)
}

fn split_one(each: &Inline, at: usize) -> (Option<Inline>, Option<Inline>) {
    let text = |text: &str| {
        let (before, after): (String, String) = (
            text.chars().take(at).collect(),
            text.chars().skip(at).collect(),
        );
        (before, after)
    };
    let pair = |content: &[Inline], make: &dyn Fn(Vec<Inline>) -> Inline| {
        let (before, after) = split(content, at);
        (Some(make(before)), Some(make(after)))
    };
    match each {
        Inline::Text(all) => {
            let (before, after) = text(all);
            (Some(Inline::Text(before)), Some(Inline::Text(after)))
        }
        Inline::Code(all) => {
            let (before, after) = text(all);
            (Some(Inline::Code(before)), Some(Inline::Code(after)))
        }
        Inline::Emphasis(content) => pair(content, &Inline::Emphasis),
        Inline::Strong(content) => pair(content, &Inline::Strong),
        Inline::Link { target, content } => pair(content, &|content| Inline::Link {
            target: target.clone(),
            content,
        }),
        // They are not divided.
        Inline::Image { .. } | Inline::Break => (Some(each.clone()), None),
    }
}
