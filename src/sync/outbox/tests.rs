//! The outbox against backends that misbehave in every way a bad network knows, over both wires:
//! whatever happens, the backend ends with exactly the records that were made, each once, less
//! those that were put aside.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::ids::{InstallationId, RegistrationId};
use crate::domain::record::{Actor, Audience, Author, NewRecord, Record};
use crate::sync::sending::Sending;
use crate::wire::plain::Plain;
use crate::wire::port::{Answer, Request, Wire, json as parsed};
use crate::wire::xapi::{Lrs, RECORD, Telling, Version};

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// It never arrives.
    Lost,
    /// It is done, and the answer is lost.
    ReplyLost,
    /// It is done, and the answer ends in the middle.
    Cut,
    /// It is done twice, as a proxy does that tries again.
    Twice,
    LoginPage,
    Redirect,
    /// From here on nobody is signed in, and the backend says so with this status.
    SignedOut(u16),
    Busy(u64),
    Broken(u16),
    Teapot,
}

/// A backend: what it has, what it takes, how it is asked.
struct Backend<'w> {
    wire: &'w dyn Wire,
    has: BTreeMap<String, Value>,
    /// How often each was newly taken in.
    taken: BTreeMap<String, u32>,
    refuses: BTreeSet<RecordId>,
    /// Says 409 to what it has already, word for word the same or not.
    strict: bool,
    /// Records each with a verdict; a batch as a whole otherwise.
    each: bool,
    /// Most items of a request.
    limit: usize,
    /// What it says to everybody while nobody is signed in.
    signed_out: Option<u16>,
}

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: None,
        redirected: false,
        body: body.to_owned(),
    }
}

impl Backend<'_> {
    fn ask(&mut self, request: &Request, fault: Fault) -> Answer {
        if let Fault::SignedOut(status) = fault {
            self.signed_out = Some(status);
        }
        if let Some(status) = self.signed_out {
            return answer(status, "credentials please");
        }
        match fault {
            Fault::SignedOut(_) | Fault::Lost => answer(0, ""),
            Fault::ReplyLost => {
                self.done(request);
                answer(0, "")
            }
            Fault::Cut => {
                let whole = self.done(request);
                let end = whole.body.len() / 2;
                answer(whole.status, whole.body.get(..end).unwrap_or_default())
            }
            Fault::Twice => {
                self.done(request);
                self.done(request)
            }
            Fault::None => self.done(request),
            Fault::LoginPage => answer(200, "<html>请登录校园网</html>"),
            Fault::Redirect => Answer {
                redirected: true,
                ..answer(200, "<html>sign in</html>")
            },
            Fault::Busy(seconds) => Answer {
                retry_after: Some(seconds),
                ..answer(429, "")
            },
            Fault::Broken(status) => answer(status, "<html>Bad Gateway</html>"),
            Fault::Teapot => answer(418, ""),
        }
    }

    fn done(&mut self, request: &Request) -> Answer {
        match &request.body {
            Some(body) => self.post(std::str::from_utf8(body).unwrap()),
            None => self.get(&request.path),
        }
    }

    fn get(&self, path: &str) -> Answer {
        let id = path.rsplit(['=', '/']).next().unwrap_or_default();
        match self.has.get(id) {
            Some(item) => answer(200, &item.to_string()),
            None => answer(404, ""),
        }
    }

    fn post(&mut self, body: &str) -> Answer {
        let Ok(Value::Array(items)) = serde_json::from_str::<Value>(body) else {
            return answer(400, "not an array");
        };
        if items.len() > self.limit {
            return answer(413, "<html>Request Entity Too Large</html>");
        }
        if self.each {
            let verdicts = items.into_iter().map(|item| self.verdict(item));
            let verdicts: Vec<Value> = verdicts.collect();
            return answer(200, &json!(verdicts).to_string());
        }
        if items.iter().any(|item| self.is_refused(item)) {
            return answer(400, &json!({"message": "a bad one"}).to_string());
        }
        let other = |item: &Value| {
            let known = self.has.get(id(item));
            known.is_some_and(|known| self.strict || known != item)
        };
        if items.iter().any(other) {
            return answer(409, "");
        }
        let ids: Vec<String> = items.iter().map(|item| id(item).to_owned()).collect();
        for item in items {
            self.keep(item);
        }
        answer(200, &json!(ids).to_string())
    }

    fn verdict(&mut self, item: Value) -> Value {
        let id = id(&item).to_owned();
        let other = self.has.get(&id).is_some_and(|known| *known != item);
        if other || self.is_refused(&item) {
            return json!({"id": id, "status": "refused", "why": "a bad one"});
        }
        self.keep(item);
        json!({"id": id, "status": "accepted"})
    }

    fn is_refused(&self, item: &Value) -> bool {
        self.refuses.iter().any(|bad| bad.as_str() == id(item))
    }

    fn keep(&mut self, item: Value) {
        let id = id(&item).to_owned();
        if self.has.insert(id.clone(), item).is_none() {
            *self.taken.entry(id).or_default() += 1;
        }
    }

    /// The records that it has.
    fn records(&self) -> BTreeSet<String> {
        let own = |item: &&Value| item.get("body").is_some() || text_of(item).is_some();
        let items = self.has.values().filter(own);
        items.map(|item| id(item).to_owned()).collect()
    }
}

