//! Reading a packet: hostile until proven otherwise.

use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};
use serde_json::Value;

use super::backup::Whole;
use super::crc::crc32;
use super::{
    ATTACHMENTS, BACKUP, DAMAGED, FORMAT, File, HEADER, Header, MAX_ENTRIES, MAX_FILES_BYTES,
    MAX_HEADER_BYTES, MAX_RECORDS_BYTES, PacketFault, RECORDS, ROWS,
};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::InstallationId;
use crate::domain::record::Record;

/// A packet that was read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// What it says of itself.
    pub header: Header,
    /// Its records in order.
    pub records: Vec<Record>,
    /// The files that its records name, as far as they are in it.
    pub files: Vec<File>,
    /// What a backup holds beside.
    pub whole: Option<Whole>,
    /// Bytes of what the one who made it could not read either: it is there for who can mend it.
    pub damaged: u64,
}

/// Reads a packet, or a backup, from the bytes of a zip. Files in it that this version does not know are
/// passed over.
///
/// # Errors
/// [`PacketFault`]; a packet is taken whole or not at all.
pub fn read(bytes: &[u8]) -> Result<Packet, PacketFault> {
    read_within(bytes, MAX_RECORDS_BYTES)
}

/// As [`read`], with another limit to the bytes of the records.
pub(super) fn read_within(bytes: &[u8], most: usize) -> Result<Packet, PacketFault> {
    let archive = ZipArchive::from_slice(bytes).map_err(|_| PacketFault::NotAZip)?;
    if archive.entries_hint() > MAX_ENTRIES {
        return Err(PacketFault::TooLarge);
    }
    let header = match entry(&archive, HEADER, MAX_HEADER_BYTES) {
        Err(PacketFault::Missing(_)) if is_course(&archive)? => return Err(PacketFault::Course),
        header => header?,
    };
    let damaged = PacketFault::Damaged(HEADER);
    let said: Value = serde_json::from_slice(&header).map_err(|_| damaged.clone())?;
    let header = read_header(Fields(&said)).ok_or_else(|| damaged.clone())?;
    if header.format != FORMAT && header.format != BACKUP {
        return Err(PacketFault::Format(
            header.format.chars().take(60).collect(),
        ));
    }
    let lines = entry(&archive, RECORDS, most)?;
    let lines = String::from_utf8(lines).map_err(|_| PacketFault::Damaged(RECORDS))?;
    let records = lines
        .lines()
        .enumerate()
        .map(|(at, line)| Record::parse(line).map_err(|_| PacketFault::Line(at + 1)))
        .collect::<Result<Vec<_>, _>>()?;
    if records.len() != header.records {
        return Err(PacketFault::Count);
    }
    let files = files(&archive, &named(&records))?;
    let mut whole = None;
    if header.format == BACKUP {
        let mut read = Whole::of_header(Fields(&said)).ok_or(damaged)?;
        let rows = entry(&archive, ROWS, most)?;
        let rows = String::from_utf8(rows).map_err(|_| PacketFault::Damaged(ROWS))?;
        if !rows.lines().all(|line| read.take(line)) {
            return Err(PacketFault::Damaged(ROWS));
        }
        whole = Some(read);
    }
    let mut unread = 0;
    each_entry(&archive, |name, found| {
        if name == DAMAGED {
            unread = found.header.uncompressed_size_hint();
        }
        Ok(true)
    })?;
    Ok(Packet {
        header,
        records,
        files,
        whole,
        damaged: unread,
    })
}

fn read_header(at: Fields<'_>) -> Option<Header> {
    Some(Header {
        format: at.text("format")?.to_owned(),
        created_at: at.text("createdAt")?.to_owned(),
        name: at
            .text("name")
            .unwrap_or("")
            .trim()
            .chars()
            .take(40)
            .collect(),
        installation: InstallationId::parse(at.text("installation")?)?,
        records: usize::try_from(at.positive("records")?).ok()?,
    })
}

