//! Phases and windows.

use super::OpenFault;
use super::cursor::Cursor;
use crate::domain::course::{Calendar, DayRange, Phases, Windows};
use crate::domain::time::{Moment, Window};

/// The calendar of the course.
pub fn read(at: &Cursor<'_>) -> Result<Calendar, OpenFault> {
    let offset = at.at("utcOffset")?;
    let utc_offset_minutes = offset_minutes(offset.text()?).ok_or_else(|| offset.unfit())?;
    let phases = at.at("phases")?;
    let kind = phases.at("kind")?;
    let windows = match kind.text()? {
        "absolute" => Windows::Absolute(read_phases(&phases, |at| window(at, utc_offset_minutes))?),
        "relative" => Windows::Relative(read_phases(&phases, days)?),
        _ => return Err(kind.unfit()),
    };
    Ok(Calendar {
        utc_offset_minutes,
        windows,
    })
}

fn read_phases<W>(
    at: &Cursor<'_>,
    read: impl Fn(&Cursor<'_>) -> Result<W, OpenFault>,
) -> Result<Phases<W>, OpenFault> {
    Ok(Phases {
        warm_up: at.find("warmUp").map(|at| read(&at)).transpose()?,
        study: read(&at.at("study")?)?,
        grading: at.find("grading").map(|at| read(&at)).transpose()?,
    })
}

/// From one day since enrolment to another.
pub fn days(at: &Cursor<'_>) -> Result<DayRange, OpenFault> {
    let (first, last) = (at.at("first")?.whole()?, at.at("last")?.whole()?);
    if last < first {
        return Err(at.unfit());
    }
    Ok(DayRange { first, last })
}

/// From one date or moment to another; a last day is included.
pub fn window(at: &Cursor<'_>, offset_minutes: i32) -> Result<Window, OpenFault> {
    let written = |member| {
        let at = at.at(member)?;
        Moment::parse_written(at.text()?, offset_minutes).ok_or_else(|| at.unfit())
    };
    Ok(Window {
        opens: written("opens")?.begins(),
        closes: written("closes")?.ends(),
    })
}

/// `19:30` as minutes since midnight.
pub fn minute_of_day(at: &Cursor<'_>) -> Result<u32, OpenFault> {
    let read = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        let both_digits = hours.len() == 2 && minutes.len() == 2;
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        (both_digits && hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
    };
    read(at.text()?).ok_or_else(|| at.unfit())
}

/// `+08:00` as 480.
fn offset_minutes(text: &str) -> Option<i32> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes))
        .then_some(sign * (hours * 60 + minutes))
}
