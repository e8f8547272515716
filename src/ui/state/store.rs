//! The store that the app runs on: the browser's, or memory where it gives none.

use web_sys::Blob;

use crate::store::idb::IdbStore;
use crate::store::idb::rescue::{Rescued, rescue};
use crate::store::memory::MemoryStore;
use crate::store::port::{Durability, Key, Range, Store, StoreError, Table, Write};

/// Name of the database.
const DATABASE: &str = "zhixing";

/// The store of this page.
#[derive(Clone)]
pub enum PageStore {
    /// `IndexedDB`.
    Idb(IdbStore),
    /// Memory, gone with the page.
    Memory(MemoryStore),
}

impl PageStore {
    /// Opens the browser's store, or memory when the browser gives none at all.
    pub async fn open() -> Result<Self, StoreError> {
        match IdbStore::open(DATABASE).await {
            Ok(store) => Ok(Self::Idb(store)),
            Err(StoreError::Unavailable(_)) => Ok(Self::Memory(MemoryStore::default())),
            Err(error) => Err(error),
        }
    }

    /// The parts of files of courses, in order, for each of the keys with which theirs begin.
    pub async fn blobs(&self, files: &[Key]) -> Result<Vec<Vec<Blob>>, StoreError> {
        match self {
            Self::Idb(store) => store.blobs(files).await,
            // Nothing is downloaded where it would be gone with the page.
            Self::Memory(_) => Ok(vec![Vec::new(); files.len()]),
        }
    }

    /// Keeps a part of a course's file.
    pub async fn put_blob(&self, part: &Key, bytes: &Blob) -> Result<(), StoreError> {
        match self {
            Self::Idb(store) => store.put_blob(part, bytes).await,
            Self::Memory(_) => Err(StoreError::Unavailable(String::new())),
        }
    }

    /// What can be read where the store does not open.
    pub async fn rescue() -> Result<Rescued, StoreError> {
        rescue(DATABASE).await
    }

    /// Whether the browser could not read what it kept and began anew.
    pub fn data_lost(&self) -> bool {
        matches!(self, Self::Idb(store) if store.data_lost())
    }

    /// Begins the log of the database anew (`store/idb/roll.rs`).
    pub async fn roll(&self) -> Result<(), StoreError> {
        match self {
            Self::Idb(store) => store.roll().await,
            Self::Memory(_) => Ok(()),
        }
    }

    /// Whether everything is gone when the page is closed.
    pub fn volatile(&self) -> bool {
        matches!(self, Self::Memory(_))
    }
}

impl Store for PageStore {
    async fn commit(&self, batch: Vec<Write>, durability: Durability) -> Result<(), StoreError> {
        match self {
            Self::Idb(store) => store.commit(batch, durability).await,
            Self::Memory(store) => store.commit(batch, durability).await,
        }
    }

    async fn get_each(
        &self,
        table: Table,
        keys: &[Key],
    ) -> Result<Vec<Option<String>>, StoreError> {
        match self {
            Self::Idb(store) => store.get_each(table, keys).await,
            Self::Memory(store) => store.get_each(table, keys).await,
        }
    }

    async fn get_bytes(&self, table: Table, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Idb(store) => store.get_bytes(table, key).await,
            Self::Memory(store) => store.get_bytes(table, key).await,
        }
    }

    async fn scan(&self, table: Table, range: &Range) -> Result<Vec<(Key, String)>, StoreError> {
        match self {
            Self::Idb(store) => store.scan(table, range).await,
            Self::Memory(store) => store.scan(table, range).await,
        }
    }
}
