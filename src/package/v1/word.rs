//! Short texts with a form of their own: ids, dates, offsets, ratios, digests.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::time::{Moment, Window};
use crate::package::problem::Form;

/// The form of a language tag.
#[cfg(not(target_arch = "wasm32"))]
pub const LANGUAGE_PATTERN: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

/// Defines a newtype that is read from a string by a function; the pattern is for the schema.
macro_rules! word {
    ($(#[doc = $doc:literal])* $name:ident($inner:ty), $form:expr, $pattern:expr, $read:expr) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name($inner);

        impl $name {
            /// What was read.
            #[must_use]
            pub fn get(&self) -> &$inner {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <&str>::deserialize(from)?;
                let read: fn(&str) -> Option<$inner> = $read;
                read(text).map(Self).ok_or_else(|| {
                    D::Error::invalid_value(Unexpected::Str(text), &$form.name())
                })
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                crate::package::schema::word($pattern, concat!($($doc),*))
            }
        }
    };
}

word!(
    /// An id inside the package: 1 to 64 of `a`–`z`, `0`–`9` and `-`, beginning with a letter or
    /// a digit.
    Id(Slug),
    Form::Id,
    "^[a-z0-9][a-z0-9-]{0,63}$",
    Slug::parse
);
word!(
    /// An absolute IRI, such as `tag:example.org,2026:course/growth` or an https address.
    Iri(String),
    Form::Iri,
    r#"^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$"#,
    |text| is_iri(text).then(|| text.to_owned())
);
word!(
    /// The course's version as its author writes it: 1 to 40 printable ASCII characters without
    /// spaces.
    Version(String),
    Form::Version,
    "^[!-~]{1,40}$",
    |text| is_token(text, 40).then(|| text.to_owned())
);
word!(
    /// A language tag (BCP 47), such as `zh-CN` or `en`.
    LanguageTag(String),
    Form::Language,
    LANGUAGE_PATTERN,
    |text| is_language(text).then(|| text.to_owned())
);
word!(
    /// An offset from UTC, such as `+08:00`.
    UtcOffset(i32),
    Form::Offset,
    "^[+-](0[0-9]|1[0-4]):[0-5][0-9]$",
    parse_offset
);
word!(
    /// A date, such as `2016-11-15`, in the time zone of the calendar; or a moment with its
    /// offset, such as `2016-11-15T19:30:00+08:00`. A window that closes on a date closes at the
    /// end of that day.
    When(Instant),
    Form::Date,
    r"^(19[7-9][0-9]|2[01][0-9]{2})-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
    parse_when
);
word!(
    /// A time of the day in the time zone of the calendar, such as `19:30`; as minutes since
    /// midnight.
    ClockTime(u32),
    Form::ClockTime,
    "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    parse_clock
);
word!(
    /// An exact fraction above 0 and up to 1, such as `1/3`; both numbers at most 1000.
    Ratio((u32, u32)),
    Form::Ratio,
    "^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$",
    parse_ratio
);
word!(
    /// A SHA-256 digest: 64 lower-case hexadecimal digits.
    Digest(Hash),
    Form::Digest,
    "^[0-9a-f]{64}$",
    Hash::parse
);
word!(
    /// A MIME type of video, optionally with codecs: `video/mp4; codecs="avc1.42E01E, mp4a.40.2"`.
    VideoType(String),
    Form::VideoType,
    "^video/(mp4|webm)(;.*)?$",
    |text| is_video_type(text).then(|| text.to_owned())
);

/// What a [`When`] means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instant {
    /// A day, by its first moment as if it were in UTC.
    Day(Moment),
    /// A moment.
    Moment(Moment),
}

const DAY_MS: i64 = 86_400_000;

