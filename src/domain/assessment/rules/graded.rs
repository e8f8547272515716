//! `graded`: the tutor's grade, any number up to the points.

use super::{Earned, GradeOf, Judging, items_of_marks, stages};
use crate::domain::assessment::case::{Case, NotCounted, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::RecordId;
use crate::domain::points::Points;
use crate::domain::sorted::{Sorted, in_order};

/// The tutor's grade: of the whole, or of what was submitted, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    of: GradeOf,
    each: Option<Points>,
    per_module: Option<u32>,
}

impl Graded {
    /// The points of one grade, no more than it can bring.
    fn worth(&self, indicator: &Indicator, mark: &Mark<'_>) -> Option<Fraction> {
        let most = exact(self.each.unwrap_or(indicator.points));
        Some(match &mark.value {
            MarkValue::Points(points) => exact(*points).at_most(most),
            MarkValue::Percent(percent) => exact(*percent).times(most).over(Fraction::whole(100)),
            MarkValue::Criteria(_) => return None,
        })
    }

    /// The grades of one stage that count, the latest of each step, with their points.
    fn counted<'c, 'a>(
        &self,
        case: &'c Case<'a>,
        indicator: &'c Indicator,
        stage: Option<&str>,
    ) -> Vec<(&'c Mark<'a>, Fraction)> {
        let mut latest: Sorted<&str, (&Mark<'a>, Fraction)> = Sorted::default();
        for mark in case.marks_of(indicator) {
            let fits = self.of.takes(case, mark.step.as_ref());
            if fits
                && mark.stage.or(stage) == stage
                && let Some(worth) = self.worth(indicator, mark)
            {
                // In order of time: the latest takes the place of those before.
                latest.insert(
                    mark.step.as_ref().map_or("", |step| step.as_str()),
                    (mark, worth),
                );
            }
        }
        // Of what is graded step by step, a grade for the whole adds nothing.
        let several = self.of != GradeOf::Overall && latest.len() > 1;
        if several {
            latest.remove("");
        }
        let mut all: Vec<_> = latest.into_values().collect();
        if self.of == GradeOf::Overall && all.len() > 1 {
            let newest = all.iter().map(|(mark, _)| (mark.at, mark.id)).max();
            all.retain(|(mark, _)| Some((mark.at, mark.id)) == newest);
        }
        self.best_of_modules(case, all)
    }

    fn best_of_modules<'c, 'a>(
        &self,
        case: &Case<'a>,
        all: Vec<(&'c Mark<'a>, Fraction)>,
    ) -> Vec<(&'c Mark<'a>, Fraction)> {
        let Some(most) = self.per_module else {
            return all;
        };
        // The best first; of equals the earlier.
        let mut all = in_order(all, |(_, worth)| -worth.to_points().thousandths());
        let mut modules: Sorted<Option<usize>, u32> = Sorted::default();
        all.retain(|(mark, _)| {
            let module = mark.step.as_ref().and_then(|step| case.module_of(step));
            let count = modules.entry(module);
            *count += 1;
            *count <= most
        });
        all
    }
}

impl Judging for Graded {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            of: GradeOf::read(at)?,
            each: at.optional("pointsEach", |at| Points::read(at.0))?,
            per_module: at.optional("mostPerModule", |at| u32::try_from(at.0.as_u64()?).ok())?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        self.of.is_of(package)
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let most = exact(indicator.points);
        let mut made: Vec<(&RecordId, Fraction)> = Vec::new();
        let mut points = Fraction::ZERO;
        for (stage, share) in stages(case, indicator) {
            let stage = stage.map(|stage| stage.id.as_str());
            let mut left = most;
            for (mark, worth) in self.counted(case, indicator, stage) {
                let worth = worth.at_most(left);
                left = left - worth;
                made.push((mark.id, worth.times(share)));
            }
            points = points + (most - left).times(share);
        }
        let why = |mark: &Mark<'a>| match self.worth(indicator, mark) {
            None => NotCounted::NoRung,
            Some(_) => NotCounted::Again,
        };
        Earned {
            points,
            items: items_of_marks(case, indicator, &made, why),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let left = exact(indicator.points) - earned.points;
        let steps = self.of.steps(case);
        let graded = |step: &crate::domain::ids::Slug| {
            case.marks_of(indicator)
                .any(|mark| mark.step.as_ref() == Some(step))
        };
        let open: Vec<_> = steps.iter().copied().filter(|step| !graded(step)).collect();
        let counted = earned.items.iter().any(|item| item.not_counted.is_none());
        if self.each.is_some() && self.per_module.is_some() {
            return self.each_module(case, indicator, &open, left);
        }
        if left.is_zero() || (counted && self.each.is_none()) {
            return Vec::new();
        }
        vec![Todo::graded(case, indicator, &open, left)]
    }
}

impl Graded {
    fn each_module(
        &self,
        case: &Case<'_>,
        indicator: &Indicator,
        open: &[&crate::domain::ids::Slug],
        mut left: Fraction,
    ) -> Vec<Todo> {
        let each = exact(self.each.unwrap_or(indicator.points));
        let mut todos = Vec::new();
        for step in open {
            let gain = each.at_most(left);
            if gain.is_zero() {
                break;
            }
            left = left - gain;
            todos.push(Todo::graded(case, indicator, &[*step], gain));
        }
        todos
    }
}
