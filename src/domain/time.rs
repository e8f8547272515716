//! Moments and lengths of time. Milliseconds everywhere inside; minutes only for display and schemes.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A moment on the device's clock: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// RFC 3339 in UTC with milliseconds and `Z`; a moment beyond year 9999 or before 0 is clamped.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        DateTime::<Utc>::from_timestamp_millis(self.0.clamp(EARLIEST_MS, LATEST_MS))
            .unwrap_or_default()
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// Reads RFC 3339 in any offset.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|at| Self(at.timestamp_millis()))
    }

    /// The first moment of a day in a zone whose days begin so many minutes before UTC's.
    #[must_use]
    pub fn of_day(day: NaiveDate, offset_minutes: i32) -> Self {
        let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        Self(midnight - i64::from(offset_minutes) * 60_000)
    }

    /// Reads what packages write: RFC 3339, or a day such as `2016-11-15`, of which the first
    /// moment is meant.
    #[must_use]
    pub fn parse_written(text: &str, offset_minutes: i32) -> Option<Written> {
        if let Some(moment) = Self::parse_rfc3339(text) {
            return Some(Written::Moment(moment));
        }
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        let day =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        Some(Written::Day(Self::of_day(day, offset_minutes)))
    }

    /// Milliseconds from `earlier` to this moment; negative when the clock was set back.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day or moment as packages write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A day, by its first moment.
    Day(Moment),
    /// A moment.
    Moment(Moment),
}

impl Written {
    /// When it begins.
    #[must_use]
    pub fn begins(self) -> Moment {
        match self {
            Self::Day(moment) | Self::Moment(moment) => moment,
        }
    }

    /// When it is over: a day with its last moment.
    #[must_use]
    pub fn ends(self) -> Moment {
        match self {
            Self::Day(Moment(begins)) => Moment(begins + 86_400_000),
            Self::Moment(moment) => moment,
        }
    }
}

const EARLIEST_MS: i64 = -62_167_219_200_000;
const LATEST_MS: i64 = 253_402_300_799_999;

/// A window of time, from `opens` (included) to `closes` (excluded).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First moment inside.
    pub opens: Moment,
    /// First moment after.
    pub closes: Moment,
}

impl Window {
    /// Whether `now` lies inside.
    #[must_use]
    pub fn contains(&self, now: Moment) -> bool {
        self.opens <= now && now < self.closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_back_and_clamp() {
        let moment = Moment(1_479_168_000_123);
        assert_eq!(moment.to_rfc3339(), "2016-11-15T00:00:00.123Z");
        assert_eq!(
            Moment::parse_rfc3339("2016-11-15T08:00:00.123+08:00"),
            Some(moment)
        );
        assert_eq!(Moment::parse_rfc3339("yesterday"), None);
        assert_eq!(Moment(i64::MAX).to_rfc3339(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Moment(i64::MIN).since(Moment(1)), i64::MIN);
    }
}
