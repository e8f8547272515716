//! The keeper: the one place that writes. It takes intents one after the other, turns them
//! into records and rows, and shows what the log adds up to.

mod drafting;
mod stretches;
pub mod transfer;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt as _;
use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::store::PageStore;
use super::{Intent, LogFacts, Making, Saving, Study};
use crate::domain::body::{Body, Enrolled, Note, StepCompleted};
use crate::domain::draft::Version;
use crate::domain::fold::Fold;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, RegistrationId, Slug};
use crate::domain::meter::Output;
use crate::domain::progress::Progress;
use crate::domain::record::NewRecord;
use crate::domain::standing::completion_due;
use crate::store::log::{Log, LogError};
use crate::store::port::{Durability, Key, Store as _, Table, Write};
use crate::store::rows::{self, PlaceRow};
use crate::ui::browser;

/// How long to wait before something that could not be saved is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// Where intents arrive.
pub type Inbox = UnboundedReceiver<Intent>;

/// Begins to take intents.
pub fn start(keeper: Keeper, inbox: Inbox) {
    leptos::task::spawn_local(keeper.run(inbox));
}

/// Writes for one tab.
pub struct Keeper {
    log: Log<PageStore>,
    study: Study,
    /// The record that the running stretch will become.
    running: Option<RecordId>,
    /// Which change of the log is shown as a whole.
    whole_of: Cell<Option<u64>>,
}

impl Keeper {
    /// A keeper for this tab.
    pub fn new(log: Log<PageStore>, study: Study) -> Self {
        let keeper = Self {
            log,
            study,
            running: None,
            whole_of: Cell::new(None),
        };
        keeper.show();
        keeper.show_own();
        keeper
    }

    /// Takes intents until the page is gone. What cannot be saved is tried again until it is.
    pub async fn run(mut self, mut inbox: Inbox) {
        loop {
            // Whatever brought the records: a start found them without a snapshot, or an import
            // did. A start without one is slower, nothing else.
            let _ = self.log.keep_snapshot().await;
            let Some(intent) = inbox.next().await else {
                return;
            };
            self.study.saving.set(Saving::Busy);
            while let Err(error) = self.perform(&intent).await {
                self.study.saving.set(Saving::Failing(error));
                sleep(RETRY).await;
            }
            self.study.saving.set(Saving::Saved);
        }
    }

    async fn perform(&mut self, intent: &Intent) -> Result<(), LogError> {
        match intent {
            Intent::Keep(Output::Checkpoint(studied)) => self.checkpoint(studied).await,
            Intent::Keep(Output::Seal(studied)) => self.seal(studied).await,
            Intent::Note {
                step,
                at,
                text,
                gone,
            } => self.note(step, at, text, gone).await,
            Intent::Draft { kept, over } => self.draft(kept, over).await,
            Intent::Undraft(place, version) => {
                let gone = self.gone(place, std::slice::from_ref(version));
                self.write_drafts(gone).await
            }
            Intent::Redraft => self.redraft().await,
            Intent::Place(step, row) => self.place(step, row).await,
            Intent::Make(making) => self.make(making).await,
            Intent::Hear(records, cursor) => {
                let cursor = std::slice::from_ref(cursor);
                let heard = self.log.import_with(records, cursor).await?;
                if heard.added + heard.vouched > 0 {
                    self.tell_logged();
                }
                Ok(())
            }
            Intent::Sign(signer) => {
                self.log.sign_with(*signer);
                Ok(())
            }
            Intent::File(hash, bytes) => self.keep_file(hash, bytes.to_vec()).await,
            Intent::Anew => self.anew().await,
            Intent::Whole => {
                self.show_whole();
                Ok(())
            }
            Intent::CatchUp => {
                if self.log.catch_up().await? {
                    self.show();
                }
                Ok(())
            }
            Intent::Carry(carry, job) => {
                let outcome = carry(self, job).await;
                self.study.transfer.set(outcome);
                Ok(())
            }
        }
    }

    async fn note(
        &mut self,
        step: &Slug,
        at: &Slug,
        text: &str,
        gone: &[Version],
    ) -> Result<(), LogError> {
        let note = Body::Note(Note {
            step: step.clone(),
            at: Some(at.clone()),
            text: text.to_owned(),
        });
        let id = RecordId::from_random(browser::random());
        let Some(new) = note.into_record(id, self.study.registration.clone()) else {
            return Ok(());
        };
        let gone = self.gone(&(step.clone(), at.clone()), gone);
        self.append(&new, &gone).await?;
        self.study.counter.drafted();
        self.show();
        Ok(())
    }

    /// Makes a record of what a person made, and of the step's completion if that completes it.
    async fn make(&mut self, making: &Making) -> Result<(), LogError> {
        let body = making.body.clone();
        let registration = making.registration.as_ref();
        let registration = registration.unwrap_or(&self.study.registration).clone();
        let new = body.into_record_for(making.audience, making.id.clone(), registration);
        let Some(new) = new else {
            return Ok(());
        };
        let gone: Vec<Write> = making
            .fields
            .iter()
            .flat_map(|(field, gone)| self.gone(&(making.step.clone(), field.clone()), gone))
            .collect();
        match self.append(&new, &gone).await {
            // A try before this one went through.
            Ok(()) | Err(LogError::AlreadyThere) => {}
            Err(error) => return Err(error),
        }
        self.study.counter.drafted();
        if making.registration.is_none() {
            self.complete(&making.step).await?;
        }
        self.show_all();
        Ok(())
    }

