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

use super::error;
use super::open::Target;
use crate::store::port::StoreError;

/// A database, and the handle to it while there is one.
pub(super) struct Connection {
    target: Target,
    handle: RefCell<Option<Handle>>,
    opened: Cell<bool>,
    data_lost: Cell<bool>,
}

impl Connection {
    /// Opens the database and brings it to the newest version.
    pub(super) async fn open(target: Target) -> Result<Self, StoreError> {
        let connection = Self {
            target,
            handle: RefCell::new(None),
            opened: Cell::new(false),
            data_lost: Cell::new(false),
        };
        connection.database().await?;
        Ok(connection)
    }

    /// Whether the browser threw away data that it could not read.
    pub(super) fn data_lost(&self) -> bool {
        self.data_lost.get()
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
            let db = self.database().await?;
            let options = TransactionOptions::new().with_durability(durability);
            let begun = db
                .transaction(stores)
                .with_mode(mode)
                .with_options(options)
                .build();
            match begun {
                Ok(transaction) => return work(transaction).await,
                Err(closed) if !retried && error::is_invalid_state(&closed) => {
                    retried = true;
                    self.handle.take();
                }
                Err(error) => return Err(error::of(error)),
            }
        }
    }

    /// The database by a live handle.
    async fn database(&self) -> Result<Database, StoreError> {
        if let Some(db) = self.live() {
            return Ok(db);
        }
        let (db, data_lost) = self.target.open(self.opened.get()).await?;
        self.opened.set(true);
        if data_lost {
            self.data_lost.set(true);
        }
        // Another call may have opened it meanwhile; the handle that loses closes itself.
        let handle = Handle::new(db.clone());
        if let Some(other) = self.live() {
            return Ok(other);
        }
        self.handle.replace(Some(handle));
        Ok(db)
    }

    fn live(&self) -> Option<Database> {
        let handle = self.handle.borrow();
        handle
            .as_ref()
            .filter(|handle| !handle.ended.get())
            .map(|handle| handle.db.clone())
    }
}

/// An open database that lets go at once when another tab wants to upgrade or delete it.
struct Handle {
    db: Database,
    ended: Rc<Cell<bool>>,
    _on_end: Closure<dyn FnMut()>,
}

impl Handle {
    fn new(db: Database) -> Self {
        let ended = Rc::new(Cell::new(false));
        let on_end = Closure::new({
            let (db, ended) = (db.clone(), Rc::clone(&ended));
            move || {
                ended.set(true);
                db.clone().close();
            }
        });
        let listener = Some(on_end.as_ref().unchecked_ref());
        db.as_sys().set_onversionchange(listener);
        db.as_sys().set_onclose(listener);
        Self {
            db,
            ended,
            _on_end: on_end,
        }
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
