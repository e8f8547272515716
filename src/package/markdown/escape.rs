//! Characters that are written as something else.

/// The entities that have a name here.
const NAMED: [(&str, char); 5] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&nbsp;", '\u{a0}'),
];

/// The entity with which `text` begins, and its length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let (digits, radix, most) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 6),
            None => (number, 10, 7),
        };
        let (mut value, mut length) = (0, 0);
        for digit in digits
            .chars()
            .take(most)
            .map_while(|each| each.to_digit(radix))
        {
            value = value * radix + digit;
            length += 1;
        }
        if length == 0 || digits.as_bytes().get(length) != Some(&b';') {
            return None;
        }
        let each = char::from_u32(value).filter(|each| *each != '\0');
        let whole = text.len() - digits.len() + length + 1;
        return Some((each.unwrap_or(char::REPLACEMENT_CHARACTER), whole));
    }
    let (name, each) = NAMED.iter().find(|(name, _)| text.starts_with(name))?;
    Some((*each, name.len()))
}

/// A target without its backslashes and entities.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(each) = rest.chars().next() {
        let escaped = rest
            .get(1..)
            .and_then(|rest| rest.chars().next())
            .filter(char::is_ascii_punctuation);
        let (each, length) = match (each, escaped) {
            ('\\', Some(escaped)) => (escaped, 2),
            ('&', _) => entity(rest).unwrap_or((each, 1)),
            _ => (each, each.len_utf8()),
        };
        plain.push(each);
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}
