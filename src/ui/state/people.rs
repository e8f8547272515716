//! What screens know of the class beside the log: what people are called, and which of one's own
//! records a backend has. The screens of the class tell it; every other only asks.

use std::cell::RefCell;

use leptos::prelude::*;

use super::Study;
use crate::domain::ids::RecordId;
use crate::store::port::{Key, Store as _, Table};
use crate::store::rows::{self, IdRow};

/// What is known.
#[derive(Default)]
struct Known {
    /// Names by account ([`crate::domain::record::Actor::account`]).
    names: Vec<(String, String)>,
    /// Up to which arrival number the backend has everything.
    settled: Option<u64>,
    /// What it would not take.
    aside: Vec<RecordId>,
}

thread_local! {
    static KNOWN: RefCell<Known> = const {
        RefCell::new(Known { names: Vec::new(), settled: None, aside: Vec::new() })
    };
}

/// Takes in what people are called.
pub fn tell_names(names: Vec<(String, String)>) {
    KNOWN.with_borrow_mut(|known| known.names = names);
}

/// Takes in what the backend has: everything up to an arrival number, less what was put aside.
pub fn tell_settled(settled: Option<u64>, aside: Vec<RecordId>) {
    KNOWN.with_borrow_mut(|known| (known.settled, known.aside) = (settled, aside));
}

/// What somebody is called; `otherwise` where the roster does not say.
pub fn name_of(account: &str, otherwise: &str) -> String {
    KNOWN.with_borrow(|known| {
        let found = known.names.iter().find(|(of, _)| of == account);
        found.map_or(otherwise, |(_, name)| name).to_owned()
    })
}

/// Whether the backend has each of these records; `None` where nobody asked for sending.
pub async fn accepted(study: &Study, ids: &[RecordId]) -> Option<Vec<bool>> {
    let settled = KNOWN.with_borrow(|known| known.settled)?;
    let store = study.store.try_get_value()?;
    let profile = study.profile.as_str();
    let mut keys = Vec::with_capacity(ids.len());
    for id in ids {
        keys.push(Key::of(&[profile, id.as_str()]));
    }
    let rows = store.get_each(Table::Ids, &keys).await.ok()?;
    let mut all = Vec::with_capacity(ids.len());
    for (id, row) in ids.iter().zip(rows) {
        let place: Option<IdRow> = row.as_deref().and_then(rows::read);
        let here = place.is_some_and(|place| place.arrival <= settled);
        all.push(here && !KNOWN.with_borrow(|known| known.aside.contains(id)));
    }
    Some(all)
}