fn id(item: &Value) -> &str {
    item["id"].as_str().unwrap_or_default()
}

fn text_of(statement: &Value) -> Option<&str> {
    statement["context"]["extensions"][RECORD].as_str()
}

fn records(count: u8, text: &str) -> Vec<Record> {
    let author = Author {
        actor: Actor {
            home_page: "tag:x,2026:class".into(),
            name: "learner".into(),
        },
        installation: InstallationId::from_random([1; 16]),
    };
    let mut head = None;
    let session = "03030303-0303-4303-8303-030303030303";
    let made = (0..count).map(|at| {
        let (kind, body) = if at % 3 == 0 {
            (
                "studied",
                json!({"step": "v", "medium": {"kind": "video"}, "session": session,
                    "segments": [[1_000 * u32::from(at), 1_000 * u32::from(at) + 1_500]],
                    "startedAt": 7, "elapsedMs": 1_500}),
            )
        } else {
            (
                "post",
                json!({"step": "d", "text": text, "edits": null, "to": null}),
            )
        };
        let new = NewRecord {
            id: RecordId::from_random([at; 16]),
            kind,
            version: 1,
            registration: RegistrationId::from_random([2; 16]),
            audience: Audience::Class,
            body,
        };
        let record = Record::seal(new, &author, head.as_ref(), Moment(i64::from(at))).unwrap();
        head = Some(record.as_head());
        record
    });
    made.collect()
}

fn frozen(records: &[Record], plain: bool) -> Vec<Frozen> {
    let mut telling = Telling::default();
    let account = Actor {
        home_page: "tag:x,2026:class".into(),
        name: "learner".into(),
    };
    let freeze = |record: &Record| {
        if plain {
            Plain::freeze(record)
        } else {
            telling.freeze(record, &account, None)
        }
    };
    records.iter().map(freeze).collect()
}

fn any_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        3 => Just(Fault::None),
        1 => Just(Fault::Lost),
        2 => Just(Fault::ReplyLost),
        1 => Just(Fault::Cut),
        1 => Just(Fault::Twice),
        1 => Just(Fault::LoginPage),
        1 => Just(Fault::Redirect),
        1 => Just(Fault::SignedOut(401)),
        1 => Just(Fault::SignedOut(403)),
        1 => Just(Fault::SignedOut(400)),
        1 => (0u64..100).prop_map(Fault::Busy),
        1 => (500u16..505).prop_map(Fault::Broken),
        1 => Just(Fault::Teapot),
    ]
}

/// What a run is made of.
#[derive(Debug, Clone)]
struct Run {
    plain: bool,
    strict: bool,
    limit: usize,
    count: u8,
    refused: BTreeSet<u8>,
    taken: BTreeSet<u8>,
    faults: Vec<Fault>,
    random: Vec<u32>,
}

