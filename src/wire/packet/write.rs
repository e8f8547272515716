//! Writing a packet, or a backup.

use std::io::Write as _;

use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use serde_json::{Value, json};

use super::backup::Whole;
use super::crc::crc32;
use super::{ATTACHMENTS, BACKUP, DAMAGED, FORMAT, File, HEADER, PacketFault, RECORDS};
use crate::domain::canonical::canonical;
use crate::domain::ids::InstallationId;
use crate::domain::record::Record;
use crate::domain::time::Moment;

/// A packet of the given canonical records and files, as the bytes of a zip; `name` is what the learner
/// is called, empty while nobody said. What is no record goes along as it is, apart from those that are.
///
/// Entries are stored, not compressed: a year of study is a few megabytes, and the
/// compressor would weigh on every start of the app.
///
/// # Errors
/// [`PacketFault::TooLarge`] when it grows beyond what a zip can hold.
pub fn write(
    records: &[String],
    files: &[File],
    name: &str,
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, PacketFault> {
    zip(records, files, name, None, installation, now).map_err(|_| PacketFault::TooLarge)
}

/// As [`write()`], as a backup where `whole` is given.
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    records: &[String],
    files: &[File],
    whole: Option<&Whole>,
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, PacketFault> {
    let name = whole.map_or("", |whole| &whole.name);
    zip(records, files, name, whole, installation, now).map_err(|_| PacketFault::TooLarge)
}

fn zip(
    records: &[String],
    files: &[File],
    name: &str,
    whole: Option<&Whole>,
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, rawzip::Error> {
    let (mut lines, mut damaged, mut count) = (String::new(), String::new(), 0_usize);
    for record in records {
        let good = Record::parse(record).is_ok();
        let into = if good { &mut lines } else { &mut damaged };
        into.push_str(record);
        into.push('\n');
        count += usize::from(good);
    }
    let format = if whole.is_some() { BACKUP } else { FORMAT };
    let mut header = json!({"format": format, "createdAt": now.to_rfc3339(),
        "installation": installation.as_str(), "records": count});
    if let Some(whole) = whole {
        header["profile"] = whole.profile.as_str().into();
    }
    if whole.is_some() || !name.is_empty() {
        header["name"] = name.into();
    }
    let mut zip = ZipArchiveWriter::new(Vec::new());
    let mut add = |name: &str, content: &[u8]| -> Result<(), rawzip::Error> {
        let (mut entry, _) = zip
            .new_file(name)
            .compression_method(CompressionMethod::STORE)
            .start()?;
        entry.write_all(content)?;
        let size = content.len() as u64;
        entry.finish(DataDescriptorOutput::new(crc32(content), size))?;
        Ok(())
    };
    add(HEADER, text(&header).as_bytes())?;
    add(RECORDS, lines.as_bytes())?;
    if !damaged.is_empty() {
        add(DAMAGED, damaged.as_bytes())?;
    }
    if let Some(whole) = whole {
        let rows = whole.write();
        let rows: Vec<String> = rows.iter().map(text).collect();
        add(super::ROWS, rows.join("\n").as_bytes())?;
    }
    for (hash, content) in files {
        add(&format!("{ATTACHMENTS}{hash}"), content)?;
    }
    zip.finish()
}

/// Plain data, so this cannot fail; were it to, an empty text reads as damaged.
fn text(value: &Value) -> String {
    canonical(value).unwrap_or_default()
}
