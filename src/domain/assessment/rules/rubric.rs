//! `rubric`: criteria, judged by one or more parties with weights.

use super::{Earned, Judging, items_of_marks, stages};
use crate::domain::assessment::case::{Case, NotCounted, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::{Indicator, Stage};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, Slug};
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

    /// What each judgement makes: its share of its party's average, by the weights of party and
    /// stage.
    fn made<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Vec<(&'a RecordId, Fraction)> {
        let mut made = Vec::new();
        for (stage, share) in stages(case, indicator) {
            let parties = self.parties(stage);
            let all: u64 = parties.iter().map(|(_, weight)| u64::from(*weight)).sum();
            for (party, weight) in parties {
                let marks = case
                    .marks_of(indicator)
                    .filter(|mark| Self::is_by(mark, stage, party));
                let given = marks.filter_map(|mark| Some((mark.id, self.worth(mark)?)));
                let given: Vec<_> = given.collect();
                let count = Fraction::whole(given.len() as u64);
                let weight = Fraction::new((*weight).into(), all.into());
                let each = Fraction::ONE.over(count).times(weight).times(share);
                made.extend(given.into_iter().map(|(id, worth)| (id, worth.times(each))));
            }
        }
        made
    }

    /// Whether every party has judged at every stage.
    fn is_complete(&self, case: &Case<'_>, indicator: &Indicator) -> bool {
        stages(case, indicator).into_iter().all(|(stage, _)| {
            let judged = |(party, _): &(Slug, u32)| {
                case.marks_of(indicator)
                    .any(|mark| Self::is_by(mark, stage, party))
            };
            self.parties(stage).iter().all(judged)
        })
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
        let made = self.made(case, indicator);
        let why = |mark: &Mark<'a>| match self.worth(mark) {
            None => NotCounted::NoRung,
            Some(_) => NotCounted::NoParty,
        };
        Earned {
            points: made.iter().map(|(_, points)| *points).sum(),
            items: items_of_marks(case, indicator, &made, why),
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
