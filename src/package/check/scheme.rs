//! Schemes: sums, levels, stages, gates.

use std::collections::BTreeSet;

use super::names::set;
use super::{Report, Scope, calendar, counts, people, rules};
use crate::domain::points::Points;
use crate::package::problem::{Of, What};
use crate::package::v1::{
    Asked, Conversion, GateWhen, Indicator, Rule, Scheme, SchemeGate, Stage, Subject,
};

/// A scheme, and the ids inside it.
#[derive(Clone, Copy)]
pub(super) struct SchemeScope<'a> {
    pub(super) course: Scope<'a>,
    pub(super) scheme: &'a Scheme,
    pub(super) judges: &'a BTreeSet<&'a str>,
}

pub(super) fn check(scope: &Scope<'_>, at: &str, scheme: &Scheme, report: &mut Report) {
    let judges = set(scheme.judges.iter().map(|each| &each.id));
    let inner = SchemeScope {
        course: *scope,
        scheme,
        judges: &judges,
    };
    check_ids(at, scheme, report);
    if let Subject::Group { group } = &scheme.subject {
        let field = format!("{at}.subject.group");
        report.known(&field, group, &scope.names.group_kinds, Of::GroupKind);
    }
    people::check_who(scope, at, scheme.who.as_ref(), report);
    check_sum(at, scheme, report);
    check_levels(at, scheme, report);
    for (index, stage) in scheme.stages.iter().enumerate() {
        check_stage(&inner, &format!("{at}.stages[{index}]"), stage, report);
    }
    for (index, indicator) in scheme.indicators.iter().enumerate() {
        let at = format!("{at}.indicators[{index}]");
        check_indicator(&inner, &at, indicator, report);
    }
    for (index, gate) in scheme.gates.iter().enumerate() {
        check_gate(&inner, &format!("{at}.gates[{index}].when"), gate, report);
    }
}

fn check_ids(at: &str, scheme: &Scheme, report: &mut Report) {
    let list = |name| format!("{at}.{name}");
    report.unique_ids(
        &list("indicators"),
        scheme.indicators.iter().map(|each| &each.id),
    );
    report.unique_ids(&list("gates"), scheme.gates.iter().map(|each| &each.id));
    report.unique_ids(&list("levels"), scheme.levels.iter().map(|each| &each.id));
    report.unique_ids(&list("judges"), scheme.judges.iter().map(|each| &each.id));
    report.unique_ids(&list("stages"), scheme.stages.iter().map(|each| &each.id));
    let tasks = scheme
        .indicators
        .iter()
        .enumerate()
        .flat_map(|(i, indicator)| {
            let tasks = match &indicator.rule {
                Rule::TaskPoints(rule) => &*rule.tasks,
                _ => &[],
            };
            let field = move |t| format!("{at}.indicators[{i}].rule.tasks[{t}].id");
            let tasks = tasks.iter().enumerate();
            tasks.map(move |(t, task)| (field(t), task.id.get().as_str()))
        });
    report.unique_at(tasks);
}

fn check_sum(at: &str, scheme: &Scheme, report: &mut Report) {
    let counted = scheme
        .indicators
        .iter()
        .filter(|each| !matches!(each.rule, Rule::Bonus(_)));
    let sum: Points = counted.map(|each| each.points.points()).sum();
    let expected = scheme.full_marks.points();
    match &scheme.conversion {
        None if sum != expected => {
            report.wrong(&format!("{at}.fullMarks"), What::WrongSum { sum, expected });
        }
        Some(Conversion::PercentOf { total: Some(total) }) if total.points() > sum => {
            let field = format!("{at}.conversion.total");
            report.wrong(&field, What::MoreThan { limit: sum });
        }
        _ => {}
    }
}

fn check_levels(at: &str, scheme: &Scheme, report: &mut Report) {
    let limit = scheme.full_marks.points();
    for (index, level) in scheme.levels.iter().enumerate() {
        if level.from.points() > limit {
            let field = format!("{at}.levels[{index}].from");
            report.wrong(&field, What::MoreThan { limit });
        }
    }
    for (index, pair) in scheme.levels.windows(2).enumerate() {
        let at = format!("{at}.levels[{}]", index + 1);
        if pair[1].from <= pair[0].from {
            report.wrong(&format!("{at}.from"), What::NotAscending);
        }
        if pair[0].passes && !pair[1].passes {
            report.wrong(&format!("{at}.passes"), What::NoPass);
        }
    }
    if !scheme.levels.iter().any(|level| level.passes) {
        report.wrong(&format!("{at}.levels"), What::NoPass);
    }
}

fn check_stage(scope: &SchemeScope<'_>, at: &str, stage: &Stage, report: &mut Report) {
    if let Some(when) = &stage.when {
        calendar::check_stage(&scope.course, &format!("{at}.when"), when, report);
    }
    rules::check_judges(scope, &format!("{at}.judges"), &stage.judges, report);
}

fn check_indicator(scope: &SchemeScope<'_>, at: &str, indicator: &Indicator, report: &mut Report) {
    let stages = set(scope.scheme.stages.iter().map(|each| &each.id));
    let field = format!("{at}.stages");
    report.all_known(&field, &indicator.stages, &stages, Of::Stage);
    rules::check(scope, &format!("{at}.rule"), indicator, report);
}

fn check_gate(scope: &SchemeScope<'_>, at: &str, gate: &SchemeGate, report: &mut Report) {
    match &gate.when {
        GateWhen::IndicatorBelow { indicator, points } => {
            let mut all = scope.scheme.indicators.iter();
            match all.find(|each| each.id == *indicator) {
                Some(found) if points.points() > found.points.points() => {
                    let limit = found.points.points();
                    report.wrong(&format!("{at}.points"), What::MoreThan { limit });
                }
                Some(_) => {}
                None => {
                    let (id, of) = (indicator.get().to_string(), Of::Indicator);
                    report.wrong(&format!("{at}.indicator"), What::UnknownId { id, of });
                }
            }
        }
        GateWhen::AbsenceRatioAtLeast { groups, .. } => {
            rules::check_groups(scope, at, groups, report);
        }
        GateWhen::Missing { what, asked } => {
            counts::check_counted(scope, &format!("{at}.what"), what, report);
            if let Asked::Recurring { every } = asked {
                counts::check_every(scope, &format!("{at}.asked.every"), every, report);
            }
        }
    }
}
