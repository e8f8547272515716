//! Asking a backend what is new: pages of others' records for the keeper, and the roster.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use serde_json::json;

use super::http::ask;
use super::{keys, unread};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::record::{Actor, Record};
use crate::domain::roster::Roster;
use crate::domain::sorted::Sorted;
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::store::posts;
use crate::sync::backend::{Backend, Kind};
use crate::sync::hearing::{EVERY_S, Ears, Hearing};
use crate::ui::browser;
use crate::ui::state::{Intent, Making, Study, people, reader};
use crate::wire::plain::Plain;
use crate::wire::port::{Reply, Wire};

/// How often the roster is asked for, in milliseconds.
const ROSTER_EVERY_MS: u64 = 600_000;

/// Hears one backend.
#[derive(Default)]
pub struct Listener {
    /// When it last listened, by the clock that only goes forward.
    last: Option<u64>,
    /// When it last asked for the roster.
    roster_at: Option<u64>,
    roster: Option<Roster>,
    /// How far hearing has come, by class.
    hearing: Sorted<String, Hearing>,
    /// What came the last time: a store whose clock is not trusted is asked for it once more.
    lately: Vec<RecordId>,
    /// Whether something came that was not looked at for news yet.
    came: bool,
}

fn key(study: &Study, backend: &Backend, of: &str) -> Key {
    Key::of(&[study.profile.as_str(), &backend.key(), of])
}

async fn row(study: &Study, key: &Key) -> Option<String> {
    let store = study.store.try_get_value()?;
    store.get(Table::Outbox, key).await.ok()?
}

/// The roster as it was last heard or read from a file.
pub async fn roster(study: &Study, backend: &Backend) -> Option<Roster> {
    let row = row(study, &key(study, backend, "roster")).await?;
    Roster::read(&serde_json::from_str(&row).ok()?)
}

/// Keeps a roster.
pub async fn keep_roster(study: &Study, backend: &Backend, roster: &Roster) {
    let row = roster.write().to_string();
    let write = Write::Put(Table::Outbox, key(study, backend, "roster"), row);
    if let Some(store) = study.store.try_get_value() {
        // It is asked for again.
        let _ = store.commit(vec![write], Durability::Relaxed).await;
    }
    tell(roster);
}

/// Tells the screens the names of the roster that is known.
pub async fn remember(study: &Study, backend: &Backend) -> Option<Roster> {
    let roster = roster(study, backend).await?;
    tell(&roster);
    Some(roster)
}

fn tell(roster: &Roster) {
    let mut names = Vec::with_capacity(roster.people.len());
    for person in &roster.people {
        let account = roster.account(&person.id).account();
        names.push((account, person.name.clone()));
    }
    people::tell_names(names, roster.partners.clone());
}

impl Listener {
    /// Whether it is time to listen.
    pub fn is_due(&self) -> bool {
        let every = if browser::hidden() {
            EVERY_S * 4
        } else {
            EVERY_S
        };
        let last = self.last;
        last.is_none_or(|last| browser::steady_ms() >= last + every * 1_000)
    }

    /// Takes in what is new, of the class and of its partner classes.
    pub async fn hear(
        &mut self,
        study: &Study,
        backend: &Backend,
        password: &str,
        wire: &dyn Wire,
    ) -> Result<(), Reply> {
        self.last = Some(browser::steady_ms());
        self.look_at_roster(study, backend, password).await;
        let before = self.roster.clone();
        let asking = (study, backend, password);
        let heard = self.listen(asking, wire, "heard").await;
        // However it ended: nothing is under way any more.
        study.tell_hearing(None);
        heard?;
        let partners = self.roster.as_ref().map(|roster| roster.partners.clone());
        for (class, _) in partners.unwrap_or_default() {
            // A store has told everything already; and what a partner class keeps to itself hinders
            // nothing here.
            if backend.kind == Kind::Plain {
                let place = format!("heard {class}");
                let _ = self.listen(asking, &Plain { class }, &place).await;
                study.tell_hearing(None);
            }
        }
        if let Some(roster) = &self.roster {
            if before.as_ref() != Some(roster) {
                keep_roster(study, backend, roster).await;
            }
            keys::recheck(study, backend, roster).await;
            if self.came && browser::window().location().hash().as_deref() == Ok("#/class") {
                // Somebody is looking.
                unread::all_seen(study);
            } else if self.came {
                unread::fresh(study, roster.is_tutor(&backend.account)).await;
            }
        }
        self.came = false;
        Ok(())
    }

