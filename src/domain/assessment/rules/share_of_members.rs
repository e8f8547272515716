//! `share_of_members`: for groups, the share of members who reached something.

use super::{Earned, Judging, ShareOf};
use crate::domain::assessment::case::{Case, Source, exact};
use crate::domain::assessment::judged::standing;
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::scheme::{Indicator, Scheme};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;

/// The share of members who reached a level of the learners' scheme (programme P1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareOfMembers {
    scheme: Slug,
    level: Option<Slug>,
    share: ShareOf,
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
            share: ShareOf::read(at)?,
        })
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut schemes = case.assessment.schemes.iter();
        // A scheme of groups cannot ask about groups: that would go round in circles.
        let found = schemes.find(|scheme| scheme.id == self.scheme && scheme.group.is_none());
        let all = case.members.len() as u64;
        let reached = found.map_or(0, |scheme| self.reached(case, scheme));
        let source = Source::Members { reached, all };
        let reached = Fraction::whole(reached);
        self.share.earned(indicator, (reached, all), source, false)
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let left = exact(indicator.points) - earned.points;
        vec![Todo {
            task: Task::Members,
            ..Todo::awaited(case, indicator, left)
        }]
    }

    const GROUPS_ONLY: bool = true;
}
