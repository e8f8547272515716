//! Browsers that close, refuse, forget and run out of room.

use wasm_bindgen_test::wasm_bindgen_test;
use zhixing::store::idb::IdbStore;
use zhixing::store::idb::migrations::ALL;
use zhixing::store::port::{Durability, Key, Range, Store, StoreError, Table, Write};

use crate::raw::{self, Staged};
use crate::store::put;

const STRICT: Durability = Durability::Strict;

/// The version of the database today, and the one after it.
const NOW: u32 = 4;
const LATER: u32 = NOW + 1;

#[wasm_bindgen_test]
fn the_version_is_the_number_of_migrations() {
    assert_eq!(ALL.len(), NOW as usize);
}

async fn row(store: &IdbStore) -> Option<String> {
    store.get(Table::Log, &Key::of(&["p", "k"])).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_closed_connection_is_opened_again() {
    for (name, close) in [
        ("closed-unheard", raw::close_unheard as fn()),
        ("closed-by-force", raw::close_by_force),
    ] {
        let store = IdbStore::open(name).await.unwrap();
        let _staged = Staged::watching();
        store
            .commit(vec![put(Table::Log, "one")], STRICT)
            .await
            .unwrap();
        close();
        store
            .commit(vec![put(Table::Log, "two")], STRICT)
            .await
            .unwrap();
        close();
        assert_eq!(row(&store).await.as_deref(), Some("two"));
        close();
        let rows = store
            .scan(Table::Log, &Range::all(Key::of(&["p"])))
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
    }
}

#[wasm_bindgen_test]
async fn calls_at_once_open_it_again_together() {
    let store = IdbStore::open("closed-twice").await.unwrap();
    let staged = Staged::watching();
    store
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
    raw::close_by_force();
    let again = crate::conformance::both(row(&store), row(&store)).await;
    assert_eq!(again, (Some("row".to_owned()), Some("row".to_owned())));
    drop(staged);
    // Nobody is left behind holding it.
    let _held = raw::hold("closed-twice", LATER).await;
}

#[wasm_bindgen_test]
async fn a_newer_tab_may_upgrade_at_once() {
    let store = IdbStore::open("upgraded").await.unwrap();
    store
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
    drop(raw::hold("upgraded", LATER).await);

    let refused = store.commit(vec![put(Table::Log, "lost")], STRICT).await;
    assert_eq!(refused, Err(StoreError::Newer));
    let key = Key::of(&["p", "k"]);
    assert_eq!(store.get(Table::Log, &key).await, Err(StoreError::Newer));
    let (version, stores) = raw::look("upgraded").await;
    assert_eq!(
        (version, &stores["log"][0][1]["json"]),
        (u64::from(LATER), &"row".into())
    );
}

#[wasm_bindgen_test]
async fn a_write_under_way_finishes_before_an_upgrade() {
    let store = IdbStore::open("under-way").await.unwrap();
    let write = store.commit(vec![put(Table::Log, "row")], STRICT);
    let (written, held) = crate::conformance::both(write, raw::hold("under-way", LATER)).await;
    drop(held);
    assert_eq!(written, Ok(()));
    let (version, stores) = raw::look("under-way").await;
    assert_eq!(
        (version, &stores["log"][0][1]["json"]),
        (u64::from(LATER), &"row".into())
    );
}

/// Every call fails, however often, and whoever makes the database anew.
async fn stays_deleted(store: &IdbStore, name: &str) {
    let lost = || store.commit(vec![put(Table::Log, "lost")], STRICT);
    assert_eq!(lost().await, Err(StoreError::Deleted));
    let got = store.get(Table::Log, &Key::of(&["p", "k"])).await;
    assert_eq!(got, Err(StoreError::Deleted));
    assert!(!raw::exists(name).await);

    let anew = IdbStore::open(name).await.unwrap();
    assert_eq!(lost().await, Err(StoreError::Deleted));
    assert_eq!(row(&anew).await, None);
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_an_error_until_the_next_start() {
    let store = IdbStore::open("deleted").await.unwrap();
    store
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
    raw::remove("deleted").await;
    stays_deleted(&store, "deleted").await;
}

#[wasm_bindgen_test]
async fn so_is_one_that_the_browser_cleared() {
    let store = IdbStore::open("cleared").await.unwrap();
    let staged = Staged::watching();
    store
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
    raw::close_by_force();
    drop(staged);
    raw::remove("cleared").await;
    stays_deleted(&store, "cleared").await;
}

#[wasm_bindgen_test]
async fn a_database_made_anew_is_not_taken_for_the_old_one() {
    let store = IdbStore::open("anew").await.unwrap();
    raw::remove("anew").await;
    let anew = IdbStore::open("anew").await.unwrap();
    let lost = store.commit(vec![put(Table::Log, "lost")], STRICT).await;
    assert_eq!(lost, Err(StoreError::Deleted));
    assert_eq!(row(&anew).await, None);
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_blocks_and_is_blocked_by_nobody() {
    static NEXT: &[zhixing::store::idb::migrations::Migration] =
        &[ALL[0], ALL[1], ALL[2], ALL[3], |_| Ok(())];
    let store = IdbStore::open("blocked").await.unwrap();
    store
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
    let held = raw::hold("blocked", NOW).await;
    let blocked = IdbStore::open_with("blocked", NEXT, 1_000).await;
    assert_eq!(blocked.err(), Some(StoreError::Blocked));

    drop(held);
    let store = IdbStore::open_with("blocked", NEXT, 10_000).await.unwrap();
    assert_eq!(row(&store).await.as_deref(), Some("row"));
    raw::remove("blocked").await;
}

#[wasm_bindgen_test]
async fn no_storage_is_told() {
    for staged in [
        || Staged::refusing("SecurityError"),
        Staged::withholding,
        || Staged::failing_to_open("InvalidStateError"),
        || Staged::failing_to_open("SecurityError"),
    ] {
        let staged = staged();
        let refused = IdbStore::open("refused").await.err();
        drop(staged);
        assert!(
            matches!(refused, Some(StoreError::Unavailable(_))),
            "{refused:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn errors_of_opening_are_told_apart() {
    for (name, expected) in [
        ("VersionError", StoreError::Newer),
        ("QuotaExceededError", StoreError::Full),
        (
            "UnknownError",
            StoreError::Failed("UnknownError: no".to_owned()),
        ),
        (
            "AbortError",
            StoreError::Failed("AbortError: no".to_owned()),
        ),
    ] {
        let staged = Staged::failing_to_open(name);
        let refused = IdbStore::open("failing").await.err();
        drop(staged);
        assert_eq!(refused, Some(expected));
    }
}

#[wasm_bindgen_test]
async fn an_aborted_commit_is_an_error_and_can_be_tried_again() {
    let store = IdbStore::open("aborted").await.unwrap();
    for (name, full) in [
        (Some("QuotaExceededError"), true),
        (Some("UnknownError"), false),
        (None, false),
    ] {
        let staged = Staged::aborting_commits(name);
        let batch = vec![Write::Insert(
            Table::Log,
            Key::of(&["p", "k"]),
            "row".to_owned(),
        )];
        let refused = store.commit(batch, STRICT).await.unwrap_err();
        drop(staged);
        assert_eq!(refused == StoreError::Full, full, "{refused:?}");
        if full {
            // Nothing is written behind what may be torn.
            let put = Write::Put(Table::Log, Key::of(&["p", "other"]), "row".to_owned());
            let behind = store.commit(vec![put], STRICT).await;
            assert_eq!(behind, Err(StoreError::Full));
            let blob = web_sys::Blob::new().unwrap();
            let behind = store.put_blob(&Key::of(&["part", "x"]), &blob).await;
            assert_eq!(behind, Err(StoreError::Full));
            store.roll().await.unwrap();
        }
        assert_eq!(row(&store).await, None);
    }
    let batch = vec![Write::Insert(
        Table::Log,
        Key::of(&["p", "k"]),
        "row".to_owned(),
    )];
    store.commit(batch, STRICT).await.unwrap();
}

#[wasm_bindgen_test]
async fn lost_data_is_told() {
    let whole = IdbStore::open("whole").await.unwrap();
    assert!(!whole.data_lost());
    let staged = Staged::losing_data();
    let broken = IdbStore::open("broken").await.unwrap();
    drop(staged);
    assert!(broken.data_lost());
    broken
        .commit(vec![put(Table::Log, "row")], STRICT)
        .await
        .unwrap();
}
