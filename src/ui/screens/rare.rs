//! Steps that are seldom opened: they are of the module's third part (`xtask/src/split`).

use leptos::prelude::*;

use super::activity::activity;
use super::exam::exam;
use crate::domain::course::{Step, StepContent};
use crate::domain::standing::StepStanding;
use crate::ui::dom::{El, el};
use crate::ui::state::Study;

/// An exam or an activity.
pub fn rare(study: &Study, step: &Step, standing: Memo<StepStanding>) -> El {
    let made = match &step.content {
        StepContent::Exam(task) => exam(study, &step.id, task, standing),
        StepContent::Activity(task) => activity(study, &step.id, task, standing),
        _ => Vec::new(),
    };
    el("div").children(made)
}
