//! Points and other exact decimals with at most three places.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An exact decimal, kept as a whole number of thousandths: 0.5 is 500.
///
/// Schemes award points with at most three decimal places; no floating point takes part in
/// adding them up.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Points(i64);

impl Points {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many thousandths.
    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// As thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// A JSON number with at most three decimals, not below 0.
    #[must_use]
    pub fn read(value: &serde_json::Value) -> Option<Self> {
        let thousandths = whole_thousandths(value.as_f64()?)?;
        i64::try_from(thousandths).ok().map(Self)
    }

    /// So many times these points; stops at the largest number there is instead of overflowing.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count as i64))
    }
}

/// `12.5` as 12500: a decimal with at most three places.
#[must_use]
pub fn thousandths(written: &str) -> Option<u64> {
    let (whole, rest) = written.split_once('.').unwrap_or((written, ""));
    let digits = |part: &str| part.bytes().all(|each| each.is_ascii_digit());
    if whole.is_empty() || rest.len() > 3 || !digits(whole) || !digits(rest) {
        return None;
    }
    format!("{whole}{rest:0<3}").parse().ok()
}

/// `12.5` as 12500; `None` when there are more than three places. Printing the number to count its
/// places would bring 16 KB of tables into the app.
#[must_use]
pub fn whole_thousandths(number: f64) -> Option<u64> {
    let thousandths = number * 1_000.0;
    let whole = thousandths.round();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole and between 0 and 1e12"
    )]
    let exact = ((0.0..1e12).contains(&whole) && (thousandths - whole).abs() < 1e-6)
        .then_some(whole as u64);
    exact
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.fold(0, |sum, each| sum.saturating_add(each.0)))
    }
}

impl fmt::Display for Points {
    /// The shortest decimal: `12`, `0.5`, `-1.25`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(out, "{sign}{whole}");
        }
        let places = format!("{rest:03}");
        write!(out, "{sign}{whole}.{}", places.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_decimal_has_three_places_at_most() {
        for (written, value) in [
            ("12.5", Some(12_500)),
            ("12", Some(12_000)),
            ("0.001", Some(1)),
            ("", None),
            (".5", None),
            ("1.2345", None),
            ("a", None),
            ("1.a", None),
            ("-1", None),
        ] {
            assert_eq!(thousandths(written), value, "{written}");
        }
    }

    #[test]
    fn points_show_no_needless_places_and_never_overflow() {
        for (thousandths, shown) in [
            (0, "0"),
            (500, "0.5"),
            (33_750, "33.75"),
            (-1_001, "-1.001"),
            (40_000, "40"),
        ] {
            assert_eq!(Points::from_thousandths(thousandths).to_string(), shown);
        }
        let huge = Points::from_thousandths(i64::MAX);
        assert_eq!(huge.times(u32::MAX), huge);
        assert_eq!([huge, huge].into_iter().sum::<Points>(), huge);
    }
}
