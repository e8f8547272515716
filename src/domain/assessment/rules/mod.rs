//! The kinds of rule, one module each, and the table of them. A new kind is a module with the
//! type of its rule, its reading, its judging and what it leaves to do, and a line in the table.

mod attendance_of;
mod bonus;
mod count;
mod deduction;
mod exam;
mod graded;
mod ladder;
mod minutes;
mod pairing;
mod rubric;
mod share_of_members;
mod task_points;

use crate::domain::assessment::case::{Case, Item, NotCounted, Source};
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::received::Mark;
use crate::domain::assessment::scheme::{Assessment, Indicator, Stage};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;

pub use rubric::weighted;

/// What an indicator's rule makes of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Earned<'a> {
    /// The points, between 0 and the indicator's.
    pub points: Fraction,
    /// What made them, and what did not count, in order of time.
    pub items: Vec<Item<'a>>,
}

/// A kind of rule.
trait Judging: Sized {
    /// Reads the rule as packages write it; `main` is the language of plain texts.
    fn read(at: Fields<'_>, main: &str) -> Option<Self>;

    /// What it makes of a case.
    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a>;

    /// What is left to do, and what each would earn.
    fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo>;

    /// What its own parts add up to, where that must be the indicator's points.
    fn own_sum(&self) -> Option<Points> {
        None
    }

    /// Whether what it names (modules, steps, groups of steps) is in the package.
    fn is_of(&self, _package: &Assessment) -> bool {
        true
    }

    /// Whether its points can only become fewer.
    const ONLY_FALLS: bool = false;
    /// Whether they come on top of full marks.
    const IS_BONUS: bool = false;
    /// Whether it makes sense for groups only.
    const GROUPS_ONLY: bool = false;
}

/// The table: the word of the format, the name of the kind, its type.
macro_rules! rules {
    ($($word:literal $name:ident($kind:ty)),+ $(,)?) => {
        /// How an indicator earns its points.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Rule {
            $(
                #[doc = concat!("`", $word, "`")]
                $name($kind),
            )+
        }

        impl Rule {
            /// Reads a rule as packages write it; `main` is the language of plain texts.
            #[must_use]
            pub fn read(at: Fields<'_>, main: &str) -> Option<Self> {
                match at.text("kind")? {
                    $($word => <$kind>::read(at, main).map(Self::$name),)+
                    _ => None,
                }
            }

            /// The word of the format.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $word,)+
                }
            }

            /// What it makes of a case.
            #[must_use]
            pub fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
                match self {
                    $(Self::$name(rule) => rule.judge(case, indicator),)+
                }
            }

            /// What is left to do.
            #[must_use]
            pub fn todo(&self, case: &Case<'_>, indicator: &Indicator, earned: &Earned<'_>) -> Vec<Todo> {
                match self {
                    $(Self::$name(rule) => rule.todo(case, indicator, earned),)+
                }
            }

            /// What its own parts add up to, where that must be the indicator's points.
            #[must_use]
            pub fn own_sum(&self) -> Option<Points> {
                match self {
                    $(Self::$name(rule) => rule.own_sum(),)+
                }
            }

            /// Whether what it names is in the package.
            #[must_use]
            pub fn is_of(&self, package: &Assessment) -> bool {
                match self {
                    $(Self::$name(rule) => rule.is_of(package),)+
                }
            }

            /// Whether its points can only become fewer.
            #[must_use]
            pub fn only_falls(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$kind>::ONLY_FALLS,)+
                }
            }

            /// Whether its points come on top of full marks.
            #[must_use]
            pub fn is_bonus(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$kind>::IS_BONUS,)+
                }
            }

            /// Whether it makes sense for groups only.
            #[must_use]
            pub fn is_for_groups_only(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$kind>::GROUPS_ONLY,)+
                }
            }
        }
    };
}

rules! {
    "minutes" Minutes(minutes::Minutes),
    "count" Count(count::CountRule),
    "graded" Graded(graded::Graded),
    "ladder" Ladder(ladder::Ladder),
    "deduction" Deduction(deduction::Deduction),
    "exam" Exam(exam::Exam),
    "rubric" Rubric(rubric::Rubric),
    "bonus" Bonus(bonus::Bonus),
    "task_points" TaskPoints(task_points::TaskPoints),
    "share_of_members" ShareOfMembers(share_of_members::ShareOfMembers),
    "attendance_of" AttendanceOf(attendance_of::AttendanceOf),
    "pairing" Pairing(pairing::Pairing),
}

/// How a part of a target scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// Points in the proportion of what is reached to the target.
    Proportional,
    /// All points when the target is reached, otherwise none.
    Threshold,
}

impl Scoring {
    fn read(at: Fields<'_>) -> Option<Self> {
        match at.text("scoring")? {
            "proportional" => Some(Self::Proportional),
            "threshold" => Some(Self::Threshold),
            _ => None,
        }
    }

