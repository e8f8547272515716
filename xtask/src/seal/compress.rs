//! Compressed copies of a build's files.

use anyhow::{Context, Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Files up to this many bytes travel in one packet anyway.
const SMALL: u64 = 512;

/// Kinds of file that are not compressed by their own format.
const KINDS: [&str; 12] = [
    "txt",
    "html",
    "js",
    "mjs",
    "css",
    "wasm",
    "json",
    "svg",
    "md",
    "vtt",
    "webmanifest",
    "yaml",
];

/// Writes a `.br` and a `.gz` beside every file below `folder` that gains from it, on all
/// processors, and returns how many files that were.
///
/// # Errors
/// When a file cannot be read or written.
pub fn folder(folder: &Path) -> Result<usize> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    let next = AtomicUsize::new(0);
    let worker = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            file_beside(file).with_context(|| format!("compressing {}", file.display()))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = (0..processors)
            .map(|_| scope.spawn(worker))
            .collect::<Vec<_>>();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread stopped"))?)
    })?;
    Ok(files.len())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let about = entry.metadata()?;
        if about.is_dir() {
            collect(&path, files)?;
        } else if about.len() > SMALL && is_compressible(&path) {
            files.push(path);
        }
    }
    // The largest first, so that no processor is left alone with one at the end.
    files.sort_by_cached_key(|file| {
        std::cmp::Reverse(std::fs::metadata(file).map_or(0, |m| m.len()))
    });
    Ok(())
}

fn is_compressible(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str());
    kind.is_some_and(|kind| KINDS.contains(&kind))
}

fn file_beside(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    for (kind, packed) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
        if packed.len() < bytes.len() {
            let mut name = file.as_os_str().to_owned();
            name.push(".");
            name.push(kind);
            std::fs::write(name, packed)?;
        }
    }
    Ok(())
}

/// Compresses as small as Brotli can (level 11).
///
/// # Errors
/// Never in practice: both ends are in memory.
fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut packed, &settings)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    #[test]
    fn compressible_files_get_two_copies_that_unpack_to_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let text = "知行合一 ".repeat(200);
        let below = folder.path().join("courses/a");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(below.join("text.md"), &text).unwrap();
        std::fs::write(below.join("film.mp4"), &text).unwrap();
        std::fs::write(folder.path().join("small.json"), "{}").unwrap();

        assert_eq!(super::folder(folder.path()).unwrap(), 1);

        let mut unpacked = String::new();
        let packed = std::fs::read(below.join("text.md.gz")).unwrap();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        let packed = std::fs::read(below.join("text.md.br")).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(!below.join("film.mp4.br").exists());
        assert!(!folder.path().join("small.json.br").exists());
    }
}
