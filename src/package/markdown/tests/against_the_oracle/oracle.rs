//! The same tree from the events of an independent parser of `CommonMark`.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use crate::package::limits::MAX_PROBLEMS;
use crate::package::markdown::chars::joins;
use crate::package::markdown::inlines::push_text;
use crate::package::markdown::target::{image, target};
use crate::package::markdown::{
    Align, Block, Document, FileLink, Inline, MAX_DEPTH, Refused, Target, Warning, plain,
};

/// What [`read`](crate::package::markdown::read) should give, as far as the dialects agree.
pub fn read(path: &str, text: &str) -> Document {
    let mut reader = Reader {
        path,
        text,
        events: events(text).into_iter(),
        document: Document::default(),
    };
    let blocks = reader.blocks(0);
    let mut document = reader.document;
    document.blocks = blocks;
    document
}

type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of `text`, with the ends of its lines as text: a blank or nothing.
fn events(text: &str) -> Vec<Placed<'_>> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut events: Vec<Placed<'_>> = parser.into_offset_iter().collect();
    for at in 0..events.len() {
        if matches!(events[at].0, Event::SoftBreak) {
            let before = events[..at].iter().rev().find_map(words);
            let after = events[at..].iter().find_map(words);
            let ends = before.and_then(|text| text.chars().next_back());
            let begins = after.and_then(|text| text.chars().next());
            let joins = ends.zip(begins).is_some_and(|(a, b)| joins(a, b));
            events[at].0 = Event::Text(CowStr::from(if joins { "" } else { " " }));
        }
    }
    events
}

/// Whether `text` has something that our dialect doesn't: indented code, or headings by a line
/// below them.
pub fn is_foreign(text: &str) -> bool {
    events(text).iter().any(|(event, place)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        Event::Start(Tag::Heading { .. }) => !text[place.clone()].trim_start().starts_with('#'),
        _ => false,
    })
}

fn words<'a>((event, _): &'a Placed<'_>) -> Option<&'a str> {
    let text: &str = match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => text,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    events: std::vec::IntoIter<Placed<'a>>,
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
                    extend(line, content);
                }
            }
            Tag::Image { dest_url, .. } => {
                if let Some(path) = image(self.path, &dest_url) {
                    self.mention(place, &path);
                    let alt = plain(&content);
                    line.push(Inline::Image { path, alt });
                } else {
                    self.refuse(place, Refused::Image(dest_url.to_string()));
                    extend(line, content);
                }
            }
            _ => extend(line, content),
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

    /// The line on which something begins.
    fn line(&self, place: &Range<usize>) -> usize {
        self.text[..place.start].matches('\n').count() + 1
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

fn extend(line: &mut Vec<Inline>, content: Vec<Inline>) {
    for each in content {
        match each {
            Inline::Text(text) => push_text(line, &text),
            other => line.push(other),
        }
    }
}

fn flush(line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !line.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(line)));
    }
}
