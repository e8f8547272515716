//! Unpacking a course from a zip or a folder, part by part, so that a large one needs little memory.
//! Hostile until proven otherwise: names, numbers and sizes are looked at before anything is unpacked,
//! no file gives more bytes than `course.json` lists, and each is what its digest says.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipLocator};

use super::fetching::{Fault, Fetching, Part};
use super::limits::{MAX_COURSE_BYTES, MAX_FILES};
use super::problem::{Problem, What};
use super::{COURSE_FILE, PackageFile, check_course, path};
use crate::domain::hash::Hash;
use crate::domain::sorted::Sorted;

/// Most files and folders of what was chosen: those of a package, and what systems put beside them.
const MAX_ENTRIES: usize = MAX_FILES * 2;
/// A buffer of so many bytes that nobody touches takes no memory, but browsers count it: making one with
/// each part makes them collect what they do not count, the parts that were given away as blobs.
pub const NUDGE_BYTES: u32 = 16 * 1024 * 1024;
/// Bytes that are read in one go.
const READ: usize = 256 * 1024;
/// What some systems put into zips of their own.
const BESIDE: [&str; 3] = ["__MACOSX/", ".DS_Store", "Thumbs.db"];

/// Where the bytes of a file are.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Which of the readers has them.
    reader: usize,
    /// From here on.
    from: u64,
    /// Up to here.
    to: u64,
    deflated: bool,
}

/// What has been unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A part of the file with a digest, to be kept under its number.
    Part(Hash, Part),
    /// The file is whole; so many bytes of the package are done.
    Whole(PackageFile, u64),
    /// So is the package.
    Done,
}

/// A package that is being unpacked.
pub struct Unpacking<R> {
    readers: Vec<R>,
    places: Sorted<String, Place>,
    /// `course.json` as it stands.
    course: String,
    /// The listed files, each digest once, and which is next.
    files: Vec<PackageFile>,
    next: usize,
    /// Bytes of those that are whole.
    done: u64,
    current: Option<Current>,
}

/// The file that is being unpacked.
struct Current {
    reading: Reading,
    fetching: Fetching,
    /// Parts to be given out, the last first.
    parts: Vec<Part>,
    ended: bool,
}

/// The bytes of a file, as they come.
struct Reading {
    place: Place,
    /// What unpacks them, if they are packed.
    inflate: Option<Box<InflateState>>,
    /// What was read and not unpacked yet.
    input: Vec<u8>,
}

impl Reading {
    fn new(place: Place) -> Self {
        Self {
            place,
            inflate: place
                .deflated
                .then(|| InflateState::new_boxed(DataFormat::Raw)),
            input: Vec::new(),
        }
    }

    /// Adds some more bytes; whether there may be others after them.
    fn more<R: ReaderAt>(&mut self, readers: &[R], into: &mut Vec<u8>) -> Result<bool, Broken> {
        let left = self.place.to.saturating_sub(self.place.from);
        if self.input.is_empty() && left > 0 {
            let length = usize::try_from(left).map_or(READ, |left| left.min(READ));
            self.input.resize(length, 0);
            let reader = readers.get(self.place.reader).ok_or(Broken)?;
            let read = reader.read_exact_at(&mut self.input, self.place.from);
            read.map_err(|_| Broken)?;
            self.place.from += length as u64;
        }
        let Some(state) = &mut self.inflate else {
            into.append(&mut self.input);
            return Ok(self.place.from < self.place.to);
        };
        let mut output = vec![0; READ];
        let result = inflate(state, &self.input, &mut output, MZFlush::None);
        self.input.drain(..result.bytes_consumed);
        into.extend_from_slice(output.get(..result.bytes_written).unwrap_or_default());
        match result.status {
            Ok(MZStatus::StreamEnd) => Ok(false),
            Ok(_) if result.bytes_consumed + result.bytes_written > 0 => Ok(true),
            // Neither read nor written: its end is missing, or it is no such stream.
            _ => Err(Broken),
        }
    }
}

/// A file cannot be read.
struct Broken;

/// A problem of the package as a whole.
fn of_all(what: What) -> Vec<Problem> {
    vec![Problem::new("", "", what)]
}

fn of_file(path: &str, what: What) -> Vec<Problem> {
    vec![Problem::new(path, "", what)]
}

