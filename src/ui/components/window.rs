//! When something is open, in words.

use leptos::prelude::*;

use crate::domain::course::Opening;
use crate::domain::meter::Season;
use crate::domain::standing::season;
use crate::domain::time::Window;
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::format::{date_time, span};
use crate::ui::state::{Device, Study};

/// Where now lies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// Before it.
    Before,
    /// Inside, or there is no window.
    Inside,
    /// After it.
    After,
}

/// Where now lies in the window of an opening.
pub fn now_in(study: &Study, opening: Option<&Opening>) -> Now {
    now_within(opening.and_then(|opening| study.window(opening)))
}

/// Where now lies in a window.
pub fn now_within(window: Option<Window>) -> Now {
    let now = browser::now();
    match window {
        Some(window) if now < window.opens => Now::Before,
        Some(window) if window.closes <= now => Now::After,
        _ => Now::Inside,
    }
}

/// From when to when, and whether that is now; nothing where there is no window.
pub fn window_note(study: &Study, opening: Option<&Opening>) -> Option<El> {
    let language = Device::here().language();
    let words = language.words();
    let window = study.window(opening?)?;
    let offset = study.course.calendar.utc_offset_minutes;
    let state = match now_in(study, opening) {
        Now::Before => words.opens_later(),
        Now::Inside => words.open_now(),
        Now::After => words.open_no_more(),
    };
    let text = format!("{state}{}{}", words.colon(), span(language, window, offset));
    Some(el("p").class("note").text(&text))
}

/// What the season means for what is done now: nothing while it counts.
pub fn season_note(study: &Study) -> Option<El> {
    let language = Device::here().language();
    let words = language.words();
    let progress = study.progress.get_untracked();
    let note = match season(&study.course, &progress, browser::now()) {
        Season::Open => return None,
        Season::NotYet => words.season_not_yet(),
        Season::Closed => words.season_closed(),
    };
    Some(el("p").class("note").text(note))
}

/// A moment in the course's time zone.
pub fn moment(study: &Study, moment: crate::domain::time::Moment) -> String {
    let language = Device::here().language();
    date_time(language, moment, study.course.calendar.utc_offset_minutes)
}
