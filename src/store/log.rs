//! The log of one profile over the store: appends to the chain, takes other logs' records in,
//! and keeps the fold current.
//!
//! Several tabs may write one log. Arrival numbers are inserted, never overwritten, so a tab
//! that missed another's record is refused, catches up and tries again (optimistic locking).

use std::fmt::{self, Write as _};

use crate::domain::course::MeterRules;
use crate::domain::fold::{Fold, RuleBook};
use crate::domain::handed::For;
use crate::domain::hash::Hash;
use crate::domain::ids::{ProfileKey, RecordId};
use crate::domain::record::{Author, NewRecord, Record, RecordFault};
use crate::domain::sorted::Sorted;
use crate::domain::time::Moment;
use crate::store::port::{Durability, Key, Range, Store, StoreError, Table, Write};
use crate::store::posts;
use crate::store::rows::{self, IdRow};
use crate::store::snapshot;

/// Rows read at once while catching up.
const PAGE: usize = 2_000;

/// Records after which the fold is kept as a snapshot again.
pub const SNAPSHOT_EVERY: u64 = 200;

/// How often an append is tried again after other tabs were quicker.
const TRIES: usize = 20;

/// What can go wrong with the log. What was appended before is never lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogError {
    /// The store failed.
    Store(StoreError),
    /// A record is too long, or not one. Retrying is no use.
    Record(RecordFault),
    /// A record with this id is in the log already: somebody else wrote it down. Done, in a sense.
    AlreadyThere,
}

impl fmt::Display for LogError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(out),
            Self::Record(fault) => fault.fmt(out),
            Self::AlreadyThere => out.write_str("the record is in the log already"),
        }
    }
}

impl std::error::Error for LogError {}

impl From<StoreError> for LogError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<RecordFault> for LogError {
    fn from(fault: RecordFault) -> Self {
        Self::Record(fault)
    }
}

/// What became of imported records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// New here.
    pub added: usize,
    /// Here already, the same to the letter.
    pub known: usize,
    /// Here already under the same id with other content: left out.
    pub conflicting: usize,
    /// Here already, and now somebody vouches for who sent it.
    pub vouched: usize,
}

/// How what is made on this device is signed. The code for it comes with the class, so the log is
/// given it.
#[derive(Clone, Copy)]
pub struct Signer {
    /// The secret key.
    pub seed: [u8; 32],
    /// Puts a signature on a record.
    pub sign: fn(&[u8; 32], Record) -> Record,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nothing of the key gets into a report.
        out.write_str("Signer")
    }
}

/// The log of one profile.
#[derive(Debug)]
pub struct Log<S> {
    store: S,
    profile: ProfileKey,
    author: Author,
    signer: Option<Signer>,
    rules: RuleBook,
    fold: Fold,
    arrivals: u64,
    damaged: u64,
    snapshot_at: u64,
    changes: u64,
}

