//! Markdown of a package, read into a small tree that holds nothing but text, structure, safe
//! links and pictures of the package.
//!
//! The text is untrusted: raw HTML becomes text, a link with another scheme than https, http or
//! mailto becomes its text, a picture from elsewhere becomes its description.
//!
//! # Dialect
//!
//! Any text is a document. What follows is read as `CommonMark` and the tables of GitHub have it,
//! unless it says otherwise; everything else is literal.
//!
//! - Headings with one to six `#`, with or without `#` behind them. A line of `=` or `-` below a
//!   text makes no heading.
//! - Paragraphs. The end of a line is a blank, and nothing between characters of scripts that are
//!   written without blanks (中文, not 한국어), or between one and a mark like `”` or `…`. Two
//!   blanks or a backslash before it make a line break.
//! - Quotations with `>`, lists with `-`, `+`, `*`, `1.` or `1)`, one in another. Whether blank
//!   lines stand between items makes no difference.
//! - Tables with a line of `|---|:-:|--:|` below the head, `\|` for a bar in a cell. Cells beyond
//!   the columns are dropped; a table in which ten thousand cells are missing ends there.
//! - Code between lines of at least three `` ` `` or `~`; the language behind them is dropped.
//!   Indented lines are no code: four or more blanks before a line make it plain text.
//! - A rule: `***`, `---` or `___`.
//! - `*emphasis*`, `**strong**`, and `_emphasis_`, `__strong__` around whole words. Chinese needs
//!   no blanks around the marks: `他说**“重点”**，后面` works, which `CommonMark` takes for text.
//! - `` `code` ``, `[text](target "title")` with the title dropped, `![description](picture)`,
//!   `<https://address>`.
//! - A backslash before punctuation of ASCII; `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&nbsp;` and
//!   characters by number: `&#20013;`, `&#x4e2d;`.
//! - HTML tags, comments and blocks of HTML are text, each with a [`Warning`]. Processing
//!   instructions, declarations and `CDATA` are text without.
//!
//! Links by reference, footnotes, addresses of mail between `<` and `>`, and addresses without
//! them are text. Containers and emphasis inside one another more than sixteen deep are not read
//! as such: of deeper quotations and lists the marks are text, of deeper emphasis, links and
//! pictures only the content is left. The work grows with the length of the text, whatever it is.

mod blocks;
mod chars;
mod code;
mod cursor;
mod emphasis;
mod escape;
mod head;
mod html;
mod inlines;
mod inspect;
mod lines;
mod link;
mod open;
mod scan;
mod starts;
mod table;
mod target;
mod token;

pub use blocks::read;
pub use head::{around, head};
pub use inspect::{Inspected, inspect};
pub use lines::{Line, lines};
pub use target::Target;

use super::problem::Problem;

/// Lists, quotations and emphasis nested deeper than this are not read as such.
const MAX_DEPTH: usize = 16;

/// A text as a tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Files of the package that it shows or links, in order.
    pub files: Vec<FileLink>,
    /// What of it is not shown as its author meant.
    pub warnings: Vec<Warning>,
}

/// A file of the package that a text shows or links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Its path in the package.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
}

/// Something that is not shown as its author meant, by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub refused: Refused,
}

/// What is not shown as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// HTML, shown as text.
    Html(String),
    /// A link with this target, shown as its text.
    Link(String),
    /// A picture with this source, shown as its description.
    Image(String),
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// Level, 1 to 6.
        level: u8,
        /// Text.
        content: Vec<Inline>,
    },
    /// A paragraph. One that holds a single [`Inline::Image`] is a figure.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The number of the first item of a numbered list.
        start: Option<u64>,
        /// Items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table. Every row has as many cells as there are columns.
    Table {
        /// Alignment of each column.
        columns: Vec<Align>,
        /// Cells of the head.
        head: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Preformatted text.
    Code(String),
    /// A thematic break; begins a new sheet when it is projected.
    Rule,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line, or as the reader likes.
    Start,
    /// Centred.
    Center,
    /// At the end of the line: numbers.
    End,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Text in a fixed width.
    Code(String),
    /// A line break that the author wants.
    Break,
    /// A link.
    Link {
        /// Where it leads.
        target: Target,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A picture of the package.
    Image {
        /// Its path in the package.
        path: String,
        /// What it shows, for those who can't see it.
        alt: String,
    },
}

impl Document {
    /// Characters that a reader sees, blanks not counted.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.blocks.iter().map(block_characters).sum()
    }
}

impl Block {
    /// Characters that a reader sees, blanks not counted.
    #[must_use]
    pub fn characters(&self) -> usize {
        block_characters(self)
    }
}

/// The text of some inlines without its structure.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(each) | Inline::Code(each) => text.push_str(each),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                push_plain(content, text);
            }
            Inline::Break => text.push('\n'),
            Inline::Image { alt, .. } => text.push_str(alt),
        }
    }
}

fn visible(text: &str) -> usize {
    text.chars().filter(|each| !each.is_whitespace()).count()
}

fn inline_characters(inlines: &[Inline]) -> usize {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => visible(text),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                inline_characters(content)
            }
            Inline::Break | Inline::Image { .. } => 0,
        })
        .sum()
}

fn block_characters(block: &Block) -> usize {
    let all = |blocks: &[Block]| blocks.iter().map(block_characters).sum::<usize>();
    let row = |cells: &[Vec<Inline>]| {
        cells
            .iter()
            .map(|cell| inline_characters(cell))
            .sum::<usize>()
    };
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => inline_characters(content),
        Block::List { items, .. } => items.iter().map(|item| all(item)).sum(),
        Block::Quote(content) => all(content),
        Block::Table { head, rows, .. } => {
            row(head) + rows.iter().map(|cells| row(cells)).sum::<usize>()
        }
        Block::Code(text) => visible(text),
        Block::Rule => 0,
    }
}

impl Warning {
    /// As a problem of the file.
    #[must_use]
    pub fn problem(&self, file: &str) -> Problem {
        use super::problem::What;
        let what = match self.refused.clone() {
            Refused::Html(html) => What::RawHtml { html },
            Refused::Link(target) => What::RefusedLink { target },
            Refused::Image(target) => What::RefusedImage { target },
        };
        Problem::new(file, &format!("line {}", self.line), what)
    }
}

#[cfg(test)]
mod tests;
