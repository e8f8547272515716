//! Numbers and times in the words of a language.

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

/// A number of bytes in the unit that fits.
#[must_use]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} KB", count / 1_000),
        _ => format!("{}.{} MB", count / 1_000_000, count / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
