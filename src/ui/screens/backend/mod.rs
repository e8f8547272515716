//! Sending to a backend: where it is, who signs in, how it goes. It is of the third part of the
//! module, whose words it shares.

mod driver;
mod form;
mod http;
mod state;

use crate::sync::backend::Backend;
use crate::ui::browser;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::Study;
use crate::ui::text::score::ScoreWords;

/// Under this the settings of the backend are kept on the device; there is no password among them.
pub const SETTINGS: &str = "zhixing-backend";
/// Under this the password is kept until the page is closed.
pub const PASSWORD: &str = "zhixing-password";

/// The screen.
pub fn backend(words: &'static str) -> El {
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

/// Goes on with sending after a start of the app.
pub fn resume(study: &Study) {
    let settings = browser::setting(SETTINGS);
    let Some(backend) = settings.and_then(|settings| Backend::read(&settings)) else {
        return;
    };
    if let Some(password) = browser::kept(PASSWORD) {
        driver::start(study, backend, password);
    }
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
