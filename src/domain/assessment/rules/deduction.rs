//! `deduction`: starts full and loses points for what happens at sessions.

use super::{Earned, Judging};
use crate::domain::assessment::case::{Case, Item, Source, exact};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::Presence;
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;

/// Starts full and loses points, not below 0. A session about which no list says anything costs
/// nothing (programme P3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    groups: Vec<Slug>,
    minus: Vec<(Presence, Points)>,
}

impl Judging for Deduction {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            groups: at.slugs("groups")?,
            minus: at.list("minus", |at| {
                let event = match at.text("event")? {
                    "absence" => Presence::Absent,
                    "late" => Presence::Late,
                    "early_leave" => Presence::EarlyLeave,
                    _ => return None,
                };
                Some((event, at.points("points")?))
            })?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        self.groups.iter().all(|group| package.has_group(group))
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut items = Vec::new();
        for placed in case.sessions(&self.groups) {
            for member in case.members {
                let lists = case.presences(member);
                let said = lists
                    .into_iter()
                    .find(|(step, _, _)| *step == placed.step.id);
                let Some((step, presence, kept)) = said else {
                    continue;
                };
                let costs = self.minus.iter().find(|(event, _)| *event == presence);
                items.push(Item {
                    source: Source::Record {
                        id: &kept.id,
                        step: Some(step),
                        about: None,
                        stage: None,
                        presence: Some(presence),
                    },
                    at: Some(kept.at),
                    points: Fraction::ZERO
                        - costs.map_or(Fraction::ZERO, |(_, points)| exact(*points)),
                    provisional: !kept.verified,
                    not_counted: None,
                });
            }
        }
        let lost: Fraction = items.iter().map(|item| item.points).sum();
        let left = exact(indicator.points) + lost;
        Earned {
            points: left.max(Fraction::ZERO),
            items,
        }
    }

    fn todo(&self, _: &Case<'_>, _: &Indicator, _: &Earned<'_>) -> Vec<Todo> {
        Vec::new()
    }

    const ONLY_FALLS: bool = true;
}
