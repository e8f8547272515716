//! Opening a packed course: the small reader that the app carries.
//!
//! A course that is deployed with the app was checked as a whole by `cargo xtask pack`; what the
//! app reads of it again on every start is what it shows: calendar, modules, topics, steps. The
//! rest is left alone here. Still, nothing is trusted: what is missing or of the wrong kind is
//! told by its field, and nothing is opened. That both readers give the same course is tested.

mod calendar;
mod cursor;
pub mod details;
mod steps;

use crate::domain::course::{Course, MeterRules, Module, Topic};
use crate::domain::hash::Hash;
use crate::package::v1::FORMAT;
use cursor::Cursor;

/// The first thing that keeps a `course.json` from being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFault {
    /// The field, such as `modules[0].title`; empty for the file as a whole.
    pub field: String,
    /// What is wrong with it.
    pub what: Wrong,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is missing.
    Missing,
    /// It is not what belongs there: of another type, out of its range, or unknown.
    Unfit,
}

/// Most bytes of a `course.json`.
const MAX_BYTES: usize = 4_000_000;

/// The course in a `course.json`.
///
/// # Errors
/// [`OpenFault`]; any input is safe to give.
pub fn open(course_json: &[u8]) -> Result<Course, OpenFault> {
    let whole = OpenFault {
        field: String::new(),
        what: Wrong::Unfit,
    };
    if course_json.len() > MAX_BYTES {
        return Err(whole);
    }
    let json: serde_json::Value = serde_json::from_slice(course_json).map_err(|_| whole)?;
    let root = Cursor::root(&json);
    let format = root.at("format")?;
    if format.text()? != FORMAT {
        return Err(format.unfit());
    }
    let languages = root
        .at("languages")?
        .list(|each| each.text().map(str::to_owned))?;
    let Some(main) = languages.first().cloned() else {
        return Err(root.at("languages")?.unfit());
    };
    let calendar = calendar::read(&root.at("calendar")?)?;
    let root = root.in_language(&main).in_zone(calendar.utc_offset_minutes);
    Ok(Course {
        id: root.at("id")?.text()?.to_owned(),
        version: root.at("version")?.text()?.to_owned(),
        hash: Hash::of(course_json),
        title: root.at("title")?.words()?,
        summary: root.at("summary")?.words()?,
        meter: MeterRules {
            utc_offset_minutes: calendar.utc_offset_minutes,
            ..meter(root.find("meter").as_ref())?
        },
        calendar,
        modules: root.at("modules")?.list(module)?,
        languages,
    })
}

fn meter(at: Option<&Cursor<'_>>) -> Result<MeterRules, OpenFault> {
    let default = MeterRules::default();
    let Some(at) = at else {
        return Ok(default);
    };
    let idle_seconds = at.whole_or("idleSeconds", 120)?;
    Ok(MeterRules {
        max_speed_percent: at.whole_or("maxSpeedPercent", default.max_speed_percent)?,
        idle_ms: u64::from(idle_seconds) * 1_000,
        reading_factor_percent: at
            .whole_or("readingFactorPercent", default.reading_factor_percent)?,
        ..default
    })
}

fn module(at: &Cursor<'_>) -> Result<Module, OpenFault> {
    Ok(Module {
        id: at.at("id")?.slug()?,
        title: at.at("title")?.words()?,
        summary: at.words_or_none("summary")?,
        topics: at.at("topics")?.list(topic)?,
    })
}

fn topic(at: &Cursor<'_>) -> Result<Topic, OpenFault> {
    Ok(Topic {
        id: at.at("id")?.slug()?,
        title: at.at("title")?.words()?,
        summary: at.words_or_none("summary")?,
        steps: at.at("steps")?.list(steps::step)?,
    })
}

#[cfg(test)]
mod tests;
