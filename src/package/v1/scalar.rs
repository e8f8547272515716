//! Numbers and lists with limits.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::domain::points::Points;

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Whole<MIN, MAX> {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<'de, const MIN: u32, const MAX: u32> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = u64::deserialize(from)?;
        match u32::try_from(value) {
            Ok(value) if (MIN..=MAX).contains(&value) => Ok(Self(value)),
            _ => Err(out_of_range(MIN.into(), MAX.into(), 1)),
        }
    }
}

/// An exact decimal with at most three places, from `MIN` to `MAX` thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Decimal<MIN, MAX> {
    /// As thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// As points.
    #[must_use]
    pub fn points(self) -> Points {
        Points::from_thousandths(self.0.into())
    }
}

impl<'de, const MIN: u32, const MAX: u32> Deserialize<'de> for Decimal<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match from.deserialize_f64(Thousandths)? {
            Some(value) if (u64::from(MIN)..=u64::from(MAX)).contains(&value) => {
                u32::try_from(value)
                    .map(Self)
                    .map_err(|_| out_of_range(MIN.into(), MAX.into(), THOUSAND))
            }
            Some(_) => Err(out_of_range(MIN.into(), MAX.into(), THOUSAND)),
            None => Err(D::Error::invalid_value(
                Unexpected::Other("decimal"),
                &"three places",
            )),
        }
    }
}

const THOUSAND: u64 = 1000;

/// Reads a JSON number as thousandths; `None` when it has more than three places.
struct Thousandths;

impl Visitor<'_> for Thousandths {
    type Value = Option<u64>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number")
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.saturating_mul(THOUSAND)))
    }

    /// A literal with at most three places is read as the double nearest to it, and so is the
    /// quotient of its thousandths by 1000: both are equal exactly when it has no more places.
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        let thousandths = (value * 1000.0).round();
        if thousandths >= 1e12 {
            return Ok(Some(u64::MAX));
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, at least 0 as the reader passes no negative number on, below 1e12"
        )]
        let whole = thousandths as u64;
        #[allow(clippy::float_cmp, reason = "equality of the same double is meant")]
        let exact = thousandths / 1000.0 == value;
        Ok(exact.then_some(whole))
    }
}

/// An error that tells the range; `unit` of it make 1.
fn out_of_range<E: Error>(min: u64, max: u64, unit: u64) -> E {
    let range = if unit == 1 {
        format!("{min}–{max}")
    } else {
        let shown = |value: u64| Points::from_thousandths(i64::try_from(value).unwrap_or(i64::MAX));
        format!("{}–{}", shown(min), shown(max))
    };
    E::invalid_value(Unexpected::Other("number"), &range.as_str())
}

/// A list of `MIN` to `MAX` items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many<T, const MIN: usize, const MAX: usize>(Vec<T>);

impl<T, const MIN: usize, const MAX: usize> Default for Many<T, MIN, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MIN: usize, const MAX: usize> std::ops::Deref for Many<T, MIN, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>, const MIN: usize, const MAX: usize> Deserialize<'de>
    for Many<T, MIN, MAX>
{
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let limits = (MIN, MAX);
        let items = PhantomData;
        from.deserialize_seq(ListOf { limits, items }).map(Self)
    }
}

struct ListOf<T> {
    limits: (usize, usize),
    items: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListOf<T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}–{}", self.limits.0, self.limits.1)
    }

    /// Goes on after an item that could not be read: the reader has written the problem down.
    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Vec<T>, A::Error> {
        let count = from.size_hint().unwrap_or(0);
        if !(self.limits.0..=self.limits.1).contains(&count) {
            return Err(A::Error::invalid_length(count, &self));
        }
        let mut items = Vec::new();
        for _ in 0..count {
            if let Ok(Some(item)) = from.next_element() {
                items.push(item);
            }
        }
        Ok(items)
    }
}
