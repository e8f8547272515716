//! A line of the source, read from left to right.

/// A tab reaches to the next multiple of this many columns.
const TAB: usize = 4;

/// What is left of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
    column: usize,
    /// Blanks left of a tab that was begun; they stand before `rest`.
    owed: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(line: &'a str) -> Self {
        Self {
            rest: line,
            column: 0,
            owed: 0,
        }
    }

    /// Columns of blanks before the text.
    pub fn indent(&self) -> usize {
        let mut column = self.column + self.owed;
        for byte in self.rest.bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column += TAB - column % TAB,
                _ => break,
            }
        }
        column - self.column
    }

    /// Passes over at most so many columns of blanks.
    pub fn skip(&mut self, columns: usize) {
        let end = self.column.saturating_add(columns);
        while self.column < end {
            if self.owed > 0 {
                let some = self.owed.min(end - self.column);
                self.owed -= some;
                self.column += some;
            } else if let Some(rest) = self.rest.strip_prefix(' ') {
                self.rest = rest;
                self.owed = 1;
            } else if let Some(rest) = self.rest.strip_prefix('\t') {
                self.rest = rest;
                self.owed = TAB - self.column % TAB;
            } else {
                break;
            }
        }
    }

    /// Passes over all blanks and so many bytes of ASCII behind them.
    pub fn advance(&mut self, bytes: usize) {
        self.skip(self.indent());
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.column += bytes;
    }

    /// The text behind the blanks.
    pub fn text(&self) -> &'a str {
        self.rest.trim_start_matches([' ', '\t'])
    }

    /// Whether nothing is left but blanks.
    pub fn is_blank(&self) -> bool {
        self.text().is_empty()
    }

    /// Adds what is left, with its blanks, as a line.
    pub fn push_to(&self, text: &mut String) {
        text.extend(std::iter::repeat_n(' ', self.owed));
        text.push_str(self.rest);
        text.push('\n');
    }
}
