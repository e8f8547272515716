//! Hearing the others: what of a backend's records is taken in, and how far that has come.
//!
//! A backend that keeps audiences apart answers with what the asker may read, and vouches for who sent
//! it. A Learning Record Store shows everything to everybody with a key and knows nobody: there the
//! app itself passes over what is not meant for its learner, and what it takes in is unverified.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::RegistrationId;
use crate::domain::record::{Actor, Audience, Record, Sender};
use crate::domain::roster::Roster;
use crate::domain::sign;

/// Seconds between two looks at what is new.
pub const EVERY_S: u64 = 15;

/// How far hearing from one backend has come, as it is kept in the store with the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hearing {
    /// From where on to ask, in the backend's own words; from the beginning if absent.
    pub cursor: Option<String>,
    /// How many records came.
    pub heard: u64,
}

impl Hearing {
    /// The row.
    #[must_use]
    pub fn write(&self) -> String {
        json!({"v": 1, "cursor": self.cursor, "heard": self.heard}).to_string()
    }

    /// Reads a row; `None` when it is damaged or of a later version: then everything is asked for
    /// once more, which changes nothing in the log.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        let at = Fields(&row);
        if at.count("v")? != 1 {
            return None;
        }
        Some(Self {
            cursor: at.optional("cursor", |at| Some(at.0.as_str()?.to_owned()))?,
            heard: at.positive("heard")?,
        })
    }
}

/// Who listens.
pub struct Ears<'a> {
    /// The account that is signed in.
    pub account: &'a Actor,
    /// Its registrations.
    pub registrations: &'a [RegistrationId],
    /// Whether the backend keeps audiences apart and knows who sends.
    pub vouches: bool,
    /// The roster of the class, if it is known.
    pub roster: Option<&'a Roster>,
}

/// Kinds that count only from a tutor of the roster (DESIGN section 9).
const OF_TUTORS: [&str; 8] = [
    "grade",
    "final-grade",
    "key",
    "review-assignment",
    "attendance",
    "notice",
    "bulletin",
    "countersignature",
];

/// Kinds that a tutor writes into a learner's registration, for that learner.
const FOR_A_LEARNER: [&str; 6] = [
    "grade",
    "final-grade",
    "review-assignment",
    "comment",
    "attendance",
    "countersignature",
];

