//! From Markdown events to the tree.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, OffsetIter, Options, Parser, Tag};

use super::target::{image, target};
use super::{Align, Block, Document, FileLink, Inline, Refused, Target, Warning, plain};
use crate::package::limits::MAX_PROBLEMS;

/// Lists, quotations and emphasis nested deeper than this become part of what contains them.
const MAX_DEPTH: usize = 16;

/// Reads the Markdown file `path` of a package. Any text gives a document.
#[must_use]
pub fn read(path: &str, text: &str) -> Document {
    let mut reader = Reader {
        path,
        text,
        events: Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter(),
        counted: 0,
        lines: 0,
        document: Document::default(),
    };
    let blocks = reader.blocks(0);
    let mut document = reader.document;
    document.blocks = blocks;
    document
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    events: OffsetIter<'a>,
    counted: usize,
    lines: usize,
    document: Document,
}

impl<'a> Reader<'a> {
    /// Blocks up to the end of what contains them. Text outside a block, as in the items of a
    /// tight list, is a paragraph.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        let mut transparent = 0usize;
        while let Some((event, place)) = self.events.next() {
            match event {
                Event::End(_) if transparent == 0 => break,
                Event::End(_) => transparent -= 1,
                Event::Rule => {
                    flush(&mut line, &mut blocks);
                    blocks.push(Block::Rule);
                }
                Event::Start(tag) if is_inline(&tag) => self.span(tag, &place, depth, &mut line),
                Event::Start(tag) => {
                    flush(&mut line, &mut blocks);
                    match self.block(tag, &place, depth) {
                        Some(block) => blocks.push(block),
                        None => transparent += 1,
                    }
                }
                other => self.leaf(other, &place, &mut line),
            }
        }
        flush(&mut line, &mut blocks);
        blocks
    }

    /// The block that `tag` begins; `None` when only its content is of interest.
    fn block(&mut self, tag: Tag<'a>, place: &Range<usize>, depth: usize) -> Option<Block> {
        let deep = depth >= MAX_DEPTH;
        match tag {
            Tag::Paragraph => Some(Block::Paragraph(self.inlines(depth))),
            Tag::Heading { level, .. } => Some(Block::Heading {
                level: level as u8,
                content: self.inlines(depth),
            }),
            Tag::CodeBlock(_) => Some(Block::Code(self.raw())),
            Tag::HtmlBlock => {
                let html = self.raw();
                self.refuse(place, Refused::Html(html.trim_end().to_owned()));
                Some(Block::Paragraph(vec![Inline::Text(
                    html.trim_end().to_owned(),
                )]))
            }
            Tag::Table(columns) => Some(self.table(&columns, depth)),
            Tag::BlockQuote(_) if !deep => Some(Block::Quote(self.blocks(depth + 1))),
            Tag::List(start) if !deep => Some(Block::List {
                start,
                items: self.items(depth + 1),
            }),
            _ => None,
        }
    }

    /// The text up to the end of a block of code or HTML.
    fn raw(&mut self) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(each) | Event::Html(each) => text.push_str(&each),
                Event::End(_) => break,
                _ => {}
            }
        }
        text
    }

    fn items(&mut self, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            items.push(self.blocks(depth));
        }
        items
    }

    fn table(&mut self, columns: &[Alignment], depth: usize) -> Block {
        let mut rows = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                cells.push(self.inlines(depth));
            }
            cells.resize(columns.len(), Vec::new());
            rows.push(cells);
        }
        let head = if rows.is_empty() {
            Vec::new()
        } else {
            rows.remove(0)
        };
        Block::Table {
            columns: columns.iter().map(|each| align(*each)).collect(),
            head,
            rows,
        }
    }

    /// Inlines up to the end of what contains them.
    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut line = Vec::new();
        let mut transparent = 0usize;
        while let Some((event, place)) = self.events.next() {
            match event {
                Event::End(_) if transparent == 0 => break,
                Event::End(_) => transparent -= 1,
                Event::Start(tag) if is_inline(&tag) && depth < MAX_DEPTH => {
                    self.span(tag, &place, depth, &mut line);
                }
                Event::Start(_) => transparent += 1,
                other => self.leaf(other, &place, &mut line),
            }
        }
        line
    }

    /// Emphasis, a link or a picture, from its start to its end.
    fn span(&mut self, tag: Tag<'a>, place: &Range<usize>, depth: usize, line: &mut Vec<Inline>) {
        let content = self.inlines(depth + 1);
        match tag {
            Tag::Emphasis => line.push(Inline::Emphasis(content)),
            Tag::Strong => line.push(Inline::Strong(content)),
            Tag::Link { dest_url, .. } => {
                if let Some(target) = target(self.path, &dest_url) {
                    if let Target::File(path) = &target {
                        self.mention(place, path);
                    }
                    line.push(Inline::Link { target, content });
                } else {
                    self.refuse(place, Refused::Link(dest_url.to_string()));
                    line.extend(content);
                }
            }
            Tag::Image { dest_url, .. } => {
                if let Some(path) = image(self.path, &dest_url) {
                    self.mention(place, &path);
                    let alt = plain(&content);
                    line.push(Inline::Image { path, alt });
                } else {
                    self.refuse(place, Refused::Image(dest_url.to_string()));
                    line.extend(content);
                }
            }
            _ => line.extend(content),
        }
    }

    fn leaf(&mut self, event: Event<'a>, place: &Range<usize>, line: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_text(line, &text),
            Event::Code(text) => line.push(Inline::Code(text.to_string())),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.refuse(place, Refused::Html(html.to_string()));
                push_text(line, &html);
            }
            Event::SoftBreak => push_text(line, "\n"),
            Event::HardBreak => line.push(Inline::Break),
            _ => {}
        }
    }

    fn refuse(&mut self, place: &Range<usize>, refused: Refused) {
        if self.document.warnings.len() < MAX_PROBLEMS {
            let line = self.line(place);
            self.document.warnings.push(Warning { line, refused });
        }
    }

    fn mention(&mut self, place: &Range<usize>, path: &str) {
        let path = path.to_owned();
        let line = self.line(place);
        self.document.files.push(FileLink { path, line });
    }

    /// The line on which something begins. Events come in the order of the text, so each part of
    /// it is counted once.
    fn line(&mut self, place: &Range<usize>) -> usize {
        if let Some(between) = self.text.get(self.counted..place.start) {
            self.lines += between.matches('\n').count();
            self.counted = place.start;
        }
        self.lines + 1
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

fn flush(line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !line.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(line)));
    }
}

/// Adds text to the text before it. The end of a source line becomes a blank, and nothing
/// between two characters of scripts that are written without blanks.
fn push_text(line: &mut Vec<Inline>, text: &str) {
    let Some(Inline::Text(before)) = line.last_mut() else {
        line.push(Inline::Text(text.to_owned()));
        return;
    };
    if before.ends_with('\n') && text != "\n" {
        before.pop();
        let wide = |each: Option<char>| each.is_some_and(|each| each >= '\u{2e80}');
        if !(wide(before.chars().next_back()) && wide(text.chars().next())) {
            before.push(' ');
        }
    }
    before.push_str(text);
}
