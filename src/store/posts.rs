//! Discussions as they are listed: an index over the log's posts, so that a page of a discussion
//! is one read, however many posts there are.
//!
//! The index is written in the batch that writes the records, and can be made from them anew.
//! Rows stand at `[profile, step, thread, time, post]`: `thread` is the post that opened it, or
//! the empty text for the posts that open threads; `time` is when the post was first recorded, in
//! milliseconds; `post` is its first version. How many replies a thread has stands at
//! `[profile, step, "#", thread]`. What else a class hears of stands at
//! `[profile, "@", kind, time, record]`, to be looked up by kind ([`heard`]).

use crate::domain::body::Body;
use crate::domain::discussion::Entry;
use crate::domain::ids::{ProfileKey, RecordId, Slug};
use crate::domain::record::Record;
use crate::domain::sorted::Sorted;
use crate::domain::work::Post;
use crate::store::port::{Key, KeyPart, Range, Store, StoreError, Table, Write};

/// Kinds of records that are looked up by kind.
const HEARD: [&str; 8] = [
    "binding",
    "bulletin",
    "comment",
    "key",
    "notice",
    "question",
    "reflection",
    "showcase",
];

/// The changes of the index that come with these records, whose arrival numbers begin with `first`.
///
/// # Errors
/// [`StoreError`].
pub async fn index<S: Store>(
    store: &S,
    profile: &ProfileKey,
    records: &[Record],
    first: u64,
) -> Result<Vec<Write>, StoreError> {
    let mut rows = Rows {
        store,
        written: Sorted::default(),
    };
    for (record, arrival) in records.iter().zip(first..) {
        if let Body::Post(post) = record.body() {
            rows.take(profile, record, post.clone(), arrival).await?;
        }
        let envelope = record.envelope();
        if HEARD.contains(&envelope.kind.as_str()) {
            let at = u64::try_from(envelope.recorded_at.0).unwrap_or(0);
            let mut key = heard_key(profile, &envelope.kind).number(at);
            key.0.push(KeyPart::Text(envelope.id.to_string()));
            rows.put(key, String::new());
        }
    }
    let write = |(key, row): (&Key, &String)| Write::Put(Table::Posts, key.clone(), row.clone());
    Ok(rows.written.iter().map(write).collect())
}

/// Rows of the index, those that are about to be written before those that are there.
struct Rows<'a, S> {
    store: &'a S,
    written: Sorted<Key, String>,
}

impl<S: Store> Rows<'_, S> {
    async fn take(
        &mut self,
        profile: &ProfileKey,
        record: &Record,
        post: Post,
        arrival: u64,
    ) -> Result<(), StoreError> {
        let (step, to) = (post.step.clone(), post.to.clone());
        let thread = to.as_ref().map_or("", RecordId::as_str);
        let envelope = record.envelope();
        let (first, at) = match &post.edits {
            Some(edits) => (&edits.id, edits.at),
            None => (&envelope.id, envelope.recorded_at),
        };
        let mut key = thread_key(profile, &step, thread).number(u64::try_from(at.0).unwrap_or(0));
        key.0.push(KeyPart::Text(first.to_string()));
        let known = self.get(&key).await?;
        let known = known.as_deref().and_then(Entry::read);
        let counts = known.as_ref().is_none_or(|known| !known.whole);
        let entry = Entry::after(known, record, post, arrival);
        if let Some(thread) = to.filter(|_| counts && entry.whole) {
            let key = count_key(profile, &step, &thread);
            let count = self.get(&key).await?;
            let count: u64 = count.and_then(|count| count.parse().ok()).unwrap_or(0);
            self.put(key, (count + 1).to_string());
        }
        self.put(key, entry.write());
        Ok(())
    }

    async fn get(&self, key: &Key) -> Result<Option<String>, StoreError> {
        match self.written.get(key) {
            Some(row) => Ok(Some(row.clone())),
            None => self.store.get(Table::Posts, key).await,
        }
    }

    fn put(&mut self, key: Key, row: String) {
        self.written.insert(key, row);
    }
}

/// A page of posts of a discussion, and whether there are more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Posts in the order that was asked for.
    pub posts: Vec<Entry>,
    /// Whether more follow.
    pub more: bool,
}

