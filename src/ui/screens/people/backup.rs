//! Everything of a learner in one file, and a learner out of such a file.

use leptos::prelude::*;
use web_sys::File;

use super::{called, locked, store};
use crate::domain::binding::attributed;
use crate::domain::fold::RuleBook;
use crate::domain::ids::{InstallationId, ProfileKey};
use crate::domain::record::{Actor, Author, LOCAL_HOME_PAGE};
use crate::store::log::{Log, LogError};
use crate::store::port::{Durability, Key, Range, Store as _, StoreError, Table, Write};
use crate::store::rows::ProfileRow;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el};
use crate::ui::format::day;
use crate::ui::state::{Device, PageStore, Study, Transfer, new_profile};
use crate::ui::text::packet_fault;
use crate::ui::text::score::{ScoreWords, fill};
use crate::wire::packet::{self, Packet, Whole};

/// The section about it.
pub fn section(study: &Study, words: ScoreWords) -> El {
    let common = Device::here().words();
    let transfer = study.transfer;
    on_cleanup(move || transfer.set(Transfer::Idle));
    let make = button_to_make(study, words.backup_make());
    let outcome = el("p")
        .class("outcome")
        .attr("role", "status")
        .live_text(move || match transfer.get() {
            Transfer::Exported(_) => common.export_done().to_owned(),
            Transfer::Failed(why) => format!("{}{}{why}", common.failed(), common.colon()),
            _ => String::new(),
        });
    let restore = el("a")
        .attr("href", "#/records")
        .text(words.backup_restore());
    el("section")
        .child(el("h2").text(words.backup_title()))
        .child(el("p").class("quiet").text(words.backup_note()))
        .child(el("div").class("row").child(make).child(restore))
        .child(outcome)
}

/// A button that makes the file.
pub fn button_to_make(study: &Study, label: &str) -> El {
    let study = study.clone();
    button("secondary", label, move || {
        let study = study.clone();
        study.transfer.set(Transfer::Busy);
        leptos::task::spawn_local(async move {
            let made = make(&study).await;
            let made = made.map(|()| Transfer::Exported(true));
            study.transfer.set(made.unwrap_or_else(Transfer::Failed));
        });
    })
}

/// Makes the file and hands it to the browser.
async fn make(study: &Study) -> Result<(), String> {
    let store = study.store.try_get_value();
    let store = store.ok_or_else(String::new)?;
    let failed = |error: StoreError| locked::said(&error);
    let own = store::own(&store, &study.profile).await.map_err(failed)?;
    let of_profile = Range::all(Key::of(&[study.profile.as_str()]));
    let (mut rows, mut files) = (Vec::new(), Vec::new());
    for table in [Table::Log, Table::Drafts, Table::Places] {
        let found = store.scan(table, &of_profile).await.map_err(failed)?;
        rows.extend(found.into_iter().map(|(key, row)| (table, key, row)));
    }
    let (whole, lines, named) = Whole::gather(&study.profile, &own.name, rows);
    for hash in named {
        let key = Key::of(&[study.profile.as_str(), &hash.to_string()]);
        let bytes = store.get_bytes(Table::Files, &key).await.map_err(failed)?;
        files.extend(bytes.map(|bytes| (hash, bytes)));
    }
    let bytes = packed(&whole, &lines, &files, &own.installation)?;
    save(&bytes, study.course.calendar.utc_offset_minutes)
}

/// The file itself, or why there is none.
pub fn packed(
    whole: &Whole,
    lines: &[String],
    files: &[packet::File],
    installation: &InstallationId,
) -> Result<Vec<u8>, String> {
    packet::write_with(lines, files, Some(whole), installation, browser::now())
        .map_err(|fault| packet_fault(Device::chosen(), &fault))
}

/// Hands the file to the browser, named by the day in a time zone.
pub fn save(bytes: &[u8], utc_offset_minutes: i32) -> Result<(), String> {
    let day = day(browser::now(), utc_offset_minutes);
    browser::save_file(
        &format!("zhixing-backup-{day}.zip"),
        "application/zip",
        bytes,
    )
    .map_err(|error| format!("{error:?}"))
}

