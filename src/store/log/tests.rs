use pollster::block_on;
use serde_json::json;

use super::*;
use crate::domain::body::{Body, Enrolled, Medium, Note, Studied};
use crate::domain::handed::For;
use crate::domain::ids::{InstallationId, RegistrationId, SessionId, Slug};
use crate::domain::record::{Actor, Head, LOCAL_HOME_PAGE, Sender};
use crate::store::memory::MemoryStore;

fn profile() -> ProfileKey {
    ProfileKey::from_random([7; 16])
}

fn author(installation: u8) -> Author {
    Author {
        actor: Actor {
            home_page: "tag:x,2026:c".into(),
            name: "n".into(),
        },
        installation: InstallationId::from_random([installation; 16]),
    }
}

fn open(store: &MemoryStore, installation: u8) -> Log<MemoryStore> {
    let log = Log::open(
        store.clone(),
        profile(),
        author(installation),
        RuleBook::default(),
    );
    block_on(log).unwrap()
}

fn id(number: u32) -> RecordId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    RecordId::from_random(bytes)
}

fn note(number: u32, text: &str) -> NewRecord {
    let note = Body::Note(Note {
        step: Slug::parse("s").unwrap(),
        at: None,
        text: text.into(),
    });
    note.into_record(id(number), RegistrationId::from_random([2; 16]))
        .unwrap()
}

fn append(log: &mut Log<MemoryStore>, new: &NewRecord) -> Result<Vec<Record>, LogError> {
    block_on(log.append(|_| vec![new.clone()], &[], Moment(1), Durability::Strict))
}

fn records(log: &Log<MemoryStore>) -> Vec<Record> {
    let texts = block_on(log.export(&For::Oneself)).unwrap();
    texts
        .iter()
        .map(|text| Record::parse(text).unwrap())
        .collect()
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    for number in 0..5 {
        append(&mut log, &note(number, "x")).unwrap();
    }
    let again = open(&store, 1);
    assert_eq!(again.fold(), log.fold());
    assert_eq!(again.fold().records, 5);
    let mut head: Option<Head> = None;
    for record in records(&again) {
        assert!(record.follows(head.as_ref()));
        head = Some(record.as_head());
    }
}

#[test]
fn two_tabs_write_one_chain() {
    let store = MemoryStore::default();
    let (mut one, mut two) = (open(&store, 1), open(&store, 1));
    for number in 0..6 {
        let tab = if number % 2 == 0 { &mut one } else { &mut two };
        append(tab, &note(number, "x")).unwrap();
    }
    block_on(one.catch_up()).unwrap();
    assert_eq!(one.fold(), two.fold());
    let mut head: Option<Head> = None;
    for record in records(&one) {
        assert!(record.follows(head.as_ref()), "{}", record.canonical());
        head = Some(record.as_head());
    }
}

#[test]
fn a_tab_that_was_slower_decides_anew() {
    let store = MemoryStore::default();
    let (mut one, mut two) = (open(&store, 1), open(&store, 1));
    let only_first = |number: u32| {
        move |fold: &Fold| {
            if fold.records == 0 {
                vec![note(number, "first")]
            } else {
                Vec::new()
            }
        }
    };
    let done = block_on(one.append(only_first(1), &[], Moment(1), Durability::Strict)).unwrap();
    assert_eq!(done.len(), 1);
    let done = block_on(two.append(only_first(2), &[], Moment(1), Durability::Strict)).unwrap();
    assert_eq!(done.len(), 0);
    assert_eq!(two.fold().records, 1);
}

#[test]
fn an_id_enters_once() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    append(&mut log, &note(1, "x")).unwrap();
    assert_eq!(append(&mut log, &note(1, "y")), Err(LogError::AlreadyThere));
    assert_eq!(log.fold().records, 1);
}

#[test]
fn what_goes_along_is_done_with_the_record_or_not_at_all() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let key = Key::of(&[profile().as_str(), "tab"]);
    let row = Write::Put(Table::Running, key.clone(), "{}".into());
    let new = note(1, "x");
    block_on(log.append(
        |_| vec![new.clone()],
        std::slice::from_ref(&row),
        Moment(1),
        Durability::Strict,
    ))
    .unwrap();
    assert!(block_on(store.get(Table::Running, &key)).unwrap().is_some());
    let gone = Write::Delete(Table::Running, key.clone());
    let refused = block_on(log.append(
        |_| vec![new.clone()],
        &[gone],
        Moment(1),
        Durability::Strict,
    ));
    assert_eq!(refused, Err(LogError::AlreadyThere));
    assert!(block_on(store.get(Table::Running, &key)).unwrap().is_some());
}

