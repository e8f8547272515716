//! Steps.

use super::names::{group_of, length_ms};
use super::{Report, Scope, calendar, exam};
use crate::package::problem::{Of, What};
use crate::package::v1::{
    Activity, Assignment, Criterion, Discussion, Gate, Id, Step, StepContent, SubmissionVisibility,
    Video, Window,
};

pub(super) fn check_gate(
    scope: &Scope<'_>,
    at: &str,
    gate: &Gate,
    previous: Option<&Step>,
    report: &mut Report,
) {
    let at = format!("{at}.gate");
    match (gate, previous) {
        (Gate::Free {}, _) | (Gate::AfterPrevious {}, Some(_)) => {}
        (_, None) => report.remark(&at, What::FirstStepGated),
        (Gate::AfterMinutes { minutes }, Some(previous)) => {
            let ms = scope.names.step_ms(&previous.content);
            let holds = u32::try_from(ms / 60_000).unwrap_or(u32::MAX);
            if minutes.get() > holds {
                let minutes = holds;
                report.wrong(&format!("{at}.minutes"), What::NeverOpens { minutes });
            }
        }
    }
}

pub(super) fn check(scope: &Scope<'_>, at: &str, content: &StepContent, report: &mut Report) {
    if let Some(group) = group_of(content) {
        let field = format!("{at}.group");
        report.known(&field, group, &scope.names.step_groups, Of::StepGroup);
    }
    match content {
        StepContent::Video(video) => check_video(at, video, report),
        StepContent::Reading(reading) => {
            let parts = reading.parts.iter().map(|each| &each.id);
            report.unique_ids(&format!("{at}.parts"), parts);
        }
        StepContent::Assignment(each) => check_assignment(scope, at, each, report),
        StepContent::Discussion(each) => check_discussion(scope, at, each, report),
        StepContent::Reflection(each) => {
            let prompts = each.prompts.iter().map(|each| &each.id);
            report.unique_ids(&format!("{at}.prompts"), prompts);
        }
        StepContent::Exam(each) => exam::check(scope, at, each, report),
        StepContent::Activity(each) => check_activity(scope, at, each, report),
    }
}

fn check_video(at: &str, video: &Video, report: &mut Report) {
    let at = format!("{at}.prompts");
    report.unique_ids(&at, video.prompts.iter().map(|each| &each.id));
    let mut last = None;
    for (index, prompt) in video.prompts.iter().enumerate() {
        let (field, moment) = (format!("{at}[{index}].at"), prompt.at.thousandths());
        if u64::from(moment) > length_ms(video) {
            report.wrong(&field, What::BeyondEnd);
        } else if last.is_some_and(|last| moment <= last) {
            report.wrong(&field, What::NotAscending);
        }
        last = Some(moment);
    }
}

fn check_assignment(scope: &Scope<'_>, at: &str, each: &Assignment, report: &mut Report) {
    check_open(scope, &format!("{at}.open"), each.open.as_ref(), report);
    if each.length.min.get() > each.length.max.get() {
        report.wrong(&format!("{at}.length.min"), What::MinAboveMax);
    }
    check_criteria(&format!("{at}.rubric"), &each.rubric, report);
    if let Some(reviews) = &each.peer_reviews {
        check_criteria(&format!("{at}.peerReviews.rubric"), &reviews.rubric, report);
        if each.visibility == Some(SubmissionVisibility::Tutor) {
            report.wrong(&format!("{at}.visibility"), What::HiddenFromReviewers);
        }
    }
}

/// Levels of a criterion descend from its points.
pub(super) fn check_criteria(at: &str, criteria: &[Criterion], report: &mut Report) {
    report.unique_ids(at, criteria.iter().map(|each| &each.id));
    for (index, criterion) in criteria.iter().enumerate() {
        let levels = criterion.levels.iter().map(|level| level.points.points());
        let at = format!("{at}[{index}].levels");
        super::rules::check_descending(&at, criterion.points.points(), levels, report);
    }
}

fn check_discussion(scope: &Scope<'_>, at: &str, each: &Discussion, report: &mut Report) {
    check_open(scope, &format!("{at}.open"), each.open.as_ref(), report);
    check_partnership(scope, at, each.partnership.as_ref(), report);
}

fn check_activity(scope: &Scope<'_>, at: &str, each: &Activity, report: &mut Report) {
    check_open(scope, &format!("{at}.when"), each.when.as_ref(), report);
    check_partnership(scope, at, each.partnership.as_ref(), report);
}

pub(super) fn check_open(scope: &Scope<'_>, at: &str, open: Option<&Window>, report: &mut Report) {
    if let Some(open) = open {
        calendar::check_window(scope, at, open, report);
    }
}

pub(super) fn check_partnership(
    scope: &Scope<'_>,
    at: &str,
    partnership: Option<&Id>,
    report: &mut Report,
) {
    if let Some(id) = partnership {
        let at = format!("{at}.partnership");
        report.known(&at, id, &scope.names.partnerships, Of::Partnership);
    }
}
