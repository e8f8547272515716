//! The envelope of every record, and the chain that ties one profile's records together.
//!
//! A record is its RFC 8785 text: that text is stored, sent and hashed, so fields and kinds
//! that this version does not know survive untouched. The typed fields are a view of it.

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::domain::body::Body;
use crate::domain::canonical::{self, NotCanonical};
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId};
use crate::domain::time::Moment;

/// Longest record in bytes of its canonical text. Attachments travel apart from records.
pub const MAX_RECORD_BYTES: usize = 1_000_000;

/// The home page of an actor that has not signed in: its name is the profile key.
pub const LOCAL_HOME_PAGE: &str = "tag:zhixing.example,2026:local";

/// Who may read a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Never leaves the device but in the learner's own backup.
    Private,
    /// The tutor (指导教师).
    Tutor,
    /// The class.
    Class,
    /// The class and its partner class.
    Partner,
    /// Everybody.
    Public,
}

impl Audience {
    /// All of them, from the narrowest to the widest.
    pub const ALL: [Self; 5] = [
        Self::Private,
        Self::Tutor,
        Self::Class,
        Self::Partner,
        Self::Public,
    ];

    /// As records write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Tutor => "tutor",
            Self::Class => "class",
            Self::Partner => "partner",
            Self::Public => "public",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.word() == word)
    }
}

/// Who did it: an xAPI account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Actor {
    /// IRI of the class, or [`LOCAL_HOME_PAGE`] until signed in.
    pub home_page: String,
    /// Roster id, or the profile key until signed in.
    pub name: String,
}

impl Actor {
    /// The person: home page and name; empty until signed in, for then nobody but the learner whose
    /// device it is can be meant.
    #[must_use]
    pub fn person(&self) -> String {
        if self.home_page == LOCAL_HOME_PAGE {
            String::new()
        } else {
            self.account()
        }
    }

    /// Home page and name, whichever they are.
    #[must_use]
    pub fn account(&self) -> String {
        format!("{}|{}", self.home_page, self.name)
    }

    /// Reads an account: `homePage` and `name`.
    #[must_use]
    pub fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            home_page: at.text("homePage")?.to_owned(),
            name: at.text("name")?.to_owned(),
        })
    }

    /// Whether this is that person, as [`Self::person`] writes it.
    #[must_use]
    pub fn is(&self, person: &str) -> bool {
        if self.home_page == LOCAL_HOME_PAGE {
            return person.is_empty();
        }
        let name = person.strip_prefix(self.home_page.as_str());
        name.and_then(|name| name.strip_prefix('|')) == Some(self.name.as_str())
    }
}

/// Whose a record is that came from elsewhere, as far as that is known: it is kept beside the record,
/// for a record's own actor is a device's until somebody signed in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The account that sent it.
    pub account: Actor,
    /// Whether somebody vouches for that: the backend that let the account in, or its signature; of
    /// what only tutors may say, that the account is a tutor's of the roster, too.
    pub verified: bool,
}

impl Sender {
    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            account: at.find("account").and_then(Actor::read)?,
            verified: at.0.get("verified")?.as_bool()?,
        })
    }
}

/// A record before it takes its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRecord {
    /// Its id, drawn when the act began.
    pub id: RecordId,
    /// Its kind; the known ones are in [`crate::domain::body`].
    pub kind: &'static str,
    /// Version of the kind's body.
    pub version: u32,
    /// The registration it belongs to.
    pub registration: RegistrationId,
    /// Who may read it.
    pub audience: Audience,
    /// The kind's own content.
    pub body: Value,
}

/// Who writes, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who did it.
    pub actor: Actor,
    /// The installation that writes.
    pub installation: InstallationId,
}

/// The end of one installation's chain: the last record's sequence number (from 1) and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the last record.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// A record: its canonical text and a typed view of the envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    envelope: Envelope,
    body: Body,
    hash: Hash,
    canonical: String,
    sender: Option<Sender>,
}

/// The typed view of a record's envelope (version 1; unknown fields stay in the text).
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// `UUIDv4`.
    pub id: RecordId,
    /// Kind.
    pub kind: String,
    /// Version of the kind's body, from 1.
    pub version: u32,
    /// Registration.
    pub registration: RegistrationId,
    /// Who did it.
    pub actor: Actor,
    /// The installation that wrote it.
    pub installation: InstallationId,
    /// Place in the chain of its profile and installation, from 1.
    pub seq: u64,
    /// Hash of the record before it in the chain; `None` for the first.
    pub prev: Option<Hash>,
    /// Device clock, UTC.
    pub recorded_at: Moment,
    /// Who may read it.
    pub audience: Audience,
}

