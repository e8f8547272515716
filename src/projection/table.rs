//! Tables on sheets: how wide each column is, and which rows stand together.

use super::items::lines_em;
use super::lines::{ends, flat, line_em, longest_em};
use crate::package::markdown::Inline;

/// The narrowest column, in em.
const NARROWEST_EM: f64 = 3.5;
/// Room beside and above the text of a cell, in em.
pub(super) const CELL_EM: f64 = 0.8;

/// How much wider the letters of a head are.
const BOLD: f64 = 1.1;

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
/// the head on every one of them. No column is narrower than its longest word. `None` where that leaves too little
/// room, and where a row is higher than a sheet.
pub(super) fn layout(head: &Row, rows: &[Row], wide: f64, high: f64) -> Option<Layout> {
    let of_column = |column: usize, em: fn(&[char]) -> f64| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let cells = cells.map(|cell| em(&flat(cell)));
        let head = head.get(column).map(|cell| em(&flat(cell)) * BOLD);
        cells
            .chain(head)
            .fold(NARROWEST_EM, |widest, cell| widest.max(cell + CELL_EM))
    };
    let columns = 0..head.len();
    let least: Vec<f64> = columns
        .clone()
        .map(|at| of_column(at, longest_em))
        .collect();
    let rest = wide - least.iter().sum::<f64>();
    if rest < 0.0 {
        return None;
    }
    // What each takes in one line, beyond that.
    let wanted: Vec<f64> = columns
        .zip(&least)
        .map(|(at, least)| of_column(at, line_em) - least)
        .collect();
    let shared = |share: fn(f64) -> f64| {
        // Where nothing is wanted, evenly.
        let share = |wanted: &f64| share(wanted + 1.0);
        let all: f64 = wanted.iter().map(share).sum();
        let widths = least.iter().zip(&wanted);
        let widths = widths.map(|(least, wanted)| least + rest * share(wanted) / all);
        packed(head, rows, widths.collect(), high)
    };
    let ways: [fn(f64) -> f64; 3] = [f64::sqrt, |wanted| wanted, |wanted| wanted * wanted];
    let made = ways.into_iter().filter_map(shared);
    made.min_by_key(|layout| layout.sheets.len())
}

/// The rows on sheets, in columns of these widths; `None` where one is higher than a sheet.
fn packed(head: &Row, rows: &[Row], widths: Vec<f64>, high: f64) -> Option<Layout> {
    let within: Vec<f64> = widths
        .iter()
        .map(|wide| (wide - CELL_EM) / BOLD + CELL_EM)
        .collect();
    let head = row_em(head, &within);
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
