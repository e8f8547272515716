//! Taking in a course from a zip or a folder: a worker unpacks it, and the page keeps what it gives.
//! The course is here when all of it is; what broke off or was cancelled leaves nothing behind.

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt as _;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, MessageEvent, Worker};

use super::storage;
use crate::domain::hash::Hash;
use crate::package::unpack::NUDGE_BYTES;
use crate::store::content as rows;
use crate::store::port::{Durability, Range, Store as _, StoreError, Table, Write};
use crate::ui::browser;
use crate::ui::state::{PageStore, content};

/// The script that starts the worker.
const WORKER: &str = "zhixing-worker_loader.js";
/// How often the row of an import says that it is at work, in milliseconds.
const SEEN_MS: u64 = 10_000;

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing was chosen.
    Idle,
    /// It is looked at.
    Opening,
    /// Bytes that are here, of so many.
    Running(u64, u64),
    /// The name of what was chosen, and what is wrong with it, a line each.
    Refused(String, Vec<String>),
    /// More than one was chosen.
    Several,
    /// There is less room than it takes: bytes wanted, bytes left.
    NoRoom(u64, u64),
    /// The store does not take it.
    Store(StoreError),
    /// The browser lets pages keep nothing: it would be gone with the page.
    Volatile,
    /// The worker did not start.
    NoWorker,
    /// Somebody cancelled it.
    Cancelled,
}

/// The import of this page.
#[derive(Clone)]
pub struct Import {
    /// How it goes.
    pub state: ArcRwSignal<State>,
}

thread_local! {
    static IMPORT: Import = Import { state: ArcRwSignal::new(State::Idle) };
}

impl From<StoreError> for State {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Import {
    /// The one of this page.
    pub fn of_page() -> Self {
        IMPORT.with(Clone::clone)
    }

    /// Whether one is under way.
    pub fn is_under_way(&self) -> bool {
        let state = self.state.get_untracked();
        matches!(state, State::Opening | State::Running(..))
    }

    /// Cancels it.
    pub fn cancel(&self) {
        if self.is_under_way() {
            self.state.set(State::Cancelled);
        }
    }

    /// Says something, unless one is under way.
    pub fn say(&self, state: State) {
        if !self.is_under_way() {
            self.state.set(state);
        }
    }

    /// Takes in what was chosen, as the worker wants it (`src/worker.rs`); opens the course at last.
    pub fn begin(&self, open: JsValue, name: &str, language: &'static str) {
        if self.is_under_way() {
            return;
        }
        self.state.set(State::Opening);
        let (import, name) = (self.clone(), name.to_owned());
        leptos::task::spawn_local(async move {
            match import.run(&open, language).await {
                Ok(id) => {
                    browser::set_setting(crate::ui::state::OPEN_COURSE, &content::folder(&id));
                    let _ = browser::window().location().set_hash("#/");
                    browser::start_anew();
                }
                Err(State::Refused(_, lines)) => import.state.set(State::Refused(name, lines)),
                Err(state) => import.state.set(state),
            }
        });
    }

    async fn run(&self, open: &JsValue, language: &str) -> Result<String, State> {
        let store = &PageStore::open().await?;
        if store.volatile() {
            return Err(State::Volatile);
        }
        sweep(store).await;
        let (worker, mut heard) = hired().ok_or(State::NoWorker)?;
        // The first word is that it is ready.
        if heard.next().await.is_none_or(|word| word.is_null()) {
            return Err(State::NoWorker);
        }
        let ask = Object::new();
        let _ = Reflect::set(&ask, &"open".into(), open);
        let _ = Reflect::set(&ask, &"language".into(), &language.into());
        let opened = self.ask(&worker, &mut heard, &ask).await?;
        let course = member(&opened, "course").as_string().unwrap_or_default();
        let bytes = browser::to_ms(member(&opened, "bytes").as_f64().unwrap_or(0.0));
        let files = Array::from(&member(&opened, "files"));
        let files = files
            .iter()
            .filter_map(|hash| Hash::parse(&hash.as_string()?));
        let files: Vec<Hash> = files.collect();
        storage::ask_to_keep();
        if let Some(left) = storage::room().await.map(|room| room.left)
            && left < bytes + bytes / 20
        {
            return Err(State::NoRoom(bytes, left));
        }
        let id = rows::course_id(&course);
        let kept = self
            .keep(store, (&worker, &mut heard), (&id, bytes, &files))
            .await;
        worker.terminate();
        match kept {
            Ok(mut whole) => {
                whole.push(Write::Put(Table::Content, rows::course(&id), course));
                whole.push(Write::Delete(Table::Content, rows::import(&id)));
                commit(store, whole, Durability::Strict).await?;
                Ok(id)
            }
            Err(state) => {
                clear(store, &id, &files).await;
                Err(state)
            }
        }
    }

