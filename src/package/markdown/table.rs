//! Tables.

use super::{Align, Block, Inline};

/// Cells that the rows of a table may leave out. A few bytes must not make a million cells.
const MAX_MISSING: usize = 10_000;

/// A table whose rows are still read.
pub(super) struct Table {
    columns: Vec<Align>,
    head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
    missing: usize,
}

impl Table {
    pub fn new(columns: Vec<Align>, head: Vec<Vec<Inline>>) -> Self {
        Self {
            columns,
            head,
            rows: Vec::new(),
            missing: 0,
        }
    }

    /// Makes as many cells as there are columns: superfluous ones are dropped. `false` when the
    /// line is no row: a bar alone, or one of a table in which too many cells are missing.
    pub fn fits(&mut self, cells: &mut Vec<String>) -> bool {
        if cells.is_empty() {
            return false;
        }
        self.missing += self.columns.len().saturating_sub(cells.len());
        cells.resize(self.columns.len(), String::new());
        self.missing <= MAX_MISSING
    }

    pub fn into_block(self) -> Block {
        Block::Table {
            columns: self.columns,
            head: self.head,
            rows: self.rows,
        }
    }
}

/// The columns that the line between head and rows gives.
pub(super) fn columns(line: &str) -> Option<Vec<Align>> {
    let fits = |each| matches!(each, b'|' | b'-' | b':' | b' ' | b'\t');
    if !line.contains('|') || !line.bytes().all(fits) {
        return None;
    }
    let cells = cells(line);
    let columns: Option<Vec<Align>> = cells.iter().map(|cell| align(cell)).collect();
    columns.filter(|columns| !columns.is_empty())
}

fn align(cell: &str) -> Option<Align> {
    let start = cell.strip_prefix(':');
    let dashes = start.unwrap_or(cell);
    let end = dashes.strip_suffix(':');
    let dashes = end.unwrap_or(dashes);
    if dashes.is_empty() || dashes.contains(|each| each != '-') {
        return None;
    }
    Some(match (start, end) {
        (Some(_), Some(_)) => Align::Center,
        (None, Some(_)) => Align::End,
        _ => Align::Start,
    })
}

/// The cells of a row. A bar after a backslash is no border, and loses the backslash.
pub(super) fn cells(line: &str) -> Vec<String> {
    let line = line.trim_ascii();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut rest = line.chars();
    while let Some(each) = rest.next() {
        match each {
            '|' => {
                cells.push(cell.trim_ascii().to_owned());
                cell.clear();
            }
            '\\' => match rest.next() {
                Some('|') => cell.push('|'),
                next => cell.extend(std::iter::once(each).chain(next)),
            },
            _ => cell.push(each),
        }
    }
    if !cell.trim_ascii().is_empty() {
        cells.push(cell.trim_ascii().to_owned());
    }
    cells
}