/// The window from `opens` to `closes`, in a time zone so many minutes ahead of UTC.
#[must_use]
pub fn window(opens: &When, closes: &When, offset_minutes: i32) -> Window {
    let utc = |day: Moment| Moment(day.0 - i64::from(offset_minutes) * 60_000);
    Window {
        opens: match opens.0 {
            Instant::Day(day) => utc(day),
            Instant::Moment(moment) => moment,
        },
        closes: match closes.0 {
            Instant::Day(day) => utc(Moment(day.0 + DAY_MS)),
            Instant::Moment(moment) => moment,
        },
    }
}

fn is_token(text: &str, longest: usize) -> bool {
    !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_ok = scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte)
        });
    let refused =
        |each: char| each.is_control() || each.is_whitespace() || "<>\"{}|\\^`".contains(each);
    scheme_ok && !rest.is_empty() && text.len() <= 200 && !text.contains(refused)
}

/// Whether this is a language tag of the simple form that courses use.
#[must_use]
pub fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    let first_ok = subtags.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let rest_ok = subtags.all(|subtag| {
        (2..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    first_ok && rest_ok && text.len() <= 35
}

fn parse_offset(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let minutes = i32::try_from(parse_clock(text.get(1..)?)?).ok()?;
    (minutes <= 14 * 60).then_some(sign * minutes)
}

fn parse_clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |digits: &str| (digits.len() == 2).then(|| parse_digits(digits)).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn parse_digits(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn parse_ratio(text: &str) -> Option<(u32, u32)> {
    let (part, whole) = text.split_once('/')?;
    let (part, whole) = (parse_digits(part)?, parse_digits(whole)?);
    (1 <= part && part <= whole && whole <= 1000).then_some((part, whole))
}

fn parse_when(text: &str) -> Option<Instant> {
    let year = parse_digits(text.get(..4)?)?;
    if !(1970..2200).contains(&year) {
        return None;
    }
    if text.len() == 10 {
        let midnight = format!("{text}T00:00:00Z");
        return Moment::parse_rfc3339(&midnight).map(Instant::Day);
    }
    Moment::parse_rfc3339(text).map(Instant::Moment)
}

fn is_video_type(text: &str) -> bool {
    let kind = text.split(';').next().unwrap_or(text);
    let printable = text
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic());
    matches!(kind, "video/mp4" | "video/webm") && printable && text.len() <= 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_in_one_form_only() {
        assert_eq!(parse_offset("+08:00"), Some(480));
        assert_eq!(parse_offset("-03:30"), Some(-210));
        assert_eq!(parse_ratio("1/3"), Some((1, 3)));
        assert_eq!(parse_clock("19:30"), Some(1170));
        for bad in ["", "8", "+8:00", "08:00", "+15:00", "+08:60", "+\u{e9}8:00"] {
            assert_eq!(parse_offset(bad), None, "{bad}");
        }
        for bad in [
            "", "1", "0/3", "4/3", "1/0", "1/1001", "-1/3", "+1/3", "1/3/3", "0.5",
        ] {
            assert_eq!(parse_ratio(bad), None, "{bad}");
        }
        for bad in ["", "tag", "a b:c", "javascript:<x>", "A:b", ":x", "x:"] {
            assert!(!is_iri(bad), "{bad}");
        }
        for bad in ["", "z", "zh_CN", "ZH", "zh-", "en-a", "english"] {
            assert!(!is_language(bad), "{bad}");
        }
        for bad in [
            "2016-02-30",
            "2016-1-1",
            "20161115",
            "0000-01-01",
            "9999-01-01",
            "\u{e9}\u{e9}\u{e9}",
        ] {
            assert_eq!(parse_when(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_window_of_days_ends_with_its_last_day() {
        let day = |text| When(parse_when(text).unwrap());
        let window = window(&day("2016-11-10"), &day("2016-11-13"), 480);
        assert_eq!(window.opens.to_rfc3339(), "2016-11-09T16:00:00.000Z");
        assert_eq!(window.closes.to_rfc3339(), "2016-11-13T16:00:00.000Z");
    }
}
