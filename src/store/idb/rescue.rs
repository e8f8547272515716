//! Reading a database as it stands, whatever its version, where the app cannot open it.

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, UnexpectedDataError};
use indexed_db_futures::prelude::*;
use wasm_bindgen::JsValue;

use super::{error, rows};
use crate::store::port::{Key, StoreError, Table};

/// What could be read.
#[derive(Default)]
pub struct Rescued {
    /// Rows of text.
    pub rows: Vec<(Table, Key, String)>,
    /// Rows of bytes.
    pub files: Vec<(Key, Vec<u8>)>,
}

/// What belongs to learners and cannot be made again.
const TABLES: [Table; 5] = [
    Table::Profiles,
    Table::Log,
    Table::Drafts,
    Table::Places,
    Table::Files,
];

/// Reads everything of the learners; what cannot be read is left out, and nothing is changed.
///
/// # Errors
/// [`StoreError`] when there is no such database, or it does not open at all.
pub async fn rescue(name: &str) -> Result<Rescued, StoreError> {
    let opening = Database::open(name)
        // There is none: it must not come about without its stores.
        .with_on_upgrade_needed(|_, _| Err(UnexpectedDataError::TransactionAborted.into()))
        .build()
        .map_err(error::of_open)?;
    let database = opening.await.map_err(error::of_open)?;
    let there: Vec<String> = database.object_store_names().collect();
    let mut rescued = Rescued::default();
    for table in TABLES {
        if there.iter().any(|name| name == table.name())
            && let Ok(read) = read(&database, table).await
        {
            take(&mut rescued, table, &read);
        }
    }
    database.close();
    Ok(rescued)
}

async fn read(database: &Database, table: Table) -> Result<Vec<(JsValue, JsValue)>, Error> {
    let transaction = database.transaction(table.name()).build()?;
    let store = transaction.object_store(table.name())?;
    let keys = store.get_all_keys::<JsValue>().primitive()?;
    let values = store.get_all::<JsValue>().primitive()?;
    let keys: Vec<JsValue> = keys.await?.collect::<Result<_, _>>()?;
    let values: Vec<JsValue> = values.await?.collect::<Result<_, _>>()?;
    Ok(keys.into_iter().zip(values).collect())
}

fn take(rescued: &mut Rescued, table: Table, read: &[(JsValue, JsValue)]) {
    let none = Key(Vec::new());
    for (key, row) in read {
        let Ok(key) = rows::key_after(&none, key) else {
            continue;
        };
        if let Some(bytes) = rows::bytes(row).filter(|_| table == Table::Files) {
            rescued.files.push((key, bytes));
        } else if table != Table::Files {
            rescued.rows.push((table, key, rows::text(row)));
        }
    }
}
