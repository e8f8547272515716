//! Where the dialect is its own.

use super::super::chars::joins;
use super::*;

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(content)
}

fn strong(words: &str) -> Inline {
    Inline::Strong(vec![text(words)])
}

fn inlines(markdown: &str) -> Vec<Inline> {
    match blocks(markdown).pop() {
        Some(Block::Paragraph(content)) => content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn chinese_punctuation_inside_strong_text_needs_no_blank() {
    for (inside, before, after) in [
        ("“重点”", "", "后面"),
        ("“重点”", "前面", "后面"),
        ("“重点”", "，", "，"),
        ("重点：", "", "后面"),
        ("重点。", "前面", "后面"),
        ("《办法》", "按照", "第三条"),
        ("（一）", "前面", "后面"),
        ("重点", "“", "”"),
        ("重点", "（", "）。"),
        ("重点", "，", "，后面"),
        ("重点(A)", "前面", "后面"),
        ("(A)重点", "前面", "后面"),
        ("100%", "前面", "后面"),
        ("重点.", "前面", "后面"),
        ("——重点……", "前面", "后面"),
        ("「要」", "、", "、"),
        ("Word", "前面", "后面"),
        ("“word”", "前面", "word"),
    ] {
        let expected: Vec<Inline> = [text(before), strong(inside), text(after)]
            .into_iter()
            .filter(|each| *each != text(""))
            .collect();
        assert_eq!(inlines(&format!("{before}**{inside}**{after}")), expected);
        let emphasis = Inline::Emphasis(vec![text(inside)]);
        let found = inlines(&format!("{before}*{inside}*{after}"));
        assert!(found.contains(&emphasis), "{found:?}");
    }
}

#[test]
fn several_strong_texts_in_a_chinese_line_are_told_apart() {
    let found = inlines("先说**“甲”**，再说**乙：**丙（**丁**），**戊**");
    let expected = vec![
        text("先说"),
        strong("“甲”"),
        text("，再说"),
        strong("乙："),
        text("丙（"),
        strong("丁"),
        text("），"),
        strong("戊"),
    ];
    assert_eq!(found, expected);
    let found = inlines("*他说“**重点**”了*");
    let inner = vec![text("他说“"), strong("重点"), text("”了")];
    assert_eq!(found, [Inline::Emphasis(inner)]);
}

#[test]
fn a_star_that_marks_nothing_stays() {
    for line in [
        "2 * 3 * 4",
        "甲 * 乙",
        "* ",
        "**",
        "甲**",
        "**甲",
        "3*",
        "_甲_乙",
    ] {
        assert_eq!(
            plain(&inlines(&format!("x{line}"))),
            format!("x{line}").trim_end()
        );
    }
}

#[test]
fn underscores_are_for_whole_words() {
    let em = |words| Inline::Emphasis(vec![text(words)]);
    assert_eq!(inlines("a_b_c 甲_乙_丙"), [text("a_b_c 甲_乙_丙")]);
    assert_eq!(
        inlines("“_a_”，_b_。"),
        [text("“"), em("a"), text("”，"), em("b"), text("。")]
    );
    assert_eq!(inlines("—_a_—"), [text("—"), em("a"), text("—")]);
}

#[test]
fn lines_join_as_their_scripts_do() {
    for (before, after, joined) in [
        ('字', '字', true),
        ('，', '字', true),
        ('”', '字', true),
        ('字', '“', true),
        ('…', '字', true),
        ('か', '漢', true),
        ('字', 'a', false),
        ('a', '字', false),
        ('a', 'b', false),
        ('”', '“', false),
        ('”', 'a', false),
        ('한', '글', false),
        (')', '字', false),
    ] {
        assert_eq!(joins(before, after), joined, "{before}{after}");
    }
    assert_eq!(inlines("甲\n乙\na\nb"), [text("甲乙 a b")]);
    assert_eq!(
        inlines("甲\n**乙**\n丙"),
        [text("甲"), strong("乙"), text("丙")]
    );
    assert_eq!(
        inlines("a\n**b**\nc"),
        [text("a "), strong("b"), text(" c")]
    );
    assert_eq!(
        inlines("`a`\n`b`"),
        [
            Inline::Code("a".into()),
            text(" "),
            Inline::Code("b".into())
        ]
    );
}

#[test]
fn a_line_below_makes_no_heading() {
    let words = |words| paragraph(vec![text(words)]);
    assert_eq!(
        blocks("甲\n---\n乙"),
        [words("甲"), Block::Rule, words("乙")]
    );
    assert_eq!(blocks("a\n===\nb"), [words("a === b")]);
}

#[test]
fn indented_lines_are_text() {
    let words = |words| paragraph(vec![text(words)]);
    assert_eq!(blocks("    甲\n\n\t乙"), [words("甲"), words("乙")]);
    assert_eq!(blocks("    # 甲"), [words("# 甲")]);
    let items = vec![vec![words("a"), words("b")]];
    assert_eq!(
        blocks("- a\n\n        b"),
        [Block::List { start: None, items }]
    );
}

#[test]
fn references_and_footnotes_are_text() {
    for line in ["[a]: /b", "[^1]: b", "a[^1] [b][c] [d][]"] {
        assert_eq!(inlines(line), [text(line)]);
    }
}

#[test]
fn five_entities_have_names() {
    assert_eq!(
        inlines("&amp;&lt;&gt;&quot;&nbsp;x &copy; &mdash;"),
        [text("&<>\"\u{a0}x &copy; &mdash;")]
    );
    assert_eq!(inlines("&#x4e2d;&#25991;&#xd800;"), [text("中文\u{fffd}")]);
}

#[test]
fn html_that_nobody_writes_is_text_without_a_remark() {
    let document = read("a.md", "a <?x?> <![CDATA[b]]> <!X> <a@b.example>");
    assert!(document.warnings.is_empty());
    assert_eq!(
        plain(&inlines("a <?x?> <![CDATA[*b*]]>")),
        "a <?x?> <![CDATA[b]]>"
    );
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let content = vec![text("甲")];
    assert_eq!(
        blocks("\u{feff}# 甲"),
        [Block::Heading { level: 1, content }]
    );
}

#[test]
fn files_are_told_by_the_line_of_their_link() {
    let document = read(
        "a.md",
        "x\n\n> [a\n> ![b](b.png)](c.md)\n\n| a |\n|---|\n| [d](d.md) |",
    );
    let files: Vec<(&str, usize)> = document
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.line))
        .collect();
    assert_eq!(files, [("b.png", 4), ("c.md", 3), ("d.md", 8)]);
}
