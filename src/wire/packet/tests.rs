use std::io::Write as _;

use rawzip::{CompressionMethod, ZipArchiveWriter};
use serde_json::json;

use super::read::read_within;
use super::*;
use crate::domain::body::Body;
use crate::domain::ids::{ProfileKey, RecordId, RegistrationId, Slug};
use crate::domain::record::{Actor, Audience, Author, NewRecord, Record};
use crate::domain::time::Moment;
use crate::domain::work::{AttachedFile, Submission};
use crate::store::port::{Key, KeyPart, Table};

fn records(count: u8) -> Vec<String> {
    let author = Author {
        actor: Actor {
            home_page: "tag:x,2026:c".into(),
            name: "n".into(),
        },
        installation: InstallationId::from_random([1; 16]),
    };
    let mut head = None;
    (0..count)
        .map(|at| {
            let new = NewRecord {
                id: RecordId::from_random([at; 16]),
                kind: "note",
                version: 1,
                registration: RegistrationId::from_random([2; 16]),
                audience: Audience::Private,
                body: json!({"text": "好\n两行"}),
            };
            let record = Record::seal(new, &author, head.as_ref(), Moment(i64::from(at))).unwrap();
            head = Some(record.as_head());
            record.canonical().to_owned()
        })
        .collect()
}

fn packet(count: u8) -> Vec<u8> {
    write(
        &records(count),
        &[],
        "",
        &InstallationId::from_random([1; 16]),
        Moment(0),
    )
    .unwrap()
}

fn zip(entries: &[(&str, &[u8], CompressionMethod, usize)]) -> Vec<u8> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, content, method, size) in entries {
        let (mut entry, config) = zip
            .new_file(*name)
            .compression_method(*method)
            .start()
            .unwrap();
        let packed = match *method {
            CompressionMethod::DEFLATE => miniz_oxide::deflate::compress_to_vec(content, 9),
            _ => content.to_vec(),
        };
        let mut data = config.wrap(std::io::sink());
        data.write_all(content).unwrap();
        let (_, _) = data.finish().unwrap();
        entry.write_all(&packed).unwrap();
        let crc = rawzip::crc32(content);
        entry
            .finish(rawzip::DataDescriptorOutput::new(crc, *size as u64))
            .unwrap();
    }
    zip.finish().unwrap()
}

fn header(count: usize) -> Vec<u8> {
    json!({"format": FORMAT, "createdAt": "x", "records": count, "later": 1,
        "installation": "01010101-0101-4101-8101-010101010101"})
    .to_string()
    .into_bytes()
}

#[test]
fn a_packet_reads_back_what_was_written() {
    for count in [0, 1, 5] {
        let read = read(&packet(count)).unwrap();
        let lines: Vec<_> = read.records.iter().map(Record::canonical).collect();
        assert_eq!(lines, records(count));
        assert_eq!(read.header.records, usize::from(count));
    }
}

/// The line of a submission that names a file of these bytes.
fn submission(bytes: &[u8]) -> String {
    let author = Author {
        actor: Actor {
            home_page: "tag:x,2026:c".into(),
            name: "n".into(),
        },
        installation: InstallationId::from_random([1; 16]),
    };
    let body = Body::Submission(Submission {
        step: Slug::parse("s").unwrap(),
        text: "a".into(),
        files: vec![AttachedFile {
            sha256: Hash::of(bytes),
            name: "a.png".into(),
            mime: "image/png".into(),
            bytes: bytes.len() as u64,
        }],
        course: None,
    });
    let id = RecordId::from_random([7; 16]);
    let new = body
        .into_record(id, RegistrationId::from_random([2; 16]))
        .unwrap();
    let record = Record::seal(new, &author, None, Moment(0)).unwrap();
    record.canonical().to_owned()
}

#[test]
fn files_that_records_name_come_along_and_no_others() {
    let (mine, other) = (b"a picture".to_vec(), b"not named".to_vec());
    let files = [mine.clone(), other].map(|bytes| (Hash::of(&bytes), bytes));
    let installation = InstallationId::from_random([1; 16]);
    let bytes = write(&[submission(&mine)], &files, "", &installation, Moment(0)).unwrap();
    let packet = read(&bytes).unwrap();
    assert_eq!(packet.files, [(Hash::of(&mine), mine)]);
}

#[test]
fn a_file_that_is_not_what_its_name_says_refuses_the_packet() {
    let line = submission(b"a picture");
    let name = format!("{ATTACHMENTS}{}", Hash::of(b"a picture"));
    let head = header(1);
    let store = CompressionMethod::STORE;
    let with = |content: &[u8]| {
        zip(&[
            (HEADER, &head, store, head.len()),
            (RECORDS, line.as_bytes(), store, line.len()),
            (&name, content, store, content.len()),
        ])
    };
    assert_eq!(read(&with(b"a picture")).unwrap().files.len(), 1);
    let fault = PacketFault::Damaged(ATTACHMENTS);
    assert_eq!(read(&with(b"a pictures")), Err(fault.clone()));
    assert_eq!(read(&with(b"")), Err(fault));
}