/// Why a text is not a record. Reading it again is no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFault {
    /// Longer than [`MAX_RECORD_BYTES`].
    TooLong,
    /// Not JSON, or not an envelope; the parser's words.
    Malformed(String),
}

impl fmt::Display for RecordFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => out.write_str("the record is too long"),
            Self::Malformed(why) => write!(out, "not a record: {why}"),
        }
    }
}

impl std::error::Error for RecordFault {}

impl Record {
    /// Gives `new` its place after `head` (`None` for the first of the installation).
    ///
    /// # Errors
    /// [`RecordFault::TooLong`] when the body is too large for a record.
    pub fn seal(
        new: NewRecord,
        author: &Author,
        head: Option<&Head>,
        now: Moment,
    ) -> Result<Self, RecordFault> {
        let envelope = Envelope {
            id: new.id,
            kind: new.kind.to_owned(),
            version: new.version,
            registration: new.registration,
            actor: author.actor.clone(),
            installation: author.installation.clone(),
            seq: head.map_or(1, |head| head.seq + 1),
            prev: head.map(|head| head.hash),
            recorded_at: now,
            audience: new.audience,
        };
        Self::from_value(&envelope.write(&new.body), envelope)
    }

    /// Reads a record from JSON text, whatever its kind.
    ///
    /// # Errors
    /// [`RecordFault`]; input of any kind is safe to give.
    pub fn parse(text: &str) -> Result<Self, RecordFault> {
        if text.len() > MAX_RECORD_BYTES {
            return Err(RecordFault::TooLong);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| malformed(&error))?;
        let envelope = Envelope::read(Fields(&value))
            .ok_or_else(|| RecordFault::Malformed("its envelope is not one".to_owned()))?;
        Self::from_value(&value, envelope)
    }

    fn from_value(value: &Value, envelope: Envelope) -> Result<Self, RecordFault> {
        let canonical = canonical(value)?;
        if canonical.len() > MAX_RECORD_BYTES {
            return Err(RecordFault::TooLong);
        }
        let hash = match value {
            Value::Object(fields) if fields.contains_key("signature") => {
                Hash::of(canonical_unsigned(fields)?.as_bytes())
            }
            _ => Hash::of(canonical.as_bytes()),
        };
        Ok(Self {
            body: Body::read(&envelope.kind, envelope.version, &value["body"]),
            envelope,
            hash,
            canonical,
            sender: None,
        })
    }

    /// Reads a row of the log: a record's text and, for one that came from elsewhere, on a second
    /// line its sender.
    ///
    /// # Errors
    /// [`RecordFault`].
    pub fn of_row(row: &str) -> Result<Self, RecordFault> {
        let (text, sender) = row.split_once('\n').unwrap_or((row, ""));
        let mut record = Self::parse(text)?;
        if !sender.is_empty() {
            let sender: Value = serde_json::from_str(sender).map_err(|error| malformed(&error))?;
            record.sender = Sender::read(Fields(&sender));
        }
        Ok(record)
    }

    /// The row of the log, as [`Self::of_row`] reads it.
    #[must_use]
    pub fn row(&self) -> String {
        let mut row = self.canonical.clone();
        if let Some(sender) = &self.sender {
            let Actor { home_page, name } = &sender.account;
            let sender = json!({"account": {"homePage": home_page, "name": name},
                "verified": sender.verified});
            row.push('\n');
            row.push_str(&sender.to_string());
        }
        row
    }

    /// The record as it came from `sender`.
    #[must_use]
    pub fn from(mut self, sender: Sender) -> Self {
        self.sender = Some(sender);
        self
    }

    /// From whom it came; `None` if it was made on this device, or nobody knows.
    #[must_use]
    pub fn sender(&self) -> Option<&Sender> {
        self.sender.as_ref()
    }

