//! The ids of a course, to which its parts refer, and how much it holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::package::v1::{
    CourseFile, Id, Module, Reading, Scheme, Step, StepContent, Subject, Video,
};

/// Ids by what they belong to.
pub(super) struct Names<'a> {
    pub(super) modules: BTreeMap<&'a str, &'a Module>,
    pub(super) steps: BTreeMap<&'a str, &'a Step>,
    pub(super) step_groups: BTreeSet<&'a str>,
    pub(super) group_kinds: BTreeSet<&'a str>,
    pub(super) partnerships: BTreeSet<&'a str>,
    pub(super) roles: BTreeSet<&'a str>,
    pub(super) schemes: BTreeMap<&'a str, &'a Scheme>,
    pub(super) hours: BTreeSet<&'a str>,
    reading_factor_percent: u64,
}

/// The ids of some parts as a set.
pub(super) fn set<'a>(ids: impl Iterator<Item = &'a Id>) -> BTreeSet<&'a str> {
    ids.map(|id| id.get().as_str()).collect()
}

impl<'a> Names<'a> {
    pub(super) fn of(course: &'a CourseFile) -> Self {
        let people = course.people.as_ref();
        let groups = people.iter().flat_map(|people| people.groups.iter());
        let partnerships = people.iter().flat_map(|people| people.partnerships.iter());
        let roles = people.iter().flat_map(|people| people.roles.iter());
        let hours = course
            .credit_hours
            .iter()
            .flat_map(|each| each.categories.iter());
        let modules = course.modules.iter();
        let meter = course.meter.as_ref();
        Self {
            modules: modules.map(|each| (each.id.get().as_str(), each)).collect(),
            steps: all_steps(course)
                .map(|each| (each.id.get().as_str(), each))
                .collect(),
            step_groups: set(course.step_groups.iter().map(|each| &each.id)),
            group_kinds: set(groups.map(|each| &each.id)),
            partnerships: set(partnerships.map(|each| &each.id)),
            roles: set(roles.map(|each| &each.id)),
            schemes: course
                .schemes
                .iter()
                .map(|each| (each.id.get().as_str(), each))
                .collect(),
            hours: set(hours.map(|each| &each.id)),
            reading_factor_percent: meter
                .and_then(|meter| meter.reading_factor_percent)
                .map_or(100, |factor| factor.get().into()),
        }
    }

    /// Ids of the schemes for learners.
    pub(super) fn is_learner_scheme(&self, id: &str) -> bool {
        self.schemes
            .get(id)
            .is_some_and(|scheme| matches!(scheme.subject, Subject::Learner {}))
    }

    /// Milliseconds that can be credited in a module.
    pub(super) fn module_ms(&self, module: &Module) -> u64 {
        let steps = module.topics.iter().flat_map(|topic| topic.steps.iter());
        steps.map(|step| self.step_ms(&step.content)).sum()
    }

    /// Milliseconds that can be credited on a step.
    pub(super) fn step_ms(&self, content: &StepContent) -> u64 {
        match content {
            StepContent::Video(video) => length_ms(video),
            StepContent::Reading(reading) => {
                expected_ms(reading) * self.reading_factor_percent / 100
            }
            _ => 0,
        }
    }
}

/// The length of a video in milliseconds.
pub(super) fn length_ms(video: &Video) -> u64 {
    video.seconds.thousandths().into()
}

fn expected_ms(reading: &Reading) -> u64 {
    u64::from(reading.expected_minutes.get()) * 60_000
}

fn all_steps(course: &CourseFile) -> impl Iterator<Item = &Step> {
    let topics = course
        .modules
        .iter()
        .flat_map(|module| module.topics.iter());
    topics.flat_map(|topic| topic.steps.iter())
}

/// The group of steps that a step belongs to.
pub(super) fn group_of(content: &StepContent) -> Option<&Id> {
    match content {
        StepContent::Assignment(each) => each.group.as_ref(),
        StepContent::Discussion(each) => each.group.as_ref(),
        StepContent::Reflection(each) => each.group.as_ref(),
        StepContent::Exam(each) => each.group.as_ref(),
        StepContent::Activity(each) => each.group.as_ref(),
        StepContent::Video(_) | StepContent::Reading(_) => None,
    }
}
