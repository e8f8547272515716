//! `share_of_members`: for groups, the share of members who reached something.

use super::{Earned, Judging, Scoring};
use crate::domain::assessment::case::{Case, Item, Source, exact};
use crate::domain::assessment::judged::standing;
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::scheme::{Indicator, Scheme};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;

/// The share of members who reached a level of the learners' scheme (programme P1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareOfMembers {
    scheme: Slug,
    level: Option<Slug>,
    target_percent: u32,
    scoring: Scoring,
}

impl ShareOfMembers {
    fn reached(&self, case: &Case<'_>, scheme: &Scheme) -> u64 {
        let reached = |member: &&&crate::domain::progress::Progress| {
            let members = [**member];
            let own = Case::new(case.course, case.assessment, scheme, &members, case.now);
            let own = if case.provisional { own } else { own.certain() };
            let standing = standing(&own);
            match &self.level {
                None => standing.passed,
                Some(level) => {
                    let wanted = scheme.levels.iter().position(|each| each.id == *level);
                    standing.failed.is_none()
                        && wanted.is_some_and(|wanted| standing.level >= wanted)
                }
            }
        };
        case.members.iter().filter(reached).count() as u64
    }
}

impl Judging for ShareOfMembers {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            scheme: at.slug("scheme")?,
            level: at.optional("level", |at| Slug::parse(at.0.as_str()?))?,
            target_percent: target_percent(at)?,
            scoring: Scoring::read(at)?,
        })
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut schemes = case.assessment.schemes.iter();
        // A scheme of groups cannot ask about groups: that would go round in circles.
        let found = schemes.find(|scheme| scheme.id == self.scheme && scheme.group.is_none());
        let all = case.members.len() as u64;
        let reached = found.map_or(0, |scheme| self.reached(case, scheme));
        let share = Fraction::whole(reached).over(Fraction::whole(all));
        let target = Fraction::new(self.target_percent.into(), 100);
        let points = self
            .scoring
            .share(share, target)
            .times(exact(indicator.points));
        Earned {
            points,
            items: vec![Item {
                source: Source::Members { reached, all },
                at: None,
                points,
                provisional: false,
                not_counted: None,
            }],
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let left = exact(indicator.points) - earned.points;
        vec![Todo::awaited(case, indicator, left)]
    }

    const GROUPS_ONLY: bool = true;
}

/// The share that earns all points, in percent; 100 when absent.
pub fn target_percent(at: Fields<'_>) -> Option<u32> {
    let percent = at.optional("targetPercent", |at| u32::try_from(at.0.as_u64()?).ok())?;
    Some(percent.unwrap_or(100)).filter(|percent| (1..=100).contains(percent))
}
