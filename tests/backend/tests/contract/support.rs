//! A backend with three classes, and what tests ask of it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use zhixing::domain::hash::Hash;
use zhixing::domain::ids::{InstallationId, RecordId, RegistrationId};
use zhixing::domain::record::{Actor, Audience, Author, LOCAL_HOME_PAGE, NewRecord, Record};
use zhixing::domain::time::Moment;
use zhixing_backend::{Class, DEMO_CLASS, Enrolment, Person, Role, Store, demo, router};

/// A partner of the demo class, with the learner `zhao` and the tutor `sun`.
pub const PARTNER: &str = "tag:zhixing.example,2026:class/partner";
/// A class that is nobody's partner, with the learner `qian`.
pub const FAR: &str = "tag:zhixing.example,2026:class/far";
/// Everybody of the three classes.
pub const EVERYBODY: [&str; 6] = ["li-na", "wang-wei", "chen", "zhao", "sun", "qian"];

/// A backend, and a runtime of one thread.
pub struct Backend {
    pub store: Store,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Checks that it is an error of this status that says in two languages what is wrong.
    pub fn is_fault(&self, status: u16) -> bool {
        let message = self.json()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        self.status == status
            && self.header("content-type") == Some("application/json")
            && message.split_once(" / ").is_some_and(|(one, other)| {
                one.contains(chinese) && other.contains(|c: char| c.is_ascii_alphabetic())
            })
    }
}

impl Backend {
    pub fn new() -> Self {
        let store = Store::open(None).unwrap();
        demo(&store).unwrap();
        for (class, people) in [
            (
                PARTNER,
                &[("zhao", Role::Learner), ("sun", Role::Tutor)][..],
            ),
            (FAR, &[("qian", Role::Learner)]),
        ] {
            let iri = class.to_owned();
            let (title, path) = ("别的班".to_owned(), Vec::new());
            let class = Class { iri, title, path };
            store.enrol(&Enrolment::Class(class.clone())).unwrap();
            for (name, role) in people {
                store.enrol(&person(name, *role, &class.iri)).unwrap();
            }
        }
        let partners = Enrolment::Partners(PARTNER.to_owned(), DEMO_CLASS.to_owned());
        store.enrol(&partners).unwrap();
        Self {
            router: router(store.clone()),
            store,
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap(),
        }
    }

    pub fn send(&self, request: Request<Body>) -> Reply {
        let router = self.router.clone();
        self.runtime.block_on(async {
            let answer = router.oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            Reply {
                status: parts.status,
                headers: parts.headers,
                bytes: body.collect().await.unwrap().to_bytes().to_vec(),
            }
        })
    }

    /// A request of somebody's, with headers and a body.
    pub fn ask(
        &self,
        who: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if !who.is_empty() {
            request = request.header("Authorization", basic(who, &format!("{who}-2026")));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap())
    }

    pub fn get(&self, who: &str, path: &str) -> Reply {
        self.ask(who, "GET", path, &[], Body::empty())
    }

    pub fn post(&self, who: &str, body: impl Into<Body>) -> Reply {
        let headers = [("Content-Type", "application/json")];
        self.ask(who, "POST", "/records", &headers, body)
    }

    /// Hands in records, each of which must be accepted.
    pub fn hand_in(&self, who: &str, records: &[&Record]) {
        let texts: Vec<&str> = records.iter().map(|record| record.canonical()).collect();
        let reply = self.post(who, format!("[{}]", texts.join(",")));
        let expected: Vec<Value> = records
            .iter()
            .map(|record| json!({"id": record.envelope().id.as_str(), "status": "accepted"}))
            .collect();
        assert_eq!(reply.json(), Value::from(expected));
    }

    /// Ids of the records of a class that somebody sees, from the beginning.
    pub fn seen(&self, who: &str, class: &str) -> Vec<String> {
        let page = self.get(who, &format!("/records?class={class}")).json();
        assert_eq!(page["more"], false);
        let records = page["records"].as_array().unwrap();
        let id = |item: &Value| item["record"]["id"].as_str().unwrap().to_owned();
        records.iter().map(id).collect()
    }
}

/// Credentials.
pub fn basic(name: &str, password: &str) -> String {
    let code = BASE64_STANDARD.encode(format!("{name}:{password}"));
    format!("Basic {code}")
}

/// Somebody to enrol, whose password is the name with `-2026`.
pub fn person(name: &str, role: Role, class: &str) -> Enrolment {
    let person = Person {
        name: name.to_owned(),
        title: name.to_uppercase(),
        role,
        class: class.to_owned(),
        key: None,
    };
    Enrolment::Person(person, format!("{name}-2026"))
}

/// A record: what tests vary.
pub struct Made {
    pub at: u8,
    pub kind: &'static str,
    pub audience: Audience,
    /// Class and name; a local actor without.
    pub actor: Option<(&'static str, &'static str)>,
    pub registration: u8,
    pub body: Value,
}

impl Default for Made {
    fn default() -> Self {
        Self {
            at: 1,
            kind: "post",
            audience: Audience::Class,
            actor: None,
            registration: 1,
            body: json!({"step": "talk", "text": "大家好"}),
        }
    }
}

impl Made {
    pub fn record(self) -> Record {
        let local = (LOCAL_HOME_PAGE, "00000000-0000-4000-8000-000000000001");
        let (home_page, name) = self.actor.unwrap_or(local);
        let author = Author {
            actor: Actor {
                home_page: home_page.to_owned(),
                name: name.to_owned(),
            },
            installation: InstallationId::from_random([9; 16]),
        };
        let new = NewRecord {
            id: RecordId::from_random([self.at; 16]),
            kind: self.kind,
            version: 1,
            registration: RegistrationId::from_random([self.registration; 16]),
            audience: self.audience,
            body: self.body,
        };
        Record::seal(new, &author, None, Moment(1_479_168_000_123)).unwrap()
    }
}

/// A record's id as text.
pub fn id(record: &Record) -> String {
    record.envelope().id.as_str().to_owned()
}

/// Where an attachment of these bytes is.
pub fn place(bytes: &[u8]) -> String {
    format!("/attachments/{}", Hash::of(bytes))
}
