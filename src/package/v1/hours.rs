//! Credit hours (学时) and the certificate.

use serde::Deserialize;

use super::{Decimal, Id, Many, Text, When, Who, Whole};

/// Credit hours to reach.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreditHours {
    /// How many minutes a credit hour has; 45 when absent.
    pub minutes_per_hour: Option<Whole<1, 120>>,
    /// Categories, each with its own target.
    pub categories: Many<HoursCategory, 1, 50>,
}

/// A category of credit hours.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HoursCategory {
    /// Unique among categories.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// Hours to reach.
    pub hours: Decimal<1, 10_000_000>,
    /// Hours on offer, where a learner chooses among more than is to be reached.
    pub offered: Option<Decimal<1, 10_000_000>>,
    /// By when.
    pub due: HoursDue,
    /// Whom it concerns; everybody when absent.
    pub who: Option<Who>,
}

/// By when hours are to be reached.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum HoursDue {
    /// By the end of the study phase.
    PlanEnd {},
    /// In every year anew.
    EachYear {},
    /// By a date.
    Date {
        /// The date.
        date: When,
    },
    /// Before something in a learner's career, such as starting to teach; the roster may say
    /// when that is.
    Before {
        /// What.
        event: Text,
    },
}

/// Credit hours that are earned by completing a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HoursEarned {
    /// The category.
    pub category: Id,
    /// The hours.
    pub hours: Decimal<1, 10_000_000>,
}

/// What the certificate says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// The scheme that has to be passed.
    pub scheme: Id,
    /// Title.
    pub title: Text,
    /// What it confirms.
    pub body: Text,
    /// Who issues it.
    pub issuer: Option<Text>,
}
