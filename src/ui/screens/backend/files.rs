//! The files of submissions: handed in once their records are, and fetched when somebody opens one.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::driver::wire;
use super::http::{ask, fetch};
use super::{PASSWORD, settings};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::record::Record;
use crate::domain::work::AttachedFile;
use crate::store::port::{Durability, Key, Range, Store as _, Table, Write};
use crate::sync::backend::Backend;
use crate::sync::sending::may_go;
use crate::ui::browser;
use crate::ui::state::{Intent, Study, reader};
use crate::wire::port::{FileReply, Reply, Upload, Wire};

/// Rows of the log that are looked at in one go.
const PAGE: usize = 1_000;
/// How long is waited after a file did not get through, in milliseconds.
const LATER_MS: u64 = 30_000;

/// How far handing in files has come.
#[derive(Default)]
pub struct Files {
    /// Up to which arrival number everything is handed in; `None` before the row was read.
    to: Option<u64>,
    /// Files that are named after it, each with its record and how much of it has come.
    waiting: Vec<(Record, AttachedFile, usize)>,
    /// Up to where those were looked for.
    seen: u64,
    /// Not before this, by the clock that only goes forward.
    not_before: u64,
}

/// Where it is kept how far this has come.
fn place(study: &Study, backend: &Backend) -> Key {
    Key::of(&[study.profile.as_str(), &backend.key(), "files"])
}

/// Whether the backend has refused files.
pub async fn lacks(study: &Study, backend: &Backend) -> bool {
    let row = known(study, backend).await;
    row["lacks"] == true
}

async fn known(study: &Study, backend: &Backend) -> Value {
    let Some(store) = study.store.try_get_value() else {
        return Value::Null;
    };
    let row = store.get(Table::Outbox, &place(study, backend)).await;
    let row = row.ok().flatten();
    row.and_then(|row| serde_json::from_str(&row).ok())
        .unwrap_or_default()
}

impl Files {
    /// How many wait.
    pub fn waiting(&self) -> u64 {
        self.waiting.len() as u64
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
        self.look(study, backend, settled).await;
        let Some((record, file, received)) = self.waiting.first_mut() else {
            return false;
        };
        let Some(bytes) = reader::file(study, &file.sha256).await else {
            // It is not on this computer: another one has it, and hands it in.
            self.done(study, backend, false).await;
            return true;
        };
        let envelope = record.envelope();
        let upload = Upload {
            of: &envelope.id,
            by: (&backend.account, envelope.recorded_at),
            file,
            bytes: &bytes,
            received: *received,
        };
        let answer = ask(backend, password, &wire.send_file(&upload)).await;
        match wire.file_sent(&upload, &answer) {
            FileReply::Whole => self.done(study, backend, false).await,
            FileReply::Going(count) => *received = count,
            FileReply::Lacks => self.done(study, backend, true).await,
            FileReply::Unknown(Reply::Later(after)) => {
                let ms = after.map_or(LATER_MS, |seconds| seconds * 1_000);
                self.not_before = browser::steady_ms() + ms;
                return false;
            }
            FileReply::Unknown(_) => {
                self.not_before = browser::steady_ms() + LATER_MS;
                return false;
            }
        }
        true
    }

    /// Looks for files that are named in what the backend has by now.
    async fn look(&mut self, study: &Study, backend: &Backend, settled: u64) {
        if self.to.is_none() {
            let to = Fields(&known(study, backend).await).positive("to");
            self.seen = to.unwrap_or(0);
            self.to = Some(self.seen);
        }
        let Some(store) = study.store.try_get_value() else {
            return;
        };
        while self.seen < settled {
            let range = Range {
                from: Some(self.seen + 1),
                before: Some(settled + 1),
                limit: PAGE,
                ..Range::all(Key::of(&[study.profile.as_str()]))
            };
            let Ok(rows) = store.scan(Table::Log, &range).await else {
                return;
            };
            let Some((last, _)) = rows.last() else {
                self.seen = settled;
                break;
            };
            self.seen = last.last_number().unwrap_or(settled);
            for (_, row) in &rows {
                // Only submissions name files, and most rows are none.
                if row.contains("\"sha256\":") {
                    self.take(study, backend, row);
                }
            }
        }
    }

    fn take(&mut self, study: &Study, backend: &Backend, row: &str) {
        let Ok(record) = Record::of_row(row) else {
            return;
        };
        let enforces = backend.kind.enforces_audiences();
        let Body::Submission(submission) = record.body().clone() else {
            return;
        };
        if !may_go(&record, &study.person, enforces) {
            return;
        }
        for file in submission.files {
            self.waiting.push((record.clone(), file, 0));
        }
    }

    /// The first of those that wait is settled.
    async fn done(&mut self, study: &Study, backend: &Backend, lacks: bool) {
        self.waiting.remove(0);
        if !self.waiting.is_empty() {
            return;
        }
        self.to = Some(self.seen);
        let row = json!({"v": 1, "to": self.seen, "lacks": lacks}).to_string();
        let write = Write::Put(Table::Outbox, place(study, backend), row);
        if let Some(store) = study.store.try_get_value() {
            // What is not written down is handed in once more, which changes nothing.
            let _ = store.commit(vec![write], Durability::Relaxed).await;
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
        gloo_timers::future::sleep(std::time::Duration::from_millis(50)).await;
    }
    false
}