    /// The part of all points that `reached` of `target` earns.
    fn share(self, reached: Fraction, target: Fraction) -> Fraction {
        match self {
            _ if reached >= target => Fraction::ONE,
            Self::Proportional => reached.over(target),
            Self::Threshold => Fraction::ZERO,
        }
    }
}

/// A share, and how much of it earns all points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ShareOf {
    target_percent: u32,
    scoring: Scoring,
}

impl ShareOf {
    fn read(at: Fields<'_>) -> Option<Self> {
        let percent = at.optional("targetPercent", |at| u32::try_from(at.0.as_u64()?).ok())?;
        let percent = percent.unwrap_or(100);
        (1..=100).contains(&percent).then_some(Self {
            target_percent: percent,
            scoring: Scoring::read(at)?,
        })
    }

    /// What `reached` of `all` earns.
    fn points(self, indicator: &Indicator, (reached, all): (Fraction, u64)) -> Fraction {
        let share = reached.over(Fraction::whole(all));
        let target = Fraction::new(self.target_percent.into(), 100);
        let share = self.scoring.share(share, target);
        share.times(indicator.points.into())
    }

    /// What `reached` of `all` earns, as one item.
    fn earned<'a>(
        self,
        indicator: &Indicator,
        (reached, all): (Fraction, u64),
        source: Source<'a>,
        provisional: bool,
    ) -> Earned<'a> {
        let points = self.points(indicator, (reached, all));
        Earned {
            points,
            items: vec![Item {
                source,
                at: None,
                points,
                provisional,
                not_counted: None,
            }],
        }
    }
}

/// What the tutor grades.
#[derive(Debug, Clone, PartialEq, Eq)]
enum GradeOf {
    /// The indicator as a whole.
    Overall,
    /// What was submitted in one step.
    Step(Slug),
    /// What was submitted in the steps of a group.
    Group(Slug),
}

impl GradeOf {
    fn read(at: Fields<'_>) -> Option<Self> {
        let of = at.find("of")?;
        Some(match of.text("kind")? {
            "overall" => Self::Overall,
            "step" => Self::Step(of.slug("step")?),
            "group" => Self::Group(of.slug("group")?),
            _ => return None,
        })
    }

    fn is_of(&self, package: &Assessment) -> bool {
        match self {
            Self::Overall => true,
            Self::Step(step) => package.steps.get(step).is_some(),
            Self::Group(group) => package.has_group(group),
        }
    }

    /// Whether a grade of this step is one of these.
    fn takes(&self, case: &Case<'_>, step: Option<&Slug>) -> bool {
        match (self, step) {
            (Self::Overall, _) | (_, None) => true,
            (Self::Step(own), Some(step)) => own == step,
            (Self::Group(group), Some(step)) => case.in_groups(step, std::slice::from_ref(group)),
        }
    }

    /// The steps whose submissions are graded; none for the whole.
    fn steps<'a>(&self, case: &Case<'a>) -> Vec<&'a Slug> {
        let course = case.course;
        let ids = course.steps().map(|placed| &placed.step.id);
        ids.filter(|id| match self {
            Self::Overall => false,
            Self::Step(own) => own == *id,
            Self::Group(group) => case.in_groups(id, std::slice::from_ref(group)),
        })
        .collect()
    }
}

/// The stages at which an indicator is judged, each with its share of the points; without stages
/// none, with all of them.
fn stages<'a>(case: &Case<'a>, indicator: &Indicator) -> Vec<(Option<&'a Stage>, Fraction)> {
    let at = |stage: &&Stage| indicator.stages.is_empty() || indicator.stages.contains(&stage.id);
    let stages: Vec<_> = case.scheme.stages.iter().filter(at).collect();
    if stages.is_empty() {
        return vec![(None, Fraction::ONE)];
    }
    let all: u64 = stages.iter().map(|stage| u64::from(stage.weight)).sum();
    let share = |stage: &'a Stage| Fraction::new(stage.weight.into(), all.into());
    let weighted = stages.into_iter().map(|stage| (Some(stage), share(stage)));
    weighted.collect()
}

/// The marks of an indicator as items: what each made, and why it made nothing.
fn items_of_marks<'a>(
    case: &Case<'a>,
    indicator: &Indicator,
    made: &[(&RecordId, Fraction)],
    why: impl Fn(&Mark<'a>) -> NotCounted,
) -> Vec<Item<'a>> {
    let item = |mark: &Mark<'a>| {
        let own: Vec<Fraction> = made
            .iter()
            .filter(|(id, _)| *id == mark.id)
            .map(|(_, points)| *points)
            .collect();
        let known = |id: &str| {
            case.scheme
                .stages
                .iter()
                .any(|stage| stage.id.as_str() == id)
        };
        let not_counted = own.is_empty().then(|| {
            if mark.stage.is_some_and(|id| !known(id)) {
                NotCounted::NoParty
            } else {
                why(mark)
            }
        });
        Item {
            not_counted,
            ..Item::of_mark(mark, own.into_iter().sum())
        }
    };
    case.marks_of(indicator).map(item).collect()
}
