//! Input that means harm, or makes no sense.

use axum::body::Body;
use proptest::prelude::*;
use serde_json::{Value, json};
use zhixing_backend::{DEMO_CLASS, MAX_RECORD_DEPTH, MAX_RECORDS_BYTES};

use crate::support::{Backend, Made, id};

#[test]
fn bodies_that_are_no_list_of_records_are_turned_down_whole() {
    let backend = Backend::new();
    let good = Made::default().record();
    let good = good.canonical();
    for (what, body) in [
        ("nothing", String::new()),
        ("not JSON", "{".to_owned()),
        ("an object", good.to_owned()),
        ("a text", "\"x\"".to_owned()),
        ("deep", "[".repeat(100_000)),
        ("an item without id", format!("[{good},{{}}]")),
        ("an item that is no object", format!("[{good},7]")),
        ("a null", format!("[{good},null]")),
        ("an id that is a number", format!("[{good},{{\"id\":7}}]")),
        (
            "an id in upper case",
            format!("[{good},{{\"id\":\"0B6CCF9C-52DC-4F2E-9D4E-8A3F0A3C1D11\"}}]"),
        ),
        (
            "an id that is a path",
            format!("[{good},{{\"id\":\"../../etc/passwd\"}}]"),
        ),
        ("more behind it", format!("[{good}] [")),
        ("101 records", format!("[{}]", vec![good; 101].join(","))),
    ] {
        assert!(backend.post("li-na", body).is_fault(400), "{what}");
    }
    assert!(backend.post("li-na", b"[\"\xff\"]".to_vec()).is_fault(400));
    assert!(
        backend.seen("li-na", DEMO_CLASS).is_empty(),
        "nothing of it was done"
    );
    assert_eq!(backend.post("li-na", "[]").json(), json!([]));
    let hundred = format!("[{}]", vec![good; 100].join(","));
    assert_eq!(backend.post("li-na", hundred).status, 200);
}

#[test]
fn members_of_wrong_types_are_refused_one_by_one() {
    let backend = Backend::new();
    let good: Value = serde_json::from_str(Made::default().record().canonical()).unwrap();
    let mut tried = 0;
    for name in good.as_object().unwrap().keys() {
        for wrong in [
            json!(null),
            json!(1.5),
            json!([]),
            json!({}),
            json!("'; DROP TABLE records"),
            json!(-1),
        ] {
            let mut item = good.clone();
            item[name.as_str()] = wrong;
            // Any text is a kind, and anything is a body if its numbers are whole.
            let text = item[name.as_str()].is_string();
            let fraction = item[name.as_str()].is_f64();
            let null = item[name.as_str()].is_null();
            if name == "id"
                || (name == "kind" && text)
                || (name == "body" && !fraction)
                || (name == "prev" && null)
            {
                continue;
            }
            let reply = backend.post("li-na", json!([item]).to_string());
            assert_eq!(reply.json()[0]["status"], "refused", "{name}: {item}");
            tried += 1;
        }
    }
    assert!(tried > 50);
    assert!(backend.seen("li-na", DEMO_CLASS).is_empty());
}

#[test]
fn what_nobody_could_read_is_not_taken() {
    let backend = Backend::new();
    // The envelope and the body are the first two levels.
    for (levels, status) in [
        (MAX_RECORD_DEPTH - 1, "accepted"),
        (MAX_RECORD_DEPTH, "refused"),
    ] {
        let mut body = json!({});
        for _ in 1..levels {
            body = json!([body]);
        }
        let at = u8::try_from(levels).unwrap();
        let record = Made {
            at,
            body,
            ..Made::default()
        }
        .record();
        let reply = backend.post("li-na", format!("[{}]", record.canonical()));
        assert_eq!(reply.json()[0]["status"], status, "{levels}");
    }
    assert_eq!(backend.seen("chen", DEMO_CLASS).len(), 1);
}

#[test]
fn large_bodies_are_turned_down() {
    let backend = Backend::new();
    let long = |length: usize| {
        let text = Made::default()
            .record()
            .canonical()
            .replace("大家好", &"a".repeat(length));
        format!("[{text}]")
    };
    let one_too_long = backend.post("li-na", long(1_000_000));
    assert_eq!(
        one_too_long.json()[0]["status"],
        "refused",
        "a record of a megabyte"
    );
    assert!(backend.post("li-na", long(MAX_RECORDS_BYTES)).is_fault(413));
    let padded = format!("[]{}", " ".repeat(MAX_RECORDS_BYTES - 2));
    assert_eq!(backend.post("li-na", padded.clone()).status, 200);
    assert!(backend.post("li-na", format!("{padded} ")).is_fault(413));
    // Who asks is asked first.
    let headers = [("Content-Type", "application/json")];
    let reply = backend.ask("", "POST", "/records", &headers, format!("{padded} "));
    assert!(reply.is_fault(401));
}

#[test]
fn a_body_of_another_type_is_turned_down() {
    let backend = Backend::new();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
    ] {
        let reply = backend.ask("li-na", "POST", "/records", &[("Content-Type", kind)], "[]");
        assert!(reply.is_fault(415), "{kind}");
    }
    for kind in ["application/json", "Application/JSON; charset=utf-8"] {
        let reply = backend.ask("li-na", "POST", "/records", &[("Content-Type", kind)], "[]");
        assert_eq!(reply.status, 200, "{kind}");
    }
}

#[test]
fn paths_lead_to_records_and_attachments_alone() {
    let backend = Backend::new();
    let record = Made {
        at: 0xab,
        ..Made::default()
    }
    .record();
    backend.hand_in("li-na", &[&record]);
    for id in [
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%ff",
        "'%20OR%201=1--",
        "%25",
        &id(&record).to_uppercase(),
        &format!("{}%00", id(&record)),
        &format!("{}%20", id(&record)),
    ] {
        for path in [format!("/records/{id}"), format!("/attachments/{id}")] {
            assert!(backend.get("li-na", &path).is_fault(404), "{path}");
        }
        let reply = backend.ask("li-na", "PUT", &format!("/attachments/{id}"), &[], "x");
        assert!(reply.is_fault(400), "{id}");
    }
    let upper = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    let reply = backend.ask("li-na", "PUT", &format!("/attachments/{upper}"), &[], "abc");
    assert!(reply.is_fault(400));
    let reply = backend.ask("li-na", "HEAD", "/attachments/..", &[], Body::empty());
    assert_eq!(reply.status, 404);
}

#[test]
fn no_body_breaks_it() {
    let backend = Backend::new();
    let mut runner = proptest::test_runner::TestRunner::default();
    let bytes = proptest::collection::vec(any::<u8>(), 0..200);
    let texts = "\\[\\{\"id\":\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}\",\"(body|actor|v)\":(1|\\{\\}|\"\\PC{0,9}\")\\}\\]";
    let bodies = prop_oneof![bytes, texts.prop_map(String::into_bytes)];
    runner
        .run(&bodies, |body| {
            let reply = backend.post("li-na", body);
            prop_assert!(reply.is_fault(400) || reply.json()[0]["status"] == "refused");
            Ok(())
        })
        .unwrap();
}
