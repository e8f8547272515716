//! The class: what others wrote, and what a tutor does for them. Its screens are the fourth part of
//! the module and come with words of their own.

mod attendance;
mod desk;
mod feedback;
mod files;
mod final_grade;
mod grade;
mod home;
mod learner;
mod notices;
mod questions;
mod review;
mod roster;
mod showing;

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::domain::body::Body;
use crate::domain::ids::{RecordId, RegistrationId, Slug};
use crate::domain::record::{Audience, Record};
use crate::domain::roster::Roster;
use crate::domain::time::Moment;
use crate::domain::work::MAX_CHARACTERS;
use crate::store::posts;
use crate::sync::backend::Backend;
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::editor::Editor;
use crate::ui::components::said::{button, fault_line};
use crate::ui::components::title::title;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::screens::backend;
use crate::ui::state::{Device, Making, Study, people, reader};
use crate::ui::text::class::ClassWords;

/// Most records of a kind that are listed.
const MOST: usize = 100;

/// The place of drafts that belong to no step.
const DRAFTS: &str = "class";

/// The class (班级).
pub fn class(_: &'static str, words: &'static str) -> El {
    match ClassWords::read(words) {
        Some(words) => screen(words),
        None => el("p"),
    }
}

/// What the screens of the class share.
#[derive(Clone)]
struct Room {
    words: ClassWords,
    study: Study,
    backend: Backend,
    roster: Arc<Roster>,
    /// Whether whoever is signed in is a tutor of the class.
    tutor: bool,
    /// What came since the class was last looked at.
    fresh: Vec<RecordId>,
}

/// What is known of the class once its roster was looked for.
#[derive(Clone)]
enum Known {
    Looking,
    /// No backend was set up.
    Alone,
    /// A backend was set up, and its roster has not arrived.
    Strange,
    Here(Arc<Room>),
}

fn screen(words: ClassWords) -> El {
    let study = Study::here();
    let Here(route, _) = expect_context::<Here>();
    let path = match route.get_untracked() {
        Route::Class(path) => path,
        _ => String::new(),
    };
    let known = RwSignal::new(Known::Looking);
    let home = path.is_empty();
    let look = move |study: Study| {
        leptos::task::spawn_local(async move {
            let found = room(words, study, home).await;
            known.try_set(found);
        });
    };
    look(study.clone());
    el("article")
        .class("class")
        .live(move || match known.get() {
            Known::Looking => vec![el("p").attr("role", "status").text(words.looking())],
            Known::Alone => {
                let mut all = nobody(words, words.alone());
                all.push(roster::begin(words, &study, look));
                all
            }
            Known::Strange => {
                let mut all = nobody(words, words.no_roster());
                all.push(roster::file(words, &study, look));
                all
            }
            Known::Here(room) => untrack(|| room.screen(&path)),
        })
}

/// What is shown where there is no class (yet).
fn nobody(words: ClassWords, said: &str) -> Vec<El> {
    let link = el("a").class("primary").attr("href", "#/backend");
    vec![
        title(words.class_title()),
        el("p").text(said),
        el("p").child(link.text(words.to_backend())),
    ]
}

async fn room(words: ClassWords, study: Study, home: bool) -> Known {
    let Some(backend) = backend::settings() else {
        return Known::Alone;
    };
    backend::refresh(&study, &backend).await;
    let Some(roster) = backend::roster(&study, &backend).await else {
        return Known::Strange;
    };
    let tutor = roster.is_tutor(&backend.account);
    let fresh = backend::fresh(&study, tutor).await;
    if home {
        backend::all_seen(&study);
    }
    Known::Here(Arc::new(Room {
        words,
        study,
        backend,
        roster: Arc::new(roster),
        tutor,
        fresh,
    }))
}

impl Room {
    fn screen(self: &Arc<Self>, path: &str) -> Vec<El> {
        let parts: Vec<&str> = path.split('/').collect();
        let step = |id: &str| Slug::parse(id).filter(|id| self.study.course.step(id).is_some());
        match parts.as_slice() {
            [""] => home::screen(self),
            ["desk"] if self.tutor => desk::screen(self),
            ["learner", id] if self.tutor => learner::screen(self, id),
            ["attendance", id] if self.tutor => match step(id) {
                Some(step) => attendance::screen(self, &step),
                None => self.missing(),
            },
            ["work", id] => match step(id) {
                Some(step) => feedback::screen(self, &step),
                None => self.missing(),
            },
            ["review", id, of] => match (step(id), RecordId::parse(of)) {
                (Some(step), Some(of)) => review::screen(self, &step, &of),
                _ => self.missing(),
            },
            _ => self.missing(),
        }
    }

    fn missing(&self) -> Vec<El> {
        vec![title(self.words.nothing_here()), self.to_class()]
    }

    fn to_class(&self) -> El {
        let link = el("a").attr("href", "#/class");
        el("p").child(link.text(self.words.to_class()))
    }

