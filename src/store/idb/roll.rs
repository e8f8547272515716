//! Making Chromium begin a new log file.
//!
//! A write that broke off, on a full disk or in a power cut, leaves a torn end in the log of `LevelDB`.
//! The next start reads what is before it, and goes on writing behind it; the start after that finds
//! the tear in the middle, calls the database corrupt, and throws all of it away. As soon as as much
//! was written as fits into memory, the whole of it goes into a table and the log begins anew.

use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransaction;

use super::{IdbStore, error, rows, why};
use crate::store::port::{Key, StoreError, Table};

/// What Chromium keeps in memory before it writes a table, and some more, in bytes.
const BYTES: usize = 6_000_000;
/// A row; larger ones would go into files of their own.
const ROW_BYTES: usize = 30_000;

impl IdbStore {
    /// Writes rows that mean nothing, and takes them away again. After a disk that was full nothing else
    /// is written before this.
    ///
    /// # Errors
    /// As [`crate::store::port::Store::commit`]; nothing was done.
    pub async fn roll(&self) -> Result<(), StoreError> {
        let text = JsValue::from("x".repeat(ROW_BYTES));
        let prefix = Key::of(&["roll"]);
        let table = Table::Content.name();
        let (mode, durability) = (TransactionMode::Readwrite, TransactionDurability::Strict);
        let rolled = self
            .0
            .transaction(&[table], mode, durability, async |transaction| {
                let system: IdbTransaction = transaction.as_sys().clone().unchecked_into();
                let store = transaction.object_store(table).map_err(error::of)?;
                for number in 0..(BYTES / ROW_BYTES) as u64 {
                    let key = prefix.clone().number(number);
                    let put = store.put(rows::row_of(&key, &text)?);
                    let put = put.with_key(rows::key(&key)).without_key_type();
                    put.primitive().map_err(error::of)?;
                }
                let all = rows::beginning_with(&prefix);
                let gone = store.delete::<JsValue, _>(all).primitive();
                gone.map_err(error::of)?;
                match transaction.commit().await {
                    Ok(()) => Ok(()),
                    Err(error) => Err(why(error, &system, Vec::new()).await),
                }
            })
            .await;
        if rolled.is_ok() {
            self.0.mended();
        }
        rolled
    }
}
