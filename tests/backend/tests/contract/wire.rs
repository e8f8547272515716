//! The app's own client of the contract against the backend: what goes in comes back.

use axum::body::Body;
use proptest::prelude::*;
use serde_json::{Value, json};
use zhixing::domain::hash::Hash;
use zhixing::domain::record::{Actor, Audience, LOCAL_HOME_PAGE, Record};
use zhixing::domain::time::Moment;
use zhixing::domain::work::AttachedFile;
use zhixing::wire::plain::Plain;
use zhixing::wire::port::{
    Answer, Fetched, FileReply, Frozen, Method, Page, Reply, Request, There, Upload, Verdict, Wire,
    batch,
};
use zhixing_backend::DEMO_CLASS;

use crate::support::{Backend, Made};

fn plain() -> Plain {
    let class = DEMO_CLASS.to_owned();
    Plain { class }
}

/// Does what the app's driver does with a request.
fn drive(backend: &Backend, who: &str, request: Request) -> Answer {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
    };
    let path = format!("/{}", request.path);
    let body = request.body.map_or_else(Body::empty, Body::from);
    let headers = request.headers.iter();
    let headers: Vec<(&str, &str)> = headers.map(|(name, value)| (*name, &**value)).collect();
    let reply = backend.ask(who, method, &path, &headers, body);
    Answer {
        status: reply.status.as_u16(),
        retry_after: None,
        redirected: false,
        body: reply.text().to_owned(),
    }
}

fn push(backend: &Backend, who: &str, sent: &[Frozen]) -> Reply {
    let answer = drive(backend, who, plain().push(sent));
    plain().pushed(sent, &answer)
}

fn look(backend: &Backend, who: &str, record: &Frozen) -> There {
    let answer = drive(backend, who, plain().look(record));
    plain().looked(record, &answer)
}

/// Everything from a cursor on, and the next cursor.
fn pull(
    backend: &Backend,
    who: &str,
    from: Option<&str>,
) -> (Vec<(Record, Option<Actor>)>, String) {
    let mut records = Vec::new();
    let mut request = plain().pull(from);
    loop {
        let answer = drive(backend, who, request);
        let Page {
            records: heard,
            next,
            cursor,
        } = plain().pulled(&answer).unwrap();
        records.extend(heard);
        match next {
            Some(next) => request = plain().more(&next),
            None => return (records, cursor.unwrap()),
        }
    }
}

fn accepted(sent: &[Frozen]) -> Reply {
    let verdict = |record: &Frozen| (record.id.clone(), Verdict::Accepted);
    Reply::Each(sent.iter().map(verdict).collect())
}

/// A made record, with words of any kind and a member that no version knows.
fn any_record() -> impl Strategy<Value = Record> {
    let text = "\\PC{0,40}|[\u{0}-\u{1f}\"\\\\/\u{7f}\u{2028}😀]{0,9}";
    let body = (text, 0_u64..1 << 53, any::<bool>()).prop_map(|(text, number, flag)| {
        json!({"step": "talk", "text": text, "extra": [number, flag, null, {"minus": -7}]})
    });
    let kind = prop_oneof![
        Just("post"),
        Just("submission"),
        Just("hologram"),
        Just("grade")
    ];
    let audience = prop_oneof![
        Just(Audience::Tutor),
        Just(Audience::Class),
        Just(Audience::Public)
    ];
    (kind, audience, any::<u8>(), any::<bool>(), body).prop_map(
        |(kind, audience, registration, local, body)| {
            let actor = (!local).then_some((DEMO_CLASS, "li-na"));
            Made {
                kind,
                audience,
                actor,
                registration,
                body,
                ..Made::default()
            }
            .record()
        },
    )
}

/// The same record under an id of its place.
fn placed(at: usize, record: &Record) -> Record {
    let mut value: Value = serde_json::from_str(record.canonical()).unwrap();
    value["id"] = format!("{at:08x}-0000-4000-8000-000000000000").into();
    Record::parse(&value.to_string()).unwrap()
}

#[test]
fn what_goes_in_comes_back() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(16));
    runner
        .run(
            &proptest::collection::vec(any_record(), 1..250),
            |records| {
                let backend = Backend::new();
                let records: Vec<Record> = records
                    .iter()
                    .enumerate()
                    .map(|(at, record)| placed(at, record))
                    .collect();
                let frozen: Vec<Frozen> = records.iter().map(Plain::freeze).collect();
                prop_assert_eq!(look(&backend, "li-na", &frozen[0]), There::Absent);
                let mut queue = &frozen[..];
                while !queue.is_empty() {
                    let sent = batch(queue.iter());
                    prop_assert_eq!(push(&backend, "li-na", &sent), accepted(&sent));
                    // The answer was lost: the same is sent again.
                    prop_assert_eq!(push(&backend, "li-na", &sent), accepted(&sent));
                    queue = &queue[sent.len()..];
                }
                let (heard, cursor) = pull(&backend, "chen", None);
                let account = Actor {
                    home_page: DEMO_CLASS.into(),
                    name: "li-na".into(),
                };
                let expected = records
                    .iter()
                    .map(|record| (record.clone(), Some(account.clone())));
                prop_assert_eq!(heard, expected.collect::<Vec<_>>());
                prop_assert_eq!(pull(&backend, "chen", Some(&cursor)), (Vec::new(), cursor));
                let last = frozen.last().unwrap();
                prop_assert_eq!(look(&backend, "chen", last), There::Same);
                let other = Frozen {
                    text: last.text.replace("extra", "other"),
                    ..last.clone()
                };
                prop_assert_eq!(look(&backend, "chen", &other), There::Other);
                Ok(())
            },
        )
        .unwrap();
}

