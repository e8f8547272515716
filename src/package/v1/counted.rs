//! Counting what was done.

use serde::Deserialize;

use super::{Characters, Id, Many, Times, Worth};

/// So often in each period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Every {
    /// The period.
    pub period: Period,
    /// How often.
    pub times: Times,
}

/// A recurring period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A term of the calendar.
    Term,
    /// A year of the calendar.
    Year,
    /// A calendar month.
    Month,
}

/// A kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Videos.
    Video,
    /// Readings.
    Reading,
    /// Assignments.
    Assignment,
    /// Discussions.
    Discussion,
    /// Reflections.
    Reflection,
    /// Exams.
    Exam,
    /// Activities.
    Activity,
}

/// What counts. Where groups of steps are named, only what belongs to them counts; everything
/// of its kind when none is. A submission, an attendance, a reflection, a step and an exam count
/// once for each step, however often they are repeated; with `every` of the rule, once for each
/// step in each period.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Counted {
    /// Posts and replies.
    Posts {
        /// Groups of discussions.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
        /// Fewest characters; the discussion's own when absent.
        min_characters: Option<Characters>,
        /// Only those in the space shared with the partner groups of this pairing.
        partnership: Option<Id>,
    },
    /// Submissions.
    Submissions {
        /// Groups of assignments.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
    },
    /// Reviews of peers' submissions.
    Reviews {
        /// Groups of assignments.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
        /// Fewest characters; the assignment's own when absent.
        min_characters: Option<Characters>,
    },
    /// Sessions attended.
    Attendances {
        /// Groups of activities.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
    },
    /// For groups: sessions held.
    Sessions {
        /// Groups of activities.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
    },
    /// Reflections, also private ones.
    Reflections {
        /// Groups of reflections.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
    },
    /// Questions to the experts.
    Questions {},
    /// Study notes.
    Notes {
        /// Fewest characters; 0 when absent.
        min_characters: Option<Characters>,
    },
    /// Works of one's own that were showcased.
    Showcases {
        /// Only those shown to the partner groups of this pairing.
        partnership: Option<Id>,
    },
    /// Steps completed.
    Steps {
        /// Kinds of steps; all when empty.
        #[serde(default)]
        kinds: Many<StepKind, 0, 7>,
    },
    /// Exams passed.
    ExamsPassed {
        /// Groups of exams.
        #[serde(default)]
        groups: Many<Id, 0, 20>,
    },
    /// For groups: bulletins and summaries published.
    Bulletins {},
}

/// Points for each thing done, up to the indicator's points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct CountRule {
    /// What counts.
    pub what: Counted,
    /// Points for each.
    pub points_each: Worth,
    /// At most so many count in each module; no limit when absent.
    pub most_per_module: Option<Times>,
    /// At most so many count in all; no limit but the indicator's points when absent.
    pub most: Option<Times>,
    /// At most so many count in each term, year or month; no limit when absent.
    pub every: Option<Every>,
}
