//! Credit hours (学时): what completed modules earned, by category.

use crate::domain::assessment::scheme::{Assessment, HoursCategory};
use crate::domain::course::{Course, Module};
use crate::domain::points::Points;
use crate::domain::progress::Progress;
use crate::domain::time::Moment;

/// Hours of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursStanding<'a> {
    /// The category.
    pub category: &'a HoursCategory,
    /// Hours earned.
    pub earned: Points,
    /// The modules that earned them, and when each was completed.
    pub modules: Vec<(&'a Module, Points, Moment)>,
}

/// The hours of every category. A module earns its hours once, when each of its steps is complete.
#[must_use]
pub fn hours<'a>(
    course: &'a Course,
    assessment: &'a Assessment,
    progress: &Progress,
) -> Vec<HoursStanding<'a>> {
    let of = |category: &'a HoursCategory| {
        let modules = course.modules.iter().filter_map(|module| {
            let earned = assessment.earned_hours.get(&module.id)?;
            let at = completed(module, progress)?;
            (earned.category == category.id).then_some((module, earned.hours, at))
        });
        let modules: Vec<_> = modules.collect();
        HoursStanding {
            category,
            earned: modules.iter().map(|(_, hours, _)| *hours).sum(),
            modules,
        }
    };
    assessment.hours.iter().map(of).collect()
}

/// When the last step of a module was completed; `None` if one is not.
fn completed(module: &Module, progress: &Progress) -> Option<Moment> {
    let steps = module.topics.iter().flat_map(|topic| &topic.steps);
    let times = steps.map(|step| progress.step(&step.id).completed_at);
    times.collect::<Option<Vec<_>>>()?.into_iter().max()
}
