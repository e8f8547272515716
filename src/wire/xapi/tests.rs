//! Records as statements and back; the rules of the Video Profile's published templates.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::body::KINDS;
use crate::domain::course::Course;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId};
use crate::domain::record::{Actor, Audience, Author, LOCAL_HOME_PAGE, NewRecord, Record};
use crate::domain::time::Moment;
use crate::wire::port::{Answer, There, Wire as _};

fn course() -> Course {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read(format!(
        "{root}/tests/native/fixtures/every-kind/course.json"
    ));
    crate::package::open::open(&text.unwrap()).unwrap()
}

fn account() -> Actor {
    Actor {
        home_page: "tag:x,2026:class".into(),
        name: "learner-1".into(),
    }
}

fn record(at: u8, kind: &'static str, body: Value) -> Record {
    let author = Author {
        actor: Actor {
            home_page: LOCAL_HOME_PAGE.into(),
            name: "00000000-0000-4000-8000-000000000001".into(),
        },
        installation: InstallationId::from_random([1; 16]),
    };
    let new = NewRecord {
        id: RecordId::from_random([at; 16]),
        kind,
        version: 1,
        registration: RegistrationId::from_random([2; 16]),
        audience: Audience::Tutor,
        body,
    };
    Record::seal(new, &author, None, Moment(1_479_168_000_123)).unwrap()
}

fn stretch(at: u8, session: u8, step: &str, segments: &[(u64, u64)]) -> Record {
    let session = RecordId::from_random([session; 16]);
    let segments: Vec<Value> = segments
        .iter()
        .map(|(from, to)| json!([from, to]))
        .collect();
    record(
        at,
        "studied",
        json!({"step": step, "medium": {"kind": "video"}, "session": session.as_str(),
            "segments": segments, "startedAt": 1_479_168_000_000i64, "elapsedMs": 1_000}),
    )
}

