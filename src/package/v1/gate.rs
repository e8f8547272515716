//! Gates of a scheme: what fails the whole, whatever the score.

use serde::Deserialize;

use super::{Counted, Every, Id, Many, Ratio, Text, Times, Whole, Worth};

/// What fails the whole.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SchemeGate {
    /// Unique in the scheme.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// When it closes.
    pub when: GateWhen,
    /// What it means.
    pub outcome: Outcome,
}

/// What a closed gate means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Failed: to be gone through again.
    Fail,
    /// Not completed: no certificate.
    NotCompleted,
}

/// When a gate closes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum GateWhen {
    /// An indicator earned fewer points than these.
    IndicatorBelow {
        /// The indicator.
        indicator: Id,
        /// The points.
        points: Worth,
    },
    /// So large a part of the planned sessions was missed.
    AbsenceRatioAtLeast {
        /// The part, exactly.
        ratio: Ratio,
        /// Groups of activities; all activities when empty.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
        /// How many sessions are planned; those in the course when absent.
        planned: Option<Whole<1, 1000>>,
    },
    /// Something was done less often than asked.
    Missing {
        /// What.
        what: Counted,
        /// How often it is asked: in all, or in each period.
        asked: Asked,
    },
}

/// How often something is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// In all.
    InAll {
        /// How often.
        times: Times,
    },
    /// In each term, year or month of the study phase.
    Recurring {
        /// How often in which period.
        every: Every,
    },
}
