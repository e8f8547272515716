//! Judging a case by its scheme: the score, the level, every indicator and every gate.

use crate::domain::assessment::case::{Case, exact};
use crate::domain::assessment::gates::{Gate, GateState, Outcome};
use crate::domain::assessment::plan::{self, Todo};
use crate::domain::assessment::rules::Earned;
use crate::domain::assessment::scheme::{Assessment, Indicator, Level, Scheme};
use crate::domain::course::Course;
use crate::domain::fraction::Fraction;
use crate::domain::progress::Progress;
use crate::domain::time::Moment;

/// A score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// With what others say, for which nobody vouches yet.
    pub points: Fraction,
    /// Without that.
    pub certain: Fraction,
}

/// Where a subject stands by a scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemeStanding<'a> {
    /// The score, after conversion and with bonuses.
    pub score: Score,
    /// What the indicators add up to before conversion, without bonuses.
    pub sum: Fraction,
    /// The level that the score reaches, as its place among the scheme's.
    pub level: usize,
    /// Whether the level passes and no gate is closed.
    pub passed: bool,
    /// Until when it can change: the end of the grading phase, or of the study phase.
    pub ends: Moment,
    /// What a closed gate means, the worst first.
    pub failed: Option<Outcome>,
    /// Every indicator in order.
    pub indicators: Vec<IndicatorStanding<'a>>,
    /// Every gate in order, and how it stands.
    pub gates: Vec<(&'a Gate, GateState)>,
}

/// Where a subject stands in one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorStanding<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// What it earned, and by what.
    pub earned: Earned<'a>,
    /// What it earned without what rests on others' word alone.
    pub certain: Fraction,
}

impl<'a> SchemeStanding<'a> {
    /// The level that the score reaches; the lowest if it reaches none.
    #[must_use]
    pub fn level<'s>(&self, scheme: &'s Scheme) -> Option<&'s Level> {
        scheme.levels.get(self.level)
    }

    /// What is left to do, the most points per minute first.
    #[must_use]
    pub fn plan(&self, case: &Case<'a>) -> Vec<Todo> {
        plan::plan(case, self)
    }
}

/// Judges a case.
#[must_use]
pub fn standing<'a>(case: &Case<'a>) -> SchemeStanding<'a> {
    let scheme = case.scheme;
    let certain = case.certain();
    let indicators: Vec<IndicatorStanding<'a>> = scheme
        .indicators
        .iter()
        .map(|indicator| {
            let mut earned = indicator.rule.judge(case, indicator);
            for item in case.left_out(indicator) {
                let at = earned.items.partition_point(|known| known.at <= item.at);
                earned.items.insert(at, item);
            }
            let alone = earned.items.iter().any(|item| item.provisional)
                || indicator.rule.is_for_groups_only();
            let certain = if alone && case.provisional {
                indicator.rule.judge(&certain, indicator).points
            } else {
                earned.points
            };
            IndicatorStanding {
                indicator,
                earned,
                certain,
            }
        })
        .collect();
    let all = indicators.iter().map(|each| (each, each.earned.points));
    let (sum, points) = score(case, all);
    let (_, certain) = score(case, indicators.iter().map(|each| (each, each.certain)));
    let score = Score { points, certain };
    let gates: Vec<_> = scheme
        .gates
        .iter()
        .map(|gate| (gate, gate.state(case, &indicators)))
        .collect();
    let reached = Level::reached(&scheme.levels, score.points);
    let level = reached.unwrap_or(0);
    let closed = gates
        .iter()
        .filter(|(_, state)| matches!(state, GateState::Closed { .. }));
    let outcomes: Vec<Outcome> = closed.map(|(gate, _)| gate.outcome).collect();
    let failed = if outcomes.contains(&Outcome::Fail) {
        Some(Outcome::Fail)
    } else {
        outcomes.first().copied()
    };
    let passes = reached.is_some_and(|at| scheme.levels[at].passes);
    SchemeStanding {
        score,
        sum,
        level,
        passed: passes && failed.is_none(),
        ends: case.ends,
        failed,
        indicators,
        gates,
    }
}

/// The sum of the indicators before conversion, and the score that it makes: above full marks only
/// if bonuses may lift it there.
fn score<'s, 'a: 's>(
    case: &Case<'a>,
    earned: impl Iterator<Item = (&'s IndicatorStanding<'a>, Fraction)>,
) -> (Fraction, Fraction) {
    let full = exact(case.scheme.full_marks);
    let (mut sum, mut bonus) = (Fraction::ZERO, Fraction::ZERO);
    for (each, points) in earned {
        if each.indicator.rule.is_bonus() {
            bonus = bonus + points;
        } else {
            sum = sum + points;
        }
    }
    let whole = plan::converted(case, sum).at_most(full) + bonus;
    let score = if case.scheme.bonus_may_exceed {
        whole
    } else {
        whole.at_most(full)
    };
    (sum, score)
}

/// The attempt that counts by a scheme, with its standing: the attempts in order.
#[must_use]
pub fn standings<'a>(
    course: &'a Course,
    assessment: &'a Assessment,
    scheme: &'a Scheme,
    attempts: &'a [[&'a Progress; 1]],
    now: Moment,
) -> Option<(usize, SchemeStanding<'a>)> {
    let most = scheme.max_attempts.map_or(usize::MAX, |most| most as usize);
    let all: Vec<_> = attempts
        .iter()
        .take(most)
        .map(|members| standing(&Case::new(course, assessment, scheme, members, now)))
        .enumerate()
        .collect();
    scheme.counts.choose(all, |one, two| {
        let key = |standing: &SchemeStanding<'_>| (standing.passed, standing.score.points);
        key(&one.1) > key(&two.1)
    })
}
