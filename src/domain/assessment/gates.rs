//! Gates: what fails the whole, whatever the score.

use crate::domain::assessment::case::{Case, exact};
use crate::domain::assessment::counted::Counted;
use crate::domain::assessment::judged::IndicatorStanding;
use crate::domain::assessment::periods::Every;
use crate::domain::assessment::received::Presence;
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::text::Text;
use crate::domain::time::Window;

/// What fails the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Unique in the scheme.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// When it closes.
    pub when: GateWhen,
    /// What it means.
    pub outcome: Outcome,
}

/// What a closed gate means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Failed: to be gone through again.
    Fail,
    /// Not completed: no certificate.
    NotCompleted,
}

/// When a gate closes.
#[derive(Debug, Clone, PartialEq)]
pub enum GateWhen {
    /// An indicator earned fewer points than these.
    IndicatorBelow {
        /// The indicator.
        indicator: Slug,
        /// The points.
        points: Points,
    },
    /// So large a part of the planned sessions was missed.
    AbsenceRatioAtLeast {
        /// The part, exactly.
        ratio: Fraction,
        /// Groups of activities; all when empty.
        groups: Vec<Slug>,
        /// How many sessions are planned; those in the course when absent.
        planned: Option<u32>,
    },
    /// Something was done less often than asked.
    Missing {
        /// What.
        what: Counted,
        /// How often in all; per period when `every` is there.
        times: u32,
        /// How often in each period.
        every: Option<Every>,
    },
}

/// How a gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateState {
    /// Nothing to fear from it any more, or for now.
    Open,
    /// It will close unless something is done: how much is done and how much is needed, or how
    /// much was missed and how much closes it.
    AtRisk {
        /// Done, or missed.
        have: Fraction,
        /// Needed, or what closes it.
        need: Fraction,
    },
    /// Closed: this cannot be undone.
    Closed {
        /// Done, or missed.
        have: Fraction,
        /// What was needed, or what closed it.
        need: Fraction,
    },
}

impl Gate {
    /// Reads one; `main` is the language of plain texts.
    #[must_use]
    pub fn read(at: Fields<'_>, main: &str) -> Option<Self> {
        let when = at.find("when")?;
        Some(Self {
            id: at.slug("id")?,
            title: at.title("title", main)?,
            outcome: match at.text("outcome")? {
                "fail" => Outcome::Fail,
                "not_completed" => Outcome::NotCompleted,
                _ => return None,
            },
            when: match when.text("kind")? {
                "indicator_below" => GateWhen::IndicatorBelow {
                    indicator: when.slug("indicator")?,
                    points: when.points("points")?,
                },
                "absence_ratio_at_least" => GateWhen::AbsenceRatioAtLeast {
                    ratio: ratio(when.text("ratio")?)?,
                    groups: when.slugs("groups")?,
                    planned: when.optional("planned", |at| u32::try_from(at.0.as_u64()?).ok())?,
                },
                "missing" => {
                    let asked = when.find("asked")?;
                    let every = asked.optional("every", Every::read)?;
                    GateWhen::Missing {
                        what: Counted::read(when.find("what")?)?,
                        times: match every {
                            Some(every) => every.times,
                            None => asked.count("times")?,
                        },
                        every,
                    }
                }
                _ => return None,
            },
        })
    }

    /// How it stands.
    pub(super) fn state(&self, case: &Case<'_>, indicators: &[IndicatorStanding<'_>]) -> GateState {
        match &self.when {
            GateWhen::IndicatorBelow { indicator, points } => {
                let found = indicators
                    .iter()
                    .find(|each| each.indicator.id == *indicator);
                let Some(found) = found else {
                    return GateState::Open;
                };
                let (have, need) = (found.earned.points, exact(*points));
                let is_final = found.indicator.rule.only_falls() || case.ends <= case.now;
                if have >= need {
                    GateState::Open
                } else if is_final {
                    GateState::Closed { have, need }
                } else {
                    GateState::AtRisk { have, need }
                }
            }
            GateWhen::AbsenceRatioAtLeast {
                ratio,
                groups,
                planned,
            } => absences(case, *ratio, groups, *planned),
            GateWhen::Missing { what, times, every } => missing(case, what, *times, *every),
        }
    }
}

/// Absences count against the planned sessions, so the gate closes only when no attendance can
/// undo it; it is at risk when they reach the ratio of what was held so far, or when one more
/// closes it (programme P5).
fn absences(case: &Case<'_>, ratio: Fraction, groups: &[Slug], planned: Option<u32>) -> GateState {
    let sessions: Vec<_> = case.sessions(groups).collect();
    let planned = planned.map_or(sessions.len() as u64, u64::from);
    let (mut held, mut missed) = (0u64, 0u64);
    for placed in &sessions {
        for member in case.members {
            if let Some(known) = case.presence(member, &placed.step.id) {
                held += 1;
                missed += u64::from(known.presence == Presence::Absent);
            }
        }
    }
    let members = case.members.len().max(1) as u64;
    let all = Fraction::whole(planned.max(held / members) * members);
    let (have, need) = (Fraction::whole(missed), ratio.times(all));
    let reaches = |missed: u64, of: Fraction| Fraction::whole(missed) >= ratio.times(of);
    if missed > 0 && reaches(missed, all) {
        GateState::Closed { have, need }
    } else if missed > 0 && (reaches(missed, Fraction::whole(held)) || reaches(missed + 1, all)) {
        GateState::AtRisk { have, need }
    } else {
        GateState::Open
    }
}

fn missing(case: &Case<'_>, what: &Counted, times: u32, every: Option<Every>) -> GateState {
    let mut done: Vec<(Option<&Slug>, crate::domain::time::Moment)> = Vec::new();
    for thing in what.things(case) {
        if thing.not_counted.is_none() {
            done.push((thing.step, thing.at));
        }
    }
    let whole = Window {
        opens: case.study.opens,
        closes: case.ends,
    };
    let periods = every.map_or_else(|| vec![whole], |every| case.periods(every.period));
    let need = Fraction::whole(times.into());
    let mut state = GateState::Open;
    for period in periods {
        let mut steps: Vec<&Slug> = Vec::new();
        let mut count = 0u64;
        for (step, at) in &done {
            let again = what.what.once_a_step() && step.is_some_and(|step| steps.contains(&step));
            if period.contains(*at) && !again {
                count += 1;
                steps.extend(*step);
            }
        }
        let have = Fraction::whole(count);
        // A period that reaches beyond the course ends with it.
        let over = period.closes.min(case.ends) <= case.now;
        if have >= need {
            continue;
        }
        if over {
            return GateState::Closed { have, need };
        }
        if period.opens <= case.now {
            state = GateState::AtRisk { have, need };
        }
    }
    state
}

/// `1/3` exactly.
fn ratio(text: &str) -> Option<Fraction> {
    let (over, under) = text.split_once('/')?;
    let (over, under): (u32, u32) = (over.parse().ok()?, under.parse().ok()?);
    (over > 0 && under > 0 && over <= under).then(|| Fraction::new(over.into(), under.into()))
}
