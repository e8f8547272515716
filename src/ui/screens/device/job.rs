//! Downloading files of the course: one after the other, in parts that stay, while one does
//! something else. What an answer means is decided in `package/fetching.rs`.

use std::time::Duration;

use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

use super::{storage, underway};
use crate::domain::hash::Hash;
use crate::package::PackageFile;
use crate::package::fetching::{Fault, Fetching, Part, range_start};
use crate::package::kept::{Files, Here, Scope};
use crate::store::content::{self as rows, Download};
use crate::store::port::{Durability, Store as _, StoreError, Table, Write};
use crate::ui::browser;
use crate::ui::state::{Study, content};

/// Longer than this no byte is waited for: the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so long a lost connection is tried again, in milliseconds, if the browser says nothing.
const AGAIN_MS: u64 = 10_000;
/// How often it is looked whether a pause is over.
const LOOK: Duration = Duration::from_millis(250);

/// What the download does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// Files come.
    Running,
    /// Somebody paused it.
    Paused,
    /// There is no network; it goes on by itself.
    Waiting,
}

/// What somebody must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The server has no such file.
    Missing(String),
    /// What came is not the file that the course lists.
    Other(String),
    /// There is no more room.
    Full,
    /// There is less room than is wanted: bytes wanted, bytes left.
    NoRoom(u64, u64),
    /// The store does not work.
    Store(StoreError),
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What the download does.
    pub phase: Phase,
    /// Files that are to come; the first is on its way.
    pub queue: Vec<PackageFile>,
    /// Bytes of the first that are here.
    pub arrived: u64,
    /// Bytes that came since the queue was empty, without the first's.
    pub done: u64,
    /// What was asked for, as somebody is told.
    pub names: Vec<String>,
    /// What somebody must be told.
    pub told: Option<Told>,
    /// The files that are on the device.
    pub here: Here,
    /// Which run is the one that goes on; a new one ends those before it.
    run: u64,
    /// A file that was removed while it came: what is here of it goes too.
    dropped: Option<Hash>,
}

/// The download of this page; it goes on while other screens are shown.
#[derive(Clone)]
pub struct Job(ArcRwSignal<Status>);

thread_local! {
    static JOB: Job = Job(ArcRwSignal::new(Status {
        phase: Phase::Idle,
        queue: Vec::new(),
        arrived: 0,
        done: 0,
        names: Vec::new(),
        told: None,
        here: Here::default(),
        run: 0,
        dropped: None,
    }));
}

impl Job {
    /// The one of this page.
    pub fn of_page() -> Self {
        JOB.with(Clone::clone)
    }

    /// How it goes, for what is shown.
    pub fn status<T>(&self, read: impl FnOnce(&Status) -> T) -> T {
        self.0.with(read)
    }

    fn now<T>(&self, read: impl FnOnce(&Status) -> T) -> T {
        self.0.with_untracked(read)
    }

    fn change(&self, change: impl FnOnce(&mut Status)) {
        self.0.update(change);
    }

    /// Looks again at what is on the device.
    pub async fn look(&self, study: &Study) {
        let here = content::here(study).await;
        self.change(|status| status.here = here);
    }

    /// Adds files to what is to come, those that are here or wanted already left out, and begins.
    pub fn want(&self, study: &Study, name: &str, files: Vec<PackageFile>) {
        let idle = self.now(|status| status.phase == Phase::Idle);
        self.change(|status| {
            status.told = None;
            if idle {
                (status.done, status.arrived) = (0, 0);
                status.names.clear();
            }
            if !status.names.iter().any(|known| known == name) {
                status.names.push(name.to_owned());
            }
            for file in files {
                let known = |other: &PackageFile| other.sha256 == file.sha256;
                let known = status.queue.iter().any(known);
                if !known && status.here.get(&file.sha256).is_none() {
                    status.queue.push(file);
                }
            }
            if idle && !status.queue.is_empty() {
                status.phase = Phase::Running;
                status.run += 1;
                status.dropped = None;
            } else if status.phase == Phase::Paused {
                status.phase = Phase::Running;
            }
        });
        self.remember(study);
        if idle && self.now(|status| status.phase == Phase::Running) {
            self.begin_run(study);
        }
    }

