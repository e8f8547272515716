//! News of the class: what came from others and is for whoever looks.

use crate::domain::ids::RegistrationId;
use crate::domain::record::{Actor, Record};

/// Kinds that are news for everybody.
const FOR_ALL: [&str; 2] = ["notice", "bulletin"];
/// Kinds that are news in one's own registration.
const FOR_ONE: [&str; 4] = ["comment", "grade", "final-grade", "review-assignment"];
/// Kinds that are news for a tutor.
const FOR_TUTORS: [&str; 2] = ["submission", "question"];

/// Who looks.
pub struct Looker<'a> {
    /// The account that is signed in, if one is.
    pub account: Option<&'a Actor>,
    /// Its registrations.
    pub registrations: &'a [RegistrationId],
    /// Whether it is a tutor's.
    pub tutor: bool,
}

impl Looker<'_> {
    /// The record of a row of the log, if it is news. Most rows are not, and are not read.
    #[must_use]
    pub fn news(&self, row: &str) -> Option<Record> {
        let kinds = FOR_ALL.iter().chain(&FOR_ONE).chain(&FOR_TUTORS);
        let mut kinds = kinds.map(|kind| format!("\"kind\":\"{kind}\""));
        if !kinds.any(|kind| row.contains(&kind)) {
            return None;
        }
        let record = Record::of_row(row).ok()?;
        // What was made here is none, nor is one's own of another computer.
        record
            .sender()
            .filter(|by| Some(&by.account) != self.account)?;
        let envelope = record.envelope();
        let kind = envelope.kind.as_str();
        let own = self.registrations.contains(&envelope.registration);
        let news = FOR_ALL.contains(&kind)
            || own && FOR_ONE.contains(&kind)
            || self.tutor && FOR_TUTORS.contains(&kind);
        news.then_some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstallationId, RecordId};
    use crate::domain::record::{Audience, Author, NewRecord, Sender};
    use crate::domain::time::Moment;
    use serde_json::json;

    fn account(name: &str) -> Actor {
        Actor {
            home_page: "tag:x,2026:c".into(),
            name: name.into(),
        }
    }

    fn row(kind: &'static str, registration: u8, by: Option<&str>) -> String {
        let new = NewRecord {
            id: RecordId::from_random([1; 16]),
            kind,
            version: 1,
            registration: RegistrationId::from_random([registration; 16]),
            audience: Audience::Class,
            body: json!({"text": "x"}),
        };
        let author = Author {
            actor: account("device"),
            installation: InstallationId::from_random([1; 16]),
        };
        let record = Record::seal(new, &author, None, Moment(0)).unwrap();
        match by {
            None => record.row(),
            Some(by) => record
                .from(Sender {
                    account: account(by),
                    verified: false,
                })
                .row(),
        }
    }

    #[test]
    fn what_others_wrote_for_whoever_looks_is_news() {
        for (kind, registration, by, learner, tutor) in [
            ("notice", 9, Some("chen"), true, true),
            ("bulletin", 9, Some("chen"), true, true),
            ("grade", 1, Some("chen"), true, true),
            ("grade", 9, Some("chen"), false, false),
            ("final-grade", 1, Some("chen"), true, true),
            ("submission", 9, Some("wang"), false, true),
            ("question", 9, Some("wang"), false, true),
            ("studied", 1, Some("wang"), false, false),
            ("notice", 9, None, false, false),
            ("notice", 9, Some("me"), false, false),
        ] {
            let (me, row) = (account("me"), row(kind, registration, by));
            for (is_tutor, expected) in [(false, learner), (true, tutor)] {
                let looker = Looker {
                    account: Some(&me),
                    registrations: &[RegistrationId::from_random([1; 16])],
                    tutor: is_tutor,
                };
                let found = looker.news(&row).is_some();
                assert_eq!(found, expected, "{kind} {registration} {by:?} {is_tutor}");
            }
        }
        let nobody = Looker {
            account: None,
            registrations: &[],
            tutor: false,
        };
        assert_eq!(nobody.news("{\"kind\":\"notice\"}\n{"), None, "damaged");
    }
}