/// A record of every kind, as far as this version knows its body.
fn every_kind() -> Vec<Record> {
    let body = |kind: &str| match kind {
        "studied" => json!({"step": "m1-reading", "medium": {"kind": "reading", "part": "p"},
            "session": "03030303-0303-4303-8303-030303030303", "segments": [[1, 2]],
            "startedAt": 7, "elapsedMs": 1}),
        "exam-attempt" => json!({"step": "exam", "number": 1, "startedAt": 7, "spentMs": 9,
            "setBack": false, "answers": {}, "score": {"earned": 1500, "possible": 3000}}),
        "enrolled" => json!({"course": "tag:x,2026:c", "courseVersion": "1", "attempt": 1,
            "courseHash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
        _ => json!({"step": "m1-assignment", "text": "“好”\n<b>", "files": []}),
    };
    let kinds = KINDS.iter().map(|(kind, _)| *kind).chain(["later-kind"]);
    let made = kinds
        .zip(0u8..)
        .map(|(kind, at)| record(at, kind, body(kind)));
    made.collect()
}

/// Where the templates of the profile (version 1.0.3) want something to be, by verb: `included`.
fn wanted(verb: &str) -> &'static [(&'static str, &'static str)] {
    match verb {
        "initialized" => &[("context", "length")],
        "played" => &[("result", "time")],
        "paused" | "terminated" => &[
            ("context", "length"),
            ("result", "time"),
            ("result", "progress"),
            ("result", "played-segments"),
        ],
        other => panic!("{other} is no verb that is told"),
    }
}

/// Holds a statement of a video against the templates and the words of the profile's concepts.
fn follows_the_profile(statement: &Value) {
    let verb = statement["verb"]["id"].as_str().unwrap();
    let verb = verb.rsplit('/').next().unwrap();
    let extension = |place: &str, name: &str| {
        statement[place]["extensions"][format!("https://w3id.org/xapi/video/extensions/{name}")]
            .clone()
    };
    assert!(RecordId::parse(statement["id"].as_str().unwrap()).is_some());
    assert!(Moment::parse_rfc3339(statement["timestamp"].as_str().unwrap()).is_some());
    assert_eq!(
        statement["object"]["definition"]["type"],
        "https://w3id.org/xapi/video/activity-type/video"
    );
    assert_eq!(
        statement["context"]["contextActivities"]["category"][0]["id"],
        "https://w3id.org/xapi/video"
    );
    let session = extension("context", "session-id");
    assert!(
        RecordId::parse(session.as_str().unwrap()).is_some(),
        "a UUIDv4"
    );
    for (place, name) in wanted(verb) {
        let value = extension(place, name);
        if *name == "played-segments" {
            let text = value.as_str().unwrap();
            let ends = text.split("[,]").flat_map(|segment| segment.split("[.]"));
            for end in ends {
                let (whole, thousandths) = end.split_once('.').unwrap();
                assert!(
                    whole.parse::<u64>().is_ok() && thousandths.len() == 3,
                    "{text}"
                );
            }
        } else {
            let number = value.as_f64().unwrap_or_else(|| panic!("{verb}: {name}"));
            let milli = number * 1_000.0;
            assert!(
                (milli - milli.round()).abs() < 1e-6,
                "three decimals at most"
            );
            assert!(
                *name != "progress" || (0.0..=1.0).contains(&number),
                "{number}"
            );
        }
    }
}

#[test]
fn a_record_of_every_kind_comes_back_as_it_went() {
    let course = course();
    let mut telling = Telling::default();
    for record in every_kind() {
        let told = telling.tell(&record, &account(), Some(&course));
        let [statement] = told.as_slice() else {
            panic!("one statement a record");
        };
        assert_eq!(statement["id"], record.envelope().id.as_str());
        let points = statement["result"]["score"]["raw"].as_i64();
        let exam = record.envelope().kind == "exam-attempt";
        assert_eq!(points, exam.then_some(1_500));
        // A store adds members of its own.
        let mut stored = statement.clone();
        stored["stored"] = "2026-11-26T00:00:00.000Z".into();
        stored["version"] = "1.0.3".into();
        stored["authority"] = json!({"mbox": "mailto:a@example.org"});
        let heard = hear(&stored).unwrap();
        assert_eq!(heard.record, record);
        assert_eq!(heard.record.canonical(), record.canonical());
        assert_eq!(
            heard.account,
            account(),
            "a local learner is told by the account"
        );
        assert!(heard.stored.is_some());
    }
}

/// What leaves is fixed: the file is held against the specification by another program
/// (`tests/e2e/wire.spec.mjs`). Where it is meant to change, `ZHIXING_BLESS=1` writes it anew.
#[test]
fn the_statements_are_fixed() {
    let course = course();
    let mut telling = Telling::default();
    let visits = [
        stretch(61, 40, "m1-video", &[(0, 12_000)]),
        stretch(62, 40, "m1-video", &[(14_000, 21_500), (3_000, 5_000)]),
        stretch(63, 41, "m2-video", &[(0, 1_000)]),
    ];
    let records = every_kind().into_iter().chain(visits);
    let told = records.flat_map(|record| telling.tell(&record, &account(), Some(&course)));
    let text = serde_json::to_string_pretty(&told.collect::<Vec<_>>()).unwrap();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/native/fixtures/statements.json"
    );
    if std::env::var_os("ZHIXING_BLESS").is_some() {
        std::fs::write(file, format!("{text}\n")).unwrap();
    }
    let known = std::fs::read_to_string(file).unwrap_or_default();
    assert!(known.trim_end() == text, "{file} says otherwise");
}

#[test]
fn statements_of_other_tools_and_forged_ones_are_passed_over() {
    let mut told = Telling::default().tell(&every_kind()[3], &account(), None);
    let good = told.remove(0);
    assert!(hear(&good).is_some());
    for (member, value) in [
        ("id", json!("00000000-0000-4000-8000-000000000000")),
        ("id", json!(7)),
        ("actor", json!({"mbox": "mailto:a@example.org"})),
        ("context", json!({"extensions": {RECORD: "{}"}})),
        ("context", json!({"extensions": {"http://h5p.org/x": 1}})),
        ("context", json!(null)),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        assert_eq!(hear(&bad), None, "{bad}");
    }
    assert_eq!(hear(&json!([])), None);
}

