use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod against_the_oracle {
    mod grammar;
    mod oracle;
    mod same;
    mod soup;
}
mod dialect;
#[cfg(not(target_arch = "wasm32"))]
mod hostile;

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn blocks(markdown: &str) -> Vec<Block> {
    read("text/a.md", markdown).blocks
}

#[test]
fn structure_is_kept() {
    let read =
        blocks("# 标题\n\n第一行\n第二行 *强调* **着重** `码`\n\n> 引用\n\n---\n\n```\n<b>\n```\n");
    let paragraph = vec![
        text("第一行第二行 "),
        Inline::Emphasis(vec![text("强调")]),
        text(" "),
        Inline::Strong(vec![text("着重")]),
        text(" "),
        Inline::Code("码".into()),
    ];
    let expected = vec![
        Block::Heading {
            level: 1,
            content: vec![text("标题")],
        },
        Block::Paragraph(paragraph),
        Block::Quote(vec![Block::Paragraph(vec![text("引用")])]),
        Block::Rule,
        Block::Code("<b>\n".into()),
    ];
    assert_eq!(read, expected);
}

#[test]
fn lists_keep_their_items_and_numbers() {
    let item = |words| vec![Block::Paragraph(vec![text(words)])];
    let nested = Block::List {
        start: None,
        items: vec![item("c")],
    };
    let mut second = item("b");
    second.push(nested);
    let expected = vec![Block::List {
        start: Some(3),
        items: vec![item("a"), second],
    }];
    assert_eq!(blocks("3. a\n4. b\n   - c\n"), expected);
}

#[test]
fn a_table_has_as_many_cells_in_every_row_as_columns() {
    let read = blocks("| a | b | c |\n|---|:-:|--:|\n| 1 |\n| 1 | 2 | 3 | 4 |\n");
    let [
        Block::Table {
            columns,
            head,
            rows,
        },
    ] = read.as_slice()
    else {
        panic!("{read:?}");
    };
    assert_eq!(columns, &[Align::Start, Align::Center, Align::End]);
    assert_eq!(head.len(), 3);
    assert!(rows.iter().all(|row| row.len() == 3));
    assert_eq!(rows[1][2], vec![text("3")]);
}

#[test]
fn html_is_text_and_told() {
    let document = read(
        "text/a.md",
        "a <script>alert(1)</script> b\n\n<div onclick=x>\n</div>\n",
    );
    let expected = vec![
        Block::Paragraph(vec![text("a <script>alert(1)</script> b")]),
        Block::Paragraph(vec![text("<div onclick=x>\n</div>")]),
    ];
    assert_eq!(document.blocks, expected);
    let lines: Vec<usize> = document.warnings.iter().map(|each| each.line).collect();
    assert_eq!(lines, [1, 1, 3]);
    let problem = document.warnings[2].problem("text/a.md");
    assert_eq!(problem.field, "line 3");
}

#[test]
fn refused_links_and_pictures_are_their_text() {
    let document = read(
        "text/a.md",
        "[点我](javascript:alert(1)) <javascript:alert(2)> [x](java&#115;cript:alert(3)) ![图](https://evil.example/x.png)",
    );
    let expected = vec![Block::Paragraph(vec![
        text("点我"),
        text(" "),
        text("javascript:alert(2)"),
        text(" "),
        text("x"),
        text(" "),
        text("图"),
    ])];
    let words = |blocks: &[Block]| match blocks {
        [Block::Paragraph(line)] => plain(line),
        other => panic!("{other:?}"),
    };
    assert_eq!(words(&document.blocks), words(&expected));
    assert_eq!(document.warnings.len(), 4);
    assert!(document.files.is_empty());
}

#[test]
fn pictures_and_files_of_the_package_are_found() {
    let document = read(
        "text/a.md",
        "![图一](../img/a.png)\n\n[表](form.docx) [网](https://a.example)",
    );
    let files: Vec<(&str, usize)> = document
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.line))
        .collect();
    assert_eq!(files, [("img/a.png", 1), ("text/form.docx", 3)]);
    let image = Inline::Image {
        path: "img/a.png".into(),
        alt: "图一".into(),
    };
    assert_eq!(document.blocks[0], Block::Paragraph(vec![image]));
    assert!(document.warnings.is_empty());
}

fn depth(blocks: &[Block]) -> usize {
    let deepest = blocks.iter().map(|block| match block {
        Block::Quote(inner) => depth(inner),
        Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        _ => 0,
    });
    deepest.max().unwrap_or(0) + 1
}

#[test]
fn characters_are_counted_without_blanks() {
    let document = read(
        "a.md",
        "# 一 二\n\n- 三\n\n| 四 | b |\n|---|---|\n| 五 | |\n\n![六](a.png)",
    );
    assert_eq!(document.characters(), 6);
}
