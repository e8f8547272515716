//! The files of somebody's submission: what is on this computer can be opened, the rest fetched.

use std::sync::Arc;

use leptos::prelude::*;

use super::Room;
use crate::domain::ids::RecordId;
use crate::domain::work::AttachedFile;
use crate::sync::backend::Kind;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el};
use crate::ui::screens::{attached, backend};
use crate::ui::state::reader;
use crate::ui::text::score::fill;

/// Where a file is.
#[derive(Clone, Copy, PartialEq)]
enum Whereabouts {
    Looking,
    Here,
    Elsewhere,
    Underway,
    /// It was asked for and did not come.
    Missing,
}

/// The files of a submission.
pub fn list(room: &Arc<Room>, of: &RecordId, files: &[AttachedFile]) -> Option<El> {
    if files.is_empty() {
        return None;
    }
    let items = files.iter().map(|file| one(room, of, file));
    Some(el("div").class("files").children(items))
}

fn one(room: &Arc<Room>, of: &RecordId, file: &AttachedFile) -> El {
    let at = RwSignal::new(Whereabouts::Looking);
    let (study, hash) = (room.study.clone(), file.sha256);
    leptos::task::spawn_local(async move {
        let here = reader::file(&study, &hash).await.is_some();
        at.try_set(if here {
            Whereabouts::Here
        } else {
            Whereabouts::Elsewhere
        });
    });
    let (room, of, file) = (Arc::clone(room), of.clone(), file.clone());
    el("div").live(move || {
        let words = room.words;
        let name = el("span").text(&file.name);
        let said = |text: &str| el("span").class("quiet").text(text);
        match at.get() {
            Whereabouts::Looking => vec![name],
            Whereabouts::Here => {
                vec![el("ul").child(untrack(|| attached(&room.study, &file)))]
            }
            Whereabouts::Underway => vec![name, said(words.fetching())],
            Whereabouts::Elsewhere if room.backend.kind == Kind::File => {
                vec![name, said(words.file_elsewhere())]
            }
            Whereabouts::Elsewhere => vec![untrack(|| fetch(&room, &of, &file, at))],
            Whereabouts::Missing => vec![
                untrack(|| fetch(&room, &of, &file, at)),
                said(words.file_missing()),
            ],
        }
    })
}

fn fetch(room: &Arc<Room>, of: &RecordId, file: &AttachedFile, at: RwSignal<Whereabouts>) -> El {
    let (study, of, hash) = (room.study.clone(), of.clone(), file.sha256);
    let label = fill(room.words.fetch_file(), &[&file.name]);
    button("secondary", &label, move || {
        at.set(Whereabouts::Underway);
        let (study, of) = (study.clone(), of.clone());
        leptos::task::spawn_local(async move {
            let here = backend::bring_file(&study, &of, &hash).await;
            at.try_set(if here {
                Whereabouts::Here
            } else {
                Whereabouts::Missing
            });
        });
    })
}
