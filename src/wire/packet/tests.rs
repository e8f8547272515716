use std::io::Write as _;

use rawzip::{CompressionMethod, ZipArchiveWriter};
use serde_json::json;

use super::read::read_within;
use super::*;
use crate::domain::body::Body;
use crate::domain::ids::{RecordId, RegistrationId, Slug};
use crate::domain::record::{Actor, Audience, Author, NewRecord, Record};
use crate::domain::time::Moment;
use crate::domain::work::{AttachedFile, Submission};

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
    let bytes = write(&[submission(&mine)], &files, &installation, Moment(0)).unwrap();
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
