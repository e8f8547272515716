//! Packets out and in, and the files in them. All of it is of the module's third part.

use futures_util::future::LocalBoxFuture;
use gloo_events::EventListener;
use leptos::prelude::GetUntracked as _;

use super::Keeper;
use crate::domain::binding::attributed;
use crate::domain::handed::For;
use crate::domain::record::Record;
use crate::store::log::{Imported, LogError};
use crate::store::port::{Store as _, StoreError, Table};
use crate::ui::browser;
use crate::ui::format::day;
use crate::ui::state::{Intake, Intent, Study, Transfer};
use crate::wire::packet::{self, Packet};

/// What is to be done with packets.
#[derive(Debug, Clone)]
pub enum Job {
    /// Make one for somebody.
    Export(For),
    /// Take one in: the name of its file, and its bytes. What becomes of it is added to what became of
    /// those before it since somebody last looked.
    Import(String, Vec<u8>),
}

/// How the keeper does it: the function comes with the one who asks, so that it is there when the
/// keeper gets to it.
pub type Carry = for<'a> fn(&'a mut Keeper, &'a Job) -> LocalBoxFuture<'a, Transfer>;

impl Study {
    /// Makes a packet, or takes one in.
    pub fn carry(&self, job: Job) {
        self.send(Intent::Carry(carry, job));
    }
}

fn carry<'a>(keeper: &'a mut Keeper, job: &'a Job) -> LocalBoxFuture<'a, Transfer> {
    Box::pin(async move {
        match job {
            Job::Export(whom) => keeper.export(whom).await.unwrap_or_else(Transfer::Failed),
            Job::Import(name, bytes) => keeper.import(name, bytes).await,
        }
    })
}

impl Keeper {
    async fn export(&mut self, whom: &For) -> Result<Transfer, String> {
        let records = self
            .log
            .export(whom)
            .await
            .map_err(|error| error.to_string())?;
        let files = self.files_of(&records).await;
        let files = files.map_err(|error| error.to_string())?;
        let now = browser::now();
        let installation = &self.log.author().installation;
        let bytes = packet::write(&records, &files, &self.study.name, installation, now);
        let bytes = bytes.map_err(|error| error.to_string())?;
        let day = day(now, self.study.course.calendar.utc_offset_minutes);
        browser::save_file(&self.file_name(&day), "application/zip", &bytes)
            .map_err(|error| format!("{error:?}"))?;
        Ok(Transfer::Exported(matches!(whom, For::Oneself)))
    }

    /// What the file is called: by the learner, so that a class's are told apart, and the day.
    fn file_name(&self, day: &str) -> String {
        let name = self
            .study
            .name
            .chars()
            .filter(|each| each.is_alphanumeric());
        let name: String = name.collect();
        let dash = if name.is_empty() { "" } else { "-" };
        format!("zhixing-{name}{dash}{day}.zip")
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

    async fn import(&mut self, name: &str, bytes: &[u8]) -> Transfer {
        let mut intake = match self.study.transfer.get_untracked() {
            Transfer::Imported(intake) => intake,
            _ => Intake::default(),
        };
        intake.files += 1;
        match packet::read(bytes) {
            Err(fault) => intake.refused.push((name.to_owned(), fault)),
            Ok(packet) => match self.take_in(packet).await {
                Ok(report) => {
                    intake.taken.added += report.added;
                    intake.taken.known += report.known;
                    intake.taken.conflicting += report.conflicting;
                }
                Err(error) => return Transfer::Failed(error.to_string()),
            },
        }
        Transfer::Imported(intake)
    }

    /// The files first, so that no record is here without its own.
    async fn take_in(&mut self, packet: Packet) -> Result<Imported, LogError> {
        for (hash, bytes) in packet.files {
            self.keep_file(&hash, bytes).await?;
        }
        let signed_in = !self.log.fold().account.is_empty();
        let own = &self.log.author().actor.name;
        let records = attributed(packet.records, own, signed_in);
        let report = self.log.import(&records).await?;
        self.study.counter.logged();
        self.show_whole();
        self.show_all();
        self.follow_registration();
        Ok(report)
    }

    /// What was imported may be a later attempt, with which the learner goes on from now: then the
    /// app is started anew in it when the screen that says what was imported is left.
    fn follow_registration(&self) {
        let fold = self.log.fold();
        let goes_on = fold.registration(&self.study.course.id, self.log.author());
        if goes_on.is_some_and(|id| *id != self.study.registration) {
            let leaving = EventListener::once(&browser::window(), "hashchange", |_| {
                browser::start_anew();
            });
            leaving.forget();
        }
    }
}