#[test]
fn a_packet_zipped_by_another_tool_reads_too() {
    let (head, lines) = (header(2), records(2).join("\r\n"));
    let bytes = zip(&[
        ("more.txt", b"", CompressionMethod::STORE, 0),
        (
            RECORDS,
            lines.as_bytes(),
            CompressionMethod::DEFLATE,
            lines.len(),
        ),
        (HEADER, &head, CompressionMethod::DEFLATE, head.len()),
    ]);
    assert_eq!(read(&bytes).unwrap().records.len(), 2);
}

#[test]
fn hostile_packets_are_refused_whole() {
    let one = records(1).join("\n");
    let bomb = vec![b'\n'; 3_000_000];
    let store = CompressionMethod::STORE;
    let with = |lines: &[u8], head: &[u8]| {
        zip(&[
            (HEADER, head, store, head.len()),
            (RECORDS, lines, store, lines.len()),
        ])
    };
    let cut = packet(3);
    let mut flipped = packet(3);
    let at = flipped.windows(7).position(|w| w == b"private").unwrap();
    flipped[at] = b'q';
    for (what, bytes, fault) in [
        ("empty", Vec::new(), PacketFault::NotAZip),
        ("text", b"PK hello".to_vec(), PacketFault::NotAZip),
        (
            "truncated",
            cut[..cut.len() / 2].to_vec(),
            PacketFault::NotAZip,
        ),
        (
            "no header",
            zip(&[(RECORDS, b"", store, 0)]),
            PacketFault::Missing(HEADER),
        ),
        (
            "a course",
            zip(&[("my/course.json", b"{}", store, 2)]),
            PacketFault::Course,
        ),
        (
            "no records",
            zip(&[(HEADER, &header(0), store, header(0).len())]),
            PacketFault::Missing(RECORDS),
        ),
        (
            "header not JSON",
            with(b"", b"{"),
            PacketFault::Damaged(HEADER),
        ),
        ("bad line", with(b"{}", &header(1)), PacketFault::Line(1)),
        (
            "wrong count",
            with(one.as_bytes(), &header(2)),
            PacketFault::Count,
        ),
        (
            "not UTF-8",
            with(&[0xff, 0xfe], &header(1)),
            PacketFault::Damaged(RECORDS),
        ),
        ("changed byte", flipped, PacketFault::Damaged(RECORDS)),
        (
            "bomb",
            zip(&[
                (HEADER, &header(0), store, header(0).len()),
                (RECORDS, &bomb, CompressionMethod::DEFLATE, bomb.len()),
            ]),
            PacketFault::TooLarge,
        ),
        (
            "bomb that lies about its size",
            zip(&[
                (HEADER, &header(0), store, header(0).len()),
                (RECORDS, &bomb, CompressionMethod::DEFLATE, 10),
            ]),
            PacketFault::Damaged(RECORDS),
        ),
    ] {
        assert_eq!(read_within(&bytes, 2_000_000).unwrap_err(), fault, "{what}");
    }
}

#[test]
fn a_newer_format_is_named() {
    let head = String::from_utf8(header(0))
        .unwrap()
        .replace("packet/1", "packet/2");
    let store = CompressionMethod::STORE;
    let bytes = zip(&[(HEADER, head.as_bytes(), store, head.len())]);
    assert_eq!(
        read(&bytes).unwrap_err(),
        PacketFault::Format("zhixing-packet/2".into())
    );
}

#[test]
fn what_is_damaged_goes_along_apart_and_harms_nothing() {
    let mut lines = records(3);
    lines[1] = "{broken".into();
    let installation = InstallationId::from_random([1; 16]);
    let bytes = write(&lines, &[], "", &installation, Moment(0)).unwrap();
    let packet = read(&bytes).unwrap();
    let read: Vec<_> = packet.records.iter().map(Record::canonical).collect();
    assert_eq!(read, [&lines[0], &lines[2]]);
    assert_eq!((packet.header.records, packet.damaged), (2, 8));
    assert!(bytes.windows(7).any(|part| part == b"{broken"));
}

