//! A discussion as it is listed: one entry for each post, whatever was edited, in whatever order
//! its records arrive.

use serde_json::{Map, Value, json};

use crate::domain::ids::{RecordId, RegistrationId};
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::domain::work::Post;

/// A post with its latest words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its first version.
    pub id: RecordId,
    /// The version whose words these are.
    pub version: RecordId,
    /// Who wrote it: the registration.
    pub registration: RegistrationId,
    /// Who wrote it: the roster id, or the profile key until signed in.
    pub author: String,
    /// The account that sent it, if it came from elsewhere
    /// ([`crate::domain::record::Actor::account`]); empty otherwise.
    pub person: String,
    /// When the first version was recorded.
    pub at: Moment,
    /// When the latest version was recorded.
    pub latest_at: Moment,
    /// The words.
    pub text: String,
    /// The words it quotes.
    pub quote: Option<String>,
    /// The post that opened its thread, unless it opens one.
    pub to: Option<RecordId>,
    /// IRI of the course, where the post says so.
    pub course: Option<String>,
    /// The arrival number of the latest version; 0 where that was not written down.
    pub arrival: u64,
    /// Whether the first version is here. Until it is, nobody knows who may edit the post, and
    /// it is not shown.
    pub whole: bool,
}

impl Entry {
    /// The entry of a post after `record`, which holds `post`, arrived with this number; `known` is
    /// what it was before. Only who wrote the first version may edit it.
    #[must_use]
    pub fn after(known: Option<Self>, record: &Record, post: Post, arrival: u64) -> Self {
        let envelope = record.envelope();
        let first = post.edits.is_none();
        let new = Self {
            id: post
                .edits
                .as_ref()
                .map_or_else(|| envelope.id.clone(), |edits| edits.id.clone()),
            version: envelope.id.clone(),
            registration: envelope.registration.clone(),
            author: record.actor().name.clone(),
            person: record
                .sender()
                .map_or_else(String::new, |sender| sender.account.account()),
            at: post.edits.map_or(envelope.recorded_at, |edits| edits.at),
            latest_at: envelope.recorded_at,
            text: post.text,
            quote: post.quote.map(|quote| quote.text),
            to: post.to,
            course: post.course,
            arrival,
            whole: first,
        };
        let Some(known) = known else { return new };
        if (&known.registration, &known.person) != (&new.registration, &new.person) {
            // The first version says whose post it is.
            return if first && !known.whole { new } else { known };
        }
        let whole = known.whole || new.whole;
        let at = if first { new.at } else { known.at };
        let later = (new.latest_at, &new.version) > (known.latest_at, &known.version);
        Self {
            at,
            whole,
            ..if later { new } else { known }
        }
    }

    /// Whether it was edited.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.version != self.id
    }

    /// Its row.
    #[must_use]
    pub fn write(&self) -> String {
        let mut row = Map::new();
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("v", json!(1));
        put("id", json!(self.id.as_str()));
        put("version", json!(self.version.as_str()));
        put("registration", json!(self.registration.as_str()));
        put("author", json!(self.author));
        put("at", json!(self.at.0));
        put("latestAt", json!(self.latest_at.0));
        put("text", json!(self.text));
        put("arrival", json!(self.arrival));
        put("whole", json!(self.whole));
        if !self.person.is_empty() {
            put("person", json!(self.person));
        }
        if let Some(quote) = &self.quote {
            put("quote", json!(quote));
        }
        if let Some(to) = &self.to {
            put("to", json!(to.as_str()));
        }
        if let Some(course) = &self.course {
            put("course", json!(course));
        }
        Value::Object(row).to_string()
    }

    /// Reads a row; `None` when it is damaged or of a newer version.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        let text = |name: &str| row.get(name)?.as_str();
        let moment = |name: &str| row.get(name)?.as_i64().map(Moment);
        if row.get("v")?.as_u64() != Some(1) {
            return None;
        }
        Some(Self {
            id: RecordId::parse(text("id")?)?,
            version: RecordId::parse(text("version")?)?,
            registration: RegistrationId::parse(text("registration")?)?,
            author: text("author")?.to_owned(),
            person: text("person").unwrap_or_default().to_owned(),
            at: moment("at")?,
            latest_at: moment("latestAt")?,
            text: text("text")?.to_owned(),
            quote: text("quote").map(str::to_owned),
            to: match text("to") {
                Some(to) => Some(RecordId::parse(to)?),
                None => None,
            },
            course: text("course").map(str::to_owned),
            arrival: row.get("arrival").and_then(Value::as_u64).unwrap_or(0),
            whole: row.get("whole")?.as_bool()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::body::Body;
    use crate::domain::ids::{InstallationId, Slug};
    use crate::domain::record::{Actor, Author};
    use crate::domain::work::Edits;
    use proptest::prelude::*;

    fn record(by: u8, id: u8, at: i64, text: &str, edits: Option<(u8, i64)>) -> (Record, Post) {
        let author = Author {
            actor: Actor {
                home_page: "tag:x,2026:c".into(),
                name: format!("learner-{by}"),
            },
            installation: InstallationId::from_random([by; 16]),
        };
        let post = Post {
            step: Slug::parse("d").unwrap(),
            text: text.into(),
            to: None,
            quote: None,
            course: None,
            edits: edits.map(|(id, at)| Edits {
                id: RecordId::from_random([id; 16]),
                at: Moment(at),
            }),
        };
        let new = Body::Post(post.clone())
            .into_record(
                RecordId::from_random([id; 16]),
                RegistrationId::from_random([by; 16]),
            )
            .unwrap();
        (Record::seal(new, &author, None, Moment(at)).unwrap(), post)
    }

    fn fold(records: &[(Record, Post)]) -> Option<Entry> {
        records.iter().cloned().fold(None, |known, (record, post)| {
            Some(Entry::after(known, &record, post, 1))
        })
    }

    proptest! {
        #[test]
        fn the_order_in_which_versions_arrive_does_not_matter(
            order in Just(vec![0usize, 1, 2, 3]).prop_shuffle()
        ) {
            let all = [
                record(1, 1, 10, "first", None),
                record(1, 2, 20, "second", Some((1, 10))),
                record(1, 3, 30, "third", Some((1, 10))),
                // Somebody else's hand.
                record(2, 4, 40, "forged", Some((1, 10))),
            ];
            let arrived: Vec<_> = order.iter().map(|at| all[*at].clone()).collect();
            let entry = fold(&arrived).unwrap();
            // A forger who comes first takes words that came before the first version along, but
            // never the post itself.
            prop_assert!(entry.whole);
            prop_assert_eq!(entry.author.as_str(), "learner-1");
            prop_assert_eq!(entry.at, Moment(10));
            prop_assert_ne!(entry.text.as_str(), "forged");
            if order[0] != 3 {
                prop_assert_eq!(entry.text.as_str(), "third");
                prop_assert!(entry.is_edited());
            }
        }
    }

    #[test]
    fn an_edit_without_its_first_version_is_not_whole_and_rows_read_back() {
        let entry = fold(&[record(1, 2, 20, "第二版", Some((1, 10)))]).unwrap();
        assert!(!entry.whole);
        assert_eq!(Entry::read(&entry.write()), Some(entry));
        let entry = fold(&[record(1, 1, 10, "first", None)]).unwrap();
        assert!(entry.whole && !entry.is_edited());
        for row in ["", "{}", r#"{"v":2}"#] {
            assert_eq!(Entry::read(row), None);
        }
    }
}