/// The newest threads that were opened before a moment (milliseconds since 1970), newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn threads<S: Store>(
    store: &S,
    profile: &ProfileKey,
    step: &Slug,
    before: Option<u64>,
    limit: usize,
) -> Result<Page, StoreError> {
    let range = Range {
        before,
        reverse: true,
        limit: limit + 1,
        ..Range::all(thread_key(profile, step, ""))
    };
    page(store, &range, limit).await
}

/// The replies of a thread from a moment on (milliseconds since 1970), oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn replies<S: Store>(
    store: &S,
    profile: &ProfileKey,
    step: &Slug,
    thread: &RecordId,
    from: Option<u64>,
    limit: usize,
) -> Result<Page, StoreError> {
    let range = Range {
        from,
        limit: limit + 1,
        ..Range::all(thread_key(profile, step, thread.as_str()))
    };
    page(store, &range, limit).await
}

/// The post that opened a thread at `at` (milliseconds since 1970), with its latest words.
///
/// # Errors
/// [`StoreError`].
pub async fn opening<S: Store>(
    store: &S,
    profile: &ProfileKey,
    step: &Slug,
    thread: &RecordId,
    at: u64,
) -> Result<Option<Entry>, StoreError> {
    let mut key = thread_key(profile, step, "").number(at);
    key.0.push(KeyPart::Text(thread.to_string()));
    let row = store.get(Table::Posts, &key).await?;
    Ok(row
        .as_deref()
        .and_then(Entry::read)
        .filter(|entry| entry.whole))
}

/// Every post of a discussion, thread by thread, each thread in order of time.
///
/// # Errors
/// [`StoreError`].
pub async fn all<S: Store>(
    store: &S,
    profile: &ProfileKey,
    step: &Slug,
) -> Result<Vec<String>, StoreError> {
    let range = Range::all(Key::of(&[profile.as_str(), step.as_str()]));
    let rows = store.scan(Table::Posts, &range).await?;
    let posts = rows
        .into_iter()
        .filter(|(key, _)| key.text_at(2) != Some("#"));
    Ok(posts.map(|(_, row)| row).collect())
}

/// How many replies each of these threads has.
///
/// # Errors
/// [`StoreError`].
pub async fn reply_counts<S: Store>(
    store: &S,
    profile: &ProfileKey,
    step: &Slug,
    threads: impl Iterator<Item = &RecordId>,
) -> Result<Vec<u64>, StoreError> {
    let keys: Vec<Key> = threads
        .map(|thread| count_key(profile, step, thread))
        .collect();
    let rows = store.get_each(Table::Posts, &keys).await?;
    let count = |row: Option<String>| row.and_then(|row| row.parse().ok()).unwrap_or(0);
    Ok(rows.into_iter().map(count).collect())
}

async fn page<S: Store>(store: &S, range: &Range, limit: usize) -> Result<Page, StoreError> {
    let rows = store.scan(Table::Posts, range).await?;
    let more = rows.len() > limit;
    let posts = rows
        .iter()
        .take(limit)
        .filter_map(|(_, row)| Entry::read(row));
    Ok(Page {
        posts: posts.filter(|post| post.whole).collect(),
        more,
    })
}

/// The records of a kind, the latest first, `limit` of them at most.
///
/// # Errors
/// [`StoreError`].
pub async fn heard<S: Store>(
    store: &S,
    profile: &ProfileKey,
    kind: &str,
    limit: usize,
) -> Result<Vec<RecordId>, StoreError> {
    let range = Range {
        reverse: true,
        limit,
        ..Range::all(heard_key(profile, kind))
    };
    let rows = store.scan(Table::Posts, &range).await?;
    let ids = rows
        .iter()
        .filter_map(|(key, _)| RecordId::parse(key.last_text()?));
    Ok(ids.collect())
}

fn heard_key(profile: &ProfileKey, kind: &str) -> Key {
    Key::of(&[profile.as_str(), "@", kind])
}

fn thread_key(profile: &ProfileKey, step: &Slug, thread: &str) -> Key {
    Key::of(&[profile.as_str(), step.as_str(), thread])
}

fn count_key(profile: &ProfileKey, step: &Slug, thread: &RecordId) -> Key {
    Key::of(&[profile.as_str(), step.as_str(), "#", thread.as_str()])
}
