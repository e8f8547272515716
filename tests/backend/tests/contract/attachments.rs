//! Attachments: who sees them.

use axum::body::Body;
use serde_json::json;
use zhixing::domain::hash::Hash;
use zhixing::domain::record::Audience;

use crate::support::{Backend, EVERYBODY, Made, Reply, place};

fn put(backend: &Backend, who: &str, bytes: &[u8]) -> Reply {
    backend.ask(who, "PUT", &place(bytes), &[], bytes.to_vec())
}

fn seers(backend: &Backend, bytes: &[u8]) -> Vec<&'static str> {
    let sees = |who: &&&str| {
        let get = backend.get(who, &place(bytes));
        let head = backend.ask(who, "HEAD", &place(bytes), &[], Body::empty());
        assert_eq!(get.status, head.status);
        assert!(head.bytes.is_empty());
        if get.status == 200 {
            assert_eq!(get.bytes, bytes);
            let length = bytes.len().to_string();
            assert_eq!(head.header("content-length"), Some(length.as_str()));
            assert_eq!(head.header("upload-received"), None);
        } else {
            assert!(get.is_fault(404));
        }
        get.status == 200
    };
    EVERYBODY.iter().filter(sees).copied().collect()
}

#[test]
fn an_attachment_is_seen_with_the_records_that_name_it() {
    for (audience, expected) in [
        (Audience::Tutor, &["li-na", "chen"][..]),
        (Audience::Class, &["li-na", "wang-wei", "chen"]),
        (
            Audience::Partner,
            &["li-na", "wang-wei", "chen", "zhao", "sun"],
        ),
    ] {
        let backend = Backend::new();
        let reply = put(&backend, "li-na", b"abc");
        assert_eq!(
            (reply.status.as_u16(), reply.json()),
            (201, json!({"received": 3}))
        );
        assert_eq!(
            seers(&backend, b"abc"),
            ["li-na"],
            "its sender alone, so far"
        );
        let files = json!([{"sha256": Hash::of(b"abc").to_string(), "name": "教案.docx"}]);
        let body = json!({"step": "work", "text": "", "files": files});
        backend.hand_in(
            "li-na",
            &[&Made {
                audience,
                body,
                ..Made::default()
            }
            .record()],
        );
        assert_eq!(seers(&backend, b"abc"), expected, "{audience:?}");
        assert!(seers(&backend, b"xyz").is_empty());
    }
}

#[test]
fn the_record_may_come_before_the_attachment() {
    let backend = Backend::new();
    let body = json!({"files": [{"sha256": Hash::of(b"abc").to_string()}]});
    backend.hand_in(
        "li-na",
        &[&Made {
            body,
            ..Made::default()
        }
        .record()],
    );
    assert!(seers(&backend, b"abc").is_empty());
    put(&backend, "li-na", b"abc");
    assert_eq!(seers(&backend, b"abc"), ["li-na", "wang-wei", "chen"]);
}

#[test]
fn whoever_has_the_bytes_may_hand_them_in() {
    let backend = Backend::new();
    put(&backend, "li-na", b"abc");
    assert_eq!(put(&backend, "qian", b"abc").status, 201);
    assert_eq!(put(&backend, "qian", b"abc").status, 201);
    assert_eq!(seers(&backend, b"abc"), ["li-na", "qian"]);
}

#[test]
fn a_browser_saves_an_attachment_and_runs_nothing() {
    let backend = Backend::new();
    put(&backend, "li-na", b"<script>");
    let reply = backend.get("li-na", &place(b"<script>"));
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("content-disposition", "attachment"),
        ("content-security-policy", "sandbox"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(reply.header(name), Some(value));
    }
}

#[test]
fn an_empty_attachment_is_one() {
    let backend = Backend::new();
    assert_eq!(put(&backend, "li-na", b"").status, 201);
    assert_eq!(seers(&backend, b""), ["li-na"]);
}
