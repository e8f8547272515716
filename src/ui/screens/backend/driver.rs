//! Sending what the log holds, and hearing the others: the one driver of the outbox. It reads the log
//! page by page, writes each page down before it is tried, and asks the outbox what is next; when
//! nothing is to be sent it asks what is new.

use std::cell::Cell;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::files::Files;
use super::hear::Listener;
use super::http::ask;
use crate::domain::ids::RecordId;
use crate::domain::record::Record;
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::sync::backend::{Backend, Kind};
use crate::sync::outbox::{Act, Aside, Now, Outbox, Pause};
use crate::sync::sending::{FrozenPage, PAGE, Sending, lease, may_go};
use crate::ui::browser;
use crate::ui::state::{Sent, Study, people, reader};
use crate::wire::plain::Plain;
use crate::wire::port::{Frozen, Reply, Wire};
use crate::wire::xapi::{Lrs, Telling, Version};

/// How often the log is looked at when nothing else says that something was added.
const LOOK_MS: u64 = 3_000;
const LOOK: Duration = Duration::from_millis(LOOK_MS);
/// How often it is asked whether it grew.
const GLANCE: Duration = Duration::from_millis(200);

thread_local! {
    /// Which run is the one that goes on; a new one ends those before it.
    static RUN: Cell<u64> = const { Cell::new(0) };
}

/// Ends whatever is sending.
pub fn stop() {
    RUN.with(|run| run.set(run.get() + 1));
}

/// Begins to send, in place of whatever is sending.
pub fn start(study: &Study, backend: Backend, password: String) {
    stop();
    if backend.kind == Kind::File {
        return;
    }
    let own = RUN.with(Cell::get);
    let driver = Driver {
        study: study.clone(),
        key: Key::of(&[study.profile.as_str(), &backend.key()]),
        wire: wire(&backend),
        backend,
        password,
        own,
        sender: super::tab(study.tab.as_str()),
        sending: Sending::default(),
        outbox: Outbox::default(),
        listener: Listener::default(),
        files: Files::default(),
    };
    leptos::task::spawn_local(driver.run());
}

/// How a backend is talked to.
pub fn wire(backend: &Backend) -> Box<dyn Wire> {
    match backend.kind {
        Kind::Plain | Kind::File => Box::new(Plain {
            class: backend.account.home_page.clone(),
        }),
        Kind::Xapi1 => Box::new(Lrs {
            version: Version::One,
        }),
        Kind::Xapi2 => Box::new(Lrs {
            version: Version::Two,
        }),
    }
}

/// Tells the screens what the backend would not take.
pub fn tell(asides: &[Aside]) {
    let mut ids = Vec::with_capacity(asides.len());
    for aside in asides {
        ids.push(aside.record.id.clone());
    }
    people::tell_aside(ids);
}

/// How far sending to a backend has come; from the beginning where nothing is known.
pub async fn known(study: &Study, backend: &Backend) -> Sending {
    let key = Key::of(&[study.profile.as_str(), &backend.key()]);
    let Some(store) = study.store.try_get_value() else {
        return Sending::default();
    };
    let row = store.get(Table::Outbox, &key).await.ok().flatten();
    row.and_then(|row| Sending::read(&row)).unwrap_or_default()
}

struct Driver {
    study: Study,
    key: Key,
    wire: Box<dyn Wire>,
    backend: Backend,
    password: String,
    own: u64,
    /// Names this tab, also after a reload.
    sender: String,
    sending: Sending,
    outbox: Outbox,
    listener: Listener,
    files: Files,
}

impl Driver {
    fn goes_on(&self) -> bool {
        RUN.with(Cell::get) == self.own && !self.study.store.is_disposed()
    }

    async fn run(mut self) {
        self.sending = known(&self.study, &self.backend).await;
        super::hear::bind(&self.study, &self.backend.account);
        for aside in std::mem::take(&mut self.sending.aside) {
            self.outbox.add_aside(aside);
        }
        if let Some(page) = &self.sending.page {
            for record in &page.records {
                self.outbox.add(record.clone());
            }
        }
        while self.goes_on() {
            if !self.may_send() {
                sleep(LOOK).await;
                continue;
            }
            let now = browser::now();
            if let Some(act) = self.outbox.next(now) {
                self.act(act).await;
                continue;
            }
            match self.outbox.pause() {
                Pause::None if self.outbox.waiting() == 0 => {
                    if !self.turn_page().await && !self.hand_in_file().await {
                        self.show();
                        self.hear().await;
                        self.until_added().await;
                    }
                }
                Pause::SignIn => {
                    self.show();
                    return;
                }
                Pause::Until(at) | Pause::Strange(at) => {
                    self.show();
                    let wait = u64::try_from(at.since(now)).unwrap_or(0);
                    if browser::back_online_within(wait).await {
                        self.outbox.resume();
                    }
                }
                Pause::None => sleep(LOOK).await,
            }
        }
    }

    /// Waits a while, or until something was added to the log: what is shown is to be true at once.
    async fn until_added(&self) {
        let until = browser::steady_ms() + LOOK_MS;
        while browser::steady_ms() < until && self.goes_on() {
            sleep(GLANCE).await;
            let facts = self.study.facts.try_get_untracked();
            if facts.is_none_or(|facts| facts.records > self.sending.seen()) {
                return;
            }
        }
    }

