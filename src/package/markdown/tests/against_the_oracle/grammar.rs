//! Texts that are well formed: what authors write, in all combinations.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::same::{config, prop_same};

const ATOMS: &[&str] = &[
    "字",
    "班规，",
    "“好”。",
    "重点 ",
    "lesson ",
    " it’s ",
    "7:31",
    "`码 *x*`丁",
    "``a`b``丁",
    "[表](form.docx)",
    "[网](https://a.example/?a=1&amp;b=2 \"题\")",
    "[坏](javascript:1)",
    "![图](../img/a.png)",
    "![外](https://a.example/b.png)",
    "<https://a.example/>",
    "\\*",
    "\\[",
    "&lt;",
    "&#20013;",
    "<b>",
    "</b>",
    " _强调 em_ ",
];

const ENDS: &[&str] = &["", " ", "\n", "  \n", "\\\n"];

/// Some of `inner` between letters, between marks, of which no two meet.
fn between(
    begin: &'static str,
    inner: impl Strategy<Value = String>,
    end: &'static str,
) -> impl Strategy<Value = String> {
    vec(inner, 0..4).prop_map(move |all| format!("{begin}甲{}乙{end}丙", all.concat()))
}

fn atom() -> impl Strategy<Value = String> {
    select(ATOMS).prop_map(str::to_owned)
}

/// Words, code, links, pictures and emphasis. The same emphasis isn't in itself.
fn line() -> impl Strategy<Value = String> {
    let emphasis = prop_oneof![
        3 => atom(),
        1 => between("*", atom(), "*"),
        1 => between("**", atom(), "**"),
        1 => between("**", prop_oneof![atom(), between("*", atom(), "*")], "**"),
        1 => between("*", prop_oneof![atom(), between("**", atom(), "**")], "*"),
    ];
    let emphasis = emphasis.boxed();
    prop_oneof![
        4 => emphasis.clone(),
        1 => between("[", emphasis.clone(), "](b.md)"),
        1 => between("![", emphasis, "](b.png '题')"),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let ended = (line(), select(ENDS)).prop_map(|(line, end)| line + end);
    vec(ended, 1..6).prop_map(|lines| lines.concat())
}

fn table() -> impl Strategy<Value = String> {
    (
        vec(select(&["---", ":-:", "--:", ":--"][..]), 1..4),
        vec(vec(line(), 1..5), 0..4),
    )
        .prop_map(|(columns, rows)| {
            let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
            let head = row(&vec!["头".to_owned(); columns.len()]);
            let rows: String = rows.iter().map(|cells| row(cells)).collect();
            format!("{head}|{}|\n{rows}", columns.join("|"))
        })
}

/// Each line of `text` behind a mark; all but the first behind `next`.
fn behind(text: &str, first: &str, next: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    format!("{first}{}\n", lines.join(&format!("\n{next}")))
}

fn blocks() -> impl Strategy<Value = String> {
    let simple = prop_oneof![
        4 => text(),
        1 => (1..7usize, line()).prop_map(|(level, text)| format!("{} {text}", "#".repeat(level))),
        1 => table(),
        1 => Just("***".to_owned()),
        1 => Just("```\n*a*\n\n  - b\n```".to_owned()),
        1 => Just("<div>\n*a*\n</div>\n".to_owned()),
    ];
    simple.prop_recursive(4, 24, 3, |inner| {
        let marks = select(
            &[
                ("> ", "> "),
                ("- ", "  "),
                ("* ", "  "),
                ("1. ", "   "),
                ("7) ", "   "),
            ][..],
        );
        let ends = select(&["\n", "\n\n"][..]);
        let parts = vec((inner, marks, ends), 1..4);
        parts.prop_map(|parts| {
            let part = |(text, (first, next), end): (String, (&str, &str), &str)| {
                behind(&text, first, next) + end
            };
            parts.into_iter().map(part).collect()
        })
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_authors_write_is_read_alike(parts in vec(blocks(), 1..5)) {
        prop_same(&(parts.join("\n\n") + "\n"))?;
    }
}
