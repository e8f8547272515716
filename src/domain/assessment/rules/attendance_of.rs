//! `attendance_of`: for groups, attendance at sessions.

use super::{Earned, Judging, ShareOf};
use crate::domain::assessment::case::{Case, Source};
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::received::Presence;
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::progress::Progress;

/// Attendance at sessions: the group is there when a member is, or the average of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceOf {
    groups: Vec<Slug>,
    of_members: bool,
    share: ShareOf,
}

impl AttendanceOf {
    /// The part of a session that was attended: all, none, or the share of members.
    fn part(&self, case: &Case<'_>, session: &Slug) -> Fraction {
        let there = |member: &&&Progress| {
            let known = case.presence(member, session);
            known.is_some_and(|known| known.presence != Presence::Absent)
        };
        let count = case.members.iter().filter(there).count() as u64;
        if self.of_members {
            Fraction::whole(count).over(Fraction::whole(case.members.len() as u64))
        } else {
            Fraction::whole(u64::from(count > 0))
        }
    }
}

impl Judging for AttendanceOf {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            groups: at.slugs("groups")?,
            of_members: match at.text("of")? {
                "group" => false,
                "members" => true,
                _ => return None,
            },
            share: ShareOf::read(at)?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        self.groups.iter().all(|group| package.has_group(group))
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let sessions: Vec<_> = case.sessions(&self.groups).collect();
        let parts = sessions
            .iter()
            .map(|placed| self.part(case, &placed.step.id));
        let attended: Fraction = parts.sum();
        let all = sessions.len() as u64;
        let source = Source::Sessions { attended, all };
        self.share
            .earned(indicator, (attended, all), source, case.provisional)
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let missing = |step: &Slug| self.part(case, step) < Fraction::ONE;
        let open: Vec<_> = case
            .sessions(&self.groups)
            .filter(|placed| missing(&placed.step.id))
            .filter(|placed| {
                case.session_time(placed)
                    .is_none_or(|time| case.now < time.closes)
            })
            .collect();
        // What each session would bring if the whole group came, one after the other.
        let all: Vec<_> = case.sessions(&self.groups).collect();
        let parts = all.iter().map(|placed| self.part(case, &placed.step.id));
        let mut attended: Fraction = parts.sum();
        let mut reached = earned.points;
        let todo = |placed: &crate::domain::course::Placed<'_>| {
            attended = attended + (Fraction::ONE - self.part(case, &placed.step.id));
            let next = self.share.points(indicator, (attended, all.len() as u64));
            let gain = next - reached;
            reached = next;
            Todo {
                step: Some(placed.step.id.clone()),
                by: case.session_time(placed).map(|time| time.closes),
                ..Todo::of(
                    indicator,
                    Task::Attend,
                    gain,
                    1,
                    Task::Attend.minutes(placed, case),
                )
            }
        };
        open.iter().map(todo).collect()
    }

    const GROUPS_ONLY: bool = true;
}
