//! `ladder`: the tutor's choice of one rung.

use super::{Earned, GradeOf, Judging, items_of_marks, stages};
use crate::domain::assessment::case::{Case, NotCounted, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::RecordId;
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

    fn is_of(&self, package: &Assessment) -> bool {
        self.of.is_of(package)
    }

    /// The highest rung.
    fn own_sum(&self) -> Option<Points> {
        self.rungs.first().copied()
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut made: Vec<(&RecordId, Fraction)> = Vec::new();
        for (stage, share) in stages(case, indicator) {
            let stage = stage.map(|stage| stage.id.as_str());
            let mut marks = case.marks_of(indicator).rev();
            let found = marks.find_map(|mark| {
                let fits = self.of.takes(case, mark.step.as_ref()) && mark.stage.or(stage) == stage;
                let rung = self.rung(mark).filter(|_| fits)?;
                Some((mark.id, rung.times(share)))
            });
            made.extend(found);
        }
        let points: Fraction = made.iter().map(|(_, points)| *points).sum();
        let why = |mark: &Mark<'a>| match self.rung(mark) {
            None => NotCounted::NoRung,
            Some(_) => NotCounted::Again,
        };
        Earned {
            points: points.at_most(exact(indicator.points)),
            items: items_of_marks(case, indicator, &made, why),
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
