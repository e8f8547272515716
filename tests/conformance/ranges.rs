//! Ranges: order, bounds, direction, limits.

use super::{entry, fill, key, keys, text};
use zhixing::store::port::{Key, KeyPart, Range, Store, Table};

/// Everything under profile `p`.
fn all() -> Range {
    Range::all(Key::of(&["p"]))
}

pub async fn keys_sort_by_number_then_text(store: &impl Store, _: &impl Store) {
    let number = KeyPart::Number;
    let sorted = [
        Key::of(&["p"]),
        entry("p", 0),
        entry("p", 9),
        key([text("p"), number(9), number(1)]),
        key([text("p"), number(9), text("a")]),
        entry("p", 10),
        entry("p", 100),
        entry("p", 9_007_199_254_740_991),
        Key::of(&["p", ""]),
        key([text("p"), text(""), number(1)]),
        Key::of(&["p", "10"]),
        Key::of(&["p", "9"]),
        Key::of(&["p", "A"]),
        Key::of(&["p", "a"]),
        Key::of(&["p", "a", "b"]),
        Key::of(&["p", "ab"]),
        Key::of(&["p", "b"]),
        Key::of(&["p", "~"]),
    ];
    let mut shuffled = sorted.to_vec();
    shuffled.rotate_left(7);
    shuffled.swap(2, 11);
    fill(store, shuffled).await;
    assert_eq!(keys(store, &all()).await, sorted);
}

pub async fn ranges_end_before_a_number(store: &impl Store, _: &impl Store) {
    let deep = |number, name: &str| {
        let mut key = entry("p", number);
        key.0.push(text(name));
        key
    };
    let all = [deep(1, "a"), deep(2, "b"), deep(2, "c"), deep(10, "d")];
    fill(store, all.clone()).await;
    fill(store, [key([text("p"), text("word")])]).await;
    let range = |from, before, reverse, limit| Range {
        from,
        before,
        reverse,
        limit,
        ..Range::all(Key::of(&["p"]))
    };
    let [one, two, three, four] = all;
    let most = usize::MAX;
    for (range, expected) in [
        (
            range(None, Some(10), false, most),
            vec![one.clone(), two.clone(), three.clone()],
        ),
        (
            range(Some(2), Some(10), false, most),
            vec![two.clone(), three.clone()],
        ),
        (range(None, Some(11), true, 2), vec![four, three.clone()]),
        (range(None, Some(10), true, 1), vec![three]),
        (range(None, Some(1), true, 5), vec![]),
        (range(Some(0), Some(2), true, 5), vec![one]),
    ] {
        assert_eq!(keys(store, &range).await, expected, "{range:?}");
    }
}

pub async fn ranges_keep_to_their_prefix(store: &impl Store, _: &impl Store) {
    let near = [
        entry("o", 1),
        entry("p-", 1),
        entry("pp", 1),
        entry("q", 1),
        Key::of(&[""]),
    ];
    fill(store, near).await;
    assert_eq!(keys(store, &all()).await, []);
    fill(
        store,
        [
            entry("p", 1),
            Key::of(&["p", "a", "b"]),
            Key::of(&["p", "a"]),
        ],
    )
    .await;
    let whole = keys(store, &all()).await;
    assert_eq!(
        whole,
        [
            entry("p", 1),
            Key::of(&["p", "a"]),
            Key::of(&["p", "a", "b"])
        ]
    );
    let part = keys(store, &Range::all(Key::of(&["p", "a"]))).await;
    assert_eq!(part, [Key::of(&["p", "a"]), Key::of(&["p", "a", "b"])]);
}

pub async fn ranges_begin_at_a_number(store: &impl Store, _: &impl Store) {
    let tail = key([text("p"), KeyPart::Number(100), text("tail")]);
    fill(store, [8, 9, 10, 100].map(|number| entry("p", number))).await;
    fill(
        store,
        [
            tail.clone(),
            Key::of(&["p"]),
            Key::of(&["p", ""]),
            entry("q", 11),
        ],
    )
    .await;
    let from = |number| Range {
        from: Some(number),
        ..all()
    };
    let after_nine = [entry("p", 10), entry("p", 100), tail.clone()];
    assert_eq!(keys(store, &from(10)).await, after_nine);
    assert_eq!(keys(store, &from(101)).await, []);
    let whole = keys(store, &from(0)).await;
    assert_eq!(whole[..2], [entry("p", 8), entry("p", 9)]);
    assert_eq!(whole[2..], after_nine);
    let backwards = Range {
        reverse: true,
        ..from(10)
    };
    assert_eq!(
        keys(store, &backwards).await,
        [tail, entry("p", 100), entry("p", 10)]
    );
}

pub async fn ranges_run_backwards(store: &impl Store, _: &impl Store) {
    fill(store, (1..=12).map(|number| entry("p", number))).await;
    fill(store, [entry("o", 50), entry("q", 50)]).await;
    let last = |limit| Range {
        reverse: true,
        limit,
        ..all()
    };
    assert_eq!(keys(store, &last(1)).await, [entry("p", 12)]);
    assert_eq!(
        keys(store, &last(3)).await,
        [12, 11, 10].map(|number| entry("p", number))
    );
    let down: Vec<_> = (1..=12).rev().map(|number| entry("p", number)).collect();
    for limit in [12, 13, usize::MAX] {
        assert_eq!(keys(store, &last(limit)).await, down, "{limit}");
    }
}

pub async fn limits_count_rows(store: &impl Store, _: &impl Store) {
    fill(store, (1..=5).map(|number| entry("p", number))).await;
    for reverse in [false, true] {
        for (limit, expected) in [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (usize::MAX, 5)] {
            let range = Range {
                reverse,
                limit,
                ..all()
            };
            assert_eq!(keys(store, &range).await.len(), expected, "{range:?}");
        }
    }
    let middle = Range {
        from: Some(2),
        limit: 2,
        ..all()
    };
    assert_eq!(keys(store, &middle).await, [entry("p", 2), entry("p", 3)]);
}

pub async fn missing_rows_are_none(store: &impl Store, _: &impl Store) {
    for table in Table::ALL {
        assert_eq!(store.get(table, &entry("p", 1)).await.unwrap(), None);
        for reverse in [false, true] {
            for limit in [1, usize::MAX] {
                let range = Range {
                    reverse,
                    limit,
                    ..all()
                };
                assert_eq!(store.scan(table, &range).await.unwrap(), []);
            }
        }
    }
    fill(store, [entry("p", 1)]).await;
    for near in [
        Key::of(&["p"]),
        entry("p", 2),
        Key::of(&["p", "1"]),
        entry("P", 1),
    ] {
        assert_eq!(
            store.get(Table::Log, &near).await.unwrap(),
            None,
            "{near:?}"
        );
    }
}

pub async fn many_rows_come_back_in_order(store: &impl Store, _: &impl Store) {
    let numbers = || (1..=5_000).map(|number| entry("p", number));
    fill(store, numbers().rev()).await;
    assert_eq!(keys(store, &all()).await, numbers().collect::<Vec<_>>());
    let tail = Range {
        reverse: true,
        limit: 200,
        ..all()
    };
    assert_eq!(
        keys(store, &tail).await,
        numbers().rev().take(200).collect::<Vec<_>>()
    );
}
