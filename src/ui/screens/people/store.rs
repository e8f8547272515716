//! The profiles of this device, as they stand in the store.

use crate::domain::ids::ProfileKey;
use crate::store::port::{Durability, Key, Range, Store as _, StoreError, Table, Write};
use crate::store::rows::{self, DefaultProfileRow, ProfileRow};
use crate::ui::browser;
use crate::ui::screens::backend::SETTINGS;
use crate::ui::screens::device::forget;
use crate::ui::screens::reading::typeset::TYPESET;
use crate::ui::state::{OPEN_COURSE, PageStore, THEME, UNLOCKED};

/// Tells the other tabs that another learner is open (`public/boot.js`).
const LEARNER: &str = "zhixing-learner";

/// Settings of the device that are a learner's own.
const OWN: [&str; 4] = [SETTINGS, OPEN_COURSE, THEME, TYPESET];

/// Every profile that can be read.
pub async fn all(store: &PageStore) -> Vec<ProfileRow> {
    let range = Range::all(Key(Vec::new()));
    let found = store.scan(Table::Profiles, &range).await;
    let found = found.unwrap_or_default().into_iter();
    found
        .filter(|(key, _)| key.last_text() != Some("default"))
        .filter_map(|(_, row)| rows::read(&row))
        .collect()
}

/// The row of a profile that is open.
pub async fn own(store: &PageStore, profile: &ProfileKey) -> Result<ProfileRow, StoreError> {
    let row = store
        .get(Table::Profiles, &Key::of(&[profile.as_str()]))
        .await?;
    let unreadable = || StoreError::Failed("the profile cannot be read".to_owned());
    row.and_then(|row| rows::read(&row)).ok_or_else(unreadable)
}

/// Opens a profile that was restored, in the course that is open.
pub async fn restored(
    store: &PageStore,
    from: &ProfileKey,
    to: &ProfileRow,
) -> Result<(), StoreError> {
    if *from != to.profile {
        let course = browser::setting(OPEN_COURSE).unwrap_or_default();
        browser::set_setting(&setting_of(OPEN_COURSE, &to.profile), &course);
    }
    switch(store, from, to, Some("restored")).await
}

/// The name under which a setting waits for its learner.
fn setting_of(name: &str, profile: &ProfileKey) -> String {
    format!("{name}@{}", profile.as_str())
}

/// Writes a profile.
pub async fn keep(store: &PageStore, profile: &ProfileRow) -> Result<(), StoreError> {
    store.commit(vec![put(profile)], Durability::Strict).await
}

fn put(profile: &ProfileRow) -> Write {
    let key = Key::of(&[profile.profile.as_str()]);
    Write::Put(Table::Profiles, key, rows::write(profile))
}

/// Opens another learner's profile; everything of the last one leaves this tab and the others. `told` is
/// for the next page to say (`browser::TOLD`).
pub async fn switch(
    store: &PageStore,
    from: &ProfileKey,
    to: &ProfileRow,
    told: Option<&str>,
) -> Result<(), StoreError> {
    let pointer = DefaultProfileRow {
        profile: to.profile.clone(),
    };
    let default = Write::Put(
        Table::Profiles,
        Key::of(&["default"]),
        rows::write(&pointer),
    );
    store
        .commit(vec![put(to), default], Durability::Strict)
        .await?;
    for name in OWN {
        let own = browser::setting(name).unwrap_or_default();
        browser::set_setting(&setting_of(name, from), &own);
        let other = browser::setting(&setting_of(name, &to.profile));
        browser::set_setting(name, &other.unwrap_or_default());
    }
    leave(told);
    Ok(())
}

/// Forgets what this tab knows of the learner, and begins anew.
fn leave(told: Option<&str>) {
    if let Ok(Some(session)) = browser::window().session_storage() {
        let _ = session.clear();
    }
    if let Some(told) = told {
        browser::tell_next(told);
    }
    // Any value will do that was not there before.
    browser::set_setting(LEARNER, &browser::now().0.to_string());
    let _ = browser::window().location().set_hash("#/");
    browser::start_anew();
}

/// Locks the screen of this tab.
pub fn lock() {
    if let Ok(Some(session)) = browser::window().session_storage() {
        let _ = session.remove_item(UNLOCKED);
    }
    browser::start_anew();
}

/// Remembers for this tab that the PIN was given.
pub fn unlock(profile: &ProfileRow) {
    if let Ok(Some(session)) = browser::window().session_storage() {
        let _ = session.set_item(UNLOCKED, profile.profile.as_str());
    }
}

/// Takes everything of a profile off the device, and opens another, or a new one.
pub async fn erase(store: &PageStore, profile: &ProfileKey) -> Result<(), StoreError> {
    let mut batch = vec![
        Write::Delete(Table::Profiles, Key::of(&[profile.as_str()])),
        Write::Delete(Table::Profiles, Key::of(&["default"])),
    ];
    let of_profiles = |table: &Table| !matches!(table, Table::Profiles | Table::Content);
    for table in Table::ALL.into_iter().filter(of_profiles) {
        batch.push(Write::DeletePrefix(table, Key::of(&[profile.as_str()])));
    }
    let mut others = all(store).await.into_iter();
    let other = others.rfind(|other| other.profile != *profile);
    if let Some(other) = &other {
        let pointer = DefaultProfileRow {
            profile: other.profile.clone(),
        };
        let key = Key::of(&["default"]);
        batch.push(Write::Put(Table::Profiles, key, rows::write(&pointer)));
    }
    store.commit(batch, Durability::Strict).await?;
    // So that nobody is told that they are missing.
    forget(profile);
    for name in OWN {
        browser::set_setting(&setting_of(name, profile), "");
        let kept = other
            .as_ref()
            .and_then(|other| browser::setting(&setting_of(name, &other.profile)));
        browser::set_setting(name, &kept.unwrap_or_default());
    }
    leave(None);
    Ok(())
}
