//! Taking packets in: what they hold is shown first, and nothing is taken in before that was agreed
//! to. A backup is restored instead.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, File, HtmlInputElement};

use crate::domain::ids::{InstallationId, ProfileKey, RecordId};
use crate::store::log::Imported;
use crate::store::port::{Key, Store as _, Table};
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::format::bytes;
use crate::ui::screens::people;
use crate::ui::state::people::name_of;
use crate::ui::state::{Device, Intake, Job, Study, Transfer};
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::{Language, Words, packet_fault};
use crate::wire::packet::{self, PacketFault, Summary};

/// Ids looked up at once.
const PAGE: usize = 500;

/// A file that was chosen.
#[derive(Clone)]
struct Chosen {
    file: File,
    held: Result<Held, PacketFault>,
}

/// What it holds.
#[derive(Clone)]
struct Held {
    summary: Summary,
    /// Whether this installation made it.
    made_here: bool,
    /// How many of its records are here.
    known: usize,
    /// What is said of a backup.
    backup: Option<Backup>,
}

#[derive(Clone)]
struct Backup {
    profile: ProfileKey,
    drafts: usize,
    /// How another learner of this computer is called, if it is theirs.
    elsewhere: Option<String>,
}

/// The files that were chosen and wait for a word.
type Waiting = RwSignal<Vec<Chosen>, LocalStorage>;

/// The button, what was chosen, and what became of it.
pub fn intake(words: ScoreWords) -> El {
    let (study, common) = (Study::here(), Device::here().words());
    let waiting: Waiting = RwSignal::new_local(Vec::new());
    let choose = {
        let study = study.clone();
        el("input")
            .attr("type", "file")
            .attr("accept", ".zip,application/zip")
            .attr("multiple", "")
            .on("change", move |event| {
                for_files(event, |files| look(study.clone(), words, waiting, files));
            })
    };
    let label = el("label")
        .class("secondary file")
        .text(common.import())
        .child(choose);
    el("div")
        .child(label)
        .child(shown(study, words, waiting))
        .child(outcome())
}

fn for_files(event: &Event, act: impl FnOnce(Vec<File>)) {
    let Some(input) = event.target() else { return };
    let input: HtmlInputElement = input.unchecked_into();
    let Some(files) = input.files() else { return };
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    // The same files may be chosen again.
    input.set_value("");
    act(files);
}

/// Looks into files, one after the other.
fn look(study: Study, words: ScoreWords, waiting: Waiting, files: Vec<File>) {
    waiting.set(Vec::new());
    study.transfer.set(Transfer::Busy);
    leptos::task::spawn_local(async move {
        let own = own(&study).await;
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            let content = match browser::bytes_of(&file).await {
                Ok(content) => content,
                Err(why) => return study.transfer.set(Transfer::Failed(format!("{why:?}"))),
            };
            let held = match packet::read(&content) {
                Ok(packet) => {
                    let summary = Summary::of(&packet);
                    let known = known(&study, &summary.ids).await;
                    let backup = match packet.whole {
                        Some(whole) => Some(Backup {
                            elsewhere: people::elsewhere(&study, words, &whole.profile).await,
                            drafts: whole.drafts(),
                            profile: whole.profile,
                        }),
                        None => None,
                    };
                    Ok(Held {
                        made_here: own.as_ref() == Some(&summary.installation),
                        summary,
                        known,
                        backup,
                    })
                }
                Err(fault) => Err(fault),
            };
            all.push(Chosen { file, held });
        }
        if all.iter().any(|chosen| chosen.held.is_ok()) {
            study.transfer.set(Transfer::Idle);
            waiting.try_set(all);
            return;
        }
        let refused = all.into_iter().filter_map(|chosen| {
            let fault = chosen.held.err()?;
            Some((chosen.file.name(), fault))
        });
        let refused: Vec<(String, PacketFault)> = refused.collect();
        study.transfer.set(Transfer::Imported(Intake {
            files: refused.len(),
            taken: Imported::default(),
            refused,
        }));
    });
}

