//! Tables on sheets: how wide each column is, and which rows stand together.

use super::items::lines_em;
use super::lines::{ends, flat, longest_em};
use crate::package::markdown::Inline;

/// The narrowest column, in em.
const NARROWEST_EM: f64 = 3.5;
/// Room beside and above the text of a cell, in em.
pub(super) const CELL_EM: f64 = 0.8;

type Row = Vec<Vec<Inline>>;

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// The widths of its columns, in em.
    pub widths: Vec<f64>,
    /// How many of its rows stand on each sheet.
    pub sheets: Vec<usize>,
}

/// Lays a table out on as few sheets as one way of sharing out the width makes it, each `wide` and `high` em with
/// the head on every one of them. No column is narrower than its longest word, where that is possible. `None`
/// where there are too many columns, or a row is higher than a sheet.
pub(super) fn layout(head: &Row, rows: &[Row], wide: f64, high: f64) -> Option<Layout> {
    let cells = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(column));
        cells.chain(head.get(column)).map(|cell| flat(cell))
    };
    let columns = 0..head.len();
    let word = |column| {
        let words = cells(column).map(|cell| longest_em(&cell) + CELL_EM);
        words.fold(NARROWEST_EM, f64::max)
    };
    let longest = |column| {
        let lengths = cells(column).map(|cell| cell.len());
        #[allow(clippy::cast_precision_loss, reason = "a cell has few characters")]
        let longest = lengths.max().unwrap_or(1).clamp(2, 120) as f64;
        longest
    };
    let words: Vec<f64> = columns.clone().map(word).collect();
    let lengths: Vec<f64> = columns.map(longest).collect();
    let with = |least: &[f64]| -> Option<Layout> {
        let rest = wide - least.iter().sum::<f64>();
        if rest < 0.0 {
            return None;
        }
        let shared = |share: fn(f64) -> f64| {
            let all: f64 = lengths.iter().map(|length| share(*length)).sum();
            let of = |(least, length): (&f64, &f64)| least + rest * share(*length) / all;
            let widths = least.iter().zip(&lengths).map(of).collect();
            packed(head, rows, widths, high)
        };
        let ways: [fn(f64) -> f64; 3] = [f64::sqrt, |length| length.sqrt().sqrt(), |length| length];
        let all = ways.into_iter().filter_map(shared);
        all.min_by_key(|made| made.sheets.len())
    };
    with(&words).or_else(|| with(&vec![NARROWEST_EM; words.len()]))
}

/// The rows on sheets, in columns of these widths; `None` where one is higher than a sheet.
fn packed(head: &Row, rows: &[Row], widths: Vec<f64>, high: f64) -> Option<Layout> {
    let head = row_em(head, &widths);
    let mut sheets = Vec::new();
    let (mut count, mut used) = (0, head);
    for row in rows {
        let row = row_em(row, &widths);
        if head + row > high {
            return None;
        }
        if used + row > high {
            sheets.push(count);
            (count, used) = (0, head);
        }
        count += 1;
        used += row;
    }
    sheets.push(count);
    Some(Layout { widths, sheets })
}

/// The height of a row in columns of these widths, in em.
fn row_em(cells: &Row, widths: &[f64]) -> f64 {
    let cells = cells.iter().zip(widths);
    let lines = cells.map(|(cell, wide)| ends(&flat(cell), wide - CELL_EM).len());
    lines_em(lines.max().unwrap_or(1)) + CELL_EM
}