    async fn keep_file(&self, hash: &Hash, bytes: Vec<u8>) -> Result<(), LogError> {
        let write = Write::PutBytes(Table::Files, self.file_key(hash), bytes);
        let store = self.log.store();
        Ok(store.commit(vec![write], Durability::Strict).await?)
    }

    fn file_key(&self, hash: &Hash) -> Key {
        Key::of(&[self.log.profile().as_str(), &hash.to_string()])
    }

    /// Enrols once more and starts the app anew, in the new attempt.
    async fn anew(&mut self) -> Result<(), LogError> {
        let attempt = self
            .progress()
            .enrolment
            .map_or(1, |enrolment| enrolment.attempt);
        let course = &self.study.course;
        let enrolled = Body::Enrolled(Enrolled {
            course: course.id.clone(),
            course_version: course.version.clone(),
            course_hash: course.hash,
            attempt: attempt + 1,
        });
        let id = RecordId::from_random(browser::random());
        let registration = RegistrationId::from_random(browser::random());
        if let Some(new) = enrolled.into_record(id, registration) {
            self.append(&new, &[]).await?;
        }
        let _ = browser::window().location().set_hash("#/");
        browser::start_anew();
        Ok(())
    }

    async fn place(&mut self, step: &Slug, row: &PlaceRow) -> Result<(), LogError> {
        let registration = self.study.registration.as_str();
        let key = Key::of(&[self.log.profile().as_str(), registration, step.as_str()]);
        let write = Write::Put(Table::Places, key, rows::write(row));
        Ok(self
            .log
            .store()
            .commit(vec![write], Durability::Relaxed)
            .await?)
    }

    /// Appends one record and tells the other tabs.
    async fn append(&mut self, new: &NewRecord, also: &[Write]) -> Result<(), LogError> {
        let decide = |_: &Fold| vec![new.clone()];
        self.log
            .append(decide, also, browser::now(), Durability::Strict)
            .await?;
        self.study.counter.logged();
        Ok(())
    }

    /// Writes down that a step is complete, if its condition is met and nobody did.
    async fn complete(&mut self, step: &Slug) -> Result<(), LogError> {
        let completed = Body::StepCompleted(StepCompleted { step: step.clone() });
        let id = RecordId::from_random(browser::random());
        let registration = self.study.registration.clone();
        let Some(new) = completed.into_record(id, registration.clone()) else {
            return Ok(());
        };
        let course = Arc::clone(&self.study.course);
        let person = Arc::clone(&self.study.person);
        let decide = |fold: &Fold| {
            let due = course.step(step).is_some_and(|placed| {
                completion_due(
                    placed.step,
                    &fold.progress(&registration, &person),
                    &course.meter,
                )
            });
            if due { vec![new.clone()] } else { Vec::new() }
        };
        let done = self
            .log
            .append(decide, &[], browser::now(), Durability::Strict)
            .await?;
        if !done.is_empty() {
            self.study.counter.logged();
        }
        Ok(())
    }

    fn due(&self, step: &Slug, progress: &Progress) -> bool {
        let course = &self.study.course;
        course
            .step(step)
            .is_some_and(|placed| completion_due(placed.step, progress, &course.meter))
    }

    fn progress(&self) -> Progress {
        let study = &self.study;
        let progress = self.log.fold().progress(&study.registration, &study.person);
        progress.into_owned()
    }

    /// Tells the other tabs and the screens that the log has grown.
    fn tell_logged(&self) {
        self.study.counter.logged();
        self.show_all();
    }

    /// Shows what the log adds up to, the whole of it too where somebody looks at that.
    fn show_all(&self) {
        self.show();
        self.show_own();
        if self.study.whole.with_untracked(Option::is_some) {
            self.show_whole();
        }
    }

    /// Tells which registrations are the learner's.
    fn show_own(&self) {
        let own = self.log.fold().registrations_of(&self.study.person);
        self.study.own.set_value(own);
    }

    fn show_whole(&self) {
        // Several parts of a screen ask for it, and a class is large.
        let now = Some(self.log.changes());
        if self.whole_of.replace(now) == now {
            return;
        }
        let fold = self.log.fold().clone();
        self.study.whole.set(Some(Arc::new(fold)));
    }

    /// Shows what the log adds up to.
    fn show(&self) {
        self.study.progress.set(Arc::new(self.progress()));
        let fold = self.log.fold();
        self.study.facts.set(LogFacts {
            records: fold.records,
            head: fold.heads.get(&self.log.author().installation).copied(),
            damaged: self.log.damaged(),
            changes: self.log.changes(),
            ..self.study.facts.get_untracked()
        });
    }
}
