//! Assessment schemes: who is assessed, by what indicators, on what scale.

use serde::Deserialize;

use super::{Dates, Days, Id, Many, Rule, SchemeGate, Score, Text, Weight, Who, Whole, Worth};

/// An assessment scheme.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Scheme {
    /// Unique among schemes.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// What it is about, in a sentence or two.
    pub summary: Option<Text>,
    /// Who is assessed.
    pub subject: Subject,
    /// Which learners it concerns; all when absent.
    pub who: Option<Who>,
    /// Full marks; the indicators without bonuses add up to it, unless the sum is converted.
    pub full_marks: Worth,
    /// How the sum of the indicators becomes the score; as it is when absent.
    pub conversion: Option<Conversion>,
    /// Whether bonuses may lift the score above full marks; no when absent.
    pub bonus_may_exceed: Option<bool>,
    /// Indicators in order.
    pub indicators: Many<Indicator, 1, 60>,
    /// What fails the whole, whatever the score.
    #[serde(default)]
    pub gates: Many<SchemeGate, 0, 30>,
    /// Levels of the score, ascending.
    pub levels: Many<Level, 1, 12>,
    /// Parties who judge by rubrics.
    #[serde(default)]
    pub judges: Many<Judge, 0, 10>,
    /// Stages in order, such as mid-term and final; one only when empty.
    #[serde(default)]
    pub stages: Many<Stage, 0, 8>,
    /// How often it may be gone through; again and again with the last counting when absent.
    pub attempts: Option<Attempts>,
}

/// Who is assessed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Each learner.
    Learner {},
    /// Each group of a kind; records of its members count for it.
    Group {
        /// The kind of group.
        group: Id,
    },
}

/// How the sum of the indicators becomes the score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Conversion {
    /// The score is the sum as a percentage of what can be reached, times full marks ÷ 100.
    PercentOf {
        /// What can be reached; the sum of all indicators without bonuses when absent.
        total: Option<Worth>,
    },
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Indicator {
    /// Unique in the scheme.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// Most points that it earns.
    pub points: Worth,
    /// How they are earned.
    pub rule: Rule,
    /// The stages at which it is judged; all when empty.
    #[serde(default)]
    pub stages: Many<Id, 0, 8>,
}

/// A level of the score.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Level {
    /// Unique in the scheme.
    pub id: Id,
    /// Title, such as excellent.
    pub title: Text,
    /// From so many points on.
    pub from: Score,
    /// Whether whoever reaches it has passed.
    pub passes: bool,
}

/// A party who judges; several persons of one party are averaged.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Judge {
    /// Unique in the scheme.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// Who that is.
    pub role: JudgeRole,
}

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum JudgeRole {
    /// The assessed itself; for a group, its head.
    Itself,
    /// Learners; for a group, its members.
    Learner,
    /// Peers: for a learner the class, for a group the other groups.
    Peer,
    /// The tutor.
    Tutor,
    /// The class manager.
    Manager,
    /// Experts.
    Expert,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Unique in the scheme.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// Its weight in the score.
    pub weight: Weight,
    /// When it takes place; in the grading phase when absent.
    pub when: Option<StageTime>,
    /// Who judges at it; needed by rubrics and bonuses without judges of their own.
    #[serde(default)]
    pub judges: Many<WeightedJudge, 0, 10>,
}

/// When a stage takes place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum StageTime {
    /// Fixed dates.
    Absolute {
        /// From when to when.
        dates: Dates,
    },
    /// Days since enrolment.
    Relative {
        /// From which day to which.
        days: Days,
    },
}

/// A judge and the weight of its judgement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WeightedJudge {
    /// The judge.
    pub judge: Id,
    /// Its weight.
    pub weight: Weight,
}

/// How often a scheme may be gone through.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attempts {
    /// At most so often; without end when absent.
    pub max: Option<Whole<1, 100>>,
    /// Which one counts.
    pub counts: AttemptCounts,
}

/// Which of several attempts counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptCounts {
    /// The first.
    First,
    /// The best.
    Best,
    /// The last.
    Last,
}
