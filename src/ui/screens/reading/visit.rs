//! One visit to a reading: its meter and its place.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::spot::{InSight, in_sight};
use crate::domain::ids::{SessionId, Slug};
use crate::domain::meter::reading::{ReadingEvent, ReadingMeter};
use crate::domain::meter::{Because, Status};
use crate::domain::standing::StepStanding;
use crate::ui::browser;
use crate::ui::dom::on_window;
use crate::ui::state::{Intent, Study};

/// The place is remembered when scrolling has rested for so long.
const REST: Duration = Duration::from_millis(400);

const TICK: Duration = Duration::from_secs(1);

/// One visit to a reading: its meter and its place.
#[derive(Clone, Copy)]
pub struct Visit {
    /// Whether time is counted.
    pub status: RwSignal<Status>,
    inner: StoredValue<VisitState>,
}

struct VisitState {
    study: Study,
    step: Slug,
    part: Slug,
    meter: ReadingMeter,
    standing: Memo<StepStanding>,
    resting: Option<TimeoutHandle>,
}

impl Visit {
    /// A visit that begins at `part`.
    pub fn new(study: &Study, step: Slug, part: Slug, standing: Memo<StepStanding>) -> Self {
        study.counter.claim();
        let meter = ReadingMeter::new(
            step.clone(),
            SessionId::from_random(browser::random()),
            study.course.meter,
            part.clone(),
            browser::clock(),
            study.page(),
        );
        let state = VisitState {
            study: study.clone(),
            step,
            part,
            meter,
            standing,
            resting: None,
        };
        let visit = Self {
            status: RwSignal::new(Status::NotCounting(Because::Idle)),
            inner: StoredValue::new(state),
        };
        visit.tell(ReadingEvent::Tick);
        visit.follow_page();
        visit
    }

    fn follow_page(self) {
        let active = [
            "pointerdown",
            "pointermove",
            "keydown",
            "wheel",
            "touchstart",
        ];
        for name in active {
            on_window(name, move |_| self.active());
        }
        on_window("scroll", move |_| self.scrolled());
        on_window("visibilitychange", move |_| {
            self.tell(ReadingEvent::PageChanged);
        });
        on_window("pagehide", move |_| self.leave());
        let ticking = set_interval_with_handle(move || self.tell(ReadingEvent::Tick), TICK).ok();
        on_cleanup(move || {
            if let Some(ticking) = ticking {
                ticking.clear();
            }
            self.leave();
        });
    }

    fn leave(self) {
        // What was scrolled a moment ago is remembered, too.
        if self.is_scrolling() {
            self.remember(in_sight());
        }
        self.tell(ReadingEvent::Left);
        self.inner.with_value(|state| state.study.counter.release());
    }

    /// Feeds the meter and shows the answer.
    fn tell(self, event: ReadingEvent) {
        self.inner.try_update_value(|state| {
            let page = state.study.page();
            for output in state.meter.on(event, browser::clock(), page) {
                state.study.send(Intent::Keep(output));
            }
            let full = state
                .standing
                .try_get_untracked()
                .is_some_and(|standing| standing.credited_ms >= standing.creditable_ms);
            let status = state.meter.status(full);
            if self.status.try_get_untracked() != Some(status) {
                self.status.try_set(status);
                // Another tab need not wait until this one falls silent.
                if matches!(status, Status::NotCounting(Because::Hidden | Because::Idle)) {
                    state.study.counter.release();
                }
            }
        });
    }

    /// The text of the part is on the page, or it is not.
    pub fn text(self, here: bool) {
        self.tell(ReadingEvent::Text(here));
    }

    fn active(self) {
        self.inner.with_value(|state| {
            if !state.study.counter.mine() {
                state.study.counter.claim();
            }
        });
        self.tell(ReadingEvent::Active);
    }

    /// Another part was opened.
    pub fn turn(self, part: Slug) {
        if self.inner.with_value(|state| state.part == part) {
            return;
        }
        if self.is_scrolling() {
            self.remember(in_sight());
        }
        self.inner.update_value(|state| state.part = part.clone());
        self.tell(ReadingEvent::Part(part));
        self.remember(None);
    }

    fn is_scrolling(self) -> bool {
        let resting = self.inner.try_with_value(|state| state.resting.is_some());
        resting.unwrap_or(false)
    }

    fn scrolled(self) {
        self.active();
        let later = set_timeout_with_handle(move || self.remember(in_sight()), REST).ok();
        self.inner.update_value(|state| {
            if let Some(earlier) = state.resting.take() {
                earlier.clear();
            }
            state.resting = later;
        });
    }

    /// Remembers the part, and what of it is in sight, where that is known.
    fn remember(self, seen: Option<InSight>) {
        self.inner.try_update_value(|state| {
            if let Some(resting) = state.resting.take() {
                resting.clear();
            }
            let mut row = state.study.place(&state.step);
            match seen {
                Some(InSight::Middle(spot)) => _ = row.spots.insert(state.part.clone(), spot),
                Some(InSight::Edge) => _ = row.spots.remove(&state.part),
                None => {}
            }
            row.part = Some(state.part.clone());
            row.scrolled_permille = scrolled_permille();
            state.study.send(Intent::Place(state.step.clone(), row));
        });
    }
}

/// How far the page is scrolled, in thousandths of what can be scrolled.
fn scrolled_permille() -> u32 {
    let window = browser::window();
    let top = window.scroll_y().unwrap_or(0.0);
    let far = scrollable();
    if far <= 0.0 {
        return 0;
    }
    u32::try_from(browser::to_ms((top / far * 1_000.0).clamp(0.0, 1_000.0))).unwrap_or(0)
}

fn scrollable() -> f64 {
    let whole = browser::document()
        .document_element()
        .map_or(0, |root| root.scroll_height());
    let seen = browser::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    f64::from(whole) - seen.unwrap_or(0.0)
}

/// Scrolls the page so far, in thousandths of what can be scrolled.
pub fn scroll_to(permille: u32) {
    let top = scrollable() * f64::from(permille) / 1_000.0;
    browser::window().scroll_to_with_x_and_y(0.0, top);
}
