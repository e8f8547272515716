//! `pairing`: for groups, what is done with the partner group.

use super::{Earned, Judging, Scoring};
use crate::domain::assessment::case::{Case, NotCounted, exact};
use crate::domain::assessment::counted::Counted;
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::progress::Progress;

/// Exchange with the partner group, added up towards a target (hand-in-hand, programme P1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    what: Vec<Counted>,
    target: u32,
    scoring: Scoring,
}

impl Judging for Pairing {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        let partnership = at.slug("partnership")?;
        let what = at.list("what", |at| {
            let counted = Counted::read(at)?;
            Some(Counted {
                // Only what is shared with the partner group counts, named again or not.
                partnership: Some(counted.partnership.unwrap_or_else(|| partnership.clone())),
                ..counted
            })
        })?;
        Some(Self {
            what,
            target: at.count("target").filter(|target| *target > 0)?,
            scoring: Scoring::read(at)?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        self.what.iter().all(|what| what.is_of(package))
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let target = Fraction::whole(self.target.into());
        let points = exact(indicator.points);
        let of_kind = |what: &Counted| {
            let of_member = |one: &'a [&'a Progress]| {
                let mut things = what.things(&case.of(one));
                let mut steps: Vec<Slug> = Vec::new();
                for thing in things
                    .iter_mut()
                    .filter(|thing| thing.not_counted.is_none())
                {
                    let Some(step) = thing.step.filter(|_| what.what.once_a_step()) else {
                        continue;
                    };
                    if steps.contains(step) {
                        thing.not_counted = Some(NotCounted::Again);
                    }
                    steps.push(step.clone());
                }
                things
            };
            case.members
                .chunks(1)
                .flat_map(of_member)
                .collect::<Vec<_>>()
        };
        let things = self.what.iter().flat_map(of_kind);
        let mut left = self.target;
        let items: Vec<_> = things
            .map(|mut thing| {
                if thing.not_counted.is_none() && left == 0 {
                    thing.not_counted = Some(NotCounted::Full);
                }
                if thing.not_counted.is_some() {
                    return thing.into_item(Fraction::ZERO);
                }
                left -= 1;
                thing.into_item(points.over(target))
            })
            .collect();
        let done = Fraction::whole((self.target - left).into());
        Earned {
            points: self.scoring.share(done, target).times(points),
            items,
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let counted = earned
            .items
            .iter()
            .filter(|item| !item.points.is_zero())
            .count();
        let left = self
            .target
            .saturating_sub(u32::try_from(counted).unwrap_or(u32::MAX));
        let Some(what) = self.what.first().filter(|_| left > 0) else {
            return Vec::new();
        };
        let task = Task::of(what.what);
        let place = |step: &Slug| {
            case.course
                .step(step)
                .is_some_and(|placed| what.fits(case, placed.step))
        };
        let steps = case.course.steps().map(|placed| placed.step.id.clone());
        vec![Todo {
            step: steps.into_iter().find(place),
            by: Some(case.study.closes),
            ..Todo::of(
                indicator,
                task,
                exact(indicator.points) - earned.points,
                left,
                task.usual_minutes().saturating_mul(left),
            )
        }]
    }

    const GROUPS_ONLY: bool = true;
}
