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

    /// So many times these points; stops at the largest number there is instead of overflowing.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count as i64))
    }
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
