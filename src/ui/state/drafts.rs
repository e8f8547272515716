//! Drafts between the screens, the keeper and the store.
//!
//! Rows stand at `[profile, registration, step, field]` where a field has one row for all tabs, and
//! with the tab and the number of its words behind it where every tab has its own.

use leptos::prelude::*;

use super::{Intent, PageStore, Study};
use crate::domain::draft::{Kept, Place, Version};
use crate::domain::ids::{ProfileKey, RegistrationId, SessionId, Slug};
use crate::store::port::{Key, KeyPart, Range, Store as _, StoreError, Table};
use crate::store::rows::{self, DraftRow};
use crate::ui::browser;

/// The key of a row.
pub fn key(
    profile: &ProfileKey,
    registration: &RegistrationId,
    (step, field): &Place,
    (tab, number): &Version,
) -> Key {
    let mut key = Key::of(&[
        profile.as_str(),
        registration.as_str(),
        step.as_str(),
        field.as_str(),
    ]);
    if let Some(tab) = tab {
        key.0.push(KeyPart::Text(tab.to_string()));
        return key.number(*number);
    }
    key
}

/// The rows of a registration. One that cannot be read is passed over.
///
/// # Errors
/// [`StoreError`].
pub async fn stored(
    store: &PageStore,
    profile: &ProfileKey,
    registration: &RegistrationId,
) -> Result<Vec<Kept>, StoreError> {
    let range = Range::all(Key::of(&[profile.as_str(), registration.as_str()]));
    let rows = store.scan(Table::Drafts, &range).await?;
    let read = |(key, row): &(Key, String)| {
        let part = |at| key.text_at(at);
        let row: DraftRow = rows::read(row)?;
        Some(Kept {
            place: (
                part(2).and_then(Slug::parse)?,
                part(3).and_then(Slug::parse)?,
            ),
            version: match part(4) {
                Some(tab) => (SessionId::parse(tab), key.last_number()?),
                None => (None, 0),
            },
            at: row.at,
            text: row.text,
            stored: true,
        })
    };
    Ok(rows.iter().filter_map(read).collect())
}

impl Study {
    /// What was typed into a field of a step and not submitted.
    pub fn draft(&self, step: &Slug, field: &Slug) -> Option<String> {
        let place = (step.clone(), field.clone());
        self.drafts.with_value(|drafts| {
            drafts
                .words(&place, &self.tab)
                .map(|kept| kept.text.clone())
        })
    }

    /// Keeps the one row of a field that has none for each tab.
    pub fn keep_row(&self, step: &Slug, field: &Slug, text: String) {
        let kept = Kept {
            place: (step.clone(), field.clone()),
            version: (None, 0),
            at: browser::now(),
            text,
            stored: false,
        };
        self.drafts.update_value(|drafts| drafts.put(kept.clone()));
        let over = Vec::new();
        self.send(Intent::Draft { kept, over });
    }

    /// Keeps this tab's words of a field, which went on from `base`.
    pub fn keep_words(&self, place: &Place, text: String, base: &str) {
        let written = self
            .drafts
            .try_update_value(|drafts| drafts.write(place, &self.tab, browser::now(), text, base));
        if let Some((kept, over)) = written {
            self.send(Intent::Draft { kept, over });
        }
    }

    /// Takes the words of a field away, because they are submitted; answers the versions that go.
    pub(super) fn take_up(&self, place: &Place) -> Vec<Version> {
        let taken = self
            .drafts
            .try_update_value(|drafts| drafts.take_up(place, &self.tab));
        taken.unwrap_or_default()
    }

    /// Drops what another tab wrote.
    pub fn drop_draft(&self, place: Place, version: Version) {
        self.drafts
            .update_value(|drafts| drafts.drop_version(&place, &version));
        self.send(Intent::Undraft(place, version));
        self.drafted.notify();
    }
}
