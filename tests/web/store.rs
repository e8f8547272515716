//! The store in the browser: the conformance suite, and what it really asks of IndexedDB.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use zhixing::store::idb::IdbStore;
use zhixing::store::port::{Durability, Key, Range, Store, Table, Write};

use crate::conformance;
use crate::raw::{self, Staged, Watched};

macro_rules! run {
    ($($case:ident),* $(,)?) => {
        mod conforms {
            use super::{IdbStore, conformance, wasm_bindgen_test};

            $(#[wasm_bindgen_test]
            async fn $case() {
                let name = concat!("conforms-", stringify!($case));
                let store = IdbStore::open(name).await.unwrap();
                let other = IdbStore::open(name).await.unwrap();
                conformance::$case(&store, &other).await;
            })*
        }
    };
}
conformance::cases!(run);

pub fn put(table: Table, row: &str) -> Write {
    Write::Put(table, Key::of(&["p", "k"]), row.to_owned())
}

#[wasm_bindgen_test]
async fn a_commit_is_one_transaction_as_durable_as_asked() {
    let store = IdbStore::open("durability").await.unwrap();
    let _staged = Staged::watching();
    let batch = || {
        vec![
            put(Table::Places, "a"),
            put(Table::Log, "b"),
            put(Table::Log, "c"),
        ]
    };
    for (durability, name) in [
        (Durability::Strict, "strict"),
        (Durability::Relaxed, "relaxed"),
    ] {
        store.commit(batch(), durability).await.unwrap();
        let expected = Watched {
            stores: vec!["log".to_owned(), "places".to_owned()],
            mode: "readwrite".to_owned(),
            durability: Some(name.to_owned()),
            complete: true,
        };
        assert_eq!(raw::watched().pop(), Some(expected));
    }
    assert_eq!(raw::watched().len(), 2);
}

#[wasm_bindgen_test]
async fn parts_of_course_files_come_back_in_order_for_each_file() {
    let store = IdbStore::open("blobs").await.unwrap();
    let part = async |file: &str, number, bytes: u32| {
        let key = Key::of(&["part", file]).number(number);
        let bytes = js_sys::Array::of1(&js_sys::Uint8Array::new_with_length(bytes));
        let blob = web_sys::Blob::new_with_u8_array_sequence(&bytes).unwrap();
        store.put_blob(&key, &blob).await.unwrap();
    };
    // Eleven parts: their numbers are numbers and no texts.
    for at in (0..11).rev() {
        part("a", u64::from(at), 100 - at).await;
    }
    part("b", 0, 5).await;
    let keys = ["b", "none", "a"].map(|file| Key::of(&["part", file]));
    let found = store.blobs(&keys).await.unwrap();
    let sizes = |at: usize| -> Vec<f64> { found[at].iter().map(web_sys::Blob::size).collect() };
    assert_eq!(sizes(0), [5.0]);
    assert!(sizes(1).is_empty());
    let expected: Vec<f64> = (0..11_u32).map(|at| f64::from(100 - at)).collect();
    assert_eq!(sizes(2), expected);
}

#[wasm_bindgen_test]
async fn reading_never_asks_for_more() {
    let store = IdbStore::open("reading").await.unwrap();
    store
        .commit(vec![put(Table::Log, "row")], Durability::Strict)
        .await
        .unwrap();
    let _staged = Staged::watching();
    store.get(Table::Log, &Key::of(&["p", "k"])).await.unwrap();
    for reverse in [false, true] {
        let range = Range {
            reverse,
            limit: 1,
            ..Range::all(Key::of(&["p"]))
        };
        store.scan(Table::Log, &range).await.unwrap();
    }
    let watched = raw::watched();
    assert_eq!(watched.len(), 3);
    for transaction in watched {
        assert_eq!(transaction.mode, "readonly");
        assert_eq!(transaction.stores, ["log"]);
    }
}

#[wasm_bindgen_test]
async fn every_row_carries_its_profile() {
    let store = IdbStore::open("profile").await.unwrap();
    let batch = vec![
        Write::Insert(Table::Log, Key::of(&["li"]).number(7), "{}".to_owned()),
        put(Table::Drafts, "draft"),
    ];
    store.commit(batch, Durability::Strict).await.unwrap();
    let (_, stores) = raw::look("profile").await;
    let log = json!([[["li", 7], {"profile": "li", "v": 1, "json": "{}"}]]);
    assert_eq!(stores["log"], log);
    let drafts = json!([[["p", "k"], {"profile": "p", "v": 1, "json": "draft"}]]);
    assert_eq!(stores["drafts"], drafts);
}

#[wasm_bindgen_test]
async fn a_row_of_another_shape_is_damaged_and_hinders_no_other() {
    let store = IdbStore::open("shape").await.unwrap();
    raw::remove("shape").await;
    drop(store);
    let mut dump = conformance::dump::fixture();
    dump["log"] = json!([[["p", 1], null], [["p", 2], "{}"]]);
    raw::write_version_1("shape", &dump).await;
    let store = IdbStore::open("shape").await.unwrap();
    let got = store.get(Table::Log, &Key::of(&["p"]).number(1)).await;
    assert_eq!(got, Ok(Some(String::new())));
    let got = store.scan(Table::Log, &Range::all(Key::of(&["p"]))).await;
    let texts: Vec<String> = got.unwrap().into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["", "{}"]);
}