    /// What somebody is called; "me" for the learner of this device.
    fn name(&self, person: &str) -> String {
        if person.is_empty() || person == self.backend.account.account() {
            return self.words.me().to_owned();
        }
        people::name_of(person, self.words.stranger())
    }

    /// Who and when, and a word where nobody vouches for who it was.
    fn about(&self, record: &Record) -> El {
        let own = record.sender().is_none();
        let doubted = record.sender().is_some_and(|sender| !sender.verified);
        let by = if own {
            String::new()
        } else {
            record.actor().account()
        };
        let at = moment(&self.study, record.envelope().recorded_at);
        let line = el("p")
            .class("quiet")
            .text(&format!("{} · {at}", self.name(&by)))
            .children(self.new_mark(&record.envelope().id));
        line.children(doubted.then(|| self.doubted()))
    }

    /// Marks what came since the class was last looked at.
    fn new_mark(&self, id: &RecordId) -> Option<El> {
        let new = self.fresh.contains(id);
        new.then(|| el("strong").class("unread").text(self.words.new_mark()))
    }

    fn doubted(&self) -> El {
        el("span").class("doubted").text(self.words.unverified())
    }

    fn step_title(&self, step: &Slug) -> String {
        let placed = self.study.course.step(step);
        placed.map_or_else(
            || step.to_string(),
            |placed| Device::here().text(&placed.step.title),
        )
    }

    fn when(&self, at: Moment) -> String {
        moment(&self.study, at)
    }

    /// The latest records of a kind.
    async fn heard(&self, kind: &str) -> Vec<Record> {
        let Some(store) = self.study.store.try_get_value() else {
            return Vec::new();
        };
        let ids = posts::heard(&store, &self.study.profile, kind, MOST).await;
        let mut records = Vec::new();
        for id in ids.unwrap_or_default() {
            records.extend(reader::record(&self.study, &id).await);
        }
        records
    }

    /// Writes a record into a registration; `drafts` are the fields that held it.
    fn write(
        &self,
        (kind, body): (&'static str, Value),
        audience: Option<Audience>,
        registration: &RegistrationId,
        drafts: &[Slug],
    ) {
        let Some(step) = Slug::parse(DRAFTS) else {
            return;
        };
        let making = Making {
            id: RecordId::from_random(browser::random()),
            body: Body::Assessed(kind, body),
            audience,
            registration: None,
            step,
            fields: Vec::new(),
        };
        self.study.make_in(registration.clone(), making, drafts);
    }

    /// A field to write in, with what is done with its words: what is not taken stays in it. A draft
    /// of it is kept as `field`.
    fn editor(
        &self,
        field: &str,
        label: &'static str,
        buttons: &[(&'static str, &'static str)],
        act: impl Fn(&'static str, &str, &Slug) -> bool + Clone + 'static,
    ) -> Option<El> {
        let (step, field) = (Slug::parse(DRAFTS)?, Slug::parse(field)?);
        let editor = Editor::open(&self.study, &step, &field, "", label);
        let fault = RwSignal::new(String::new());
        let language = Device::here().language();
        let mut row = el("div").class("row");
        for (at, (label, what)) in buttons.iter().enumerate() {
            let (editor, field, act, what) = (editor.clone(), field.clone(), act.clone(), *what);
            let class = if at == 0 { "primary" } else { "secondary" };
            row = row.child(button(class, label, move || {
                if let Some(wrong) = editor.fault(language, 1, MAX_CHARACTERS) {
                    fault.set(wrong);
                    return;
                }
                fault.set(String::new());
                if act(what, &editor.draft.text(), &field) {
                    editor.draft.take();
                    editor.clear();
                }
            }));
        }
        Some(
            el("section")
                .class("write")
                .child(el("p").class("quiet").text(label))
                .child(editor.draft.beside())
                .child(editor.field.clone())
                .child(fault_line(fault))
                .child(row),
        )
    }

    /// A field to comment on something of a learner's.
    fn comment_on(&self, of: &RecordId, step: Option<&Slug>, on: &RegistrationId) -> Option<El> {
        let words = self.words;
        let buttons = [
            (words.send_comment(), "tutor"),
            (words.send_to_all(), "class"),
        ];
        let (room, of, step, on) = (self.clone(), of.clone(), step.cloned(), on.clone());
        let field = format!("comment-{of}");
        self.editor(
            &field,
            words.comment_field(),
            &buttons,
            move |who, text, field| {
                let mut body = json!({"of": of.as_str(), "text": text});
                if let Some(step) = &step {
                    body["step"] = step.as_str().into();
                }
                let audience = (who == "class").then_some(Audience::Class);
                room.write(
                    ("comment", body),
                    audience,
                    &on,
                    std::slice::from_ref(field),
                );
                true
            },
        )
    }
}
