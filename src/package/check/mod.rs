//! What the types of the format can't say: ids, references, sums, orders, files.

mod calendar;
mod counts;
mod exam;
mod files;
mod names;
mod people;
mod report;
mod rules;
mod scheme;
mod steps;

pub(super) use report::Report;

use super::problem::Of;
use super::read::Mention;
use super::v1::{CourseFile, Module};
use names::Names;

/// Checks a course that has the right types.
pub(super) fn check(course: &CourseFile, mentions: &[Mention]) -> Report {
    let mut report = Report::default();
    let names = Names::of(course);
    let scope = Scope {
        course,
        names: &names,
        offset_minutes: *course.calendar.utc_offset.get(),
    };
    unique_ids(course, &mut report);
    calendar::check(&scope, &mut report);
    people::check(&scope, &mut report);
    for (index, module) in course.modules.iter().enumerate() {
        check_module(&scope, &format!("modules[{index}]"), module, &mut report);
    }
    for (index, each) in course.schemes.iter().enumerate() {
        scheme::check(&scope, &format!("schemes[{index}]"), each, &mut report);
    }
    files::check(course, mentions, &mut report);
    report
}

/// What every check may look at.
#[derive(Clone, Copy)]
struct Scope<'a> {
    course: &'a CourseFile,
    names: &'a Names<'a>,
    offset_minutes: i32,
}

fn unique_ids(course: &CourseFile, report: &mut Report) {
    let languages = course.languages.iter().map(|each| each.get().as_str());
    report.unique("languages", "", languages);
    report.unique_ids("modules", course.modules.iter().map(|each| &each.id));
    report.unique_ids("stepGroups", course.step_groups.iter().map(|each| &each.id));
    report.unique_ids("schemes", course.schemes.iter().map(|each| &each.id));
    let topics = course.modules.iter().enumerate().flat_map(|(m, module)| {
        let at = move |t| format!("modules[{m}].topics[{t}].id");
        let topics = module.topics.iter().enumerate();
        topics.map(move |(t, topic)| (at(t), topic.id.get().as_str()))
    });
    report.unique_at(topics);
    let steps = course.modules.iter().enumerate().flat_map(|(m, module)| {
        let topics = module.topics.iter().enumerate();
        topics.flat_map(move |(t, topic)| {
            let at = move |s| format!("modules[{m}].topics[{t}].steps[{s}].id");
            let steps = topic.steps.iter().enumerate();
            steps.map(move |(s, step)| (at(s), step.id.get().as_str()))
        })
    });
    report.unique_at(steps);
}

fn check_module(scope: &Scope<'_>, at: &str, module: &Module, report: &mut Report) {
    if let Some(open) = &module.open {
        calendar::check_window(scope, &format!("{at}.open"), open, report);
    }
    if let Some(earned) = &module.credit_hours {
        let field = format!("{at}.creditHours.category");
        report.known(
            &field,
            &earned.category,
            &scope.names.hours,
            Of::HoursCategory,
        );
    }
    for (t, topic) in module.topics.iter().enumerate() {
        for (s, step) in topic.steps.iter().enumerate() {
            let at = format!("{at}.topics[{t}].steps[{s}]");
            let previous = s.checked_sub(1).and_then(|before| topic.steps.get(before));
            steps::check_gate(scope, &at, &step.gate, previous, report);
            steps::check(scope, &format!("{at}.content"), &step.content, report);
        }
    }
}
