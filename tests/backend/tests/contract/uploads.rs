//! Attachments in parts.

use axum::body::Body;
use proptest::prelude::*;
use serde_json::json;
use zhixing_backend::MAX_ATTACHMENT_BYTES;

use crate::support::{Backend, Reply, place};

const WHOLE: &[u8] = b"0123456789";

fn part(backend: &Backend, who: &str, whole: &[u8], from: usize, to: usize) -> Reply {
    let range = format!("bytes {from}-{}/{}", to - 1, whole.len());
    let headers = [("Content-Range", range.as_str())];
    backend.ask(
        who,
        "PUT",
        &place(whole),
        &headers,
        whole[from..to].to_vec(),
    )
}

fn head(backend: &Backend, who: &str, whole: &[u8]) -> (u16, Option<String>) {
    let reply = backend.ask(who, "HEAD", &place(whole), &[], Body::empty());
    let received = reply.header("upload-received").map(str::to_owned);
    (reply.status.as_u16(), received)
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let backend = Backend::new();
    assert_eq!(head(&backend, "li-na", WHOLE), (404, None));
    let first = part(&backend, "li-na", WHOLE, 0, 4);
    assert_eq!(
        (first.status.as_u16(), first.json()),
        (202, json!({"received": 4}))
    );
    assert_eq!(head(&backend, "li-na", WHOLE), (200, Some("4".to_owned())));
    assert_eq!(
        head(&backend, "chen", WHOLE),
        (404, None),
        "the sender alone"
    );
    assert!(
        backend.get("li-na", &place(WHOLE)).is_fault(404),
        "not whole yet"
    );
    for (from, to) in [(0, 4), (3, 6), (5, 10), (0, 10)] {
        let reply = part(&backend, "li-na", WHOLE, from, to);
        assert!(reply.is_fault(416), "{from}");
        assert_eq!(reply.json()["received"], 4);
    }
    assert_eq!(
        part(&backend, "li-na", WHOLE, 4, 5).json(),
        json!({"received": 5})
    );
    let last = part(&backend, "li-na", WHOLE, 5, 10);
    assert_eq!(
        (last.status.as_u16(), last.json()),
        (201, json!({"received": 10}))
    );
    assert_eq!(backend.get("li-na", &place(WHOLE)).bytes, WHOLE);
    assert_eq!(head(&backend, "li-na", WHOLE), (200, None));
    assert_eq!(
        part(&backend, "li-na", WHOLE, 5, 10).status,
        201,
        "the answer was lost"
    );
}

#[test]
fn nobody_spoils_the_upload_of_another() {
    let backend = Backend::new();
    part(&backend, "li-na", WHOLE, 0, 4);
    let headers = [("Content-Range", "bytes 0-3/10")];
    let reply = backend.ask("wang-wei", "PUT", &place(WHOLE), &headers, "evil");
    assert_eq!(reply.json(), json!({"received": 4}));
    let reply = part(&backend, "wang-wei", WHOLE, 4, 10);
    assert!(reply.is_fault(422));
    assert_eq!(
        head(&backend, "wang-wei", WHOLE),
        (404, None),
        "nothing is kept"
    );
    assert_eq!(part(&backend, "li-na", WHOLE, 4, 10).status, 201);
    assert!(backend.get("wang-wei", &place(WHOLE)).is_fault(404));
}

#[test]
fn bytes_of_another_digest_are_not_kept() {
    let backend = Backend::new();
    part(&backend, "li-na", WHOLE, 0, 4);
    let reply = backend.ask("li-na", "PUT", &place(WHOLE), &[], "something else");
    assert!(reply.is_fault(422));
    assert_eq!(
        head(&backend, "li-na", WHOLE),
        (404, None),
        "nor the part before"
    );
    // The whole without a range begins anew.
    part(&backend, "li-na", WHOLE, 0, 4);
    assert_eq!(
        backend
            .ask("li-na", "PUT", &place(WHOLE), &[], WHOLE)
            .status,
        201
    );
}

#[test]
fn ranges_that_make_no_sense_are_told_so() {
    let backend = Backend::new();
    for range in [
        "",
        "bytes",
        "bytes 0-9",
        "bytes 0-9/*",
        "bytes */10",
        "0-9/10",
        "items 0-9/10",
        "bytes 9-0/10",
        "bytes 0-10/10",
        "bytes 0-8/10",
        "bytes -1-9/10",
        "bytes +0-9/10",
        "bytes 0-9/10, 0-9/10",
        "bytes 18446744073709551616-9/10",
        "bytes 0-9/9",
        "bytes ０-9/10",
    ] {
        let headers = [("Content-Range", range)];
        let reply = backend.ask("li-na", "PUT", &place(WHOLE), &headers, WHOLE);
        assert!(reply.is_fault(400), "{range}");
    }
    assert_eq!(head(&backend, "li-na", WHOLE), (404, None));
    let range = format!("bytes 0-9/{}", MAX_ATTACHMENT_BYTES + 1);
    let headers = [("Content-Range", range.as_str())];
    assert!(
        backend
            .ask("li-na", "PUT", &place(WHOLE), &headers, WHOLE)
            .is_fault(413)
    );
}

#[test]
fn the_largest_attachment_is_taken_and_a_byte_more_is_not() {
    let backend = Backend::new();
    let mut bytes = vec![7; MAX_ATTACHMENT_BYTES];
    assert_eq!(
        backend
            .ask("li-na", "PUT", &place(&bytes), &[], bytes.clone())
            .status,
        201
    );
    bytes.push(7);
    assert!(
        backend
            .ask("li-na", "PUT", &place(&bytes), &[], bytes.clone())
            .is_fault(413)
    );
}

#[test]
fn however_it_is_cut_the_whole_arrives() {
    let backend = Backend::new();
    let mut runner = proptest::test_runner::TestRunner::default();
    let cuts = proptest::collection::btree_set(1_usize..199, 0..8);
    let cases = (proptest::collection::vec(any::<u8>(), 200), cuts);
    runner
        .run(&cases, |(whole, cuts)| {
            let mut ends: Vec<usize> = cuts.into_iter().collect();
            ends.push(whole.len());
            let mut from = 0;
            for to in ends {
                let reply = part(&backend, "li-na", &whole, from, to);
                prop_assert_eq!(reply.status.as_u16(), if to == 200 { 201 } else { 202 });
                prop_assert_eq!(&reply.json()["received"], to);
                from = to;
            }
            prop_assert_eq!(backend.get("li-na", &place(&whole)).bytes, whole);
            Ok(())
        })
        .unwrap();
}
