//! `task_points`: tasks of a plan with points of their own, added up.

use super::{Earned, Judging};
use crate::domain::assessment::case::{Case, Item, NotCounted, exact};
use crate::domain::assessment::plan::{Task as Doing, Todo};
use crate::domain::assessment::received::{Mark, MarkValue};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::text::Text;
use crate::domain::time::{Moment, Written};

/// Tasks of a plan with points of their own (programme P4).
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPoints {
    /// The tasks.
    pub(super) tasks: Vec<PlanTask>,
}

/// A task of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanTask {
    id: Slug,
    /// What it is called.
    pub title: Text,
    points: Points,
    step: Option<Slug>,
    /// By when, as the package writes it.
    due: Option<String>,
}

impl PlanTask {
    fn worth(&self, mark: &Mark<'_>) -> Option<Fraction> {
        let most = exact(self.points);
        match mark.value {
            MarkValue::Points(points) => Some(exact(points).at_most(most)),
            MarkValue::Percent(percent) => {
                Some(exact(percent).times(most).over(Fraction::whole(100)))
            }
            MarkValue::Criteria(_) => None,
        }
    }

    /// The latest grade.
    fn grade<'c, 'a>(&self, case: &'c Case<'a>, indicator: &'c Indicator) -> Option<&'c Mark<'a>> {
        let mut marks = case.marks_of(indicator).rev();
        marks.find(|mark| mark.task == Some(self.id.as_str()) && self.worth(mark).is_some())
    }

    fn due(&self, case: &Case<'_>) -> Option<Moment> {
        let offset = case.course.calendar.utc_offset_minutes;
        Moment::parse_written(self.due.as_deref()?, offset).map(Written::ends)
    }
}

impl TaskPoints {
    /// What a task is called.
    #[must_use]
    pub fn title(&self, id: &str) -> Option<&Text> {
        let found = self.tasks.iter().find(|task| task.id.as_str() == id);
        found.map(|task| &task.title)
    }
}

impl Judging for TaskPoints {
    fn read(at: Fields<'_>, main: &str) -> Option<Self> {
        let tasks = at.list("tasks", |at| {
            Some(PlanTask {
                id: at.slug("id")?,
                title: at.title("title", main)?,
                points: at.points("points")?,
                step: at.optional("step", |at| Slug::parse(at.0.as_str()?))?,
                due: at.text("due").map(str::to_owned),
            })
        });
        tasks.map(|tasks| Self { tasks })
    }

    fn own_sum(&self) -> Option<Points> {
        Some(self.tasks.iter().map(|task| task.points).sum())
    }

    fn is_of(&self, package: &Assessment) -> bool {
        let known = |task: &PlanTask| {
            let step = task.step.as_ref();
            step.is_none_or(|step| package.steps.get(step).is_some())
        };
        self.tasks.iter().all(known)
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let graded = |task: &PlanTask| {
            let mark = task.grade(case, indicator)?;
            Some((mark.id, task.worth(mark)?))
        };
        let counting: Vec<_> = self.tasks.iter().filter_map(graded).collect();
        let items = case.marks_of(indicator).map(|mark| {
            let counts = counting.iter().find(|(id, _)| *id == mark.id);
            Item {
                not_counted: counts.is_none().then_some(NotCounted::Again),
                ..Item::of_mark(mark, counts.map_or(Fraction::ZERO, |(_, worth)| *worth))
            }
        });
        Earned {
            points: counting.iter().map(|(_, worth)| *worth).sum(),
            items: items.collect(),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, _: &Earned<'_>) -> Vec<Todo> {
        let open = self
            .tasks
            .iter()
            .filter(|task| task.grade(case, indicator).is_none());
        let todo = |task: &PlanTask| {
            let gain = exact(task.points);
            let todo = match &task.step {
                Some(step) => Todo::graded(case, indicator, &[step], gain),
                None => Todo::of(
                    indicator,
                    Doing::DoTask,
                    gain,
                    1,
                    Doing::DoTask.usual_minutes(),
                ),
            };
            Todo {
                by: task.due(case).or(Some(case.ends)),
                ..todo
            }
        };
        open.map(todo).collect()
    }
}
