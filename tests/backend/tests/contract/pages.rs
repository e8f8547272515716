//! Pages of records.

use serde_json::json;
use zhixing::domain::record::{Audience, Record};

use crate::support::{Backend, Made, id};

const PAGE: &str = "/records?class=tag:zhixing.example,2026:class/demo";

fn posts(count: u8) -> Vec<Record> {
    let made = |at| {
        Made {
            at,
            ..Made::default()
        }
        .record()
    };
    (1..=count).map(made).collect()
}

#[test]
fn pages_follow_each_other_in_order_of_arrival() {
    let backend = Backend::new();
    let records = posts(7);
    let order = [6, 2, 4, 0, 1, 5, 3];
    for at in order {
        backend.hand_in("li-na", &[&records[at]]);
    }
    let (mut heard, mut since, mut sizes) = (Vec::new(), String::new(), Vec::new());
    loop {
        let page = backend
            .get("chen", &format!("{PAGE}&limit=3{since}"))
            .json();
        let items = page["records"].as_array().unwrap();
        sizes.push(items.len());
        heard.extend(
            items
                .iter()
                .map(|item| item["record"]["id"].as_str().unwrap().to_owned()),
        );
        since = format!("&since={}", page["next"].as_str().unwrap());
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(heard, order.map(|at| id(&records[at])));
    // Nothing new; then one.
    let empty = backend.get("chen", &format!("{PAGE}{since}")).json();
    assert_eq!(
        (&empty["records"], &empty["more"]),
        (&json!([]), &json!(false))
    );
    assert_eq!(format!("&since={}", empty["next"].as_str().unwrap()), since);
    let late = Made {
        at: 99,
        ..Made::default()
    }
    .record();
    backend.hand_in("wang-wei", &[&late]);
    let page = backend.get("chen", &format!("{PAGE}{since}")).json();
    assert_eq!(page["records"].as_array().unwrap().len(), 1);
    assert_eq!(page["records"][0]["record"]["id"], id(&late));
}

#[test]
fn a_page_that_is_full_to_the_brim_says_that_there_is_no_more() {
    let backend = Backend::new();
    let records = posts(2);
    backend.hand_in("li-na", &records.iter().collect::<Vec<_>>());
    assert_eq!(
        backend.get("chen", &format!("{PAGE}&limit=2")).json()["more"],
        false
    );
    assert_eq!(
        backend.get("chen", &format!("{PAGE}&limit=1")).json()["more"],
        true
    );
    // What follows is not for the asker: there is no more for them.
    let hidden = Made {
        at: 9,
        audience: Audience::Tutor,
        ..Made::default()
    }
    .record();
    backend.hand_in("li-na", &[&hidden]);
    assert_eq!(
        backend.get("wang-wei", &format!("{PAGE}&limit=2")).json()["more"],
        false
    );
}

#[test]
fn pages_of_long_records_end_early() {
    let backend = Backend::new();
    let text = "长".repeat(300_000);
    for at in 1..=7 {
        let body = json!({"text": text});
        backend.hand_in(
            "li-na",
            &[&Made {
                at,
                body,
                ..Made::default()
            }
            .record()],
        );
    }
    let first = backend.get("chen", PAGE).json();
    assert_eq!(
        (first["records"].as_array().unwrap().len(), &first["more"]),
        (5, &json!(true))
    );
    let rest = format!("{PAGE}&since={}", first["next"].as_str().unwrap());
    let rest = backend.get("chen", &rest).json();
    assert_eq!(
        (rest["records"].as_array().unwrap().len(), &rest["more"]),
        (2, &json!(false))
    );
}

#[test]
fn a_cursor_that_is_not_known_begins_anew() {
    let backend = Backend::new();
    let record = Made::default().record();
    backend.hand_in("li-na", &[&record]);
    for since in [
        "",
        "0",
        "-1",
        "x",
        "999",
        "9999999999999999999999",
        "%27%20OR%201=1",
    ] {
        let page = backend.get("chen", &format!("{PAGE}&since={since}"));
        assert_eq!(page.status, 200, "{since}");
        assert_eq!(
            page.json()["records"][0]["record"]["id"],
            id(&record),
            "{since}"
        );
    }
}

#[test]
fn queries_that_make_no_sense_are_told_so() {
    let backend = Backend::new();
    for query in [
        "",
        "?limit=5",
        "?class=",
        "?class=a&class=b",
        "?class=%ff%fe",
    ] {
        let reply = backend.get("li-na", &format!("/records{query}"));
        // What is not UTF-8 is read with replacement characters: a class that is not known.
        if query.contains("%ff") {
            assert!(reply.status == 200 || reply.is_fault(400), "{query}");
        } else {
            assert!(reply.is_fault(400), "{query}");
        }
    }
    for limit in [
        "",
        "0",
        "101",
        "-1",
        "%2B5",
        "5.0",
        "x",
        "1&limit=2",
        "18446744073709551616",
    ] {
        assert!(
            backend
                .get("li-na", &format!("{PAGE}&limit={limit}"))
                .is_fault(400),
            "{limit}"
        );
    }
    for limit in ["1", "100", "007"] {
        assert_eq!(
            backend
                .get("li-na", &format!("{PAGE}&limit={limit}"))
                .status,
            200,
            "{limit}"
        );
    }
}
