//! A store in memory: the fake of native tests, and what the app falls back to when the
//! browser gives no storage. Nothing in it outlives the page.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::domain::sorted::Sorted;

use super::port::{Durability, Key, KeyPart, Range, Store, StoreError, Table, Write};

/// Rows of one table in the order of their keys.
type Rows = Sorted<Key, Row>;

/// A row as it was before a write touched it.
type Before = (Table, Key, Option<Row>);

/// A row of either sort.
#[derive(Debug, Clone)]
enum Row {
    Text(String),
    Bytes(Vec<u8>),
}

/// A database in memory. Clones are handles of the same one.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Rc<RefCell<State>>);

#[derive(Debug, Default)]
struct State {
    tables: Sorted<Table, Rows>,
    faults: VecDeque<StoreError>,
}

impl MemoryStore {
    /// Lets the next commit fail with `error`, nothing done. Called again, the one after it
    /// fails too, and so on.
    pub fn fail_next(&self, error: StoreError) {
        self.0.borrow_mut().faults.push_back(error);
    }
}

impl Store for MemoryStore {
    async fn commit(&self, batch: Vec<Write>, _: Durability) -> Result<(), StoreError> {
        let mut state = self.0.borrow_mut();
        if let Some(error) = state.faults.pop_front() {
            return Err(error);
        }
        let mut undo = Vec::new();
        for write in batch {
            if let Err(error) = state.apply(write, &mut undo) {
                state.restore(undo);
                return Err(error);
            }
        }
        Ok(())
    }

    async fn get_each(
        &self,
        table: Table,
        keys: &[Key],
    ) -> Result<Vec<Option<String>>, StoreError> {
        let database = self.0.borrow();
        let row = |key: &Key| match database.row(table, key) {
            Some(Row::Text(row)) => Some(row.clone()),
            Some(Row::Bytes(_)) => Some(String::new()),
            None => None,
        };
        Ok(keys.iter().map(row).collect())
    }

    async fn get_bytes(&self, table: Table, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(match self.0.borrow().row(table, key) {
            Some(Row::Bytes(bytes)) => Some(bytes.clone()),
            Some(Row::Text(_)) | None => None,
        })
    }

    async fn scan(&self, table: Table, range: &Range) -> Result<Vec<(Key, String)>, StoreError> {
        let state = self.0.borrow();
        let Some(rows) = state.tables.get(&table) else {
            return Ok(Vec::new());
        };
        let lowest = lowest(range);
        let wanted = rows
            .from(&lowest)
            .take_while(|(key, _)| contains(range, key));
        let text = |(key, row): (&Key, &Row)| match row {
            Row::Text(row) => (key.clone(), row.clone()),
            Row::Bytes(_) => (key.clone(), String::new()),
        };
        if range.reverse {
            let rows: Vec<_> = wanted.collect();
            let last = rows.into_iter().rev().take(range.limit);
            return Ok(last.map(text).collect());
        }
        Ok(wanted.take(range.limit).map(text).collect())
    }
}

impl State {
    fn row(&self, table: Table, key: &Key) -> Option<&Row> {
        self.tables.get(&table)?.get(key)
    }

    /// Does one write and notes in `undo` what it replaced.
    fn apply(&mut self, write: Write, undo: &mut Vec<Before>) -> Result<(), StoreError> {
        match write {
            Write::Insert(table, key, row) => {
                let rows = self.tables.entry(table);
                if rows.get(&key).is_some() {
                    return Err(StoreError::Conflict(table));
                }
                rows.insert(key.clone(), Row::Text(row));
                undo.push((table, key, None));
            }
            Write::Put(table, key, row) => {
                let rows = self.tables.entry(table);
                let before = rows.insert(key.clone(), Row::Text(row));
                undo.push((table, key, before));
            }
            Write::PutBytes(table, key, bytes) => {
                let rows = self.tables.entry(table);
                let before = rows.insert(key.clone(), Row::Bytes(bytes));
                undo.push((table, key, before));
            }
            Write::Delete(table, key) => {
                let before = self.tables.entry(table).remove(&key);
                undo.push((table, key, before));
            }
            Write::DeletePrefix(table, prefix) => {
                let rows = self.tables.entry(table);
                let below = rows.from(&prefix).map(|(key, _)| key);
                let gone: Vec<Key> = below
                    .take_while(|key| key.0.starts_with(&prefix.0))
                    .cloned()
                    .collect();
                for key in gone {
                    let row = rows.remove(&key);
                    undo.push((table, key, row));
                }
            }
        }
        Ok(())
    }

    /// Takes back what [`State::apply`] noted, the last first.
    fn restore(&mut self, undo: Vec<Before>) {
        for (table, key, before) in undo.into_iter().rev() {
            let rows = self.tables.entry(table);
            match before {
                Some(row) => rows.insert(key, row),
                None => rows.remove(&key),
            };
        }
    }
}

/// The least key that a range can hold.
fn lowest(range: &Range) -> Key {
    match (range.from, range.before) {
        (Some(from), _) => range.prefix.clone().number(from),
        (None, Some(_)) => range.prefix.clone().number(0),
        (None, None) => range.prefix.clone(),
    }
}

/// Whether a key that is not below [`lowest`] belongs to the range.
fn contains(range: &Range, key: &Key) -> bool {
    let next = key.0.get(range.prefix.0.len());
    let bounded = range.from.is_some() || range.before.is_some();
    let in_bounds = match next {
        Some(KeyPart::Number(number)) => range.before.is_none_or(|before| *number < before),
        _ => !bounded,
    };
    key.0.starts_with(&range.prefix.0) && in_bounds
}
