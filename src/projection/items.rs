//! What stands on sheets.

use super::lines::{LINE_EM, ends, flat};
use crate::package::markdown::{Align, Block, Document, Inline};

/// What an item is shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A heading within the part.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list: its mark, empty where it goes on from the sheet before, and how deep the list
    /// stands in others, from 0.
    Point(String, usize),
    /// A paragraph of a quotation.
    Quote,
    /// A line of preformatted text.
    Code,
    /// Of a row of a table that is too wide head and cell, one cell an item; whether it is the row's last.
    Cell(bool),
}

/// A text on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is shown as.
    pub shown: Shown,
    /// The text.
    pub content: Vec<Inline>,
    /// Whether it goes on from the sheet before.
    pub continued: bool,
}

/// A table on a sheet; its head stands on every sheet that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSheet {
    /// The heading that it stands under, if that comes right before it.
    pub title: Vec<Inline>,
    /// Alignment of each column.
    pub columns: Vec<Align>,
    /// Width of each column, in em.
    pub widths: Vec<f64>,
    /// Cells of the head.
    pub head: Vec<Vec<Inline>>,
    /// Rows of cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// What a room sees at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Sheet {
    /// Texts, one below the other.
    Texts(Vec<Item>),
    /// A table, or some rows of one.
    Table(TableSheet),
    /// A picture of the package, and what it shows.
    Picture {
        /// The heading that it stands under, if that comes right before it.
        title: Vec<Inline>,
        /// Its path.
        path: String,
        /// What it shows.
        alt: String,
    },
}

/// What a document is made of, before it is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Text(Item),
    Table {
        columns: Vec<Align>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Picture {
        path: String,
        alt: String,
    },
    Break,
}

impl Item {
    pub(super) fn new(shown: Shown, content: Vec<Inline>) -> Self {
        Self {
            shown,
            content,
            continued: false,
        }
    }

    /// What is left for its text of so many em.
    pub(super) fn wide_em(&self, text_em: f64) -> f64 {
        let indent = match &self.shown {
            #[allow(clippy::cast_precision_loss, reason = "lists are at most sixteen deep")]
            Shown::Point(_, depth) => 1.6 + 1.2 * *depth as f64,
            Shown::Quote => 1.2,
            _ => 0.0,
        };
        (text_em - indent).max(4.0)
    }

    /// How many lines it takes in so many em.
    pub(super) fn lines(&self, text_em: f64) -> usize {
        ends(&flat(&self.content), self.wide_em(text_em)).len()
    }

    /// How high it is, with the room below it, in em.
    pub(super) fn height_em(&self, text_em: f64) -> f64 {
        lines_em(self.lines(text_em)) + self.below_em()
    }

    /// The room below it, in em.
    pub(super) fn below_em(&self) -> f64 {
        match self.shown {
            Shown::Code | Shown::Cell(false) => 0.1,
            Shown::Cell(true) => BELOW_ROW_EM,
            _ => BELOW_EM,
        }
    }
}

/// Room below a paragraph, in em.
const BELOW_EM: f64 = 0.5;

/// Room below a row whose cells stand below one another, in em.
const BELOW_ROW_EM: f64 = 1.0;

/// The height of so many lines, in em.
pub(super) fn lines_em(lines: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a text has few lines")]
    let lines = lines as f64;
    lines * LINE_EM
}

/// A text whose links are no more than their words: a tap on a sheet is a step on.
fn unlinked(content: &[Inline]) -> Vec<Inline> {
    let mut all = Vec::with_capacity(content.len());
    for each in content {
        match each {
            Inline::Link { content, .. } => all.extend(unlinked(content)),
            Inline::Emphasis(content) => all.push(Inline::Emphasis(unlinked(content))),
            Inline::Strong(content) => all.push(Inline::Strong(unlinked(content))),
            other => all.push(other.clone()),
        }
    }
    all
}

/// The parts of a document in order.
pub(super) fn parts(document: &Document) -> Vec<Part> {
    let mut all = Vec::new();
    for block in &document.blocks {
        push(block, &Shown::Paragraph, &mut all);
    }
    all
}

fn push(block: &Block, shown: &Shown, all: &mut Vec<Part>) {
    let text = |shown: Shown, content: &[Inline]| Part::Text(Item::new(shown, unlinked(content)));
    match block {
        Block::Heading { content, .. } => all.push(text(Shown::Heading, content)),
        Block::Paragraph(content) => match content.as_slice() {
            [Inline::Image { path, alt }] => all.push(Part::Picture {
                path: path.clone(),
                alt: alt.clone(),
            }),
            content => all.push(text(shown.clone(), content)),
        },
        Block::List { start, items } => {
            let depth = match shown {
                Shown::Point(_, depth) => depth + 1,
                _ => 0,
            };
            for (at, item) in (0_u64..).zip(items) {
                let mut mark = match start {
                    Some(start) => format!("{}.", start + at),
                    None => "•".to_owned(),
                };
                for block in item {
                    push(block, &Shown::Point(std::mem::take(&mut mark), depth), all);
                }
            }
        }
        Block::Quote(content) => {
            for block in content {
                push(block, &Shown::Quote, all);
            }
        }
        Block::Table {
            columns,
            head,
            rows,
        } => all.push(Part::Table {
            columns: columns.clone(),
            head: head.iter().map(|cell| unlinked(cell)).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| unlinked(cell)).collect())
                .collect(),
        }),
        Block::Code(code) => {
            let lines = code.lines().filter(|line| !line.trim().is_empty());
            all.extend(lines.map(|line| text(Shown::Code, &[Inline::Text(line.to_owned())])));
        }
        Block::Rule => all.push(Part::Break),
    }
}
