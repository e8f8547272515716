//! Assessment (DESIGN section 8): a scheme is data, and where a learner or a group stands is a
//! pure function of the scheme, the course and what the records add up to. No programme is named
//! here; whatever differs between them is in their packages.
//!
//! A kind of rule is one module of `rules` and one line of its table: what it reads, how it
//! judges, what it leaves to do.

mod case;
mod completion;
mod counted;
mod gates;
mod hours;
mod judged;
mod periods;
mod plan;
mod read;
mod received;
mod rules;
mod scheme;
#[cfg(test)]
mod tests;

pub use case::{Case, Item, NotCounted, Source};
pub use completion::{Completion, scheme_hash};
pub use counted::Counted;
pub use gates::{Gate, GateState, GateWhen, Outcome};
pub use hours::{HoursStanding, hours};
pub use judged::{IndicatorStanding, SchemeStanding, Score, standing, standings};
pub use periods::{Every, Period, PeriodRules, Terms};
pub use plan::{Task, Todo, what_if};
pub use read::{Fault, Why, read};
pub use received::{Mark, MarkValue, Presence, final_grade, takes_place_of};
pub use rules::Rule;
pub use scheme::{
    Assessment, AttemptCounts, Certificate, HoursCategory, HoursDue, HoursEarned, Indicator, Judge,
    Level, Scheme, Stage, StepFacts, Who,
};