impl<R: ReaderAt> Unpacking<R> {
    /// Opens a zip of so many bytes.
    ///
    /// # Errors
    /// What is wrong with it; nothing was unpacked.
    pub fn zip(reader: R, bytes: u64) -> Result<Self, Vec<Problem>> {
        let mut start = [0; 2];
        let begun = reader.read_at(&mut start, 0);
        if bytes > 0 && begun.is_ok() && start != *b"PK" {
            return Err(of_all(What::NotAZip));
        }
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipLocator::new()
            .locate_in_reader(reader, &mut buffer, bytes)
            .map_err(|_| of_all(What::CutZip))?;
        let names = places(&archive, &mut buffer)?;
        Self::open(vec![archive.into_inner()], names)
    }

    /// Opens a folder: for each file its path, from the folder's own name on, its bytes, and how many.
    ///
    /// # Errors
    /// What is wrong with it; nothing was unpacked.
    pub fn folder(files: Vec<(String, R, u64)>) -> Result<Self, Vec<Problem>> {
        if files.len() > MAX_ENTRIES {
            return Err(of_all(What::TooManyFiles { limit: MAX_FILES }));
        }
        let mut readers = Vec::new();
        let mut names = Vec::new();
        for (path, reader, bytes) in files {
            let place = Place {
                reader: readers.len(),
                from: 0,
                to: bytes,
                deflated: false,
            };
            names.push((path, Some(place)));
            readers.push(reader);
        }
        Self::open(readers, names)
    }

    fn open(readers: Vec<R>, names: Vec<(String, Option<Place>)>) -> Result<Self, Vec<Problem>> {
        let mut opened = Self {
            readers,
            places: Sorted::default(),
            course: String::new(),
            files: Vec::new(),
            next: 0,
            done: 0,
            current: None,
        };
        // Who packs a folder by a right click gets its name before every file.
        let root = root(&names).ok_or_else(|| {
            let packet = names.iter().any(|(name, _)| name == "records.jsonl");
            of_all(if packet { What::Packet } else { What::NoCourse })
        })?;
        let mut folded = Sorted::default();
        let mut locked = Vec::new();
        for (name, place) in names {
            let Some(below) = name.strip_prefix(&root) else {
                continue;
            };
            if folded.insert(path::folded(below), ()).is_some() {
                return Err(of_file(below, What::EntryTwice));
            }
            match place {
                Some(place) => {
                    opened.places.insert(below.to_owned(), place);
                }
                None => locked.push(below.to_owned()),
            }
        }
        if locked.iter().any(|name| name == COURSE_FILE) {
            return Err(of_file(COURSE_FILE, What::EntryMethod));
        }
        opened.course = opened.course_json()?;
        let checked = check_course(opened.course.as_bytes())?;
        let mut known: Sorted<Hash, ()> = Sorted::default();
        for file in checked.files {
            let what = match opened.places.get(&file.path) {
                Some(place) if place.deflated || place.to - place.from == file.bytes => None,
                Some(place) => Some(What::WrongSize {
                    listed: file.bytes,
                    found: place.to - place.from,
                }),
                None if locked.contains(&file.path) => Some(What::EntryMethod),
                None => Some(What::NotPacked),
            };
            if let Some(what) = what {
                return Err(of_file(&file.path, what));
            }
            if known.insert(file.sha256, ()).is_none() {
                opened.files.push(file);
            }
        }
        Ok(opened)
    }

    fn course_json(&mut self) -> Result<String, Vec<Problem>> {
        let unreadable = || of_file(COURSE_FILE, What::Unreadable);
        let place = self.places.get(COURSE_FILE).copied();
        let place = place.ok_or_else(|| of_all(What::NoCourse))?;
        let mut bytes = Vec::new();
        let mut reading = Reading::new(place);
        while reading
            .more(&self.readers, &mut bytes)
            .map_err(|_| unreadable())?
        {
            if bytes.len() > MAX_COURSE_BYTES {
                let limit = MAX_COURSE_BYTES as u64;
                return Err(of_file(COURSE_FILE, What::FileTooLarge { limit }));
            }
        }
        String::from_utf8(bytes).map_err(|_| of_file(COURSE_FILE, What::NotText))
    }

    /// `course.json` as it stands.
    #[must_use]
    pub fn course(&self) -> &str {
        &self.course
    }

    /// Bytes of all files, each digest once.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The listed files, each digest once.
    #[must_use]
    pub fn files(&self) -> &[PackageFile] {
        &self.files
    }

