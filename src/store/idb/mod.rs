//! The store in the browser's `IndexedDB`: one database, one object store per table.

mod connection;
mod error;
pub mod migrations;
mod open;
pub mod rescue;
mod roll;
mod rows;

use std::rc::Rc;

use indexed_db_futures::error::Error;
use indexed_db_futures::future::VoidRequest;
use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode};
use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, IdbCursorDirection, IdbRequest, IdbTransaction};

use super::port::{Durability, Key, Range, Store, StoreError, Table, Write};
use connection::Connection;
use migrations::Migration;
use open::Target;

/// Milliseconds to wait for another tab to close an older database. A tab that runs closes it
/// at once; one that the browser froze does not.
const PATIENCE: u32 = 10_000;

/// A handle of a database; clones share its connection.
#[derive(Clone)]
pub struct IdbStore(Rc<Connection>);

impl IdbStore {
    /// Opens the database of this name, making or upgrading it where required.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the browser gives no storage, [`StoreError::Newer`]
    /// when a newer app made it, [`StoreError::Blocked`] when another tab holds an older one
    /// for ten seconds, [`StoreError::Full`] and [`StoreError::Failed`] as named.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        Self::open_with(name, migrations::ALL, PATIENCE).await
    }

    /// Opens it with these migrations, waiting `patience` milliseconds for other tabs.
    ///
    /// # Errors
    /// As [`IdbStore::open`].
    pub async fn open_with(
        name: &str,
        migrations: &'static [Migration],
        patience: u32,
    ) -> Result<Self, StoreError> {
        let target = Target {
            name: name.to_owned(),
            migrations,
            patience,
        };
        Ok(Self(Rc::new(Connection::open(target).await?)))
    }

    /// Whether the browser found the database unreadable and put an empty one in its place.
    /// Only Chromium tells.
    #[must_use]
    pub fn data_lost(&self) -> bool {
        self.0.data_lost()
    }

    /// The parts of files of courses, in order, for each of the keys with which theirs begin.
    ///
    /// # Errors
    /// As the other reads of the store.
    pub async fn blobs(&self, files: &[Key]) -> Result<Vec<Vec<Blob>>, StoreError> {
        let all = self
            .read(Table::Content, async |store| {
                let mut asked = Vec::with_capacity(files.len());
                for file in files {
                    let within = rows::beginning_with(file);
                    asked.push(
                        store
                            .get_all()
                            .with_query::<JsValue, _>(within)
                            .primitive()?,
                    );
                }
                let mut all = Vec::with_capacity(asked.len());
                for request in asked {
                    let rows: Vec<JsValue> = request.await?.collect::<Result<_, _>>()?;
                    all.push(rows);
                }
                Ok(all)
            })
            .await?;
        let read = |rows: &Vec<JsValue>| rows.iter().map(rows::blob).collect();
        all.iter().map(read).collect()
    }

    /// Keeps a part of a course's file, of which the browser reads what is wanted when it is.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn put_blob(&self, part: &Key, bytes: &Blob) -> Result<(), StoreError> {
        self.untorn()?;
        let row = rows::row_of_blob(part, bytes)?;
        self.write_content(TransactionDurability::Relaxed, |store| {
            let put = store.put(row).with_key(rows::key(part));
            put.without_key_type().primitive().map_err(error::of)?;
            Ok(())
        })
        .await
    }

    /// Writes to the table of courses; `place` sends what is to be written.
    async fn write_content(
        &self,
        durability: TransactionDurability,
        place: impl FnOnce(&ObjectStore<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let table = Table::Content.name();
        let mode = TransactionMode::Readwrite;
        self.0
            .transaction(&[table], mode, durability, async |transaction| {
                let system: IdbTransaction = transaction.as_sys().clone().unchecked_into();
                place(&transaction.object_store(table).map_err(error::of)?)?;
                match transaction.commit().await {
                    Ok(()) => Ok(()),
                    Err(error) => Err(why(error, &system, Vec::new()).await),
                }
            })
            .await
    }

    /// Nothing is safe behind a tear ([`Self::roll`]).
    fn untorn(&self) -> Result<(), StoreError> {
        if self.0.is_torn() {
            return Err(StoreError::Full);
        }
        Ok(())
    }

    /// The rows at keys.
    async fn rows(&self, table: Table, keys: &[Key]) -> Result<Vec<Option<JsValue>>, StoreError> {
        self.read(table, async |store| {
            let mut asked = Vec::with_capacity(keys.len());
            for key in keys {
                asked.push(store.get(rows::key(key)).primitive()?);
            }
            let mut found = Vec::with_capacity(asked.len());
            for request in asked {
                found.push(request.await?);
            }
            Ok(found)
        })
        .await
    }

    /// Reads from one table.
    async fn read<T>(
        &self,
        table: Table,
        work: impl AsyncFnOnce(&ObjectStore<'_>) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let (mode, durability) = (TransactionMode::Readonly, TransactionDurability::Default);
        self.0
            .transaction(&[table.name()], mode, durability, async |transaction| {
                let store = transaction.object_store(table.name()).map_err(error::of)?;
                work(&store).await.map_err(error::of)
            })
            .await
    }
}

impl Store for IdbStore {
    async fn commit(&self, batch: Vec<Write>, durability: Durability) -> Result<(), StoreError> {
        let stores = touched(&batch);
        if stores.is_empty() {
            return Ok(());
        }
        self.untorn()?;
        let durability = match durability {
            Durability::Strict => TransactionDurability::Strict,
            Durability::Relaxed => TransactionDurability::Relaxed,
        };
        let mode = TransactionMode::Readwrite;
        self.0
            .transaction(&stores, mode, durability, async |transaction| {
                let sent = place(&transaction, batch)?;
                let system: IdbTransaction = transaction.as_sys().clone().unchecked_into();
                // Where a row may be there already, not before the last request was done: Firefox
                // commits what comes before and after a request that fails once it was told to
                // commit. Everything else at once: the page may be on its way out.
                let may_fail = sent.last_insert.is_some() || !sent.inserts.is_empty();
                let done = match sent.last {
                    Some(last) if may_fail => last.await,
                    _ => Ok(()),
                };
                let committed = match (done, sent.last_insert) {
                    (Ok(()), _) => transaction.commit().await,
                    (Err(error), Some(table)) if error::is_constraint(&error) => {
                        return Err(StoreError::Conflict(table));
                    }
                    (Err(error), _) => Err(error),
                };
                match committed {
                    Ok(()) => Ok(()),
                    Err(error) => Err(why(error, &system, sent.inserts).await),
                }
            })
            .await
    }

    async fn get_each(
        &self,
        table: Table,
        keys: &[Key],
    ) -> Result<Vec<Option<String>>, StoreError> {
        let found = self.rows(table, keys).await?;
        Ok(found
            .iter()
            .map(|row| row.as_ref().map(rows::text))
            .collect())
    }

    async fn get_bytes(&self, table: Table, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.rows(table, std::slice::from_ref(key)).await?;
        let row = found.into_iter().next().flatten();
        Ok(row.as_ref().and_then(rows::bytes))
    }

    async fn scan(&self, table: Table, range: &Range) -> Result<Vec<(Key, String)>, StoreError> {
        if range.limit == 0 {
            return Ok(Vec::new());
        }
        let (keys, values) = self
            .read(table, async |store| {
                let (within, limit) = window(store, range).await?;
                let keys = store
                    .get_all_keys()
                    .with_query::<JsValue, _>(within.clone());
                let keys = keys.with_limit(limit).primitive()?;
                let values = store.get_all().with_query::<JsValue, _>(within);
                let values = values.with_limit(limit).primitive()?;
                let keys: Vec<JsValue> = keys.await?.collect::<Result<_, _>>()?;
                let values: Vec<JsValue> = values.await?.collect::<Result<_, _>>()?;
                Ok((keys, values))
            })
            .await?;
        let mut rows = Vec::with_capacity(keys.len());
        for (key, value) in keys.iter().zip(&values) {
            rows.push((rows::key_after(&range.prefix, key)?, rows::text(value)));
        }
        if range.reverse {
            rows.reverse();
        }
        Ok(rows)
    }
}

/// The names of the tables that a batch writes to.
fn touched(batch: &[Write]) -> Vec<&'static str> {
    let tables = Table::ALL.into_iter();
    tables
        .filter(|table| batch.iter().any(|write| write.table() == *table))
        .map(Table::name)
        .collect()
}

