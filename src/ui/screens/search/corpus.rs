//! The texts that are searched, and where each of them stands.

use crate::domain::ids::{RecordId, Slug};
use crate::domain::search::{Document, Found, Query, search};
use crate::ui::route::Route;

/// What is searched, as far as it is here.
#[derive(Default)]
pub struct Corpus {
    /// The texts.
    pub documents: Vec<Document>,
    /// Where each of them stands.
    pub targets: Vec<Target>,
    /// What is still to be read, the last first.
    pub waiting: Vec<Source>,
    /// How many are being read.
    pub underway: usize,
    /// What could not be had.
    pub missing: Vec<Source>,
    /// What was typed.
    pub query: Query,
    /// What was found.
    pub found: Found,
}

/// Where a document stands.
#[derive(Debug, Clone)]
pub struct Target {
    /// The step.
    pub step: Slug,
    /// What the step is called, where that is not the title of the document.
    pub within: String,
    /// The part of a reading, the thread of a discussion.
    pub part: Option<Slug>,
    /// The language of the text, if it is not the one of the app.
    pub lang: Option<String>,
    /// Where in the step.
    pub spot: Spot,
}

/// Where in a step something stands.
#[derive(Debug, Clone)]
pub enum Spot {
    /// At its beginning.
    Top,
    /// In its text: where each line begins in the document, the block that it is in, its words.
    Lines(Vec<(usize, usize, String)>),
    /// In its video: where each cue begins in the document, and when it appears.
    Cues(Vec<(usize, u64)>),
    /// Where these words are shown.
    Words(String),
    /// In its text, what this highlight marks.
    Mark(RecordId),
    /// In its discussion.
    Post {
        /// The post.
        id: RecordId,
        /// The moment from which on replies are shown, so that it is among them; 0 for the first.
        from: u64,
    },
}

/// A text that is still to be read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The step.
    pub step: Slug,
    /// What the step is called.
    pub within: String,
    /// What the text is called, if it has a title of its own.
    pub title: String,
    /// What is read.
    pub what: What,
    /// The language of the text, if it is not the one of the app.
    pub lang: Option<String>,
}

/// What a text is read from.
#[derive(Debug, Clone)]
pub enum What {
    /// A part of a reading, from this file.
    Part(Slug, String),
    /// The captions of a video, from this file.
    Captions(String),
    /// A record of the learner's own.
    Record(RecordId),
    /// A discussion.
    Posts,
}

impl Corpus {
    /// Whether everything was read that can be.
    pub fn is_whole(&self) -> bool {
        self.waiting.is_empty() && self.underway == 0
    }

    /// Searches for what was typed.
    pub fn search(&mut self) {
        self.found = search(&self.documents, &self.query);
    }

    /// Adds a text.
    pub fn add(&mut self, document: Document, target: Target) {
        self.documents.push(document);
        self.targets.push(target);
    }

    /// Takes up what could not be had.
    pub fn again(&mut self) {
        self.waiting.append(&mut self.missing);
    }
}

impl Target {
    /// The address of the step, or of the part of it.
    pub fn href(&self) -> String {
        Route::Step {
            step: self.step.clone(),
            part: self.part.clone(),
        }
        .href()
    }
}
