//! The beginning of a long text, to be shown while the rest is read.

use std::ops::Range;

use super::Block;

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

/// The blocks around has at least so many characters, each line counted as full: more than a screen of text.
const SCREEN: usize = 1_200;
/// A block is at least one line, of so many characters.
const LINE: usize = 30;

/// The blocks that fill a screen of a long text at one of them: a little before it, more behind; all of a short
/// text, so that the first and the last screen are as full as the others.
#[must_use]
pub fn around(blocks: &[Block], at: usize) -> Range<usize> {
    let lines = |block: &Block| block.characters().max(LINE);
    let fill = |blocks: &mut dyn Iterator<Item = &Block>, enough: usize| {
        let mut sum = 0;
        let more = blocks.take_while(|block| {
            let needed = sum < enough;
            sum += lines(block);
            needed
        });
        (more.count(), sum)
    };
    let at = at.min(blocks.len().saturating_sub(1));
    let (before, behind) = blocks.split_at(at);
    let (on, sum) = fill(&mut behind.iter(), SCREEN);
    // Where little is left behind, what stands before it is in sight.
    let back = SCREEN.saturating_sub(sum).max(SCREEN / 4);
    let (back, _) = fill(&mut before.iter().rev(), back);
    at - back..at + on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::package::markdown::read;

    #[test]
    fn a_screen_around_a_block_is_full_and_little_more() {
        let text = "一二三四五六七八九十".repeat(10);
        let blocks = read("x.md", &[text.as_str(); 50].join("\n\n")).blocks;
        assert_eq!(around(&blocks, 0), 0..12);
        assert_eq!(around(&blocks, 20), 17..32);
        assert_eq!(around(&blocks, 49), 38..50);
        // The text has become shorter since.
        assert_eq!(around(&blocks, 999), 38..50);
        assert_eq!(around(&[], 3), 0..0);
        let short = read("x.md", &["“嗯。”"; 100].join("\n\n")).blocks;
        assert_eq!(around(&short, 50), 40..90);
    }

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
