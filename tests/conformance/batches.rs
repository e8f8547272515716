//! Batches: every change or none.

use super::{commit, entry, fill, key, keys, text};
use zhixing::store::port::{Durability, Key, KeyPart, Range, Store, StoreError, Table, Write};

pub async fn a_batch_spans_tables(store: &impl Store, _: &impl Store) {
    let batch = Table::ALL
        .map(|table| Write::Insert(table, Key::of(&["p", "here"]), table.name().to_owned()));
    commit(store, batch.to_vec()).await.unwrap();
    for table in Table::ALL {
        let row = store.get(table, &Key::of(&["p", "here"])).await.unwrap();
        assert_eq!(row.as_deref(), Some(table.name()));
    }
}

pub async fn tables_are_apart(store: &impl Store, _: &impl Store) {
    let at = Key::of(&["p"]);
    let put = |table, row: &str| Write::Put(table, at.clone(), row.to_owned());
    let batch = vec![put(Table::Drafts, "draft"), put(Table::Places, "place")];
    commit(store, batch).await.unwrap();
    commit(store, vec![Write::DeletePrefix(Table::Drafts, at.clone())])
        .await
        .unwrap();
    assert_eq!(store.get(Table::Drafts, &at).await.unwrap(), None);
    assert_eq!(
        store.get(Table::Places, &at).await.unwrap().as_deref(),
        Some("place")
    );
    assert_eq!(
        store.scan(Table::Running, &Range::all(at)).await.unwrap(),
        []
    );
}

pub async fn a_refused_batch_changes_nothing(store: &impl Store, _: &impl Store) {
    let (taken, new) = (Key::of(&["p", "taken"]), Key::of(&["p", "new"]));
    let first = Write::Insert(Table::Ids, taken.clone(), "first".to_owned());
    commit(store, vec![first]).await.unwrap();
    let before = Write::Put(Table::Drafts, new.clone(), "before".to_owned());
    commit(store, vec![before]).await.unwrap();

    let batch = vec![
        Write::Insert(Table::Log, entry("p", 1), "lost".to_owned()),
        Write::Put(Table::Drafts, new.clone(), "lost".to_owned()),
        Write::Insert(Table::Ids, new.clone(), "lost".to_owned()),
        Write::Insert(Table::Ids, taken.clone(), "lost".to_owned()),
        Write::Put(Table::Places, new.clone(), "lost".to_owned()),
    ];
    let refused = commit(store, batch).await;

    assert_eq!(refused, Err(StoreError::Conflict(Table::Ids)));
    assert_eq!(
        store.get(Table::Ids, &taken).await.unwrap().as_deref(),
        Some("first")
    );
    assert_eq!(
        store.get(Table::Drafts, &new).await.unwrap().as_deref(),
        Some("before")
    );
    for table in [Table::Ids, Table::Places] {
        assert_eq!(store.get(table, &new).await.unwrap(), None, "{table:?}");
    }
    assert_eq!(store.get(Table::Log, &entry("p", 1)).await.unwrap(), None);
}

pub async fn a_refused_batch_takes_back_what_it_deleted(store: &impl Store, _: &impl Store) {
    fill(store, (1..=3).map(|number| entry("p", number))).await;
    let batch = vec![
        Write::DeletePrefix(Table::Log, Key::of(&["p"])),
        Write::Put(Table::Log, entry("p", 2), "lost".to_owned()),
        Write::Delete(Table::Log, entry("p", 2)),
        Write::Insert(Table::Log, entry("p", 9), "lost".to_owned()),
        Write::Insert(Table::Log, entry("p", 9), "lost".to_owned()),
    ];
    assert_eq!(
        commit(store, batch).await,
        Err(StoreError::Conflict(Table::Log))
    );
    let left = keys(store, &Range::all(Key::of(&["p"]))).await;
    assert_eq!(left, [1, 2, 3].map(|number| entry("p", number)));
}

