//! The store in memory: the conformance suite, its faults, and any batches at all.

use pollster::block_on;
use proptest::prelude::*;
use zhixing::store::memory::MemoryStore;
use zhixing::store::port::{Durability, Key, KeyPart, Range, Store, StoreError, Table, Write};

use crate::conformance;

macro_rules! run {
    ($($case:ident),* $(,)?) => {
        mod conforms {
            $(#[test]
            fn $case() {
                let store = super::MemoryStore::default();
                super::block_on(super::conformance::$case(&store, &store.clone()));
            })*
        }
    };
}
conformance::cases!(run);

#[test]
fn faults_come_in_order_and_change_nothing() {
    let store = MemoryStore::default();
    let at = Key::of(&["p"]);
    let commit = || {
        let put = Write::Put(Table::Drafts, at.clone(), "row".to_owned());
        block_on(store.commit(vec![put], Durability::Strict))
    };
    store.fail_next(StoreError::Full);
    store.fail_next(StoreError::Conflict(Table::Ids));
    assert_eq!(commit(), Err(StoreError::Full));
    assert_eq!(commit(), Err(StoreError::Conflict(Table::Ids)));
    assert_eq!(block_on(store.get(Table::Drafts, &at)), Ok(None));
    assert_eq!(commit(), Ok(()));
    assert_eq!(
        block_on(store.get(Table::Drafts, &at)),
        Ok(Some("row".to_owned()))
    );
}

/// The plainest store: rows in a list, a copy of it for every batch.
#[derive(Clone, Default)]
struct Model(Vec<(Table, Key, String)>);

impl Model {
    fn commit(&mut self, batch: &[Write]) -> Result<(), StoreError> {
        let mut next = self.0.clone();
        for write in batch {
            match write {
                Write::Insert(table, key, row) => {
                    if next.iter().any(|old| old.0 == *table && old.1 == *key) {
                        return Err(StoreError::Conflict(*table));
                    }
                    next.push((*table, key.clone(), row.clone()));
                }
                Write::Put(table, key, row) => {
                    next.retain(|old| old.0 != *table || old.1 != *key);
                    next.push((*table, key.clone(), row.clone()));
                }
                Write::PutBytes(..) => unreachable!("the batches here hold texts"),
                Write::Delete(table, key) => {
                    next.retain(|old| old.0 != *table || old.1 != *key);
                }
                Write::DeletePrefix(table, key) => {
                    next.retain(|old| old.0 != *table || !begins(&old.1, key));
                }
            }
        }
        self.0 = next;
        Ok(())
    }

    fn scan(&self, table: Table, range: &Range) -> Vec<(Key, String)> {
        let mut rows: Vec<_> = self
            .0
            .iter()
            .filter(|row| row.0 == table && begins(&row.1, &range.prefix))
            .filter(
                |row| match (row.1.0.get(range.prefix.0.len()), range.from, range.before) {
                    (_, None, None) => true,
                    (Some(KeyPart::Number(number)), from, before) => {
                        from.is_none_or(|from| *number >= from)
                            && before.is_none_or(|before| *number < before)
                    }
                    _ => false,
                },
            )
            .map(|row| (row.1.clone(), row.2.clone()))
            .collect();
        rows.sort();
        if range.reverse {
            rows.reverse();
        }
        rows.truncate(range.limit);
        rows
    }
}

fn begins(key: &Key, prefix: &Key) -> bool {
    key.0.len() >= prefix.0.len() && key.0[..prefix.0.len()] == prefix.0
}

fn keys() -> impl Strategy<Value = Key> {
    let part = prop_oneof![
        (0..4_u64).prop_map(KeyPart::Number),
        prop::sample::select(vec!["", "a", "ab", "b"])
            .prop_map(|text| KeyPart::Text(text.to_owned())),
    ];
    prop::collection::vec(part, 0..4).prop_map(Key)
}

fn tables() -> impl Strategy<Value = Table> {
    prop::sample::select(vec![Table::Log, Table::Ids])
}

fn writes() -> impl Strategy<Value = Write> {
    let row = || (0..100_u8).prop_map(|row| row.to_string());
    prop_oneof![
        4 => (tables(), keys(), row()).prop_map(|(table, key, row)| Write::Insert(table, key, row)),
        4 => (tables(), keys(), row()).prop_map(|(table, key, row)| Write::Put(table, key, row)),
        2 => (tables(), keys()).prop_map(|(table, key)| Write::Delete(table, key)),
        1 => (tables(), keys()).prop_map(|(table, key)| Write::DeletePrefix(table, key)),
    ]
}

fn ranges() -> impl Strategy<Value = Range> {
    let limit = prop_oneof![0..4_usize, Just(usize::MAX)];
    let from = prop::option::of(0..4_u64);
    let before = prop::option::of(0..5_u64);
    let all = (keys(), from, before, any::<bool>(), limit);
    all.prop_map(|(prefix, from, before, reverse, limit)| Range {
        prefix,
        from,
        before,
        reverse,
        limit,
    })
}

proptest! {
    #[test]
    fn any_batches_do_what_the_model_does(
        batches in prop::collection::vec(prop::collection::vec(writes(), 0..6), 0..12),
        queries in prop::collection::vec((tables(), ranges()), 1..8),
    ) {
        let (store, mut model) = (MemoryStore::default(), Model::default());
        for batch in batches {
            let expected = model.commit(&batch);
            prop_assert_eq!(block_on(store.commit(batch, Durability::Relaxed)), expected);
            for (table, range) in &queries {
                let rows = block_on(store.scan(*table, range)).unwrap();
                prop_assert_eq!(rows, model.scan(*table, range));
            }
        }
        for (table, key, row) in model.0 {
            prop_assert_eq!(block_on(store.get(table, &key)).unwrap(), Some(row));
        }
    }
}
