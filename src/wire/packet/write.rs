//! Writing a packet.

use std::io::Write as _;

use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::{FORMAT, HEADER, Header, RECORDS};
use crate::domain::canonical::canonical;
use crate::domain::ids::InstallationId;
use crate::domain::time::Moment;

/// A packet of the given canonical records, as the bytes of a zip.
///
/// Entries are stored, not compressed: a year of study is a few megabytes, and the
/// compressor would weigh on every start of the app.
///
/// # Errors
/// Only when memory gives out or the zip grows beyond what a zip can hold.
pub fn write(
    records: &[String],
    installation: &InstallationId,
    now: Moment,
) -> Result<Vec<u8>, rawzip::Error> {
    let header = Header {
        format: FORMAT.to_owned(),
        created_at: now.to_rfc3339(),
        installation: installation.clone(),
        records: records.len(),
    };
    let header = serde_json::to_value(&header).unwrap_or_default();
    let header = canonical(&header).unwrap_or_default();
    let mut lines = records.join("\n");
    if !lines.is_empty() {
        lines.push('\n');
    }
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, content) in [(HEADER, header), (RECORDS, lines)] {
        let (mut entry, config) = zip
            .new_file(name)
            .compression_method(CompressionMethod::STORE)
            .start()?;
        let mut data = config.wrap(&mut entry);
        data.write_all(content.as_bytes())?;
        let (_, descriptor) = data.finish()?;
        entry.finish(descriptor)?;
    }
    zip.finish()
}
