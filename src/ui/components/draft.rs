//! Words that are being typed: kept as a draft while typing, so that no more than a moment's
//! typing is ever unwritten; and what another tab wrote into the same field.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::said::{button, sure, written};
use crate::domain::draft::{Kept, Place};
use crate::domain::ids::Slug;
use crate::ui::dom::{El, el, follow, on_window};
use crate::ui::state::{Device, Study};

/// A draft is kept when nothing was typed for so long.
const SETTLE: Duration = Duration::from_millis(400);

/// A draft is kept at least so often while typing goes on; well under the 2 s that may be lost.
const AT_MOST: Duration = Duration::from_millis(1_200);

/// The draft of one field of a step.
#[derive(Clone, Copy)]
pub struct Draft {
    state: StoredValue<State, LocalStorage>,
    /// What another tab wrote into the field, if it says something else.
    other: RwSignal<Option<Kept>>,
}

struct State {
    study: Study,
    place: Place,
    text: String,
    /// What the words went on from: those that were kept or shown last.
    base: String,
    /// When what is unwritten began to be typed, and the timer that will write it.
    pending: Option<(u64, TimeoutHandle)>,
    /// Shows a text in the field.
    show: Rc<dyn Fn(&str)>,
}

impl State {
    /// The words that the field is to show because another tab went on from what it shows; `None` when it is to stay as it is.
    fn news(&mut self) -> Option<String> {
        let (place, tab) = (&self.place, &self.study.tab);
        let words = self.study.drafts.with_value(|drafts| {
            let words = drafts.words(place, tab)?;
            Some((words.text.clone(), words.version.0.as_ref() == Some(tab)))
        });
        let text = match words {
            Some((text, false)) if self.pending.is_none() && text != self.text => text,
            _ => return None,
        };
        self.base.clone_from(&text);
        self.text.clone_from(&text);
        Some(text)
    }
}

impl Draft {
    /// The draft of a field; it begins with `otherwise` when there is none.
    pub fn open(study: &Study, step: &Slug, field: &Slug, otherwise: &str) -> Self {
        let text = study
            .draft(step, field)
            .unwrap_or_else(|| otherwise.to_owned());
        let state = StoredValue::new_local(State {
            study: study.clone(),
            place: (step.clone(), field.clone()),
            base: text.clone(),
            text,
            pending: None,
            show: Rc::new(|_| ()),
        });
        let draft = Self {
            state,
            other: RwSignal::new(None),
        };
        draft.look();
        // The last moments at which anything can be written.
        on_window("pagehide", move |_| draft.flush());
        on_window("visibilitychange", move |_| draft.flush());
        on_cleanup(move || draft.flush());
        draft
    }

    /// Names the way to show a text in the field; from now on it shows what another tab went on to
    /// write there.
    pub fn shown_by(self, show: Rc<dyn Fn(&str)>) {
        self.state.update_value(|state| state.show = show);
        let drafted = self.state.with_value(|state| state.study.drafted);
        follow(Box::new(move || {
            drafted.track();
            if let Some(Some(text)) = self.state.try_update_value(State::news) {
                self.show(&text);
            }
            self.look();
        }));
    }

    fn show(self, text: &str) {
        let show = self.state.with_value(|state| Rc::clone(&state.show));
        show(text);
    }

    /// Puts a text into the field, as if it were typed.
    pub fn put(self, text: &str) {
        self.show(text);
        self.typed(text.to_owned());
    }

    /// Looks for what another tab wrote.
    fn look(self) {
        let other = self.state.with_value(|state| {
            let (place, tab) = (&state.place, &state.study.tab);
            let other = |drafts: &crate::domain::draft::Drafts| {
                drafts.other(place, tab, &state.text).cloned()
            };
            state.study.drafts.with_value(other)
        });
        if other != self.other.get_untracked() {
            self.other.set(other);
        }
    }

    /// What another tab wrote into the field, with a way to take it over; nothing while it says
    /// the same.
    pub fn beside(self) -> El {
        el("div").attr("role", "status").live(move || {
            let Some(other) = self.other.get() else {
                return Vec::new();
            };
            let words = Device::here().words();
            let theirs = other.text.clone();
            let drop_other = move || {
                let (study, place) = self
                    .state
                    .with_value(|state| (state.study.clone(), state.place.clone()));
                study.drop_draft(place, other.version.clone());
            };
            let dropping = drop_other.clone();
            let take = move || {
                let mine = self.text();
                self.put(format!("{mine}\n\n{theirs}").trim_start());
                self.flush();
                dropping();
            };
            let row = el("div")
                .class("row")
                .child(button("secondary", words.draft_take(), take))
                .child(sure(
                    words.draft_drop(),
                    words.draft_drop_sure(),
                    drop_other,
                ));
            let panel = el("section")
                .class("note")
                .child(el("p").text(words.draft_elsewhere()))
                .child(written(&other.text))
                .child(row);
            vec![panel]
        })
    }

    /// The words so far.
    pub fn text(self) -> String {
        self.state.with_value(|state| state.text.clone())
    }

    /// Takes what is in the field now.
    pub fn typed(self, text: String) {
        let now = crate::ui::browser::steady_ms();
        let since = self.state.try_update_value(|state| {
            state.text = text;
            let earlier = state.pending.take();
            if let Some((_, timer)) = &earlier {
                timer.clear();
            }
            earlier.map_or(now, |(since, _)| since)
        });
        let since = since.unwrap_or(now);
        let spent = Duration::from_millis(now.saturating_sub(since));
        let wait = SETTLE.min(AT_MOST.saturating_sub(spent));
        let timer = set_timeout_with_handle(move || self.flush(), wait).ok();
        self.state
            .update_value(|state| state.pending = timer.map(|timer| (since, timer)));
    }

    /// Keeps the draft now, if something was typed since it was last kept.
    pub fn flush(self) {
        self.state.try_update_value(|state| {
            if let Some((_, timer)) = state.pending.take() {
                timer.clear();
                let text = state.text.clone();
                state.study.keep_words(&state.place, text, &state.base);
                state.base.clone_from(&state.text);
            }
        });
    }

    /// The words, to be submitted: what was pending is not written any more.
    pub fn take(self) -> String {
        let taken = self.state.try_update_value(|state| {
            if let Some((_, timer)) = state.pending.take() {
                timer.clear();
            }
            state.base.clear();
            std::mem::take(&mut state.text)
        });
        taken.unwrap_or_default()
    }
}
