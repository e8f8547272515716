//! How long to wait before something is tried again.

/// The first wait is at most so long, in milliseconds.
const FIRST_MS: u64 = 2_000;
/// No wait is longer than this, unless the backend asks for it.
const LONGEST_MS: u64 = 600_000;
/// What a backend may ask for at most: a day.
const MOST_ASKED_S: u64 = 86_400;

/// How long to wait after so many failures in a row, in milliseconds: exponential with full jitter,
/// so that a hundred computers that lost one server do not come back together; never less than the
/// backend asked for, in seconds. `random` is evenly spread over all its values.
#[must_use]
pub fn wait_ms(failures: u32, asked_s: Option<u64>, random: u32) -> u64 {
    let longest = FIRST_MS
        .saturating_mul(1 << failures.saturating_sub(1).min(20))
        .min(LONGEST_MS);
    let spread = longest * u64::from(random) / u64::from(u32::MAX);
    let asked = asked_s.unwrap_or(0).min(MOST_ASKED_S) * 1_000;
    asked + spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_are_spread_and_obey_the_backend() {
        for (failures, random, wait) in [
            (1, 0, 0),
            (1, u32::MAX, 2_000),
            (2, u32::MAX, 4_000),
            (9, u32::MAX, 512_000),
            (10, u32::MAX, 600_000),
            (u32::MAX, u32::MAX, 600_000),
            (3, u32::MAX / 2, 3_999),
        ] {
            assert_eq!(wait_ms(failures, None, random), wait, "{failures} {random}");
        }
        assert_eq!(wait_ms(1, Some(30), 0), 30_000);
        assert_eq!(wait_ms(1, Some(30), u32::MAX), 32_000);
        assert_eq!(wait_ms(1, Some(u64::MAX), 0), 86_400_000, "a day at most");
    }
}