/// The requests of a batch that somebody waits for.
struct Sent {
    /// Those that may find a row there already, but for the last request.
    inserts: Vec<(Table, VoidRequest)>,
    /// The last of all, and its table if it is an insert.
    last: Option<VoidRequest>,
    last_insert: Option<Table>,
}

/// Sends every write of a batch.
fn place(transaction: &Transaction<'_>, batch: Vec<Write>) -> Result<Sent, StoreError> {
    let mut sent = Sent {
        inserts: Vec::new(),
        last: None,
        last_insert: None,
    };
    for write in batch {
        if let Some(insert) = sent.last_insert.take().zip(sent.last.take()) {
            sent.inserts.push(insert);
        }
        let table = write.table();
        let store = transaction.object_store(table.name()).map_err(error::of)?;
        let request = match write {
            Write::Insert(_, key, json) => {
                sent.last_insert = Some(table);
                let add = store.add(rows::row(&key, &json)?).with_key(rows::key(&key));
                add.without_key_type().primitive()
            }
            Write::Put(_, key, json) => {
                let put = store.put(rows::row(&key, &json)?).with_key(rows::key(&key));
                put.without_key_type().primitive()
            }
            Write::PutBytes(_, key, bytes) => {
                let put = store.put(rows::row_of_bytes(&key, &bytes)?);
                let put = put.with_key(rows::key(&key));
                put.without_key_type().primitive()
            }
            Write::Delete(_, key) => store.delete(rows::key(&key)).primitive(),
            Write::DeletePrefix(_, prefix) => store
                .delete::<JsValue, _>(rows::beginning_with(&prefix))
                .primitive(),
        };
        sent.last = Some(request.map_err(error::of)?);
    }
    Ok(sent)
}

