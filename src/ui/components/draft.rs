//! Words that are being typed: kept as a draft while typing, so that no more than a moment's
//! typing is ever unwritten.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::domain::ids::Slug;
use crate::ui::dom::on_window;
use crate::ui::state::{Intent, Study};

/// A draft is kept when nothing was typed for so long.
const SETTLE: Duration = Duration::from_millis(400);

/// A draft is kept at least so often while typing goes on; well under the 2 s that may be lost.
const AT_MOST: Duration = Duration::from_millis(1_200);

/// The draft of one field of a step.
#[derive(Clone, Copy)]
pub struct Draft(StoredValue<State>);

struct State {
    study: Study,
    step: Slug,
    field: Slug,
    text: String,
    /// When what is unwritten began to be typed, and the timer that will write it.
    pending: Option<(u64, TimeoutHandle)>,
}

impl Draft {
    /// The draft of a field; it begins with `otherwise` when there is none.
    pub fn open(study: &Study, step: &Slug, field: &Slug, otherwise: &str) -> Self {
        let text = study
            .draft(step, field)
            .unwrap_or_else(|| otherwise.to_owned());
        let draft = Self(StoredValue::new(State {
            study: study.clone(),
            step: step.clone(),
            field: field.clone(),
            text,
            pending: None,
        }));
        // The last moments at which anything can be written.
        on_window("pagehide", move |_| draft.flush());
        on_window("visibilitychange", move |_| draft.flush());
        on_cleanup(move || draft.flush());
        draft
    }

    /// The words so far.
    pub fn text(self) -> String {
        self.0.with_value(|state| state.text.clone())
    }

    /// Takes what is in the field now.
    pub fn typed(self, text: String) {
        let now = crate::ui::browser::steady_ms();
        let since = self.0.try_update_value(|state| {
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
        self.0
            .update_value(|state| state.pending = timer.map(|timer| (since, timer)));
    }

    /// Keeps the draft now, if something was typed since it was last kept.
    pub fn flush(self) {
        self.0.try_update_value(|state| {
            if let Some((_, timer)) = state.pending.take() {
                timer.clear();
                state.study.send(Intent::Draft {
                    step: state.step.clone(),
                    field: state.field.clone(),
                    text: state.text.clone(),
                });
            }
        });
    }

    /// The words, to be submitted: what was pending is not written any more.
    pub fn take(self) -> String {
        let taken = self.0.try_update_value(|state| {
            if let Some((_, timer)) = state.pending.take() {
                timer.clear();
            }
            state.text.clone()
        });
        taken.unwrap_or_default()
    }
}
