//! One connection to the database, opened again when the browser ended it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, IdbVersionChangeEvent};

use super::error;
use super::open::Target;
use crate::store::port::StoreError;

/// A database, and the last handle to it.
pub(super) struct Connection {
    target: Target,
    handle: RefCell<Option<Rc<Handle>>>,
    data_lost: Cell<bool>,
    /// Whether a transaction found the disk full, and its log was not begun anew since (`roll.rs`).
    /// Chromium then closes the database and does not open it until there is room, without a word why.
    torn: Cell<bool>,
}

impl Connection {
    /// Opens the database and brings it to the newest version.
    pub(super) async fn open(target: Target) -> Result<Self, StoreError> {
        let connection = Self {
            target,
            handle: RefCell::new(None),
            data_lost: Cell::new(false),
            torn: Cell::new(false),
        };
        connection.live().await?;
        Ok(connection)
    }

    /// Whether the browser threw away data that it could not read.
    pub(super) fn data_lost(&self) -> bool {
        self.data_lost.get()
    }

    /// Whether the last write may have broken off.
    pub(super) fn is_torn(&self) -> bool {
        self.torn.get()
    }

    /// The log was begun anew.
    pub(super) fn mended(&self) {
        self.torn.set(false);
    }

    /// Runs `work` in one transaction over the named stores. A connection that turns out to
    /// be closed is opened again, once; nothing of `work` has run then.
    pub(super) async fn transaction<T>(
        &self,
        stores: &[&str],
        mode: TransactionMode,
        durability: TransactionDurability,
        work: impl AsyncFnOnce(Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut retried = false;
        loop {
            let handle = self.live().await?;
            let options = TransactionOptions::new().with_durability(durability);
            let begun = handle
                .db
                .transaction(stores)
                .with_mode(mode)
                .with_options(options)
                .build();
            match begun {
                Ok(transaction) => {
                    let done = work(transaction).await;
                    if matches!(done, Err(StoreError::Full)) {
                        self.torn.set(true);
                    }
                    return done;
                }
                Err(closed) if !retried && error::is_invalid_state(&closed) => {
                    retried = true;
                    handle.life.set(Life::Closed);
                }
                Err(error) => return Err(error::of(error)),
            }
        }
    }

    /// The handle while it lives, or a new one.
    async fn live(&self) -> Result<Rc<Handle>, StoreError> {
        let last = self.handle.borrow().clone();
        match last.as_ref().map(|handle| (handle, handle.life.get())) {
            Some((handle, Life::Open)) => return Ok(Rc::clone(handle)),
            Some((_, Life::Deleted)) => return Err(StoreError::Deleted),
            Some((_, Life::Closed)) | None => {}
        }
        let opened = self.target.open(last.is_some()).await;
        if let (Err(StoreError::Deleted), Some(last)) = (&opened, last) {
            last.life.set(Life::Deleted);
        }
        let (db, data_lost) = match opened {
            Err(StoreError::Failed(_)) if self.torn.get() => return Err(StoreError::Full),
            opened => opened?,
        };
        if data_lost {
            self.data_lost.set(true);
        }
        let new = Handle::new(db);
        let mut handle = self.handle.borrow_mut();
        match &*handle {
            // Another call opened it meanwhile; `new` closes as it is dropped.
            Some(other) if other.life.get() == Life::Open => Ok(Rc::clone(other)),
            _ => Ok(Rc::clone(handle.insert(new))),
        }
    }
}

/// What became of an open database.
#[derive(Clone, Copy, PartialEq)]
enum Life {
    Open,
    Closed,
    Deleted,
}

/// An open database that lets go at once when another tab wants to upgrade or delete it.
struct Handle {
    db: Database,
    life: Rc<Cell<Life>>,
    _on_end: Closure<dyn FnMut(Event)>,
}

impl Handle {
    fn new(db: Database) -> Rc<Self> {
        let life = Rc::new(Cell::new(Life::Open));
        let on_end = Closure::new({
            let (db, life) = (db.clone(), Rc::clone(&life));
            move |event: Event| {
                let change = event.dyn_ref::<IdbVersionChangeEvent>();
                let deleted = change.is_some_and(|change| change.new_version().is_none());
                life.set(if deleted { Life::Deleted } else { Life::Closed });
                db.clone().close();
            }
        });
        let listener = Some(on_end.as_ref().unchecked_ref());
        db.as_sys().set_onversionchange(listener);
        db.as_sys().set_onclose(listener);
        Rc::new(Self {
            db,
            life,
            _on_end: on_end,
        })
    }
}

impl Drop for Handle {
    /// Closes the connection; a transaction under way still finishes.
    fn drop(&mut self) {
        self.db.as_sys().set_onversionchange(None);
        self.db.as_sys().set_onclose(None);
        self.db.as_sys().close();
    }
}
