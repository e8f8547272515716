//! When a learner is reminded to keep what they did in a second place.

use super::time::Moment;

const DAY_MS: i64 = 86_400_000;

/// Days that work may be on one device alone, where the browser promised to keep it.
const DAYS_KEPT: i64 = 3;

/// The same where it did not.
const DAYS_FLEETING: i64 = 1;

/// Whether it is time: so many records are on this device alone, the last time that none was lies
/// `since` back, and the browser promised to keep them, or did not.
#[must_use]
pub fn is_due(records: u64, since: Moment, now: Moment, kept: bool) -> bool {
    let days = if kept { DAYS_KEPT } else { DAYS_FLEETING };
    records > 0 && now.0 - since.0 >= days * DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_on_one_device_alone_is_reminded_of_after_days() {
        let at = |days: i64| Moment(days * DAY_MS);
        for (records, days, kept, due) in [
            (0, 100, false, false),
            (1, 0, false, false),
            (1, 1, false, true),
            (1, 1, true, false),
            (1, 2, true, false),
            (1, 3, true, true),
            // The clock was set back.
            (1, -5, false, false),
        ] {
            assert_eq!(
                is_due(records, at(10), at(10 + days), kept),
                due,
                "{records} {days} {kept}"
            );
        }
    }
}
