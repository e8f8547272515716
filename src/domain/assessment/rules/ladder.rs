//! `ladder`: the tutor's choice of one rung.

use super::{Earned, GradeOf, Judging, by_stage};
use crate::domain::assessment::case::{Case, Item, NotCounted, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::Indicator;
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::points::Points;

/// The tutor's choice of one rung: the latest grade that is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    of: GradeOf,
    rungs: Vec<Points>,
}

impl Ladder {
    fn rung(&self, mark: &Mark<'_>) -> Option<Fraction> {
        match mark.value {
            MarkValue::Points(points) if self.rungs.contains(&points) => Some(exact(points)),
            _ => None,
        }
    }
}

impl Judging for Ladder {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            of: GradeOf::read(at)?,
            rungs: at.list("rungs", |at| at.points("points"))?,
        })
    }

    /// The highest rung.
    fn own_sum(&self) -> Option<Points> {
        self.rungs.first().copied()
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut standing = Vec::new();
        let points = by_stage(case, indicator, |stage| {
            let stage = stage.map(|stage| stage.id.as_str());
            let mut marks = case.marks_of(indicator).rev();
            let found = marks.find(|mark| {
                let fits = self.of.takes(case, mark.step.as_ref()) && mark.stage.or(stage) == stage;
                fits && self.rung(mark).is_some()
            });
            standing.extend(found.map(|mark| mark.id));
            found
                .and_then(|mark| self.rung(mark))
                .unwrap_or(Fraction::ZERO)
        });
        let items = case.marks_of(indicator).map(|mark| {
            let rung = self.rung(mark);
            let stands = standing.contains(&mark.id);
            let points = rung.filter(|_| stands).unwrap_or(Fraction::ZERO);
            Item {
                not_counted: match rung {
                    None => Some(NotCounted::NoRung),
                    Some(_) if !stands => Some(NotCounted::Again),
                    Some(_) => None,
                },
                ..Item::of_mark(mark, points)
            }
        });
        Earned {
            points: points.at_most(exact(indicator.points)),
            items: items.collect(),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        if earned.items.iter().any(|item| item.not_counted.is_none()) {
            return Vec::new();
        }
        let steps = self.of.steps(case);
        vec![Todo::graded(
            case,
            indicator,
            &steps,
            exact(indicator.points),
        )]
    }
}
