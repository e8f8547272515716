//! Code spans.

/// How many backticks `text` begins with.
pub(super) fn run(text: &str) -> usize {
    text.bytes().take_while(|each| *each == b'`').count()
}

/// For each length the place of the last run of so many backticks.
pub(super) fn last_runs(text: &str) -> Vec<usize> {
    let mut last = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('`')) {
        at += next;
        let length = run(text.get(at..).unwrap_or_default());
        if last.len() <= length {
            last.resize(length + 1, 0);
        }
        if let Some(place) = last.get_mut(length) {
            *place = at;
        }
        at += length;
    }
    last
}

/// Where the code span ends that `text` begins with so many backticks.
pub(super) fn end(text: &str, length: usize) -> Option<usize> {
    let mut at = length;
    loop {
        at += text.get(at..)?.find('`')?;
        let found = run(text.get(at..)?);
        if found == length {
            return Some(at);
        }
        at += found;
    }
}

/// The text of a code span: one line, and without the blank at either end that sets off a
/// backtick.
pub(super) fn content(text: &str) -> String {
    let text = text.replace('\n', " ");
    let inner = text
        .strip_prefix(' ')
        .and_then(|text| text.strip_suffix(' '));
    match inner {
        Some(inner) if !text.trim_matches(' ').is_empty() => inner.to_owned(),
        _ => text,
    }
}
