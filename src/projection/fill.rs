//! Filling sheets.

use super::items::{Item, Part, Sheet, Shown, TableSheet, lines_em, parts};
use super::lines::{Break, divide, ends, flat, split};
use super::room::Room;
use super::table::{CELL_EM, Layout, layout};
use crate::package::markdown::{Document, Inline};

/// What a paragraph is divided after, the best first, and how many lines stand before and after it at least.
const BREAKS: [(Break, usize); 7] = [
    (Break::Sentence, 3),
    (Break::Sentence, 2),
    (Break::Sentence, 1),
    (Break::Clause, 2),
    (Break::Clause, 1),
    (Break::Line, 2),
    (Break::Line, 1),
];
/// So few lines do not stand alone on the last sheet.
const FEW_LINES: usize = 2;

/// A document as sheets for a room. Every text of it stands on a sheet, in order, and once.
#[must_use]
pub fn sheets(document: &Document, room: Room) -> Vec<Sheet> {
    sheets_below(document, room, 0.0)
}

/// As [`sheets`], with so many em of each sheet taken by something else.
#[must_use]
pub fn sheets_below(document: &Document, room: Room, taken_em: f64) -> Vec<Sheet> {
    sheets_of(document, room, taken_em, 1.0)
}

/// As [`sheets_below`], with type so many times as large.
#[must_use]
pub fn sheets_of(document: &Document, room: Room, taken_em: f64, times: f64) -> Vec<Sheet> {
    let mut filling = Filling {
        wide: room.text_em() / times,
        high: (room.column_em() - taken_em) / times,
        sheets: Vec::new(),
        open: Vec::new(),
        used: 0.0,
        run: 0,
    };
    for part in parts(document) {
        match part {
            Part::Break => filling.turn(),
            Part::Picture { path, alt } => {
                let title = filling.title();
                filling.end();
                filling.sheets.push(Sheet::Picture { title, path, alt });
            }
            Part::Table {
                columns,
                head,
                rows,
            } => {
                let table = TableSheet {
                    title: filling.title(),
                    widths: Vec::new(),
                    columns,
                    head,
                    rows,
                };
                filling.table(&table);
            }
            Part::Text(item) => filling.text(item),
        }
    }
    filling.end();
    filling.sheets
}

/// Words that end with a colon lead in to what follows, where they have so many lines at most.
const LEAD_IN_LINES: usize = 3;

struct Filling {
    wide: f64,
    high: f64,
    sheets: Vec<Sheet>,
    open: Vec<Item>,
    used: f64,
    /// The sheet that the text began on which is laid out.
    run: usize,
}

impl Filling {
    /// The headings that what comes next stands under.
    fn title(&mut self) -> Vec<Inline> {
        let is_heading = |item: &Item| item.shown == Shown::Heading;
        let text = self.open.iter().rposition(|item| !is_heading(item));
        let headings = self.open.split_off(text.map_or(0, |text| text + 1));
        let mut title = Vec::new();
        for heading in headings {
            if !title.is_empty() {
                title.push(Inline::Text(" · ".to_owned()));
            }
            title.extend(heading.content);
        }
        title
    }

    /// Ends the sheet with all that is on it; what comes next stands apart.
    fn end(&mut self) {
        self.settle();
        self.flush();
        self.run = self.sheets.len();
    }

    /// Ends the sheet where the author does.
    fn turn(&mut self) {
        self.settle();
        self.close();
        self.run = self.sheets.len();
    }

    fn flush(&mut self) {
        if !self.open.is_empty() {
            self.sheets
                .push(Sheet::Texts(std::mem::take(&mut self.open)));
        }
        self.used = 0.0;
    }

    /// A line or two that would stand alone take the text before them along.
    fn settle(&mut self) {
        let lines =
            |items: &[Item]| -> usize { items.iter().map(|item| item.lines(self.wide)).sum() };
        let alone = self.open.first().filter(|_| lines(&self.open) <= FEW_LINES);
        let before = self.sheets.get(self.run..).and_then(<[Sheet]>::last);
        let (Some(first), Some(Sheet::Texts(before))) = (alone, before) else {
            return;
        };
        // Rows and listings stand together as they are.
        let fixed = |item: &Item| matches!(item.shown, Shown::Cell(_) | Shown::Code);
        if before.last().is_none_or(fixed) {
            return;
        }
        let last = before.iter().rposition(|item| !self.goes_ahead(item));
        let ahead = before.get(..last.unwrap_or(0)).unwrap_or_default();
        let at = ahead.iter().rposition(|item| !self.goes_ahead(item));
        let Some(at) = at.map(|at| at + 1) else {
            return;
        };
        let (stays, last) = before.split_at(at);
        let mut moved = last.to_vec();
        let mut rest = self.open.as_slice();
        if first.continued
            && let Some(one) = moved.last_mut()
        {
            one.content.extend_from_slice(&first.content);
            rest = self.open.get(1..).unwrap_or_default();
        }
        moved.extend_from_slice(rest);
        let high: f64 = moved.iter().map(|item| item.height_em(self.wide)).sum();
        if high > self.high || lines(stays) < lines(&moved) {
            return;
        }
        let stays = Sheet::Texts(stays.to_vec());
        self.sheets.pop();
        self.sheets.push(stays);
        self.used = high;
        self.open = moved;
    }

