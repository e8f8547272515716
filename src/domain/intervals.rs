//! Sets of half-open intervals on a line of milliseconds: what of a video was covered, and
//! when somebody was reading.

/// A union of half-open intervals `[from, to)`, sorted, disjoint and never touching.
///
/// The line is media time for video (xAPI Video Profile, played segments) and wall time
/// for reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intervals(Vec<(u64, u64)>);

impl Intervals {
    /// Nothing covered.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds `[from, to)`; an empty or inverted interval adds nothing.
    pub fn insert(&mut self, from: u64, to: u64) {
        if from >= to {
            return;
        }
        // Mostly what is new comes last.
        if self.0.last().is_none_or(|&(_, end)| end < from) {
            self.0.push((from, to));
            return;
        }
        let first = self.0.partition_point(|&(_, end)| end < from);
        let after = self.0.partition_point(|&(start, _)| start <= to);
        let merged = self.0[first..after]
            .iter()
            .fold((from, to), |whole, &(start, end)| {
                (whole.0.min(start), whole.1.max(end))
            });
        if let [only] = &mut self.0[first..after] {
            *only = merged;
        } else {
            self.0.splice(first..after, [merged]);
        }
    }

    /// Adds `segments`, cut from the end so that together they are at most `budget_ms` long.
    pub fn extend_within(&mut self, segments: &[(u64, u64)], budget_ms: u64) {
        let mut left = budget_ms;
        for &(from, to) in segments {
            let length = to.saturating_sub(from).min(left);
            self.insert(from, from + length);
            left -= length;
        }
    }

    /// Adds every interval of `other`.
    pub fn extend(&mut self, other: &[(u64, u64)]) {
        for &(from, to) in other {
            self.insert(from, to);
        }
    }

    /// Total length in milliseconds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().map(|&(from, to)| to - from).sum()
    }

    /// Length of what lies within `[from, to)`.
    #[must_use]
    pub fn total_within(&self, from: u64, to: u64) -> u64 {
        self.0
            .iter()
            .map(|&(start, end)| end.min(to).saturating_sub(start.max(from)))
            .sum()
    }

    /// Whether `at` is covered.
    #[must_use]
    pub fn contains(&self, at: u64) -> bool {
        let after = self.0.partition_point(|&(start, _)| start <= at);
        after > 0 && self.0[after - 1].1 > at
    }

    /// The intervals in order.
    #[must_use]
    pub fn as_slice(&self) -> &[(u64, u64)] {
        &self.0
    }
}

/// Cuts `segments` from the end so that together they are at most `budget_ms` long.
#[must_use]
pub fn cut(segments: &[(u64, u64)], budget_ms: u64) -> Vec<(u64, u64)> {
    let mut left = budget_ms;
    let mut kept = Vec::new();
    for &(from, to) in segments {
        let length = to.saturating_sub(from).min(left);
        if length > 0 {
            kept.push((from, from + length));
            left -= length;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn model(pairs: &[(u64, u64)]) -> Vec<bool> {
        let mut line = vec![false; 120];
        for &(from, to) in pairs {
            for at in from..to {
                line[usize::try_from(at).unwrap()] = true;
            }
        }
        line
    }

    proptest! {
        #[test]
        fn a_union_is_what_a_line_of_cells_says(pairs in proptest::collection::vec((0u64..100, 0u64..100), 0..30)) {
            let mut union = Intervals::new();
            union.extend(&pairs);
            let line = model(&pairs);
            prop_assert_eq!(union.total(), line.iter().filter(|cell| **cell).count() as u64);
            for (at, cell) in line.iter().enumerate() {
                prop_assert_eq!(union.contains(at as u64), *cell);
            }
            prop_assert!(union.as_slice().windows(2).all(|two| two[0].1 < two[1].0));
            prop_assert_eq!(
                union.total_within(20, 60),
                line[20..60].iter().filter(|cell| **cell).count() as u64
            );
        }

        #[test]
        fn order_does_not_matter(pairs in proptest::collection::vec((0u64..100, 0u64..100), 0..30)) {
            let (mut one, mut two) = (Intervals::new(), Intervals::new());
            one.extend(&pairs);
            two.extend(&pairs.iter().rev().copied().collect::<Vec<_>>());
            prop_assert_eq!(one, two);
        }

        #[test]
        fn a_cut_keeps_the_beginning_and_the_budget(pairs in proptest::collection::vec((0u64..100, 0u64..100), 0..10), budget in 0u64..300) {
            let kept = cut(&pairs, budget);
            let whole: u64 = pairs.iter().map(|(from, to)| to.saturating_sub(*from)).sum();
            let total: u64 = kept.iter().map(|(from, to)| to - from).sum();
            prop_assert_eq!(total, whole.min(budget));
        }
    }
}
