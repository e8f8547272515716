//! Where a learner stands in a course: each step's state, credit and what opens it.
//! A pure view of course and progress.

use crate::domain::course::{
    Course, Gate, MeterRules, Module, Placed, ReadingPart, Reflection, ReflectionPrompt, Step,
    StepContent,
};
use crate::domain::ids::Slug;
use crate::domain::intervals::Intervals;
use crate::domain::meter::Season;
use crate::domain::progress::{Progress, StepProgress, WorkKind};
use crate::domain::time::{Moment, Window};

const MINUTE_MS: u64 = 60_000;

/// Where a learner stands in one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepStanding {
    /// Its state.
    pub state: StepState,
    /// Study time credited, in milliseconds; never more than `creditable_ms`.
    pub credited_ms: u64,
    /// Study time that can be credited at all; 0 for steps without study time.
    pub creditable_ms: u64,
    /// What its completion needs, whether it is met or not.
    pub needs: Option<Needs>,
}

/// What completing a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Study.
    Study {
        /// Credited time needed, in milliseconds.
        credited_ms: u64,
        /// Parts not opened yet.
        parts_left: usize,
    },
    /// A submission.
    Submit,
    /// A post of at least so many characters.
    Post {
        /// Fewest characters.
        least: u32,
    },
    /// Answers to so many prompts more.
    Reflect {
        /// Prompts that have none.
        left: usize,
    },
    /// The exam handed in.
    Sit,
    /// Attendance.
    Attend,
}

/// The state of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StepState {
    /// Not open yet, and why.
    Locked(Lock),
    /// Open, nothing done.
    #[default]
    Open,
    /// Something done.
    Started,
    /// Its condition was met once; that stays.
    Complete,
}

/// What keeps a step locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// The step before it is not complete.
    Previous {
        /// That step.
        previous: Slug,
    },
    /// The step before it lacks minutes.
    Minutes {
        /// That step.
        previous: Slug,
        /// Minutes needed there.
        needed: u32,
        /// Milliseconds credited there.
        credited_ms: u64,
    },
}

/// Where the learner stands in `placed`.
#[must_use]
pub fn step_standing(placed: &Placed<'_>, progress: &Progress, rules: &MeterRules) -> StepStanding {
    let known = progress.step(&placed.step.id);
    let (credited_ms, creditable_ms) = credit(placed.step, &known, rules);
    let state = if known.completed_at.is_some() {
        StepState::Complete
    } else if let Some(lock) = lock(placed, progress, rules) {
        StepState::Locked(lock)
    } else if *known == StepProgress::default() {
        StepState::Open
    } else {
        StepState::Started
    };
    StepStanding {
        state,
        credited_ms,
        creditable_ms,
        needs: Some(needs(placed.step, &known, rules)),
    }
}

/// Whether the step's own condition is met, so that a `step-completed` record is due.
#[must_use]
pub fn completion_due(step: &Step, progress: &Progress, rules: &MeterRules) -> bool {
    let known = progress.step(&step.id);
    known.completed_at.is_none() && is_met(&needs(step, &known, rules), step, &known, rules)
}

fn is_met(needs: &Needs, step: &Step, known: &StepProgress, rules: &MeterRules) -> bool {
    let made = |kind| known.made(kind).next().is_some();
    match *needs {
        Needs::Study {
            credited_ms,
            parts_left,
        } => parts_left == 0 && credit(step, known, rules).0 >= credited_ms,
        Needs::Submit => made(WorkKind::Submission),
        Needs::Post { least } => known.posts_of(least) > 0,
        Needs::Reflect { left } => left == 0,
        Needs::Sit => made(WorkKind::Attempt),
        Needs::Attend => made(WorkKind::Attendance),
    }
}

/// Prompts of a reflection that still want an answer; questions may be left unasked.
fn prompts_left(reflection: &Reflection, known: &StepProgress) -> usize {
    let answered = |prompt: &ReflectionPrompt| {
        known.made(WorkKind::Reflection).any(|work| {
            work.place == prompt.id.as_str() && work.size >= i64::from(prompt.min_characters)
        })
    };
    let wanted = reflection
        .prompts
        .iter()
        .filter(|prompt| !prompt.is_question);
    wanted.filter(|prompt| !answered(prompt)).count()
}

/// Credited and creditable milliseconds of a step (DESIGN section 7): the union of what was
/// covered, capped by the length of the video or the expected reading time × the factor.
#[must_use]
pub fn credit(step: &Step, known: &StepProgress, rules: &MeterRules) -> (u64, u64) {
    match &step.content {
        StepContent::Video(video) => (
            known.media.total_within(0, video.length_ms),
            video.length_ms,
        ),
        StepContent::Reading(reading) => {
            let expected = u64::from(reading.expected_minutes) * MINUTE_MS;
            let cap = expected * u64::from(rules.reading_factor_percent) / 100;
            (known.active.total().min(cap), cap)
        }
        _ => (0, 0),
    }
}

