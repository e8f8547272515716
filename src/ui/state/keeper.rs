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
use super::{Intent, LogFacts, Making, Saving, Study, Transfer, apart, drafts};
use crate::domain::body::{Body, Enrolled, Note, StepCompleted, Studied};
use crate::domain::draft::{Kept, Place};
use crate::domain::fold::Fold;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::meter::Output;
use crate::domain::progress::Progress;
use crate::domain::record::{NewRecord, Record};
use crate::domain::standing::completion_due;
use crate::domain::time::Moment;
use crate::store::log::{Imported, Log, LogError};
use crate::store::port::{Durability, Key, Range, Store as _, StoreError, Table, Write};
use crate::store::rows::{self, DraftRow, PlaceRow, RunningRow};
use crate::ui::browser;
use crate::wire::packet::{self, Packet, PacketFault};

/// How long to wait before something that could not be saved is tried again.
const RETRY: Duration = Duration::from_secs(2);

type WritePacket =
    fn(&[String], &[packet::File], &InstallationId, Moment) -> Result<Vec<u8>, PacketFault>;
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
    /// The record that the running stretch will become.
    running: Option<RecordId>,
}

impl Keeper {
    /// A keeper for this tab.
    pub fn new(log: Log<PageStore>, study: Study) -> Self {
        let keeper = Self {
            log,
            study,
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
            Intent::Note {
                step,
                at,
                text,
                gone,
            } => self.note(step, at, text, gone).await,
            Intent::Draft { kept, over } => self.draft(kept, over).await,
            Intent::Undraft(place, tab) => {
                let gone = self.gone(place, std::slice::from_ref(tab));
                self.write_drafts(gone).await
            }
            Intent::Redraft => self.redraft().await,
            Intent::Place(step, row) => self.place(step, row).await,
            Intent::Make(making) => self.make(making).await,
            Intent::File(hash, bytes) => self.keep_file(hash, bytes.to_vec()).await,
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

    async fn note(
        &mut self,
        step: &Slug,
        at: &Slug,
        text: &str,
        gone: &[Option<SessionId>],
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
        let registration = self.study.registration.clone();
        let new = body.into_record_for(making.audience, making.id.clone(), registration);
        let Some(new) = new else {
            return Ok(());
        };
        let gone: Vec<Write> = making
            .fields
            .iter()
            .flat_map(|(field, tabs)| self.gone(&(making.step.clone(), field.clone()), tabs))
            .collect();
        match self.append(&new, &gone).await {
            // A try before this one went through.
            Ok(()) | Err(LogError::AlreadyThere) => {}
            Err(error) => return Err(error),
        }
        self.study.counter.drafted();
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

    async fn draft(&mut self, kept: &Kept, over: &[Option<SessionId>]) -> Result<(), LogError> {
        let row = rows::write(&DraftRow {
            text: kept.text.clone(),
            at: kept.at,
        });
        let key = self.draft_key(&kept.place, kept.tab.as_ref());
        let mut batch = self.gone(&kept.place, over);
        batch.push(Write::Put(Table::Drafts, key, row));
        self.write_drafts(batch).await?;
        self.study.drafts.update_value(|drafts| {
            drafts.note_stored(&kept.place, kept.tab.as_ref(), &kept.text);
        });
        Ok(())
    }

    async fn write_drafts(&self, batch: Vec<Write>) -> Result<(), LogError> {
        let store = self.log.store();
        store.commit(batch, Durability::Strict).await?;
        self.study.counter.drafted();
        Ok(())
    }

    /// Takes in what another tab did to the drafts.
    async fn redraft(&self) -> Result<(), LogError> {
        let (store, profile) = (self.log.store(), self.log.profile());
        let stored = drafts::stored(store, profile, &self.study.registration).await?;
        self.study
            .drafts
            .update_value(|drafts| drafts.refresh(stored));
        self.study.drafted.notify();
        Ok(())
    }

    /// Deletes the rows of these tabs.
    fn gone(&self, place: &Place, tabs: &[Option<SessionId>]) -> Vec<Write> {
        let key = |tab: &Option<SessionId>| self.draft_key(place, tab.as_ref());
        let delete = |tab| Write::Delete(Table::Drafts, key(tab));
        tabs.iter().map(delete).collect()
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

    async fn export(&mut self) -> Result<Transfer, String> {
        let records = self.log.export().await.map_err(|error| error.to_string())?;
        let files = self.files_of(&records).await;
        let files = files.map_err(|error| error.to_string())?;
        let now = browser::now();
        let installation = &self.log.author().installation;
        let bytes = apart(packet::write as WritePacket)(&records, &files, installation, now);
        let bytes = bytes.map_err(|error| error.to_string())?;
        let day: String = now.to_rfc3339().chars().take(10).collect();
        browser::save_file(&format!("zhixing-{day}.zip"), "application/zip", &bytes)
            .map_err(|error| format!("{error:?}"))?;
        Ok(Transfer::Exported)
    }

    /// The files that records name, as far as they are here.
    async fn files_of(&self, records: &[String]) -> Result<Vec<packet::File>, StoreError> {
        // Only these name files; whatever else has the words in it is no submission.
        let submissions = records.iter().filter(|row| row.contains("\"submission\""));
        let records: Vec<Record> = submissions
            .filter_map(|row| Record::parse(row).ok())
            .collect();
        let mut files = Vec::new();
        for hash in packet::named(&records) {
            let key = self.file_key(&hash);
            let bytes = self.log.store().get_bytes(Table::Files, &key).await?;
            files.extend(bytes.map(|bytes| (hash, bytes)));
        }
        Ok(files)
    }

    async fn keep_file(&self, hash: &Hash, bytes: Vec<u8>) -> Result<(), LogError> {
        let write = Write::PutBytes(Table::Files, self.file_key(hash), bytes);
        let store = self.log.store();
        Ok(store.commit(vec![write], Durability::Strict).await?)
    }

    fn file_key(&self, hash: &Hash) -> Key {
        Key::of(&[self.log.profile().as_str(), &hash.to_string()])
    }

    async fn import(&mut self, bytes: &[u8]) -> Transfer {
        let packet = match apart(packet::read as ReadPacket)(bytes) {
            Ok(packet) => packet,
            Err(fault) => return Transfer::Refused(fault),
        };
        match self.take_in(packet).await {
            Ok(report) => Transfer::Imported(report),
            Err(error) => Transfer::Failed(error.to_string()),
        }
    }

    /// The files first, so that no record is here without its own.
    async fn take_in(&mut self, packet: Packet) -> Result<Imported, LogError> {
        for (hash, bytes) in packet.files {
            self.keep_file(&hash, bytes).await?;
        }
        let report = self.log.import(&packet.records).await?;
        self.study.counter.logged();
        self.show();
        self.follow_registration();
        Ok(report)
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
        Key::of(&[self.log.profile().as_str(), self.study.tab.as_str()])
    }

    fn draft_key(&self, place: &Place, tab: Option<&SessionId>) -> Key {
        let profile = self.log.profile();
        drafts::key(profile, &self.study.registration, place, tab)
    }
}
