//! The sentences of a text, for choosing them with keys.

use std::ops::Range;

/// The sentences of a text, as ranges of its characters, without the blanks around them. A line break
/// ends one.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let letters: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        at += 1;
        let next = letters.get(at);
        let ends = match letter {
            '\n' | '。' | '！' | '？' | '；' | '…' => true,
            '.' | '!' | '?' => next.is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        if ends {
            while letters
                .get(at)
                .is_some_and(|next| "”’」』）)…！？\"'".contains(*next))
            {
                at += 1;
            }
            push(&mut all, &letters, from..at);
            from = at;
        }
    }
    push(&mut all, &letters, from..letters.len());
    all
}

fn push(all: &mut Vec<Range<usize>>, letters: &[char], range: Range<usize>) {
    let piece = letters.get(range.clone()).unwrap_or_default();
    let blank = |letter: &&char| letter.is_whitespace();
    let head = piece.iter().take_while(blank).count();
    let tail = piece.iter().rev().take_while(blank).count();
    if head < piece.len() {
        all.push(range.start + head..range.end - tail);
    }
}
