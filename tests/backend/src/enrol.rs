//! Who and what is there: classes, people, partner classes, courses.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{ToSql, Transaction, params};

use crate::auth::hashed;
use crate::store::{Store, StoreError};

/// What a person is in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A learner (学员).
    Learner,
    /// A tutor (指导教师).
    Tutor,
}

impl Role {
    /// As answers write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Tutor => "tutor",
        }
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "learner" => Ok(Self::Learner),
            "tutor" => Ok(Self::Tutor),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its IRI, which is the home page of its members' accounts.
    pub iri: String,
    /// Its title.
    pub title: String,
    /// The groups that it lies in, the widest first: province, county, school.
    pub path: Vec<String>,
}

/// A member of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Roster id, to sign in with: no colon (RFC 7617), no control characters, 1 to 100 bytes, and
    /// nobody else's on this backend.
    pub name: String,
    /// Name as people write it.
    pub title: String,
    /// What the person is in the class.
    pub role: Role,
    /// IRI of the class.
    pub class: String,
    /// Ed25519 public key in base64, 32 bytes, if the person signs records.
    pub key: Option<String>,
}

/// A course that the backend points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Its IRI.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Where its package is.
    pub url: String,
}

/// What is enrolled. The same again takes the place of what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolment {
    /// A class.
    Class(Class),
    /// A member of a class that is there, with a password. Nobody changes the class that way, for
    /// records say of which class their senders are.
    Person(Person, String),
    /// Two classes that are partners of each other, by their IRIs.
    Partners(String, String),
    /// A course.
    Course(Course),
}

impl Store {
    /// Adds a class, a person, a partnership or a course.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it contradicts itself or what is there; [`StoreError::Password`]
    /// and [`StoreError::Database`].
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<(), StoreError> {
        match enrolment {
            Enrolment::Class(class) => self.within(|database| add_class(database, class)),
            Enrolment::Person(person, password) => {
                check(person)?;
                let password = hashed(password)?;
                self.within(|database| add_person(database, person, &password))
            }
            Enrolment::Partners(one, other) => self.within(|database| {
                partner(database, one, other)?;
                partner(database, other, one)
            }),
            Enrolment::Course(course) => self.within(|database| {
                database.execute(
                    "INSERT OR REPLACE INTO courses (id, version, title, url)
                     VALUES (?1, ?2, ?3, ?4)",
                    params![course.id, course.version, course.title, course.url],
                )?;
                Ok(())
            }),
        }
    }
}

fn add_class(database: &Transaction<'_>, class: &Class) -> Result<(), StoreError> {
    if class.iri.is_empty() {
        return Err(StoreError::Invalid("a class has an IRI"));
    }
    database.execute(
        "INSERT INTO classes (iri, title, path) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET title = excluded.title, path = excluded.path",
        params![
            class.iri,
            class.title,
            serde_json::Value::from(class.path.clone()).to_string()
        ],
    )?;
    Ok(())
}

fn check(person: &Person) -> Result<(), StoreError> {
    let name = &person.name;
    if name.is_empty() || name.len() > 100 || name.contains(|c: char| c == ':' || c.is_control()) {
        return Err(StoreError::Invalid(
            "a roster id is 1 to 100 bytes without colon",
        ));
    }
    let key = person.key.as_ref().map(|key| BASE64_STANDARD.decode(key));
    match key {
        None => Ok(()),
        Some(Ok(bytes)) if bytes.len() == 32 => Ok(()),
        Some(_) => Err(StoreError::Invalid("a key is 32 bytes in base64")),
    }
}

fn add_person(
    database: &Transaction<'_>,
    person: &Person,
    password: &str,
) -> Result<(), StoreError> {
    is_class(database, &person.class)?;
    let added = database.execute(
        "INSERT INTO people (name, class, title, role, key, password)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET title = excluded.title, role = excluded.role,
            key = excluded.key, password = excluded.password WHERE class = excluded.class",
        params![
            person.name,
            person.class,
            person.title,
            person.role,
            person.key,
            password
        ],
    )?;
    if added == 0 {
        return Err(StoreError::Invalid("the person is of another class"));
    }
    Ok(())
}

fn partner(database: &Transaction<'_>, class: &str, of: &str) -> Result<(), StoreError> {
    if class == of {
        return Err(StoreError::Invalid("a class is no partner of itself"));
    }
    is_class(database, class)?;
    database.execute(
        "INSERT OR IGNORE INTO partners (class, partner) SELECT ?1, iri FROM classes WHERE iri = ?2",
        [class, of],
    )?;
    Ok(())
}

fn is_class(database: &Transaction<'_>, iri: &str) -> Result<(), StoreError> {
    let known = database.query_row(
        "SELECT EXISTS (SELECT 1 FROM classes WHERE iri = ?1)",
        [iri],
        |row| row.get(0),
    )?;
    if known {
        Ok(())
    } else {
        Err(StoreError::Invalid("there is no such class"))
    }
}
