//! The database: one connection, one transaction a request.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use zhixing::domain::hash::Hash;

use crate::answer::Fault;

/// The version of the tables.
const VERSION: i64 = 1;

/// `people.name` is the roster id. `records.account` sent a record first, `sent` names everybody
/// who did; `registrations` tells which learner a registration belongs to; `mentions` tells which
/// records name an attachment; `parts` are attachments that are still on their way.
const TABLES: &str = "
CREATE TABLE classes (iri TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE partners (class TEXT NOT NULL REFERENCES classes, partner TEXT NOT NULL
    REFERENCES classes, PRIMARY KEY (class, partner)) WITHOUT ROWID;
CREATE TABLE people (name TEXT PRIMARY KEY, class TEXT NOT NULL REFERENCES classes,
    title TEXT NOT NULL, role TEXT NOT NULL, key TEXT, password TEXT NOT NULL);
CREATE TABLE courses (id TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL,
    url TEXT NOT NULL);
CREATE TABLE records (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    audience TEXT NOT NULL, registration TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES people, text TEXT NOT NULL);
CREATE INDEX records_registration ON records (registration);
CREATE TABLE sent (record TEXT NOT NULL REFERENCES records (id), account TEXT NOT NULL
    REFERENCES people, PRIMARY KEY (record, account)) WITHOUT ROWID;
CREATE TABLE registrations (registration TEXT PRIMARY KEY, account TEXT NOT NULL
    REFERENCES people);
CREATE TABLE mentions (hash TEXT NOT NULL, record TEXT NOT NULL REFERENCES records (id),
    PRIMARY KEY (hash, record)) WITHOUT ROWID;
CREATE TABLE attachments (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE senders (hash TEXT NOT NULL REFERENCES attachments, account TEXT NOT NULL
    REFERENCES people, PRIMARY KEY (hash, account)) WITHOUT ROWID;
CREATE TABLE parts (hash TEXT NOT NULL, account TEXT NOT NULL REFERENCES people,
    start INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (hash, account, start));
";

/// Everything that the backend keeps. Clones are the same store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    database: Mutex<Connection>,
    /// Passwords that were found right, so that not every request waits for the slow hash: digests
    /// over the stored hash, with its salt, and the password. They are in memory alone.
    proven: Mutex<HashSet<Hash>>,
    /// One password is worked on at a time: each takes 19 MiB and one processor.
    proving: Mutex<()>,
}

/// Why a store is not opened or written.
#[derive(Debug)]
pub enum StoreError {
    /// The database, in its own words.
    Database(rusqlite::Error),
    /// The file was written by a later version of the backend.
    Newer,
    /// What was to be enrolled contradicts itself or what is there, in words.
    Invalid(&'static str),
    /// A password could not be hashed: the system has no random numbers.
    Password,
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(out, "the database: {error}"),
            Self::Newer => out.write_str("the file is of a later version"),
            Self::Invalid(why) => out.write_str(why),
            Self::Password => out.write_str("the password could not be hashed"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl Store {
    /// Opens the database of a file, made if it is not there; without a path, one in memory that
    /// ends with the store.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Database`].
    pub fn open(path: Option<&Path>) -> Result<Self, StoreError> {
        let mut database = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        database.pragma_update(None, "journal_mode", "WAL")?;
        // A client sends nothing again that was accepted: it must be on the disk by then.
        database.pragma_update(None, "synchronous", "FULL")?;
        database.pragma_update(None, "foreign_keys", true)?;
        let made = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match made.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? {
            0 => {
                made.execute_batch(TABLES)?;
                made.pragma_update(None, "user_version", VERSION)?;
            }
            VERSION => {}
            _ => return Err(StoreError::Newer),
        }
        made.commit()?;
        Ok(Self(Arc::new(Inner {
            database: Mutex::new(database),
            proven: Mutex::default(),
            proving: Mutex::default(),
        })))
    }

    /// Runs `work` in one transaction, which is kept if it is `Ok` and forgotten otherwise.
    pub(crate) fn within<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut database = locked(&self.0.database);
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Like [`Self::within`], beside the threads that answer requests.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = self.clone();
        beside(move || store.within(work)).await
    }

    /// Whether a digest is one of a password that was found right.
    pub(crate) fn is_proven(&self, digest: Hash) -> bool {
        locked(&self.0.proven).contains(&digest)
    }

    /// Runs `prove`, one at a time, and remembers the digest if it says yes.
    pub(crate) fn prove(&self, digest: Hash, prove: impl FnOnce() -> bool) -> bool {
        let _one_at_a_time = locked(&self.0.proving);
        let right = prove();
        if right {
            locked(&self.0.proven).insert(digest);
        }
        right
    }
}

/// Runs what takes long on a thread of its own.
pub async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Fault::own(&error)))
}

/// A panic elsewhere leaves nothing half done: an open transaction is rolled back.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
