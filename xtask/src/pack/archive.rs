//! The zip of a course: the same folder always gives the same bytes.

use super::folder::{PackedFile, content};
use anyhow::{Context, Result};
use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter, time::UtcDateTime};
use std::io::Write;
use std::path::Path;
use zhixing::package::COURSE_FILE;

/// Every entry carries this moment, 1 January 2020: dates of files differ from PC to PC.
const MOMENT: i64 = 1_577_836_800;

/// Writes `course.json` first, then the files in the order given.
///
/// # Errors
/// When a file can't be read.
pub fn write(folder: &Path, course: &[u8], files: &[PackedFile]) -> Result<Vec<u8>> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    add(&mut zip, COURSE_FILE, course)?;
    for file in files {
        add(&mut zip, &file.path, &content(folder, &file.path)?)?;
    }
    zip.finish().context("the zip cannot be finished")
}

fn add(zip: &mut ZipArchiveWriter<Vec<u8>>, path: &str, bytes: &[u8]) -> Result<()> {
    let failed = || format!("{path} cannot be put into the zip");
    let entry = zip
        .new_file(path)
        .last_modified(UtcDateTime::from_unix(MOMENT));
    if is_compressed(path) {
        let entry = entry.compression_method(CompressionMethod::STORE);
        let (mut entry, config) = entry.start().with_context(failed)?;
        let mut data = config.wrap(&mut entry);
        data.write_all(bytes).with_context(failed)?;
        let (_, descriptor) = data.finish().with_context(failed)?;
        entry.finish(descriptor).with_context(failed)?;
    } else {
        let entry = entry.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().with_context(failed)?;
        let mut data = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
        data.write_all(bytes).with_context(failed)?;
        let (encoder, descriptor) = data.finish().with_context(failed)?;
        encoder.finish().with_context(failed)?;
        entry.finish(descriptor).with_context(failed)?;
    }
    Ok(())
}

/// Whether a file of this name is compressed already.
fn is_compressed(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    ["mp4", "webm", "png", "jpg", "webp", "gif", "docx", "xlsx"].contains(&extension)
}