    /// Ends the sheet where its text goes on.
    fn close(&mut self) {
        // A heading, or words that lead in, do not stay behind what they are of.
        let stays = self.open.iter().rposition(|item| !self.goes_ahead(item));
        // Where there is nothing else they do, but for headings below the first.
        let stays = stays.or_else(|| {
            self.open
                .iter()
                .rposition(|item| item.shown != Shown::Heading)
        });
        let first = stays.map_or(1, |stays| stays + 1);
        let carried = self.open.split_off(first.min(self.open.len()));
        self.flush();
        for item in carried {
            self.put(item);
        }
    }

    /// Whether something belongs to what comes after it.
    fn goes_ahead(&self, item: &Item) -> bool {
        let leads_in = || matches!(flat(&item.content).last(), Some('：' | ':'));
        item.shown == Shown::Heading || (item.lines(self.wide) <= LEAD_IN_LINES && leads_in())
    }

    fn put(&mut self, item: Item) {
        self.used += item.height_em(self.wide);
        self.open.push(item);
    }

    /// How many lines are left on the sheet.
    fn left(&self) -> usize {
        let mut lines = 0;
        while self.used + lines_em(lines + 1) <= self.high {
            lines += 1;
        }
        lines
    }

    fn text(&mut self, mut item: Item) {
        loop {
            let left = self.left();
            if item.lines(self.wide) <= left {
                return self.put(item);
            }
            let text = flat(&item.content);
            let wide = item.wide_em(self.wide);
            let fresh = self.open.is_empty();
            // Below other texts it is divided after a sentence or not at all.
            let first = self.open.iter().all(|open| self.goes_ahead(open));
            let breaks = if first {
                BREAKS.as_slice()
            } else {
                &BREAKS[..2]
            };
            let mut found = breaks.iter().map(|how| divide(&text, wide, left, *how));
            let found = found.find_map(|found| found);
            let whole = item.height_em(self.wide) <= self.high;
            // What a sheet of its own takes whole is divided only where much of this one is left.
            let divided = found.filter(|_| fresh || !whole || self.used < self.high * 0.6);
            match divided {
                Some(at) => {
                    let (before, after) = split(&item.content, at);
                    let mut rest = Item::new(item.shown.clone(), after);
                    if let Shown::Point(mark, _) = &mut rest.shown {
                        mark.clear();
                    }
                    rest.continued = true;
                    item.content = before;
                    self.put(item);
                    self.close();
                    item = rest;
                }
                None if fresh => return self.put(item),
                None => self.close(),
            }
        }
    }

    fn table(&mut self, table: &TableSheet) {
        let title = ends(&flat(&table.title), self.wide).len();
        let title_em = if table.title.is_empty() {
            0.0
        } else {
            lines_em(title) + CELL_EM
        };
        let laid = layout(&table.head, &table.rows, self.wide, self.high - title_em);
        let Some(Layout { widths, sheets }) = laid else {
            return self.cells(table);
        };
        self.end();
        let mut rest = table.rows.iter();
        for count in sheets {
            let rows = rest.by_ref().take(count).cloned().collect();
            self.sheets.push(Sheet::Table(TableSheet {
                title: table.title.clone(),
                columns: table.columns.clone(),
                widths: widths.clone(),
                head: table.head.clone(),
                rows,
            }));
        }
    }

    /// A table row by row, each cell with its head. A row that finds room on a sheet is not divided.
    fn cells(&mut self, table: &TableSheet) {
        if !table.title.is_empty() {
            self.put(Item::new(Shown::Heading, table.title.clone()));
        }
        for row in &table.rows {
            let last = row.len().saturating_sub(1);
            let cells = table.head.iter().zip(row).enumerate();
            let item = |(at, (head, cell)): (usize, (&Vec<Inline>, &Vec<Inline>))| {
                let mut content = Vec::new();
                if !flat(head).is_empty() {
                    content.push(Inline::Strong(head.clone()));
                    content.push(Inline::Text(after(head).to_owned()));
                }
                content.extend_from_slice(cell);
                Item::new(Shown::Cell(at == last), content)
            };
            let items: Vec<Item> = cells.map(item).collect();
            let high: f64 = items.iter().map(|item| item.height_em(self.wide)).sum();
            if self.used + high > self.high && high <= self.high {
                self.close();
            }
            for item in items {
                self.text(item);
            }
        }
    }
}

/// What stands between the head of a column and a cell.
fn after(head: &[Inline]) -> &'static str {
    match flat(head).last() {
        Some('？' | '！' | '：' | '。') => "",
        Some('?' | '!' | ':' | '.') => " ",
        Some(last) if last.is_ascii() => ": ",
        _ => "：",
    }
}
