//! Exact numbers for scores: quotients of whole numbers, reduced.
//!
//! Scores are sums of shares (minutes of a target, marks of what is possible, weights of judges),
//! which no decimal of fixed length holds. Nothing is rounded before it is shown, so a score of
//! exactly 60 passes and one of 59.9999 does not.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use crate::domain::points::Points;

/// An exact number: `over / under`, reduced, `under` positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    over: i128,
    under: i128,
}

/// Parts of one to which a number is rounded when its exact form outgrows 128 bits; schemes of
/// dozens of odd weights get nowhere near that.
const FINEST: i128 = 1_000_000_000_000;

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };
    /// One.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// `over / under`; nothing if `under` is 0.
    #[must_use]
    pub fn new(over: i128, under: i128) -> Self {
        if under == 0 {
            return Self::ZERO;
        }
        let common = common_divisor(over, under).max(1);
        let sign = if under < 0 { -1 } else { 1 };
        Self {
            over: over / common * sign,
            under: under / common * sign,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: u64) -> Self {
        Self {
            over: i128::from(number),
            under: 1,
        }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let over = self.over.checked_mul(other.over);
        let under = self.under.checked_mul(other.under);
        if let Some((over, under)) = over.zip(under) {
            return Self::new(over, under);
        }
        let (one, other) = (self.coarse(), other.coarse());
        let over = (one / 1_000_000).saturating_mul(other / 1_000_000);
        Self::new(over, FINEST)
    }

    /// The quotient; nothing if `other` is 0.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        self.times(Self::new(other.under, other.over))
    }

    /// No more than `most`.
    #[must_use]
    pub fn at_most(self, most: Self) -> Self {
        self.min(most)
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    /// The whole number that is not below it, from 0 to 4,294,967,295.
    #[must_use]
    pub fn up(self) -> u32 {
        let down = self.over.div_euclid(self.under);
        let up = down + i128::from(self.over.rem_euclid(self.under) != 0);
        u32::try_from(up.max(0)).unwrap_or(u32::MAX)
    }

    /// For display: thousandths, the rest cut off. Points that were not earned are never shown.
    #[must_use]
    pub fn to_points(self) -> Points {
        let thousandths = self.over.saturating_mul(1_000) / self.under;
        Points::from_thousandths(i64::try_from(thousandths).unwrap_or(i64::MAX))
    }

    /// For display: at most two decimals, the rest cut off.
    #[must_use]
    pub fn shown(self) -> Points {
        let hundredths = self.over.saturating_mul(100) / self.under;
        Points::from_thousandths(i64::try_from(hundredths * 10).unwrap_or(i64::MAX))
    }

    /// For display of what is lacking: at most two decimals, any rest up. What lacks anything is
    /// never shown as nothing.
    #[must_use]
    pub fn shown_up(self) -> Points {
        let over = self.over.saturating_mul(100);
        let up = over.div_euclid(self.under) + i128::from(over.rem_euclid(self.under) != 0);
        Points::from_thousandths(i64::try_from(up * 10).unwrap_or(i64::MAX))
    }

    /// For display: how many hundredths of `whole` it is, rounded down, 0 to 100.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> u32 {
        let share = self.over(whole);
        let percent = share.over.saturating_mul(100).div_euclid(share.under);
        u32::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }

    fn coarse(self) -> i128 {
        let whole = self.over / self.under;
        let rest = self.over % self.under;
        let part = match rest.checked_mul(FINEST) {
            Some(rest) => rest / self.under,
            None => rest / (self.under / FINEST).max(1),
        };
        whole.saturating_mul(FINEST).saturating_add(part)
    }
}

fn common_divisor(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.saturating_abs(), other.saturating_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl From<Points> for Fraction {
    fn from(points: Points) -> Self {
        Self::new(points.thousandths().into(), 1_000)
    }
}

impl Add for Fraction {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let exact = || {
            let one = self.over.checked_mul(other.under)?;
            let two = other.over.checked_mul(self.under)?;
            let under = self.under.checked_mul(other.under)?;
            Some(Self::new(one.checked_add(two)?, under))
        };
        exact().unwrap_or_else(|| Self::new(self.coarse().saturating_add(other.coarse()), FINEST))
    }
}

impl Sub for Fraction {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + Self {
            over: -other.over,
            under: other.under,
        }
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let one = self.over.checked_mul(other.under);
        let two = other.over.checked_mul(self.under);
        match one.zip(two) {
            Some((one, two)) => one.cmp(&two),
            None => self.coarse().cmp(&other.coarse()),
        }
    }
}

impl fmt::Display for Fraction {
    /// At most two decimals, the rest cut off; without zeros at the end.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown().fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_shown_cut_off_and_what_is_lacking_never_as_nothing() {
        for (over, under, shown) in [
            (135, 4, "33.75"),
            (1, 3, "0.33"),
            (2, 3, "0.66"),
            (1, 200, "0"),
            (-1, 3, "-0.33"),
            (60, 1, "60"),
            (5_999_999, 100_000, "59.99"),
            (899_996, 10_000, "89.99"),
            (1, 0, "0"),
        ] {
            assert_eq!(
                Fraction::new(over, under).to_string(),
                shown,
                "{over}/{under}"
            );
        }
        assert_eq!(
            Fraction::new(5_999_999, 100_000).percent_of(Fraction::whole(60)),
            99
        );
        assert!(Fraction::new(5_999_999, 100_000) < Fraction::whole(60));
        for (over, under, up) in [
            (1, 100_000, "0.01"),
            (1, 3, "0.34"),
            (5, 2, "2.5"),
            (0, 1, "0"),
        ] {
            assert_eq!(Fraction::new(over, under).shown_up().to_string(), up);
        }
    }

    #[test]
    fn what_outgrows_its_bits_is_rounded_and_does_not_overflow() {
        let odd = Fraction::new(i128::MAX - 1, i128::MAX - 2);
        let sum = odd + odd;
        assert_eq!(sum.to_string(), "2");
        assert_eq!(odd.times(odd).to_string(), "1");
        assert!(Fraction::new(i128::MIN, 3) < odd);
    }

    fn any_fraction() -> impl Strategy<Value = Fraction> {
        (-1_000_000i128..1_000_000, 1i128..1_000_000)
            .prop_map(|(over, under)| Fraction::new(over, under))
    }

    proptest! {
        #[test]
        fn sums_and_products_are_exact(a in any_fraction(), b in any_fraction(), c in any_fraction()) {
            prop_assert_eq!((a + b) + c, a + (b + c));
            prop_assert_eq!(a + b - b, a);
            prop_assert_eq!(a.times(b + c), a.times(b) + a.times(c));
            if !b.is_zero() {
                prop_assert_eq!(a.over(b).times(b), a);
            }
        }

        #[test]
        fn order_agrees_with_the_difference(a in any_fraction(), b in any_fraction()) {
            prop_assert_eq!(a < b, (b - a) > Fraction::ZERO);
        }
    }
}
