//! Numbers and times in the words of a language.

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};

use crate::domain::time::{Moment, Window};
use crate::ui::text::Language;

/// A length as a clock: `m:ss`, or `h:mm:ss` from an hour on.
#[must_use]
pub fn clock(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A length in minutes and seconds with units: `5 分 19 秒`, `5 min 19 s`. Whole seconds, cut off.
#[must_use]
pub fn length(language: Language, ms: u64) -> String {
    let seconds = ms / 1_000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let (minute, second) = match language {
        Language::Zh => ("分", "秒"),
        Language::En => ("min", "s"),
    };
    match (minutes, rest) {
        (0, rest) => format!("{rest} {second}"),
        (minutes, 0) => format!("{minutes} {minute}"),
        _ => format!("{minutes} {minute} {rest} {second}"),
    }
}

/// Minutes with one decimal, cut off and never rounded up: a learner is not shown a minute
/// that she has not earned.
#[must_use]
pub fn minutes(ms: u64) -> String {
    let tenths = ms / 6_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// `part` of `whole` in thousandths, at most 1000.
#[must_use]
pub fn permille(part: u64, whole: u64) -> u64 {
    part.min(whole) * 1_000 / whole.max(1)
}

/// A number of bytes in the unit that fits.
#[must_use]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} KB", count / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", count / 1_000_000, count / 100_000 % 10),
        _ => format!("{}.{} GB", count / 1_000_000_000, count / 100_000_000 % 10),
    }
}

/// A moment as the clock on the wall shows it, so many minutes before UTC.
fn civil(moment: Moment, offset_minutes: i32) -> DateTime<Utc> {
    let local = moment.0.saturating_add(i64::from(offset_minutes) * 60_000);
    DateTime::from_timestamp_millis(local).unwrap_or_default()
}

/// A day as names of files have it: `2026-11-24`.
#[must_use]
pub fn day(moment: Moment, offset_minutes: i32) -> String {
    let day = civil(moment, offset_minutes);
    format!("{}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// Names of months in English.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A day: `2026年11月24日`, `24 Nov 2026`.
#[must_use]
pub fn date(language: Language, moment: Moment, offset_minutes: i32) -> String {
    let day = civil(moment, offset_minutes);
    let (year, month, date) = (day.year(), day.month(), day.day());
    match language {
        Language::Zh => format!("{year}年{month}月{date}日"),
        Language::En => {
            let month = MONTHS
                .get(day.month0() as usize)
                .copied()
                .unwrap_or_default();
            format!("{date} {month} {year}")
        }
    }
}

/// A day and a time: `2026年11月24日 19:30`, `24 Nov 2026, 19:30`.
#[must_use]
pub fn date_time(language: Language, moment: Moment, offset_minutes: i32) -> String {
    let at = civil(moment, offset_minutes);
    let day = date(language, moment, offset_minutes);
    let between = match language {
        Language::Zh => " ",
        Language::En => ", ",
    };
    format!("{day}{between}{:02}:{:02}", at.hour(), at.minute())
}

/// From one moment to another; the day is named once when both are in it, and whole days need no
/// clock.
#[must_use]
pub fn span(language: Language, window: Window, offset_minutes: i32) -> String {
    let (opens, closes) = (
        civil(window.opens, offset_minutes),
        civil(window.closes, offset_minutes),
    );
    let midnight = |at: &DateTime<Utc>| at.hour() == 0 && at.minute() == 0;
    let dash = match language {
        Language::Zh => "至",
        Language::En => " – ",
    };
    if midnight(&opens) && midnight(&closes) {
        // A window closes at the first moment after its last day.
        let last = Moment(window.closes.0 - 1);
        let (first, last) = (
            date(language, window.opens, offset_minutes),
            date(language, last, offset_minutes),
        );
        return if first == last {
            first
        } else {
            format!("{first}{dash}{last}")
        };
    }
    let from = date_time(language, window.opens, offset_minutes);
    if opens.date_naive() == closes.date_naive() {
        return format!("{from}–{:02}:{:02}", closes.hour(), closes.minute());
    }
    format!(
        "{from}{dash}{}",
        date_time(language, window.closes, offset_minutes)
    )
}

/// Whole days from `now` until `until`, begun ones counted; 0 when it is over.
#[must_use]
pub fn days_until(now: Moment, until: Moment) -> u64 {
    u64::try_from(until.since(now)).map_or(0, |left| left.div_ceil(86_400_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_those_of_the_time_zone() {
        let at = |text: &str| Moment::parse_rfc3339(text).unwrap();
        let late = at("2026-11-24T16:30:00Z");
        assert_eq!(date(Language::Zh, late, 480), "2026年11月25日");
        assert_eq!(date_time(Language::En, late, 480), "25 Nov 2026, 00:30");
        let window = |opens: &str, closes: &str| Window {
            opens: at(opens),
            closes: at(closes),
        };
        for (window, zh, en) in [
            (
                window("2026-11-24T16:00:00Z", "2026-11-26T16:00:00Z"),
                "2026年11月25日至2026年11月26日",
                "25 Nov 2026 – 26 Nov 2026",
            ),
            (
                window("2026-11-24T16:00:00Z", "2026-11-25T16:00:00Z"),
                "2026年11月25日",
                "25 Nov 2026",
            ),
            (
                window("2026-11-24T11:30:00Z", "2026-11-24T13:00:00Z"),
                "2026年11月24日 19:30–21:00",
                "24 Nov 2026, 19:30–21:00",
            ),
        ] {
            assert_eq!(span(Language::Zh, window, 480), zh);
            assert_eq!(span(Language::En, window, 480), en);
        }
        assert_eq!(days_until(late, Moment(late.0 + 1)), 1);
        assert_eq!(days_until(late, Moment(late.0 - 1)), 0);
    }

    #[test]
    fn lengths_are_cut_off_and_carry_units() {
        assert_eq!(clock(61_999), "1:01");
        assert_eq!(clock(3_600_000), "1:00:00");
        assert_eq!(length(Language::Zh, 319_999), "5 分 19 秒");
        assert_eq!(length(Language::En, 60_000), "1 min");
        assert_eq!(length(Language::Zh, 0), "0 秒");
        assert_eq!(minutes(59_999), "0.9");
        assert_eq!(minutes(1_600 * 60_000), "1600.0");
        assert_eq!(bytes(2_345_678), "2.3 MB");
        assert_eq!(bytes(10_737_400_000), "10.7 GB");
    }
}
