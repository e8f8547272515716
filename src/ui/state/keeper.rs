//! The keeper: the one place that writes. It takes intents one after the other, turns them
//! into records and rows, and shows what the log adds up to.

use std::sync::Arc;
use std::time::Duration;

use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt as _;
use gloo_events::EventListener;
use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::store::PageStore;
use super::{Intent, LogFacts, Making, Saving, Study, Transfer, apart};
use crate::domain::body::{Body, Enrolled, Note, StepCompleted, Studied};
use crate::domain::fold::Fold;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::meter::Output;
use crate::domain::progress::Progress;
use crate::domain::record::NewRecord;
use crate::domain::standing::completion_due;
use crate::domain::time::Moment;
use crate::store::log::{Log, LogError};
use crate::store::port::{Durability, Key, Range, Store as _, Table, Write};
use crate::store::rows::{self, DraftRow, PlaceRow, RunningRow};
use crate::ui::browser;
use crate::wire::packet::{self, Packet, PacketFault};

/// How long to wait before something that could not be saved is tried again.
const RETRY: Duration = Duration::from_secs(2);

type WritePacket = fn(&[String], &InstallationId, Moment) -> Result<Vec<u8>, PacketFault>;
type ReadPacket = fn(&[u8]) -> Result<Packet, PacketFault>;

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
    /// Names this tab's running stretch.
    tab: SessionId,
    /// The record that the running stretch will become.
    running: Option<RecordId>,
}

impl Keeper {
    /// A keeper for this tab.
    pub fn new(log: Log<PageStore>, study: Study) -> Self {
        let tab = SessionId::from_random(browser::random());
        let keeper = Self {
            log,
            study,
            tab,
            running: None,
        };
        keeper.show();
        keeper
    }