#[test]
fn importing_twice_changes_nothing_and_unknown_kinds_survive() {
    let theirs = MemoryStore::default();
    let mut log = open(&theirs, 3);
    append(&mut log, &note(1, "x")).unwrap();
    append(&mut log, &note(2, "y")).unwrap();
    let mut packet = records(&log);
    let newer = packet[1]
        .canonical()
        .replace("\"note\"", "\"hologram\"")
        .replace(id(2).as_str(), id(3).as_str());
    packet.push(Record::parse(&newer).unwrap());

    let mine = MemoryStore::default();
    let mut log = open(&mine, 1);
    append(&mut log, &note(9, "mine")).unwrap();
    let first = block_on(log.import(&packet)).unwrap();
    assert_eq!(
        first,
        Imported {
            added: 3,
            known: 0,
            conflicting: 0,
            vouched: 0
        }
    );
    let before = block_on(log.export(&For::Oneself)).unwrap();
    let second = block_on(log.import(&packet)).unwrap();
    assert_eq!(
        second,
        Imported {
            added: 0,
            known: 3,
            conflicting: 0,
            vouched: 0
        }
    );
    assert_eq!(block_on(log.export(&For::Oneself)).unwrap(), before);
    assert_eq!(before[3], newer);
    assert_eq!(log.fold().unknown, 1);
    // The own chain goes on where it was.
    let next = append(&mut log, &note(10, "mine")).unwrap();
    assert_eq!(next[0].envelope().seq, 2);
}

#[test]
fn another_record_under_a_known_id_is_left_out() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let sealed = append(&mut log, &note(1, "x")).unwrap();
    let forged = Record::parse(&sealed[0].canonical().replace("\"x\"", "\"z\"")).unwrap();
    let report = block_on(log.import(&[forged.clone(), sealed[0].clone()])).unwrap();
    assert_eq!(
        report,
        Imported {
            added: 0,
            known: 1,
            conflicting: 1,
            vouched: 0
        }
    );
    assert!(
        !block_on(log.export(&For::Oneself))
            .unwrap()
            .contains(&forged.canonical().to_owned())
    );
}

#[test]
fn a_damaged_row_is_passed_over_counted_and_exported_as_it_is() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    for number in 0..3 {
        append(&mut log, &note(number, "x")).unwrap();
    }
    let key = Key::of(&[profile().as_str()]).number(2);
    let broken = Write::Put(Table::Log, key, "{broken".into());
    block_on(store.commit(vec![broken], Durability::Strict)).unwrap();
    let mut log = open(&store, 1);
    assert_eq!((log.fold().records, log.damaged()), (2, 1));
    assert_eq!(block_on(log.export(&For::Oneself)).unwrap()[1], "{broken");
    append(&mut log, &note(7, "goes on")).unwrap();
}

#[test]
fn a_start_reads_the_snapshot_and_what_came_after_it() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let count = u32::try_from(SNAPSHOT_EVERY).unwrap();
    for number in 0..count {
        append(&mut log, &note(number, "x")).unwrap();
    }
    block_on(log.keep_snapshot()).unwrap();
    append(&mut log, &note(count, "after")).unwrap();
    // A row before the snapshot is not read: damage to it goes unseen.
    let key = Key::of(&[profile().as_str()]).number(1);
    block_on(store.commit(
        vec![Write::Put(Table::Log, key, "?".into())],
        Durability::Strict,
    ))
    .unwrap();
    let again = open(&store, 1);
    assert_eq!((again.fold(), again.damaged()), (log.fold(), 0));
}

#[test]
fn a_snapshot_made_with_other_rules_is_not_used() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let studied = Body::Studied(Studied {
        step: Slug::parse("v").unwrap(),
        medium: Medium::Video,
        session: SessionId::from_random([9; 16]),
        segments: smallvec::smallvec![(0, 100_000)],
        started_at: Moment(0),
        elapsed_ms: 10_000,
        uncounted: Vec::new(),
    });
    let new = studied
        .into_record(id(500), RegistrationId::from_random([2; 16]))
        .unwrap();
    append(&mut log, &new).unwrap();
    for number in 0..u32::try_from(SNAPSHOT_EVERY).unwrap() {
        append(&mut log, &note(number, "x")).unwrap();
    }
    block_on(log.keep_snapshot()).unwrap();
    let slow = crate::domain::course::MeterRules {
        max_speed_percent: 100,
        ..Default::default()
    };
    let rules = RuleBook(
        [("tag:other,2026:c".to_owned(), slow)]
            .into_iter()
            .collect(),
    );
    let again = block_on(Log::open(store.clone(), profile(), author(1), rules)).unwrap();
    assert_eq!(
        again.fold(),
        log.fold(),
        "folded anew, the same records give the same"
    );
}

