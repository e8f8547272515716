//! One line of the list: a course, a module or a step, what of it is here, and what can be done.

use std::sync::Arc;

use leptos::prelude::*;

use super::job::Job;
use crate::domain::ids::Slug;
use crate::package::PackageFile;
use crate::package::kept::{Files, Scope};
use crate::ui::components::said::sure;
use crate::ui::dom::{El, el};
use crate::ui::format::bytes;
use crate::ui::state::Study;
use crate::ui::text::score::ScoreWords;

/// What all lines share.
#[derive(Clone)]
pub struct List {
    pub study: Study,
    pub files: Arc<Files>,
    pub job: Job,
    pub words: ScoreWords,
}

/// What a line is about: the whole course without steps, or these.
#[derive(Clone)]
pub struct Wanted(pub Option<Vec<Slug>>);

impl Wanted {
    fn scope(&self) -> Scope<'_> {
        match &self.0 {
            None => Scope::Course,
            Some(steps) => Scope::Steps(steps),
        }
    }
}

/// What is here, and the buttons. `name` is what the buttons are about, for those who hear them.
pub fn row(list: &List, wanted: &Wanted, name: &str, removable: bool) -> El {
    let words = list.words;
    let share = {
        let (list, wanted) = (list.clone(), wanted.clone());
        Memo::new(move |_| {
            list.job.status(|status| {
                let share = list.files.share(wanted.scope(), &status.here);
                (share.here, share.lacks())
            })
        })
    };
    let said = move || match share.get() {
        (0, lacks) => bytes(lacks),
        (here, 0) => format!("{} · {}", words.device_all(), bytes(here)),
        (here, _) => format!("{} {}", words.device_here(), bytes(here)),
    };
    let get = {
        let (list, wanted, of) = (list.clone(), wanted.clone(), name.to_owned());
        el("button")
            .class(if wanted.0.is_none() {
                "primary"
            } else {
                "secondary"
            })
            .attr("type", "button")
            .live_text(move || match share.get() {
                (0, _) => words.device_get().to_owned(),
                (_, lacks) => format!("{} {}", words.device_rest(), bytes(lacks)),
            })
            .child(el("span").class("unseen").text(&format!(" {name}")))
            .live_attr("hidden", move || (share.get().1 == 0).then(String::new))
            .on("click", move |_| {
                let files = list.files.of(wanted.scope());
                let files: Vec<PackageFile> = files.into_iter().cloned().collect();
                list.job.want(&list.study, &of, files);
            })
    };
    let remove = removable.then(|| {
        let (list, wanted) = (list.clone(), wanted.clone());
        let remove = move || {
            let (list, wanted) = (list.clone(), wanted.clone());
            leptos::task::spawn_local(async move {
                let files = list.files.removed(wanted.scope());
                list.job.remove(&list.study, &files).await;
            });
        };
        sure(words.device_remove(), words.device_remove_sure(), remove)
            .live_attr("hidden", move || (share.get().0 == 0).then(String::new))
    });
    el("div")
        .class("kept")
        .child(el("span").class("quiet number").live_text(said))
        .child(get)
        .children(remove)
}
