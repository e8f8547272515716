//! The beginning of a long text, to be shown while the rest is read.

/// A text of fewer bytes is read at once.
const LONG: usize = 12_000;
/// The beginning has at least so many bytes: more than a screen of text.
const FIRST: usize = 3_000;

/// The beginning of a long text, up to the end of a paragraph; `None` where the text is short. What it reads
/// as is what the whole begins with, but perhaps for its last block.
#[must_use]
pub fn head(text: &str) -> Option<&str> {
    if text.len() < LONG {
        return None;
    }
    let from = (FIRST..LONG).find(|at| text.is_char_boundary(*at))?;
    let end = from + text.get(from..)?.find("\n\n")?;
    (end < text.len() / 2).then(|| text.get(..end))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::package::markdown::read;

    proptest! {
        /// What comes later changes nothing before the last block of the beginning: the dialect has no
        /// references, and no line below a text makes it something else.
        #[test]
        fn all_blocks_of_a_beginning_but_the_last_are_those_of_the_whole(
            lines in prop::collection::vec("(|- [甲a]|  [甲a]|    乙|> [丙b]|> - 丁|```|~~~|# 戊|1\\. 己|\\| a \\| b \\||\\|--\\|--\\||---|\\*庚\\*|<p>|辛 *)", 1..24),
            cut in 0..24_usize,
        ) {
            let cut = cut.min(lines.len());
            let begins = format!("{}\n", lines[..cut].join("\n"));
            let whole = format!("{begins}\n{}", lines[cut..].join("\n"));
            let first = read("x.md", &begins).blocks;
            let known = first.len().saturating_sub(1);
            prop_assert_eq!(&first[..known], &read("x.md", &whole).blocks[..known]);
        }
    }

    #[test]
    fn a_long_text_begins_as_its_head_does_and_a_short_one_has_none() {
        let long = "# 一\n\n第一段说的是早读。\n\n- 甲\n- 乙\n\n".repeat(400);
        let head = head(&long).unwrap();
        let (first, whole) = (read("x.md", head), read("x.md", &long));
        let known = first.blocks.len() - 1;
        assert!(known > 10);
        assert_eq!(first.blocks[..known], whole.blocks[..known]);
        assert_eq!(super::head("短。\n\n完。"), None);
        assert_eq!(super::head(&"没有段落".repeat(5_000)), None);
        assert_eq!(super::head(&format!("{}\n\n完", "长".repeat(9_000))), None);
    }
}
