//! Sending to a backend: where it is, who signs in, how it goes. It is of the fourth part of
//! the module, and shares the words of the third.

mod check;
mod driver;
mod files;
mod form;
mod hear;
mod http;
mod keys;
mod state;
mod unread;

use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::record::Actor;
use crate::domain::roster::Roster;
use crate::sync::backend::{Backend, Kind};
use crate::ui::browser;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::{Sent, Study};
use crate::ui::text::score::ScoreWords;

/// Under this the settings of the backend are kept on the device; there is no password among them.
pub const SETTINGS: &str = "zhixing-backend";
/// Under this the password is kept until the page is closed.
pub const PASSWORD: &str = "zhixing-password";

/// The screen.
pub fn backend(words: &'static str, _: &'static str) -> El {
    match ScoreWords::read(words) {
        Some(words) => screen(words),
        None => el("p"),
    }
}

fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    el("article")
        .class("narrow")
        .child(title(words.backend()))
        .child(el("p").text(words.be_intro()))
        .child(form::form(words, &study))
        .child(state::state(words, &study))
}

/// The roster of the backend's class, where one is known.
pub async fn roster(study: &Study, backend: &Backend) -> Option<Roster> {
    hear::roster(study, backend).await
}

/// What is to be done without a network, too, when somebody looks at the class: names, the tutor's
/// key, what signatures make of what came by file.
pub async fn refresh(study: &Study, backend: &Backend) {
    if let Some(mut roster) = hear::remember(study, backend).await {
        keys::begin(study, backend, &mut roster).await;
        let (study, backend) = (study.clone(), backend.clone());
        // The first look over a full log takes seconds: no screen waits for it.
        leptos::task::spawn_local(async move {
            keys::recheck(&study, &backend, &roster).await;
        });
    }
}

/// What came since the class was last looked at; the header is told how many.
pub async fn fresh(study: &Study, tutor: bool) -> Vec<RecordId> {
    unread::fresh(study, tutor).await
}

/// Everything that is here now was looked at.
pub fn all_seen(study: &Study) {
    unread::all_seen(study);
}

/// Whether this device is somebody else's than the account's.
pub async fn is_of_another(study: &Study, account: &Actor) -> bool {
    let bound = hear::bound(study).await;
    bound.is_some_and(|bound| bound != *account)
}

/// Begins a class that has no backend: its roster is a file, and so is all that is exchanged.
pub async fn begin_by_file(study: &Study, roster: &Roster, account: Actor) {
    let backend = Backend {
        kind: Kind::File,
        address: String::new(),
        user: String::new(),
        account,
    };
    browser::set_setting(SETTINGS, &backend.write());
    hear::keep_roster(study, &backend, roster).await;
    hear::bind(study, &backend.account);
    refresh(study, &backend).await;
}

/// Fetches a file of somebody's record from the backend; whether it is here now.
pub async fn bring_file(study: &Study, of: &RecordId, hash: &Hash) -> bool {
    files::bring(study, of, hash).await
}

/// Keeps a roster of the backend's class.
pub async fn keep_roster(study: &Study, backend: &Backend, roster: &Roster) {
    hear::keep_roster(study, backend, roster).await;
}

/// The settings of the backend, where somebody made some.
pub fn settings() -> Option<Backend> {
    Backend::read(&browser::setting(SETTINGS)?)
}

/// Goes on with sending after a start of the app.
pub fn resume(study: &Study) {
    let Some(backend) = settings() else {
        return;
    };
    if let Some(password) = browser::kept(PASSWORD).filter(|_| backend.kind != Kind::File) {
        driver::start(study, backend, password);
        return;
    }
    let study = study.clone();
    leptos::task::spawn_local(async move {
        refresh(&study, &backend).await;
        let roster = hear::roster(&study, &backend).await;
        let tutor = roster.is_some_and(|roster| roster.is_tutor(&backend.account));
        unread::fresh(&study, tutor).await;
        if backend.kind == Kind::File {
            return;
        }
        let sending = driver::known(&study, &backend).await;
        driver::tell(&sending.aside);
        study.tell_sent(Sent::SignIn, sending.settled());
    });
}

fn session() -> Option<web_sys::Storage> {
    browser::window().session_storage().ok().flatten()
}

/// The name of this tab, kept as long as it lives; `fresh` if it has none yet.
fn tab(fresh: &str) -> String {
    const TAB: &str = "zhixing-tab";
    browser::kept(TAB).unwrap_or_else(|| {
        if let Some(session) = session() {
            let _ = session.set_item(TAB, fresh);
        }
        fresh.to_owned()
    })
}

fn keep_password(password: Option<&str>) {
    if let Some(session) = session() {
        let _ = match password {
            Some(password) => session.set_item(PASSWORD, password),
            None => session.remove_item(PASSWORD),
        };
    }
}
