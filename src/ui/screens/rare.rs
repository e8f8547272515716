//! Steps that come late in a topic, or seldom: they are of the module's third part (`xtask/src/split`),
//! which is fetched when the first step is opened.

use leptos::prelude::*;

use super::activity::activity;
use super::exam::exam;
use super::reflection::reflection;
use crate::domain::course::{Step, StepContent};
use crate::domain::standing::StepStanding;
use crate::ui::dom::{El, el};
use crate::ui::state::Study;

/// A reflection, an exam or an activity.
pub fn rare(study: &Study, step: &Step, standing: Memo<StepStanding>) -> El {
    let made = match &step.content {
        StepContent::Reflection(task) => reflection(study, &step.id, task, standing),
        StepContent::Exam(task) => exam(study, &step.id, task, standing),
        StepContent::Activity(task) => activity(study, &step.id, task, standing),
        _ => Vec::new(),
    };
    el("div").children(made)
}
