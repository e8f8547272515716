//! Steps whose forms are not made yet: what is asked of the learner.

use leptos::prelude::*;

use crate::domain::course::StepContent;
use crate::domain::text::Text;
use crate::ui::state::Device;

/// What is asked, and that it cannot be handed in here yet.
#[component]
pub fn Pending(content: StepContent) -> impl IntoView {
    let device = Device::here();
    let asked: Vec<Text> = match content {
        StepContent::Assignment(assignment) => vec![assignment.prompt],
        StepContent::Discussion(discussion) => vec![discussion.prompt],
        StepContent::Reflection(reflection) => reflection
            .prompts
            .into_iter()
            .map(|prompt| prompt.prompt)
            .collect(),
        StepContent::Activity(activity) => vec![activity.place, activity.description],
        StepContent::Exam(_) | StepContent::Video(_) | StepContent::Reading(_) => Vec::new(),
    };
    let paragraphs = {
        let language = device.language();
        asked
            .iter()
            .flat_map(|text| text.get(language.tag()).split("\n\n"))
            .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
            .collect_view()
    };
    view! {
        <section class="asked">{paragraphs}</section>
        <p class="quiet note">{device.words().later_version}</p>
    }
}
