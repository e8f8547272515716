//! The pure core: what a course is, what a record is, and where a learner stands.
//!
//! Nothing here knows a browser, a clock, a random source or a disk: time, randomness and
//! identity are passed in, so every rule is tested on the host.

pub mod agenda;
pub mod answers;
pub mod assessment;
pub mod backup;
pub mod binding;
pub mod body;
pub mod canonical;
pub mod cohort;
pub mod compare;
pub mod count;
pub mod course;
pub mod discussion;
pub mod draft;
pub mod exam;
pub mod fields;
pub mod fold;
pub mod fraction;
pub mod grading;
pub mod handed;
pub mod hash;
pub mod ids;
pub mod intervals;
pub mod ledger;
pub mod lock;
pub mod meter;
pub mod notes;
pub mod points;
pub mod progress;
pub mod record;
pub mod review;
pub mod roster;
pub mod search;
pub mod sign;
pub mod sorted;
pub mod standing;
pub mod task;
pub mod text;
pub mod time;
pub mod typeset;
pub mod work;
