//! Texts that nobody wrote: no panic, no loop, no loss, and no more work than their length.

use proptest::prelude::*;

use super::*;

/// A mark that is repeated, after something and before something.
const REPEATED: &[(&str, &str, &str)] = &[
    ("", "*", ""),
    ("", "_", ""),
    ("", "[", ""),
    ("", "![", ""),
    ("", "]", ""),
    ("", ">", ""),
    ("", "> ", "x"),
    ("", "|", ""),
    ("", "`", ""),
    ("", "<", ""),
    ("", "&", ""),
    ("", "\\", ""),
    ("", "#", ""),
    ("", " ", "x"),
    ("", "\t", "x"),
    ("", "~", ""),
    ("", "- ", "x"),
    ("", "1. ", ""),
    ("", "*a ", ""),
    ("", "*a **b ", ""),
    ("", "a* ", ""),
    ("", "*a_ ", ""),
    ("", "**a*", ""),
    ("", "*a", "*"),
    ("", "***a* b** ", ""),
    ("", "x`", "``"),
    ("", "\\`", ""),
    ("", "[a](", ""),
    ("", "[a](b", ""),
    ("", "[a](<b", ""),
    ("", "[a](b \"", ""),
    ("", "[a](b '\"", ""),
    ("", "![a](b.png)", ""),
    ("", "[![a](b.png)](c.md)\n", ""),
    ("", "[a](javascript:1)\n", ""),
    ("", "<a ", ""),
    ("", "<a b=\"", ""),
    ("", "<a b='\" c=\"", ""),
    ("<a", " b", ""),
    ("", "<a>\n", ""),
    ("", "x <!--", ""),
    ("", "<!-- -->\n", ""),
    ("", "<a:", ""),
    ("", "&#1", ""),
    ("", "a\n", ""),
    ("", "a  \n", ""),
    ("", "> a\n", ""),
    ("> a\n", "b\n", ""),
    ("", "- a\n", ""),
    ("- a\n", "\n", ""),
    ("- a\n", "  b\n", ""),
    ("", "-\n\n", ""),
    ("", "|-\n", ""),
    ("", "|a\n|-\n\n", ""),
    ("|a\n|-\n", "|b\n", ""),
    ("```\n", "a\n", ""),
    ("", "```\n", ""),
    ("", "甲**乙", ""),
];

#[test]
fn the_work_grows_with_the_length_alone() {
    for (before, each, after) in REPEATED {
        let times = 200_000 / each.len();
        let text = format!("{before}{}{after}", each.repeat(times));
        let document = read("a.md", &text);
        assert!(depth(&document.blocks) <= MAX_DEPTH + 1, "{each}");
    }
}

#[test]
fn runs_of_every_length_are_no_more_work() {
    let runs = |mark: &str| -> String { (1..600).map(|each| mark.repeat(each) + " ").collect() };
    for text in [
        runs("`"),
        runs("*a"),
        format!("{}{}", "*a ".repeat(60_000), "a* ".repeat(60_000)),
        format!("{}{}", "**a _b ".repeat(30_000), "b_ a** ".repeat(30_000)),
        format!("{}x{}", "[".repeat(60_000), "](a.md)".repeat(30_000)),
        format!("{}x{}", "![".repeat(60_000), "](a.png)".repeat(30_000)),
        format!("{}\n{}\n", "|a".repeat(50_000), "|-".repeat(50_000)) + &"|b\n".repeat(50_000),
        format!("{}\n{}", "> ".repeat(50_000), "> ".repeat(50_000)),
    ] {
        assert!(depth(&read("a.md", &text).blocks) <= MAX_DEPTH + 1);
    }
}

#[test]
fn a_table_is_not_made_of_nothing() {
    let table = format!("{}\n{}\n", "|a".repeat(1_000), "|-".repeat(1_000)) + &"|b\n".repeat(1_000);
    let document = read("a.md", &table);
    let Some(Block::Table { rows, .. }) = document.blocks.first() else {
        panic!("{document:?}");
    };
    assert_eq!(rows.len(), 10);
    assert_eq!(document.characters(), 1_000 + 10 + 990 * "|b".len());
}

#[test]
fn what_is_nested_too_deep_is_still_there() {
    let words = |markdown: &str| {
        let document = read("a.md", markdown);
        assert!(depth(&document.blocks) <= MAX_DEPTH + 1);
        format!("{:?}", document.blocks).matches('字').count()
    };
    assert_eq!(words(&format!("{}字", "> ".repeat(40))), 1);
    assert_eq!(words(&format!("{}字", "- ".repeat(40))), 1);
    assert_eq!(
        words(&format!("{}字{}", "*a".repeat(40), "a*".repeat(40))),
        1
    );
    assert_eq!(
        words(&format!("{}字{}", "![".repeat(40), "](a.png)".repeat(40))),
        1
    );
}

#[test]
fn emphasis_ends_at_the_same_depth_as_blocks() {
    fn inline_depth(inlines: &[Inline]) -> usize {
        let deepest = inlines.iter().map(|each| match each {
            Inline::Emphasis(inner) | Inline::Strong(inner) => inline_depth(inner) + 1,
            _ => 0,
        });
        deepest.max().unwrap_or(0)
    }
    let nested = format!("{}x{}", "*a ".repeat(99), " a*".repeat(99));
    for (quotes, expected) in [(0, 16), (10, 6), (16, 0)] {
        let mut found = blocks(&format!("{}{nested}", "> ".repeat(quotes)));
        while let Some(Block::Quote(inner)) = found.first() {
            found = inner.clone();
        }
        let [Block::Paragraph(line)] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(inline_depth(line), expected);
        assert_eq!(
            plain(line),
            format!("{}x{}", "a ".repeat(99), " a".repeat(99))
        );
    }
}

const MARKS: &[&str] = &[
    "字", "字", "a", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "[", "]", "](b.md)", "](", ")",
    "!", "<", ">", "<b>", "<!--", "-->", "<div>", "&amp;", "&#20;", "\\", "# ", "- ", "1. ",
    "    ", "\t", "***\n", "|", "\r\n", "“", "”", "，",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        prop_assert!(depth(&read("a.md", &text).blocks) <= MAX_DEPTH + 1);
    }

    /// Everything that is written can be seen. Not among the marks: fences with their language,
    /// tables with too many cells, and titles, which are dropped.
    #[test]
    fn no_character_is_lost(marks in proptest::collection::vec(proptest::sample::select(MARKS), 0..60)) {
        let text = marks.concat();
        prop_assume!(!text.contains("```"));
        let document = read("a.md", &text);
        let seen = format!("{:?}{:?}", document.blocks, document.warnings);
        prop_assert!(seen.matches('字').count() >= text.matches('字').count(), "{}\n{}", text, seen);
    }
}
