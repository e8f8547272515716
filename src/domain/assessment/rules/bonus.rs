//! `bonus`: like a rubric, on top of full marks.

use super::rubric::Rubric;
use super::{Earned, Judging};
use crate::domain::assessment::case::Case;
use crate::domain::assessment::plan::Todo;
use crate::domain::assessment::scheme::Indicator;
use crate::domain::fields::Fields;
use crate::domain::points::Points;

/// Like a rubric, on top of full marks; it is not among what is left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus(Rubric);

impl Judging for Bonus {
    fn read(at: Fields<'_>, main: &str) -> Option<Self> {
        Rubric::read(at, main).map(Self)
    }

    fn own_sum(&self) -> Option<Points> {
        self.0.own_sum()
    }

    fn judge<'a>(&self, case: &Case<'a>, indicator: &Indicator) -> Earned<'a> {
        self.0.judge(case, indicator)
    }

    fn todo(&self, _: &Case<'_>, _: &Indicator, _: &Earned<'_>) -> Vec<Todo> {
        Vec::new()
    }

    const IS_BONUS: bool = true;
}
