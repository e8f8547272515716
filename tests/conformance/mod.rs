//! What every store must do, checked alike on the fake and in the browser.
//!
//! Each case gets two handles of one new, empty database. [`cases!`] names them all, so that
//! both runners run every one.

mod batches;
pub mod dump;
mod ranges;
mod rows;
mod two_handles;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use zhixing::store::port::{Durability, Key, KeyPart, Range, Store, StoreError, Table, Write};

pub use batches::*;
pub use ranges::*;
pub use rows::*;
pub use two_handles::*;

/// Calls the macro `$run` with the names of all cases.
macro_rules! cases {
    ($run:ident) => {
        $run! {
            a_batch_spans_tables,
            a_later_write_of_a_batch_sees_the_earlier,
            a_prefix_is_whole_parts,
            a_refused_batch_changes_nothing,
            a_refused_batch_takes_back_what_it_deleted,
            an_empty_batch_is_done,
            both_durabilities_commit,
            bytes_come_back,
            conflicting_inserts_let_one_win,
            deleting_what_is_not_there_is_done,
            keys_sort_by_number_then_text,
            limits_count_rows,
            many_rows_come_back_in_order,
            missing_rows_are_none,
            other_handles_see_what_was_committed,
            prefixes_of_a_number_are_deleted,
            put_replaces,
            ranges_begin_at_a_number,
            ranges_end_before_a_number,
            ranges_keep_to_their_prefix,
            ranges_run_backwards,
            rows_are_given_in_the_order_asked_for,
            rows_are_large,
            rows_are_unicode,
            tables_are_apart,
            the_fixture_comes_back,
        }
    };
}
pub(crate) use cases;

/// Commits strictly.
async fn commit(store: &impl Store, batch: Vec<Write>) -> Result<(), StoreError> {
    store.commit(batch, Durability::Strict).await
}

/// Puts rows into the log.
async fn fill(store: &impl Store, keys: impl IntoIterator<Item = Key>) {
    let rows = keys
        .into_iter()
        .map(|key| Write::Put(Table::Log, key.clone(), label(&key)));
    commit(store, rows.collect()).await.unwrap();
}

/// The keys of a range of the log, each checked to carry the row that [`fill`] gave it.
async fn keys(store: &impl Store, range: &Range) -> Vec<Key> {
    let rows = store.scan(Table::Log, range).await.unwrap();
    rows.into_iter()
        .map(|(key, row)| {
            assert_eq!(row, label(&key));
            key
        })
        .collect()
}

/// A row that tells its key.
fn label(key: &Key) -> String {
    format!("row of {key:?}")
}

/// `[text, number]`.
fn entry(profile: &str, number: u64) -> Key {
    Key::of(&[profile]).number(number)
}

/// A key of any parts.
fn key<const N: usize>(parts: [KeyPart; N]) -> Key {
    Key(parts.into())
}

fn text(text: &str) -> KeyPart {
    KeyPart::Text(text.to_owned())
}

/// Runs both futures at once.
pub async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut from_a, mut from_b) = (None, None);
    poll_fn(|context| {
        if from_a.is_none()
            && let Poll::Ready(answer) = a.as_mut().poll(context)
        {
            from_a = Some(answer);
        }
        if from_b.is_none()
            && let Poll::Ready(answer) = b.as_mut().poll(context)
        {
            from_b = Some(answer);
        }
        match (from_a.is_some(), from_b.is_some()) {
            (true, true) => Poll::Ready(()),
            _ => Poll::Pending,
        }
    })
    .await;
    (from_a.unwrap(), from_b.unwrap())
}
