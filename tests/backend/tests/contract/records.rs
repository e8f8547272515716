//! Records: verdicts, idempotency.

use serde_json::{Value, json};
use zhixing::domain::record::{Audience, LOCAL_HOME_PAGE, Record};
use zhixing_backend::DEMO_CLASS;

use crate::support::{Backend, Made, id};

const PAGE: &str = "/records?class=tag:zhixing.example,2026:class/demo";

#[test]
fn each_item_gets_a_verdict_in_order() {
    let backend = Backend::new();
    let [local, own, private, other, known] = [
        Made {
            at: 1,
            ..Made::default()
        },
        Made {
            at: 2,
            actor: Some((DEMO_CLASS, "li-na")),
            ..Made::default()
        },
        Made {
            at: 3,
            audience: Audience::Private,
            ..Made::default()
        },
        Made {
            at: 4,
            actor: Some((DEMO_CLASS, "wang-wei")),
            ..Made::default()
        },
        Made {
            at: 1,
            body: json!({"step": "talk", "text": "改过"}),
            ..Made::default()
        },
    ]
    .map(Made::record);
    let other_class = Made {
        at: 5,
        actor: Some(("tag:x", "li-na")),
        ..Made::default()
    }
    .record();
    let broken = own.canonical().replace("\"seq\":1", "\"seq\":-1");
    let broken = broken.replace(
        &id(&own),
        &id(&Made {
            at: 6,
            ..Made::default()
        }
        .record()),
    );
    let all = [&local, &own, &private, &other, &known, &other_class, &local];
    let mut sent: Vec<&str> = all.iter().map(|record| record.canonical()).collect();
    sent.push(&broken);
    let reply = backend.post("li-na", format!("[{}]", sent.join(",")));
    assert_eq!(reply.status, 200);
    let verdicts = reply.json();
    let verdicts = verdicts.as_array().unwrap();
    let words: Vec<&str> = verdicts
        .iter()
        .map(|item| item["status"].as_str().unwrap())
        .collect();
    let (yes, no) = ("accepted", "refused");
    assert_eq!(words, [yes, yes, no, no, no, no, yes, no]);
    for (verdict, text) in verdicts.iter().zip(&sent) {
        let sent: Value = serde_json::from_str(text).unwrap();
        assert_eq!(verdict["id"], sent["id"]);
        assert_eq!(verdict.get("why").is_some(), verdict["status"] == "refused");
    }
    for (at, why) in [
        (2, "private"),
        (3, "another person's"),
        (4, "under this id"),
        (5, "another person's"),
        (7, "not a record"),
    ] {
        assert!(verdicts[at]["why"].as_str().unwrap().contains(why), "{at}");
    }
    assert_eq!(backend.seen("li-na", DEMO_CLASS), [id(&local), id(&own)]);
}

#[test]
fn the_same_again_is_accepted_and_changes_nothing() {
    let backend = Backend::new();
    let record = Made::default().record();
    backend.hand_in("li-na", &[&record]);
    let before = backend.get("chen", PAGE).text().to_owned();
    backend.hand_in("li-na", &[&record, &record]);
    // In another order of members, and from somebody else, it is still the same record.
    let value: Value = serde_json::from_str(record.canonical()).unwrap();
    let members = value.as_object().unwrap().iter().rev();
    let members: Vec<String> = members
        .map(|(name, member)| format!("{name:?} : {member}"))
        .collect();
    let reply = backend.post("wang-wei", format!("[{{{}}}]", members.join(" , ")));
    assert_eq!(reply.json()[0]["status"], "accepted");
    assert_eq!(backend.get("chen", PAGE).text(), before);
    assert_eq!(
        serde_json::from_str::<Value>(&before).unwrap()["records"][0]["account"]["name"],
        "li-na"
    );
}

#[test]
fn records_come_back_byte_for_byte_with_their_account() {
    let backend = Backend::new();
    let text = Made::default().record();
    let text = text.canonical().replace(
        "\"kind\":\"post\"",
        "\"kind\":\"hologram\",\"mood\":[3,null]",
    );
    let record = Record::parse(&text).unwrap();
    backend.hand_in("li-na", &[&record]);
    let one = backend.get("chen", &format!("/records/{}", id(&record)));
    assert_eq!((one.status.as_u16(), one.text()), (200, record.canonical()));
    let page = backend.get("chen", PAGE);
    assert!(page.text().contains(record.canonical()));
    let item = &page.json()["records"][0];
    assert_eq!(
        item["account"],
        json!({"homePage": DEMO_CLASS, "name": "li-na"})
    );
    assert_eq!(item["record"]["actor"]["homePage"], LOCAL_HOME_PAGE);
}