/// The installation that is open.
async fn own(study: &Study) -> Option<InstallationId> {
    let store = study.store.try_get_value()?;
    let row = people::store::own(&store, &study.profile).await;
    row.ok().map(|row| row.installation)
}

/// How many of these records are here.
async fn known(study: &Study, ids: &[RecordId]) -> usize {
    let Some(store) = study.store.try_get_value() else {
        return 0;
    };
    let mut known = 0;
    for part in ids.chunks(PAGE) {
        let keys: Vec<Key> = part
            .iter()
            .map(|id| Key::of(&[study.profile.as_str(), id.as_str()]))
            .collect();
        let found = store.get_each(Table::Ids, &keys).await;
        known += found.unwrap_or_default().iter().flatten().count();
    }
    known
}

/// What was chosen, and what can be done with it.
fn shown(study: Study, words: ScoreWords, waiting: Waiting) -> El {
    let language = Device::here().language();
    el("div").class("waiting").live(move || {
        let all = waiting.get();
        if all.is_empty() {
            return Vec::new();
        }
        let mut shown: Vec<El> = Vec::new();
        for chosen in &all {
            let card = match &chosen.held {
                Ok(held) => card(&study, words, &chosen.file, held),
                Err(fault) => el("div")
                    .child(el("h3").text(&chosen.file.name()))
                    .child(el("p").class("fault").text(&packet_fault(language, fault))),
            };
            shown.push(card.class("card"));
        }
        let is_packet = |held: &Held| held.backup.is_none();
        let any = all
            .iter()
            .any(|chosen| chosen.held.as_ref().is_ok_and(is_packet));
        let leave = button("secondary", words.take_not(), move || {
            waiting.set(Vec::new());
        });
        let take = any.then(|| {
            let study = study.clone();
            // Those that are none are named in what became of them.
            let chosen = all
                .iter()
                .filter(|chosen| chosen.held.as_ref().map_or(true, is_packet));
            let files: Vec<File> = chosen.map(|chosen| chosen.file.clone()).collect();
            button("primary", words.take_in(), move || {
                waiting.set(Vec::new());
                take(study.clone(), files.clone());
            })
        });
        let row = el("div").class("row").children(take).child(leave);
        shown.push(row);
        shown
    })
}

/// What a file holds.
fn card(study: &Study, words: ScoreWords, file: &File, held: &Held) -> El {
    let summary = &held.summary;
    let from = if held.made_here {
        words.look_here().to_owned()
    } else {
        let code: String = summary.installation.as_str().chars().take(8).collect();
        fill(words.look_there(), &[&code])
    };
    let mut lines = Vec::new();
    if let Some(backup) = &held.backup {
        let name = people::called(words, &summary.name);
        lines.push(fill(
            words.look_backup(),
            &[&name, &backup.drafts.to_string()],
        ));
    }
    let made = summary.made.map(|made| moment(study, made));
    lines.push(match made {
        Some(made) => fill(words.look_made(), &[&made, &from]),
        None => from,
    });
    let people = summary.people.iter();
    let people = people.map(|actor| name_of(&actor.account(), &actor.name));
    let called =
        Some(summary.name.clone()).filter(|name| !name.is_empty() && held.backup.is_none());
    let people: Vec<String> = called.into_iter().chain(people).collect();
    if !people.is_empty() {
        lines.push(fill(
            words.look_people(),
            &[&people.join(words.look_comma())],
        ));
    }
    let kinds = summary.kinds.iter();
    let kinds: Vec<String> = kinds
        .map(|(kind, count)| format!("{} {count}", words.kind_of_record(kind)))
        .collect();
    let count = summary.ids.len();
    lines.push(fill(
        words.look_records(),
        &[&count.to_string(), &kinds.join(words.look_comma())],
    ));
    if let Some((first, last)) = summary.span {
        let [first, last] = [first, last].map(|at| moment(study, at));
        lines.push(fill(words.look_span(), &[&first, &last]));
    }
    let new = count - held.known.min(count);
    lines.push(if new == 0 {
        words.look_known().to_owned()
    } else {
        fill(
            words.look_new(),
            &[&new.to_string(), &held.known.to_string()],
        )
    });
    if summary.files > 0 {
        let size = bytes(summary.file_bytes);
        lines.push(fill(
            words.look_files(),
            &[&summary.files.to_string(), &size],
        ));
    }
    if summary.damaged > 0 {
        lines.push(fill(words.look_damaged(), &[&bytes(summary.damaged)]));
    }
    let lines = lines.iter().map(|line| el("li").text(line));
    let card = el("div")
        .child(el("h3").text(&file.name()))
        .child(el("ul").children(lines));
    let Some(backup) = &held.backup else {
        return card;
    };
    card.child(match &backup.elsewhere {
        Some(name) => el("p")
            .class("fault")
            .text(&fill(words.restore_other(), &[name])),
        None => people::restore(study, words, &backup.profile, file.clone()),
    })
}