#[test]
fn refusals_are_understood() {
    let backend = Backend::new();
    let [kept, private] = [Audience::Class, Audience::Private].map(|audience| {
        Made {
            at: audience as u8 + 1,
            audience,
            ..Made::default()
        }
        .record()
    });
    let sent = [Plain::freeze(&kept), Plain::freeze(&private)];
    let Reply::Each(verdicts) = push(&backend, "li-na", &sent) else {
        panic!("a verdict on each");
    };
    assert_eq!(verdicts[0], (sent[0].id.clone(), Verdict::Accepted));
    assert!(matches!(&verdicts[1].1, Verdict::Refused(why) if why.contains("私人")));
    let mut broken = sent.to_vec();
    broken[1].text = "{}".to_owned();
    let Reply::Refused(why) = push(&backend, "li-na", &broken) else {
        panic!("refused whole");
    };
    assert!(why.contains("第 2 项"), "{why}");
    // Nobody is signed in.
    assert_eq!(push(&backend, "", &sent), Reply::SignIn);
    assert_eq!(look(&backend, "", &sent[0]), There::Unknown(Reply::SignIn));
    assert_eq!(
        plain().pulled(&drive(&backend, "", plain().pull(None))),
        Err(Reply::SignIn)
    );
    // Not for the asker: as if it were not there.
    assert_eq!(look(&backend, "qian", &sent[0]), There::Absent);
    assert!(kept.envelope().actor.home_page == LOCAL_HOME_PAGE);
}

/// The file of so many bytes, as `who` fetches it.
fn fetched(backend: &Backend, who: &str, hash: &Hash) -> Option<Vec<u8>> {
    let of = zhixing::domain::ids::RecordId::from_random([1; 16]);
    let request = plain().fetch_file(&of, hash);
    let reply = backend.get(who, &format!("/{}", request.path));
    let answer = Fetched {
        status: reply.status.as_u16(),
        kind: String::new(),
        bytes: reply.bytes,
    };
    plain().file_fetched(hash, answer)
}

#[test]
fn a_file_goes_in_parts_goes_on_where_it_broke_off_and_is_fetched_by_who_may_see_it() {
    let backend = Backend::new();
    let bytes: Vec<u8> = (0..1_300_000_u32).map(|at| (at % 251) as u8).collect();
    let hash = Hash::of(&bytes);
    let file = AttachedFile {
        sha256: hash,
        name: "家访.png".into(),
        mime: "image/png".into(),
        bytes: bytes.len() as u64,
    };
    let actor = Actor {
        home_page: DEMO_CLASS.into(),
        name: "li-na".into(),
    };
    let body = json!({"step": "essay", "text": "x", "files": [
        {"sha256": hash.to_string(), "name": "家访.png", "mime": "image/png", "bytes": bytes.len()}]});
    let record = Made {
        kind: "submission",
        audience: Audience::Tutor,
        body,
        ..Made::default()
    }
    .record();
    backend.hand_in("li-na", &[&record]);
    let mut received = 0;
    let mut replies = Vec::new();
    // The answer to the first part is lost: it is sent again from the beginning.
    for forget in [true, false, false, false, false] {
        let upload = Upload {
            of: &record.envelope().id,
            by: (&actor, Moment(0)),
            file: &file,
            bytes: &bytes,
            received,
        };
        let answer = drive(&backend, "li-na", plain().send_file(&upload));
        let reply = plain().file_sent(&upload, &answer);
        if forget {
            continue;
        }
        replies.push(reply.clone());
        match reply {
            FileReply::Going(count) => received = count,
            _ => break,
        }
    }
    let part = 512 * 1024;
    assert_eq!(
        replies,
        [
            FileReply::Going(part),
            FileReply::Going(2 * part),
            FileReply::Whole
        ]
    );
    assert_eq!(fetched(&backend, "li-na", &hash), Some(bytes.clone()));
    assert_eq!(fetched(&backend, "chen", &hash), Some(bytes));
    assert_eq!(fetched(&backend, "wang-wei", &hash), None, "not for peers");
    assert_eq!(fetched(&backend, "chen", &Hash::of(b"other")), None);
}