/// How another learner of this computer is called, if the profile is theirs.
pub async fn elsewhere(study: &Study, words: ScoreWords, profile: &ProfileKey) -> Option<String> {
    let store = study.store.try_get_value()?;
    let all = store::all(&store).await;
    let other = all
        .into_iter()
        .find(|row| row.profile == *profile && row.profile != study.profile);
    other.map(|row| called(words, &row.name))
}

/// What can be done with a backup of this profile: made a learner of this device, or, where it is the
/// one who is open, added to what is here.
pub fn restore(study: &Study, words: ScoreWords, profile: &ProfileKey, file: File) -> El {
    let fault = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let here = *profile == study.profile;
    let (label, note) = if here {
        (words.restore_here(), words.restore_here_note())
    } else {
        (words.restore_go(), words.restore_note())
    };
    let study = study.clone();
    let go = button("primary", label, move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (study, file) = (study.clone(), file.clone());
        leptos::task::spawn_local(async move {
            if let Err(why) = restored(&study, words, &file).await {
                fault.try_set(why);
                busy.try_set(false);
            }
        });
    });
    el("div")
        .child(el("p").class("quiet").text(note))
        .child(fault_line(fault))
        .child(go)
}

async fn restored(study: &Study, words: ScoreWords, file: &File) -> Result<(), String> {
    let language = Device::chosen();
    let trouble = |error: StoreError| locked::said(&error);
    if study.volatile {
        return Err(words.device_volatile().to_owned());
    }
    let store = study.store.try_get_value().ok_or_else(String::new)?;
    let content = browser::bytes_of(file).await;
    let content = content.map_err(|error| format!("{error:?}"))?;
    let packet = packet::read(&content).map_err(|fault| packet_fault(language, &fault))?;
    drop(content);
    let Some(whole) = packet.whole.clone() else {
        return Ok(());
    };
    let all = store::all(&store).await;
    let known = all.into_iter().find(|row| row.profile == whole.profile);
    if let Some(other) = known.as_ref().filter(|row| row.profile != study.profile) {
        return Err(fill(words.restore_other(), &[&called(words, &other.name)]));
    }
    let row = ProfileRow {
        // Whoever goes on from a backup is not the one who went on from where it was made.
        installation: InstallationId::from_random(browser::random()),
        ..known.unwrap_or_else(|| ProfileRow {
            profile: whole.profile.clone(),
            ..new_profile(&whole.name)
        })
    };
    match kept(&store, &row, packet, &whole).await {
        Ok(()) => {}
        Err(LogError::Store(error)) => return Err(trouble(error)),
        Err(other) => return Err(other.to_string()),
    }
    store::restored(&store, &study.profile, &row)
        .await
        .map_err(trouble)
}

/// Writes everything but the profile itself: what breaks off shows nothing, and done once more it is
/// whole.
async fn kept(
    store: &PageStore,
    row: &ProfileRow,
    packet: Packet,
    whole: &Whole,
) -> Result<(), LogError> {
    let profile = row.profile.as_str();
    for (hash, bytes) in packet.files {
        let key = Key::of(&[profile, &hash.to_string()]);
        let write = Write::PutBytes(Table::Files, key, bytes);
        store.commit(vec![write], Durability::Strict).await?;
    }
    let author = Author {
        actor: Actor {
            home_page: LOCAL_HOME_PAGE.to_owned(),
            name: profile.to_owned(),
        },
        installation: row.installation.clone(),
    };
    let key = row.profile.clone();
    let mut log = Log::open(store.clone(), key, author, RuleBook::default()).await?;
    let signed_in = !log.fold().account.is_empty();
    let records = attributed(packet.records, profile, signed_in);
    log.import(&whole.attribute(records)).await?;
    for (table, of_row, text) in &whole.rows {
        let mut key = Key::of(&[profile]);
        key.0.extend_from_slice(&of_row.0);
        // What is here went on since.
        if store.get(*table, &key).await?.is_none() {
            let put = vec![Write::Put(*table, key, text.clone())];
            store.commit(put, Durability::Strict).await?;
        }
    }
    Ok(())
}
