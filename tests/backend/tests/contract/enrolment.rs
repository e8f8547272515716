//! What is enrolled, and the file that keeps it.

use zhixing_backend::{Class, DEMO_CLASS, Enrolment, Role, Store, StoreError, demo};

use crate::support::{FAR, person};

#[test]
fn passwords_do_not_stand_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let store = Store::open(Some(&path)).unwrap();
    demo(&store).unwrap();
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|at| at == text.as_bytes());
    assert!(has("wang-wei") && has("$argon2id$"));
    assert!(!has("wang-wei-2026"));
}

#[test]
fn what_contradicts_itself_is_not_enrolled() {
    let store = Store::open(None).unwrap();
    let invalid = |what: &Enrolment| matches!(store.enrol(what), Err(StoreError::Invalid(_)));
    assert!(
        invalid(&person("a", Role::Learner, DEMO_CLASS)),
        "no class yet"
    );
    for iri in [DEMO_CLASS, FAR] {
        let iri = iri.to_owned();
        let class = Class {
            iri,
            title: String::new(),
            path: Vec::new(),
        };
        store.enrol(&Enrolment::Class(class)).unwrap();
    }
    for name in ["", "a:b", "a\nb", &"a".repeat(101)] {
        assert!(
            invalid(&person(name, Role::Learner, DEMO_CLASS)),
            "{name:?}"
        );
    }
    for key in ["", "AAAA", "not base64"] {
        let Enrolment::Person(mut one, password) = person("a", Role::Learner, DEMO_CLASS) else {
            panic!("a person");
        };
        one.key = Some(key.to_owned());
        assert!(invalid(&Enrolment::Person(one, password)), "{key:?}");
    }
    store
        .enrol(&person("a", Role::Learner, DEMO_CLASS))
        .unwrap();
    assert!(invalid(&person("a", Role::Learner, FAR)), "another class");
    let partners = |one: &str, other: &str| Enrolment::Partners(one.into(), other.into());
    assert!(invalid(&partners(DEMO_CLASS, DEMO_CLASS)));
    assert!(invalid(&partners(DEMO_CLASS, "tag:nowhere")));
    assert!(invalid(&partners("tag:nowhere", DEMO_CLASS)));
}

#[test]
fn a_file_keeps_everything_and_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let store = Store::open(Some(&path)).unwrap();
    demo(&store).unwrap();
    drop(store);
    let store = Store::open(Some(&path)).unwrap();
    demo(&store).unwrap();
    drop(store);
    let database = rusqlite::Connection::open(&path).unwrap();
    let people: i64 = database
        .query_row("SELECT count(*) FROM people", [], |row| row.get(0))
        .unwrap();
    assert_eq!(people, 3);
    let mode: String = database
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    database.pragma_update(None, "user_version", 2).unwrap();
    assert!(matches!(Store::open(Some(&path)), Err(StoreError::Newer)));
}
