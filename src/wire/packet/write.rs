//! Writing a packet.

use std::io::Write as _;

use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

use super::crc::crc32;
use serde_json::json;

use super::{ATTACHMENTS, FORMAT, File, HEADER, PacketFault, RECORDS};
use crate::domain::canonical::canonical;
use crate::domain::ids::InstallationId;
use crate::domain::time::Moment;

/// A packet of the given canonical records and files, as the bytes of a zip.
///
/// Entries are stored, not compressed: a year of study is a few megabytes, and the
/// compressor would weigh on every start of the app.
///
/// # Errors
/// [`PacketFault::TooLarge`] when it grows beyond what a zip can hold.
pub fn write(
    records: &[String],
    files: &[File],
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, PacketFault> {
    zip(records, files, installation, now).map_err(|_| PacketFault::TooLarge)
}

fn zip(
    records: &[String],
    files: &[File],
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, rawzip::Error> {
    let header = json!({"format": FORMAT, "createdAt": now.to_rfc3339(),
        "installation": installation.as_str(), "records": records.len()});
    let header = canonical(&header).unwrap_or_default();
    let mut lines = records.join("\n");
    if !lines.is_empty() {
        lines.push('\n');
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
    add(HEADER, header.as_bytes())?;
    add(RECORDS, lines.as_bytes())?;
    for (hash, content) in files {
        add(&format!("{ATTACHMENTS}{hash}"), content)?;
    }
    zip.finish()
}