    /// Whose it is: [`Actor::person`], empty for the learner of this device, who signed in with
    /// `account`, if at all.
    #[must_use]
    pub fn person(&self, account: &str) -> Cow<'static, str> {
        let actor = self.actor();
        if self.sender.is_none() && actor.home_page == LOCAL_HOME_PAGE {
            return Cow::Borrowed("");
        }
        let person = actor.account();
        if person == account {
            Cow::Borrowed("")
        } else {
            Cow::Owned(person)
        }
    }

    /// Who did it, as far as is known.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        let sender = self.sender.as_ref();
        sender.map_or(&self.envelope.actor, |sender| &sender.account)
    }

    /// The typed view.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// What it holds, as far as this version reads it.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The RFC 8785 text: what is stored and sent.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// SHA-256 of the canonical text without its `signature` member.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The head of its chain once it stands at the end.
    #[must_use]
    pub fn as_head(&self) -> Head {
        Head {
            seq: self.envelope.seq,
            hash: self.hash,
        }
    }

    /// Whether it may stand directly after `before` in a chain (`None`: at the beginning).
    #[must_use]
    pub fn follows(&self, before: Option<&Head>) -> bool {
        self.envelope.seq == before.map_or(1, |head| head.seq.saturating_add(1))
            && self.envelope.prev == before.map(|head| head.hash)
    }
}

fn canonical(value: &Value) -> Result<String, RecordFault> {
    canonical::canonical(value).map_err(|fault| {
        RecordFault::Malformed(match fault {
            NotCanonical::Number => "a number that is not whole".to_owned(),
            NotCanonical::Name => "a member name beyond ASCII".to_owned(),
        })
    })
}

fn canonical_unsigned(fields: &Map<String, Value>) -> Result<String, RecordFault> {
    let mut unsigned = fields.clone();
    unsigned.remove("signature");
    canonical(&Value::Object(unsigned))
}

fn malformed(error: &serde_json::Error) -> RecordFault {
    RecordFault::Malformed(error.to_string())
}

