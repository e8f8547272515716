//! The roster of a class: who is in it, as backends and files give it.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::record::Actor;

/// The roster of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// IRI of the class.
    pub class: String,
    /// Its title.
    pub title: String,
    /// Its members in order.
    pub people: Vec<Person>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id in the roster.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Whether they are a tutor.
    pub tutor: bool,
}

impl Person {
    /// Whether they are a tutor.
    #[must_use]
    pub fn is_tutor(&self) -> bool {
        self.tutor
    }
}

impl Roster {
    /// Reads one.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let at = Fields(value);
        let mut people = Vec::new();
        for item in at.items("people")? {
            let at = Fields(item);
            people.push(Person {
                id: at.text("id")?.to_owned(),
                name: at.text("name")?.to_owned(),
                tutor: at.text("role")? == "tutor",
            });
        }
        Some(Self {
            class: at.text("class")?.to_owned(),
            title: at.text("title")?.to_owned(),
            people,
        })
    }

    /// As JSON.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut people = Vec::new();
        for person in &self.people {
            let role = if person.tutor { "tutor" } else { "learner" };
            people.push(json!({"id": person.id, "name": person.name, "role": role}));
        }
        json!({"class": self.class, "title": self.title, "people": people})
    }

    /// The account of a member.
    #[must_use]
    pub fn account(&self, id: &str) -> Actor {
        Actor {
            home_page: self.class.clone(),
            name: id.to_owned(),
        }
    }

    /// The member whose account this is.
    #[must_use]
    pub fn person(&self, account: &Actor) -> Option<&Person> {
        let own = account.home_page == self.class;
        self.people
            .iter()
            .find(|person| own && person.id == account.name)
    }

    /// Whether an account is a tutor's.
    #[must_use]
    pub fn is_tutor(&self, account: &Actor) -> bool {
        self.person(account).is_some_and(|person| person.tutor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_reads_back_and_only_its_tutors_are_tutors() {
        let value = json!({"class": "tag:x,2026:c", "title": "示范班", "path": ["县"], "people": [
            {"id": "chen", "name": "陈老师", "role": "tutor"}, {"id": "li", "name": "李娜", "role": "learner"}]});
        let roster = Roster::read(&value).unwrap();
        assert_eq!(Roster::read(&roster.write()), Some(roster.clone()));
        assert!(roster.is_tutor(&roster.account("chen")));
        assert!(!roster.is_tutor(&roster.account("li")));
        let elsewhere = Actor {
            home_page: "tag:x,2026:other".into(),
            name: "chen".into(),
        };
        assert!(!roster.is_tutor(&elsewhere), "a tutor of another class");
        for bad in [
            json!(null),
            json!({}),
            json!({"class": "c", "title": "t", "people": [{"id": 3}]}),
        ] {
            assert_eq!(Roster::read(&bad), None, "{bad}");
        }
    }
}
