//! Rows come back as they were written.

use super::{commit, dump, entry, fill, label};
use zhixing::store::port::{Key, Range, Store, Table, Write};

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

pub async fn rows_are_given_in_the_order_asked_for(store: &impl Store, other: &impl Store) {
    let at = |number: u64| Key::of(&["p"]).number(number);
    fill(store, (1..=3).map(at)).await;
    let wanted = [at(3), at(9), at(1), at(3)];
    let rows = other.get_each(Table::Log, &wanted).await.unwrap();
    let row = |number| Some(label(&at(number)));
    assert_eq!(rows, [row(3), None, row(1), row(3)]);
    let none = other.get_each(Table::Log, &[]).await.unwrap();
    assert_eq!(none, Vec::<Option<String>>::new());
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

pub async fn bytes_come_back(store: &impl Store, other: &impl Store) {
    let at = |name: &str| Key::of(&["p", name]);
    let large: Vec<u8> = (0..3_000_000u32)
        .map(|at| at.to_le_bytes()[0] ^ 0x5a)
        .collect();
    for (name, bytes) in [
        ("none", Vec::new()),
        ("all", (0..=255).collect()),
        ("large", large),
    ] {
        let put = Write::PutBytes(Table::Files, at(name), bytes.clone());
        commit(store, vec![put]).await.unwrap();
        let got = other.get_bytes(Table::Files, &at(name)).await.unwrap();
        assert!(got == Some(bytes), "{name}");
    }
    assert_eq!(
        store.get_bytes(Table::Files, &at("nothing")).await,
        Ok(None)
    );
    // A row of bytes is no text, and the other way round: it reads as damaged.
    let text = store.get(Table::Files, &at("all")).await;
    assert_eq!(text, Ok(Some(String::new())));
    let put = Write::Put(Table::Files, at("text"), "x".to_owned());
    commit(store, vec![put]).await.unwrap();
    assert_eq!(store.get_bytes(Table::Files, &at("text")).await, Ok(None));
    commit(
        store,
        vec![Write::DeletePrefix(Table::Files, Key::of(&["p"]))],
    )
    .await
    .unwrap();
    assert_eq!(store.get_bytes(Table::Files, &at("all")).await, Ok(None));
}

/// What the first version wrote, byte for byte.
pub async fn the_fixture_comes_back(store: &impl Store, other: &impl Store) {
    let fixture = dump::fixture();
    dump::load(store, &fixture).await;
    assert_eq!(dump::of(other).await, fixture);
}
