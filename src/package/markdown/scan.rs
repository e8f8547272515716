//! From the text of a block to its tokens: one pass from left to right.

use super::emphasis::{Run, pair};
use super::token::{Span, Style, Token};
use super::{chars, code, html, link};

/// A `[` or `![` that may begin a link or a picture.
struct Bracket {
    is_image: bool,
    at: usize,
    /// Its token.
    token: usize,
    /// Runs of marks before it.
    runs: usize,
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        at: 0,
        tokens: Vec::new(),
        runs: Vec::new(),
        brackets: Vec::new(),
        linked: 0,
        ticks: Vec::new(),
        no_comment: false,
    };
    while scanner.step() {}
    pair(&mut scanner.tokens, &scanner.runs);
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    runs: Vec<Run>,
    brackets: Vec<Bracket>,
    /// So many of the brackets are around a link, and can't be one.
    linked: usize,
    /// Where the last run of so many backticks begins; empty before it is asked for.
    ticks: Vec<usize>,
    /// No comment ends behind `at`.
    no_comment: bool,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// One token and the plain text before it; `false` at the end of the text.
    fn step(&mut self) -> bool {
        let is_special = |each: &u8| b"\\`*_[]!<&\n".contains(each);
        let plain = self
            .rest()
            .bytes()
            .take_while(|each| !is_special(each))
            .count();
        let rest = self.rest().as_bytes();
        match rest.get(plain) {
            Some(b'\n') => self.line_end(plain),
            Some(mark) => {
                self.push_text(plain);
                self.special(*mark);
            }
            None => {
                self.push_text(plain);
                return false;
            }
        }
        true
    }

    fn special(&mut self, mark: u8) {
        let rest = self.rest();
        let next = rest.as_bytes().get(1).copied();
        match mark {
            b'\\' => self.backslash(next),
            b'`' => self.backticks(),
            b'*' | b'_' => self.run(mark),
            b'[' => self.bracket(1),
            b'!' if next == Some(b'[') => self.bracket(2),
            b']' => self.bracket_end(),
            b'<' => self.angle(),
            b'&' => match super::escape::entity(rest) {
                Some((each, length)) => self.push(Token::Char(each), length),
                None => self.push_text(1),
            },
            _ => self.push_text(1),
        }
    }

    /// Adds a token that is so many bytes of the text.
    fn push(&mut self, token: Token, bytes: usize) {
        self.tokens.push(token);
        self.at += bytes;
    }

    fn push_text(&mut self, bytes: usize) {
        if bytes > 0 {
            let span = self.span(0, bytes);
            self.push(Token::Text(span), bytes);
        }
    }

    /// A part of the text, counted from here.
    fn span(&self, from: usize, to: usize) -> Span {
        Span {
            from: self.at + from,
            to: self.at + to,
        }
    }

    /// The end of a line behind so much plain text. Two blanks before it make it a break.
    fn line_end(&mut self, plain: usize) {
        let text = self.rest().get(..plain).unwrap_or_default();
        let kept = text.trim_end_matches([' ', '\t']).len();
        self.push_text(kept);
        let is_break = plain - kept >= 2;
        let token = if is_break { Token::Break } else { Token::Soft };
        self.push(token, plain - kept + 1);
    }

    fn backslash(&mut self, next: Option<u8>) {
        match next {
            Some(b'\n') => self.push(Token::Break, 2),
            Some(next) if next.is_ascii_punctuation() => {
                self.at += 1;
                self.push_text(1);
            }
            _ => self.push_text(1),
        }
    }

    fn backticks(&mut self) {
        if self.ticks.is_empty() {
            self.ticks = code::last_runs(self.text);
        }
        let length = code::run(self.rest());
        let last = self.ticks.get(length).copied().unwrap_or_default();
        // The text up to the end is passed over, or the end is known to be missing.
        let end = if last > self.at {
            code::end(self.rest(), length)
        } else {
            None
        };
        match end {
            Some(end) => {
                let span = self.span(length, end);
                self.push(Token::Code(span), end + length);
            }
            None => self.push_text(length),
        }
    }

    fn run(&mut self, mark: u8) {
        let rest = self.rest();
        let count = rest.bytes().take_while(|each| *each == mark).count();
        let before = self
            .text
            .get(..self.at)
            .and_then(|text| text.chars().next_back());
        let after = rest.get(count..).and_then(|text| text.chars().next());
        let flanks = chars::flanks(mark, before, after);
        let first = self.tokens.len();
        self.runs.push(Run::new(mark, first, count, flanks));
        self.tokens
            .extend(std::iter::repeat_n(Token::Char(char::from(mark)), count));
        self.at += count;
    }

    fn bracket(&mut self, length: usize) {
        self.brackets.push(Bracket {
            is_image: length == 2,
            at: self.at,
            token: self.tokens.len(),
            runs: self.runs.len(),
        });
        self.push_text(length);
    }

    /// The end of a link or a picture, when a bracket is open and a target follows.
    fn bracket_end(&mut self) {
        let Some(bracket) = self.brackets.pop() else {
            return self.push_text(1);
        };
        let can_link = bracket.is_image || self.brackets.len() >= self.linked;
        self.linked = self.linked.min(self.brackets.len());
        let tail = if can_link {
            link::tail(self.rest())
        } else {
            None
        };
        let Some((target, length)) = tail else {
            return self.push_text(1);
        };
        let target = self.span(target.from, target.to);
        let at = bracket.at;
        let style = if bracket.is_image {
            Style::Image { target, at }
        } else {
            self.linked = self.brackets.len();
            Style::Link { target, at }
        };
        if let Some(token) = self.tokens.get_mut(bracket.token) {
            *token = Token::Open(style);
        }
        let inner = self.runs.split_off(bracket.runs);
        pair(&mut self.tokens, &inner);
        self.push(Token::Close, length);
    }

    fn angle(&mut self) {
        let rest = self.rest();
        if let Some(length) = html::address(rest.as_bytes()) {
            let span = self.span(1, length - 1);
            return self.push(Token::Address(span), length);
        }
        let mut length = html::tag(rest.as_bytes());
        if rest.starts_with("<!--") && !self.no_comment {
            length = html::comment(rest);
            self.no_comment = length.is_none();
        }
        match length {
            Some(length) => {
                let span = self.span(0, length);
                self.push(Token::Html(span), length);
            }
            None => self.push_text(1),
        }
    }
}