    fn begin_run(&self, study: &Study) {
        let (job, study) = (self.clone(), study.clone());
        let own = self.now(|status| status.run);
        leptos::task::spawn_local(async move {
            job.run(&study, own).await;
            if job.now(|status| status.run == own) {
                job.remember(&study);
            }
        });
    }

    /// Keeps what is still to come, so that a later page goes on with it; nothing where there is nothing.
    fn remember(&self, study: &Study) {
        if content::imported_id(&study.base).is_some() {
            return;
        }
        let wanted = self.now(|status| status.queue.iter().map(|file| file.sha256).collect());
        let download = Download {
            course: study.source.to_string(),
            wanted,
            paused: self.now(|status| status.phase == Phase::Paused),
        };
        underway::mark(study, !download.wanted.is_empty());
        let key = rows::download(&study.base);
        let share = |status: &Status| {
            let files = Files::read(&study.source).unwrap_or_default();
            files.share(Scope::Course, &status.here).here
        };
        let put = if download.wanted.is_empty() && self.now(share) == 0 {
            vec![Write::Delete(Table::Content, key)]
        } else {
            vec![Write::Put(Table::Content, key, download.write())]
        };
        let (job, study) = (self.clone(), study.clone());
        // What cannot be kept now is asked for again by whoever wants it.
        leptos::task::spawn_local(async move {
            job.write(&study, put, Durability::Relaxed).await;
        });
    }

    /// Goes on with what an earlier page left, unless another page is at it.
    pub async fn go_on(&self, study: &Study, name: String) {
        if content::imported_id(&study.base).is_some() {
            return;
        }
        underway::free(study).await;
        let Some(store) = study.store.try_get_value() else {
            return;
        };
        let key = rows::download(&study.base);
        let row = store.get(Table::Content, &key).await.ok().flatten();
        let left = row.and_then(|row| Download::read(&row));
        let Some(left) = left.filter(|left| !left.wanted.is_empty()) else {
            return;
        };
        let Some(files) = Files::read(&study.source) else {
            return;
        };
        self.look(study).await;
        let of = |hash: &Hash| files.all.iter().find(|file| file.sha256 == *hash).cloned();
        let queue: Vec<PackageFile> = left.wanted.iter().filter_map(of).collect();
        let mut begun = false;
        self.change(|status| {
            let new = |file: &PackageFile| status.here.get(&file.sha256).is_none();
            let queue: Vec<PackageFile> = queue.into_iter().filter(new).collect();
            if status.phase == Phase::Idle && !queue.is_empty() {
                status.queue = queue;
                (status.done, status.arrived) = (0, 0);
                status.names = vec![name];
                status.phase = if left.paused {
                    Phase::Paused
                } else {
                    Phase::Running
                };
                status.run += 1;
                status.dropped = None;
                begun = true;
            }
        });
        if begun {
            self.begin_run(study);
        } else if self.now(|status| status.phase == Phase::Idle) {
            self.remember(study);
        }
    }

    /// Pauses, or goes on.
    pub fn pause(&self, study: &Study, paused: bool) {
        self.change(|status| {
            if status.phase != Phase::Idle {
                status.phase = if paused {
                    Phase::Paused
                } else {
                    Phase::Running
                };
            }
        });
        self.remember(study);
    }

    /// Wants nothing more. What came stays, also the parts of the file that was on its way.
    pub fn stop(&self, study: &Study) {
        self.change(|status| {
            status.phase = Phase::Idle;
            status.queue.clear();
        });
        self.remember(study);
    }

    /// Takes files off the device; those that are to come do not come.
    pub async fn remove(&self, study: &Study, files: &[&PackageFile]) {
        content::hide(study, files);
        let goes = |hash: &Hash| files.iter().any(|file| file.sha256 == *hash);
        if self.now(|status| status.queue.iter().any(|file| goes(&file.sha256))) {
            self.change(|status| {
                let first = status.queue.first().map(|file| file.sha256);
                let coming = first.filter(|first| status.phase == Phase::Running && goes(first));
                status.dropped = coming.or(status.dropped);
                status.queue.retain(|file| !goes(&file.sha256));
                status.arrived = 0;
                if status.queue.is_empty() {
                    status.phase = Phase::Idle;
                }
            });
        }
        let mut batch = Vec::new();
        for file in files {
            let whole = rows::whole(&file.sha256);
            batch.push(Write::Delete(Table::Content, whole));
            let parts = rows::parts(&file.sha256);
            batch.push(Write::DeletePrefix(Table::Content, parts));
        }
        self.write(study, batch, Durability::Strict).await;
        self.look(study).await;
        self.remember(study);
    }