/// What each day added to the credit of a step, in milliseconds, by the day counted from 1970 in
/// the course's zone; together what [`credit`] says. What was covered on several days is of the
/// first of them.
#[must_use]
pub fn credit_by_day(step: &Step, known: &StepProgress, course: &Course) -> Vec<(i64, u64)> {
    let rules = &course.meter;
    let mut days = Vec::new();
    match &step.content {
        StepContent::Video(video) => {
            let mut covered = Intervals::new();
            let mut before = 0;
            for (day, media) in known.days.iter() {
                covered.extend(media.as_slice());
                let total = covered.total_within(0, video.length_ms);
                days.push((*day, total - before));
                before = total;
            }
        }
        StepContent::Reading(_) => {
            let (_, mut left) = credit(step, known, rules);
            for &(from, to) in known.active.as_slice() {
                let mut at = from;
                while at < to && left > 0 {
                    let day = rules.day_of(moment(at));
                    let ends = to.min(rules.day_begins(day + 1)).max(at + 1);
                    let counted = (ends - at).min(left);
                    match days.last_mut() {
                        Some((known, sum)) if *known == day => *sum += counted,
                        _ => days.push((day, counted)),
                    }
                    left -= counted;
                    at = ends;
                }
            }
        }
        _ => {}
    }
    days
}

/// Milliseconds since 1970 as a moment.
fn moment(ms: u64) -> Moment {
    Moment(i64::try_from(ms).unwrap_or(i64::MAX))
}

fn needs(step: &Step, known: &StepProgress, rules: &MeterRules) -> Needs {
    let (_, creditable) = credit(step, known, rules);
    match &step.content {
        StepContent::Video(video) => Needs::Study {
            credited_ms: creditable * u64::from(video.complete_percent) / 100,
            parts_left: 0,
        },
        StepContent::Reading(reading) => {
            let expected = u64::from(reading.expected_minutes) * MINUTE_MS;
            let needed = expected * u64::from(reading.complete_percent) / 100;
            let unread = |part: &&ReadingPart| !known.parts.contains(&part.id);
            Needs::Study {
                credited_ms: needed.min(creditable),
                parts_left: reading.parts.iter().filter(unread).count(),
            }
        }
        StepContent::Assignment(_) => Needs::Submit,
        StepContent::Discussion(discussion) => Needs::Post {
            least: discussion.min_characters,
        },
        StepContent::Reflection(reflection) => Needs::Reflect {
            left: prompts_left(reflection, known),
        },
        StepContent::Exam(_) => Needs::Sit,
        StepContent::Activity(_) => Needs::Attend,
    }
}

fn lock(placed: &Placed<'_>, progress: &Progress, rules: &MeterRules) -> Option<Lock> {
    let previous = placed.previous()?;
    let before = progress.step(&previous.id);
    match placed.step.gate {
        Gate::Free => None,
        Gate::AfterPrevious => before.completed_at.is_none().then(|| Lock::Previous {
            previous: previous.id.clone(),
        }),
        Gate::AfterMinutes(needed) => {
            let (credited_ms, _) = credit(previous, &before, rules);
            (credited_ms < u64::from(needed) * MINUTE_MS).then(|| Lock::Minutes {
                previous: previous.id.clone(),
                needed,
                credited_ms,
            })
        }
    }
}

/// The study window of a learner; `None` before the enrolment is known.
#[must_use]
pub fn study_window(course: &Course, progress: &Progress) -> Option<Window> {
    let enrolment = progress.enrolment.as_ref()?;
    Some(course.calendar.phases(enrolment.at).study)
}

/// Where `now` lies in the study window; nothing counts before the enrolment is known.
#[must_use]
pub fn season(course: &Course, progress: &Progress, now: Moment) -> Season {
    match study_window(course, progress) {
        Some(window) if window.contains(now) => Season::Open,
        Some(window) if window.closes <= now => Season::Closed,
        _ => Season::NotYet,
    }
}

/// The next thing to do: the first step that is open and not complete. An activity takes place
/// at its own time, so it comes next only when nothing else is left.
#[must_use]
pub fn next_step<'a>(course: &'a Course, progress: &Progress) -> Option<Placed<'a>> {
    let open = |placed: &Placed<'_>| {
        let state = step_standing(placed, progress, &course.meter).state;
        matches!(state, StepState::Open | StepState::Started)
    };
    let is_activity = |placed: &Placed<'_>| matches!(placed.step.content, StepContent::Activity(_));
    let mut steps = course.steps().filter(|placed| !is_activity(placed));
    let found = steps.find(open);
    found.or_else(|| course.steps().filter(is_activity).find(open))
}

/// Credited and creditable milliseconds of a module.
#[must_use]
pub fn module_credit(module: &Module, progress: &Progress, rules: &MeterRules) -> (u64, u64) {
    module
        .topics
        .iter()
        .flat_map(|topic| &topic.steps)
        .map(|step| credit(step, &progress.step(&step.id), rules))
        .fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
}

/// Credited milliseconds of the whole course.
#[must_use]
pub fn credited(course: &Course, progress: &Progress) -> u64 {
    let modules = course.modules.iter();
    modules
        .map(|module| module_credit(module, progress, &course.meter).0)
        .sum()
}

/// Complete steps and all steps of the course.
#[must_use]
pub fn steps_done(course: &Course, progress: &Progress) -> (usize, usize) {
    course.steps().fold((0, 0), |(done, all), placed| {
        let complete = progress.step(&placed.step.id).completed_at.is_some();
        (done + usize::from(complete), all + 1)
    })
}