/// One after the other: a tutor chooses the files of a whole class at once.
fn take(study: Study, files: Vec<File>) {
    study.transfer.set(Transfer::Busy);
    leptos::task::spawn_local(async move {
        for (before, file) in files.iter().enumerate() {
            let bytes = match browser::bytes_of(file).await {
                Ok(bytes) => bytes,
                Err(why) => return study.transfer.set(Transfer::Failed(format!("{why:?}"))),
            };
            study.carry(Job::Import(file.name(), bytes));
            // The next is read when this one is done, so that one at a time is in memory.
            while under_way(&study, before) {
                sleep(Duration::from_millis(20)).await;
            }
        }
    });
}

/// Whether a file is being taken in, after so many others.
fn under_way(study: &Study, before: usize) -> bool {
    let state = study.transfer.try_with_untracked(|state| match state {
        Transfer::Busy => true,
        Transfer::Imported(intake) => intake.files <= before,
        _ => false,
    });
    state == Some(true)
}

/// What became of the last export or import.
fn outcome() -> El {
    let language = Device::here().language();
    let transfer = Study::here().transfer;
    on_cleanup(move || transfer.set(Transfer::Idle));
    el("p")
        .class("outcome")
        .attr("role", "status")
        .live_text(move || {
            let words = language.words();
            match transfer.get() {
                Transfer::Idle => String::new(),
                Transfer::Busy => words.saving().to_owned(),
                Transfer::Exported(_) => words.export_done().to_owned(),
                Transfer::Imported(intake) => imported(language, &intake),
                Transfer::Failed(why) => format!("{}{}{why}", words.failed(), words.colon()),
            }
        })
}

fn imported(language: Language, intake: &Intake) -> String {
    let words = language.words();
    let refused = intake.refused.iter().map(|(name, fault)| {
        let why = packet_fault(language, fault);
        format!("{name} {}{}{why}", words.import_refused(), words.colon())
    });
    let refused: Vec<String> = refused.map(|line| line.trim().to_owned()).collect();
    let refused = refused.join("\n");
    if intake.refused.len() == intake.files {
        return refused;
    }
    let taken = taken(words, intake.taken);
    let count = if intake.files > 1 {
        let figures = format!("{}/{}", intake.files - intake.refused.len(), intake.files);
        format!("{figures} · ")
    } else {
        String::new()
    };
    format!("{count}{taken}\n{refused}").trim().to_owned()
}

fn taken(words: &Words, report: Imported) -> String {
    if report.added == 0 && report.conflicting == 0 {
        return words.import_nothing().to_owned();
    }
    let counts = [
        (words.import_added(), report.added),
        (words.import_known(), report.known),
        (words.import_conflicting(), report.conflicting),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label} {count}"))
        .collect();
    format!("{} · {}", words.import_done(), counts.join(" · "))
}
