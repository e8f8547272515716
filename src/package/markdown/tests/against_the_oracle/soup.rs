//! Random marks in random order, where both readers agree: no wide characters, which have rules
//! of their own here, and no blanks that the oracle takes for indented code or keeps in spans.

use proptest::prelude::*;

use super::same::{config, prop_same};

/// Texts of at most so many of the pieces.
fn pieces(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let all = proptest::collection::vec(proptest::sample::select(pieces), 0..most);
    all.prop_map(|all| all.concat())
}

const EMPHASIS: &[&str] = &[
    "*", "**", "***", "_", "__", "a", "b ", " c", ".", "(", ")", "\"",
];

const INLINE: &[&str] = &[
    "*",
    "**",
    "_",
    "a",
    "b ",
    " c",
    "`",
    "``",
    "[",
    "](",
    "](b.md)",
    "](b.md \"c\")",
    ")",
    "]",
    "![",
    "\\",
    "<b>",
    "<i ",
    ">",
    "<!--",
    "-->",
    "<a:b>",
    "&amp;",
    "\"",
    "'",
];

const LINES: &[&str] = &[
    "*", "**", "a", " ", "  ", "`", "``", "[", "](b.md)", "\\", "<b>", "<i ", ">x", "\nx", "\nc",
];

const BLOCKS: &[&str] = &[
    "- ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    ">",
    "a",
    "b",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "# ",
    "***\n",
    "\n```\n",
    "\n> ```\n",
    "~~~",
    "<b>\n",
    "<div>",
    "\n<!--",
    "-->",
];

const TABLES: &[&str] = &[
    "|",
    "|",
    "a",
    "b",
    " ",
    "\n",
    "\n|",
    "\n\n",
    "\n# ",
    "\n***\n",
    "|-|",
    "\n|--|\n",
    "\n|-|:-:|\n",
    "\n-|-\n",
    "|a\\|b",
    "`",
    "*",
    "<b>\n",
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn emphasis_is_read_alike(text in pieces(EMPHASIS, 16)) {
        prop_same(&format!("x{text}"))?;
    }

    #[test]
    fn inlines_are_read_alike(text in pieces(INLINE, 14)) {
        prop_same(&format!("x{text}"))?;
    }

    #[test]
    fn lines_are_read_alike(text in pieces(LINES, 14)) {
        prop_same(&format!("x{text}"))?;
    }

    #[test]
    fn blocks_are_read_alike(text in pieces(BLOCKS, 16)) {
        prop_assume!(!text.contains("    "));
        prop_same(&format!("{text}\n"))?;
    }

    #[test]
    fn tables_are_read_alike(text in pieces(TABLES, 20)) {
        prop_assume!(!text.contains("    ") && !text.contains("\n "));
        prop_same(&format!("{text}\n"))?;
    }
}
