//! Rules of indicators.

use super::counts::{check_count, check_counted, whole};
use super::names::set;
use super::scheme::SchemeScope;
use super::{Report, Scope, steps};
use crate::domain::points::Points;
use crate::package::problem::{Of, What};
use crate::package::v1::{
    Criterion, ExamRule, GradeOf, Id, Indicator, LadderRule, MinutesRule, RubricRule, Rule,
    ShareOfMembersRule, StepContent, Subject, TaskPointsRule, WeightedJudge,
};

pub(super) fn check(scope: &SchemeScope<'_>, at: &str, indicator: &Indicator, report: &mut Report) {
    let points = indicator.points.points();
    match &indicator.rule {
        Rule::Minutes(rule) => check_minutes(&scope.course, at, rule, report),
        Rule::Count(rule) => check_count(scope, at, points, rule, report),
        Rule::Graded(rule) => check_grade(scope, at, &rule.of, report),
        Rule::Ladder(rule) => check_ladder(scope, at, points, rule, report),
        Rule::Deduction(rule) => {
            check_groups(scope, at, &rule.groups, report);
            let events = rule.minus.iter().enumerate();
            let repeated = |(index, _): &(usize, _)| {
                let event = rule.minus[*index].event;
                rule.minus[..*index]
                    .iter()
                    .any(|before| before.event == event)
            };
            for (index, _) in events.filter(repeated) {
                let field = format!("{at}.minus[{index}].event");
                report.wrong(&field, What::GivenTwice);
            }
        }
        Rule::Exam(rule) => check_exam(&scope.course, at, rule, report),
        Rule::Rubric(rule) | Rule::Bonus(rule) => {
            check_rubric(scope, at, indicator, rule, report);
        }
        Rule::TaskPoints(rule) => check_tasks(&scope.course, at, points, rule, report),
        Rule::ShareOfMembers(rule) => {
            groups_only(scope, at, report);
            check_share(&scope.course, at, rule, report);
        }
        Rule::AttendanceOf(rule) => {
            groups_only(scope, at, report);
            check_groups(scope, at, &rule.groups, report);
        }
        Rule::Pairing(rule) => {
            groups_only(scope, at, report);
            steps::check_partnership(&scope.course, at, Some(&rule.partnership), report);
            for (index, what) in rule.what.iter().enumerate() {
                check_counted(scope, &format!("{at}.what[{index}]"), what, report);
            }
        }
    }
}

/// The rule makes sense for groups only.
pub(super) fn groups_only(scope: &SchemeScope<'_>, at: &str, report: &mut Report) {
    if matches!(scope.scheme.subject, Subject::Learner {}) {
        report.wrong(&format!("{at}.kind"), What::GroupsOnly);
    }
}

fn check_minutes(scope: &Scope<'_>, at: &str, rule: &MinutesRule, report: &mut Report) {
    let at = format!("{at}.modules");
    let ids = rule
        .modules
        .iter()
        .map(|target| target.module.get().as_str());
    report.unique(&at, ".module", ids);
    for (index, target) in rule.modules.iter().enumerate() {
        let id = target.module.get().as_str();
        let Some(module) = scope.names.modules.get(id) else {
            let (id, of) = (id.to_owned(), Of::Module);
            report.wrong(&format!("{at}[{index}].module"), What::UnknownId { id, of });
            continue;
        };
        let holds = scope.names.module_ms(module) / 60_000;
        if u64::from(target.minutes.get()) > holds {
            let holds = whole(holds);
            report.remark(
                &format!("{at}[{index}].minutes"),
                What::AboveContent { holds },
            );
        }
    }
}

pub(super) fn check_groups(scope: &SchemeScope<'_>, at: &str, groups: &[Id], report: &mut Report) {
    let known = &scope.course.names.step_groups;
    report.all_known(&format!("{at}.groups"), groups, known, Of::StepGroup);
}

fn check_grade(scope: &SchemeScope<'_>, at: &str, of: &GradeOf, report: &mut Report) {
    match of {
        GradeOf::Overall {} => {}
        GradeOf::Step { step } => {
            check_step(&scope.course, &format!("{at}.of.step"), step, report);
        }
        GradeOf::Group { group } => {
            let known = &scope.course.names.step_groups;
            report.known(&format!("{at}.of.group"), group, known, Of::StepGroup);
        }
    }
}