    /// Unpacks until there is something to keep.
    ///
    /// # Errors
    /// What is wrong with a file; what was given out before is of no use then.
    pub fn step(&mut self) -> Result<Step, Vec<Problem>> {
        let Some(file) = self.files.get(self.next).cloned() else {
            return Ok(Step::Done);
        };
        let wrong = |what: What| of_file(&file.path, what);
        let current = if let Some(current) = &mut self.current {
            current
        } else {
            let place = self.places.get(&file.path).copied();
            let place = place.ok_or_else(|| wrong(What::NotPacked))?;
            let mut fetching = Fetching::new(&file);
            let _ = fetching.answered(200, None);
            self.current.insert(Current {
                reading: Reading::new(place),
                fetching,
                parts: Vec::new(),
                ended: false,
            })
        };
        loop {
            if let Some(part) = current.parts.pop() {
                return Ok(Step::Part(file.sha256, part));
            }
            if current.ended {
                break;
            }
            let mut bytes = Vec::new();
            let more = current.reading.more(&self.readers, &mut bytes);
            current.ended = !more.map_err(|_| wrong(What::Unreadable))?;
            let taken = current.fetching.take(&bytes);
            // More than listed: a bomb, or another file.
            current.parts = taken.map_err(|_| wrong(What::WrongDigest))?;
            current.parts.reverse();
            if current.ended {
                let last = current.fetching.clone().end();
                let last = last.map_err(|_: Fault| wrong(What::WrongDigest))?;
                current.parts.splice(0..0, last);
            }
        }
        self.current = None;
        self.next += 1;
        self.done += file.bytes;
        Ok(Step::Whole(file, self.done))
    }
}

/// The folder in which `course.json` is: the root, or else the only one that has it at its top.
fn root(names: &[(String, Option<Place>)]) -> Option<String> {
    let mut found = None;
    for (name, _) in names {
        let Some(root) = name.strip_suffix(COURSE_FILE) else {
            continue;
        };
        if root.is_empty() {
            return Some(String::new());
        }
        if root.ends_with('/') && root.matches('/').count() == 1 {
            if found.is_some() {
                return None;
            }
            found = Some(root.to_owned());
        }
    }
    found
}

/// The files of a zip: where the bytes of each are, or nothing where they cannot be read here.
fn places<R: ReaderAt>(
    archive: &ZipArchive<R>,
    buffer: &mut [u8],
) -> Result<Vec<(String, Option<Place>)>, Vec<Problem>> {
    let too_many = || of_all(What::TooManyFiles { limit: MAX_FILES });
    if archive.entries_hint() > MAX_ENTRIES as u64 {
        return Err(too_many());
    }
    let mut found = Vec::new();
    let mut entries = archive.entries(buffer);
    while let Some(header) = entries.next_entry().map_err(|_| of_all(What::CutZip))? {
        if found.len() >= MAX_ENTRIES {
            return Err(too_many());
        }
        let name = header.file_path();
        let name = String::from_utf8_lossy(name.as_bytes()).into_owned();
        let beside = BESIDE
            .iter()
            .any(|beside| name.starts_with(beside) || name.ends_with(beside));
        if beside || (header.is_dir() && check_folder(&name).is_ok()) {
            continue;
        }
        check_folder(&name).map_err(|fault| of_file(&name, What::EntryPath(fault)))?;
        let method = header.compression_method();
        let known = [CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&method);
        let place = (known && !header.flags().is_encrypted())
            .then_some((header.wayfinder(), method == CompressionMethod::DEFLATE));
        found.push((name, place));
    }
    let mut places = Vec::with_capacity(found.len());
    for (name, place) in found {
        let place = match place {
            None => None,
            Some((wayfinder, deflated)) => {
                let entry = archive.get_entry(wayfinder);
                let entry = entry.map_err(|_| of_file(&name, What::Unreadable))?;
                let (from, to) = entry.compressed_data_range();
                Some(Place {
                    reader: 0,
                    from,
                    to,
                    deflated,
                })
            }
        };
        places.push((name, place));
    }
    Ok(places)
}