pub async fn a_later_write_of_a_batch_sees_the_earlier(store: &impl Store, _: &impl Store) {
    fill(store, [entry("p", 1)]).await;
    let batch = vec![
        Write::Delete(Table::Log, entry("p", 1)),
        Write::Insert(Table::Log, entry("p", 1), "again".to_owned()),
        Write::Put(Table::Log, entry("p", 2), "gone".to_owned()),
        Write::Delete(Table::Log, entry("p", 2)),
    ];
    commit(store, batch).await.unwrap();
    let rows = store
        .scan(Table::Log, &Range::all(Key::of(&["p"])))
        .await
        .unwrap();
    assert_eq!(rows, [(entry("p", 1), "again".to_owned())]);
}

pub async fn an_empty_batch_is_done(store: &impl Store, _: &impl Store) {
    assert_eq!(commit(store, Vec::new()).await, Ok(()));
}

pub async fn both_durabilities_commit(store: &impl Store, other: &impl Store) {
    for (number, durability) in [(1, Durability::Strict), (2, Durability::Relaxed)] {
        let put = Write::Put(Table::Log, entry("p", number), "row".to_owned());
        store.commit(vec![put], durability).await.unwrap();
        let row = other.get(Table::Log, &entry("p", number)).await.unwrap();
        assert_eq!(row.as_deref(), Some("row"));
    }
}

pub async fn put_replaces(store: &impl Store, _: &impl Store) {
    let at = Key::of(&["p", "r", "s", "f"]);
    for row in ["one", "two"] {
        let put = Write::Put(Table::Drafts, at.clone(), row.to_owned());
        commit(store, vec![put]).await.unwrap();
        assert_eq!(
            store.get(Table::Drafts, &at).await.unwrap().as_deref(),
            Some(row)
        );
    }
    let rows = store
        .scan(Table::Drafts, &Range::all(Key::of(&["p"])))
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
}

pub async fn deleting_what_is_not_there_is_done(store: &impl Store, _: &impl Store) {
    fill(store, [entry("p", 1), entry("p", 2)]).await;
    let batch = vec![
        Write::Delete(Table::Log, entry("p", 3)),
        Write::Delete(Table::Log, Key::of(&["p"])),
        Write::DeletePrefix(Table::Log, Key::of(&["q"])),
        Write::Delete(Table::Log, entry("p", 2)),
    ];
    commit(store, batch).await.unwrap();
    assert_eq!(
        keys(store, &Range::all(Key(Vec::new()))).await,
        [entry("p", 1)]
    );
}

/// Erasing one learner must not touch another whose name begins alike.
pub async fn a_prefix_is_whole_parts(store: &impl Store, _: &impl Store) {
    let near = [
        key([]),
        Key::of(&["li"]),
        entry("l", 1),
        entry("li-wei", 1),
        entry("li2", 1),
        entry("lj", 1),
        Key::of(&["li-wei", "li"]),
        Key::of(&["", "li"]),
        key([KeyPart::Number(1), text("li")]),
    ];
    fill(store, near.clone()).await;
    fill(
        store,
        [
            entry("li", 0),
            Key::of(&["li", "", "x"]),
            Key::of(&["li", "\u{7f}"]),
        ],
    )
    .await;

    let erase = Write::DeletePrefix(Table::Log, Key::of(&["li"]));
    commit(store, vec![erase]).await.unwrap();

    let mut left = near.to_vec();
    left.retain(|key| *key != Key::of(&["li"]));
    left.sort();
    assert_eq!(keys(store, &Range::all(Key(Vec::new()))).await, left);
}

pub async fn prefixes_of_a_number_are_deleted(store: &impl Store, _: &impl Store) {
    let tail = |number| key([text("p"), KeyPart::Number(number), text("tail")]);
    fill(
        store,
        [
            entry("p", 1),
            tail(1),
            entry("p", 10),
            tail(10),
            entry("p", 2),
        ],
    )
    .await;
    let erase = Write::DeletePrefix(Table::Log, entry("p", 1));
    commit(store, vec![erase]).await.unwrap();
    let left = keys(store, &Range::all(Key::of(&["p"]))).await;
    assert_eq!(left, [entry("p", 2), entry("p", 10), tail(10)]);
}
