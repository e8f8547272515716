//! The files of a course's folder.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Read;
use std::path::Path;
use zhixing::domain::hash::Hash;
use zhixing::package::COURSE_FILE;
use zhixing::package::limits::{MAX_FILE_BYTES, MAX_FILES};
use zhixing::package::problem::{Problem, What};

/// A folder as it is read.
pub struct Folder {
    /// `course.json`.
    pub course: Vec<u8>,
    /// The other files, by path. Those whose names begin with a dot are left out.
    pub files: Vec<PackedFile>,
    /// Files that can't belong to a course.
    pub problems: Vec<Problem>,
}

/// A file of the folder.
pub struct PackedFile {
    /// Path relative to the folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the content.
    pub sha256: Hash,
}

impl Folder {
    /// Reads a folder.
    ///
    /// # Errors
    /// When there is no `course.json`, or a file can't be read.
    pub fn read(root: &Path) -> Result<Self> {
        let course = root.join(COURSE_FILE);
        let mut folder = Self {
            course: std::fs::read(&course)
                .with_context(|| format!("{} cannot be read", course.display()))?,
            files: Vec::new(),
            problems: Vec::new(),
        };
        folder.walk(root, "")?;
        folder.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(folder)
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let unreadable = || format!("{} cannot be read", folder.display());
        for entry in std::fs::read_dir(folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let kind = entry.file_type().with_context(unreadable)?;
            if name.starts_with('.') || path == COURSE_FILE {
                continue;
            }
            if kind.is_dir() {
                self.walk(&entry.path(), &format!("{path}/"))?;
            } else if kind.is_file() {
                self.add(&entry.path(), path)?;
            } else {
                // A link could lead anywhere.
                self.problems
                    .push(Problem::new(&path, "", What::NotPlainFile));
            }
        }
        Ok(())
    }

    fn add(&mut self, file: &Path, path: String) -> Result<()> {
        if self.files.len() == MAX_FILES {
            let (range, found) = (format!("0–{MAX_FILES}"), MAX_FILES + 1);
            self.problems.push(Problem::new(
                COURSE_FILE,
                "files",
                What::WrongCount { range, found },
            ));
        }
        let bytes = file.metadata().map(|about| about.len());
        let bytes = bytes.with_context(|| format!("{} cannot be read", file.display()))?;
        let sha256 = if bytes > MAX_FILE_BYTES {
            // It is refused by its size; no need to read it.
            Hash::of(b"")
        } else {
            digest(file)?
        };
        self.files.push(PackedFile {
            path,
            bytes,
            sha256,
        });
        Ok(())
    }
}

/// The content of a file of the folder.
///
/// # Errors
/// When it can't be read.
pub fn content(root: &Path, path: &str) -> Result<Vec<u8>> {
    let file = root.join(path);
    std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
}

fn digest(path: &Path) -> Result<Hash> {
    let unreadable = || format!("{} cannot be read", path.display());
    let mut file = std::fs::File::open(path).with_context(unreadable)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = file.read(&mut buffer).with_context(unreadable)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
    }
    let mut digits = String::new();
    for byte in hasher.finalize() {
        let _ = write!(digits, "{byte:02x}");
    }
    Hash::parse(&digits).context("a digest has 64 digits")
}