impl<S: Store> Log<S> {
    /// Opens the log: the snapshot if there is a fitting one, and what arrived after it.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn open(
        store: S,
        profile: ProfileKey,
        author: Author,
        rules: RuleBook,
    ) -> Result<Self, LogError> {
        let key = Key::of(&[profile.as_str()]);
        let snapshot = store
            .get(Table::Snapshots, &key)
            .await?
            .and_then(|row| snapshot::read(&row, &fingerprint(&rules)));
        let (arrivals, fold) = snapshot.unwrap_or_default();
        let mut log = Self {
            store,
            profile,
            author,
            signer: None,
            rules,
            fold,
            arrivals,
            damaged: 0,
            snapshot_at: arrivals,
            changes: 0,
        };
        log.catch_up().await?;
        Ok(log)
    }

    /// What the records add up to.
    #[must_use]
    pub fn fold(&self) -> &Fold {
        &self.fold
    }

    /// How often what the records add up to has changed since the log was opened.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The profile whose log this is.
    #[must_use]
    pub fn profile(&self) -> &ProfileKey {
        &self.profile
    }

    /// Who writes here.
    #[must_use]
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Signs what is appended from now on.
    pub fn sign_with(&mut self, signer: Signer) {
        self.signer = Some(signer);
    }

    /// The store underneath, for the mutable rows.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Rows that could not be read since the log was opened. They stay where they are.
    #[must_use]
    pub fn damaged(&self) -> u64 {
        self.damaged
    }

    /// Takes in what other tabs appended; `true` when there was something.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn catch_up(&mut self) -> Result<bool, LogError> {
        let before = self.arrivals;
        loop {
            let range = Range {
                from: Some(self.arrivals + 1),
                limit: PAGE,
                ..Range::all(Key::of(&[self.profile.as_str()]))
            };
            let page = self.store.scan(Table::Log, &range).await?;
            let last = page.len() < PAGE;
            self.changes += u64::from(!page.is_empty());
            for (key, row) in page {
                self.arrivals = key.last_number().unwrap_or(self.arrivals + 1);
                match Record::of_row(&row) {
                    Ok(record) => self.fold.apply(&record, &self.rules),
                    Err(_) => self.damaged += 1,
                }
            }
            if last {
                return Ok(self.arrivals != before);
            }
        }
    }

    /// Appends what `decide` makes of the fold as it is, together with other changes, in one
    /// batch. `decide` is asked again when another tab was quicker; it may then make nothing,
    /// and nothing is done.
    ///
    /// # Errors
    /// [`LogError`]; nothing was done.
    pub async fn append(
        &mut self,
        decide: impl Fn(&Fold) -> Vec<NewRecord>,
        also: &[Write],
        now: Moment,
        durability: Durability,
    ) -> Result<Vec<Record>, LogError> {
        for _ in 0..TRIES {
            let sealed = self.seal(decide(&self.fold), now)?;
            if sealed.is_empty() {
                return Ok(sealed);
            }
            let mut batch = self.inserts(&sealed);
            batch.extend(
                posts::index(&self.store, &self.profile, &sealed, self.arrivals + 1).await?,
            );
            batch.extend_from_slice(also);
            match self.store.commit(batch, durability).await {
                Ok(()) => {
                    self.take_in(&sealed);
                    return Ok(sealed);
                }
                Err(StoreError::Conflict(Table::Log)) => {
                    self.catch_up().await?;
                }
                Err(StoreError::Conflict(Table::Ids)) => {
                    self.catch_up().await?;
                    return Err(LogError::AlreadyThere);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict(Table::Log).into())
    }

    /// Takes in records of other logs, or of this one. What is here already is left as it is,
    /// so importing twice changes nothing; only a sender for whom nobody vouched gives way to one
    /// for whom somebody does.
    ///
    /// # Errors
    /// [`LogError::Store`]; records taken in before the error stay.
    pub async fn import(&mut self, records: &[Record]) -> Result<Imported, LogError> {
        self.import_with(records, &[]).await
    }

    /// As [`Self::import`], with other changes in the batch of the last records.
    ///
    /// # Errors
    /// [`LogError::Store`]; records taken in before the error stay.
    pub async fn import_with(
        &mut self,
        records: &[Record],
        also: &[Write],
    ) -> Result<Imported, LogError> {
        let mut report = Imported::default();
        let mut left = records;
        loop {
            let (part, after) = left.split_at(left.len().min(PAGE));
            let also = if after.is_empty() { also } else { &[] };
            self.import_part(part, also, &mut report).await?;
            left = after;
            if left.is_empty() {
                return Ok(report);
            }
        }
    }

    /// The records of the log that a file for somebody holds, in order of arrival, as canonical texts;
    /// for oneself damaged rows as they are, too.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn export(&self, whom: &For) -> Result<Vec<String>, LogError> {
        let range = Range::all(Key::of(&[self.profile.as_str()]));
        let rows = self.store.scan(Table::Log, &range).await?;
        let mut texts = Vec::with_capacity(rows.len());
        for (_, row) in rows {
            // What is known of a sender is this device's own knowledge.
            match Record::of_row(&row) {
                Ok(record) if whom.takes(&record, &self.fold) => {
                    texts.push(record.canonical().to_owned());
                }
                Err(_) if *whom == For::Oneself => texts.push(row),
                _ => {}
            }
        }
        Ok(texts)
    }

    /// Keeps the fold as a snapshot when enough arrived since the last one.
    ///
    /// # Errors
    /// [`LogError::Store`]; a start without a snapshot is slower, nothing else.
    pub async fn keep_snapshot(&mut self) -> Result<(), LogError> {
        if self.arrivals < self.snapshot_at + SNAPSHOT_EVERY || self.damaged > 0 {
            return Ok(());
        }
        let row = snapshot::write(&fingerprint(&self.rules), self.arrivals, &self.fold);
        let write = Write::Put(Table::Snapshots, Key::of(&[self.profile.as_str()]), row);
        self.store.commit(vec![write], Durability::Relaxed).await?;
        self.snapshot_at = self.arrivals;
        Ok(())
    }

    fn seal(&self, new: Vec<NewRecord>, now: Moment) -> Result<Vec<Record>, LogError> {
        let mut head = self.fold.heads.get(&self.author.installation).copied();
        // A plain loop: collecting results is several times the code.
        let mut sealed = Vec::with_capacity(new.len());
        for new in new {
            let mut record = Record::seal(new, &self.author, head.as_ref(), now)?;
            if let Some(Signer { seed, sign }) = &self.signer {
                record = sign(seed, record);
            }
            head = Some(record.as_head());
            sealed.push(record);
        }
        Ok(sealed)
    }

    fn inserts(&self, records: &[Record]) -> Vec<Write> {
        let profile = self.profile.as_str();
        let mut writes = Vec::with_capacity(records.len() * 2);
        for (record, arrival) in records.iter().zip(self.arrivals + 1..) {
            let id = record.envelope().id.as_str();
            writes.push(Write::Insert(
                Table::Log,
                Key::of(&[profile]).number(arrival),
                record.row(),
            ));
            writes.push(Write::Insert(
                Table::Ids,
                Key::of(&[profile, id]),
                rows::write(&IdRow { arrival }),
            ));
        }
        writes
    }

    fn take_in(&mut self, records: &[Record]) {
        self.changes += 1;
        for record in records {
            self.fold.apply(record, &self.rules);
            self.arrivals += 1;
        }
    }

    async fn import_part(
        &mut self,
        part: &[Record],
        also: &[Write],
        report: &mut Imported,
    ) -> Result<(), LogError> {
        for _ in 0..TRIES {
            let (fresh, better, seen) = self.sort_out(part).await?;
            let vouched = better.len();
            let mut batch = self.inserts(&fresh);
            batch
                .extend(posts::index(&self.store, &self.profile, &fresh, self.arrivals + 1).await?);
            batch.extend(better);
            batch.extend_from_slice(also);
            if batch.is_empty() {
                report.known += seen.known;
                report.conflicting += seen.conflicting;
                return Ok(());
            }
            match self.store.commit(batch, Durability::Strict).await {
                Ok(()) => {
                    self.take_in(&fresh);
                    if vouched > 0 {
                        self.fold_anew().await?;
                    }
                    report.vouched += vouched;
                    report.added += fresh.len();
                    report.known += seen.known;
                    report.conflicting += seen.conflicting;
                    return Ok(());
                }
                // Another tab was quicker; what it took in is known in the next round.
                Err(StoreError::Conflict(_)) => {
                    self.catch_up().await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict(Table::Log).into())
    }

    /// Reads the whole log once more, for something in it is known better than before.
    async fn fold_anew(&mut self) -> Result<(), LogError> {
        (self.fold, self.arrivals, self.damaged) = (Fold::default(), 0, 0);
        self.snapshot_at = 0;
        self.catch_up().await?;
        Ok(())
    }

    /// The records that are new here, each id once, the rows of those whose sender is known better
    /// now, and a count of the others.
    async fn sort_out(
        &self,
        part: &[Record],
    ) -> Result<(Vec<Record>, Vec<Write>, Imported), LogError> {
        let mut better = Vec::new();
        let mut fresh: Sorted<&RecordId, &Record> = Sorted::default();
        let mut order = Vec::new();
        let mut seen = Imported::default();
        for record in part {
            let id = &record.envelope().id;
            let same = match fresh.get(&id) {
                Some(twin) => Some(twin.canonical() == record.canonical()),
                None => self.stored_the_same(record, &mut better).await?,
            };
            match same {
                None => {
                    fresh.insert(id, record);
                    order.push(record.clone());
                }
                Some(true) => seen.known += 1,
                Some(false) => seen.conflicting += 1,
            }
        }
        Ok((order, better, seen))
    }

    /// Whether the record with this id that is stored is the same; `None` when there is none.
    async fn stored_the_same(
        &self,
        record: &Record,
        better: &mut Vec<Write>,
    ) -> Result<Option<bool>, LogError> {
        let profile = self.profile.as_str();
        let key = Key::of(&[profile, record.envelope().id.as_str()]);
        let Some(row) = self.store.get(Table::Ids, &key).await? else {
            return Ok(None);
        };
        let Some(place) = rows::read::<IdRow>(&row) else {
            return Ok(Some(false));
        };
        let key = Key::of(&[profile]).number(place.arrival);
        let stored = self.store.get(Table::Log, &key).await?;
        let stored = stored.and_then(|row| Record::of_row(&row).ok());
        let Some(stored) = stored.filter(|stored| stored.canonical() == record.canonical()) else {
            return Ok(Some(false));
        };
        let doubted = stored.sender().is_some_and(|sender| !sender.verified);
        if doubted && record.sender().is_some_and(|sender| sender.verified) {
            better.push(Write::Put(Table::Log, key, record.row()));
        }
        Ok(Some(true))
    }
}

fn fingerprint(rules: &RuleBook) -> Hash {
    let mut text = "6".to_owned();
    for (course, rules) in rules.0.iter() {
        let MeterRules {
            max_speed_percent,
            idle_ms,
            reading_factor_percent,
            utc_offset_minutes,
        } = rules;
        let _ = write!(
            text,
            " {course} {max_speed_percent} {idle_ms} {reading_factor_percent} {utc_offset_minutes}"
        );
    }
    Hash::of(text.as_bytes())
}

#[cfg(test)]
mod tests;
