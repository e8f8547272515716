//! From lines to blocks: one pass, with the containers that are open on a stack.

use super::cursor::Cursor;
use super::html::Ends;
use super::inlines::Reader;
use super::open::{Container, Kind, Leaf};
use super::starts::{self, Before, Marker, Start};
use super::table::{self, Table};
use super::{Block, Document, Inline, MAX_DEPTH, Refused};

/// Reads the Markdown file `path` of a package. Any text gives a document.
#[must_use]
pub fn read(path: &str, text: &str) -> Document {
    let mut blocks = Blocks {
        reader: Reader::new(path),
        open: vec![Container::new(Kind::Document)],
        leaf: Leaf::None,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in text.lines().enumerate() {
        blocks.line(at + 1, line);
    }
    blocks.close(1);
    let mut document = blocks.reader.document;
    if let Some(container) = blocks.open.pop() {
        document.blocks = container.blocks;
    }
    document
}

struct Blocks<'a> {
    reader: Reader<'a>,
    /// What is open, the document first.
    open: Vec<Container>,
    /// The block without blocks at the end of the last one.
    leaf: Leaf,
}

impl Blocks<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let mut cursor = Cursor::new(line);
        let mut level = self.matched(&mut cursor);
        let whole = level == self.open.len();
        if whole && (self.raw(cursor) || self.begins_table(cursor)) {
            return;
        }
        loop {
            let inside = level == self.open.len();
            let before = match self.leaf {
                Leaf::Text { .. } if inside => Before::Paragraph,
                Leaf::Text { .. } => Before::Text,
                Leaf::Table(_) if inside => Before::Text,
                _ => Before::Nothing,
            };
            let deep = level > MAX_DEPTH;
            match starts::start(&mut cursor, before, deep) {
                Some(Start::Quote) => {
                    self.close(level);
                    self.open.push(Container::new(Kind::Quote));
                }
                Some(Start::Item(marker)) => self.item(level, marker),
                Some(start) => {
                    self.close(level);
                    return self.leaf(start, number, cursor);
                }
                None => break,
            }
            level += 1;
        }
        self.text(level, number, cursor);
    }

    /// How many of the open containers the line goes on in.
    fn matched(&mut self, cursor: &mut Cursor<'_>) -> usize {
        let last = self.open.len() - 1;
        let no_leaf = matches!(self.leaf, Leaf::None);
        for (at, container) in self.open.iter_mut().enumerate() {
            let is_empty = at == last && no_leaf && container.blocks.is_empty();
            if !container.goes_on(cursor, is_empty) {
                return at;
            }
        }
        last + 1
    }

    /// Whether the line belongs to a block of code or HTML.
    fn raw(&mut self, mut cursor: Cursor<'_>) -> bool {
        match &mut self.leaf {
            Leaf::Code { fence, .. } if starts::ends(*fence, &cursor) => self.close_leaf(),
            Leaf::Code { fence, content } => {
                cursor.skip(fence.indent);
                cursor.push_to(content);
            }
            Leaf::Html {
                ends: Ends::Blank, ..
            } if cursor.is_blank() => self.close_leaf(),
            Leaf::Html { ends, content, .. } => {
                cursor.push_to(content);
                if *ends == Ends::Comment && cursor.text().contains("-->") {
                    self.close_leaf();
                }
            }
            _ => return false,
        }
        true
    }

    /// Whether the line makes a table of the last line of the paragraph before it.
    fn begins_table(&mut self, cursor: Cursor<'_>) -> bool {
        let Leaf::Text { first, content } = &mut self.leaf else {
            return false;
        };
        if cursor.indent() >= starts::TEXT_INDENT {
            return false;
        }
        let Some(columns) = table::columns(cursor.text()) else {
            return false;
        };
        let at = content.rfind('\n').map_or(0, |at| at + 1);
        let head = content.get(at..).unwrap_or_default();
        let cells = table::cells(head);
        // In the midst of a paragraph the head has to begin with a bar.
        if cells.len() != columns.len() || !head.contains('|') || at > 0 && !head.starts_with('|') {
            return false;
        }
        let line = *first + content.matches('\n').count();
        content.truncate(at);
        self.close_leaf();
        let head = self.row(line, &cells);
        self.leaf = Leaf::Table(Table::new(columns, head));
        true
    }

    fn row(&mut self, line: usize, cells: &[String]) -> Vec<Vec<Inline>> {
        let depth = self.open.len() - 1;
        cells
            .iter()
            .map(|cell| self.reader.inlines(cell, line, depth))
            .collect()
    }

    /// Begins an item in the container that is open at `level`, or in a list that begins there.
    fn item(&mut self, level: usize, new: Marker) {
        let is_next = |container: &Container| matches!(&container.kind, Kind::List { marker, .. } if marker.mark == new.mark);
        if self.open.get(level).is_some_and(is_next) {
            self.close(level + 1);
            if let Some(Container {
                kind: Kind::List { marker, items },
                blocks,
            }) = self.open.last_mut()
            {
                items.push(std::mem::take(blocks));
                marker.indent = new.indent;
            }
        } else {
            self.close(level);
            let items = Vec::new();
            self.open
                .push(Container::new(Kind::List { marker: new, items }));
        }
    }

    /// Begins a block without blocks.
    fn leaf(&mut self, start: Start<'_>, number: usize, cursor: Cursor<'_>) {
        match start {
            Start::Heading { level, text } => {
                let content = self.reader.inlines(text, number, self.open.len() - 1);
                self.push(Block::Heading { level, content });
            }
            Start::Fence(fence) => {
                let content = String::new();
                self.leaf = Leaf::Code { fence, content };
            }
            Start::Html(ends) => {
                self.leaf = Leaf::Html {
                    first: number,
                    ends,
                    content: String::new(),
                };
                self.raw(cursor);
            }
            Start::Rule | Start::Quote | Start::Item(_) => self.push(Block::Rule),
        }
    }

    /// Adds a line that begins nothing to what is open.
    fn text(&mut self, level: usize, number: usize, cursor: Cursor<'_>) {
        if cursor.is_blank() {
            return self.close(level);
        }
        let whole = level == self.open.len();
        match &mut self.leaf {
            // A paragraph goes on even where the marks of its containers are missing.
            Leaf::Text { content, .. } => {
                content.push('\n');
                content.push_str(cursor.text());
                return;
            }
            Leaf::Table(table) if whole => {
                let mut cells = table::cells(cursor.text());
                if table.fits(&mut cells) {
                    let row = self.row(number, &cells);
                    if let Leaf::Table(table) = &mut self.leaf {
                        table.rows.push(row);
                    }
                    return;
                }
            }
            _ => {}
        }
        self.close(level);
        self.leaf = Leaf::Text {
            first: number,
            content: cursor.text().to_owned(),
        };
    }

    /// Finishes all but the first so many containers.
    fn close(&mut self, level: usize) {
        self.close_leaf();
        while self.open.len() > level {
            if let Some(container) = self.open.pop() {
                self.push(container.into_block());
            }
        }
    }

    fn close_leaf(&mut self) {
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::None => {}
            Leaf::Text { first, content } => {
                let depth = self.open.len() - 1;
                let content = self.reader.inlines(content.trim_ascii_end(), first, depth);
                if !content.is_empty() {
                    self.push(Block::Paragraph(content));
                }
            }
            Leaf::Code { content, .. } => self.push(Block::Code(content)),
            Leaf::Html { first, content, .. } => {
                let html = content.trim_ascii_end().to_owned();
                self.reader.refuse(first, Refused::Html(html.clone()));
                self.push(Block::Paragraph(vec![Inline::Text(html)]));
            }
            Leaf::Table(table) => self.push(table.into_block()),
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(container) = self.open.last_mut() {
            container.blocks.push(block);
        }
    }
}
