//! Reading a packet: hostile until proven otherwise.

use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};
use serde_json::Value;

use super::crc::crc32;
use super::{
    FORMAT, HEADER, Header, MAX_ENTRIES, MAX_HEADER_BYTES, MAX_RECORDS_BYTES, PacketFault, RECORDS,
};
use crate::domain::json;
use crate::domain::record::Record;

/// A packet that was read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// What it says of itself.
    pub header: Header,
    /// Its records in order.
    pub records: Vec<Record>,
}

/// Reads a packet from the bytes of a zip. Files in it that this version does not know are
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
    let header = entry(&archive, HEADER, MAX_HEADER_BYTES)?;
    let damaged = PacketFault::Damaged(HEADER);
    let header: Value = serde_json::from_slice(&header).map_err(|_| damaged.clone())?;
    let header: Header = json::typed(&header).map_err(|_| damaged)?;
    if header.format != FORMAT {
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
    Ok(Packet { header, records })
}

fn entry(
    archive: &ZipSliceArchive<&[u8]>,
    name: &'static str,
    most: usize,
) -> Result<Vec<u8>, PacketFault> {
    let damaged = |_| PacketFault::Damaged(name);
    let mut entries = archive.entries();
    let mut seen = 0;
    while let Some(header) = entries.next_entry().map_err(|_| PacketFault::NotAZip)? {
        seen += 1;
        if seen > MAX_ENTRIES {
            return Err(PacketFault::TooLarge);
        }
        if header.file_path().as_ref() != name.as_bytes() {
            continue;
        }
        if header.uncompressed_size_hint() > most as u64 {
            return Err(PacketFault::TooLarge);
        }
        let found = archive.get_entry(header.wayfinder()).map_err(damaged)?;
        let content = match header.compression_method() {
            CompressionMethod::STORE => found.data().to_vec(),
            CompressionMethod::DEFLATE => {
                miniz_oxide::inflate::decompress_to_vec_with_limit(found.data(), most)
                    .map_err(|_| PacketFault::Damaged(name))?
            }
            _ => return Err(PacketFault::Damaged(name)),
        };
        let claim = found.claim_verifier();
        let whole = crc32(&content) == claim.crc && content.len() as u64 == claim.uncompressed_size;
        return if whole {
            Ok(content)
        } else {
            Err(PacketFault::Damaged(name))
        };
    }
    Err(PacketFault::Missing(name))
}