    /// Makes records of the stretches that ended with a crash, a kill or a power cut.
    pub async fn recover(&mut self) -> Result<(), LogError> {
        let range = Range::all(Key::of(&[self.log.profile().as_str()]));
        for (key, row) in self.log.store().scan(Table::Running, &range).await? {
            let Some(row) = rows::read::<RunningRow>(&row) else {
                continue;
            };
            let body = Body::Studied(row.studied.clone());
            let Some(new) = body.into_record(row.record, row.registration) else {
                continue;
            };
            let gone = [Write::Delete(Table::Running, key)];
            match self.append(&new, &gone).await {
                Ok(()) => self.complete(&row.studied.step).await?,
                // The tab that ran it has written it down itself.
                Err(LogError::AlreadyThere) => {
                    self.log
                        .store()
                        .commit(gone.to_vec(), Durability::Strict)
                        .await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.show();
        Ok(())
    }

    /// Takes intents until the page is gone. What cannot be saved is tried again until it is.
    pub async fn run(mut self, mut inbox: Inbox) {
        while let Some(intent) = inbox.next().await {
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
            Intent::Note { step, at, text } => self.note(step, at, text).await,
            Intent::Draft { step, field, text } => self.draft(step, field, text).await,
            Intent::Place(step, row) => self.place(step, row).await,
            Intent::Make(making) => self.make(making).await,
            Intent::File(hash, bytes) => {
                let key = Key::of(&[self.log.profile().as_str(), &hash.to_string()]);
                let write = Write::PutBytes(Table::Files, key, bytes.to_vec());
                let store = self.log.store();
                Ok(store.commit(vec![write], Durability::Strict).await?)
            }
            Intent::Anew => self.anew().await,
            Intent::CatchUp => {
                if self.log.catch_up().await? {
                    self.show();
                }
                Ok(())
            }
            Intent::Export => {
                let outcome = self.export().await.unwrap_or_else(Transfer::Failed);
                self.study.transfer.set(outcome);
                Ok(())
            }
            Intent::Import(bytes) => {
                let outcome = self.import(bytes).await;
                self.study.transfer.set(outcome);
                Ok(())
            }
        }
    }

    async fn checkpoint(&mut self, studied: &Studied) -> Result<(), LogError> {
        let record = self.running_id();
        let row = RunningRow {
            record,
            registration: self.study.registration.clone(),
            studied: studied.clone(),
        };
        let write = Write::Put(Table::Running, self.running_key(), rows::write(&row));
        self.log
            .store()
            .commit(vec![write], Durability::Strict)
            .await?;
        self.study.counter.renew();
        self.study.live.set(Some(studied.clone()));
        if self.due(
            &studied.step,
            &self.progress().with(studied, &self.study.course.meter),
        ) {
            // The condition is met in the middle of a stretch: write down what there is, so
            // that the next step opens now. The stretch goes on under a new id; what it
            // repeats is counted once.
            self.seal(studied).await?;
        }
        Ok(())
    }

    async fn seal(&mut self, studied: &Studied) -> Result<(), LogError> {
        let gone = [Write::Delete(Table::Running, self.running_key())];
        if studied.segments.is_empty() {
            self.log
                .store()
                .commit(gone.to_vec(), Durability::Strict)
                .await?;
        } else {
            self.append_studied(studied, &gone).await?;
        }
        self.running = None;
        self.study.live.set(None);
        self.complete(&studied.step).await?;
        self.show();
        Ok(())
    }

    /// Another tab may have recovered this stretch from its row while this one was frozen: then
    /// the whole stretch is written once more under a new id; what it repeats is counted once.
    async fn append_studied(&mut self, studied: &Studied, gone: &[Write]) -> Result<(), LogError> {
        loop {
            let body = Body::Studied(studied.clone());
            let id = self.running_id();
            let Some(new) = body.into_record(id, self.study.registration.clone()) else {
                return Ok(());
            };
            match self.append(&new, gone).await {
                Err(LogError::AlreadyThere) => self.running = None,
                done => return done,
            }
        }
    }

    async fn note(&mut self, step: &Slug, at: &Slug, text: &str) -> Result<(), LogError> {
        let note = Body::Note(Note {
            step: step.clone(),
            at: Some(at.clone()),
            text: text.to_owned(),
        });
        let id = RecordId::from_random(browser::random());
        let Some(new) = note.into_record(id, self.study.registration.clone()) else {
            return Ok(());
        };
        let gone = Write::Delete(Table::Drafts, self.draft_key(step, at));
        self.append(&new, &[gone]).await?;
        self.show();
        Ok(())
    }

    /// Makes a record of what a person made, and of the step's completion if that completes it.
    async fn make(&mut self, making: &Making) -> Result<(), LogError> {
        let body = making.body.clone();
        let registration = self.study.registration.clone();
        let new = body.into_record_for(making.audience, making.id.clone(), registration);
        let Some(new) = new else {
            return Ok(());
        };
        let gone = making.fields.iter();
        let gone: Vec<Write> = gone
            .map(|field| Write::Delete(Table::Drafts, self.draft_key(&making.step, field)))
            .collect();
        match self.append(&new, &gone).await {
            // A try before this one went through.
            Ok(()) | Err(LogError::AlreadyThere) => {}
            Err(error) => return Err(error),
        }
        self.complete(&making.step).await?;
        self.show();
        Ok(())
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

    async fn draft(&mut self, step: &Slug, field: &Slug, text: &str) -> Result<(), LogError> {
        let row = rows::write(&DraftRow {
            text: text.to_owned(),
            at: browser::now(),
        });
        let write = Write::Put(Table::Drafts, self.draft_key(step, field), row);
        Ok(self
            .log
            .store()
            .commit(vec![write], Durability::Strict)
            .await?)
    }

    async fn place(&mut self, step: &Slug, row: &PlaceRow) -> Result<(), LogError> {
        let key = self.registration_key(&[step.as_str()]);
        let write = Write::Put(Table::Places, key, rows::write(row));
        Ok(self
            .log
            .store()
            .commit(vec![write], Durability::Relaxed)
            .await?)
    }

    async fn export(&mut self) -> Result<Transfer, String> {
        let records = self.log.export().await.map_err(|error| error.to_string())?;
        let now = browser::now();
        let installation = &self.log.author().installation;
        let bytes = apart(packet::write as WritePacket)(&records, installation, now);
        let bytes = bytes.map_err(|error| error.to_string())?;
        let day: String = now.to_rfc3339().chars().take(10).collect();
        browser::save_file(&format!("zhixing-{day}.zip"), "application/zip", &bytes)
            .map_err(|error| format!("{error:?}"))?;
        Ok(Transfer::Exported)
    }

    async fn import(&mut self, bytes: &[u8]) -> Transfer {
        let packet = match apart(packet::read as ReadPacket)(bytes) {
            Ok(packet) => packet,
            Err(fault) => return Transfer::Refused(fault),
        };
        match self.log.import(&packet.records).await {
            Ok(report) => {
                self.study.counter.logged();
                self.show();
                self.follow_registration();
                Transfer::Imported(report)
            }
            Err(error) => Transfer::Failed(error.to_string()),
        }
    }

    /// What was imported may be a later attempt, with which the learner goes on from now: then the
    /// app is started anew in it when the screen that says what was imported is left.
    fn follow_registration(&self) {
        let installation = &self.log.author().installation;
        let fold = self.log.fold();
        let goes_on = fold.registration(&self.study.course.id, installation);
        if goes_on.is_some_and(|id| *id != self.study.registration) {
            let leaving = EventListener::once(&browser::window(), "hashchange", |_| {
                browser::start_anew();
            });
            leaving.forget();
        }
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
        let decide = |fold: &Fold| {
            let due = course.step(step).is_some_and(|placed| {
                completion_due(placed.step, &fold.progress(&registration), &course.meter)
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
        self.log.keep_snapshot().await
    }

    fn due(&self, step: &Slug, progress: &Progress) -> bool {
        let course = &self.study.course;
        course
            .step(step)
            .is_some_and(|placed| completion_due(placed.step, progress, &course.meter))
    }

    fn progress(&self) -> Progress {
        self.log.fold().progress(&self.study.registration)
    }

    /// Shows what the log adds up to.
    fn show(&self) {
        self.study.progress.set(Arc::new(self.progress()));
        let fold = self.log.fold();
        self.study.facts.set(LogFacts {
            records: fold.records,
            head: fold.heads.get(&self.log.author().installation).copied(),
            damaged: self.log.damaged(),
        });
    }

    fn running_id(&mut self) -> RecordId {
        self.running
            .get_or_insert_with(|| RecordId::from_random(browser::random()))
            .clone()
    }

    fn running_key(&self) -> Key {
        Key::of(&[self.log.profile().as_str(), self.tab.as_str()])
    }

    fn draft_key(&self, step: &Slug, field: &Slug) -> Key {
        self.registration_key(&[step.as_str(), field.as_str()])
    }

    fn registration_key(&self, rest: &[&str]) -> Key {
        let mut parts = vec![
            self.log.profile().as_str(),
            self.study.registration.as_str(),
        ];
        parts.extend_from_slice(rest);
        Key::of(&parts)
    }
}
