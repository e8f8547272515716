//! How an indicator earns its points.

use serde::Deserialize;

use super::{
    AttemptCounts, AttendanceOfRule, CountRule, Criterion, Id, Many, PairingRule, Score,
    ShareOfMembersRule, Text, Times, WeightedJudge, When, Whole, Worth,
};

/// How an indicator earns its points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Credited minutes of video and reading, with a target per module.
    Minutes(MinutesRule),
    /// Points for each thing done.
    Count(CountRule),
    /// The tutor's grade, any number up to the points.
    Graded(GradedRule),
    /// The tutor's choice of one rung.
    Ladder(LadderRule),
    /// Starts full and loses points.
    Deduction(DeductionRule),
    /// The percentage of an exam, times the points.
    Exam(ExamRule),
    /// Criteria, judged by one or more parties.
    Rubric(RubricRule),
    /// Like a rubric, on top of full marks.
    Bonus(RubricRule),
    /// Tasks with points of their own, added up.
    TaskPoints(TaskPointsRule),
    /// For groups: the share of members who reached something.
    ShareOfMembers(ShareOfMembersRule),
    /// For groups: attendance at sessions.
    AttendanceOf(AttendanceOfRule),
    /// For groups: what is done with the partner group.
    Pairing(PairingRule),
}

/// Credited minutes with a target per module. Minutes of a module count up to its target.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct MinutesRule {
    /// Targets.
    pub modules: Many<MinutesTarget, 1, 200>,
    /// How partial time scores.
    pub scoring: Scoring,
    /// No more than so many minutes of one calendar day count; no limit when absent.
    pub daily_cap: Option<Whole<1, 1440>>,
}

/// The target of a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MinutesTarget {
    /// The module.
    pub module: Id,
    /// Minutes to reach.
    pub minutes: Whole<1, 100_000>,
}

/// How a part of the target scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scoring {
    /// Points in the proportion of what is reached to the target.
    Proportional,
    /// All points when every target is reached, otherwise none.
    Threshold,
}

/// What the tutor grades.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum GradeOf {
    /// The indicator as a whole, whatever it looks at.
    Overall {},
    /// What was submitted in one step.
    Step {
        /// The step.
        step: Id,
    },
    /// What was submitted in the steps of a group.
    Group {
        /// The group of steps.
        group: Id,
    },
}

/// The tutor's grade.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct GradedRule {
    /// What is graded.
    pub of: GradeOf,
    /// Most points of one grade, where several are added up; the indicator's points when absent.
    pub points_each: Option<Worth>,
    /// At most so many grades count in each module, the best first; no limit when absent.
    pub most_per_module: Option<Times>,
}

/// The tutor's choice of one rung.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct LadderRule {
    /// What is graded.
    pub of: GradeOf,
    /// Rungs, descending; the first is the indicator's points.
    pub rungs: Many<Rung, 2, 20>,
}

/// A rung of a ladder.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Rung {
    /// Its points.
    pub points: Score,
    /// What it looks like.
    pub description: Option<Text>,
}

/// Starts full and loses points, not below 0.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct DeductionRule {
    /// Groups of activities at which attendance is taken; all activities when empty.
    #[serde(default)]
    pub groups: Many<Id, 0, 20>,
    /// What costs points.
    pub minus: Many<Minus, 1, 3>,
}

/// What costs points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Minus {
    /// What happened.
    pub event: AttendanceEvent,
    /// Points lost each time.
    pub points: Worth,
}

/// What can happen at a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttendanceEvent {
    /// Not there.
    Absence,
    /// There too late.
    Late,
    /// Gone too early.
    EarlyLeave,
}

/// The percentage of an exam, times the points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct ExamRule {
    /// The exam step; an exam on paper, whose percentage the tutor enters, when absent.
    pub step: Option<Id>,
    /// Which attempt counts.
    pub counts: AttemptCounts,
}

/// Criteria, judged by one or more parties.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct RubricRule {
    /// Criteria; their points add up to the indicator's.
    pub criteria: Many<Criterion, 1, 30>,
    /// Who judges; those of the stages when empty.
    #[serde(default)]
    pub judges: Many<WeightedJudge, 0, 10>,
}

/// Tasks with points of their own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct TaskPointsRule {
    /// Tasks; their points add up to the indicator's.
    pub tasks: Many<Task, 1, 200>,
}

/// A task of a plan.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Unique in the scheme.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// Most points for it.
    pub points: Worth,
    /// Whether they mark the process or the result.
    pub marks: Marks,
    /// The step in which it is done; outside the course when absent.
    pub step: Option<Id>,
    /// By when.
    pub due: Option<When>,
}

/// What points of a task mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Marks {
    /// Taking part.
    Process,
    /// What came out.
    Result,
}
