//! A field to write in: the draft kept while typing, the length counted.

use std::rc::Rc;

use leptos::prelude::*;

use super::draft::Draft;
use crate::domain::count::Count;
use crate::domain::ids::Slug;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study};
use crate::ui::text::{Language, counted};

/// A field, its draft, and how long the text in it is.
#[derive(Clone)]
pub struct Editor {
    /// The field itself.
    pub field: El,
    /// Its draft.
    pub draft: Draft,
    /// The length of the text.
    pub count: RwSignal<Count>,
}

impl Editor {
    /// An editor of a field of a step; it begins with `otherwise` when nothing was typed yet.
    pub fn open(study: &Study, step: &Slug, field: &Slug, otherwise: &str, label: &str) -> Self {
        let draft = Draft::open(study, step, field, otherwise);
        let text = draft.text();
        let count = RwSignal::new(Count::of(&text));
        // A paste from a word processor arrives as plain text: paragraphs stay, markup goes.
        let field = el("textarea")
            .class("editor")
            .attr("aria-label", label)
            .value(&text)
            .on("input", move |event| {
                let text = value_of(event);
                count.set(Count::of(&text));
                draft.typed(text);
            });
        let shown = field.clone();
        draft.shown_by(Rc::new(move |text: &str| {
            let _ = shown.clone().value(text);
            count.set(Count::of(text));
        }));
        Self {
            field,
            draft,
            count,
        }
    }

    /// Empties the field after its text was taken.
    pub fn clear(&self) {
        let _ = self.field.clone().value("");
        self.count.set(Count::default());
    }

    /// The length, and what it must be; `most` of 0 sets no limit.
    pub fn length_line(&self, least: u32, most: u32) -> El {
        let language = Device::here().language();
        let count = self.count;
        el("p")
            .class("quiet number length")
            // Nobody has done anything wrong by not having begun.
            .live_class("short", move || {
                let count = count.get();
                count.characters > 0 && !fits(count, least, most)
            })
            .live_text(move || counted(language, count.get(), least, most))
    }

    /// What is wrong with the length; `None` when nothing.
    pub fn fault(&self, language: Language, least: u32, most: u32) -> Option<String> {
        let count = self.count.get_untracked();
        (!fits(count, least.max(1), most)).then(|| counted(language, count, least.max(1), most))
    }
}

fn fits(count: Count, least: u32, most: u32) -> bool {
    count.characters >= least && (most == 0 || count.characters <= most)
}