/// Why a transaction did not commit. A full disk shows only in the transaction itself; the
/// table of a conflict, only in the request.
async fn why(
    error: Error,
    transaction: &IdbTransaction,
    inserts: Vec<(Table, VoidRequest)>,
) -> StoreError {
    for (table, request) in inserts {
        if request
            .await
            .is_err_and(|error| error::is_constraint(&error))
        {
            return StoreError::Conflict(table);
        }
    }
    transaction
        .error()
        .map_or_else(|| error::of(error), |cause| error::of_dom(&cause))
}

/// The keys of a range and how many of them to read in rising order. There is no way to read
/// many rows backwards at once, so a key cursor jumps back to where the last ones begin.
async fn window(store: &ObjectStore<'_>, range: &Range) -> Result<(rows::Keys, u32), Error> {
    let within = rows::within(range);
    let limit = u32::try_from(range.limit).unwrap_or(u32::MAX);
    if !range.reverse || limit == u32::MAX {
        return Ok((within, limit));
    }
    let cursor = store
        .open_key_cursor()
        .with_query::<JsValue, _>(within.clone())
        .with_direction(IdbCursorDirection::Prev);
    let Some(mut cursor) = cursor.await? else {
        return Ok((within, limit));
    };
    // The request forgets the cursor when it runs out of rows: then all of them are wanted.
    let request: IdbRequest = Reflect::get(cursor.as_sys(), &"request".into())?.unchecked_into();
    cursor.advance_by(limit - 1).await?;
    if request.result()?.is_null() {
        return Ok((within, limit));
    }
    let first = cursor.as_sys().key()?;
    Ok((rows::starting_at(within, first), limit))
}
