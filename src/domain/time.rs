//! Moments and lengths of time. Milliseconds everywhere inside; minutes only for display and schemes.

use chrono::{DateTime, SecondsFormat, Utc};
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

    /// Milliseconds from `earlier` to this moment; negative when the clock was set back.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
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
