//! Two tabs on one database.

use super::{both, commit, entry, fill, keys};
use zhixing::store::port::{Key, Range, Store, StoreError, Table, Write};

pub async fn other_handles_see_what_was_committed(store: &impl Store, other: &impl Store) {
    fill(store, [entry("p", 1)]).await;
    assert_eq!(
        keys(other, &Range::all(Key::of(&["p"]))).await,
        [entry("p", 1)]
    );
    fill(other, [entry("p", 2)]).await;
    commit(other, vec![Write::Delete(Table::Log, entry("p", 1))])
        .await
        .unwrap();
    assert_eq!(
        keys(store, &Range::all(Key::of(&["p"]))).await,
        [entry("p", 2)]
    );
}

pub async fn conflicting_inserts_let_one_win(store: &impl Store, other: &impl Store) {
    for number in 1..=20 {
        let append = |tab: &str| {
            vec![
                Write::Insert(
                    Table::Ids,
                    Key::of(&["p", tab]).number(number),
                    tab.to_owned(),
                ),
                Write::Insert(Table::Log, entry("p", number), tab.to_owned()),
            ]
        };
        let answers = both(commit(store, append("one")), commit(other, append("two"))).await;
        let (winner, loser) = match answers {
            (Ok(()), Err(StoreError::Conflict(Table::Log))) => ("one", "two"),
            (Err(StoreError::Conflict(Table::Log)), Ok(())) => ("two", "one"),
            both => panic!("one of them must win: {both:?}"),
        };
        for store in [Ok(store), Err(other)] {
            let at = |tab| Key::of(&["p", tab]).number(number);
            let (row, id, lost) = match store {
                Ok(store) => read(store, &entry("p", number), &at(winner), &at(loser)).await,
                Err(store) => read(store, &entry("p", number), &at(winner), &at(loser)).await,
            };
            assert_eq!(row.as_deref(), Some(winner));
            assert_eq!(id.as_deref(), Some(winner));
            assert_eq!(lost, None);
        }
    }
}

type Row = Option<String>;

async fn read(store: &impl Store, row: &Key, id: &Key, lost: &Key) -> (Row, Row, Row) {
    (
        store.get(Table::Log, row).await.unwrap(),
        store.get(Table::Ids, id).await.unwrap(),
        store.get(Table::Ids, lost).await.unwrap(),
    )
}
