//! Packets out and in, and the files in them.

use gloo_events::EventListener;
use leptos::prelude::GetUntracked as _;

use super::Keeper;
use crate::domain::binding::attributed;
use crate::domain::handed::For;
use crate::domain::hash::Hash;
use crate::domain::ids::InstallationId;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::store::log::{Imported, LogError};
use crate::store::port::{Durability, Key, Store as _, StoreError, Table, Write};
use crate::ui::browser;
use crate::ui::format::day;
use crate::ui::state::{Intake, Transfer, apart};
use crate::wire::packet::{self, Packet, PacketFault};

type WritePacket =
    fn(&[String], &[packet::File], &InstallationId, Moment) -> Result<Vec<u8>, PacketFault>;
type ReadPacket = fn(&[u8]) -> Result<Packet, PacketFault>;

impl Keeper {
    pub(super) async fn export(&mut self, whom: &For) -> Result<Transfer, String> {
        let records = self
            .log
            .export(whom)
            .await
            .map_err(|error| error.to_string())?;
        let files = self.files_of(&records).await;
        let files = files.map_err(|error| error.to_string())?;
        let now = browser::now();
        let installation = &self.log.author().installation;
        let bytes = apart(packet::write as WritePacket)(&records, &files, installation, now);
        let bytes = bytes.map_err(|error| error.to_string())?;
        let day = day(now, self.study.course.calendar.utc_offset_minutes);
        browser::save_file(&format!("zhixing-{day}.zip"), "application/zip", &bytes)
            .map_err(|error| format!("{error:?}"))?;
        Ok(Transfer::Exported(matches!(whom, For::Oneself)))
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

    pub(super) async fn keep_file(&self, hash: &Hash, bytes: Vec<u8>) -> Result<(), LogError> {
        let write = Write::PutBytes(Table::Files, self.file_key(hash), bytes);
        let store = self.log.store();
        Ok(store.commit(vec![write], Durability::Strict).await?)
    }

    fn file_key(&self, hash: &Hash) -> Key {
        Key::of(&[self.log.profile().as_str(), &hash.to_string()])
    }

    pub(super) async fn import(&mut self, name: &str, bytes: &[u8]) -> Transfer {
        let mut intake = match self.study.transfer.get_untracked() {
            Transfer::Imported(intake) => intake,
            _ => Intake::default(),
        };
        intake.files += 1;
        match apart(packet::read as ReadPacket)(bytes) {
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
