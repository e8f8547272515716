//! Rules that count what was done.

use std::collections::BTreeSet;

use super::names::{group_of, set};
use super::rules::{check_groups, groups_only};
use super::scheme::SchemeScope;
use super::{Report, steps};
use crate::domain::points::Points;
use crate::package::problem::What;
use crate::package::v1::{
    CountRule, Counted, Every, Id, Module, Period, StepContent, StepKind, Times,
};

/// A whole number as points.
pub(super) fn whole(number: u64) -> Points {
    Points::from_thousandths(i64::try_from(number.saturating_mul(1000)).unwrap_or(i64::MAX))
}

pub(super) fn check_count(
    scope: &SchemeScope<'_>,
    at: &str,
    points: Points,
    rule: &CountRule,
    report: &mut Report,
) {
    check_counted(scope, &format!("{at}.what"), &rule.what, report);
    if let Some(every) = &rule.every {
        check_every(scope, &format!("{at}.every"), every, report);
        return;
    }
    let modules = &scope.course.course.modules;
    let of_all = |each: Times| u64::from(each.get()).saturating_mul(modules.len() as u64);
    let per_module = rule.most_per_module.map_or(u64::MAX, of_all);
    let most = rule
        .most
        .map_or(u64::MAX, |most| most.get().into())
        .min(per_module);
    let worth = |count: u64| {
        rule.points_each
            .points()
            .times(count.try_into().unwrap_or(u32::MAX))
    };
    if worth(most) < points {
        let reachable = worth(most);
        report.remark(at, What::Unreachable { reachable });
    } else if let Some(held) = held(modules, rule)
        && worth(held) < points
    {
        report.remark(
            &format!("{at}.what"),
            What::AboveContent { holds: whole(held) },
        );
    }
}

/// How many the course holds that can count, where a step can count once only.
fn held(modules: &[Module], rule: &CountRule) -> Option<u64> {
    let counts = counts_once(&rule.what)?;
    let cap = rule
        .most_per_module
        .map_or(u64::MAX, |cap| cap.get().into());
    let in_module = |module: &Module| {
        let steps = module.topics.iter().flat_map(|topic| topic.steps.iter());
        let count = steps.filter(|step| counts(&step.content)).count();
        (count as u64).min(cap)
    };
    Some(modules.iter().map(in_module).sum())
}

type Counts<'a> = Box<dyn Fn(&StepContent) -> bool + 'a>;

/// Which steps count, where each counts once; `None` where one step can count many times.
fn counts_once(what: &Counted) -> Option<Counts<'_>> {
    let (kind, groups) = match what {
        Counted::Submissions { groups } => (StepKind::Assignment, groups),
        Counted::Attendances { groups } => (StepKind::Activity, groups),
        Counted::Reflections { groups } => (StepKind::Reflection, groups),
        Counted::ExamsPassed { groups } => (StepKind::Exam, groups),
        Counted::Steps { kinds } => {
            return Some(Box::new(|step| {
                kinds.is_empty() || kinds.contains(&kind_of(step))
            }));
        }
        _ => return None,
    };
    let groups: BTreeSet<&str> = set(groups.iter());
    Some(Box::new(move |step| {
        let group = group_of(step).map(|id| id.get().as_str());
        let in_group = groups.is_empty() || group.is_some_and(|id| groups.contains(id));
        kind_of(step) == kind && in_group
    }))
}

fn kind_of(content: &StepContent) -> StepKind {
    match content {
        StepContent::Video(_) => StepKind::Video,
        StepContent::Reading(_) => StepKind::Reading,
        StepContent::Assignment(_) => StepKind::Assignment,
        StepContent::Discussion(_) => StepKind::Discussion,
        StepContent::Reflection(_) => StepKind::Reflection,
        StepContent::Exam(_) => StepKind::Exam,
        StepContent::Activity(_) => StepKind::Activity,
    }
}

pub(super) fn check_counted(
    scope: &SchemeScope<'_>,
    at: &str,
    what: &Counted,
    report: &mut Report,
) {
    let (groups, partnership): (&[Id], _) = match what {
        Counted::Posts {
            groups,
            partnership,
            ..
        } => (groups, partnership.as_ref()),
        Counted::Submissions { groups }
        | Counted::Reviews { groups, .. }
        | Counted::Attendances { groups }
        | Counted::Sessions { groups }
        | Counted::Reflections { groups }
        | Counted::ExamsPassed { groups } => (groups, None),
        Counted::Showcases { partnership } => (&[], partnership.as_ref()),
        Counted::Questions {}
        | Counted::Notes { .. }
        | Counted::Steps { .. }
        | Counted::Bulletins {} => (&[], None),
    };
    check_groups(scope, at, groups, report);
    steps::check_partnership(&scope.course, at, partnership, report);
    if matches!(what, Counted::Sessions { .. } | Counted::Bulletins {}) {
        groups_only(scope, at, report);
    }
}

pub(super) fn check_every(scope: &SchemeScope<'_>, at: &str, every: &Every, report: &mut Report) {
    if every.period == Period::Term && scope.course.course.calendar.terms.is_none() {
        report.wrong(&format!("{at}.period"), What::NeedsTerms);
    }
}
