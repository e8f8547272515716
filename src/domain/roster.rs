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
    /// IRIs of the classes that are its partners (手拉手), and what they are called.
    pub partners: Vec<(String, String)>,
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
    /// The public keys with which they sign (`domain/sign.rs`), as hexadecimal digits; those of
    /// learners are of no use.
    pub keys: Vec<String>,
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
                keys: keys(at),
            });
        }
        Some(Self {
            class: at.text("class")?.to_owned(),
            title: at.text("title")?.to_owned(),
            people,
            partners: partners(at),
        })
    }

    /// As JSON.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut people = Vec::new();
        for person in &self.people {
            let role = if person.tutor { "tutor" } else { "learner" };
            let mut written = json!({"id": person.id, "name": person.name, "role": role});
            if !person.keys.is_empty() {
                written["keys"] = person.keys.clone().into();
            }
            people.push(written);
        }
        let mut partners = Vec::new();
        for (class, title) in &self.partners {
            partners.push(json!({"class": class, "title": title}));
        }
        json!({"class": self.class, "title": self.title, "people": people, "partners": partners})
    }

    /// The tutor who signs with a key.
    #[must_use]
    pub fn key_owner(&self, key: &str) -> Option<Actor> {
        for person in &self.people {
            if person.tutor && person.keys.iter().any(|known| known == key) {
                return Some(self.account(&person.id));
            }
        }
        None
    }

    /// Adds a key of a tutor's; whether that is new.
    pub fn add_key(&mut self, account: &Actor, key: &str) -> bool {
        let own = account.home_page == self.class;
        for person in &mut self.people {
            if own && person.tutor && person.id == account.name {
                let new = !person.keys.iter().any(|known| known == key);
                if new {
                    person.keys.push(key.to_owned());
                }
                return new;
            }
        }
        false
    }

    /// Takes over the keys that another roster of the class holds for those who are its tutors still.
    pub fn keep_keys_of(&mut self, other: &Self) {
        for person in &other.people {
            for key in &person.keys {
                self.add_key(&other.account(&person.id), key);
            }
        }
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

fn keys(person: Fields<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for key in person.items("keys").into_iter().flatten() {
        all.extend(key.as_str().map(str::to_owned));
    }
    all
}

/// What does not fit is no partner; the class is one all the same.
fn partners(roster: Fields<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for partner in roster.items("partners").into_iter().flatten() {
        let at = Fields(partner);
        if let (Some(class), Some(title)) = (at.text("class"), at.text("title")) {
            all.push((class.to_owned(), title.to_owned()));
        }
    }
    all
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
        assert!(roster.partners.is_empty());
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

    #[test]
    fn keys_belong_to_tutors_and_stay_with_them() {
        let value = json!({"class": "tag:x,2026:c", "title": "t", "people": [
            {"id": "chen", "name": "陈", "role": "tutor", "keys": ["aa", 3]},
            {"id": "li", "name": "李", "role": "learner", "keys": ["bb"]}],
            "partners": [{"class": "tag:x,2026:d", "title": "二班"}, {"class": 3}, 3]});
        let roster = Roster::read(&value).unwrap();
        assert_eq!(roster.partners, [("tag:x,2026:d".into(), "二班".into())]);
        assert_eq!(Roster::read(&roster.write()), Some(roster.clone()));
        assert_eq!(roster.key_owner("aa"), Some(roster.account("chen")));
        assert_eq!(roster.key_owner("bb"), None, "a learner's");
        let mut anew = roster.clone();
        anew.people[0].keys.clear();
        anew.keep_keys_of(&roster);
        assert_eq!(anew.key_owner("aa"), Some(roster.account("chen")));
        assert!(!anew.add_key(&roster.account("chen"), "aa"), "known");
        assert!(!anew.add_key(&roster.account("li"), "cc"));
        anew.people[0].tutor = false;
        assert_eq!(anew.key_owner("aa"), None, "no tutor any more");
    }
}
