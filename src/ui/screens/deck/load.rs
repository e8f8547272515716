//! Fetching what a topic is made of.

use leptos::prelude::*;
use serde_json::Value;

use crate::domain::course::{StepContent, Topic};
use crate::package::markdown;
use crate::projection::{Hints, Source};
use crate::ui::state::{Device, Study, fetch_text};

/// What came: everything, or not.
pub type Fetched = Option<Result<Vec<Source>, ()>>;

/// Fetches every part that is projected.
pub fn fetch(study: &Study, topic: &Topic, into: RwSignal<Fetched>) {
    into.set(None);
    let (study, topic) = (study.clone(), topic.clone());
    let tag = Device::here().language().tag();
    leptos::task::spawn_local(async move {
        let course: Value = serde_json::from_str(&study.source).unwrap_or_default();
        let mut all = Vec::new();
        for step in &topic.steps {
            match &step.content {
                StepContent::Video(_) => {
                    all.push(Source::Video(
                        step.id.clone(),
                        step.title.get(tag).to_owned(),
                    ));
                }
                StepContent::Reading(reading) => {
                    for part in &reading.parts {
                        let hints = Hints::read(&course, &step.id, &part.id, part.role, tag);
                        if !hints.show {
                            continue;
                        }
                        let path = part.file.get(tag);
                        let Some(text) = fetch_text(&study.file(path)).await else {
                            into.try_set(Some(Err(())));
                            return;
                        };
                        all.push(Source::Text {
                            of: Box::new((step.id.clone(), part.id.clone())),
                            answers: Vec::new(),
                            title: part.title.get(tag).to_owned(),
                            role: part.role,
                            hints,
                            document: markdown::read(path, &text),
                        });
                    }
                }
                _ => {}
            }
        }
        into.try_set(Some(Ok(all)));
    });
}
