//! The storage port: a few ordered tables, atomic batches, reads by key and by range.

use std::fmt;

/// The tables of the store. Every key begins with the profile it belongs to, so that one
/// learner's rows can be listed, exported and erased without touching another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Profiles of this device: `[profile]`; the row at `["default"]` names the one to open.
    Profiles,
    /// The log: `[profile, arrival]`, arrival counting from 1 without gaps.
    Log,
    /// Where a record stands in the log: `[profile, record id]`. Keeps a record from entering twice.
    Ids,
    /// Drafts: `[profile, registration, step, field]`.
    Drafts,
    /// Running stretches: `[profile, tab]`.
    Running,
    /// Snapshots of the fold: `[profile]`.
    Snapshots,
    /// Remembered places: `[profile, registration, step]`.
    Places,
    /// Discussions as they are listed ([`crate::store::posts`]).
    Posts,
    /// Bytes of files that belong to records: `[profile, SHA-256]`.
    Files,
    /// How far sending has come: `[profile, backend]` ([`crate::sync::sending`]).
    Outbox,
    /// Files of courses, kept for use without a network ([`crate::package::kept`]): they belong to
    /// the device and to no profile, so their keys begin with what they are, `["file", SHA-256]` (the
    /// whole of it is here) and `["part", SHA-256, number]` (its bytes).
    Content,
}

impl Table {
    /// All tables, in the order of the enum.
    pub const ALL: [Self; 11] = [
        Self::Profiles,
        Self::Log,
        Self::Ids,
        Self::Drafts,
        Self::Running,
        Self::Snapshots,
        Self::Places,
        Self::Posts,
        Self::Files,
        Self::Outbox,
        Self::Content,
    ];

    /// The name of its object store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profiles => "profiles",
            Self::Log => "log",
            Self::Ids => "ids",
            Self::Drafts => "drafts",
            Self::Running => "running",
            Self::Snapshots => "snapshots",
            Self::Places => "places",
            Self::Posts => "posts",
            Self::Files => "files",
            Self::Outbox => "outbox",
            Self::Content => "content",
        }
    }
}

/// One part of a key. Numbers sort before texts, as in `IndexedDB`; texts are ASCII
/// (ids and slugs), so that bytes and UTF-16 units sort alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyPart {
    /// A whole number below 2^53.
    Number(u64),
    /// An ASCII text.
    Text(String),
}

/// A key: its parts in order; the first names the profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub Vec<KeyPart>);

impl Key {
    /// A key of texts.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        Self(
            parts
                .iter()
                .map(|part| KeyPart::Text((*part).to_owned()))
                .collect(),
        )
    }

    /// This key with a number after it.
    #[must_use]
    pub fn number(mut self, number: u64) -> Self {
        self.0.push(KeyPart::Number(number));
        self
    }

    /// The number it ends with, if it does.
    #[must_use]
    pub fn last_number(&self) -> Option<u64> {
        match self.0.last() {
            Some(KeyPart::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The text at this place, counted from 0, if there is one.
    #[must_use]
    pub fn text_at(&self, place: usize) -> Option<&str> {
        match self.0.get(place) {
            Some(KeyPart::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text it ends with, if it does.
    #[must_use]
    pub fn last_text(&self) -> Option<&str> {
        match self.0.last() {
            Some(KeyPart::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// One change in a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Adds a row; the whole batch fails with [`StoreError::Conflict`] when the key is taken.
    Insert(Table, Key, String),
    /// Adds or replaces a row.
    Put(Table, Key, String),
    /// Adds or replaces a row of bytes. Those of courses do not go this way (`IdbStore::put_blob`).
    PutBytes(Table, Key, Vec<u8>),
    /// Removes a row, if it is there.
    Delete(Table, Key),
    /// Removes every row whose key begins with these parts.
    DeletePrefix(Table, Key),
}

impl Write {
    /// The table it changes.
    #[must_use]
    pub const fn table(&self) -> Table {
        match self {
            Self::Insert(table, ..)
            | Self::Put(table, ..)
            | Self::PutBytes(table, ..)
            | Self::Delete(table, _)
            | Self::DeletePrefix(table, _) => *table,
        }
    }
}

/// How surely a batch must be on the disk before [`Store::commit`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Flushed to the disk: work that a person made.
    Strict,
    /// Handed to the system: what can be made again, or matters little.
    Relaxed,
}

/// Rows to read: those whose key begins with `prefix`, and whose next part is a number of at
/// least `from`, and below `before`, when these are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// First parts of the key.
    pub prefix: Key,
    /// Least number after the prefix, if only part of the rows is wanted.
    pub from: Option<u64>,
    /// The number after the prefix must be below this, if only part of the rows is wanted.
    pub before: Option<u64>,
    /// Whether the last rows come first.
    pub reverse: bool,
    /// At most so many rows.
    pub limit: usize,
}

impl Range {
    /// Every row whose key begins with `prefix`, in order.
    #[must_use]
    pub fn all(prefix: Key) -> Self {
        Self {
            prefix,
            from: None,
            before: None,
            reverse: false,
            limit: usize::MAX,
        }
    }
}

/// What can go wrong in the store. None of them loses what was committed before, but
/// [`StoreError::Deleted`], which tells that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// A row to insert was there already; nothing of the batch was done. Read again and retry.
    Conflict(Table),
    /// The browser gives no storage (private mode, policy, broken profile). Retrying is no use.
    Unavailable(String),
    /// The database was made by a newer version of the app. Retrying is no use; updating is.
    Newer,
    /// The disk or the quota is full. Retry after room was made.
    Full,
    /// An old tab holds the database and does not let go. Retry when it was closed.
    Blocked,
    /// The database was deleted while it was open (the browser's data were cleared), and what
    /// was in it with it. Nothing more is written to it; starting the app anew makes a new one.
    Deleted,
    /// Anything else; may pass. Retry.
    Failed(String),
}

impl StoreError {
    /// Whether the same call may go through later without anything else being done.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Failed(_) | Self::Blocked)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(table) => write!(out, "a row of {} was there already", table.name()),
            Self::Unavailable(why) => write!(out, "no storage: {why}"),
            Self::Newer => out.write_str("the database is of a newer version"),
            Self::Full => out.write_str("the storage is full"),
            Self::Deleted => out.write_str("the database was deleted"),
            Self::Blocked => out.write_str("another tab holds an older database"),
            Self::Failed(why) => write!(out, "storage failed: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// The port. Implementations are cheap to clone handles of one database.
#[allow(
    async_fn_in_trait,
    reason = "the app runs on one thread; no future crosses one"
)]
pub trait Store {
    /// Does every change of the batch, or none.
    ///
    /// # Errors
    /// [`StoreError`]; nothing of the batch was done.
    async fn commit(&self, batch: Vec<Write>, durability: Durability) -> Result<(), StoreError>;

    /// The row at `key`, if there is one. A row that is damaged may come as any text.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn get(&self, table: Table, key: &Key) -> Result<Option<String>, StoreError> {
        let mut rows = self.get_each(table, std::slice::from_ref(key)).await?;
        Ok(rows.pop().flatten())
    }

    /// The rows at these keys, in their order, as they are at one moment.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn get_each(&self, table: Table, keys: &[Key])
    -> Result<Vec<Option<String>>, StoreError>;

    /// The bytes at `key`, if there are some that can be read.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn get_bytes(&self, table: Table, key: &Key) -> Result<Option<Vec<u8>>, StoreError>;

    /// The rows of a range with their keys.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn scan(&self, table: Table, range: &Range) -> Result<Vec<(Key, String)>, StoreError>;
}
