//! Opening the database: upgrade, patience with other tabs, and what the browser told.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use indexed_db_futures::Build as _;
use indexed_db_futures::database::{Database, VersionChangeEvent};
use indexed_db_futures::error::{Error, OpenDbError, UnexpectedDataError};
use indexed_db_futures::future::OpenDbRequest;
use indexed_db_futures::internals::SystemRepr as _;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::error;
use super::migrations::Migration;
use crate::store::port::StoreError;

/// What to open.
pub(super) struct Target {
    pub(super) name: String,
    pub(super) migrations: &'static [Migration],
    /// Milliseconds to wait for the browser, and for other tabs to let go.
    pub(super) patience: u32,
}

/// What is heard while a database opens.
#[derive(Default)]
struct Heard {
    blocked: Cell<bool>,
    deleted: Cell<bool>,
    data_lost: Cell<bool>,
}

impl Target {
    /// Opens the database, `again` when this page had it open before: then it must still be
    /// there. Answers also whether the browser threw away data that it could not read.
    pub(super) async fn open(&self, again: bool) -> Result<(Database, bool), StoreError> {
        let heard = Rc::new(Heard::default());
        let opening = Box::pin(self.request(again, &heard)?);
        match select(opening, TimeoutFuture::new(self.patience)).await {
            Either::Left((Ok(db), _)) => Ok((db, heard.data_lost.get())),
            Either::Left(_) if heard.deleted.get() => Err(StoreError::Deleted),
            Either::Left((Err(error), _)) => Err(error::of_open(error)),
            Either::Right(((), opening)) => {
                // It may still open, and would block others if nobody closed it.
                spawn_local(async move {
                    if let Ok(db) = opening.await {
                        db.close();
                    }
                });
                Err(if heard.blocked.get() {
                    StoreError::Blocked
                } else {
                    StoreError::Failed("the database does not open".to_owned())
                })
            }
        }
    }

    fn request(
        &self,
        again: bool,
        heard: &Rc<Heard>,
    ) -> Result<impl Future<Output = Result<Database, OpenDbError>> + 'static, StoreError> {
        let migrations = self.migrations;
        let version = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
        let (at_block, at_upgrade) = (Rc::clone(heard), Rc::clone(heard));
        let request = Database::open(&self.name)
            .with_version(version)
            .with_on_blocked(move |_| {
                at_block.blocked.set(true);
                Ok(())
            })
            .with_on_upgrade_needed(move |event, db| {
                if again && event.old_version() < 1.0 {
                    at_upgrade.deleted.set(true);
                    return Err(UnexpectedDataError::TransactionAborted.into());
                }
                upgrade(migrations, &event, &db)
            })
            .build()
            .map_err(error::of_open)?;
        let listener = hear_data_loss(&request, Rc::clone(heard));
        Ok(async move {
            let database = request.await;
            drop(listener);
            database
        })
    }
}

/// Runs the steps that the database has not seen.
fn upgrade(
    migrations: &[Migration],
    event: &VersionChangeEvent,
    db: &Database,
) -> Result<(), Error> {
    let mut version = 0.0;
    for step in migrations {
        if version >= event.old_version() {
            step(db)?;
        }
        version += 1.0;
    }
    Ok(())
}

/// Chromium replaces a database that it cannot read by an empty one, and says so only in
/// `dataLoss` of the upgrade event, which the crate does not show.
fn hear_data_loss(request: &OpenDbRequest, heard: Rc<Heard>) -> Closure<dyn FnMut(JsValue)> {
    let listener = Closure::new(move |event: JsValue| {
        let loss = Reflect::get(&event, &"dataLoss".into())
            .ok()
            .and_then(|loss| loss.as_string());
        heard.data_lost.set(loss.is_some_and(|loss| loss != "none"));
    });
    // Without the listener nothing is heard, which is what most browsers do anyway.
    let _ = request
        .as_sys()
        .add_event_listener_with_callback("upgradeneeded", listener.as_ref().unchecked_ref());
    listener
}