/// A name in a zip, with or without the stroke that ends a folder's.
fn check_folder(name: &str) -> Result<(), path::PathFault> {
    path::check(name.strip_suffix('/').unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::fetching::PART_BYTES;
    use rawzip::ZipArchiveWriter;
    use rawzip::path::EntryPath;
    use std::io::Write as _;

    const COURSE: &str = include_str!("../../public/courses/p2-growth/course.json");

    type Entry<'a> = (&'a str, Vec<u8>, bool);

    fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
        let mut zip = ZipArchiveWriter::new(Vec::new());
        for (name, content, deflated) in entries {
            let method = if *deflated {
                CompressionMethod::DEFLATE
            } else {
                CompressionMethod::STORE
            };
            let (mut entry, config) = zip
                .new_file(EntryPath::verbatim(name.as_bytes()))
                .compression_method(method)
                .start()
                .unwrap();
            let packed = if *deflated {
                miniz_oxide::deflate::compress_to_vec(content, 6)
            } else {
                content.clone()
            };
            let mut data = config.wrap(Vec::new());
            data.write_all(content).unwrap();
            let (_, descriptor) = data.finish().unwrap();
            entry.write_all(&packed).unwrap();
            entry.finish(descriptor).unwrap();
        }
        zip.finish().unwrap()
    }

    /// The sample course with one video of `bytes` bytes in the place of all its files' contents.
    fn course(prefix: &str, bytes: usize) -> Vec<(String, Vec<u8>, bool)> {
        let mut json: serde_json::Value = serde_json::from_str(COURSE).unwrap();
        let mut entries = Vec::new();
        for (at, file) in json["files"].as_array_mut().unwrap().iter_mut().enumerate() {
            let content = vec![u8::try_from(at).unwrap(); if at == 0 { bytes } else { at + 1 }];
            let path = file["path"].as_str().unwrap().to_owned();
            file["bytes"] = content.len().into();
            file["sha256"] = Hash::of(&content).to_string().into();
            entries.push((format!("{prefix}{path}"), content, at % 2 == 0));
        }
        entries.push((
            format!("{prefix}course.json"),
            json.to_string().into_bytes(),
            true,
        ));
        entries
    }

    fn zipped(entries: &[(String, Vec<u8>, bool)]) -> Vec<u8> {
        let entries: Vec<Entry<'_>> = entries
            .iter()
            .map(|(name, content, deflated)| (name.as_str(), content.clone(), *deflated))
            .collect();
        zip(&entries)
    }

    fn unpack(bytes: &[u8]) -> Result<Vec<(Hash, Vec<u8>)>, Vec<Problem>> {
        all(Unpacking::zip(bytes, bytes.len() as u64)?)
    }

    fn all<R: ReaderAt>(mut unpacking: Unpacking<R>) -> Result<Vec<(Hash, Vec<u8>)>, Vec<Problem>> {
        let mut files = Vec::new();
        let mut content = Vec::new();
        loop {
            match unpacking.step()? {
                Step::Part(_, (_, bytes)) => {
                    assert!(bytes.len() <= PART_BYTES);
                    content.extend(bytes);
                }
                Step::Whole(file, done) => {
                    assert!(done <= unpacking.bytes());
                    files.push((file.sha256, std::mem::take(&mut content)));
                }
                Step::Done => return Ok(files),
            }
        }
    }

    fn whats(result: Result<Vec<(Hash, Vec<u8>)>, Vec<Problem>>) -> Vec<What> {
        let problems = result.unwrap_err();
        for problem in &problems {
            assert!(!problem.describe("zh").is_empty() && !problem.describe("en").is_empty());
        }
        problems.into_iter().map(|problem| problem.what).collect()
    }

    #[test]
    fn every_file_comes_out_as_it_went_in_also_from_a_folder_within() {
        for prefix in ["", "my-course/"] {
            for bytes in [0, 5, PART_BYTES, 2 * PART_BYTES + 17] {
                let entries = course(prefix, bytes);
                let files = unpack(&zipped(&entries)).unwrap();
                assert_eq!(files.len(), entries.len() - 1);
                for (hash, content) in &files {
                    assert_eq!(Hash::of(content), *hash);
                }
            }
        }
    }

    #[test]
    fn a_folder_is_taken_as_well() {
        let entries = course("my-course/", 9);
        let files = entries.iter();
        let files = files
            .map(|(name, content, _)| (name.clone(), content.as_slice(), content.len() as u64));
        let unpacked = all(Unpacking::folder(files.collect()).unwrap()).unwrap();
        assert_eq!(unpacked.len(), entries.len() - 1);
    }

    #[test]
    fn what_is_no_course_is_told_apart() {
        assert_eq!(whats(unpack(b"")), [What::CutZip]);
        assert_eq!(whats(unpack(&[7; 500])), [What::NotAZip]);
        assert_eq!(whats(unpack(b"P")), [What::NotAZip]);
        let packet = zip(&[("records.jsonl", b"x".to_vec(), false)]);
        assert_eq!(whats(unpack(&packet[..packet.len() - 5])), [What::CutZip]);
        assert_eq!(whats(unpack(&packet)), [What::Packet]);
        let other = zip(&[("readme.md", b"x".to_vec(), false)]);
        assert_eq!(whats(unpack(&other)), [What::NoCourse]);
        let two = zip(&[
            ("a/course.json", b"{}".to_vec(), false),
            ("b/course.json", b"{}".to_vec(), false),
        ]);
        assert_eq!(whats(unpack(&two)), [What::NoCourse]);
        let faulty = zip(&[("course.json", b"{".to_vec(), true)]);
        assert!(matches!(
            whats(unpack(&faulty)).as_slice(),
            [What::NotJson { .. }]
        ));
        let whole = zipped(&course("", 5));
        // Cut off anywhere it is no zip, or a file cannot be read; never a course.
        for keep in (0..whole.len()).step_by(997) {
            assert!(unpack(&whole[..keep]).is_err(), "{keep}");
        }
    }

    #[test]
    fn names_that_lead_out_or_stand_twice_are_refused() {
        for name in [
            "../evil.md",
            "/etc/evil.md",
            "a\\..\\evil.md",
            "C:evil.md",
            "nul.md",
        ] {
            let mut entries = course("", 5);
            entries.push((name.to_owned(), vec![1], false));
            let found = whats(unpack(&zipped(&entries)));
            assert!(
                matches!(found.as_slice(), [What::EntryPath(_)]),
                "{name}: {found:?}"
            );
        }
        let mut entries = course("", 5);
        let again = entries[3].clone();
        entries.push((
            again.0.to_uppercase().replace(".PNG", ".png"),
            again.1,
            again.2,
        ));
        assert_eq!(whats(unpack(&zipped(&entries))), [What::EntryTwice]);
    }

    #[test]
    fn what_systems_put_beside_is_passed_over() {
        let mut entries = course("", 5);
        entries.push(("__MACOSX/._course.json".into(), vec![1], false));
        entries.push((".DS_Store".into(), vec![1], false));
        assert!(unpack(&zipped(&entries)).is_ok());
    }

    #[test]
    fn bombs_and_other_bytes_than_listed_are_refused() {
        // A file that unpacks to a thousand times what is listed.
        let mut entries = course("", 5);
        entries[0].1 = vec![0; 5_000_000];
        entries[0].2 = true;
        assert_eq!(whats(unpack(&zipped(&entries))), [What::WrongDigest]);
        let mut entries = course("", 5);
        entries[1].1[0] ^= 1;
        assert_eq!(whats(unpack(&zipped(&entries))), [What::WrongDigest]);
        let mut entries = course("", 5);
        entries[1].1.push(0);
        assert!(matches!(
            whats(unpack(&zipped(&entries))).as_slice(),
            [What::WrongSize {
                listed: 2,
                found: 3
            }]
        ));
        let mut entries = course("", 5);
        entries.remove(2);
        assert_eq!(whats(unpack(&zipped(&entries))), [What::NotPacked]);
    }

    #[test]
    fn a_hundred_thousand_entries_are_refused_unread() {
        let mut zip = ZipArchiveWriter::new(Vec::new());
        for at in 0..100_000 {
            let name = format!("{at}.md");
            let (mut entry, config) = zip.new_file(name.as_str()).start().unwrap();
            let (_, descriptor) = config.wrap(Vec::new()).finish().unwrap();
            entry.write_all(&[]).unwrap();
            entry.finish(descriptor).unwrap();
        }
        let bytes = zip.finish().unwrap();
        assert_eq!(
            whats(unpack(&bytes)),
            [What::TooManyFiles { limit: MAX_FILES }]
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
        #[test]
        fn no_input_breaks_it(at in 0..20_000_usize, byte: u8, cut in 0..20_000_usize) {
            let mut bytes = zipped(&course("", 5));
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(length - cut % 50);
            let _ = unpack(&bytes);
        }
    }
}