#[test]
fn a_failing_store_loses_nothing_and_the_next_try_goes_through() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    append(&mut log, &note(1, "x")).unwrap();
    store.fail_next(StoreError::Full);
    assert_eq!(
        append(&mut log, &note(2, "y")),
        Err(LogError::Store(StoreError::Full))
    );
    assert_eq!(log.fold().records, 1);
    append(&mut log, &note(2, "y")).unwrap();
    assert_eq!(open(&store, 1).fold().records, 2);
}

fn post(number: u32, text: &str, to: Option<u32>, edits: Option<(u32, i64)>) -> NewRecord {
    let post = Body::Post(crate::domain::work::Post {
        step: Slug::parse("d").unwrap(),
        text: text.into(),
        to: to.map(id),
        quote: None,
        course: None,
        edits: edits.map(|(number, at)| crate::domain::work::Edits {
            id: id(number),
            at: Moment(at),
        }),
    });
    post.into_record(id(number), RegistrationId::from_random([2; 16]))
        .unwrap()
}

/// The words of the threads, newest first, and of the replies of one.
fn discussion(store: &MemoryStore, thread: u32) -> (Vec<String>, Vec<String>, u64) {
    use crate::store::posts::{replies, reply_counts, threads};
    let (profile, step) = (profile(), Slug::parse("d").unwrap());
    let words = |page: crate::store::posts::Page| {
        let posts = page.posts.into_iter();
        posts.map(|post| post.text).collect::<Vec<_>>()
    };
    let all = block_on(threads(store, &profile, &step, None, 10)).unwrap();
    let under = block_on(replies(store, &profile, &step, &id(thread), None, 10)).unwrap();
    let thread = id(thread);
    let ids = std::iter::once(&thread);
    let counts = block_on(reply_counts(store, &profile, &step, ids)).unwrap();
    (words(all), words(under), counts[0])
}

#[test]
fn every_post_of_the_log_is_in_the_index_however_it_came() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let posts = [
        (post(1, "opens", None, None), 10),
        (post(2, "replies", Some(1), None), 20),
        (post(3, "opens, edited", None, Some((1, 10))), 30),
        (post(4, "opens too", None, None), 40),
    ];
    for (new, at) in &posts {
        block_on(log.append(|_| vec![new.clone()], &[], Moment(*at), Durability::Strict)).unwrap();
    }
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let expected = (
        texts(&["opens too", "opens, edited"]),
        texts(&["replies"]),
        1,
    );
    assert_eq!(discussion(&store, 1), expected);
    // The same records taken in elsewhere, the last first, twice.
    let mut exported = records(&log);
    exported.reverse();
    let other = MemoryStore::default();
    let mut log = open(&other, 2);
    for _ in 0..2 {
        block_on(log.import(&exported)).unwrap();
        assert_eq!(discussion(&other, 1), expected);
    }
}

#[test]
fn threads_come_in_pages() {
    use crate::store::posts::threads;
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    for number in 1..=5 {
        let new = post(number, &number.to_string(), None, None);
        let at = Moment(i64::from(number));
        block_on(log.append(|_| vec![new.clone()], &[], at, Durability::Strict)).unwrap();
    }
    let (profile, step) = (profile(), Slug::parse("d").unwrap());
    let page = |before| {
        let page = block_on(threads(&store, &profile, &step, before, 2)).unwrap();
        let words: Vec<_> = page.posts.into_iter().map(|post| post.text).collect();
        (words.join(" "), page.more)
    };
    assert_eq!(page(None), ("5 4".into(), true));
    assert_eq!(page(Some(4)), ("3 2".into(), true));
    assert_eq!(page(Some(2)), ("1".into(), false));
}

fn sender(name: &str, verified: bool) -> Sender {
    Sender {
        account: Actor {
            home_page: "tag:x,2026:c".into(),
            name: name.into(),
        },
        verified,
    }
}

