//! Where the app cannot open its store: everything of the learners that can be read, as backups.

use leptos::prelude::*;

use super::{backup, called, field};
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, ProfileKey};
use crate::store::idb::rescue::Rescued;
use crate::store::port::{Key, Table};
use crate::store::rows::{self, ProfileRow};
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el};
use crate::ui::state::PageStore;
use crate::ui::text::score::{ScoreWords, fill};
use crate::wire::packet::{self, Whole};

/// A button for each learner; nothing where nothing can be read.
pub fn rescue(words: &'static str) -> El {
    let Some(words) = ScoreWords::read(words) else {
        return el("p");
    };
    let found = RwSignal::new_local(None);
    leptos::task::spawn_local(async move {
        found.try_set(PageStore::rescue().await.ok());
    });
    el("section").live(move || {
        let shown = found.with(|found| {
            let found = found.as_ref()?;
            let each = people(found);
            let each: Vec<El> = each.iter().map(|each| one(words, found, each)).collect();
            (!each.is_empty()).then_some(each)
        });
        let Some(shown) = shown else {
            return Vec::new();
        };
        vec![
            el("h2").text(words.rescue_title()),
            el("p").text(words.rescue_note()),
            el("ul").class("courses").children(shown),
        ]
    })
}

/// Every learner of whom there are records or drafts, and their profiles, where these can be read.
fn people(found: &Rescued) -> Vec<(ProfileKey, Option<ProfileRow>)> {
    let mut people: Vec<(ProfileKey, Option<ProfileRow>)> = Vec::new();
    for (table, key, _) in &found.rows {
        let profile = key.text_at(0).and_then(ProfileKey::parse);
        let Some(profile) = profile.filter(|_| *table != Table::Profiles) else {
            continue;
        };
        if !people.iter().any(|(known, _)| *known == profile) {
            let row = found.rows.iter().find_map(|(table, key, row)| {
                let own = *table == Table::Profiles && key.text_at(0) == Some(profile.as_str());
                own.then(|| rows::read(row)).flatten()
            });
            people.push((profile, row));
        }
    }
    people
}

fn one(words: ScoreWords, found: &Rescued, person: &(ProfileKey, Option<ProfileRow>)) -> El {
    let (profile, row) = person.clone();
    let name = row.as_ref().map_or("", |row| row.name.as_str());
    let (fault, pin) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lock = row.as_ref().and_then(|row| row.lock.clone());
    let entry = lock.is_some().then(|| field(words.lock_pin(), pin, true));
    let own = |of: &Key| of.text_at(0) == Some(profile.as_str());
    let mine: Vec<_> = found
        .rows
        .iter()
        .filter(|(_, key, _)| own(key))
        .cloned()
        .collect();
    let files = found.files.iter().filter(|(key, _)| own(key));
    let files: Vec<packet::File> = files
        .filter_map(|(key, bytes)| {
            let hash = key.last_text().and_then(Hash::parse)?;
            Some((hash, bytes.clone()))
        })
        .collect();
    let label = fill(words.rescue_go(), &[&called(words, name)]);
    let named = name.to_owned();
    let go = button("secondary", &label, move || {
        if lock
            .as_ref()
            .is_some_and(|lock| !lock.opens(&pin.get_untracked()))
        {
            fault.set(words.lock_wrong().to_owned());
            return;
        }
        let installation = row.as_ref().map(|row| row.installation.clone());
        let installation =
            installation.unwrap_or_else(|| InstallationId::from_random(browser::random()));
        let (whole, lines, _) = Whole::gather(&profile, &named, mine.clone());
        let made = backup::packed(&whole, &lines, &files, &installation);
        let told = match made.and_then(|bytes| backup::save(&bytes, 0)) {
            Ok(()) => String::new(),
            Err(why) => why,
        };
        fault.set(told);
    });
    el("li").children(entry).child(fault_line(fault)).child(go)
}