    /// Asks what is new, if it is time to.
    async fn hear(&mut self) {
        if !self.listener.is_due() {
            return;
        }
        let wire = &*self.wire;
        let heard = self
            .listener
            .hear(&self.study, &self.backend, &self.password, wire);
        match heard.await {
            Ok(()) => self.files.heard(),
            Err(Reply::SignIn) => {
                let now = Now {
                    at: browser::now(),
                    random: 0,
                };
                self.outbox.pushed(Reply::SignIn, now);
            }
            Err(_) => {}
        }
    }

    /// Hands in a part of a file; whether there was one.
    async fn hand_in_file(&mut self) -> bool {
        let with = (&self.backend, self.password.as_str());
        let settled = self.sending.settled();
        let wire = &*self.wire;
        let busy = self.files.step(&self.study, with, wire, settled).await;
        if busy {
            self.show();
        }
        busy
    }

    /// Whether it is this tab that sends: one that sent last goes on until it falls silent.
    fn may_send(&self) -> bool {
        const LEASE: &str = "zhixing-sender";
        let held = browser::setting(LEASE).unwrap_or_default();
        let taken = lease(&held, &self.sender, browser::now());
        if let Some(taken) = &taken {
            browser::set_setting(LEASE, taken);
        }
        taken.is_some()
    }

    async fn act(&mut self, act: Act) {
        let now = || Now {
            at: browser::now(),
            random: chance(),
        };
        let settled = match act {
            Act::Push(batch) => {
                let request = self.wire.push(&batch);
                let answer = ask(&self.backend, &self.password, &request).await;
                self.outbox.pushed(self.wire.pushed(&batch, &answer), now())
            }
            Act::Look(record) => {
                let request = self.wire.look(&record);
                let answer = ask(&self.backend, &self.password, &request).await;
                let there = self.wire.looked(&record, &answer);
                self.outbox.looked(&there, now())
            }
        };
        if !settled.is_empty() && self.goes_on() {
            self.sending.settle(&settled);
            self.write().await;
        }
        self.show();
    }

    async fn write(&mut self) -> bool {
        let mut row = self.sending.clone();
        row.aside = self.outbox.aside().to_vec();
        let write = Write::Put(Table::Outbox, self.key.clone(), row.write());
        let Some(store) = self.study.store.try_get_value() else {
            return false;
        };
        // What is not written down is sent once more, which changes nothing at the backend.
        store.commit(vec![write], Durability::Strict).await.is_ok()
    }

    /// Takes the next records of the log; whether there were any.
    async fn turn_page(&mut self) -> bool {
        if let Some(page) = self.sending.page.take() {
            (self.sending.cursor, self.sending.open) = (page.to, page.open);
        }
        let rows = reader::log_page(&self.study, self.sending.cursor, PAGE).await;
        let rows = rows.unwrap_or_default();
        let Some(to) = rows.last().map(|(arrival, _)| *arrival) else {
            return false;
        };
        let mut telling = Telling {
            open: self.sending.open.clone(),
        };
        let mut records = Vec::new();
        for record in rows.into_iter().filter_map(|(_, record)| record) {
            let enforces = self.backend.kind.enforces_audiences();
            if may_go(&record, &self.study.person, enforces) {
                records.push(self.freeze(&mut telling, &record));
            }
        }
        self.sending.page = Some(FrozenPage {
            to,
            open: telling.open,
            records: records.clone(),
        });
        if self.write().await {
            for record in records {
                self.outbox.add(record);
            }
            return true;
        }
        self.sending.page = None;
        false
    }

    fn freeze(&self, telling: &mut Telling, record: &Record) -> Frozen {
        match self.backend.kind {
            Kind::Plain | Kind::File => Plain::freeze(record),
            Kind::Xapi1 | Kind::Xapi2 => {
                let own = record.envelope().registration == self.study.registration;
                let course = own.then_some(&*self.study.course);
                telling.freeze(record, &self.backend.account, course)
            }
        }
    }

    /// Tells the header.
    fn show(&self) {
        let records = self.study.facts.get_untracked().records;
        let behind = records.saturating_sub(self.sending.seen()) + self.files.waiting();
        tell(self.outbox.aside());
        let sent = Sent::of(&self.outbox, behind);
        self.study.tell_sent(sent, self.sending.settled());
    }
}

/// Evenly spread over all its values.
fn chance() -> u32 {
    let [one, two, three, four, ..] = browser::random();
    u32::from_le_bytes([one, two, three, four])
}

/// Lets a record that was put aside be tried again.
pub async fn retry(study: &Study, backend: &Backend, id: &RecordId) {
    let mut sending = known(study, backend).await;
    sending.take_back(id);
    let key = Key::of(&[study.profile.as_str(), &backend.key()]);
    let write = Write::Put(Table::Outbox, key, sending.write());
    if let Some(store) = study.store.try_get_value() {
        let _ = store.commit(vec![write], Durability::Strict).await;
    }
}
