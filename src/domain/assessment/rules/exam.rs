//! `exam`: the percentage of an exam, times the points.

use super::{Earned, Judging};
use crate::domain::assessment::case::{Case, Item, NotCounted, Source, exact};
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::received::MarkValue;
use crate::domain::assessment::scheme::{Assessment, AttemptCounts, Indicator};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::WorkKind;
use crate::domain::sorted::in_order;
use crate::domain::time::Moment;

/// The percentage of an exam, times the points: of one that is marked on the device, or of one
/// whose percentage the tutor enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    step: Option<Slug>,
    counts: AttemptCounts,
}

/// One result.
struct Sat<'a> {
    at: Moment,
    id: &'a RecordId,
    percent: Fraction,
    provisional: bool,
}

impl Exam {
    fn results<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Vec<Sat<'a>> {
        let mut all: Vec<Sat<'a>> = Vec::new();
        for member in case.members {
            let known = self.step.as_ref().and_then(|step| member.steps.get(step));
            let marked = known
                .into_iter()
                .flat_map(|known| known.made(WorkKind::Attempt));
            all.extend(marked.filter(|work| work.size >= 0).map(|work| Sat {
                at: work.at,
                id: &work.id,
                percent: exact(Points::from_thousandths(work.size)),
                provisional: false,
            }));
        }
        for mark in case.marks_of(indicator) {
            if let MarkValue::Percent(percent) = mark.value
                && (mark.step.is_none() || self.step.is_none() || mark.step == self.step)
            {
                all.push(Sat {
                    at: mark.at,
                    id: mark.id,
                    percent: exact(percent),
                    provisional: !mark.verified,
                });
            }
        }
        in_order(all, |sat| sat.at.0)
    }
}

impl Judging for Exam {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            step: at.optional("step", |at| Slug::parse(at.0.as_str()?))?,
            counts: AttemptCounts::read(at)?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        let known = |step| package.steps.get(step).is_some();
        self.step.as_ref().is_none_or(known)
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let all = self.results(case, indicator);
        let points = exact(indicator.points).over(Fraction::whole(100));
        let chosen = self
            .counts
            .choose(all.iter().collect(), |one, two| one.percent > two.percent);
        let chosen = chosen.map(|sat| sat.id);
        let worth = |sat: &Sat<'a>| match chosen {
            Some(id) if id == sat.id => sat.percent.times(points),
            _ => Fraction::ZERO,
        };
        Earned {
            points: all.iter().map(worth).sum(),
            items: all
                .iter()
                .map(|sat| Item {
                    source: Source::Record {
                        id: sat.id,
                        step: self.step.clone(),
                        about: None,
                        stage: None,
                        presence: None,
                    },
                    at: Some(sat.at),
                    points: worth(sat),
                    provisional: sat.provisional,
                    not_counted: (chosen != Some(sat.id)).then_some(NotCounted::OtherAttempt),
                })
                .collect(),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let left = exact(indicator.points) - earned.points;
        let placed = self.step.as_ref().and_then(|step| case.course.step(step));
        let sat = |step: &Slug| {
            let known = case.members.first().map(|member| member.step(step));
            known.map_or(0, |known| known.made(WorkKind::Attempt).count())
        };
        let Some(placed) = placed else {
            return if earned.items.is_empty() {
                vec![Todo::awaited(case, indicator, left)]
            } else {
                Vec::new()
            };
        };
        let crate::domain::course::StepContent::Exam(exam) = &placed.step.content else {
            return Vec::new();
        };
        // What the tutor entered was sat too, wherever that was.
        let done = sat(&placed.step.id).max(earned.items.len());
        let again = done < exam.attempts as usize && self.counts != AttemptCounts::First;
        if done == 0 || (again && !earned.items.is_empty()) {
            return vec![Todo {
                step: Some(placed.step.id.clone()),
                by: Some(case.study.closes),
                ..Todo::of(indicator, Task::Sit, left, 1, exam.minutes)
            }];
        }
        if earned.items.is_empty() {
            return vec![Todo::awaited(case, indicator, left)];
        }
        Vec::new()
    }
}
