//! Rules for groups of learners.

use serde::Deserialize;

use super::{Counted, Id, Many, Percent, Scoring, Times};

/// The share of members who reached something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct ShareOfMembersRule {
    /// The learners' scheme.
    pub scheme: Id,
    /// The level that members are to reach; any that passes when absent.
    pub level: Option<Id>,
    /// The share that earns all points; 100 when absent.
    pub target_percent: Option<Percent>,
    /// How a smaller share scores.
    pub scoring: Scoring,
}

/// Attendance at sessions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceOfRule {
    /// Groups of activities; all activities when empty.
    #[serde(default)]
    pub groups: Many<Id, 0, 20>,
    /// Whose attendance.
    pub of: AttendanceOf,
    /// The share of the sessions that earns all points; 100 when absent.
    pub target_percent: Option<Percent>,
    /// How a smaller share scores.
    pub scoring: Scoring,
}

/// Whose attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttendanceOf {
    /// The group is there when any of its members is.
    Group,
    /// The average over its members.
    Members,
}

/// What is done with the partner group.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct PairingRule {
    /// The pairing.
    pub partnership: Id,
    /// What counts as exchange, added up; only what is shared with the partner group does.
    pub what: Many<Counted, 1, 8>,
    /// How many of them earn all points.
    pub target: Times,
    /// How fewer score.
    pub scoring: Scoring,
}
