//! The key with which a tutor's device signs, and what signatures make of records that came before
//! the keys were known.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::hear::{keep_roster, record_once};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::record::Record;
use crate::domain::roster::Roster;
use crate::domain::sign::{self, SecretSeed};
use crate::store::log::Signer;
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::sync::backend::Backend;
use crate::ui::browser;
use crate::ui::state::{Intent, Study, reader};

/// Rows of the log that are looked at in one go.
const PAGE: usize = 1_000;

/// Signs from now on, if whoever is signed in is a tutor; makes the key the first time. The roster
/// then holds it on this device, and the class is told of it.
pub async fn begin(study: &Study, backend: &Backend, roster: &mut Roster) {
    if !roster.is_tutor(&backend.account) {
        return;
    }
    let Some(seed) = seed(study).await else {
        return;
    };
    study.send(Intent::Sign(Signer {
        seed,
        sign: sign::signed,
    }));
    let key = sign::public_key(&seed);
    if roster.add_key(&backend.account, &key) {
        let of = format!("key {} {key}", backend.account.account());
        record_once(study, &of, Body::Assessed("key", json!({"key": key})));
        keep_roster(study, backend, roster).await;
    }
}

/// The secret key of this profile, made if there is none; `None` when it cannot be kept or read.
async fn seed(study: &Study) -> Option<SecretSeed> {
    let place = Key::of(&[study.profile.as_str(), "signing"]);
    let store = study.store.try_get_value()?;
    let mut row = store.get(Table::Outbox, &place).await.ok()?;
    if row.is_none() {
        let mut seed = [0; 32];
        for half in seed.chunks_exact_mut(16) {
            half.copy_from_slice(&browser::random());
        }
        let made = json!({"v": 1, "seed": sign::hex(&seed)}).to_string();
        // Two tabs may be at it: the first stands, whichever this one made.
        let write = Write::Insert(Table::Outbox, place.clone(), made);
        let _ = store.commit(vec![write], Durability::Strict).await;
        row = store.get(Table::Outbox, &place).await.ok()?;
    }
    let row: Value = serde_json::from_str(&row?).ok()?;
    sign::unhex(Fields(&row).text("seed")?)?.try_into().ok()
}

/// Takes in the keys that tutors told, as far as somebody vouches for who told.
pub fn learn(roster: &mut Roster, records: &[Record]) {
    for record in records {
        if let (Body::Assessed("key", body), Some(sender)) = (record.body(), record.sender())
            && let Some(key) = Fields(body).text("key").filter(|_| sender.verified)
        {
            roster.add_key(&sender.account, key);
        }
    }
}

/// Looks once at every record that nobody vouched for when it came, and gives those that a tutor of
/// the roster signed their sender. What was looked at is looked at again when the roster changes.
pub async fn recheck(study: &Study, backend: &Backend, roster: &Roster) {
    let place = Key::of(&[study.profile.as_str(), &backend.key(), "checked"]);
    let keys = Hash::of(roster.write().to_string().as_bytes()).to_string();
    let Some(store) = study.store.try_get_value() else {
        return;
    };
    let known = store.get(Table::Outbox, &place).await.ok().flatten();
    let known: Value = known
        .and_then(|row| serde_json::from_str(&row).ok())
        .unwrap_or_default();
    let same = known["keys"] == keys;
    let begun = if same {
        Fields(&known).positive("to").unwrap_or(0)
    } else {
        0
    };
    let mut to = begun;
    let mut better = Vec::new();
    loop {
        let Some(rows) = reader::log_rows(study, to, PAGE).await else {
            return;
        };
        let Some((last, _)) = rows.last() else { break };
        to = *last;
        for (_, row) in &rows {
            // Most rows are neither, and need not be read.
            if row.contains("\"signature\":") && row.contains("\"verified\":false") {
                better.extend(vouched(row, roster));
            }
        }
    }
    let far = to >= begun + PAGE as u64 || !same;
    if !better.is_empty() || far {
        let row = json!({"v": 1, "keys": keys, "to": to}).to_string();
        study.send(Intent::Hear(better, Write::Put(Table::Outbox, place, row)));
    }
}

fn vouched(row: &str, roster: &Roster) -> Option<Record> {
    let record = Record::of_row(row).ok()?;
    let doubted = !record.sender()?.verified;
    let judged = sign::judged(record, Some(roster));
    (doubted && judged.sender()?.verified).then_some(judged)
}