fn any_run() -> impl Strategy<Value = Run> {
    (
        any::<bool>(),
        any::<bool>(),
        4usize..120,
        1u8..120,
        proptest::collection::btree_set(0u8..120, 0..4),
        proptest::collection::btree_set(0u8..120, 0..3),
        proptest::collection::vec(any_fault(), 0..60),
        proptest::collection::vec(any::<u32>(), 1..8),
    )
        .prop_map(
            |(plain, strict, limit, count, refused, taken, faults, random)| Run {
                plain,
                strict,
                limit,
                count,
                refused,
                taken,
                faults,
                random,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn whatever_goes_wrong_the_backend_ends_with_what_was_made(run in any_run()) {
        let (plain, lrs) = (Plain { class: "tag:x,2026:class".into() }, Lrs { version: Version::One });
        let wire: &dyn Wire = if run.plain { &plain } else { &lrs };
        let made = frozen(&records(run.count, "一个帖子"), run.plain);
        // Others stand already under some of the ids, with other words.
        let others = frozen(&records(run.count, "别人的话"), run.plain);
        let name = |at: &u8| RecordId::from_random([*at; 16]);
        let mut backend = Backend {
            wire,
            has: BTreeMap::new(),
            taken: BTreeMap::new(),
            refuses: run.refused.iter().filter(|at| **at < run.count).map(name).collect(),
            strict: run.strict && !run.plain,
            each: run.plain,
            limit: run.limit,
            signed_out: None,
        };
        // Records of posts only: what stands beside a video's would be in the way as well.
        let taken: BTreeSet<u8> = run.taken.iter().copied().filter(|at| *at < run.count && at % 3 != 0).collect();
        for at in &taken {
            let Ok(Value::Array(items)) = serde_json::from_str(&format!("[{}]", others[usize::from(*at)].text)) else {
                panic!("not an array");
            };
            for item in items {
                backend.has.insert(id(&item).to_owned(), item);
            }
        }
        let before = backend.records();
        let mut outbox = Outbox::default();
        made.iter().cloned().for_each(|record| outbox.add(record));
        let (mut now, mut random) = (Moment(0), run.random.iter().cycle());
        let mut faults = run.faults.iter().copied();
        let mut accepted: Vec<RecordId> = Vec::new();
        for _ in 0..5_000 {
            // Nothing is ever in two places, or in none.
            prop_assert_eq!(outbox.waiting() + outbox.aside().len() + accepted.len(), made.len());
            let Some(act) = outbox.next(now) else {
                match outbox.pause() {
                    Pause::None => break,
                    Pause::Until(at) | Pause::Strange(at) => now = at,
                    Pause::SignIn => {
                        backend.signed_out = None;
                        outbox.resume();
                    }
                }
                continue;
            };
            let chance = Now { at: now, random: *random.next().unwrap() };
            let fault = faults.next().unwrap_or(Fault::None);
            let settled = match &act {
                Act::Push(batch) => {
                    let request = backend.wire.push(batch);
                    let answer = backend.ask(&request, fault);
                    outbox.pushed(backend.wire.pushed(batch, &answer), chance)
                }
                Act::Look(record) => {
                    let request = backend.wire.look(record);
                    let answer = backend.ask(&request, fault);
                    outbox.looked(&backend.wire.looked(record, &answer), chance)
                }
            };
            for each in settled {
                if let Settled::Accepted(id) = each {
                    // What is said to be there is there: the learner is told the truth.
                    prop_assert!(backend.has.contains_key(id.as_str()));
                    accepted.push(id);
                }
            }
        }
        prop_assert_eq!(outbox.waiting(), 0, "{:?}", outbox.pause());
        let aside: BTreeSet<RecordId> = outbox.aside().iter().map(|aside| aside.record.id.clone()).collect();
        let bad: BTreeSet<RecordId> = backend.refuses.iter().cloned().chain(taken.iter().map(name)).collect();
        prop_assert_eq!(&aside, &bad, "put aside is what is bad, and nothing else");
        let sent: BTreeSet<String> = made.iter().map(|record| &record.id).filter(|id| !aside.contains(id))
            .map(|id| id.as_str().to_owned()).collect();
        let arrived: BTreeSet<String> = backend.records().difference(&before).cloned().collect();
        prop_assert_eq!(arrived, sent);
        prop_assert!(backend.taken.values().all(|times| *times == 1), "each once");
    }
}

#[test]
fn what_was_put_aside_is_tried_again_when_asked() {
    let made = frozen(&records(3, "一"), false);
    let lrs = Lrs {
        version: Version::Two,
    };
    let mut outbox = Outbox::default();
    outbox.add(made[1].clone());
    let now = Now {
        at: Moment(0),
        random: 0,
    };
    let Some(Act::Push(batch)) = outbox.next(now.at) else {
        panic!("nothing to send");
    };
    let refused = answer(400, &json!({"message": "bad"}).to_string());
    outbox.pushed(lrs.pushed(&batch, &refused), now);
    let Some(Act::Look(record)) = outbox.next(now.at) else {
        panic!("it is looked for before it is put aside");
    };
    outbox.looked(&lrs.looked(&record, &answer(404, "")), now);
    assert_eq!(outbox.aside()[0].why, "400: bad");
    assert_eq!((outbox.waiting(), outbox.next(now.at)), (0, None));
    // As the driver does: it begins anew with what is taken back.
    let mut sending = Sending {
        aside: outbox.aside().to_vec(),
        ..Sending::default()
    };
    sending.take_back(&made[1].id);
    let mut outbox = Outbox::default();
    for aside in std::mem::take(&mut sending.aside) {
        outbox.add_aside(aside);
    }
    for record in sending.page.unwrap().records {
        outbox.add(record);
    }
    assert!(outbox.aside().is_empty());
    assert!(matches!(outbox.next(now.at), Some(Act::Push(batch)) if batch == made[1..2]));
}

#[test]
fn the_bytes_of_a_record_are_valid_json_for_both_wires() {
    for plain in [true, false] {
        for record in frozen(&records(9, "“引号”\\"), plain) {
            let items = parsed(&answer(200, &format!("[{}]", record.text))).unwrap();
            assert_eq!(items.as_array().unwrap().len(), record.items);
        }
    }
}
