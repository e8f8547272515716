//! What a kind of step is called, and where the learner stands in a step.

use leptos::prelude::*;

use super::icon::Icon;
use crate::domain::course::StepKind;
use crate::domain::ids::Slug;
use crate::domain::standing::{StepStanding, StepState};
use crate::ui::state::Study;
use crate::ui::text::Words;

/// Where the learner stands in a step, as a signal.
pub fn state_of(study: &Study, step: &Slug) -> Memo<StepStanding> {
    let (study, step) = (study.clone(), step.clone());
    Memo::new(move |_| match study.course.step(&step) {
        Some(placed) => study.standing(&placed),
        None => StepStanding::default(),
    })
}

/// What a kind of step is called.
pub fn kind_label(words: &Words, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Video => words.kind_video(),
        StepKind::Reading => words.kind_reading(),
        StepKind::Assignment => words.kind_assignment(),
        StepKind::Discussion => words.kind_discussion(),
        StepKind::Reflection => words.kind_reflection(),
        StepKind::Exam => words.kind_exam(),
        StepKind::Activity => words.kind_activity(),
    }
}

/// The picture and word of a state.
pub fn state_view(words: &Words, state: &StepState) -> (Icon, &'static str) {
    match state {
        StepState::Locked(_) => (Icon::Lock, words.state_locked()),
        StepState::Open => (Icon::Ring, words.state_open()),
        StepState::Started => (Icon::Half, words.state_started()),
        StepState::Complete => (Icon::Check, words.state_complete()),
    }
}