    /// Keeps what the worker gives; the rows that make it the course's, to be written at the end.
    async fn keep(
        &self,
        store: &PageStore,
        (worker, heard): (&Worker, &mut UnboundedReceiver<JsValue>),
        (id, bytes, files): (&str, u64, &[Hash]),
    ) -> Result<Vec<Write>, State> {
        let here = content::here_in(store).await;
        let mut whole = Vec::new();
        let (mut arrived, mut seen) = (0, None);
        self.state.set(State::Running(0, bytes));
        loop {
            let now = browser::steady_ms();
            if seen.is_none_or(|seen| seen + SEEN_MS < now) {
                seen = Some(now);
                let row = rows::import_row(browser::now().0, files);
                let write = Write::Put(Table::Content, rows::import(id), row);
                commit(store, vec![write], Durability::Relaxed).await?;
            }
            let answer = self.ask(worker, heard, &"next".into()).await?;
            if member(&answer, "done").is_truthy() {
                return Ok(whole);
            }
            let hash_of = |of: &Array| of.get(0).as_string().and_then(|hash| Hash::parse(&hash));
            let number = |of: &Array, at| browser::to_ms(of.get(at).as_f64().unwrap_or(0.0));
            if let Some(part) = member(&answer, "part").dyn_ref::<Array>() {
                let content = Uint8Array::new(&part.get(2));
                arrived += u64::from(content.length());
                // What is here already is not written again: it may be shown just now.
                if let Some(hash) = hash_of(part).filter(|hash| here.get(hash).is_none()) {
                    let key = rows::parts(&hash).number(number(part, 1));
                    store.put_blob(&key, &blob(&content)?).await?;
                }
            } else if let Some(file) = member(&answer, "whole").dyn_ref::<Array>() {
                arrived = number(file, 2);
                if let Some(hash) = hash_of(file) {
                    let row = rows::row(number(file, 1));
                    whole.push(Write::Put(Table::Content, rows::whole(&hash), row));
                }
            }
            if self.is_under_way() {
                self.state.set(State::Running(arrived, bytes));
            }
        }
    }

    /// Asks the worker; its answer unless that is what is wrong, or it was cancelled meanwhile.
    async fn ask(
        &self,
        worker: &Worker,
        heard: &mut UnboundedReceiver<JsValue>,
        message: &JsValue,
    ) -> Result<JsValue, State> {
        let asked = worker.post_message(message);
        let answer = match asked {
            Ok(()) => heard.next().await,
            Err(_) => None,
        };
        if !self.is_under_way() {
            return Err(State::Cancelled);
        }
        let answer = answer.filter(|answer| !answer.is_null());
        let answer = answer.ok_or(State::NoWorker)?;
        match member(&answer, "problems").dyn_ref::<Array>() {
            Some(problems) => {
                let lines = problems.iter().filter_map(|line| line.as_string());
                Err(State::Refused(String::new(), lines.collect()))
            }
            None => Ok(answer),
        }
    }
}

/// The bytes as the browser keeps them ([`NUDGE_BYTES`]).
fn blob(content: &Uint8Array) -> Result<Blob, StoreError> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(content));
    drop(ArrayBuffer::new(NUDGE_BYTES));
    blob.map_err(|_| StoreError::Full)
}

fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A worker, and what it says; nothing where it failed.
fn hired() -> Option<(Worker, UnboundedReceiver<JsValue>)> {
    let worker = Worker::new(WORKER).ok()?;
    let (tell, heard) = unbounded();
    let failed = tell.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let _ = tell.unbounded_send(event.data());
    });
    let fail = Closure::<dyn FnMut()>::new(move || {
        let _ = failed.unbounded_send(JsValue::NULL);
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    // One a package that is opened.
    hear.forget();
    fail.forget();
    Some((worker, heard))
}

async fn commit(
    store: &PageStore,
    batch: Vec<Write>,
    durability: Durability,
) -> Result<(), StoreError> {
    store.commit(batch, durability).await
}

/// Takes away what an import left: parts of files that are not whole, and its row.
async fn clear(store: &PageStore, id: &str, files: &[Hash]) {
    let here = content::here_in(store).await;
    let mut batch = vec![Write::Delete(Table::Content, rows::import(id))];
    for hash in files.iter().filter(|hash| here.get(hash).is_none()) {
        batch.push(Write::DeletePrefix(Table::Content, rows::parts(hash)));
    }
    // What cannot be cleared now is swept the next time.
    let _ = commit(store, batch, Durability::Strict).await;
}

/// Takes away what imports left that broke off with their page.
pub async fn sweep(store: &PageStore) {
    let range = Range::all(rows::imports());
    let found = store.scan(Table::Content, &range).await;
    for (key, row) in found.unwrap_or_default() {
        let broken = rows::broken_off(&row, browser::now().0);
        if let Some((id, files)) = key.last_text().zip(broken) {
            clear(store, id, &files).await;
        }
    }
}
