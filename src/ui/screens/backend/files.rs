//! The files of submissions: handed in once their records are (`sync/files.rs` says what is next), and
//! fetched when somebody opens one.

use std::sync::Arc;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::driver::wire;
use super::http::{ask, fetch};
use super::{PASSWORD, settings};
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::sync::backend::Backend;
use crate::sync::files::{Handing, Next, Queue};
use crate::ui::browser;
use crate::ui::state::{Intent, Study, reader};
use crate::wire::port::{Upload, Wire};

/// Rows of the log that are looked at in one go.
const PAGE: usize = 1_000;

/// Hands in files.
#[derive(Default)]
pub struct Files {
    /// What waits; `None` before the row was read.
    queue: Option<Queue>,
    /// Not before this, by the clock that only goes forward.
    not_before: u64,
}

/// Where it is kept how far this has come.
fn place(study: &Study, backend: &Backend) -> Key {
    Key::of(&[study.profile.as_str(), &backend.key(), "files"])
}

async fn known(study: &Study, backend: &Backend) -> Handing {
    let Some(store) = study.store.try_get_value() else {
        return Handing::default();
    };
    let row = store.get(Table::Outbox, &place(study, backend)).await;
    let row = row.ok().flatten();
    row.and_then(|row| Handing::read(&row)).unwrap_or_default()
}

async fn keep(study: &Study, backend: &Backend, handing: &Handing) {
    let write = Write::Put(Table::Outbox, place(study, backend), handing.write());
    if let Some(store) = study.store.try_get_value() {
        // What is not written down is handed in once more, which changes nothing.
        let _ = store.commit(vec![write], Durability::Relaxed).await;
    }
}

/// The names of the files that the backend would not take.
pub async fn refused(study: &Study, backend: &Backend) -> Vec<String> {
    let all = known(study, backend).await.refused.into_iter();
    all.map(|(_, name)| name).collect()
}

/// Lets every file be handed in once more; the backend knows by itself which it has.
pub async fn retry(study: &Study, backend: &Backend) {
    keep(study, backend, &Handing::default()).await;
}

impl Files {
    /// How many wait.
    pub fn waiting(&self) -> u64 {
        self.queue.as_ref().map_or(0, Queue::waiting)
    }

    /// The backend answered another request.
    pub fn heard(&mut self) {
        if let Some(queue) = &mut self.queue {
            queue.heard();
        }
    }

    /// Hands in a part of a file whose record the backend has (those up to `settled`); whether there
    /// was something to do.
    pub async fn step(
        &mut self,
        study: &Study,
        (backend, password): (&Backend, &str),
        wire: &dyn Wire,
        settled: u64,
    ) -> bool {
        if browser::steady_ms() < self.not_before {
            return false;
        }
        let queue = match &mut self.queue {
            Some(queue) => queue,
            None => self.queue.insert(Queue::new(known(study, backend).await)),
        };
        look(queue, study, backend, settled).await;
        if queue.is_far() {
            keep(study, backend, &queue.handing).await;
        }
        let Some(first) = queue.first() else {
            return false;
        };
        let next = match reader::file(study, &first.file.sha256).await {
            None => queue.absent(),
            Some(bytes) => {
                let envelope = first.record.envelope();
                let upload = Upload {
                    of: &envelope.id,
                    by: (&backend.account, envelope.recorded_at),
                    file: &first.file,
                    bytes: &bytes,
                    received: first.received,
                };
                let answer = ask(backend, password, &wire.send_file(&upload)).await;
                let reply = wire.file_sent(&upload, &answer);
                queue.answered(&reply)
            }
        };
        match next {
            Next::GoOn => {}
            Next::Keep => keep(study, backend, &queue.handing).await,
            Next::Later(seconds) => {
                self.not_before = browser::steady_ms() + seconds * 1_000;
                return false;
            }
        }
        true
    }
}

/// Looks for files that are named in what the backend has by now.
async fn look(queue: &mut Queue, study: &Study, backend: &Backend, settled: u64) {
    let enforces = backend.kind.enforces_audiences();
    while queue.seen < settled {
        let Some(rows) = reader::log_rows(study, queue.seen, PAGE).await else {
            return;
        };
        if rows.is_empty() {
            return;
        }
        for (arrival, row) in &rows {
            if *arrival > settled {
                return;
            }
            queue.look_at(*arrival, row, &study.person, enforces);
        }
    }
}

/// Fetches a file of a record from the backend and keeps it; whether it is here now.
pub async fn bring(study: &Study, of: &RecordId, hash: &Hash) -> bool {
    let (Some(backend), Some(password)) = (settings(), browser::kept(PASSWORD)) else {
        return false;
    };
    let wire = wire(&backend);
    let answer = fetch(&backend, &password, &wire.fetch_file(of, hash)).await;
    let Some(bytes) = wire.file_fetched(hash, answer) else {
        return false;
    };
    let bytes: Arc<[u8]> = bytes.into();
    study.send(Intent::File(*hash, bytes));
    // It is shown from the store, so it has to be there.
    for _ in 0..200 {
        if reader::file(study, hash).await.is_some() {
            return true;
        }
        sleep(Duration::from_millis(50)).await;
    }
    false
}