    async fn write(&self, study: &Study, batch: Vec<Write>, durability: Durability) -> bool {
        let Some(store) = study.store.try_get_value() else {
            return false;
        };
        self.tell_written(store.commit(batch, durability).await)
    }

    /// Keeps a part of a file.
    async fn keep(&self, study: &Study, file: &PackageFile, (number, bytes): Part) -> bool {
        let Some(store) = study.store.try_get_value() else {
            return false;
        };
        let key = rows::parts(&file.sha256).number(number);
        let bytes = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let written = match Blob::new_with_u8_array_sequence(&bytes) {
            Ok(blob) => store.put_blob(&key, &blob).await,
            Err(_) => Err(StoreError::Full),
        };
        self.tell_written(written)
    }

    /// Whether something was written; why it was not is told, and ends the download.
    fn tell_written(&self, written: Result<(), StoreError>) -> bool {
        let Err(error) = written else {
            return true;
        };
        let told = match error {
            StoreError::Full => Told::Full,
            other => Told::Store(other),
        };
        self.change(|status| {
            status.told = Some(told);
            status.phase = Phase::Idle;
            status.queue.clear();
        });
        false
    }

    async fn run(&self, study: &Study, own: u64) {
        storage::ask_to_keep();
        let wanted: u64 = self.now(|status| status.queue.iter().map(|file| file.bytes).sum());
        if let Some(left) = storage::room().await.map(|room| room.left)
            && left < wanted + wanted / 20
        {
            self.stop(study);
            self.change(|status| status.told = Some(Told::NoRoom(wanted, left)));
            return;
        }
        while let Some(file) = self.now(|status| status.queue.first().cloned()) {
            if self.now(|status| status.run != own) {
                return;
            }
            underway::mark(study, true);
            match self.now(|status| status.phase) {
                Phase::Idle => return,
                Phase::Paused => sleep(LOOK).await,
                Phase::Waiting => {
                    browser::back_online_within(AGAIN_MS).await;
                    // Unless somebody paused or stopped it meanwhile.
                    self.change(|status| {
                        if status.phase == Phase::Waiting {
                            status.phase = Phase::Running;
                        }
                    });
                }
                Phase::Running => {
                    self.file(study, &file, own).await;
                    if self.now(|status| status.dropped == Some(file.sha256)) {
                        self.change(|status| status.dropped = None);
                        self.remove(study, &[&file]).await;
                    }
                }
            }
        }
        self.change(|status| {
            if status.run == own {
                status.phase = Phase::Idle;
            }
        });
    }

    /// Fetches a file; what came of it when it cannot go on.
    async fn file(&self, study: &Study, file: &PackageFile, own: u64) {
        let mut fetched = self.fetch(study, file, RequestCache::Default, own).await;
        if fetched == Err(Some(Fault::Other)) {
            // What was kept may be of an older version, or the browser's own cache: past both of them.
            let parts = rows::parts(&file.sha256);
            let clear = vec![Write::DeletePrefix(Table::Content, parts)];
            if !self.write(study, clear, Durability::Relaxed).await {
                return;
            }
            fetched = self.fetch(study, file, RequestCache::Reload, own).await;
        }
        let told = match fetched {
            Ok(()) => {
                content::show(study, &[file]).await;
                None
            }
            // Paused, stopped, or the store says why.
            Err(None) => return,
            Err(Some(Fault::Lost)) => {
                self.change(|status| {
                    if status.phase == Phase::Running {
                        status.phase = Phase::Waiting;
                    }
                });
                return;
            }
            Err(Some(Fault::Missing)) => Some(Told::Missing(file.path.clone())),
            Err(Some(Fault::Other)) => Some(Told::Other(file.path.clone())),
        };
        self.change(|status| {
            status.queue.retain(|other| other.sha256 != file.sha256);
            status.arrived = 0;
            match told {
                None => {
                    status.done += file.bytes;
                    status.here.insert(file.sha256, file.bytes);
                }
                told => status.told = told,
            }
        });
    }

