//! A text as plain lines: what is searched.

use super::{Block, Document, Inline, plain};

/// A line of a text: a paragraph, an item of a list, a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the block of the document that it is in.
    pub block: usize,
    /// Its words.
    pub text: String,
}

/// The lines of a document, in order; none is empty.
#[must_use]
pub fn lines(document: &Document) -> Vec<Line> {
    let mut all = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        push(block, number, &mut all);
    }
    all.retain(|line| !line.text.trim().is_empty());
    all
}

fn push(block: &Block, number: usize, all: &mut Vec<Line>) {
    let mut add = |text: String| {
        all.push(Line {
            block: number,
            text,
        });
    };
    let row = |cells: &[Vec<Inline>]| {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        cells.join(" ")
    };
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => add(plain(content)),
        Block::Code(text) => add(text.clone()),
        Block::Table { head, rows, .. } => {
            add(row(head));
            for cells in rows {
                add(row(cells));
            }
        }
        Block::List { items, .. } => {
            for inner in items.iter().flatten() {
                push(inner, number, all);
            }
        }
        Block::Quote(content) => {
            for inner in content {
                push(inner, number, all);
            }
        }
        Block::Rule => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn every_paragraph_item_and_row_is_a_line_of_its_block() {
        let text = "# 标题\n\n**重**点\n\n- 一\n  - 二\n- 三\n\n> 引\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n\n```\ncode\n```\n";
        let found = lines(&read("a.md", text));
        let found: Vec<(usize, &str)> = found
            .iter()
            .map(|line| (line.block, line.text.trim()))
            .collect();
        let expected = [
            (0, "标题"),
            (1, "重点"),
            (2, "一"),
            (2, "二"),
            (2, "三"),
            (3, "引"),
            (4, "a b"),
            (4, "c d"),
            (6, "code"),
        ];
        assert_eq!(found, expected);
    }
}