    async fn listen(
        &mut self,
        (study, backend, password): (&Study, &Backend, &str),
        wire: &dyn Wire,
        of: &str,
    ) -> Result<(), Reply> {
        let place = key(study, backend, of);
        let known = match self.hearing.get(of) {
            Some(hearing) => Some(hearing.clone()),
            None => row(study, &place).await.and_then(|row| Hearing::read(&row)),
        };
        let mut hearing = known.unwrap_or_default();
        let mut request = wire.pull(hearing.cursor.as_deref());
        let mut cursor = hearing.cursor.clone();
        let mut lately = Vec::new();
        loop {
            let answer = ask(backend, password, &request).await;
            let page = wire.pulled(&answer)?;
            cursor = page.cursor.or(cursor);
            let registrations = study.own.get_value();
            let ears = Ears {
                account: &backend.account,
                registrations: &registrations,
                vouches: backend.kind.enforces_audiences(),
                roster: self.roster.as_ref(),
            };
            let mut records = ears.take(page.records);
            lately.extend(records.iter().map(|record| record.envelope().id.clone()));
            records.retain(|record| !self.lately.contains(&record.envelope().id));
            if let Some(roster) = &mut self.roster {
                keys::learn(roster, &records);
            }
            // Only this kind promises that nothing comes before what came already.
            if backend.kind == Kind::Plain || page.next.is_none() {
                hearing.cursor.clone_from(&cursor);
            }
            hearing.heard += records.len() as u64;
            self.came |= !records.is_empty();
            if !records.is_empty() {
                taken_in(study, &place, records, &hearing).await;
            }
            match page.next {
                Some(next) => request = wire.more(&next),
                None => break,
            }
            // A first look at a large class takes a while: the screens say how far it has come.
            study.tell_hearing(Some(hearing.heard));
        }
        if backend.kind != Kind::Plain {
            self.lately = lately;
        }
        self.hearing.insert(of.to_owned(), hearing);
        Ok(())
    }

    async fn look_at_roster(&mut self, study: &Study, backend: &Backend, password: &str) {
        if self.roster.is_none() {
            self.roster = remember(study, backend).await;
        }
        let now = browser::steady_ms();
        let due = self
            .roster_at
            .is_none_or(|last| now >= last + ROSTER_EVERY_MS);
        if backend.kind == Kind::Plain && due {
            let answer = ask(backend, password, &Plain::roster()).await;
            if let Ok(mut roster) = Plain::people(&answer) {
                self.roster_at = Some(now);
                if let Some(known) = &self.roster {
                    roster.keep_keys_of(known);
                }
                keep_roster(study, backend, &roster).await;
                self.roster = Some(roster);
            }
        }
        if let Some(roster) = &mut self.roster {
            keys::begin(study, backend, roster).await;
        }
    }
}

/// Writes down, once, whose the records of this device are: it goes to the tutor with them, so that
/// packets are known to be this person's, too.
pub fn bind(study: &Study, account: &Actor) {
    let of = format!("binding {} {}", study.profile.as_str(), account.account());
    let account = json!({"homePage": account.home_page, "name": account.name});
    record_once(
        study,
        &of,
        Body::Assessed("binding", json!({"account": account})),
    );
}

/// Writes a record that is the same whichever tab or start writes it: what it is `of` makes its id.
pub fn record_once(study: &Study, of: &str, body: Body) {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Hash::of(of.as_bytes()).as_bytes()[..16]);
    let Some(step) = Slug::parse("class") else {
        return;
    };
    let making = Making {
        id: RecordId::from_random(bytes),
        body,
        audience: None,
        registration: None,
        step,
        fields: Vec::new(),
    };
    study.make_in(study.registration.clone(), making, &[]);
}

/// The account of which [`bind`] wrote that this device is its.
pub async fn bound(study: &Study) -> Option<Actor> {
    let store = study.store.try_get_value()?;
    let all = posts::heard(&store, &study.profile, "binding", 100)
        .await
        .ok()?;
    // The first stands, as in the fold.
    for id in all.iter().rev() {
        let record = reader::record(study, id).await?;
        if let (Body::Assessed(_, body), None) = (record.body(), record.sender()) {
            return Fields(body).find("account").and_then(Actor::read);
        }
    }
    None
}

/// Gives records to the keeper, and waits until they and the place are on the disk.
async fn taken_in(study: &Study, place: &Key, records: Vec<Record>, hearing: &Hearing) {
    let expected = hearing.write();
    let write = Write::Put(Table::Outbox, place.clone(), expected.clone());
    study.send(Intent::Hear(records, write));
    while row(study, place).await.as_ref() != Some(&expected) {
        if study.store.is_disposed() {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
}
