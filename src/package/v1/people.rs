//! Groups of learners, pairings between them, roles of learners, and groups of steps.

use serde::Deserialize;

use super::{Id, Many, Text, Whole};

/// Groups of learners that are assessed or paired, and roles of learners. Which groups there are
/// and who belongs to them is the roster's to say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct People {
    /// Kinds of groups, such as province, county, school, class, studio.
    #[serde(default)]
    pub groups: Many<GroupKind, 0, 20>,
    /// Pairings of groups of one kind.
    #[serde(default)]
    pub partnerships: Many<Partnership, 0, 10>,
    /// Roles that learners may have.
    #[serde(default)]
    pub roles: Many<Role, 0, 30>,
}

/// A kind of group.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupKind {
    /// Unique among kinds of groups.
    pub id: Id,
    /// What one of them is called.
    pub title: Text,
    /// The kind of group that contains it.
    pub within: Option<Id>,
}

/// A pairing (手拉手): groups that see each other's showcased work and share discussions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Partnership {
    /// Unique among pairings.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// The kind of group that is paired.
    pub between: Id,
}

/// A role that a learner may have, such as key teacher.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// Unique among roles.
    pub id: Id,
    /// Title.
    pub title: Text,
}

/// Whom something concerns: learners who meet every condition given.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// Learners with at least one of these roles; everybody when empty.
    #[serde(default)]
    pub roles: Many<Id, 0, 30>,
    /// Learners younger than so many years.
    pub under_age: Option<Whole<16, 100>>,
}

/// A group of steps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepGroup {
    /// Unique among groups of steps.
    pub id: Id,
    /// Title.
    pub title: Text,
}
