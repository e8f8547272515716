//! `rubric`: criteria, judged by one or more parties with weights.

use super::{Earned, Judging, by_stage};
use crate::domain::assessment::case::{Case, Item, NotCounted, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::{Indicator, Stage};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;

/// Criteria, judged by one or more parties. Several persons of one party are averaged; a party
/// that has not judged yet adds nothing, so the points only grow as judgements come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Criteria and their points, which add up to the indicator's.
    pub(super) criteria: Vec<(Slug, Points)>,
    /// Parties and their weights; those of the stage when empty.
    judges: Vec<(Slug, u32)>,
}

/// A judge and its weight, as packages write them.
pub fn weighted(at: Fields<'_>) -> Option<(Slug, u32)> {
    Some((
        at.slug("judge")?,
        at.count("weight").filter(|weight| *weight > 0)?,
    ))
}

impl Rubric {
    /// The points of one judgement; no criterion brings more than it has.
    fn worth(&self, mark: &Mark<'_>) -> Option<Fraction> {
        let MarkValue::Criteria(given) = &mark.value else {
            return None;
        };
        let of = |(id, most): &(Slug, Points)| {
            let found = given.iter().find(|(known, _)| *known == id.as_str());
            found.map_or(Fraction::ZERO, |(_, points)| {
                exact(*points).at_most(exact(*most))
            })
        };
        Some(self.criteria.iter().map(of).sum())
    }

    fn parties<'r>(&'r self, stage: Option<&'r Stage>) -> &'r [(Slug, u32)] {
        match stage {
            Some(stage) if self.judges.is_empty() => &stage.judges,
            _ => &self.judges,
        }
    }

    /// Whether a judgement is of this stage and party.
    fn is_by(mark: &Mark<'_>, stage: Option<&Stage>, party: &Slug) -> bool {
        let stage = stage.map(|stage| stage.id.as_str());
        mark.judge == Some(party.as_str()) && mark.stage.or(stage) == stage
    }

    fn at_stage(&self, case: &Case<'_>, indicator: &Indicator, stage: Option<&Stage>) -> Fraction {
        let parties = self.parties(stage);
        let all: u64 = parties.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let of_party = |(party, weight): &(Slug, u32)| {
            let marks = case
                .marks_of(indicator)
                .filter(|mark| Self::is_by(mark, stage, party));
            let given: Vec<Fraction> = marks.filter_map(|mark| self.worth(mark)).collect();
            let count = Fraction::whole(given.len() as u64);
            let average = given.into_iter().sum::<Fraction>().over(count);
            average.times(Fraction::new((*weight).into(), all.into()))
        };
        parties.iter().map(of_party).sum()
    }

    /// Whether every party has judged at every stage.
    fn is_complete(&self, case: &Case<'_>, indicator: &Indicator) -> bool {
        let mut complete = true;
        by_stage(case, indicator, |stage| {
            let judged = |(party, _): &(Slug, u32)| {
                case.marks_of(indicator)
                    .any(|mark| Self::is_by(mark, stage, party))
            };
            complete &= self.parties(stage).iter().all(judged);
            Fraction::ZERO
        });
        complete
    }
}

impl Judging for Rubric {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            criteria: at.list("criteria", |at| {
                Some((at.slug("id")?, at.points("points")?))
            })?,
            judges: at.list_or_none("judges", weighted)?,
        })
    }

    fn own_sum(&self) -> Option<Points> {
        Some(self.criteria.iter().map(|(_, points)| *points).sum())
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let points = by_stage(case, indicator, |stage| {
            self.at_stage(case, indicator, stage)
        });
        let items = case.marks_of(indicator).map(|mark| {
            let worth = self.worth(mark);
            Item {
                not_counted: worth.is_none().then_some(NotCounted::NoRung),
                ..Item::of_mark(mark, worth.unwrap_or(Fraction::ZERO))
            }
        });
        Earned {
            points,
            items: items.collect(),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        if self.is_complete(case, indicator) {
            return Vec::new();
        }
        let left = exact(indicator.points) - earned.points;
        vec![Todo::awaited(case, indicator, left)]
    }
}
