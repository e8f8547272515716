//! Learners on this device (本机学员): who shares this PC, switching, the screen lock, erasing.

mod backup;
mod locked;
mod rescue;
pub mod store;

use leptos::prelude::*;

use crate::domain::lock::{DEFAULT_MINUTES, Lock};
use crate::store::rows::ProfileRow;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line};
use crate::ui::components::title::title;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::state::{Study, new_profile};
use crate::ui::text::score::{ScoreWords, fill};
pub use backup::{elsewhere, restore};
pub use locked::{Ask, locked, watch_lock};
pub use rescue::rescue;

/// The screen.
pub fn people(words: &'static str, _: &'static str) -> El {
    match ScoreWords::read(words) {
        Some(words) => screen(words),
        None => el("p"),
    }
}

/// Characters of a name at most.
const MOST: usize = 40;

/// What a learner is called.
pub fn called(words: ScoreWords, name: &str) -> String {
    if name.is_empty() {
        words.people_unnamed().to_owned()
    } else {
        name.to_owned()
    }
}

/// A field with its label.
fn field(label: &str, value: RwSignal<String>, secret: bool) -> El {
    let input = el("input")
        .attr("type", if secret { "password" } else { "text" })
        .attr("autocomplete", "off")
        .attr_if("inputmode", secret.then_some("numeric"))
        .attr("maxlength", &MOST.to_string())
        .live_value(move || value.get())
        .fills("input", value);
    el("label").class("field").text(label).child(input)
}

/// The profiles as they are, and looking again.
#[derive(Clone)]
struct People {
    study: Study,
    words: ScoreWords,
    all: RwSignal<Vec<ProfileRow>>,
    fault: RwSignal<String>,
}

impl People {
    /// For a section that says by itself what went wrong in it.
    fn apart(&self) -> Self {
        Self {
            fault: RwSignal::new(String::new()),
            ..self.clone()
        }
    }

    /// The name that was typed, for the open learner or for one who is added; nothing where there is none,
    /// or another learner has it, which is said.
    fn fresh(&self, typed: RwSignal<String>, adding: bool) -> Option<String> {
        let name: String = typed.get_untracked().trim().chars().take(MOST).collect();
        let others = self.all.get_untracked().into_iter();
        let mut others = others.filter(|other| adding || other.profile != self.study.profile);
        self.fault.set(if name.is_empty() {
            self.words.people_needs_name().to_owned()
        } else if others.any(|other| other.name == name) {
            fill(self.words.people_same_name(), &[&name])
        } else {
            String::new()
        });
        let fits = self.fault.with_untracked(String::is_empty);
        fits.then_some(name)
    }

    fn look(&self) {
        let (all, study) = (self.all, self.study.clone());
        leptos::task::spawn_local(async move {
            if let Some(store) = study.store.try_get_value() {
                all.try_set(store::all(&store).await);
            }
        });
    }

    fn own(&self) -> Option<ProfileRow> {
        let own = &self.study.profile;
        let all = self.all.get_untracked();
        all.into_iter().find(|profile| profile.profile == *own)
    }

    /// Changes the own profile.
    fn change(&self, change: impl FnOnce(&mut ProfileRow), then: impl FnOnce() + 'static) {
        let Some(mut profile) = self.own() else {
            return;
        };
        change(&mut profile);
        let people = self.clone();
        leptos::task::spawn_local(async move {
            let Some(store) = people.study.store.try_get_value() else {
                return;
            };
            match store::keep(&store, &profile).await {
                Ok(()) => then(),
                Err(error) => locked::told(people.fault, &error),
            }
            people.look();
        });
    }

    fn switch(&self, to: ProfileRow) {
        let people = self.clone();
        leptos::task::spawn_local(async move {
            let Some(store) = people.study.store.try_get_value() else {
                return;
            };
            if let Err(error) = store::switch(&store, &people.study.profile, &to, None).await {
                locked::told(people.fault, &error);
            }
        });
    }
}

fn screen(words: ScoreWords) -> El {
    let people = People {
        study: Study::here(),
        words,
        all: RwSignal::new(Vec::new()),
        fault: RwSignal::new(String::new()),
    };
    people.look();
    el("article")
        .class("narrow")
        .child(title(words.people()))
        .child(el("p").text(words.people_intro()))
        .child(list(&people.apart()))
        .child(rename(&people.apart()))
        .child(add(&people.apart()))
        .child(lock(&people.apart()))
        .child(backup::section(&people.study, words))
        .child(erase(&people.apart()))
}

