//! Texts of readings that are at hand: who turns to one sees it at once, also when the network went.

use leptos::prelude::*;

use super::{Study, fetch_text};
use crate::domain::course::{Step, StepContent};
use crate::ui::browser;
use crate::ui::text::Language;

/// So many bytes of texts are kept; beyond, those go first that came first.
const MOST: usize = 2 << 20;

/// Texts by their addresses, as they came.
#[derive(Clone, Copy)]
pub struct Texts(StoredValue<Vec<(String, String)>>);

impl Texts {
    /// None yet.
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// The text at an address, if it is at hand.
    pub fn at_hand(self, address: &str) -> Option<String> {
        let find = |texts: &Vec<(String, String)>| {
            let found = texts.iter().find(|(known, _)| known == address);
            found.map(|(_, text)| text.clone())
        };
        self.0.try_with_value(find).flatten()
    }

    fn keep(self, address: String, text: String) {
        self.0.try_update_value(|texts| {
            texts.retain(|(known, _)| *known != address);
            texts.push((address, text));
            let mut all: usize = texts.iter().map(|(_, text)| text.len()).sum();
            while all > MOST && texts.len() > 1 {
                all -= texts.remove(0).1.len();
            }
        });
    }

    /// The text at an address; `None` when it cannot be had, whatever the reason.
    pub async fn bring(self, address: String) -> Option<String> {
        if let Some(text) = self.at_hand(&address) {
            return Some(text);
        }
        let text = fetch_text(&address).await?;
        self.keep(address, text.clone());
        Some(text)
    }

    /// Brings texts, one after the other, as soon as what is shown has been drawn.
    pub fn bring_ahead(self, addresses: Vec<String>) {
        leptos::task::spawn_local(async move {
            for address in addresses {
                browser::after_frame().await;
                self.bring(address).await;
            }
        });
    }
}

/// Where the text is that is shown first when a step is opened; nothing if it is no reading.
pub fn opens_at(study: &Study, step: &Step, language: Language) -> Option<String> {
    let StepContent::Reading(reading) = &step.content else {
        return None;
    };
    let part = study.place(&step.id).part;
    let before = reading
        .parts
        .iter()
        .find(|one| Some(&one.id) == part.as_ref());
    let part = before.or(reading.parts.first())?;
    Some(study.file(part.file.get(language.tag())))
}