impl Envelope {
    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            id: at.id("id")?,
            kind: at.text("kind")?.to_owned(),
            version: at.count("v")?,
            registration: RegistrationId::parse(at.text("registration")?)?,
            actor: Actor::read(at.find("actor")?)?,
            installation: InstallationId::parse(at.text("installation")?)?,
            seq: at.positive("seq")?,
            prev: at.optional("prev", |at| Hash::parse(at.0.as_str()?))?,
            recorded_at: Moment::parse_rfc3339(at.text("recordedAt")?)?,
            audience: Audience::parse(at.text("audience")?)?,
        })
        .filter(|_| at.0.get("body").is_some())
    }

    fn write(&self, body: &Value) -> Value {
        json!({
            "id": self.id.as_str(),
            "kind": self.kind,
            "v": self.version,
            "registration": self.registration.as_str(),
            "actor": {"homePage": self.actor.home_page, "name": self.actor.name},
            "installation": self.installation.as_str(),
            "seq": self.seq,
            "prev": self.prev.map(|hash| hash.to_string()),
            "recordedAt": self.recorded_at.to_rfc3339(),
            "audience": self.audience.word(),
            "body": body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    pub(crate) fn author() -> Author {
        Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.to_owned(),
                name: "00000000-0000-4000-8000-000000000001".to_owned(),
            },
            installation: InstallationId::from_random([1; 16]),
        }
    }

    fn new_record(at: u8, body: Value) -> NewRecord {
        NewRecord {
            id: RecordId::from_random([at; 16]),
            kind: "note",
            version: 1,
            registration: RegistrationId::from_random([2; 16]),
            audience: Audience::Private,
            body,
        }
    }

    #[test]
    fn the_serialised_form_is_fixed() {
        let record = Record::seal(
            new_record(7, json!({"step": "m1", "text": "好"})),
            &author(),
            None,
            Moment(1_479_168_000_123),
        )
        .unwrap();
        assert_eq!(
            record.canonical(),
            concat!(
                r#"{"actor":{"homePage":"tag:zhixing.example,2026:local","name":"00000000-0000-4000-8000-000000000001"},"#,
                r#""audience":"private","body":{"step":"m1","text":"好"},"id":"07070707-0707-4707-8707-070707070707","#,
                r#""installation":"01010101-0101-4101-8101-010101010101","kind":"note","prev":null,"#,
                r#""recordedAt":"2016-11-15T00:00:00.123Z","registration":"02020202-0202-4202-8202-020202020202","seq":1,"v":1}"#
            )
        );
        assert_eq!(record.hash(), Hash::of(record.canonical().as_bytes()));
    }

    #[test]
    fn a_chain_shows_what_was_changed_or_left_out() {
        let mut head = None;
        let chain: Vec<Record> = (1..=3)
            .map(|at| {
                let record = Record::seal(
                    new_record(at, json!({})),
                    &author(),
                    head.as_ref(),
                    Moment(i64::from(at)),
                )
                .unwrap();
                head = Some(record.as_head());
                record
            })
            .collect();
        assert!(chain[0].follows(None));
        assert!(chain[1].follows(Some(&chain[0].as_head())));
        assert!(!chain[2].follows(Some(&chain[0].as_head())), "one left out");
        let forged = chain[0].canonical().replace("\"private\"", "\"public\"");
        let forged = Record::parse(&forged).unwrap();
        assert!(!chain[1].follows(Some(&forged.as_head())), "one changed");
    }

    #[test]
    fn unknown_fields_and_kinds_keep_every_byte() {
        let sealed =
            Record::seal(new_record(1, json!({"x": 1})), &author(), None, Moment(0)).unwrap();
        let newer = sealed.canonical().replace(
            "\"kind\":\"note\"",
            "\"kind\":\"hologram\",\"mood\":[ 3, null]",
        );
        let read = Record::parse(&newer).unwrap();
        assert_eq!(read.envelope().kind, "hologram");
        assert!(read.canonical().contains("\"mood\":[3,null]"));
        assert_eq!(Record::parse(read.canonical()).unwrap(), read);
    }

    #[test]
    fn a_signature_is_outside_the_hash() {
        let plain = Record::seal(new_record(1, json!({})), &author(), None, Moment(0)).unwrap();
        let signed = plain
            .canonical()
            .replace("\"v\":1}", "\"v\":1,\"signature\":\"s\"}");
        let signed = Record::parse(&signed).unwrap();
        assert_eq!(signed.hash(), plain.hash());
        assert_ne!(signed.canonical(), plain.canonical());
    }

    #[test]
    fn hostile_texts_are_refused() {
        let good = Record::seal(new_record(1, json!({})), &author(), None, Moment(0)).unwrap();
        for (what, text) in [
            ("empty", String::new()),
            ("not an object", "[1]".to_owned()),
            (
                "upper-case id",
                good.canonical()
                    .replace("01010101-0101-4101-8101", "0101010A-0101-4101-8101"),
            ),
            (
                "negative seq",
                good.canonical().replace("\"seq\":1", "\"seq\":-1"),
            ),
            (
                "unknown audience",
                good.canonical().replace("private", "everyone"),
            ),
            (
                "time",
                good.canonical()
                    .replace("1970-01-01T00:00:00.000Z", "today"),
            ),
            ("deep", "[".repeat(100_000)),
            ("fraction", good.canonical().replace("{}", "{\"x\":1.5}")),
        ] {
            assert!(
                matches!(Record::parse(&text), Err(RecordFault::Malformed(_))),
                "{what}"
            );
        }
        let long = format!("\"{}\"", "a".repeat(MAX_RECORD_BYTES));
        assert_eq!(Record::parse(&long), Err(RecordFault::TooLong));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,200}") {
            let _ = Record::parse(&text);
        }
    }

    #[test]
    fn a_row_keeps_the_sender_beside_a_record_and_no_record_brings_one_along() {
        let new = new_record(7, json!({"step": "m1", "text": "好"}));
        let record = Record::seal(new, &author(), None, Moment(1)).unwrap();
        assert_eq!(Record::of_row(&record.row()).unwrap(), record);
        assert_eq!(record.row(), record.canonical());
        let account = Actor {
            home_page: "tag:x,2026:c".into(),
            name: "li\"\n娜".into(),
        };
        let heard = record.clone().from(Sender {
            account: account.clone(),
            verified: true,
        });
        let row = heard.row();
        assert_eq!(Record::of_row(&row).unwrap(), heard);
        assert_eq!(heard.canonical(), record.canonical());
        assert_eq!(heard.person(""), account.account());
        assert_eq!(heard.person(&account.account()), "");
        assert!(matches!(
            Record::parse(&row),
            Err(RecordFault::Malformed(_))
        ));
        assert!(Record::of_row(&format!("{}\n{{", record.canonical())).is_err());
    }
}
