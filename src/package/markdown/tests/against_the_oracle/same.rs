//! The reader against the oracle.

use proptest::prelude::*;

use super::oracle;
use crate::package::markdown::read;

fn same(text: &str) {
    let path = "text/a.md";
    assert_eq!(read(path, text), oracle::read(path, text), "\n{text}");
}

/// Generated texts of another dialect are passed over, however many they are.
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    }
}

/// As [`same`], for generated texts: those of another dialect are passed over.
pub fn prop_same(text: &str) -> Result<(), TestCaseError> {
    prop_assume!(!oracle::is_foreign(text));
    let path = "text/a.md";
    prop_assert_eq!(read(path, text), oracle::read(path, text), "\n{}", text);
    Ok(())
}

#[test]
fn every_text_of_the_courses_is_read_alike() {
    let texts = crate::package::sample::texts();
    for (_, text) in &texts {
        same(text);
    }
    assert!(!texts.is_empty());
}

#[test]
fn blocks_are_read_alike() {
    for text in [
        "# a\n## b #\n###### c ###\n####### d\n#e\n#\n## #\n# a\\#\n#\tx",
        "a\nb\n\n\n  c\n   d",
        "a  \nb\\\nc\nd \ne",
        "a\\",
        "***\n---\n___\n * * *\n--\n- - -\n**\n_ _ _ _ a",
        "> a\nb\n> c\n\n> d",
        "> # a\n> b\n>\n> c\n>> d\n> e",
        ">a\n > b\n  >   c",
        "> - a\n> - b\nc\n\nd",
        "> a\n---\n",
        "> ```\n> x\ny",
        "> ```\n>  x\n>\n> ```\n> y",
        "- a\n- b\n\n- c",
        "- a\n* b\n+ c\n1. d\n2) e\n3) f",
        "- a\n\n  b\n\n     c\n- d",
        "- a\n b\n  c\n\n d",
        "-\n  a\n-\n\n  b",
        "- a\n-\n- c",
        "-\ta\n\n\tb",
        "1. a\n   - b\n     - c\n   - d\n2. e",
        "7. a\n8. b",
        "0. a\n\n003. b",
        "1234567890. a\n\n123456789. b",
        "a\n2. b",
        "a\n1. b\n- c",
        "- a\n  > b\n  c\n- > d\n  > e\n\n  f",
        "1. > - a\n   >   b\n   >\n   >   c\nd",
        "- # a\n- ---\n- ```\n  b\n  ```\n- | a |\n  |---|\n  | b |",
        "- - a\n  - b\n- - - c",
        "-a\n1.b\n1a",
        "- a\n  ***\n  b",
        "- a\n    - b\n        - c",
        "  - a\n  - b\n   - c\n - d",
        "```\na\n\n  b\n```\nc",
        "~~~ info `x`\na\n```\n~~~~\nb",
        "````\n```\n````",
        "  ```\n  a\n b\n    c\n  ```",
        "```\na\n",
        "``` a`b\nc",
        "a\n```\nb\n```\nc",
        "```\n```",
        "a\n    # b\n    - c\n\t> d",
        "a\r\nb\r\n\r\n- c\r\n- d\r\n\r\n```\r\ne\r\n```\r\n| a |\r\n|---|\r\n| b |\r\n",
    ] {
        same(text);
    }
}

#[test]
fn tables_are_read_alike() {
    for text in [
        "| a | b |\n|---|---|\n| c | d |\n",
        "a | b\n-|-\nc | d\ne\n\nf",
        "| a |\n|:-:|",
        "|a|b|c|d|\n|:--|:-:|--:|-|\n|1|2|3|4|5|\n|1|\n||2|\n",
        "| a \\| b | `c \\| d` | e\\\\ |\n|---|---|---|\n| \\* | `*` | *f* |",
        "| a | b |\n|---|\n",
        "| a | b |\n| --- | x |\n",
        "| a |\n|---|\n| b |\n> c\n\n| a |\n|---|\n- c\n\n| a |\n|---|\n# c",
        "a\n| b | c |\n|---|---|\n| d | e |",
        "a\nb | c\n---|---\nd",
        "> | a |\n> |---|\n> | b |\nc",
        "- | a |\n  |---|\n  | b |\n- c",
        "| **a** | [b](c.md) | ![d](e.png) | <b> |\n|-|-|-|-|\n| [x](javascript:1) | <i> | ~ | & |",
        "| a | | c |\n|---|---|---|\n| | b | |",
        "  | a |\n |---|\n  | b |",
    ] {
        same(text);
    }
}