impl Ears<'_> {
    /// The records of a page that are taken in, each with its sender.
    #[must_use]
    pub fn take(&self, page: Vec<(Record, Option<Actor>)>) -> Vec<Record> {
        let mut taken = Vec::new();
        for (record, account) in page {
            let Some(account) = account else { continue };
            if self.is_for_me(&record, &account) {
                let verified = self.vouches && self.may_say(&record, &account);
                let record = record.from(Sender { account, verified });
                taken.push(sign::judged(record, self.roster));
            }
        }
        taken
    }

    fn is_tutor(&self, account: &Actor) -> bool {
        self.roster.is_some_and(|roster| roster.is_tutor(account))
    }

    fn may_say(&self, record: &Record, account: &Actor) -> bool {
        let kind = record.envelope().kind.as_str();
        // A learner's own word at a session is a record of attendance, too; it is not another's.
        !OF_TUTORS.contains(&kind) || self.is_tutor(account)
    }

    fn is_for_me(&self, record: &Record, account: &Actor) -> bool {
        let envelope = record.envelope();
        let of_mine = || {
            let kind = envelope.kind.as_str();
            FOR_A_LEARNER.contains(&kind) && self.registrations.contains(&envelope.registration)
        };
        match envelope.audience {
            Audience::Private => false,
            _ if self.vouches || account == self.account => true,
            Audience::Tutor => self.is_tutor(self.account) || of_mine(),
            Audience::Class => account.home_page == self.account.home_page,
            Audience::Partner => {
                let partners = self.roster.map_or(&[][..], |roster| &roster.partners);
                let is_partner = partners
                    .iter()
                    .any(|(class, _)| *class == account.home_page);
                is_partner || account.home_page == self.account.home_page
            }
            Audience::Public => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstallationId, RecordId};
    use crate::domain::record::{Author, LOCAL_HOME_PAGE, NewRecord};
    use crate::domain::time::Moment;

    const CLASS: &str = "tag:x,2026:c";

    fn account(name: &str) -> Actor {
        Actor {
            home_page: CLASS.into(),
            name: name.into(),
        }
    }

    fn record(kind: &'static str, audience: Audience, registration: u8) -> Record {
        let new = NewRecord {
            id: RecordId::from_random([1; 16]),
            kind,
            version: 1,
            registration: RegistrationId::from_random([registration; 16]),
            audience,
            body: json!({}),
        };
        let author = Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.into(),
                name: "k".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        Record::seal(new, &author, None, Moment(0)).unwrap()
    }

    fn roster() -> Roster {
        let roster = json!({"class": CLASS, "title": "c", "people": [
            {"id": "tutor", "name": "t", "role": "tutor", "keys": [sign::public_key(&[7; 32])]}],
            "partners": [{"class": "tag:x,2026:partner", "title": "p"}]});
        Roster::read(&roster).unwrap()
    }

    /// Whether `me` takes a record of `by` in, and whether it is verified then.
    fn heard(record: &Record, by: &str, me: &str, vouches: bool) -> Option<bool> {
        let own = account(me);
        let roster = roster();
        let ears = Ears {
            account: &own,
            registrations: &[RegistrationId::from_random([7; 16])],
            vouches,
            roster: Some(&roster),
        };
        let taken = ears.take(vec![(record.clone(), Some(account(by)))]);
        let [taken] = taken.as_slice() else {
            return None;
        };
        assert_eq!(taken.canonical(), record.canonical());
        assert_eq!(
            taken.sender().map(|sender| &sender.account),
            Some(&account(by))
        );
        taken.sender().map(|sender| sender.verified)
    }

    #[test]
    fn where_everybody_reads_everything_only_what_is_meant_for_the_learner_is_taken() {
        for (kind, audience, registration, by, me, expected) in [
            ("post", Audience::Class, 1, "li", "wang", Some(false)),
            ("submission", Audience::Tutor, 1, "li", "wang", None),
            ("submission", Audience::Tutor, 1, "li", "tutor", Some(false)),
            ("grade", Audience::Tutor, 7, "tutor", "wang", Some(false)),
            ("grade", Audience::Tutor, 1, "tutor", "wang", None),
            ("submission", Audience::Tutor, 7, "li", "wang", None),
            ("studied", Audience::Tutor, 1, "wang", "wang", Some(false)),
            ("note", Audience::Private, 1, "wang", "wang", None),
        ] {
            let record = record(kind, audience, registration);
            assert_eq!(heard(&record, by, me, false), expected, "{kind} {by} {me}");
        }
    }

    #[test]
    fn another_class_is_not_heard_where_nobody_keeps_it_apart() {
        let post = record("post", Audience::Class, 1);
        let (own, roster) = (account("wang"), roster());
        let ears = Ears {
            account: &own,
            registrations: &[],
            vouches: false,
            roster: Some(&roster),
        };
        let stranger = Actor {
            home_page: "tag:x,2026:other".into(),
            name: "li".into(),
        };
        assert!(
            ears.take(vec![(post.clone(), Some(stranger.clone()))])
                .is_empty()
        );
        let public = record("post", Audience::Public, 1);
        assert_eq!(ears.take(vec![(public, Some(stranger.clone()))]).len(), 1);
        assert!(ears.take(vec![(post, None)]).is_empty(), "nobody's");
        let shown = record("showcase", Audience::Partner, 1);
        let partner = Actor {
            home_page: "tag:x,2026:partner".into(),
            name: "li".into(),
        };
        assert_eq!(ears.take(vec![(shown.clone(), Some(partner))]).len(), 1);
        assert!(ears.take(vec![(shown, Some(stranger))]).is_empty());
    }

    #[test]
    fn what_only_tutors_may_say_is_verified_only_from_one_of_the_roster() {
        for (kind, by, verified) in [
            ("grade", "tutor", true),
            ("grade", "li", false),
            ("notice", "li", false),
            ("bulletin", "tutor", true),
            ("post", "li", true),
            ("review", "li", true),
        ] {
            let record = record(kind, Audience::Class, 1);
            assert_eq!(
                heard(&record, by, "wang", true),
                Some(verified),
                "{kind} {by}"
            );
        }
    }

    #[test]
    fn a_tutors_signature_is_their_word_wherever_nobody_else_vouches() {
        let (own, roster) = (account("wang"), roster());
        let ears = Ears {
            account: &own,
            registrations: &[RegistrationId::from_random([7; 16])],
            vouches: false,
            roster: Some(&roster),
        };
        let grade = record("grade", Audience::Tutor, 7);
        for (seed, by, expected) in [(7, "tutor", true), (8, "li", false)] {
            let signed = sign::signed(&[seed; 32], grade.clone());
            // Whoever brings it along.
            let taken = ears.take(vec![(signed, Some(account("li")))]);
            let sender = taken[0].sender().unwrap();
            assert_eq!((&*sender.account.name, sender.verified), (by, expected));
        }
    }

    #[test]
    fn rows_read_back_and_damaged_ones_begin_anew() {
        let row = Hearing {
            cursor: Some("17".into()),
            heard: 3,
        };
        assert_eq!(Hearing::read(&row.write()), Some(row));
        assert_eq!(
            Hearing::read(&Hearing::default().write()),
            Some(Hearing::default())
        );
        for damaged in [
            "",
            "{}",
            r#"{"v":2,"cursor":null,"heard":0}"#,
            r#"{"v":1,"cursor":3,"heard":0}"#,
        ] {
            assert_eq!(Hearing::read(damaged), None, "{damaged}");
        }
    }
}