fn list(people: &People) -> El {
    let fault = people.fault;
    let people = people.clone();
    let all = el("ul").class("courses").live(move || {
        let words = people.words;
        let each = people.all.get().into_iter().map(|profile| {
            let name = called(words, &profile.name);
            let here = profile.profile == people.study.profile;
            let lost = profile.lock_lost_at.filter(|_| here);
            let lost = lost.map(|at| {
                let at = moment(&people.study, at);
                el("p")
                    .class("fault")
                    .text(&fill(words.lock_lost(), &[&at]))
            });
            let since = moment(&people.study, profile.created_at);
            let act = if here {
                el("span").class("saved").text(words.people_here())
            } else {
                let people = people.clone();
                button(
                    "secondary",
                    &fill(words.people_switch(), &[&name]),
                    move || {
                        people.switch(profile.clone());
                    },
                )
            };
            el("li")
                .child(el("h2").text(&name))
                .child(
                    el("p")
                        .class("quiet")
                        .text(&fill(words.people_since(), &[&since])),
                )
                .children(lost)
                .child(act)
        });
        each.collect()
    });
    el("div").child(all).child(fault_line(fault))
}

fn rename(people: &People) -> El {
    let words = people.words;
    let name = RwSignal::new(people.study.name.to_string());
    let keeping = people.clone();
    let keep = button("secondary", words.people_keep_name(), move || {
        let Some(name) = keeping.fresh(name, false) else {
            return;
        };
        let anew = || {
            browser::tell_next("renamed");
            browser::start_anew();
        };
        keeping.change(|profile| profile.name = name, anew);
    });
    el("section")
        .child(el("h2").text(words.people_name_title()))
        .child(field(words.people_name(), name, false))
        .child(fault_line(people.fault))
        .child(keep)
}

fn add(people: &People) -> El {
    let words = people.words;
    let name = RwSignal::new(String::new());
    let adding = people.clone();
    let add = button("secondary", words.people_add(), move || {
        if let Some(name) = adding.fresh(name, true) {
            adding.switch(new_profile(&name));
        }
    });
    el("section")
        .child(el("h2").text(words.people_new()))
        .child(el("p").class("quiet").text(words.people_new_note()))
        .child(field(words.people_name(), name, false))
        .child(fault_line(people.fault))
        .child(add)
}

fn lock(people: &People) -> El {
    let words = people.words;
    let pin = RwSignal::new(String::new());
    let minutes = RwSignal::new(DEFAULT_MINUTES.to_string());
    let section = el("section")
        .child(el("h2").text(words.lock_section()))
        .child(el("p").class("quiet").text(words.lock_explained()));
    if people.study.locks {
        let off = people.clone();
        let off = button("secondary", words.lock_off(), move || {
            off.change(|profile| profile.lock = None, browser::start_anew);
        });
        let now = button("primary", words.lock_now(), store::lock);
        let row = el("div").class("row").child(now).child(off);
        return section.child(fault_line(people.fault)).child(row);
    }
    let fault = people.fault;
    let people = people.clone();
    let on = button("secondary", words.lock_on(), move || {
        let minutes = minutes.get_untracked().trim().parse().ok();
        let minutes = minutes.filter(|minutes| (1..=240).contains(minutes));
        let made = Lock::new(
            &pin.get_untracked(),
            &browser::random(),
            minutes.unwrap_or(0),
        );
        let Some(made) = made.filter(|made| made.minutes > 0) else {
            people.fault.set(words.lock_unfit().to_owned());
            return;
        };
        people.fault.set(String::new());
        let set = move |profile: &mut ProfileRow| {
            profile.lock = Some(made);
            profile.lock_lost_at = None;
        };
        if let Some(own) = people.own() {
            // Whoever sets it is not asked for it at once.
            store::unlock(&own);
        }
        people.change(set, browser::start_anew);
    });
    section
        .child(field(words.lock_pin(), pin, true))
        .child(field(words.lock_minutes(), minutes, false))
        .child(fault_line(fault))
        .child(on)
}

/// Erasing everything of the open profile: after an export was offered, and its name typed.
fn erase(people: &People) -> El {
    let words = people.words;
    let study = people.study.clone();
    let name = called(words, &study.name);
    let typed = RwSignal::new(String::new());
    let keep = backup::button_to_make(&study, words.erase_export());
    let fault = people.fault;
    let people = people.clone();
    let go = {
        let name = name.clone();
        button("secondary", words.erase_go(), move || {
            if typed.get_untracked().trim() != name {
                people.fault.set(fill(words.erase_type(), &[&name]));
                return;
            }
            let people = people.clone();
            leptos::task::spawn_local(async move {
                let Some(store) = people.study.store.try_get_value() else {
                    return;
                };
                if let Err(error) = store::erase(&store, &people.study.profile).await {
                    locked::told(people.fault, &error);
                }
            });
        })
    };
    el("section")
        .child(el("h2").text(words.erase_title()))
        .child(el("p").text(words.erase_note()))
        .child(keep)
        .child(field(&fill(words.erase_type(), &[&name]), typed, false))
        .child(fault_line(fault))
        .child(go)
}
