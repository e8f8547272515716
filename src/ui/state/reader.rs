//! Reading what is in the store, for screens that show it.

use leptos::prelude::*;

use super::Study;
use crate::domain::body::Body;
use crate::domain::discussion::Entry;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::record::Record;
use crate::store::port::{Key, Range, Store as _, StoreError, Table};
use crate::store::posts::{self, Page};
use crate::store::rows::{self, IdRow};

/// A record of the open profile; `None` when it is not there or damaged.
pub async fn record(study: &Study, id: &RecordId) -> Option<Record> {
    let store = study.store.try_get_value()?;
    let profile = study.profile.as_str();
    let row = store
        .get(Table::Ids, &Key::of(&[profile, id.as_str()]))
        .await;
    let place: IdRow = rows::read(&row.ok()??)?;
    let key = Key::of(&[profile]).number(place.arrival);
    let row = store.get(Table::Log, &key).await.ok()??;
    Record::of_row(&row).ok()
}

/// A page of the log after an arrival number: the number of each row, and the row as it is, which
/// most readers need not read to know that it is none of theirs. `None` when the store does not answer.
pub async fn log_rows(study: &Study, after: u64, limit: usize) -> Option<Vec<(u64, String)>> {
    let store = study.store.try_get_value()?;
    let range = Range {
        from: Some(after + 1),
        limit,
        ..Range::all(Key::of(&[study.profile.as_str()]))
    };
    let page = store.scan(Table::Log, &range).await.ok()?;
    let rows = page.into_iter().zip(after + 1..);
    Some(
        rows.map(|((key, row), next)| (key.last_number().unwrap_or(next), row))
            .collect(),
    )
}

/// As [`log_rows`], each row read; nothing where it is damaged.
pub async fn log_page(
    study: &Study,
    after: u64,
    limit: usize,
) -> Option<Vec<(u64, Option<Record>)>> {
    let rows = log_rows(study, after, limit).await?.into_iter();
    Some(
        rows.map(|(arrival, row)| (arrival, Record::of_row(&row).ok()))
            .collect(),
    )
}

/// What a record holds.
pub async fn body(study: &Study, id: &RecordId) -> Option<Body> {
    let record = record(study, id).await?;
    Some(record.body().clone())
}

/// The bytes of a file.
pub async fn file(study: &Study, hash: &Hash) -> Option<Vec<u8>> {
    let store = study.store.try_get_value()?;
    let key = Key::of(&[study.profile.as_str(), &hash.to_string()]);
    store.get_bytes(Table::Files, &key).await.ok()?
}

/// A page of the threads of a discussion with the number of their replies.
pub async fn threads(
    study: &Study,
    step: &Slug,
    before: Option<u64>,
    limit: usize,
) -> Result<(Page, Vec<u64>), StoreError> {
    let store = study.store.get_value();
    let mut page = Page::default();
    let mut before = before;
    loop {
        let next = posts::threads(&store, &study.profile, step, before, limit).await?;
        before = next
            .posts
            .last()
            .and_then(|post| u64::try_from(post.at.0).ok());
        page.more = next.more && before.is_some();
        // Another course may have a step of this name.
        let here = |post: &Entry| {
            let course = post.course.as_deref();
            course.is_none_or(|course| course == study.course.id)
        };
        page.posts.extend(next.posts.into_iter().filter(here));
        if page.posts.len() >= limit || !page.more {
            break;
        }
    }
    let ids = page.posts.iter().map(|post| &post.id);
    let counts = posts::reply_counts(&store, &study.profile, step, ids).await?;
    Ok((page, counts))
}

/// Every post of a discussion as its row in the index, thread by thread; `None` when the store does
/// not answer.
pub async fn posts(study: &Study, step: &Slug) -> Option<Vec<String>> {
    let store = study.store.try_get_value()?;
    posts::all(&store, &study.profile, step).await.ok()
}

/// A page of the replies of a thread.
pub async fn replies(
    study: &Study,
    step: &Slug,
    thread: &RecordId,
    from: Option<u64>,
    limit: usize,
) -> Result<Page, StoreError> {
    let store = study.store.get_value();
    posts::replies(&store, &study.profile, step, thread, from, limit).await
}

/// How many replies a thread has.
pub async fn reply_count(study: &Study, step: &Slug, thread: &RecordId) -> u64 {
    let Some(store) = study.store.try_get_value() else {
        return 0;
    };
    let thread = std::iter::once(thread);
    let counts = posts::reply_counts(&store, &study.profile, step, thread).await;
    counts
        .ok()
        .and_then(|counts| counts.first().copied())
        .unwrap_or(0)
}

/// The post that opened a thread, with its latest words; `None` when it is not here.
pub async fn thread(study: &Study, step: &Slug, thread: &RecordId) -> Option<Entry> {
    let opened = record(study, thread).await?;
    let at = u64::try_from(opened.envelope().recorded_at.0).unwrap_or(0);
    let store = study.store.try_get_value()?;
    posts::opening(&store, &study.profile, step, thread, at)
        .await
        .ok()?
}
