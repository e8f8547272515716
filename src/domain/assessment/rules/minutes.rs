//! `minutes`: credited minutes of video and reading, with a target per module.

use super::{Earned, Judging, Scoring};
use crate::domain::assessment::case::{Case, Item, Source, exact};
use crate::domain::assessment::plan::{Task, Todo};
use crate::domain::assessment::scheme::{Assessment, Indicator};
use crate::domain::course::Module;
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::sorted::Sorted;
use crate::domain::standing;

const MINUTE_MS: u64 = 60_000;

/// Credited minutes with a target per module. Minutes of a module count up to its target; what is
/// beyond it stands in for no other module (programme P2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// Modules and the minutes to reach in each.
    targets: Vec<(Slug, u32)>,
    scoring: Scoring,
    /// Most minutes of one calendar day that count.
    daily_cap: Option<u32>,
}

/// Study time of one module.
#[derive(Default, Clone, Copy)]
struct OfModule {
    credited: u64,
    counted: u64,
    over_day: u64,
    outside: u64,
    content: u64,
}

impl Minutes {
    /// What each module counts: day by day, in the order of the package, so that what was studied
    /// first fills the day's cap first.
    fn counted(&self, case: &Case<'_>) -> Vec<OfModule> {
        let mut all = vec![OfModule::default(); self.targets.len()];
        let rules = &case.course.meter;
        let (opens, closes) = (
            rules.day_of(case.study.opens),
            rules.day_of(case.study.closes),
        );
        for member in case.members {
            let mut days: Sorted<i64, Vec<(usize, u64)>> = Sorted::default();
            for (at, (module, _)) in self.targets.iter().enumerate() {
                let Some(module) = Self::module(case, module) else {
                    continue;
                };
                for step in module.topics.iter().flat_map(|topic| &topic.steps) {
                    let known = member.step(&step.id);
                    all[at].content += standing::credit(step, &known, rules).1;
                    let credit = standing::credit_by_day(step, &known, case.course);
                    for (day, credited) in credit {
                        if (opens..=closes).contains(&day) {
                            days.entry(day).push((at, credited));
                        } else {
                            all[at].credited += credited;
                            all[at].outside += credited;
                        }
                    }
                }
            }
            let cap = self
                .daily_cap
                .map_or(u64::MAX, |minutes| u64::from(minutes) * MINUTE_MS);
            for day in days.into_values() {
                let mut left = cap;
                for (at, credited) in day {
                    let target =
                        u64::from(self.targets[at].1) * MINUTE_MS * case.members.len() as u64;
                    let module = &mut all[at];
                    let within = credited.min(target.saturating_sub(module.counted));
                    let counted = within.min(left);
                    left -= counted;
                    module.credited += credited;
                    module.counted += counted;
                    module.over_day += within - counted;
                }
            }
        }
        all
    }

    fn module<'a>(case: &Case<'a>, id: &Slug) -> Option<&'a Module> {
        case.course.modules.iter().find(|module| module.id == *id)
    }

    fn target_ms(&self, case: &Case<'_>) -> u64 {
        let minutes: u64 = self
            .targets
            .iter()
            .map(|(_, minutes)| u64::from(*minutes))
            .sum();
        minutes * MINUTE_MS * case.members.len().max(1) as u64
    }
}

impl Judging for Minutes {
    fn read(at: Fields<'_>, _: &str) -> Option<Self> {
        Some(Self {
            targets: at.list("modules", |at| {
                let minutes = at.count("minutes").filter(|minutes| *minutes > 0)?;
                Some((at.slug("module")?, minutes))
            })?,
            scoring: Scoring::read(at)?,
            daily_cap: at.optional("dailyCap", |at| u32::try_from(at.0.as_u64()?).ok())?,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        let known = |(module, _): &(Slug, u32)| package.modules.contains(module);
        self.targets.iter().all(known)
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        let counted = self.counted(case);
        let target = Fraction::whole(self.target_ms(case));
        let points = exact(indicator.points);
        let sum = Fraction::whole(counted.iter().map(|module| module.counted).sum());
        let items = self
            .targets
            .iter()
            .zip(&counted)
            .filter_map(|((id, minutes), module)| {
                let made = Fraction::whole(module.counted).over(target).times(points);
                Some(Item {
                    source: Source::Minutes {
                        module: &Self::module(case, id)?.id,
                        credited_ms: module.credited,
                        counted_ms: module.counted,
                        target_ms: u64::from(*minutes)
                            * MINUTE_MS
                            * case.members.len().max(1) as u64,
                        over_day_ms: module.over_day,
                        outside_ms: module.outside,
                        content_ms: module.content,
                    },
                    at: None,
                    points: match self.scoring {
                        Scoring::Threshold if sum < target => Fraction::ZERO,
                        _ => made,
                    },
                    provisional: false,
                    not_counted: None,
                })
            });
        Earned {
            points: self.scoring.share(sum, target).times(points),
            items: items.collect(),
        }
    }

    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
        let target = Fraction::whole(self.target_ms(case));
        let points = exact(indicator.points);
        let to_target = |item: &Item<'_>| match item.source {
            Source::Minutes {
                counted_ms,
                target_ms,
                ..
            } => target_ms - counted_ms.min(target_ms),
            _ => 0,
        };
        let left: u64 = earned.items.iter().map(to_target).sum();
        // What the content cannot give is nothing to do.
        let lacking = |item: &Item<'_>| match item.source {
            Source::Minutes {
                credited_ms,
                content_ms,
                ..
            } => to_target(item).min(content_ms.saturating_sub(credited_ms)),
            _ => 0,
        };
        let all: u64 = earned.items.iter().map(lacking).sum();
        if self.scoring == Scoring::Threshold && all < left {
            return Vec::new();
        }
        let of_module = |item: &Item<'_>| {
            let Source::Minutes { module, .. } = item.source else {
                return None;
            };
            let lacking = lacking(item);
            let gain = match self.scoring {
                Scoring::Proportional => Fraction::whole(lacking).over(target).times(points),
                // All targets are to be reached: each part is worth its share of the whole.
                Scoring::Threshold => Fraction::whole(lacking)
                    .over(Fraction::whole(left))
                    .times(points),
            };
            let placed = case.course.steps().find(|placed| {
                let known = case
                    .members
                    .first()
                    .map(|member| member.step(&placed.step.id));
                let (credited, creditable) = known.map_or((0, 0), |known| {
                    standing::credit(placed.step, &known, &case.course.meter)
                });
                placed.module.id == *module && credited < creditable
            });
            (lacking > 0).then(|| Todo {
                module: Some(module.clone()),
                step: placed.map(|placed| placed.step.id.clone()),
                by: Some(case.study.closes),
                ..Todo::of(indicator, Task::Study, gain, 1, minutes_about(lacking))
            })
        };
        earned.items.iter().filter_map(of_module).collect()
    }
}

/// Milliseconds as minutes, rounded, at least one: a module that was begun comes before one of the
/// same worth that was not.
fn minutes_about(ms: u64) -> u32 {
    let minutes = (ms + MINUTE_MS / 2) / MINUTE_MS;
    u32::try_from(minutes.max(1)).unwrap_or(u32::MAX)
}
