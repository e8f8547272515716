//! What a package says of assessment (DESIGN section 8): schemes, and what they need to know of
//! each step, of terms and years, of credit hours and the certificate.

use crate::domain::assessment::gates::Gate;
use crate::domain::assessment::periods::PeriodRules;
use crate::domain::assessment::rules::Rule;
use crate::domain::fraction::Fraction;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::sorted::Sorted;
use crate::domain::text::Text;

/// What a package says of assessment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assessment {
    /// Schemes in order.
    pub schemes: Vec<Scheme>,
    /// Modules in order.
    pub modules: Vec<Slug>,
    /// What schemes need to know of each step beyond what the course holds.
    pub steps: Sorted<Slug, StepFacts>,
    /// Terms and years.
    pub periods: PeriodRules,
    /// Kinds of groups of learners and what one of them is called.
    pub group_kinds: Sorted<Slug, Text>,
    /// Categories of credit hours.
    pub hours: Vec<HoursCategory>,
    /// Credit hours that whoever completes a module earns.
    pub earned_hours: Sorted<Slug, HoursEarned>,
    /// What the certificate says.
    pub certificate: Option<Certificate>,
}

impl Assessment {
    /// Whether there is a step of this group.
    #[must_use]
    pub fn has_group(&self, group: &Slug) -> bool {
        let mut all = self.steps.iter();
        all.any(|(_, facts)| facts.group.as_ref() == Some(group))
    }
}

/// What schemes need to know of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepFacts {
    /// The group of steps that it belongs to.
    pub group: Option<Slug>,
    /// Fewest characters of a review that counts.
    pub review_least: u32,
    /// The pairing whose groups share it.
    pub partnership: Option<Slug>,
    /// Whether the learner's own word is enough to be counted as present.
    pub own_word: bool,
    /// Hundredths of an exam that pass it.
    pub pass_percent: u32,
}

/// An assessment scheme (考核方案).
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Unique in the course.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// What it is about; may be empty.
    pub summary: Text,
    /// The kind of group that it assesses; each learner when absent.
    pub group: Option<Slug>,
    /// Full marks.
    pub full_marks: Points,
    /// What the sum is a percentage of, where it is converted; the sum is the score otherwise.
    pub percent_of: Option<Points>,
    /// Whether bonuses may lift the score above full marks.
    pub bonus_may_exceed: bool,
    /// Indicators in order.
    pub indicators: Vec<Indicator>,
    /// What fails the whole.
    pub gates: Vec<Gate>,
    /// Levels, ascending; never empty.
    pub levels: Vec<Level>,
    /// Parties who judge by rubrics.
    pub judges: Vec<Judge>,
    /// Stages in order; one when empty.
    pub stages: Vec<Stage>,
    /// Which of several attempts counts.
    pub counts: AttemptCounts,
    /// How many attempts there are, if that is limited.
    pub max_attempts: Option<u32>,
}

impl Scheme {
    /// The level of this id, as somebody wrote it.
    #[must_use]
    pub fn level_called(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|each| each.id.as_str() == id)
    }

    /// The indicator of this id.
    #[must_use]
    pub fn indicator(&self, id: &Slug) -> Option<&Indicator> {
        self.indicators.iter().find(|each| each.id == *id)
    }
}

/// An indicator (指标).
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Unique in the scheme.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// Most points that it earns.
    pub points: Points,
    /// How they are earned.
    pub rule: Rule,
    /// The stages at which it is judged; all when empty.
    pub stages: Vec<Slug>,
}

/// A level of the score (等级).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Unique in the scheme.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// From so many points on.
    pub from: Points,
    /// Whether whoever reaches it has passed.
    pub passes: bool,
}

impl Level {
    /// The highest of `levels` that a score reaches, as its place; none where it reaches none.
    #[must_use]
    pub fn reached(levels: &[Self], score: Fraction) -> Option<usize> {
        let reached = |level: &Self| score >= Fraction::from(level.from);
        levels.iter().rposition(reached)
    }
}

/// A party who judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// Unique in the scheme.
    pub id: Slug,
    /// Title.
    pub title: Text,
}

/// A stage, such as mid-term or final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Unique in the scheme.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// Its weight in the score.
    pub weight: u32,
    /// Who judges at it, with their weights.
    pub judges: Vec<(Slug, u32)>,
}

/// Which of several attempts counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AttemptCounts {
    /// The first.
    First,
    /// The best.
    Best,
    /// The last.
    #[default]
    Last,
}

impl AttemptCounts {
    /// The one of several in order of time that counts; the earliest of equals.
    pub fn choose<T>(self, mut all: Vec<T>, better: impl Fn(&T, &T) -> bool) -> Option<T> {
        match self {
            Self::First => (!all.is_empty()).then(|| all.swap_remove(0)),
            Self::Last => all.pop(),
            Self::Best => all
                .into_iter()
                .reduce(|best, next| if better(&next, &best) { next } else { best }),
        }
    }
}

/// A category of credit hours (学时类别).
#[derive(Debug, Clone, PartialEq)]
pub struct HoursCategory {
    /// Unique among categories.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// Hours to reach.
    pub hours: Points,
    /// By when.
    pub due: HoursDue,
    /// Whom it concerns, if not everybody; the roster says who that is.
    pub who: Option<Who>,
}

/// Whom a category of credit hours concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Titles of roles: whoever has one of them.
    pub roles: Vec<Text>,
    /// Whoever is younger than so many years.
    pub under_age: Option<u32>,
}

/// By when hours are to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoursDue {
    /// By the end of the study phase.
    PlanEnd,
    /// In every year anew.
    EachYear,
    /// Within this window.
    Date(String),
    /// Before something in a learner's career.
    Before(Text),
}

/// Credit hours that a module earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursEarned {
    /// The category.
    pub category: Slug,
    /// The hours.
    pub hours: Points,
}

/// What the certificate (结业证书) says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The scheme that has to be passed.
    pub scheme: Slug,
    /// Title.
    pub title: Text,
    /// What it confirms.
    pub body: Text,
    /// Who issues it; may be empty.
    pub issuer: Text,
}