    /// Fetches a file from where it broke off; `Err(None)` when it is not to go on.
    async fn fetch(
        &self,
        study: &Study,
        file: &PackageFile,
        cache: RequestCache,
        own: u64,
    ) -> Result<(), Option<Fault>> {
        // Not where it was removed, or another run came, meanwhile: parts of it may be gone.
        let wanted = |status: &Status| {
            let first = status.queue.first().map(|first| first.sha256);
            status.run == own && first == Some(file.sha256)
        };
        let mut fetching = self.begin(study, file).await;
        let from = fetching.ask();
        self.change(|status| status.arrived = from);
        let address = format!("{}{}", study.base, file.path);
        let answer = answer(&address, from, cache).await.ok_or(Fault::Lost)?;
        let range = answer.headers().get("Content-Range").ok().flatten();
        let start = range.and_then(|range| range_start(&range));
        fetching.answered(answer.status(), start)?;
        let Some(reader) = reader(&answer) else {
            return Err(Some(Fault::Lost));
        };
        loop {
            underway::mark(study, true);
            if !self.now(|status| status.phase == Phase::Running && wanted(status)) {
                let _ = reader.cancel();
                return Err(None);
            }
            let bytes = match chunk(&reader).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break,
                Err(_) => {
                    let _ = reader.cancel();
                    return Err(Some(Fault::Lost));
                }
            };
            for part in fetching.take(&bytes)? {
                if !self.keep(study, file, part).await {
                    let _ = reader.cancel();
                    return Err(None);
                }
            }
            let arrived = fetching.here();
            self.change(|status| status.arrived = arrived);
        }
        if let Some(part) = fetching.end()?
            && !self.keep(study, file, part).await
        {
            return Err(None);
        }
        if !self.now(wanted) {
            return Err(None);
        }
        let key = rows::whole(&file.sha256);
        let whole = vec![Write::Put(Table::Content, key, rows::row(file.bytes))];
        let written = self.write(study, whole, Durability::Strict).await;
        written.then_some(()).ok_or(None)
    }

    /// Goes on from the parts that are here.
    async fn begin(&self, study: &Study, file: &PackageFile) -> Fetching {
        let mut fetching = Fetching::new(file);
        let key = rows::parts(&file.sha256);
        let Some(store) = study.store.try_get_value() else {
            return fetching;
        };
        let found = store.blobs(std::slice::from_ref(&key)).await;
        for part in found.unwrap_or_default().iter().flatten() {
            let bytes = browser::bytes_of(part).await;
            if !bytes.is_ok_and(|bytes| fetching.found(&bytes)) {
                let clear = vec![Write::DeletePrefix(Table::Content, key)];
                self.write(study, clear, Durability::Relaxed).await;
                return Fetching::new(file);
            }
        }
        fetching
    }
}

/// Asks for a file from a byte on; `None` when nothing answers.
async fn answer(address: &str, from: u64, cache: RequestCache) -> Option<Response> {
    let init = RequestInit::new();
    init.set_cache(cache);
    if from > 0 {
        let headers = web_sys::Headers::new().ok()?;
        headers.set("Range", &format!("bytes={from}-")).ok()?;
        init.set_headers(&headers);
    }
    let asking = browser::window().fetch_with_str_and_init(address, &init);
    let asking = std::pin::pin!(JsFuture::from(asking));
    match select(asking, std::pin::pin!(sleep(PATIENCE))).await {
        Either::Left((Ok(answer), _)) => answer.dyn_into().ok(),
        _ => None,
    }
}

fn reader(answer: &Response) -> Option<ReadableStreamDefaultReader> {
    answer.body()?.get_reader().dyn_into().ok()
}

/// The next bytes of an answer; `None` at its end.
async fn chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let reading = std::pin::pin!(JsFuture::from(reader.read()));
    let Either::Left((read, _)) = select(reading, std::pin::pin!(sleep(PATIENCE))).await else {
        return Err(JsValue::NULL);
    };
    let value = js_sys::Reflect::get(&read?, &"value".into())?;
    Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}
