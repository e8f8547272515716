//! `count`: points for each thing done, with caps per module, in all, and per term, year or month.

use super::{Earned, Judging};
use crate::domain::assessment::case::{Case, NotCounted, exact};
use crate::domain::assessment::counted::{Counted, Thing, What};
use crate::domain::assessment::periods::Every;
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::course::Placed;
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::sorted::Sorted;
use crate::domain::time::{Moment, Window};

/// Points for each thing done, up to the indicator's points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRule {
    what: Counted,
    each: Points,
    per_module: Option<u32>,
    most: Option<u32>,
    every: Option<Every>,
}

/// More of one thing than this is not planned at once.
const MOST_AT_ONCE: u32 = 1_000;

/// What was counted so far.
#[derive(Default)]
struct Tally {
    all: u32,
    modules: Sorted<usize, u32>,
    periods: Sorted<usize, u32>,
    steps: Vec<(Slug, Option<usize>)>,
}

impl CountRule {
    /// Why one more thing of this step and time does not count; takes it into the tally if it does.
    fn barred(
        &self,
        case: &Case<'_>,
        periods: &[Window],
        tally: &mut Tally,
        step: Option<&Slug>,
        at: Moment,
    ) -> Option<NotCounted> {
        let period = self
            .every
            .and_then(|_| periods.iter().position(|period| period.contains(at)));
        if self.every.is_some() && period.is_none() {
            return Some(NotCounted::OutOfSeason);
        }
        let once = step.filter(|_| self.what.what.once_a_step());
        let key = once.map(|step| (step.clone(), period));
        if key.as_ref().is_some_and(|key| tally.steps.contains(key)) {
            return Some(NotCounted::Again);
        }
        let module = self
            .per_module
            .and(step)
            .and_then(|step| case.module_of(step));
        let full = |most: Option<u32>, done: Option<&u32>| {
            most.is_some_and(|most| done.copied().unwrap_or(0) >= most)
        };
        if full(
            self.every.map(|every| every.times),
            period.and_then(|at| tally.periods.get(&at)),
        ) {
            return Some(NotCounted::PeriodFull);
        }
        if full(
            self.per_module,
            module.and_then(|at| tally.modules.get(&at)),
        ) {
            return Some(NotCounted::ModuleFull);
        }
        if full(self.most, Some(&tally.all)) {
            return Some(NotCounted::Full);
        }
        tally.all += 1;
        if let Some(at) = module {
            *tally.modules.entry(at) += 1;
        }
        if let Some(at) = period {
            *tally.periods.entry(at) += 1;
        }
        tally.steps.extend(key);
        None
    }

    fn periods(&self, case: &Case<'_>) -> Vec<Window> {
        self.every
            .map_or_else(Vec::new, |every| case.periods(every.period))
    }

    /// Members count each for themselves; what a group does as one (sessions, bulletins) once.
    fn tally(&self, case: &Case<'_>, things: &mut [Thing<'_>], periods: &[Window]) -> Tally {
        let mut tally = Tally::default();
        for thing in things {
            if thing.not_counted.is_none() {
                thing.not_counted = self.barred(case, periods, &mut tally, thing.step, thing.at);
            }
        }
        tally
    }
}

