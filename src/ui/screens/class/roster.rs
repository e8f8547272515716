//! Taking in a roster from a file, for backends that have none and classes that have no backend.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement};

use super::Room;
use crate::domain::roster::Roster;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el, value_of};
use crate::ui::screens::backend;
use crate::ui::state::Study;
use crate::ui::text::class::ClassWords;

/// Most bytes of a roster.
const MOST: f64 = 1_000_000.0;

/// A roster that was read, until somebody said who they are.
#[derive(Clone)]
struct Read(Option<Roster>);

/// The button, and what went wrong; `done` when a roster was taken in.
pub fn file(words: ClassWords, study: &Study, done: impl Fn(Study) + Copy + 'static) -> El {
    let study = study.clone();
    let section = el("section").child(el("p").class("quiet").text(words.roster_note()));
    section.children(chooser(words, move |roster, fault| {
        let study = study.clone();
        leptos::task::spawn_local(async move {
            let known = backend::settings();
            match known.filter(|known| known.account.home_page == roster.class) {
                Some(backend) => {
                    backend::keep_roster(&study, &backend, &roster).await;
                    done(study);
                }
                None => {
                    fault.try_set(words.roster_bad().to_owned());
                }
            }
        });
    }))
}

/// A class without a backend: its roster is opened, and whoever opens it says who they are.
pub fn begin(words: ClassWords, study: &Study, done: impl Fn(Study) + Copy + 'static) -> El {
    let read = RwSignal::new(Read(None));
    let study = study.clone();
    el("section")
        .child(el("h2").text(words.by_file()))
        .child(el("p").class("quiet").text(words.by_file_note()))
        .children(chooser(words, move |roster, _| {
            read.set(Read(Some(roster)));
        }))
        .child(el("div").live(move || {
            let Read(Some(roster)) = read.get() else {
                return Vec::new();
            };
            untrack(|| who(words, &study, roster, done))
        }))
}

/// Asks who of the roster it is.
fn who(
    words: ClassWords,
    study: &Study,
    roster: Roster,
    done: impl Fn(Study) + Copy + 'static,
) -> Vec<El> {
    let fault = RwSignal::new(String::new());
    let chosen = StoredValue::new(String::new());
    let none = el("option").attr("value", "").text(words.choose());
    let people = roster.people.iter();
    let options = people.map(|person| el("option").attr("value", &person.id).text(&person.name));
    let select = el("select")
        .child(none)
        .children(options)
        .on("change", move |event| chosen.set_value(value_of(event)));
    let study = study.clone();
    let label = el("label")
        .class("field")
        .text(words.who_are_you())
        .child(select);
    let go = button("primary", words.that_is_me(), move || {
        let account = roster.account(&chosen.get_value());
        let (study, roster) = (study.clone(), roster.clone());
        if roster.person(&account).is_none() {
            fault.set(words.who_are_you().to_owned());
            return;
        }
        leptos::task::spawn_local(async move {
            if backend::is_of_another(&study, &account).await {
                fault.try_set(words.not_yours().to_owned());
                return;
            }
            backend::begin_by_file(&study, &roster, account).await;
            done(study);
        });
    });
    vec![label, fault_line(fault), go]
}

/// A field that reads a roster, and its fault line.
fn chooser(
    words: ClassWords,
    take: impl Fn(Roster, RwSignal<String>) + Clone + 'static,
) -> Vec<El> {
    let fault = RwSignal::new(String::new());
    let field = el("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .on("change", move |event| {
            let Some(file) = chosen(event) else { return };
            let take = take.clone();
            leptos::task::spawn_local(async move {
                match read(&file).await {
                    Some(roster) => {
                        fault.try_set(String::new());
                        take(roster, fault);
                    }
                    None => {
                        fault.try_set(words.roster_bad().to_owned());
                    }
                }
            });
        });
    let label = el("label")
        .class("secondary file")
        .text(words.roster_file())
        .child(field);
    vec![label, fault_line(fault)]
}

fn chosen(event: &Event) -> Option<web_sys::File> {
    let input: HtmlInputElement = event.target()?.unchecked_into();
    let file = input.files()?.get(0);
    // The same file may be chosen again.
    input.set_value("");
    file
}

async fn read(file: &web_sys::File) -> Option<Roster> {
    if file.size() > MOST {
        return None;
    }
    let bytes = browser::bytes_of(file).await.ok()?;
    Roster::read(&serde_json::from_slice(&bytes).ok()?)
}

/// At the tutor's desk: the key that is in the roster, and the roster to hand on.
pub fn signing(room: &Room) -> El {
    let words = room.words;
    let own = room.roster.person(&room.backend.account);
    let keys = own.map_or(&[][..], |person| &person.keys);
    let keys = keys.iter().map(|key| {
        let said = crate::ui::text::score::fill(words.signing_key(), &[key]);
        el("p").class("code").text(&said)
    });
    let roster = room.roster.clone();
    let save = button("secondary", words.save_roster(), move || {
        let text = roster.write().to_string();
        // A browser that refuses to save a file says so itself.
        let _ = browser::save_file("roster.json", "application/json", text.as_bytes());
    });
    el("section")
        .child(el("h2").text(words.signing()))
        .child(el("p").class("quiet").text(words.signing_note()))
        .children(keys)
        .child(el("p").child(save))
}
