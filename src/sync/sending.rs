//! How far sending to one backend has come, as it is kept in the store.
//!
//! The log itself is the queue: whatever stands after the cursor waits. Records go in pages; a page
//! is frozen, strictly on the disk, before it is first tried, so its bytes stay the same whatever
//! happens to the app in between.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::{RecordId, RegistrationId, SessionId};
use crate::domain::record::{Audience, Record};
use crate::domain::time::Moment;
use crate::sync::outbox::{Aside, Outbox, Pause, Settled};
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
    let own = record.sender().is_none() && envelope.actor.is(person);
    let private = envelope.audience == Audience::Private;
    own && !private && (enforces_audiences || envelope.kind != "exam-attempt")
}

impl Sent {
    /// How it goes, with so many records of the log that were not looked at yet.
    #[must_use]
    pub fn of(outbox: &Outbox, behind: u64) -> Self {
        let waiting = behind + outbox.waiting() as u64;
        match outbox.pause() {
            Pause::SignIn => Self::SignIn,
            Pause::Strange(_) => Self::Unwell(waiting),
            Pause::Until(_) if waiting > 0 => Self::Unwell(waiting),
            _ if waiting > 0 => Self::Waiting(waiting),
            _ if !outbox.aside().is_empty() => Self::Aside(outbox.aside().len()),
            _ => Self::All,
        }
    }
}

/// How long a tab that is silent keeps others from sending, in milliseconds.
const LEASE_MS: i64 = 20_000;

/// One sender among tabs: the lease that `tab` takes, given what is `held`; `None` while another's
/// holds. A clock that was set back does not keep everybody waiting.
#[must_use]
pub fn lease(held: &str, tab: &str, now: Moment) -> Option<String> {
    let (holder, until) = held.split_once(' ').unwrap_or_default();
    let until = until.parse().unwrap_or(0);
    let foreign = holder != tab && (now.0 + 1..=now.0 + LEASE_MS).contains(&until);
    (!foreign).then(|| format!("{tab} {}", now.0 + LEASE_MS))
}

impl Sending {
    /// Takes in what was settled of the page.
    pub fn settle(&mut self, settled: &[Settled]) {
        for one in settled {
            let (Settled::Accepted(id) | Settled::Aside(id)) = one;
            self.accepted += u64::from(matches!(one, Settled::Accepted(_)));
            if let Some(page) = &mut self.page {
                page.records.retain(|record| record.id != *id);
            }
        }
    }

    /// Puts what was put aside back on its way.
    pub fn take_back(&mut self, id: &RecordId) {
        let mut asides = self.aside.iter();
        let Some(at) = asides.position(|aside| aside.record.id == *id) else {
            return;
        };
        let record = self.aside.remove(at).record;
        let page = self.page.get_or_insert_with(|| FrozenPage {
            to: self.cursor,
            open: self.open.clone(),
            records: Vec::new(),
        });
        page.records.push(record);
    }

    /// The arrival number up to which the backend has everything that goes there, less what was put
    /// aside.
    #[must_use]
    pub fn settled(&self) -> u64 {
        let under_way = self.page.as_ref();
        match under_way.filter(|page| !page.records.is_empty()) {
            Some(_) => self.cursor,
            None => self.seen(),
        }
    }

    /// Whether a record that arrived with this number after the cursor still waits.
    #[must_use]
    pub fn waits(&self, arrival: u64, id: &RecordId) -> bool {
        // Of the page that is under way only what is not settled stands in it.
        self.page.as_ref().is_none_or(|page| {
            arrival > page.to || page.records.iter().any(|frozen| frozen.id == *id)
        })
    }

    /// The last arrival number that was looked at.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.page.as_ref().map_or(self.cursor, |page| page.to)
    }

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
    use crate::domain::ids::{InstallationId, Slug};
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
    fn what_is_settled_leaves_its_page_and_what_was_put_aside_comes_back() {
        let mut sending = full();
        let id = |at: u8| RecordId::from_random([at; 16]);
        sending.settle(&[Settled::Accepted(id(1)), Settled::Aside(id(2))]);
        assert_eq!((sending.accepted, sending.seen()), (6, 9));
        assert!(sending.page.as_ref().unwrap().records.is_empty());
        sending.take_back(&id(3));
        sending.take_back(&id(3));
        let page = sending.page.unwrap();
        assert_eq!((page.to, page.records.len()), (9, 1));
        // Where no page is under way, one that leaves the cursor where it stands.
        let mut rested = full();
        rested.page = None;
        rested.take_back(&id(3));
        assert_eq!((rested.seen(), rested.aside.len()), (7, 0));
        assert_eq!(rested.page.unwrap().records[0].id, id(3));
    }

    #[test]
    fn a_record_waits_until_it_is_settled_or_looked_at() {
        let id = |at: u8| RecordId::from_random([at; 16]);
        let mut sending = full();
        sending.settle(&[Settled::Accepted(id(1))]);
        assert!(!sending.waits(8, &id(1)), "the backend has it");
        assert!(sending.waits(9, &id(2)), "still in the page");
        assert!(sending.waits(10, &id(9)), "after the page");
        sending.page = None;
        assert!(sending.waits(8, &id(1)), "after the cursor");
    }

    #[test]
    fn one_tab_sends_until_it_falls_silent() {
        let now = Moment(1_000_000);
        let held = lease("", "one", now).unwrap();
        assert_eq!(lease(&held, "two", now), None);
        assert!(lease(&held, "one", now).is_some());
        assert!(lease(&held, "two", Moment(now.0 + 20_000)).is_some());
        assert!(lease(&held, "two", Moment(0)).is_some(), "set back");
        assert!(lease("nonsense", "two", now).is_some());
    }

    #[test]
    fn the_header_says_what_the_outbox_and_the_log_say() {
        let mut outbox = Outbox::default();
        assert_eq!(Sent::of(&outbox, 0), Sent::All);
        assert_eq!(Sent::of(&outbox, 4), Sent::Waiting(4));
        outbox.add_aside(full().aside.remove(0));
        assert_eq!(Sent::of(&outbox, 0), Sent::Aside(1));
        outbox.add(full().page.unwrap().records.remove(0));
        assert_eq!(Sent::of(&outbox, 2), Sent::Waiting(3));
        let now = crate::sync::outbox::Now {
            at: Moment(0),
            random: 9,
        };
        for (reply, sent) in [
            (crate::wire::port::Reply::Later(None), Sent::Unwell(1)),
            (crate::wire::port::Reply::Strange, Sent::Unwell(1)),
            (crate::wire::port::Reply::SignIn, Sent::SignIn),
        ] {
            outbox.resume();
            assert!(outbox.next(now.at).is_some());
            outbox.pushed(reply, now);
            assert_eq!(Sent::of(&outbox, 0), sent);
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