fn whole() -> Whole {
    let registration = RegistrationId::from_random([2; 16]);
    let draft = |key: Key| (Table::Drafts, key, r#"{"v":1,"text":"半句","at":5}"#.into());
    let key = Key::of(&[registration.as_str(), "s", "f"]);
    let mut own = key.clone();
    let tab = "03030303-0303-4303-8303-030303030303";
    own.0.push(KeyPart::Text(tab.into()));
    Whole {
        profile: ProfileKey::from_random([4; 16]),
        name: "李老师".into(),
        senders: vec![(
            RecordId::from_random([1; 16]),
            Actor {
                home_page: "tag:x,2026:c".into(),
                name: "chen".into(),
            },
        )],
        rows: vec![
            draft(key),
            draft(own.number(7)),
            (
                Table::Places,
                Key::of(&[registration.as_str(), "s"]),
                r#"{"v":9,"of":"a later version"}"#.into(),
            ),
        ],
    }
}

fn backup(whole: &Whole) -> Vec<u8> {
    let installation = InstallationId::from_random([1; 16]);
    write_with(&records(2), &[], Some(whole), &installation, Moment(0)).unwrap()
}

#[test]
fn a_backup_reads_back_what_was_written_and_nobody_vouches_for_it() {
    let packet = read(&backup(&whole())).unwrap();
    assert_eq!(packet.header.format, BACKUP);
    assert_eq!(packet.whole, Some(whole()));
    assert_eq!(whole().drafts(), 2);
    let all = whole().attribute(packet.records);
    let senders: Vec<_> = all.iter().map(Record::sender).collect();
    assert_eq!(senders[0], None);
    let sender = senders[1].unwrap();
    assert_eq!(
        (sender.account.name.as_str(), sender.verified),
        ("chen", false)
    );
    assert_eq!(Whole::sender_of(&all[1]), Some(whole().senders.remove(0)));
}

#[test]
fn a_backup_with_rows_that_are_none_is_refused() {
    let head = |profile: &str| {
        let said = json!({"format": BACKUP, "createdAt": "x", "records": 0, "name": " 李 ",
            "installation": "01010101-0101-4101-8101-010101010101", "profile": profile});
        said.to_string().into_bytes()
    };
    let good = "04040404-0404-4404-8404-040404040404";
    let store = CompressionMethod::STORE;
    let with = |profile: &str, rows: &str| {
        let head = head(profile);
        read(&zip(&[
            (HEADER, &head, store, head.len()),
            (RECORDS, b"", store, 0),
            (ROWS, rows.as_bytes(), store, rows.len()),
        ]))
    };
    let later = r#"{"table":"marks","key":["of a later version"],"row":{}}"#;
    let read_whole = with(good, later).unwrap().whole.unwrap();
    assert_eq!((read_whole.name.as_str(), read_whole.rows.len()), ("李", 0));
    assert_eq!(with("../x", "").unwrap_err(), PacketFault::Damaged(HEADER));
    let registration = RegistrationId::from_random([2; 16]);
    let registration = registration.as_str();
    for rows in [
        "{",
        "[]",
        "{}",
        r#"{"sender":"x","account":{"homePage":"a","name":"b"}}"#,
        r#"{"sender":"01010101-0101-4101-8101-010101010101"}"#,
        r#"{"table":"drafts","key":["x","s","f"],"row":"{}"}"#,
        &format!(r#"{{"table":"drafts","key":["{registration}"],"row":"{{}}"}}"#),
        &format!(r#"{{"table":"drafts","key":["{registration}","s","f","x",1],"row":"{{}}"}}"#),
        &format!(r#"{{"table":"places","key":["{registration}","s"],"row":1}}"#),
        &format!(r#"{{"table":"places","key":["{registration}","s","f"],"row":"{{}}"}}"#),
    ] {
        let fault = with(good, rows).unwrap_err();
        assert_eq!(fault, PacketFault::Damaged(ROWS), "{rows}");
    }
}

#[test]
fn a_summary_tells_what_a_packet_holds() {
    let picture = b"a picture".to_vec();
    let mut lines = records(3);
    lines.push(submission(&picture));
    let files = [(Hash::of(&picture), picture)];
    let installation = InstallationId::from_random([1; 16]);
    let bytes = write(&lines, &files, "李娜", &installation, Moment(90_000)).unwrap();
    let summary = Summary::of(&read(&bytes).unwrap());
    assert_eq!(summary.made, Some(Moment(90_000)));
    assert_eq!(summary.name, "李娜");
    let kinds = [("note".to_owned(), 3), ("submission".to_owned(), 1)];
    assert_eq!(summary.kinds, kinds);
    assert_eq!(summary.span, Some((Moment(0), Moment(2))));
    let people: Vec<_> = summary.people.iter().map(|actor| &actor.name).collect();
    assert_eq!(people, ["n"]);
    assert_eq!(
        (summary.ids.len(), summary.files, summary.file_bytes),
        (4, 1, 9)
    );
    let empty = Summary::of(&read(&packet(0)).unwrap());
    assert_eq!((empty.span, empty.kinds.len()), (None, 0));
}

#[test]
fn a_learners_rows_are_gathered_each_to_its_place() {
    let profile = ProfileKey::from_random([4; 16]);
    let at = |rest: &[&str]| {
        let mut key = Key::of(&[profile.as_str()]);
        key.0.extend(Key::of(rest).0);
        key
    };
    let picture = b"a picture".to_vec();
    let draft = r#"{"v":1,"text":"x","at":5}"#;
    let rows = vec![
        (Table::Log, at(&[]).number(1), submission(&picture)),
        (Table::Log, at(&[]).number(2), "{broken".into()),
        (Table::Drafts, at(&["r", "s", "f"]), draft.into()),
        (Table::Profiles, at(&[]), "{}".into()),
    ];
    let (whole, lines, files) = Whole::gather(&profile, "李老师", rows);
    assert_eq!(lines, [submission(&picture), "{broken".into()]);
    assert_eq!(files, [Hash::of(&picture)]);
    let draft = (Table::Drafts, Key::of(&["r", "s", "f"]), draft.to_owned());
    assert_eq!(whole.rows, [draft]);
}
