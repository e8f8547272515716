//! Steps whose forms are not made yet: what is asked of the learner.

use crate::domain::course::StepContent;
use crate::domain::text::Text;
use crate::ui::dom::{El, el};
use crate::ui::state::Device;

/// What is asked, and that it cannot be handed in here yet.
pub fn pending(content: &StepContent) -> Vec<El> {
    let device = Device::here();
    let asked: Vec<&Text> = match content {
        StepContent::Assignment(assignment) => vec![&assignment.prompt],
        StepContent::Discussion(discussion) => vec![&discussion.prompt],
        StepContent::Reflection(reflection) => {
            reflection.prompts.iter().map(|each| &each.prompt).collect()
        }
        StepContent::Activity(activity) => vec![&activity.place, &activity.description],
        StepContent::Exam(_) | StepContent::Video(_) | StepContent::Reading(_) => Vec::new(),
    };
    let asked = asked.into_iter().map(|text| device.write(el("p"), text));
    vec![
        el("section").class("asked").children(asked),
        el("p")
            .class("quiet note")
            .text(device.words().later_version),
    ]
}
