//! Who sees what.

use serde_json::json;
use zhixing::domain::record::Audience;
use zhixing_backend::DEMO_CLASS;

use crate::support::{Backend, EVERYBODY, Made, PARTNER, id};

/// Who of everybody sees a record by itself, and in the pages of a class.
fn seers(backend: &Backend, record: &str, class: &str) -> Vec<&'static str> {
    let sees = |who: &&&str| {
        let alone = backend.get(who, &format!("/records/{record}")).status == 200;
        let paged = backend.seen(who, class).iter().any(|seen| seen == record);
        assert_eq!(alone, paged, "{who}");
        alone
    };
    EVERYBODY.iter().filter(sees).copied().collect()
}

#[test]
fn each_audience_reaches_nobody_else() {
    use Audience::{Class, Partner, Public, Tutor};
    for (sender, class, audience, expected) in [
        ("li-na", DEMO_CLASS, Tutor, &["li-na", "chen"][..]),
        ("li-na", DEMO_CLASS, Class, &["li-na", "wang-wei", "chen"]),
        (
            "li-na",
            DEMO_CLASS,
            Partner,
            &["li-na", "wang-wei", "chen", "zhao", "sun"],
        ),
        ("li-na", DEMO_CLASS, Public, &EVERYBODY),
        ("chen", DEMO_CLASS, Tutor, &["chen"]),
        ("chen", DEMO_CLASS, Class, &["li-na", "wang-wei", "chen"]),
        ("zhao", PARTNER, Tutor, &["zhao", "sun"]),
        ("zhao", PARTNER, Class, &["zhao", "sun"]),
        (
            "zhao",
            PARTNER,
            Partner,
            &["li-na", "wang-wei", "chen", "zhao", "sun"],
        ),
        ("zhao", PARTNER, Public, &EVERYBODY),
    ] {
        let backend = Backend::new();
        let record = Made {
            audience,
            ..Made::default()
        }
        .record();
        backend.hand_in(sender, &[&record]);
        let seen = seers(&backend, &id(&record), class);
        assert_eq!(seen, expected, "{sender} {audience:?}");
        // It is a record of its sender's class and of no other.
        let elsewhere = if class == PARTNER {
            DEMO_CLASS
        } else {
            PARTNER
        };
        assert!(backend.seen(sender, elsewhere).is_empty());
        assert!(backend.seen(sender, "tag:nowhere").is_empty());
    }
}

#[test]
fn what_a_tutor_made_about_a_learner_is_seen_by_that_learner_alone() {
    for (kind, sender, expected) in [
        ("grade", "chen", &["li-na", "chen"][..]),
        ("comment", "chen", &["li-na", "chen"]),
        ("attendance", "chen", &["li-na", "chen"]),
        ("countersignature", "chen", &["li-na", "chen"]),
        ("review", "chen", &["chen"]),
        ("grade", "wang-wei", &["wang-wei", "chen"]),
    ] {
        let backend = Backend::new();
        let enrolled = Made {
            at: 1,
            kind: "enrolled",
            audience: Audience::Tutor,
            ..Made::default()
        };
        backend.hand_in("li-na", &[&enrolled.record()]);
        let made = Made {
            at: 2,
            kind,
            audience: Audience::Tutor,
            ..Made::default()
        }
        .record();
        backend.hand_in(sender, &[&made]);
        let seen = seers(&backend, &id(&made), DEMO_CLASS);
        assert_eq!(seen, expected, "{kind} {sender}");
    }
    let backend = Backend::new();
    let audience = Audience::Tutor;
    let enrolled = Made {
        at: 1,
        kind: "enrolled",
        audience,
        registration: 2,
        ..Made::default()
    };
    backend.hand_in("li-na", &[&enrolled.record()]);
    let made = Made {
        at: 2,
        kind: "grade",
        audience,
        ..Made::default()
    }
    .record();
    backend.hand_in("chen", &[&made]);
    assert_eq!(
        seers(&backend, &id(&made), DEMO_CLASS),
        ["chen"],
        "another registration"
    );
}

#[test]
fn a_registration_belongs_to_the_first_learner_who_sent_it() {
    let backend = Backend::new();
    let enrolled = |at| {
        Made {
            at,
            kind: "enrolled",
            audience: Audience::Tutor,
            ..Made::default()
        }
        .record()
    };
    // The tutor may have brought the learner's records first, from a file.
    backend.hand_in("chen", &[&enrolled(1)]);
    backend.hand_in("li-na", &[&enrolled(1)]);
    // Who has seen the registration in a post, and says it is theirs, comes too late.
    backend.hand_in("wang-wei", &[&enrolled(2)]);
    let grade = Made {
        at: 3,
        kind: "grade",
        audience: Audience::Tutor,
        ..Made::default()
    }
    .record();
    backend.hand_in("chen", &[&grade]);
    assert_eq!(seers(&backend, &id(&grade), DEMO_CLASS), ["li-na", "chen"]);
    // The record that the tutor brought is also the learner's own.
    assert_eq!(
        seers(&backend, &id(&enrolled(1)), DEMO_CLASS),
        ["li-na", "chen"]
    );
}

#[test]
fn a_grade_that_came_before_the_enrolment_is_not_missed() {
    let backend = Backend::new();
    let path = format!("/records?class={DEMO_CLASS}");
    let audience = Audience::Tutor;
    let grades = [10, 11].map(|at| {
        Made {
            at,
            kind: "grade",
            audience,
            ..Made::default()
        }
        .record()
    });
    backend.hand_in("chen", &[&grades[0], &grades[1]]);
    let post = Made {
        at: 1,
        ..Made::default()
    }
    .record();
    backend.hand_in("wang-wei", &[&post]);
    let first = backend.get("li-na", &path).json();
    assert_eq!(
        first["records"].as_array().unwrap().len(),
        1,
        "the post alone"
    );
    let enrolled = Made {
        at: 2,
        kind: "enrolled",
        audience,
        ..Made::default()
    }
    .record();
    backend.hand_in("li-na", &[&enrolled]);
    let next = backend.get(
        "li-na",
        &format!("{path}&since={}", first["next"].as_str().unwrap()),
    );
    let next = next.json();
    let ids = next["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["record"]["id"].clone());
    let ids: Vec<_> = ids.collect();
    assert_eq!(
        json!(ids),
        json!([id(&enrolled), id(&grades[0]), id(&grades[1])])
    );
}
