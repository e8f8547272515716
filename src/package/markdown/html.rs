//! HTML and other things in angle brackets. They are found only to tell the author of them.

/// Elements that make a block of HTML even in the midst of a paragraph, as `CommonMark` has them.
const BLOCKS: &str = "address article aside base basefont blockquote body caption center col \
    colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame \
    frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav \
    noframes ol optgroup option p param pre script search section style summary table tbody td \
    textarea tfoot th thead title tr track ul";

/// Where a block of HTML ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// With the line that ends the comment.
    Comment,
    /// Before the next blank line.
    Blank,
}

/// The block of HTML that begins with `text`.
pub(super) fn block(text: &str, in_paragraph: bool) -> Option<Ends> {
    if text.starts_with("<!--") {
        return Some(Ends::Comment);
    }
    let name = text.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name
        .find(|each: char| !each.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let is_block = BLOCKS
        .split_ascii_whitespace()
        .any(|each| each.eq_ignore_ascii_case(name));
    let is_end = rest.is_empty() || rest.starts_with([' ', '\t', '>']) || rest.starts_with("/>");
    let alone = || {
        tag(text.as_bytes()).is_some_and(|end| {
            text.get(end..)
                .is_some_and(|rest| rest.trim_ascii().is_empty())
        })
    };
    (is_block && is_end || !in_paragraph && alone()).then_some(Ends::Blank)
}

/// The length of the tag that begins with `bytes`, which begin with `<`.
pub(super) fn tag(bytes: &[u8]) -> Option<usize> {
    let closing = bytes.get(1) == Some(&b'/');
    let name = 1 + usize::from(closing);
    if !bytes.get(name)?.is_ascii_alphabetic() {
        return None;
    }
    let mut at = run(bytes, name, |each| {
        each.is_ascii_alphanumeric() || each == b'-'
    });
    loop {
        let next = run(bytes, at, |each| each.is_ascii_whitespace());
        match bytes.get(next)? {
            b'>' => return Some(next + 1),
            _ if closing => return None,
            b'/' => return (bytes.get(next + 1) == Some(&b'>')).then_some(next + 2),
            _ if next == at => return None,
            _ => at = attribute(bytes, next)?,
        }
    }
}

/// The end of the attribute that begins at `at`.
fn attribute(bytes: &[u8], at: usize) -> Option<usize> {
    let first = *bytes.get(at)?;
    if !(first.is_ascii_alphabetic() || matches!(first, b'_' | b':')) {
        return None;
    }
    let end = run(bytes, at, |each| {
        each.is_ascii_alphanumeric() || matches!(each, b'_' | b':' | b'.' | b'-')
    });
    let equals = run(bytes, end, |each| each.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(end);
    }
    let value = run(bytes, equals + 1, |each| each.is_ascii_whitespace());
    let end = match bytes.get(value)? {
        b'"' => run(bytes, value + 1, |each| each != b'"') + 1,
        b'\'' => run(bytes, value + 1, |each| each != b'\'') + 1,
        _ => run(bytes, value, |each| {
            !each.is_ascii_whitespace() && !matches!(each, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
        }),
    };
    (end > value).then_some(end)
}

/// The length of the comment that begins with `text`, which begins with `<!--`. The dashes may be
/// those of its end: `<!-->` is one.
pub(super) fn comment(text: &str) -> Option<usize> {
    let end = text.get(2..)?.find("-->")?;
    Some(2 + end + "-->".len())
}

/// The length of the address between `<` and `>` with which `bytes` begin.
pub(super) fn address(bytes: &[u8]) -> Option<usize> {
    let colon = run(bytes, 1, |each| {
        each.is_ascii_alphanumeric() || matches!(each, b'+' | b'.' | b'-')
    });
    let fits = bytes.get(1)?.is_ascii_alphabetic() && (3..=33).contains(&colon);
    if !fits || bytes.get(colon) != Some(&b':') {
        return None;
    }
    let end = run(bytes, colon, |each| {
        each > b' ' && each != 0x7f && !matches!(each, b'<' | b'>')
    });
    (bytes.get(end) == Some(&b'>')).then_some(end + 1)
}

/// The end of the bytes from `at` on that are `of` a kind.
fn run(bytes: &[u8], at: usize, of: fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|each| of(**each)).count()
}
