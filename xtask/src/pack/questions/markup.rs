//! Texts of question files without their markup: a course shows the words.

/// Elements that begin a new line.
const BLOCKS: [&str; 9] = ["p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2"];

/// The words of a piece of HTML: tags go, blocks become lines, entities become characters.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('<') {
            tag(rest, &mut out)
        } else {
            entity(rest, &mut out)
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    tidy(&out)
}

/// Passes over a tag; gives the bytes taken. What only looks like one is kept.
fn tag(text: &str, out: &mut String) -> usize {
    let inside = text[1..].trim_start_matches('/');
    let is_tag = inside.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!');
    let Some(end) = text.find('>').filter(|_| is_tag) else {
        out.push('<');
        return 1;
    };
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
        out.push('\n');
    }
    end + 1
}

/// Writes the character of an entity; gives the bytes taken. An unknown one is kept as it is.
fn entity(text: &str, out: &mut String) -> usize {
    let known = text.find(';').filter(|end| *end <= 10).and_then(|end| {
        let name = &text[1..end];
        let number =
            name.strip_prefix('#')
                .and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => digits.parse().ok(),
                });
        let meant = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            "ldquo" => Some('“'),
            "rdquo" => Some('”'),
            "hellip" => Some('…'),
            "mdash" => Some('—'),
            _ => number.and_then(char::from_u32),
        };
        meant.map(|meant| (meant, end + 1))
    });
    let (meant, taken) = known.unwrap_or(('&', 1));
    out.push(meant);
    taken
}

/// Lines without blanks around them, none of them empty.
pub fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
