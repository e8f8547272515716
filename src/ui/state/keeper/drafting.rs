//! Drafts: one row for each tab and field.

use leptos::prelude::*;

use super::Keeper;
use crate::domain::draft::{Kept, Place, Version};
use crate::store::log::LogError;
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::store::rows::{self, DraftRow};
use crate::ui::state::drafts;

impl Keeper {
    pub(super) async fn draft(&mut self, kept: &Kept, over: &[Version]) -> Result<(), LogError> {
        let row = rows::write(&DraftRow {
            text: kept.text.clone(),
            at: kept.at,
        });
        let key = self.draft_key(&kept.place, &kept.version);
        let mut batch = self.gone(&kept.place, over);
        batch.push(Write::Put(Table::Drafts, key, row));
        self.write_drafts(batch).await?;
        self.study.drafts.update_value(|drafts| {
            drafts.note_stored(kept);
        });
        Ok(())
    }

    pub(super) async fn write_drafts(&self, batch: Vec<Write>) -> Result<(), LogError> {
        let store = self.log.store();
        store.commit(batch, Durability::Strict).await?;
        self.study.counter.drafted();
        Ok(())
    }

    /// Takes in what another tab did to the drafts.
    pub(super) async fn redraft(&self) -> Result<(), LogError> {
        let (store, profile) = (self.log.store(), self.log.profile());
        let stored = drafts::stored(store, profile, &self.study.registration).await?;
        self.study
            .drafts
            .update_value(|drafts| drafts.refresh(stored));
        self.study.drafted.notify();
        Ok(())
    }

    /// Deletes these versions.
    pub(super) fn gone(&self, place: &Place, versions: &[Version]) -> Vec<Write> {
        let delete = |version| Write::Delete(Table::Drafts, self.draft_key(place, version));
        versions.iter().map(delete).collect()
    }

    fn draft_key(&self, place: &Place, version: &Version) -> Key {
        let profile = self.log.profile();
        drafts::key(profile, &self.study.registration, place, version)
    }
}