#[test]
fn inlines_are_read_alike() {
    for text in [
        "*a* **b** ***c*** ****d**** _e_ __f__ ___g___",
        "*a **b** c* **d *e* f** ***g** h* ***i* j**",
        "**a*b** *c**d* *e **f* g**",
        "a*b*c a_b_c a__b__c _a_b _a_. (_a_) \"_b_\"",
        "* a * ** b ** _ c _ a * b * c",
        "*a_b*c_ _a*b_c*",
        "*(a)* **(b).** (*c*) *d*. *e*, **f**!",
        "*a\nb* **c\n\nd**",
        "`a` ``b`c`` ` d ` `` ` `` ` ` `e\nf` ```g``",
        "`*a*` *`b*` `[c](d`) `<e` ``",
        "\\`a` `b\\` \\``c`",
        "\\*a\\* \\[b] \\\\ \\a \\! \\& \\< \\_c\\_",
        "&amp; &lt;b&gt; &quot; &nbsp;x &#20013; &#x6587; &#0; &#x110000; &#12345678; &x; & &amp",
        "*a&#42; \\&amp; `&amp;`",
        "[a](b.md) [c](<d e.md>) [f](g.md \"h\") [i](j.md 'k') [l](m.md (n))",
        "[a](  b.md  ) [a](\nb.md\n\"c\n d\"\n) [a]() [a](<>) [a]( )",
        "[a](b.md \"c\" d) [a](b c) [a](b.md\"c\") [a] (b.md) [a",
        "[*a*](b.md) *[a](b.md)* [a*](b.md)* *[a*](b.md) [`]`](c.md)",
        "[a [b] c](d.md) [a [b](c.md) d](e.md) [a\\]](b.md) [a]b](c.md)",
        "[a](b(c)d.md) [a](b(c.md) [a](b\\(c.md) [a](b&amp;c.md)",
        "[a](https://x.example/?a=1&amp;b=2) [a](#/course) [a](#x) [a](//x) [a](/x)",
        "[![a](b.png)](c.md) ![a [b](c.md)](d.png) ![*a* `b`](c.png) ![](a.png)",
        "![a](b.png \"c\") ![a](https://x.example/b.png) !\\[a](b.md) \\![a](b.md) !a",
        "![a](b.svg) [**a** <b>](javascript:1) x [a](data:x)y",
        "<https://a.example/?b=*c*> <mailto:a@b.example> <javascript:1> <a:b> <https://a b>",
        "[<https://a.example>](b.md)",
        "a <b>c</b> <d e=\"f\" g='h' i=j k/> <!-- l --> <!--> m --> </n > < o> <p <q>",
        "<b\nc=\"d\ne\">f",
        "a <!-- b\nc -->\nd <!-- e",
        "*a<b c=\"*\">* `<d>` <e`>`f",
        "a]b ]( ) [] [](a.md) ![]( ",
    ] {
        same(text);
    }
}

#[test]
fn html_is_read_alike() {
    for text in [
        "<div>\n*a*\n</div>\nb\n\nc",
        "a\n<div>\nb\n\nc",
        "a\n<b>\nc",
        "<b>\nc\n\nd",
        "<b>c</b> *d*",
        "</p>\n<br/>\n\n<table class=\"a\">\n",
        "<!-- a\n\nb --> c\nd\n\n<!-- e -->\nf",
        "  <div>\n  a",
        "- <div>\n  a\n- b",
        "> <div>\n> a\nb",
        "<divx>a\n\n<h1>b",
        "x\n<!-- a\nb\n-->\nc",
    ] {
        same(text);
    }
}
