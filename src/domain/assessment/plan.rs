//! The planner: what is left to do, what each would earn, how long it takes and by when.

use crate::domain::assessment::case::{Case, exact};
use crate::domain::assessment::counted::What;
use crate::domain::assessment::judged::SchemeStanding;
use crate::domain::assessment::scheme::Indicator;
use crate::domain::course::{Placed, StepContent};
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::time::Moment;

/// Something that is left to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Todo {
    /// The indicators that it serves; one submission can serve several.
    pub indicators: Vec<Slug>,
    /// What is to be done.
    pub task: Task,
    /// How often.
    pub times: u32,
    /// The module, where it is one's study time.
    pub module: Option<Slug>,
    /// Where it is done, if in a step.
    pub step: Option<Slug>,
    /// How long it takes, in minutes; an estimate but for study time. 0 when others act.
    pub minutes: u32,
    /// What it earns at most, in points of the score.
    pub gain: Fraction,
    /// Until when.
    pub by: Option<Moment>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Watch and read.
    Study,
    /// Write a post.
    Post,
    /// Submit an assignment.
    Submit,
    /// Review a peer's submission.
    Review,
    /// Take part in a session.
    Attend,
    /// Write a reflection.
    Reflect,
    /// Ask the experts.
    Ask,
    /// Write a study note.
    Note,
    /// Showcase a work.
    Showcase,
    /// Publish a bulletin.
    Publish,
    /// Sit an exam.
    Sit,
    /// Complete a step.
    Complete,
    /// Help members of the group to reach something.
    Members,
    /// Wait for a grade: nothing more can be done.
    Await,
    /// Do a task of the plan.
    DoTask,
}

impl Task {
    /// What is done where this is counted.
    pub(super) fn of(what: What) -> Self {
        match what {
            What::Posts => Self::Post,
            What::Submissions => Self::Submit,
            What::Reviews => Self::Review,
            What::Attendances | What::Sessions => Self::Attend,
            What::Reflections => Self::Reflect,
            What::Questions => Self::Ask,
            What::Notes => Self::Note,
            What::Showcases => Self::Showcase,
            What::Steps => Self::Complete,
            What::ExamsPassed => Self::Sit,
            What::Bulletins => Self::Publish,
        }
    }

    /// How long it usually takes, in minutes. These are this app's own estimates: no programme
    /// gives any.
    pub(super) fn usual_minutes(self) -> u32 {
        match self {
            Self::Await | Self::Members => 0,
            Self::Note | Self::Ask => 3,
            Self::Post => 6,
            Self::Review | Self::Showcase => 10,
            Self::Reflect => 15,
            Self::Publish => 40,
            Self::Study | Self::Complete | Self::Sit => 30,
            Self::Submit | Self::Attend | Self::DoTask => 60,
        }
    }

    /// How long it takes in this step, in minutes: as the package says, or as it usually does.
    pub(super) fn minutes(self, placed: &Placed<'_>, case: &Case<'_>) -> u32 {
        let session = || {
            let window = case.session_time(placed)?;
            u32::try_from(window.closes.since(window.opens) / 60_000).ok()
        };
        match &placed.step.content {
            StepContent::Exam(exam) => exam.minutes,
            StepContent::Activity(_) => session().filter(|minutes| *minutes <= 600).unwrap_or(60),
            StepContent::Video(video) => u32::try_from(video.length_ms / 60_000 + 1).unwrap_or(60),
            StepContent::Reading(reading) => reading.expected_minutes,
            _ if self == Self::Complete => Self::Submit.usual_minutes(),
            // A page of six hundred characters takes an hour and a half, a short one less.
            StepContent::Assignment(assignment) if self == Self::Submit => {
                (assignment.length.min / 7).clamp(30, 180)
            }
            _ => self.usual_minutes(),
        }
    }
}

impl Todo {
    pub(super) fn of(
        indicator: &Indicator,
        task: Task,
        gain: Fraction,
        times: u32,
        minutes: u32,
    ) -> Self {
        Self {
            indicators: vec![indicator.id.clone()],
            task,
            times,
            module: None,
            step: None,
            minutes,
            gain,
            by: None,
        }
    }

