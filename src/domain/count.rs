//! How long a text is: characters as a word processor counts them without blanks, and of them
//! the Chinese ones and the words of other scripts.

/// The length of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Characters that are no blanks, punctuation included: what limits are about.
    pub characters: u32,
    /// Of them, Chinese characters.
    pub chinese: u32,
    /// Words: runs of letters and digits of scripts that write words apart.
    pub words: u32,
}

impl Count {
    /// [`Count::characters`] of a text, without the rest: most of a fold over posts is this.
    #[must_use]
    pub fn characters_of(text: &str) -> u32 {
        let count = text.chars().filter(|each| !is_blank(*each)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Counts a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut in_word = false;
        for each in text.chars() {
            if !is_blank(each) {
                count.characters += 1;
            }
            let chinese = is_chinese(each);
            count.chinese += u32::from(chinese);
            // An apostrophe or hyphen inside a word does not end it.
            let joins = in_word && matches!(each, '\'' | '’' | '-');
            let letter = !chinese && (each.is_alphanumeric() || joins);
            count.words += u32::from(letter && !in_word);
            in_word = letter;
        }
        count
    }
}

fn is_blank(each: char) -> bool {
    each.is_whitespace() || matches!(each, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

fn is_chinese(each: char) -> bool {
    matches!(each, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_counted_as_a_word_processor_does() {
        for (text, characters, chinese, words) in [
            ("", 0, 0, 0),
            ("先问他：路上冷不冷？", 10, 8, 0),
            ("don't re-read it", 14, 0, 3),
            ("第 2 次用 PPT 讲", 8, 4, 2),
            ("\u{3000}\u{200b}\n", 0, 0, 0),
            ("𠮷野家", 3, 3, 0),
        ] {
            let count = Count::of(text);
            assert_eq!(
                (count.characters, count.chinese, count.words),
                (characters, chinese, words),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn blanks_never_count(text in "\\PC{0,40}") {
            let spaced: String = text.chars().flat_map(|each| [each, '\u{3000}', '\n']).collect();
            prop_assert_eq!(Count::of(&spaced).characters, Count::of(&text).characters);
            prop_assert_eq!(Count::characters_of(&text), Count::of(&text).characters);
            prop_assert!(Count::of(&text).chinese <= Count::of(&text).characters);
        }
    }
}
