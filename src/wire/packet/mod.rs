//! The packet (`zhixing-packet/1`): a zip with `header.json`, `records.jsonl` (one canonical
//! record a line) and `attachments/<sha256>`, the files that its records name. Made without a network, read anywhere;
//! reading one twice changes nothing, because the log knows each record's id.

mod backup;
mod crc;
mod read;
mod summary;
mod write;

use std::fmt;

pub use backup::{Kept, Whole};
pub use read::{Packet, named, read};
pub use summary::Summary;
pub use write::{write, write_with};

use crate::domain::hash::Hash;
use crate::domain::ids::InstallationId;

/// Format name in the header.
pub const FORMAT: &str = "zhixing-packet/1";

/// Format name in the header of a backup.
pub const BACKUP: &str = "zhixing-backup/1";

/// Most unpacked bytes of records that are read.
pub const MAX_RECORDS_BYTES: usize = 200_000_000;

/// Most bytes of the header.
const MAX_HEADER_BYTES: usize = 100_000;

/// Most entries of the zip.
const MAX_ENTRIES: u64 = 10_000;

/// Most bytes of all files.
const MAX_FILES_BYTES: usize = 500_000_000;

const HEADER: &str = "header.json";
const RECORDS: &str = "records.jsonl";
/// Beside the records of a backup.
const ROWS: &str = "rows.jsonl";
/// Rows of the log that are no records any more, as they are.
const DAMAGED: &str = "damaged.txt";
const ATTACHMENTS: &str = "attachments/";

/// The bytes of a file that belongs to a record, and their digest.
pub type File = (Hash, Vec<u8>);

/// What a packet says of itself. Fields that this version does not know are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// [`FORMAT`] or [`BACKUP`].
    pub format: String,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// What the learner is called, as they say; nobody vouches for it.
    pub name: String,
    /// The installation that made it.
    pub installation: InstallationId,
    /// How many records it holds.
    pub records: usize,
}

/// Why a file is not taken as a packet. Nothing of it is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacketFault {
    /// Not a zip, or a broken one.
    NotAZip,
    /// A course package.
    Course,
    /// A zip without this file.
    Missing(&'static str),
    /// The header names another format: perhaps of a newer version.
    Format(String),
    /// The file inside is damaged.
    Damaged(&'static str),
    /// A line of the records is not a record; lines count from 1.
    Line(usize),
    /// More than is read, in entries or bytes.
    TooLarge,
    /// The header's count is not that of the records: the file was cut or changed.
    Count,
}

impl fmt::Display for PacketFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAZip => out.write_str("not a zip file, or a broken one"),
            Self::Course => out.write_str("a course package"),
            Self::Missing(name) => write!(out, "{name} is missing"),
            Self::Format(format) => write!(out, "unknown format {format}"),
            Self::Damaged(name) => write!(out, "{name} is damaged"),
            Self::Line(line) => write!(out, "{RECORDS}: line {line} is not a record"),
            Self::TooLarge => out.write_str("the packet is too large"),
            Self::Count => out.write_str("the number of records is not what the header says"),
        }
    }
}

impl std::error::Error for PacketFault {}

#[cfg(test)]
mod tests;
