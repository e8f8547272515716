//! The courses of which something is on the device: what each takes, and taking it off.

use leptos::prelude::*;

use super::job::{Job, Phase};
use crate::package::PackageFile;
use crate::package::kept::{Files, Here, Scope, Shelved, goes, strays};
use crate::store::content::{self as rows, Download};
use crate::store::port::{Durability, Key, Range, Store as _, Table, Write};
use crate::ui::browser;
use crate::ui::components::said::sure;
use crate::ui::dom::{El, el, follow};
use crate::ui::format::bytes;
use crate::ui::state::{Device, OPEN_COURSE, PageStore, Study, content};
use crate::ui::text::score::{ScoreWords, fill};

/// A course of which something may be here.
#[derive(Clone)]
struct Kept {
    row: Key,
    course: Shelved,
    /// Where its files are when it is open, as a [`Study`] has it.
    base: String,
    imported: bool,
}

/// The files that are here. (The type is this module's own, so that the code that is made for it goes to
/// the module's part: `xtask/src/split`.)
#[derive(Clone, PartialEq, Eq)]
struct Present(Here);

/// Whether nothing comes, and whether nothing is here.
#[derive(Clone, PartialEq, Eq)]
struct Turn(bool, bool);

/// All of them that can be read.
async fn all(store: &PageStore) -> Vec<Kept> {
    let mut found = Vec::new();
    let imported = Range::all(rows::courses());
    let imported = store.scan(Table::Content, &imported).await;
    for (row, source) in imported.unwrap_or_default() {
        if let Some((id, course)) = row.last_text().zip(Shelved::read(&source)) {
            let base = content::folder(id);
            found.push(Kept {
                row,
                course,
                base,
                imported: true,
            });
        }
    }
    let downloads = Range::all(rows::downloads());
    let downloads = store.scan(Table::Content, &downloads).await;
    for (row, source) in downloads.unwrap_or_default() {
        let course = Download::read(&source).and_then(|download| Shelved::read(&download.course));
        if let Some((base, course)) = row.last_text().map(str::to_owned).zip(course) {
            found.push(Kept {
                row,
                course,
                base,
                imported: false,
            });
        }
    }
    found
}

/// The list, and what belongs to none of them.
pub fn shelf(words: ScoreWords, study: &Study, job: &Job) -> El {
    let kept = RwSignal::new(Vec::new());
    let here = {
        let job = job.clone();
        Memo::new(move |_| Present(job.status(|status| status.here.clone())))
    };
    let (study, job) = (study.clone(), job.clone());
    {
        let (study, job) = (study.clone(), job.clone());
        // Not after every file: a course is on the list from its first file on.
        let changed = Memo::new(move |_| {
            job.status(|status| Turn(status.phase == Phase::Idle, status.here.is_empty()))
        });
        follow(Box::new(move || {
            changed.track();
            look(&study, kept);
        }));
    }
    let own = Files::read(&study.source);
    el("section").live(move || {
        let (kept_now, Present(here)) = (kept.get(), here.get());
        let mut shown = Vec::new();
        for of in &kept_now {
            let share = of.course.files.share(Scope::Course, &here);
            // An imported course is here whole, also one without files.
            if share.here > 0 || of.imported {
                shown.push(entry(words, &study, &job, (of, share.here), kept));
            }
        }
        let others = others(words, &study, &job, (&kept_now, own.as_ref(), &here));
        if shown.is_empty() {
            return others.into_iter().collect();
        }
        let list = el("ul").class("courses").children(shown);
        let heading = el("h2").text(words.shelf());
        [heading, list].into_iter().chain(others).collect()
    })
}

fn look(study: &Study, kept: RwSignal<Vec<Kept>>) {
    let study = study.clone();
    leptos::task::spawn_local(async move {
        if let Some(store) = study.store.try_get_value() {
            kept.try_set(all(&store).await);
        }
    });
}

fn entry(
    words: ScoreWords,
    study: &Study,
    job: &Job,
    (of, here): (&Kept, u64),
    kept: RwSignal<Vec<Kept>>,
) -> El {
    let device = Device::here();
    let from = if of.imported {
        fill(words.shelf_package(), &[&of.course.version])
    } else {
        words.shelf_site().to_owned()
    };
    let open = (*study.base == of.base).then(|| el("p").class("saved").text(words.courses_here()));
    let remove = {
        let (study, job, of) = (study.clone(), job.clone(), of.clone());
        move || {
            let (study, job, of) = (study.clone(), job.clone(), of.clone());
            leptos::task::spawn_local(async move {
                remove(&study, &job, of).await;
                look(&study, kept);
            });
        }
    };
    let (label, question) = if of.imported {
        (words.import_remove(), words.import_remove_sure())
    } else {
        (words.device_remove(), words.device_remove_sure())
    };
    let name = device.text(&of.course.title);
    let group = el("div")
        .attr("role", "group")
        .attr("aria-label", &name)
        .child(device.write(el("h3"), &of.course.title))
        .child(
            el("p")
                .class("quiet number")
                .text(&format!("{from} · {}", bytes(here))),
        )
        .children(open)
        .child(sure(label, question, remove));
    el("li").child(group)
}

/// Takes a course off the device; files that another one has, too, stay.
async fn remove(study: &Study, job: &Job, of: Kept) {
    let Some(store) = study.store.try_get_value() else {
        return;
    };
    let others = all(&store).await;
    let stay = others.iter().filter(|other| other.row != of.row);
    let stay: Vec<&Files> = stay.map(|other| &other.course.files).collect();
    let files = goes(&of.course.files, &stay);
    // The row goes first: files without a course are listed still, a course without its files is broken.
    let gone = vec![Write::Delete(Table::Content, of.row)];
    if store.commit(gone, Durability::Strict).await.is_err() {
        return;
    }
    job.remove(study, &files).await;
    if of.imported && *study.base == of.base {
        browser::set_setting(OPEN_COURSE, "");
        let _ = browser::window().location().set_hash("#/courses");
        browser::start_anew();
    }
}

/// What is left of courses that are known no more.
fn others(
    words: ScoreWords,
    study: &Study,
    job: &Job,
    (kept, own, here): (&[Kept], Option<&Files>, &Here),
) -> Option<El> {
    let known = kept.iter().map(|of| &of.course.files).chain(own);
    let strays = strays(&known.collect::<Vec<_>>(), here);
    if strays.is_empty() {
        return None;
    }
    let size = strays.iter().map(|file| file.bytes).sum();
    let (study, job) = (study.clone(), job.clone());
    let remove = move || {
        let (study, job, strays) = (study.clone(), job.clone(), strays.clone());
        leptos::task::spawn_local(async move {
            job.remove(&study, &strays.iter().collect::<Vec<&PackageFile>>())
                .await;
        });
    };
    let remove = sure(words.device_remove(), words.device_remove_sure(), remove);
    let node = el("div")
        .child(el("h3").text(words.device_others()))
        .child(el("p").class("number").text(&bytes(size)))
        .child(remove);
    Some(node)
}
