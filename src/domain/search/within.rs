//! Words within one text, as they were typed, wherever they stand.

use super::MAX_QUERY;
use super::fold::fold;
use std::ops::Range;

/// Places that are found at most.
const MOST: usize = 999;

/// Where what was typed stands in a text, in characters; capital letters, full-width letters and kinds of
/// blanks make no difference, and an end of a line is a blank. No two places overlap.
#[must_use]
pub fn within(text: &str, typed: &str) -> Vec<Range<usize>> {
    let folded = |letter: char| {
        let code = u32::from(letter);
        u16::try_from(code).map_or(code, |unit| fold(unit).into())
    };
    let wanted: Vec<u32> = typed.trim().chars().take(MAX_QUERY).map(folded).collect();
    let text: Vec<u32> = text.chars().map(folded).collect();
    let mut found = Vec::new();
    let mut from = 0;
    while found.len() < MOST && !wanted.is_empty() {
        let rest = text.get(from..).unwrap_or_default();
        let Some(at) = rest
            .windows(wanted.len())
            .position(|here| here == wanted.as_slice())
        else {
            break;
        };
        found.push(from + at..from + at + wanted.len());
        from += at + wanted.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        let text = "班规\n价目表：Ａ类 Ten Yuan，ten　yuan。𠮷野家，野家";
        assert_eq!(within(text, " ten yuan "), [10..18, 19..27]);
        assert_eq!(within(text, "规 价").first(), Some(&(1..4)));
        assert_eq!(within(text, "a类").first(), Some(&(7..9)));
        assert_eq!(within(text, "野家"), [29..31, 32..34]);
        assert!(within(text, "  ").is_empty());
        assert!(within("", "字").is_empty());
        assert!(within("字", "字字").is_empty());
        assert_eq!(within("哈哈哈哈哈", "哈哈"), [0..2, 2..4]);
    }

    proptest! {
        #[test]
        fn what_stands_there_is_found_and_every_place_reads_so(
            before in "[甲乙a ]{0,12}", word in "[甲乙b]{1,3}", after in "[甲乙c ]{0,12}",
        ) {
            let text = format!("{before}{word}{after}");
            let found = within(&text, &word);
            prop_assert!(!found.is_empty());
            prop_assert!(found[0].start <= before.chars().count());
            let letters: Vec<char> = text.chars().collect();
            for place in &found {
                prop_assert_eq!(letters[place.clone()].iter().collect::<String>(), word.clone());
            }
            prop_assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
        }
    }
}
