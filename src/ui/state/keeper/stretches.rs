//! Stretches of study: saved while they run, records when they end.

use leptos::prelude::*;

use super::Keeper;
use crate::domain::body::{Body, Studied};
use crate::domain::ids::RecordId;
use crate::store::log::LogError;
use crate::store::port::{Durability, Key, Range, Store as _, Table, Write};
use crate::store::rows::{self, RunningRow};
use crate::ui::browser;

impl Keeper {
    /// Makes records of the stretches that ended with a crash, a kill or a power cut.
    pub async fn recover(&mut self) -> Result<(), LogError> {
        let range = Range::all(Key::of(&[self.log.profile().as_str()]));
        for (key, row) in self.log.store().scan(Table::Running, &range).await? {
            let Some(row) = rows::read::<RunningRow>(&row) else {
                continue;
            };
            let body = Body::Studied(row.studied.clone());
            let Some(new) = body.into_record(row.record, row.registration) else {
                continue;
            };
            let gone = [Write::Delete(Table::Running, key)];
            match self.append(&new, &gone).await {
                Ok(()) => self.complete(&row.studied.step).await?,
                // The tab that ran it has written it down itself.
                Err(LogError::AlreadyThere) => {
                    self.log
                        .store()
                        .commit(gone.to_vec(), Durability::Strict)
                        .await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.show();
        Ok(())
    }

    /// Saves the running stretch as it is now: one write, which is under way at once, so that it
    /// outlives a page that is being left.
    async fn keep_running(&mut self, studied: &Studied) -> Result<(), LogError> {
        let record = self.running_id();
        let row = RunningRow {
            record,
            registration: self.study.registration.clone(),
            studied: studied.clone(),
        };
        let write = Write::Put(Table::Running, self.running_key(), rows::write(&row));
        self.log
            .store()
            .commit(vec![write], Durability::Strict)
            .await?;
        Ok(())
    }

    pub(super) async fn checkpoint(&mut self, studied: &Studied) -> Result<(), LogError> {
        self.keep_running(studied).await?;
        self.study.counter.renew();
        self.study.live.set(Some(studied.clone()));
        if self.due(
            &studied.step,
            &self.progress().with(studied, &self.study.course.meter),
        ) {
            // The condition is met in the middle of a stretch: write down what there is, so
            // that the next step opens now. The stretch goes on under a new id; what it
            // repeats is counted once.
            self.seal(studied).await?;
        }
        Ok(())
    }

    pub(super) async fn seal(&mut self, studied: &Studied) -> Result<(), LogError> {
        let gone = [Write::Delete(Table::Running, self.running_key())];
        if studied.segments.is_empty() && studied.uncounted.is_empty() {
            self.log
                .store()
                .commit(gone.to_vec(), Durability::Strict)
                .await?;
        } else {
            // The record needs reads first; should the page be gone by then, the next start makes
            // it of the row.
            self.keep_running(studied).await?;
            self.append_studied(studied, &gone).await?;
        }
        self.running = None;
        self.study.live.set(None);
        self.complete(&studied.step).await?;
        self.show();
        Ok(())
    }

    /// Another tab may have recovered this stretch from its row while this one was frozen: then
    /// the whole stretch is written once more under a new id; what it repeats is counted once.
    async fn append_studied(&mut self, studied: &Studied, gone: &[Write]) -> Result<(), LogError> {
        loop {
            let body = Body::Studied(studied.clone());
            let id = self.running_id();
            let Some(new) = body.into_record(id, self.study.registration.clone()) else {
                return Ok(());
            };
            match self.append(&new, gone).await {
                Err(LogError::AlreadyThere) => self.running = None,
                done => return done,
            }
        }
    }

    fn running_id(&mut self) -> RecordId {
        self.running
            .get_or_insert_with(|| RecordId::from_random(browser::random()))
            .clone()
    }

    fn running_key(&self) -> Key {
        Key::of(&[self.log.profile().as_str(), self.study.tab.as_str()])
    }
}
