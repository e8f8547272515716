//! Rows come back as they were written.

use super::{commit, dump, entry};
use zhixing::store::port::{Range, Store, Table, Write};

async fn round_trip(store: &impl Store, row: &str) {
    let put = Write::Put(Table::Log, entry("p", 1), row.to_owned());
    commit(store, vec![put]).await.unwrap();
    let got = store.get(Table::Log, &entry("p", 1)).await.unwrap();
    assert!(got.as_deref() == Some(row), "get");
    let rows = store
        .scan(Table::Log, &Range::all(entry("p", 1)))
        .await
        .unwrap();
    assert!(rows == [(entry("p", 1), row.to_owned())], "scan");
}

pub async fn rows_are_large(store: &impl Store, _: &impl Store) {
    round_trip(store, &"教研 0123456789 ".repeat(2 * 1024 * 1024 / 18)).await;
}

pub async fn rows_are_unicode(store: &impl Store, _: &impl Store) {
    for row in [
        "",
        "知行 — 学而时习之，不亦说乎？",
        "𠮷野家 👩‍🏫 🇨🇳 𝔘𝔫𝔦",
        "e\u{301} \u{e9} \u{feff}\u{200b}\u{2028}\u{fffd}\u{10ffff}",
        "\0\n\r\t\"\\ </script>",
    ] {
        round_trip(store, row).await;
    }
}

/// What the first version wrote, byte for byte.
pub async fn the_fixture_comes_back(store: &impl Store, other: &impl Store) {
    let fixture = dump::fixture();
    dump::load(store, &fixture).await;
    assert_eq!(dump::of(other).await, fixture);
}