/// The digests of the files that records name.
pub fn named<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Hash> {
    let mut named = Vec::new();
    for record in records {
        // Only these have files: the other bodies need not be read.
        if record.envelope().kind != "submission" {
            continue;
        }
        if let Body::Submission(submission) = record.body() {
            for file in &submission.files {
                if !named.contains(&file.sha256) {
                    named.push(file.sha256);
                }
            }
        }
    }
    named
}

/// The files in the zip that are named; each is what its name says.
fn files(archive: &ZipSliceArchive<&[u8]>, named: &[Hash]) -> Result<Vec<File>, PacketFault> {
    let mut files = Vec::new();
    let mut room = MAX_FILES_BYTES;
    each_entry(archive, |name, found| {
        let hash = name.strip_prefix(ATTACHMENTS).and_then(Hash::parse);
        let Some(hash) = hash.filter(|hash| named.contains(hash)) else {
            return Ok(true);
        };
        let content = found.content(ATTACHMENTS, room)?;
        room -= content.len();
        if Hash::of(&content) != hash {
            return Err(PacketFault::Damaged(ATTACHMENTS));
        }
        files.push((hash, content));
        Ok(true)
    })?;
    Ok(files)
}

fn entry(
    archive: &ZipSliceArchive<&[u8]>,
    name: &'static str,
    most: usize,
) -> Result<Vec<u8>, PacketFault> {
    let mut content = None;
    each_entry(archive, |found_name, found| {
        if found_name == name {
            content = Some(found.content(name, most)?);
        }
        Ok(content.is_none())
    })?;
    content.ok_or(PacketFault::Missing(name))
}

/// Whether it is a course: those who choose the wrong file are shown the way.
fn is_course(archive: &ZipSliceArchive<&[u8]>) -> Result<bool, PacketFault> {
    let mut found = false;
    each_entry(archive, |name, _| {
        found = name == "course.json" || name.ends_with("/course.json");
        Ok(!found)
    })?;
    Ok(found)
}

/// An entry of the zip.
struct Found<'a> {
    archive: &'a ZipSliceArchive<&'a [u8]>,
    header: rawzip::ZipFileHeaderRecord<'a>,
}

impl Found<'_> {
    /// Its content, which is at most so many bytes; `name` is named where it is damaged.
    fn content(&self, name: &'static str, most: usize) -> Result<Vec<u8>, PacketFault> {
        if self.header.uncompressed_size_hint() > most as u64 {
            return Err(PacketFault::TooLarge);
        }
        let damaged = PacketFault::Damaged(name);
        let found = self.archive.get_entry(self.header.wayfinder());
        let found = found.map_err(|_| damaged.clone())?;
        let content = match self.header.compression_method() {
            CompressionMethod::STORE => found.data().to_vec(),
            CompressionMethod::DEFLATE => {
                miniz_oxide::inflate::decompress_to_vec_with_limit(found.data(), most)
                    .map_err(|_| damaged.clone())?
            }
            _ => return Err(damaged),
        };
        let claim = found.claim_verifier();
        let whole = crc32(&content) == claim.crc && content.len() as u64 == claim.uncompressed_size;
        if whole { Ok(content) } else { Err(damaged) }
    }
}

/// Shows `see` the entries until it has seen enough and answers `false`.
fn each_entry(
    archive: &ZipSliceArchive<&[u8]>,
    mut see: impl FnMut(&str, &Found<'_>) -> Result<bool, PacketFault>,
) -> Result<(), PacketFault> {
    let mut entries = archive.entries();
    let mut seen = 0;
    while let Some(header) = entries.next_entry().map_err(|_| PacketFault::NotAZip)? {
        seen += 1;
        if seen > MAX_ENTRIES {
            return Err(PacketFault::TooLarge);
        }
        let path = header.file_path();
        let Ok(name) = std::str::from_utf8(path.as_ref()) else {
            continue;
        };
        let name = name.to_owned();
        if !see(&name, &Found { archive, header })? {
            break;
        }
    }
    Ok(())
}