impl Judging for CountRule {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        let count = |at: Fields<'_>| u32::try_from(at.0.as_u64()?).ok();
        Some(Self {
            what: Counted::read(at.find("what")?)?,
            each: at.points("pointsEach")?,
            per_module: at.optional("mostPerModule", count)?,
            most: at.optional("most", count)?,
            every: at.optional("every", Every::read)?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        self.what.is_of(package)
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let mut things = self.what.things(case);
        self.tally(case, &mut things, &self.periods(case));
        let each = exact(self.each);
        let mut left = exact(indicator.points);
        let mut items = Vec::with_capacity(things.len());
        for mut thing in things {
            let made = match thing.not_counted {
                Some(_) => Fraction::ZERO,
                None => each.at_most(left),
            };
            if thing.not_counted.is_none() && made.is_zero() {
                thing.not_counted = Some(NotCounted::Full);
            }
            left = left - made;
            items.push(thing.into_item(made));
        }
        Earned {
            points: exact(indicator.points) - left,
            items,
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let mut things = self.what.things(case);
        let own = self.periods(case);
        // What a list says was missed cannot be attended any more.
        let missed = things
            .iter()
            .filter(|thing| thing.not_counted == Some(NotCounted::ListSaysNo));
        let missed: Vec<Slug> = missed.filter_map(|thing| thing.step.cloned()).collect();
        let mut tally = self.tally(case, &mut things, &own);
        let mut left = exact(indicator.points) - earned.points;
        let each = exact(self.each);
        if matches!(self.what.what, What::Showcases | What::Bulletins) {
            return self.without_steps(case, indicator, left, tally.all);
        }
        let mut todos: Vec<Todo> = Vec::new();
        // The current period first, then those to come.
        let whole = [Window {
            opens: case.study.opens,
            closes: case.ends,
        }];
        let periods = if self.every.is_none() {
            &whole
        } else {
            own.as_slice()
        };
        for period in periods.iter().filter(|period| case.now < period.closes) {
            let at = case.now.max(period.opens);
            for placed in case.course.steps() {
                if !self.what.fits(case, placed.step) || missed.contains(&placed.step.id) {
                    continue;
                }
                let by = closes(case, &placed, *period);
                if by <= case.now {
                    continue;
                }
                let times = self.offered(case, &placed);
                let (mut count, mut gain) = (0, Fraction::ZERO);
                while count < times && !left.is_zero() {
                    if self
                        .barred(case, &own, &mut tally, Some(&placed.step.id), at)
                        .is_some()
                    {
                        break;
                    }
                    let made = each.at_most(left);
                    left = left - made;
                    gain = gain + made;
                    count += 1;
                }
                if count > 0 {
                    let task = Task::of(self.what.what);
                    todos.push(Todo {
                        step: Some(placed.step.id.clone()),
                        by: Some(by),
                        ..Todo::of(
                            indicator,
                            task,
                            gain,
                            count,
                            task.minutes(&placed, case) * count,
                        )
                    });
                }
            }
        }
        todos
    }
}

impl CountRule {
    /// How often it can be done in one step.
    fn offered(&self, case: &Case<'_>, placed: &Placed<'_>) -> u32 {
        match self.what.what {
            What::Posts | What::Questions | What::Notes | What::Reviews => MOST_AT_ONCE,
            What::Steps
                if case
                    .members
                    .iter()
                    .all(|member| member.step(&placed.step.id).completed_at.is_some()) =>
            {
                0
            }
            _ => 1,
        }
    }

    /// Showcases and bulletins are done in no step.
    fn without_steps(
        &self,
        case: &Case<'_>,
        indicator: &Indicator,
        left: Fraction,
        done: u32,
    ) -> Vec<Todo> {
        let most = self.most.map_or(u32::MAX, |most| most.saturating_sub(done));
        let each = exact(self.each);
        let count = left.over(each).up().min(most);
        let gain = each.times(Fraction::whole(count.into())).at_most(left);
        if count == 0 {
            return Vec::new();
        }
        let task = Task::of(self.what.what);
        vec![Todo {
            by: Some(case.ends),
            ..Todo::of(indicator, task, gain, count, task.usual_minutes() * count)
        }]
    }
}

/// Until when something can be done in a step: the end of its own window, or of the period.
fn closes(case: &Case<'_>, placed: &Placed<'_>, period: Window) -> Moment {
    let own = placed.step.content.opening();
    let own = own.map(|opening| case.course.calendar.opening(opening, case.enrolled));
    own.map_or(period.closes, |own| own.closes.min(period.closes))
        .min(case.ends)
}
