//! What came since somebody last looked at the class: notices, bulletins, and what is for the learner.

use leptos::prelude::*;

use super::settings;
use crate::domain::ids::{RecordId, Slug};
use crate::store::rows::PlaceRow;
use crate::sync::news::Looker;
use crate::ui::state::{Intent, Study, reader};

/// Rows of the log that are looked at in one go.
const PAGE: usize = 1_000;
/// Among so many of the latest rows news are looked for: after a first look at a large class, or a
/// class taken in from files, most of what came is none.
const LATEST: u64 = 2_000;

/// The place that says up to which row the class was looked at.
fn place() -> Option<Slug> {
    Slug::parse("class-seen")
}

/// What of the log came since then and is news, the oldest first; tells the header how many.
pub async fn fresh(study: &Study, tutor: bool) -> Vec<RecordId> {
    let mut fresh = Vec::new();
    let Some(place) = place() else { return fresh };
    let account = settings().map(|backend| backend.account);
    let registrations = study.own.get_value();
    let looker = Looker {
        account: account.as_ref(),
        registrations: &registrations,
        tutor,
    };
    let latest = rows(study).saturating_sub(LATEST);
    let mut to = study.place(&place).media_ms.max(latest);
    while let Some(rows) = reader::log_rows(study, to, PAGE).await {
        let Some((last, _)) = rows.last() else { break };
        to = *last;
        for (_, row) in &rows {
            fresh.extend(looker.news(row).map(|news| news.envelope().id.clone()));
        }
    }
    study.tell_unread(fresh.len());
    fresh
}

/// How many rows the log has: they are numbered without gaps, from 1.
fn rows(study: &Study) -> u64 {
    study
        .facts
        .with_untracked(|facts| facts.records + facts.damaged)
}

/// Everything that is here now was looked at.
pub fn all_seen(study: &Study) {
    let Some(place) = place() else { return };
    let row = PlaceRow {
        media_ms: rows(study),
        ..PlaceRow::default()
    };
    study.send(Intent::Place(place, row));
    study.tell_unread(0);
}