    /// Waiting for a grade that can bring so many points.
    pub(super) fn awaited(case: &Case<'_>, indicator: &Indicator, gain: Fraction) -> Self {
        Self {
            by: Some(case.ends),
            ..Self::of(indicator, Task::Await, gain, 1, 0)
        }
    }

    /// Handing in what is graded, if nothing is handed in yet; waiting for the grade otherwise.
    pub(super) fn graded(
        case: &Case<'_>,
        indicator: &Indicator,
        steps: &[&Slug],
        gain: Fraction,
    ) -> Self {
        let missing = steps.iter().find_map(|id| {
            let made = case
                .members
                .iter()
                .any(|member| !member.step(id).work.is_empty());
            case.course.step(id).filter(|_| !made)
        });
        match missing {
            Some(placed) => {
                let task = match placed.step.content {
                    StepContent::Exam(_) => Task::Sit,
                    StepContent::Assignment(_) => Task::Submit,
                    _ => Task::Complete,
                };
                Self {
                    step: Some(placed.step.id.clone()),
                    by: Some(case.study.closes),
                    ..Self::of(indicator, task, gain, 1, task.minutes(&placed, case))
                }
            }
            None => Self::awaited(case, indicator, gain),
        }
    }

    /// Takes in what another indicator wants of the same act in the same step; whether it did.
    fn takes(&mut self, other: &Self) -> bool {
        // Whoever hands in, posts, reflects, sits or attends completes the step by it.
        let completes = |task| {
            matches!(
                task,
                Task::Submit | Task::Post | Task::Reflect | Task::Sit | Task::Attend
            )
        };
        let alike = self.task == other.task
            || (self.task == Task::Complete && completes(other.task))
            || (other.task == Task::Complete && completes(self.task));
        let same = self.step.is_some() && self.step == other.step && alike;
        let own = other
            .indicators
            .iter()
            .any(|id| self.indicators.contains(id));
        if !same || own {
            return false;
        }
        if self.task == Task::Complete {
            self.task = other.task;
        }
        self.indicators.extend(other.indicators.iter().cloned());
        self.times = self.times.max(other.times);
        self.minutes = self.minutes.max(other.minutes);
        self.gain = self.gain + other.gain;
        self.by = self.by.into_iter().chain(other.by).min();
        true
    }

    /// Points of the score that a minute brings; what others do comes last.
    fn rate(&self) -> Fraction {
        self.gain.over(Fraction::whole(self.minutes.into()))
    }
}

/// Everything that is left to do, the most points per minute first; in points of the score.
pub(super) fn plan(case: &Case<'_>, standing: &SchemeStanding<'_>) -> Vec<Todo> {
    let mut acts: Vec<Todo> = Vec::new();
    for (indicator, judged) in case.scheme.indicators.iter().zip(&standing.indicators) {
        for mut todo in indicator.rule.todo(case, indicator, &judged.earned) {
            todo.gain = converted(case, todo.gain);
            if !todo.gain.is_zero() && !acts.iter_mut().any(|known| known.takes(&todo)) {
                acts.push(todo);
            }
        }
    }
    let mut plan: Vec<Todo> = Vec::new();
    for todo in acts {
        // Of equals the one that stands first in the scheme and the course.
        let at = plan.partition_point(|known| known.rate() >= todo.rate());
        plan.insert(at, todo);
    }
    plan
}

/// Points of an indicator as points of the score.
pub(super) fn converted(case: &Case<'_>, points: Fraction) -> Fraction {
    match case.scheme.percent_of {
        Some(total) => points
            .over(exact(total))
            .times(exact(case.scheme.full_marks)),
        None => points,
    }
}

/// The score if these were done as well: never above full marks, unless bonuses may lift it.
#[must_use]
pub fn what_if<'t>(
    case: &Case<'_>,
    standing: &SchemeStanding<'_>,
    done: impl Iterator<Item = &'t Todo>,
) -> Fraction {
    let gains: Fraction = done.map(|todo| todo.gain).sum();
    let score = standing.score.points + gains;
    if case.scheme.bonus_may_exceed {
        score
    } else {
        score.at_most(exact(case.scheme.full_marks))
    }
}
