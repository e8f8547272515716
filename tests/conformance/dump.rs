//! A whole store as JSON: `{table: [[key, row], …]}`, keys as arrays, rows as their text.
//!
//! `fixtures/store-v1.json` is what version 1 of the database held. It is never written
//! again: every later version must read it. A new version adds a file of its own.

use serde_json::{Map, Value, json};
use zhixing::store::port::{Durability, Key, KeyPart, Range, Store, Table, Write};

/// What version 1 wrote.
pub fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/store-v1.json")).unwrap()
}

/// Every row of a store.
pub async fn of(store: &impl Store) -> Value {
    let mut tables = Map::new();
    for table in Table::ALL {
        // What version 1 did not have is no part of what it wrote.
        if matches!(
            table,
            Table::Posts | Table::Files | Table::Outbox | Table::Content
        ) {
            continue;
        }
        let rows = store
            .scan(table, &Range::all(Key(Vec::new())))
            .await
            .unwrap();
        let rows = rows
            .into_iter()
            .map(|(key, row)| json!([key_out(key), row]));
        tables.insert(table.name().to_owned(), rows.collect());
    }
    Value::Object(tables)
}

/// Inserts every row of a dump.
pub async fn load(store: &impl Store, dump: &Value) {
    let mut batch = Vec::new();
    for table in Table::ALL {
        for row in dump[table.name()].as_array().into_iter().flatten() {
            let json = row[1].as_str().unwrap().to_owned();
            batch.push(Write::Insert(table, key_in(&row[0]), json));
        }
    }
    store.commit(batch, Durability::Strict).await.unwrap();
}

fn key_out(key: Key) -> Value {
    let parts = key.0.into_iter().map(|part| match part {
        KeyPart::Number(number) => json!(number),
        KeyPart::Text(text) => json!(text),
    });
    parts.collect()
}

fn key_in(key: &Value) -> Key {
    let parts = key
        .as_array()
        .unwrap()
        .iter()
        .map(|part| match part.as_u64() {
            Some(number) => KeyPart::Number(number),
            None => KeyPart::Text(part.as_str().unwrap().to_owned()),
        });
    Key(parts.collect())
}