#[test]
fn a_visit_to_a_video_is_told_as_the_profile_asks() {
    let course = course();
    let mut telling = Telling::default();
    let mut tell = |record: &Record| telling.tell(record, &account(), Some(&course));
    let one = tell(&stretch(1, 40, "m1-video", &[(0, 12_000)]));
    let two = tell(&stretch(
        2,
        40,
        "m1-video",
        &[(14_000, 21_500), (3_000, 5_000)],
    ));
    let other = tell(&stretch(3, 41, "m2-video", &[(0, 1_000)]));
    let verbs = |told: &[Value]| -> Vec<String> {
        let verb = |each: &Value| each["verb"]["display"]["en"].as_str().unwrap().to_owned();
        told.iter().map(verb).collect()
    };
    assert_eq!(verbs(&one), ["initialized", "played", "paused"]);
    assert_eq!(verbs(&two), ["played", "paused"]);
    assert_eq!(
        verbs(&other),
        ["terminated", "initialized", "played", "paused"]
    );
    let result = |told: &Value, name: &str| {
        told["result"]["extensions"][format!("https://w3id.org/xapi/video/extensions/{name}")]
            .clone()
    };
    assert_eq!(
        result(&two[1], "played-segments"),
        "0.000[.]12.000[,]14.000[.]21.500[,]3.000[.]5.000"
    );
    assert_eq!(result(&two[1], "time"), json!(5));
    assert_eq!(result(&two[0], "time"), json!(14));
    let all = [one, two, other].concat();
    all.iter().for_each(follows_the_profile);
    let closed = &all[5];
    assert!(
        closed["object"]["id"]
            .as_str()
            .unwrap()
            .ends_with("m1-video/video")
    );
    assert_eq!(all.iter().filter(|each| hear(each).is_some()).count(), 3);
}

#[test]
fn what_is_sent_stays_the_same_whenever_it_is_made_again() {
    let told = || {
        let mut telling = Telling::default();
        telling.freeze(
            &stretch(1, 40, "m1-video", &[(0, 12_345)]),
            &account(),
            None,
        )
    };
    assert_eq!(told(), told());
    assert_eq!(told().items, 3);
}

proptest! {
    #[test]
    fn every_visit_follows_the_pattern_and_no_id_comes_twice(
        stretches in proptest::collection::vec((0u8..3, 0usize..2, 0u64..200_000, 1u64..60_000), 1..20),
    ) {
        let course = course();
        let mut telling = Telling::default();
        let mut all = Vec::new();
        for (at, (session, step, from, length)) in (0u8..).zip(stretches) {
            let step = ["m1-video", "m2-video"][step];
            let record = stretch(at, session, step, &[(from, from + length)]);
            all.extend(telling.tell(&record, &account(), Some(&course)));
        }
        let mut ids: Vec<&str> = all.iter().map(|each| each["id"].as_str().unwrap()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        let mut open = false;
        for statement in &all {
            follows_the_profile(statement);
            match statement["verb"]["display"]["en"].as_str().unwrap() {
                "initialized" => {
                    prop_assert!(!open);
                    open = true;
                }
                "terminated" => open = false,
                _ => prop_assert!(open),
            }
        }
    }
}

#[test]
fn a_store_that_answers_for_one_statement_with_a_list_is_understood() {
    let record = record(1, "post", json!({"step": "m1-discussion", "text": "好"}));
    let frozen = Telling::default().freeze(&record, &account(), Some(&course()));
    let lrs = Lrs {
        version: Version::One,
    };
    let looked = |body: String| {
        let answer = Answer {
            status: 200,
            retry_after: None,
            redirected: false,
            body,
        };
        lrs.looked(&frozen, &answer)
    };
    assert_eq!(looked(frozen.text.clone()), There::Same);
    assert_eq!(
        looked(format!("{{\"statements\":[{}]}}", frozen.text)),
        There::Same
    );
    assert_eq!(looked("{\"statements\":[]}".into()), There::Absent);
    assert_eq!(looked("{\"statements\":[{}]}".into()), There::Other);
}
