//! What of a log goes into a file that is handed to somebody: never what was heard of others.

use crate::domain::fold::Fold;
use crate::domain::ids::RegistrationId;
use crate::domain::record::{Audience, Record};

/// For whom a file is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// The learner's own keeping: everything of their own, and what others wrote into their
    /// registrations.
    Oneself,
    /// Their tutor: the same without what is private.
    Tutor,
    /// A learner, from their tutor: what the tutor wrote into these registrations, and what the tutor
    /// told the class.
    Learner(Vec<RegistrationId>),
}

impl For {
    /// Whether a record goes into the file.
    #[must_use]
    pub fn takes(&self, record: &Record, fold: &Fold) -> bool {
        let envelope = record.envelope();
        // Without a sender it was made here, or taken in before anybody was told apart.
        let own = record.sender().is_none() || record.person(&fold.account).is_empty();
        match self {
            Self::Tutor if envelope.audience == Audience::Private => false,
            Self::Oneself | Self::Tutor => {
                let people = fold.registrations.get(&envelope.registration);
                let mine = people.and_then(|people| people.get(""));
                own || mine.is_some_and(|mine| mine.enrolment.is_some())
            }
            Self::Learner(registrations) => {
                let to_all = !matches!(envelope.audience, Audience::Private | Audience::Tutor);
                let theirs = registrations.contains(&envelope.registration);
                // It says whose hand it is.
                let binding = envelope.kind == "binding";
                own && envelope.audience != Audience::Private && (to_all || theirs || binding)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::body::{Body, Enrolled};
    use crate::domain::fold::RuleBook;
    use crate::domain::hash::Hash;
    use crate::domain::ids::{InstallationId, RecordId};
    use crate::domain::record::{Actor, Author, LOCAL_HOME_PAGE, Sender};
    use crate::domain::time::Moment;
    use serde_json::json;

    /// A record of oneself, or of somebody, in a registration.
    fn record(id: u8, of: Option<&str>, registration: u8, body: Body) -> Record {
        let author = Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.into(),
                name: of.unwrap_or("own").into(),
            },
            installation: InstallationId::from_random([id; 16]),
        };
        let registration = RegistrationId::from_random([registration; 16]);
        let new = body
            .into_record(RecordId::from_random([id; 16]), registration)
            .unwrap();
        let record = Record::seal(new, &author, None, Moment(0)).unwrap();
        let sender = of.map(|name| Sender {
            account: Actor {
                home_page: "tag:x,2026:c".into(),
                name: name.into(),
            },
            verified: true,
        });
        match sender {
            Some(sender) => record.from(sender),
            None => record,
        }
    }

    fn enrolled() -> Body {
        Body::Enrolled(Enrolled {
            course: "tag:x,2026:course".into(),
            course_version: "1".into(),
            course_hash: Hash::of(b""),
            attempt: 1,
        })
    }

    fn said(kind: &'static str) -> Body {
        Body::Assessed(kind, json!({"text": "x"}))
    }

    #[test]
    fn nothing_that_was_heard_of_others_goes_into_a_file() {
        let all = [
            ("own", record(1, None, 1, enrolled())),
            ("grade for me", record(2, Some("chen"), 1, said("grade"))),
            ("another's", record(3, Some("li"), 2, enrolled())),
            ("my grade for li", record(4, None, 2, said("grade"))),
            ("my grade for wang", record(5, None, 3, said("grade"))),
            ("my notice", record(6, None, 1, said("notice"))),
            (
                "another's notice",
                record(7, Some("wang"), 3, said("notice")),
            ),
            ("who I am", record(8, None, 1, said("binding"))),
        ];
        let mut fold = Fold::default();
        for (_, record) in &all {
            fold.apply(record, &RuleBook::default());
        }
        let taken = |whom: &For| -> Vec<&str> {
            let takes = all.iter().filter(|(_, record)| whom.takes(record, &fold));
            takes.map(|(name, _)| *name).collect()
        };
        assert_eq!(
            taken(&For::Oneself),
            [
                "own",
                "grade for me",
                "my grade for li",
                "my grade for wang",
                "my notice",
                "who I am"
            ]
        );
        let private = Body::Note(crate::domain::body::Note {
            step: crate::domain::ids::Slug::parse("s").unwrap(),
            at: None,
            text: "x".into(),
        });
        let private = record(9, None, 1, private);
        assert!(For::Oneself.takes(&private, &fold));
        assert!(!For::Tutor.takes(&private, &fold));
        assert_eq!(taken(&For::Tutor), taken(&For::Oneself));
        let li = For::Learner(vec![RegistrationId::from_random([2; 16])]);
        assert_eq!(taken(&li), ["my grade for li", "my notice", "who I am"]);
    }
}
