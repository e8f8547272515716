//! What is different in two versions of a text, sentence by sentence.

/// The sentences of `text` in order, each with the blanks and line ends behind it, and whether
/// `other` has it too. Joined they are the text.
pub fn sentences<'a>(text: &'a str, other: &str) -> impl Iterator<Item = (&'a str, bool)> {
    let ends = |each: char| matches!(each, '。' | '！' | '？' | '；' | '.' | '!' | '?' | '\n');
    text.split_inclusive(ends)
        .map(move |sentence| (sentence, other.contains(sentence.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_that_was_changed_is_told_from_those_that_were_not() {
        let (before, after) = (
            "先问路上。再问早饭。\n记下来。",
            "先问路上。再问早饭吃了没有。\n记下来。",
        );
        let changed = |one, other| {
            let all = sentences(one, other);
            all.filter(|(_, same)| !same)
                .map(|(sentence, _)| sentence)
                .collect::<Vec<_>>()
        };
        assert_eq!(changed(after, before), ["再问早饭吃了没有。"]);
        assert_eq!(changed(before, after), ["再问早饭。"]);
        assert_eq!(changed(before, before), [""; 0]);
    }

    proptest! {
        #[test]
        fn joined_they_are_the_text(text in "[a。\\n ]{0,20}", other in "[a。\\n ]{0,20}") {
            let joined: String = sentences(&text, &other).map(|(sentence, _)| sentence).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
