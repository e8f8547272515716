//! What came since somebody last looked at the class: notices, bulletins, and what is for the learner.

use leptos::prelude::*;

use super::settings;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::record::{Actor, Record};
use crate::store::port::{Key, Range, Store as _, Table};
use crate::store::rows::PlaceRow;
use crate::ui::state::{Intent, Study};

/// Rows of the log that are looked at in one go.
const PAGE: usize = 1_000;
/// More than so many are not counted.
const MOST: usize = 99;
/// Among so many of the latest rows news are looked for: after a first look at a large class, or a
/// class taken in from files, most of what came is none.
const LATEST: u64 = 2_000;

/// Kinds that are news for everybody.
const FOR_ALL: [&str; 2] = ["notice", "bulletin"];
/// Kinds that are news in one's own registration.
const FOR_ONE: [&str; 4] = ["comment", "grade", "final-grade", "review-assignment"];
/// Kinds that are news for a tutor.
const FOR_TUTORS: [&str; 2] = ["submission", "question"];

/// The place that says up to which row the class was looked at.
fn place() -> Option<Slug> {
    Slug::parse("class-seen")
}

/// What of the log came since then and is news, the oldest first; tells the header how many.
pub async fn fresh(study: &Study, tutor: bool) -> Vec<RecordId> {
    let mut fresh = Vec::new();
    let (Some(place), Some(store)) = (place(), study.store.try_get_value()) else {
        return fresh;
    };
    let account = settings().map(|backend| backend.account);
    let mut to = study
        .place(&place)
        .media_ms
        .max(rows(study).saturating_sub(LATEST));
    loop {
        let range = Range {
            from: Some(to + 1),
            limit: PAGE,
            ..Range::all(Key::of(&[study.profile.as_str()]))
        };
        let Ok(rows) = store.scan(Table::Log, &range).await else {
            break;
        };
        let Some((last, _)) = rows.last() else { break };
        to = last.last_number().unwrap_or(to + 1);
        for (_, row) in &rows {
            // Of what was made here, which has no second line, nothing is news.
            if row.contains('\n') && fresh.len() < MOST && is_of_kinds(row) {
                fresh.extend(news(study, row, account.as_ref(), tutor));
            }
        }
    }
    study.tell_unread(fresh.len());
    fresh
}

/// Whether a row may be news: most are study time, and need not be read.
fn is_of_kinds(row: &str) -> bool {
    let all = FOR_ALL.iter().chain(&FOR_ONE).chain(&FOR_TUTORS);
    let mut kinds = all.map(|kind| format!("\"kind\":\"{kind}\""));
    kinds.any(|kind| row.contains(&kind))
}

fn news(study: &Study, row: &str, account: Option<&Actor>, tutor: bool) -> Option<RecordId> {
    let record = Record::of_row(row).ok()?;
    let envelope = record.envelope();
    let kind = envelope.kind.as_str();
    let own = study
        .own
        .with_value(|own| own.contains(&envelope.registration));
    let news = FOR_ALL.contains(&kind)
        || own && FOR_ONE.contains(&kind)
        || tutor && FOR_TUTORS.contains(&kind);
    // One's own from another computer is none.
    (news && Some(record.actor()) != account).then(|| envelope.id.clone())
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
        part: None,
        scrolled_permille: 0,
        media_ms: rows(study),
    };
    study.send(Intent::Place(place, row));
    study.tell_unread(0);
}
