//! When things count: phases, windows, terms.

use serde::Deserialize;

use super::{ClockTime, Day, Id, Many, Text, UtcOffset, When, Whole};

/// When things count.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// The time zone of all dates and clock times.
    pub utc_offset: UtcOffset,
    /// The phases of the course.
    pub phases: Phases,
    /// Terms, for what is counted per term.
    pub terms: Option<Terms>,
    /// The day on which years begin, for what is counted per year; without it a year begins with
    /// the study phase.
    pub year_starts: Option<DayOfYear>,
}

/// The phases of the course. They may overlap.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Phases {
    /// Fixed dates, the same for everybody.
    Absolute {
        /// Warm-up: everything can be tried, nothing counts.
        warm_up: Option<Dates>,
        /// Study: what is done counts.
        study: Dates,
        /// Grading.
        grading: Option<Dates>,
    },
    /// Days since each learner's enrolment.
    Relative {
        /// Warm-up: everything can be tried, nothing counts.
        warm_up: Option<Days>,
        /// Study: what is done counts.
        study: Days,
        /// Grading.
        grading: Option<Days>,
    },
}

/// From one date or moment to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dates {
    /// First day or moment.
    pub opens: When,
    /// Last day, included; or the moment at which it ends.
    pub closes: When,
}

/// Days since enrolment, both included; the day of enrolment is day 0.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Days {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

/// When something is open or takes place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// From one date or moment to another.
    Absolute(AbsoluteWindow),
    /// Days since each learner's enrolment.
    Relative(RelativeWindow),
    /// Some minutes of one day since enrolment, at a time of the clock.
    RelativeSession(RelativeSession),
}

/// From one date or moment to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct AbsoluteWindow {
    /// First day or moment.
    pub opens: When,
    /// Last day, included; or the moment at which it ends.
    pub closes: When,
}

/// Days since enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct RelativeWindow {
    /// First day.
    pub first: Day,
    /// Last day, included.
    pub last: Day,
}

/// Some minutes of one day since enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct RelativeSession {
    /// The day.
    pub day: Day,
    /// When it begins.
    pub at: ClockTime,
    /// How long it takes.
    pub minutes: Whole<1, 1440>,
}

/// Terms (学期), for what is counted per term.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Terms {
    /// Terms with their dates.
    List {
        /// In order, not overlapping.
        terms: Many<Term, 1, 40>,
    },
    /// Terms that begin on the same days of every year, each lasting until the next begins.
    Yearly {
        /// The days, in the order of the year.
        starts: Many<TermStart, 1, 12>,
    },
    /// Terms of so many days each, beginning with the study phase.
    EveryDays {
        /// Days of a term.
        days: Whole<7, 366>,
    },
}

/// A term with its dates.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// Unique among terms.
    pub id: Id,
    /// Title, such as the school year and the half of it.
    pub title: Text,
    /// From when to when.
    pub dates: Dates,
}

/// A term that begins on the same day every year.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TermStart {
    /// Unique among terms.
    pub id: Id,
    /// Title, such as "autumn term".
    pub title: Text,
    /// Its first day.
    pub starts: DayOfYear,
}

/// A day of every year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DayOfYear {
    /// Month, 1 to 12.
    pub month: Whole<1, 12>,
    /// Day of the month; one that the month does not have means its last.
    pub day: Whole<1, 31>,
}
