//! How far sending to one backend has come, as it is kept in the store.
//!
//! The log itself is the queue: whatever stands after the cursor waits. Records go in pages; a page
//! is frozen, strictly on the disk, before it is first tried, so its bytes stay the same whatever
//! happens to the app in between.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::{RegistrationId, SessionId};
use crate::domain::record::{Audience, Record};
use crate::domain::time::Moment;
use crate::sync::outbox::Aside;
use crate::wire::port::Frozen;
use crate::wire::xapi::Session;

/// Most records of a page.
pub const PAGE: usize = 25;

/// How far sending to one backend has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sending {
    /// Everything up to this arrival number is settled.
    pub cursor: u64,
    /// How many records the backend has taken.
    pub accepted: u64,
    /// The visit to a video that is open at the cursor.
    pub open: Option<Session>,
    /// The page that is under way.
    pub page: Option<FrozenPage>,
    /// What the backend would not take.
    pub aside: Vec<Aside>,
}

/// Records on their way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenPage {
    /// The arrival number of the last record that was looked at for it.
    pub to: u64,
    /// The visit that is open after it.
    pub open: Option<Session>,
    /// The records, less those that are settled.
    pub records: Vec<Frozen>,
}

/// How sending to a backend goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sent {
    /// Nobody asked for it.
    #[default]
    Off,
    /// The backend has everything that is to go there.
    All,
    /// So many records wait for their turn.
    Waiting(u64),
    /// So many wait until the backend, or the way to it, is well again.
    Unwell(u64),
    /// Somebody has to sign in.
    SignIn,
    /// So many were put aside.
    Aside(usize),
}

/// Whether a record may go to a backend: it is the learner's own, and not for the learner alone; and
/// where everybody with the key reads everything, the answers of exams stay here.
#[must_use]
pub fn may_go(record: &Record, person: &str, enforces_audiences: bool) -> bool {
    let envelope = record.envelope();
    let own = envelope.actor.is(person);
    let private = envelope.audience == Audience::Private;
    own && !private && (enforces_audiences || envelope.kind != "exam-attempt")
}

impl Sending {
    /// The row.
    #[must_use]
    pub fn write(&self) -> String {
        let page = self.page.as_ref().map(|page| {
            json!({"to": page.to, "open": page.open.as_ref().map(session),
                "records": page.records.iter().map(frozen).collect::<Vec<_>>()})
        });
        let aside = |aside: &Aside| json!({"record": frozen(&aside.record), "why": aside.why});
        json!({"v": 1, "cursor": self.cursor, "accepted": self.accepted,
            "open": self.open.as_ref().map(session), "page": page,
            "aside": self.aside.iter().map(aside).collect::<Vec<_>>()})
        .to_string()
    }

    /// Reads a row; `None` when it is damaged or of a later version: sending then begins anew, which
    /// the backend takes for what it is, the same records once more.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        let at = Fields(&row);
        if at.count("v")? != 1 {
            return None;
        }
        Some(Self {
            cursor: at.positive("cursor")?,
            accepted: at.positive("accepted")?,
            open: at.optional("open", read_session)?,
            page: at.optional("page", |at| {
                Some(FrozenPage {
                    to: at.positive("to")?,
                    open: at.optional("open", read_session)?,
                    records: at.list("records", read_frozen)?,
                })
            })?,
            aside: at.list("aside", |at| {
                Some(Aside {
                    record: read_frozen(at.find("record")?)?,
                    why: at.text("why")?.to_owned(),
                })
            })?,
        })
    }
}

fn frozen(record: &Frozen) -> Value {
    json!({"id": record.id.as_str(), "items": record.items, "text": record.text})
}

fn read_frozen(at: Fields<'_>) -> Option<Frozen> {
    Some(Frozen {
        id: at.id("id")?,
        items: usize::try_from(at.positive("items")?).ok()?,
        text: at.text("text")?.to_owned(),
    })
}

fn session(open: &Session) -> Value {
    json!({"id": open.id.as_str(), "registration": open.registration.as_str(),
        "step": open.step.as_str(), "course": open.course, "ended": open.ended.0,
        "lengthMs": open.length_ms, "played": open.played})
}

fn read_session(at: Fields<'_>) -> Option<Session> {
    Some(Session {
        id: SessionId::parse(at.text("id")?)?,
        registration: RegistrationId::parse(at.text("registration")?)?,
        step: at.slug("step")?,
        course: at.words("course"),
        ended: Moment(at.whole("ended")?),
        length_ms: at.positive("lengthMs")?,
        played: at.list("played", |at| match at.0.as_array()?.as_slice() {
            [from, to] => Some((from.as_u64()?, to.as_u64()?)),
            _ => None,
        })?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstallationId, RecordId, Slug};
    use crate::domain::record::{Actor, Author, LOCAL_HOME_PAGE, NewRecord};

    fn full() -> Sending {
        let record = |at: u8| Frozen {
            id: RecordId::from_random([at; 16]),
            items: 2,
            text: "{\"a\":\"“好”\"},{}".into(),
        };
        let open = Session {
            id: SessionId::from_random([3; 16]),
            registration: RegistrationId::from_random([2; 16]),
            step: Slug::parse("v").unwrap(),
            course: Some("tag:x,2026:c".into()),
            ended: Moment(9),
            length_ms: 60_000,
            played: vec![(0, 5_000), (7, 8)],
        };
        Sending {
            cursor: 7,
            accepted: 5,
            open: Some(open.clone()),
            page: Some(FrozenPage {
                to: 9,
                open: Some(open),
                records: vec![record(1), record(2)],
            }),
            aside: vec![Aside {
                record: record(3),
                why: "400: bad".into(),
            }],
        }
    }

    #[test]
    fn what_was_written_is_read_and_the_row_is_fixed() {
        for sending in [Sending::default(), full()] {
            assert_eq!(Sending::read(&sending.write()), Some(sending));
        }
        let empty = r#"{"accepted":0,"aside":[],"cursor":0,"open":null,"page":null,"v":1}"#;
        assert_eq!(Sending::default().write(), empty);
        for bad in ["", "{}", "[]", &empty.replace("\"v\":1", "\"v\":2")] {
            assert_eq!(Sending::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_private_of_others_or_an_exam_stays_here() {
        let record = |kind: &'static str, audience, actor: Actor| {
            let new = NewRecord {
                id: RecordId::from_random([1; 16]),
                kind,
                version: 1,
                registration: RegistrationId::from_random([2; 16]),
                audience,
                body: json!({}),
            };
            let author = Author {
                actor,
                installation: InstallationId::from_random([1; 16]),
            };
            Record::seal(new, &author, None, Moment(0)).unwrap()
        };
        let own = || Actor {
            home_page: LOCAL_HOME_PAGE.into(),
            name: "k".into(),
        };
        let other = Actor {
            home_page: "tag:x,2026:c".into(),
            name: "n".into(),
        };
        let goes = |record: &Record| (may_go(record, "", true), may_go(record, "", false));
        let post = record("post", Audience::Class, own());
        assert_eq!(goes(&post), (true, true));
        let exam = record("exam-attempt", Audience::Tutor, own());
        assert_eq!(
            goes(&exam),
            (true, false),
            "nobody but the tutor reads answers"
        );
        let note = record("note", Audience::Private, own());
        assert_eq!(goes(&note), (false, false));
        let others = record("post", Audience::Class, other);
        assert_eq!(goes(&others), (false, false));
    }
}