/// A grade, as somebody's device wrote it.
fn grade(number: u32) -> Record {
    let body = Body::Assessed("grade", json!({"indicator": "i", "points": 1_000}));
    let registration = RegistrationId::from_random([2; 16]);
    let new = body.into_record(id(number), registration).unwrap();
    let author = Author {
        actor: Actor {
            home_page: LOCAL_HOME_PAGE.into(),
            name: "tutors-device".into(),
        },
        installation: InstallationId::from_random([9; 16]),
    };
    Record::seal(new, &author, None, Moment(1)).unwrap()
}

fn verified(log: &Log<MemoryStore>) -> Vec<bool> {
    let all = log
        .fold()
        .registrations
        .iter()
        .flat_map(|(_, people)| people.iter());
    all.flat_map(|(_, progress)| progress.kept.iter().map(|kept| kept.verified))
        .collect()
}

#[test]
fn a_sender_whom_nobody_vouched_for_gives_way_to_one_whom_somebody_does_and_never_back() {
    let store = MemoryStore::default();
    let mut own = author(1);
    own.actor.home_page = LOCAL_HOME_PAGE.into();
    let log = Log::open(store.clone(), profile(), own, RuleBook::default());
    let mut log = block_on(log).unwrap();
    let import =
        |log: &mut Log<MemoryStore>, record: Record| block_on(log.import(&[record])).unwrap();
    assert_eq!(
        import(&mut log, grade(1).from(sender("chen", false))).added,
        1
    );
    assert_eq!(verified(&log), [false]);
    let better = import(&mut log, grade(1).from(sender("chen", true)));
    assert_eq!((better.known, better.vouched), (1, 1));
    assert_eq!(verified(&log), [true]);
    import(&mut log, grade(1).from(sender("thief", false)));
    import(&mut log, grade(1));
    assert_eq!(verified(&log), [true]);
    assert_eq!(open(&store, 1).fold(), log.fold());
    // What goes out is the record alone.
    let enrolled = Body::Enrolled(Enrolled {
        course: "tag:x,2026:course".into(),
        course_version: "1".into(),
        course_hash: Hash::of(b""),
        attempt: 1,
    });
    assert!(
        block_on(log.export(&For::Oneself)).unwrap().is_empty(),
        "another's"
    );
    append(
        &mut log,
        &enrolled
            .into_record(id(5), RegistrationId::from_random([2; 16]))
            .unwrap(),
    )
    .unwrap();
    let texts = block_on(log.export(&For::Oneself)).unwrap();
    assert_eq!(
        texts.first().map(String::as_str),
        Some(grade(1).canonical())
    );
}

#[test]
fn ones_own_records_stay_ones_own_when_a_backend_gives_them_back() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let made = append(&mut log, &note(1, "x")).unwrap();
    let back = made[0].clone().from(sender("li", true));
    assert_eq!(block_on(log.import(&[back])).unwrap().known, 1);
    let row = block_on(store.get(Table::Log, &Key::of(&[profile().as_str()]).number(1)));
    assert_eq!(row.unwrap().as_deref(), Some(made[0].canonical()));
}

#[test]
fn what_is_written_with_others_records_is_written_or_not_with_them() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    let place = Key::of(&[profile().as_str(), "heard"]);
    let write = Write::Put(Table::Outbox, place.clone(), "7".into());
    block_on(log.import_with(&[grade(1).from(sender("chen", true))], &[write])).unwrap();
    assert_eq!(
        block_on(store.get(Table::Outbox, &place))
            .unwrap()
            .as_deref(),
        Some("7")
    );
    let write = Write::Put(Table::Outbox, place.clone(), "8".into());
    block_on(log.import_with(&[], &[write])).unwrap();
    assert_eq!(
        block_on(store.get(Table::Outbox, &place))
            .unwrap()
            .as_deref(),
        Some("8")
    );
}

#[test]
fn notices_are_looked_up_by_kind_the_latest_first() {
    let store = MemoryStore::default();
    let mut log = open(&store, 1);
    for number in 1..=3 {
        let body = Body::Assessed("notice", json!({"text": "x"}));
        let new = body
            .into_record(id(number), RegistrationId::from_random([2; 16]))
            .unwrap();
        let now = Moment(i64::from(number));
        block_on(log.append(|_| vec![new.clone()], &[], now, Durability::Strict)).unwrap();
    }
    append(&mut log, &note(9, "x")).unwrap();
    let heard =
        |kind: &str, limit| block_on(posts::heard(&store, &profile(), kind, limit)).unwrap();
    assert_eq!(heard("notice", 2), [id(3), id(2)]);
    assert!(heard("comment", 9).is_empty());
}
