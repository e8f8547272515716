//! Making Chromium begin a new log file.
//!
//! A write that broke off, on a full disk or in a power cut, leaves a torn end in the log of `LevelDB`.
//! The next start reads what is before it, and goes on writing behind it; the start after that finds
//! the tear in the middle, calls the database corrupt, and throws all of it away. As soon as as much
//! was written as fits into memory, the whole of it goes into a table and the log begins anew.

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use wasm_bindgen::JsValue;

use super::{IdbStore, error, rows};
use crate::store::port::{Key, StoreError};

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
        let durability = TransactionDurability::Strict;
        let rolled = self
            .write_content(durability, |store| {
                for number in 0..(BYTES / ROW_BYTES) as u64 {
                    let key = prefix.clone().number(number);
                    let put = store.put(rows::row_of(&key, &text)?);
                    let put = put.with_key(rows::key(&key)).without_key_type();
                    put.primitive().map_err(error::of)?;
                }
                let all = rows::beginning_with(&prefix);
                let gone = store.delete::<JsValue, _>(all).primitive();
                gone.map_err(error::of)?;
                Ok(())
            })
            .await;
        if rolled.is_ok() {
            self.0.mended();
        }
        rolled
    }
}
