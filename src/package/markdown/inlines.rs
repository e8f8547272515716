//! From the tokens of a text to its tree.

use super::scan::tokens;
use super::target::{image, target};
use super::token::{Span, Style, Token};
use super::{
    Document, FileLink, Inline, MAX_DEPTH, Refused, Target, Warning, chars, code, escape, plain,
};
use crate::package::limits::MAX_PROBLEMS;

/// Reads the texts of one file and keeps what they say about it.
pub(super) struct Reader<'a> {
    path: &'a str,
    pub document: Document,
}

impl<'a> Reader<'a> {
    pub fn new(path: &'a str) -> Self {
        let document = Document::default();
        Self { path, document }
    }

    /// Notes what is not shown as meant.
    pub fn refuse(&mut self, line: usize, refused: Refused) {
        let warnings = &mut self.document.warnings;
        if warnings.len() < MAX_PROBLEMS {
            warnings.push(Warning { line, refused });
        }
    }

    /// The text that begins in `line`, as a tree inside so many containers.
    pub fn inlines(&mut self, text: &str, line: usize, depth: usize) -> Vec<Inline> {
        let tokens = tokens(text);
        let mut tree = Tree {
            reader: self,
            text,
            counted: 0,
            line,
            room: MAX_DEPTH.saturating_sub(depth),
            open: Vec::new(),
            skipped: 0,
            content: Vec::new(),
            last: None,
        };
        for (at, token) in tokens.iter().enumerate() {
            tree.token(*token, tokens.get(at + 1..).unwrap_or_default());
        }
        tree.content
    }
}

struct Tree<'a, 'b> {
    reader: &'a mut Reader<'b>,
    text: &'a str,
    /// Lines are counted up to here.
    counted: usize,
    line: usize,
    /// How much may be open.
    room: usize,
    open: Vec<Open>,
    /// How much more is open, and is not shown.
    skipped: usize,
    /// What stands inside the last that is open.
    content: Vec<Inline>,
    /// The last character.
    last: Option<char>,
}

struct Open {
    style: Style,
    line: usize,
    /// What stands before it.
    before: Vec<Inline>,
}

impl<'a> Tree<'a, '_> {
    fn part(&self, span: Span) -> &'a str {
        self.text.get(span.from..span.to).unwrap_or_default()
    }

    fn token(&mut self, token: Token, next: &[Token]) {
        match token {
            Token::Text(span) => self.push_text(self.part(span)),
            Token::Char(each) => self.push_text(each.encode_utf8(&mut [0; 4])),
            Token::Soft => self.soft(next),
            Token::Break => self.content.push(Inline::Break),
            Token::Code(span) => {
                let text = code::content(self.part(span));
                self.last = text.chars().next_back();
                self.content.push(Inline::Code(text));
            }
            Token::Html(span) => {
                let html = self.part(span);
                let line = self.line(span.from);
                self.reader.refuse(line, Refused::Html(html.to_owned()));
                self.push_text(html);
            }
            Token::Address(span) => self.address(span),
            Token::Open(style) => self.open(style),
            Token::Close => self.close(),
            Token::Gone => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        self.last = text.chars().next_back().or(self.last);
        push_text(&mut self.content, text);
    }

    /// The end of a line of the source: a blank, unless the characters around it join without.
    fn soft(&mut self, next: &[Token]) {
        let visible = |token: &Token| match *token {
            Token::Open(_) | Token::Close | Token::Gone => None,
            Token::Char(each) => Some(Some(each)),
            Token::Text(span) | Token::Code(span) | Token::Html(span) | Token::Address(span) => {
                Some(self.part(span).chars().next())
            }
            Token::Soft | Token::Break => Some(None),
        };
        let next = next.iter().find_map(visible).flatten();
        let joins = |(before, after)| chars::joins(before, after);
        if !self.last.zip(next).is_some_and(joins) {
            self.push_text(" ");
        }
    }

    fn address(&mut self, span: Span) {
        let text = self.part(span);
        let Some(target) = target(self.reader.path, text) else {
            let line = self.line(span.from);
            self.reader.refuse(line, Refused::Link(text.to_owned()));
            return self.push_text(text);
        };
        self.last = text.chars().next_back();
        let content = vec![Inline::Text(text.to_owned())];
        self.content.push(Inline::Link { target, content });
    }

    fn open(&mut self, style: Style) {
        if self.open.len() >= self.room {
            self.skipped += 1;
            return;
        }
        let line = match style {
            Style::Link { at, .. } | Style::Image { at, .. } => self.line(at),
            Style::Emphasis | Style::Strong => self.line,
        };
        let before = std::mem::take(&mut self.content);
        self.open.push(Open {
            style,
            line,
            before,
        });
    }

    fn close(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(Open {
            style,
            line,
            before,
        }) = self.open.pop()
        else {
            return;
        };
        let content = std::mem::replace(&mut self.content, before);
        match style {
            Style::Emphasis => self.content.push(Inline::Emphasis(content)),
            Style::Strong => self.content.push(Inline::Strong(content)),
            Style::Link { target, .. } => self.link(target, line, content),
            Style::Image { target, .. } => self.image(target, line, content),
        }
    }

    fn link(&mut self, span: Span, line: usize, content: Vec<Inline>) {
        let address = escape::unescape(self.part(span));
        let Some(target) = target(self.reader.path, &address) else {
            self.reader.refuse(line, Refused::Link(address));
            return self.extend(content);
        };
        if let Target::File(path) = &target {
            let path = path.clone();
            self.reader.document.files.push(FileLink { path, line });
        }
        self.content.push(Inline::Link { target, content });
    }

    fn image(&mut self, span: Span, line: usize, content: Vec<Inline>) {
        let address = escape::unescape(self.part(span));
        let Some(path) = image(self.reader.path, &address) else {
            self.reader.refuse(line, Refused::Image(address));
            return self.extend(content);
        };
        let file = path.clone();
        self.reader
            .document
            .files
            .push(FileLink { path: file, line });
        let alt = plain(&content);
        self.content.push(Inline::Image { path, alt });
    }

    /// Adds content without what was around it.
    fn extend(&mut self, content: Vec<Inline>) {
        for each in content {
            match each {
                Inline::Text(text) => push_text(&mut self.content, &text),
                other => self.content.push(other),
            }
        }
    }

    /// The line of a place. Places come in order, so that each line is counted once.
    fn line(&mut self, at: usize) -> usize {
        let between = self.text.get(self.counted..at).unwrap_or_default();
        self.line += between.matches('\n').count();
        self.counted = self.counted.max(at);
        self.line
    }
}

/// Adds text to the text before it.
pub(super) fn push_text(content: &mut Vec<Inline>, text: &str) {
    match content.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(text),
        _ => content.push(Inline::Text(text.to_owned())),
    }
}
