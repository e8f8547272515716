//! Databases of other versions.

use indexed_db_futures::Build as _;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use zhixing::store::idb::IdbStore;
use zhixing::store::idb::migrations::{ALL, Migration};
use zhixing::store::port::{Durability, Key, Store, StoreError, Table, Write};

use crate::conformance::dump;
use crate::raw;

/// A version after the present one.
static NEXT: &[Migration] = &[ALL[0], ALL[1], ALL[2], ALL[3], |db| {
    db.create_object_store("later").build().map(drop)
}];

/// One that makes a store and then fails.
static BROKEN: &[Migration] = &[ALL[0], ALL[1], ALL[2], ALL[3], |db| {
    db.create_object_store("later").build()?;
    db.create_object_store("later").build().map(drop)
}];

const PATIENCE: u32 = 10_000;

fn names(stores: &Value) -> Vec<&str> {
    stores
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[wasm_bindgen_test]
async fn every_table_has_a_store_after_all_migrations() {
    drop(IdbStore::open("stores").await.unwrap());
    let (version, stores) = raw::look("stores").await;
    assert_eq!(version, ALL.len() as u64);
    let mut expected = Table::ALL.map(Table::name);
    expected.sort_unstable();
    assert_eq!(names(&stores), expected);
}

#[wasm_bindgen_test]
async fn what_version_1_wrote_is_read_today() {
    let fixture = dump::fixture();
    raw::write_version_1("from-1", &fixture).await;
    let store = IdbStore::open("from-1").await.unwrap();
    assert_eq!(dump::of(&store).await, fixture);
}

#[wasm_bindgen_test]
async fn version_1_is_still_written_as_it_was() {
    let fixture = dump::fixture();
    raw::write_version_1("by-1", &fixture).await;
    let store = IdbStore::open_with("by-us", &ALL[..1], PATIENCE)
        .await
        .unwrap();
    dump::load(&store, &fixture).await;
    assert_eq!(raw::look("by-us").await, raw::look("by-1").await);
}

#[wasm_bindgen_test]
async fn an_upgrade_keeps_every_row() {
    let fixture = dump::fixture();
    raw::write_version_1("upgrade", &fixture).await;
    let store = IdbStore::open_with("upgrade", NEXT, PATIENCE)
        .await
        .unwrap();
    assert_eq!(dump::of(&store).await, fixture);
    let (version, stores) = raw::look("upgrade").await;
    assert_eq!((version, &stores["later"]), (5, &json!([])));
}

#[wasm_bindgen_test]
async fn an_upgrade_passes_an_older_tab_of_ours() {
    let old = IdbStore::open("two-tabs").await.unwrap();
    dump::load(&old, &dump::fixture()).await;
    let new = IdbStore::open_with("two-tabs", NEXT, PATIENCE)
        .await
        .unwrap();
    assert_eq!(dump::of(&new).await, dump::fixture());
    let put = Write::Put(Table::Log, Key::of(&["p"]), "lost".to_owned());
    let refused = old.commit(vec![put], Durability::Strict).await;
    assert_eq!(refused, Err(StoreError::Newer));
    assert_eq!(dump::of(&new).await, dump::fixture());
}

#[wasm_bindgen_test]
async fn an_older_app_leaves_a_newer_database_alone() {
    let new = IdbStore::open_with("newer", NEXT, PATIENCE).await.unwrap();
    dump::load(&new, &dump::fixture()).await;
    drop(new);
    let before = raw::look("newer").await;
    let refused = IdbStore::open_with("newer", &ALL[..1], PATIENCE).await;
    assert_eq!(refused.err(), Some(StoreError::Newer));
    assert_eq!(raw::look("newer").await, before);
}

#[wasm_bindgen_test]
async fn a_failed_upgrade_leaves_the_old_version() {
    raw::write_version_1("half", &dump::fixture()).await;
    let before = raw::look("half").await;
    let failed = IdbStore::open_with("half", BROKEN, PATIENCE).await.err();
    assert!(matches!(failed, Some(StoreError::Failed(_))), "{failed:?}");
    assert_eq!(raw::look("half").await, before);

    let store = IdbStore::open("half").await.unwrap();
    assert_eq!(dump::of(&store).await, dump::fixture());
    drop(store);
    let store = IdbStore::open_with("half", NEXT, PATIENCE).await.unwrap();
    assert_eq!(dump::of(&store).await, dump::fixture());
}
