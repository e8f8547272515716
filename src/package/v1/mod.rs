//! The types of `zhixing-course/1`, as they stand in `course.json`.
//!
//! The published JSON Schema is made from these types, and their comments are its descriptions.
//! Rules of the format:
//!
//! - An enum whose variants carry data is an object with a `kind` beside the variant's own
//!   members; one without data is a string.
//! - An optional member may be `null`, which means the same as leaving it out; lists may not.
//! - An unknown member is an error, as it most likely is a typing error. Members that begin with
//!   `x-` are passed over everywhere: notes of authors and tools, and the way in which a later
//!   minor version of this format adds hints that an older reader may ignore. Whatever changes
//!   the meaning of a course is a new format, `zhixing-course/2`.
//!
//! The types are read by [`check_course`](super::check_course) alone: its deserializer knows
//! where a value stands, which languages and files there are, and goes on after a bad item.

mod calendar;
mod counted;
mod course;
mod exam;
mod gate;
mod group_rules;
mod hours;
mod people;
mod rules;
mod scalar;
mod scheme;
mod steps;
mod study;
mod tasks;
mod text;
mod word;

pub use calendar::*;
pub use counted::*;
pub use course::*;
pub use exam::*;
pub use gate::*;
pub use group_rules::*;
pub use hours::*;
pub use people::*;
pub use rules::*;
pub use scalar::{Decimal, Many, Whole};
pub use scheme::*;
pub use steps::*;
pub use study::*;
pub use tasks::*;
pub use text::*;
pub use word::*;

/// The name of the format, as `course.json` gives it.
pub const FORMAT: &str = "zhixing-course/1";

/// Points of something that may be worth nothing: 0 to 10,000.
pub type Score = Decimal<0, 10_000_000>;
/// Points of something that is worth something: 0.001 to 10,000.
pub type Worth = Decimal<1, 10_000_000>;
/// A weight; weights count relative to the sum of those beside them.
pub type Weight = Whole<1, 1000>;
/// How often something is to be done or counts at most.
pub type Times = Whole<1, 10_000>;
/// A share in percent.
pub type Percent = Whole<1, 100>;
/// A share in percent that may be none.
pub type PercentOrNone = Whole<0, 100>;
/// A day since enrolment; the day of enrolment is day 0.
pub type Day = Whole<0, 3660>;
/// A number of characters, blanks not counted.
pub type Characters = Whole<0, 100_000>;
