//! A backup (`zhixing-backup/1`): a packet of everything that is kept of a learner on a device, with
//! `rows.jsonl` beside the records, which has, a line each, who sent what was heard of others, drafts,
//! and places. The learner restored from it writes on as another installation (DESIGN section 6).

use serde_json::{Value, json};

use super::read::named;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{ProfileKey, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::record::{Actor, Record, Sender};
use crate::store::port::{Key, KeyPart, Table};
use crate::store::rows::{self, DraftRow};

/// Most characters of a learner's name.
const MAX_NAME: usize = 40;

/// What a backup holds beside records and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The profile that it was made of.
    pub profile: ProfileKey,
    /// What the learner was called; empty while nobody said.
    pub name: String,
    /// Who sent records that came from elsewhere, as far as that was known.
    pub senders: Vec<(RecordId, Actor)>,
    /// Drafts and places: the table, the key behind the profile's, and the row as it stood.
    pub rows: Vec<Kept>,
}

/// A row that is kept as it stands: its table, its key without the profile, and its text.
pub type Kept = (Table, Key, String);

impl Whole {
    /// What a row of the log says of its sender.
    pub(super) fn sender_of(record: &Record) -> Option<(RecordId, Actor)> {
        let sender = record.sender()?;
        Some((record.envelope().id.clone(), sender.account.clone()))
    }

    /// What a learner's rows come to, as they stand in the tables: the lines of the records, damaged ones
    /// as they are, and the digests of the files that they name.
    #[must_use]
    pub fn gather(
        profile: &ProfileKey,
        name: &str,
        rows: Vec<Kept>,
    ) -> (Self, Vec<String>, Vec<Hash>) {
        let mut whole = Self {
            profile: profile.clone(),
            name: name.to_owned(),
            senders: Vec::new(),
            rows: Vec::new(),
        };
        let (mut lines, mut files) = (Vec::with_capacity(rows.len()), Vec::new());
        for (table, mut key, row) in rows {
            match table {
                Table::Log => match Record::of_row(&row) {
                    Ok(record) => {
                        whole.senders.extend(Self::sender_of(&record));
                        files.extend(named([&record]));
                        lines.push(record.canonical().to_owned());
                    }
                    Err(_) => lines.push(row),
                },
                Table::Drafts | Table::Places if !key.0.is_empty() => {
                    key.0.remove(0);
                    whole.rows.push((table, key, row));
                }
                _ => {}
            }
        }
        files.sort();
        files.dedup();
        (whole, lines, files)
    }

    /// How many drafts it holds.
    #[must_use]
    pub fn drafts(&self) -> usize {
        let drafts = self.rows.iter();
        drafts
            .filter(|(table, _, row)| *table == Table::Drafts && is_written(row))
            .count()
    }

    /// Gives records the senders that the backup names. Nobody vouches for them until a backend does
    /// once more.
    #[must_use]
    pub fn attribute(&self, records: Vec<Record>) -> Vec<Record> {
        let mut senders: Vec<&(RecordId, Actor)> = self.senders.iter().collect();
        senders.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut all = Vec::with_capacity(records.len());
        for record in records {
            let found = senders.binary_search_by(|(id, _)| id.cmp(&record.envelope().id));
            let sender = found.ok().and_then(|at| senders.get(at));
            all.push(match sender {
                Some((_, account)) => record.from(Sender {
                    account: account.clone(),
                    verified: false,
                }),
                None => record,
            });
        }
        all
    }

    /// The lines of `rows.jsonl`.
    pub(super) fn write(&self) -> Vec<Value> {
        let senders = self.senders.iter().map(|(id, account)| {
            json!({"sender": id.as_str(),
                "account": {"homePage": account.home_page, "name": account.name}})
        });
        let rows = self.rows.iter().map(|(table, key, row)| {
            let key: Vec<Value> = key.0.iter().map(write_part).collect();
            json!({"table": table.name(), "key": key, "row": row})
        });
        senders.chain(rows).collect()
    }

    /// Reads the header's part; `None` where it is not one.
    pub(super) fn of_header(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            profile: ProfileKey::parse(at.text("profile")?)?,
            name: at.text("name")?.trim().chars().take(MAX_NAME).collect(),
            senders: Vec::new(),
            rows: Vec::new(),
        })
    }

    /// Takes a line in; `false` where it is damaged. What this version does not know is passed over.
    pub(super) fn take(&mut self, line: &str) -> bool {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            return false;
        };
        let at = Fields(&line);
        if at.find("sender").is_some() {
            let account = at.find("account").and_then(Actor::read);
            let read = at.id("sender").zip(account);
            let good = read.is_some();
            self.senders.extend(read);
            return good;
        }
        let table = match at.text("table") {
            Some("drafts") => Table::Drafts,
            Some("places") => Table::Places,
            other => return other.is_some(),
        };
        let (Some(key), Some(row)) = (read_key(at, table), at.text("row")) else {
            return false;
        };
        // A row of a later version stays what it is: absent for this one.
        self.rows.push((table, key, row.to_owned()));
        true
    }
}

fn is_written(row: &str) -> bool {
    rows::read::<DraftRow>(row).is_some_and(|draft| !draft.text.trim().is_empty())
}

fn write_part(part: &KeyPart) -> Value {
    match part {
        KeyPart::Number(number) => (*number).into(),
        KeyPart::Text(text) => text.as_str().into(),
    }
}

/// A key as the tables have them: `registration, step` of places; `registration, step, field` of
/// drafts, with the tab and a number behind where every tab has a row of its own.
fn read_key(at: Fields<'_>, table: Table) -> Option<Key> {
    let parts = at.items("key")?;
    let text = |at: usize| parts.get(at).and_then(Value::as_str);
    let registration = RegistrationId::parse(text(0)?)?;
    let step = Slug::parse(text(1)?)?;
    let mut key = Key::of(&[registration.as_str(), step.as_str()]);
    let known = match (table, parts.len()) {
        (Table::Places, 2) => true,
        (Table::Drafts, 3 | 5) => {
            let field = Slug::parse(text(2)?)?;
            key.0.push(KeyPart::Text(field.to_string()));
            if parts.len() == 5 {
                let tab = SessionId::parse(text(3)?)?;
                key.0.push(KeyPart::Text(tab.to_string()));
                key = key.number(parts.get(4)?.as_u64().filter(|number| *number < 1 << 53)?);
            }
            true
        }
        _ => false,
    };
    known.then_some(key)
}