fn check_step(scope: &Scope<'_>, field: &str, step: &Id, report: &mut Report) {
    let id = step.get().as_str();
    if !scope.names.steps.contains_key(id) {
        let (id, of) = (id.to_owned(), Of::Step);
        report.wrong(field, What::UnknownId { id, of });
    }
}

fn check_ladder(
    scope: &SchemeScope<'_>,
    at: &str,
    points: Points,
    rule: &LadderRule,
    report: &mut Report,
) {
    check_grade(scope, at, &rule.of, report);
    let rungs = rule.rungs.iter().map(|rung| rung.points.points());
    check_descending(&format!("{at}.rungs"), points, rungs, report);
}

/// The first is `top`, each other less than the one before it.
pub(super) fn check_descending(
    at: &str,
    top: Points,
    each: impl Iterator<Item = Points>,
    report: &mut Report,
) {
    let mut last = None;
    for (index, points) in each.enumerate() {
        let field = format!("{at}[{index}].points");
        match last {
            None if points != top => report.wrong(&field, What::MustBe { expected: top }),
            Some(last) if points >= last => report.wrong(&field, What::NotDescending),
            _ => {}
        }
        last = Some(points);
    }
}

fn check_exam(scope: &Scope<'_>, at: &str, rule: &ExamRule, report: &mut Report) {
    let Some(step) = &rule.step else {
        return;
    };
    let id = step.get().as_str();
    let found = scope.names.steps.get(id);
    if !found.is_some_and(|step| matches!(step.content, StepContent::Exam(_))) {
        let (id, of) = (id.to_owned(), Of::ExamStep);
        report.wrong(&format!("{at}.step"), What::UnknownId { id, of });
    }
}

fn check_rubric(
    scope: &SchemeScope<'_>,
    at: &str,
    indicator: &Indicator,
    rule: &RubricRule,
    report: &mut Report,
) {
    let criteria = format!("{at}.criteria");
    steps::check_criteria(&criteria, &rule.criteria, report);
    let sum: Points = rule
        .criteria
        .iter()
        .map(|each: &Criterion| each.points.points())
        .sum();
    let expected = indicator.points.points();
    if sum != expected {
        report.wrong(&criteria, What::WrongSum { sum, expected });
    }
    check_judges(scope, &format!("{at}.judges"), &rule.judges, report);
    let mut stages = scope
        .scheme
        .stages
        .iter()
        .filter(|stage| indicator.stages.is_empty() || indicator.stages.contains(&stage.id));
    let no_stage = scope.scheme.stages.is_empty();
    if rule.judges.is_empty() && (no_stage || stages.any(|stage| stage.judges.is_empty())) {
        report.wrong(&format!("{at}.judges"), What::NobodyJudges);
    }
}

pub(super) fn check_judges(
    scope: &SchemeScope<'_>,
    at: &str,
    judges: &[WeightedJudge],
    report: &mut Report,
) {
    let ids = judges.iter().map(|each| each.judge.get().as_str());
    report.unique(at, ".judge", ids);
    for (index, each) in judges.iter().enumerate() {
        let field = format!("{at}[{index}].judge");
        report.known(&field, &each.judge, scope.judges, Of::Judge);
    }
}

fn check_tasks(
    scope: &Scope<'_>,
    at: &str,
    expected: Points,
    rule: &TaskPointsRule,
    report: &mut Report,
) {
    let sum: Points = rule.tasks.iter().map(|task| task.points.points()).sum();
    if sum != expected {
        report.wrong(&format!("{at}.tasks"), What::WrongSum { sum, expected });
    }
    for (index, task) in rule.tasks.iter().enumerate() {
        if let Some(step) = &task.step {
            check_step(scope, &format!("{at}.tasks[{index}].step"), step, report);
        }
    }
}

fn check_share(scope: &Scope<'_>, at: &str, rule: &ShareOfMembersRule, report: &mut Report) {
    let id = rule.scheme.get().as_str();
    let Some(scheme) = scope
        .names
        .schemes
        .get(id)
        .filter(|_| scope.names.is_learner_scheme(id))
    else {
        let (id, of) = (id.to_owned(), Of::LearnerScheme);
        report.wrong(&format!("{at}.scheme"), What::UnknownId { id, of });
        return;
    };
    if let Some(level) = &rule.level {
        let levels = set(scheme.levels.iter().map(|each| &each.id));
        report.known(&format!("{at}.level"), level, &levels, Of::Level);
    }
}
