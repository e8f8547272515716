//! Fetching one file of a course in parts that stay, so that a break costs little: what to ask for,
//! what an answer means, and whether the bytes are those that the course lists.

use sha2::{Digest as _, Sha256};

use crate::domain::hash::Hash;
use crate::package::PackageFile;

/// Bytes of a part: what a break costs at most.
pub const PART_BYTES: usize = 2 * 1024 * 1024;

/// Why a file is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection broke, or the server has troubles of its own: try again later.
    Lost,
    /// The server has no such file, or gives it to nobody.
    Missing,
    /// What the server has are not the bytes that the course lists.
    Other,
}

/// A file that is being fetched.
#[derive(Debug, Clone)]
pub struct Fetching {
    bytes: u64,
    sha256: Hash,
    /// Of the bytes that are kept, and those that wait to be.
    digest: Sha256,
    /// How many parts are kept.
    kept: u64,
    /// What came and is no whole part yet.
    waiting: Vec<u8>,
    /// Bytes of the answer that are here already.
    skip: u64,
    /// Whether the answer may be a piece of what was asked for.
    piece: bool,
}

/// A part to be kept under its number.
pub type Part = (u64, Vec<u8>);

impl Fetching {
    /// Nothing of it is here.
    #[must_use]
    pub fn new(file: &PackageFile) -> Self {
        Self {
            bytes: file.bytes,
            sha256: file.sha256,
            digest: Sha256::new(),
            kept: 0,
            waiting: Vec::new(),
            skip: 0,
            piece: false,
        }
    }

    /// A part that was kept before is here; whether it can be used: each but the last is whole, and no
    /// more than the file has. They are given in order.
    pub fn found(&mut self, part: &[u8]) -> bool {
        let fits = part.len() == PART_BYTES && self.kept_bytes() + part.len() as u64 <= self.bytes;
        if fits {
            self.digest.update(part);
            self.kept += 1;
        }
        fits
    }

    fn kept_bytes(&self) -> u64 {
        self.kept * PART_BYTES as u64
    }

    /// Bytes that are here, kept or waiting.
    #[must_use]
    pub fn here(&self) -> u64 {
        self.kept_bytes() + self.waiting.len() as u64
    }

    /// From which byte on to ask. What waited for the rest of its part is forgotten.
    pub fn ask(&mut self) -> u64 {
        self.waiting.clear();
        self.kept_bytes()
    }

    /// Takes in the status of an answer, and from which byte on it is (`Content-Range`).
    ///
    /// # Errors
    /// [`Fault`]: after [`Fault::Other`] begin anew, without the parts that are kept.
    pub fn answered(&mut self, status: u16, from: Option<u64>) -> Result<(), Fault> {
        let asked = self.kept_bytes();
        self.piece = status == 206;
        match status {
            // The whole, although only the rest was asked for.
            200 => self.skip = asked,
            206 if from == Some(asked) => self.skip = 0,
            // Another piece than was asked for, or no such piece.
            206 | 416 => return Err(Fault::Other),
            401 | 403 | 404 | 410 => return Err(Fault::Missing),
            _ => return Err(Fault::Lost),
        }
        Ok(())
    }

    /// Takes in bytes of the answer; gives the parts that are whole now.
    ///
    /// # Errors
    /// [`Fault::Other`] when there are more than the file has.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Part>, Fault> {
        let skipped = usize::try_from(self.skip).map_or(bytes.len(), |skip| skip.min(bytes.len()));
        self.skip -= skipped as u64;
        let bytes = bytes.get(skipped..).unwrap_or_default();
        if self.here() + bytes.len() as u64 > self.bytes {
            return Err(Fault::Other);
        }
        self.waiting.extend_from_slice(bytes);
        let mut parts = Vec::new();
        while self.waiting.len() >= PART_BYTES {
            let rest = self.waiting.split_off(PART_BYTES);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.digest.update(&part);
            parts.push((self.kept, part));
            self.kept += 1;
        }
        Ok(parts)
    }

    /// The answer is at its end: the last part, if there is one.
    ///
    /// # Errors
    /// [`Fault::Lost`] when it was a piece and bytes are missing, [`Fault::Other`] when it was the whole
    /// of something else, such as a login page.
    pub fn end(mut self) -> Result<Option<Part>, Fault> {
        if self.here() < self.bytes && self.piece {
            return Err(Fault::Lost);
        }
        self.digest.update(&self.waiting);
        if Hash::from_bytes(self.digest.finalize().into()) != self.sha256 {
            return Err(Fault::Other);
        }
        Ok((!self.waiting.is_empty()).then_some((self.kept, self.waiting)))
    }
}

/// From which byte on an answer is: `bytes 5-9/10`.
#[must_use]
pub fn range_start(content_range: &str) -> Option<u64> {
    let (start, _) = content_range.strip_prefix("bytes ")?.split_once('-')?;
    start.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(content: &[u8]) -> PackageFile {
        PackageFile {
            path: "a.mp4".to_owned(),
            bytes: content.len() as u64,
            sha256: Hash::of(content),
        }
    }

    fn content(bytes: usize) -> Vec<u8> {
        (0..bytes)
            .map(|at| u8::try_from(at * 31 % 251).unwrap())
            .collect()
    }

    /// One try: an answer that breaks off after so many bytes, or not.
    #[derive(Debug, Clone)]
    struct Try {
        ranges: bool,
        breaks_after: Option<usize>,
        pieces: usize,
        restart: bool,
    }

    fn tries() -> impl Strategy<Value = Vec<Try>> {
        let one = (
            any::<bool>(),
            proptest::option::of(0..3 * PART_BYTES),
            1..PART_BYTES * 2,
            any::<bool>(),
        );
        let one = one.prop_map(|(ranges, breaks_after, pieces, restart)| Try {
            ranges,
            breaks_after,
            pieces,
            restart,
        });
        proptest::collection::vec(one, 0..5)
    }

    /// Fetches through the tries and one more that goes well; the parts that were kept.
    fn fetch(file: &PackageFile, content: &[u8], tries: &[Try]) -> Result<Vec<Vec<u8>>, Fault> {
        let well = Try {
            ranges: true,
            breaks_after: None,
            pieces: 70_000,
            restart: false,
        };
        let mut kept: Vec<Vec<u8>> = Vec::new();
        let mut fetching = Fetching::new(file);
        for each in tries.iter().chain([&well]) {
            if each.restart {
                // As after a restart of the computer: from what is kept.
                fetching = Fetching::new(file);
                for part in &kept {
                    assert!(fetching.found(part));
                }
            }
            let from = usize::try_from(fetching.ask()).unwrap();
            let body = if each.ranges {
                fetching.answered(206, Some(from as u64))?;
                content.get(from..).unwrap_or_default()
            } else {
                fetching.answered(200, None)?;
                content
            };
            let until = each.breaks_after.unwrap_or(body.len()).min(body.len());
            for piece in body[..until].chunks(each.pieces) {
                for (number, part) in fetching.take(piece)? {
                    assert_eq!(number, kept.len() as u64);
                    kept.push(part);
                }
            }
            if until == body.len() {
                if let Some((number, part)) = fetching.end()? {
                    assert_eq!(number, kept.len() as u64);
                    kept.push(part);
                }
                return Ok(kept);
            }
        }
        unreachable!("the last try goes well")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn however_it_breaks_the_parts_are_the_file(
            bytes in prop_oneof![0..9_usize, PART_BYTES - 1..PART_BYTES + 2, 0..3 * PART_BYTES],
            tries in tries(),
        ) {
            let content = content(bytes);
            let kept = fetch(&file(&content), &content, &tries).unwrap();
            prop_assert_eq!(kept.concat(), content);
        }

        #[test]
        fn other_bytes_are_never_taken(at in 0..5_000_usize, tries in tries()) {
            let right = content(5_000);
            let mut wrong = right.clone();
            wrong[at] ^= 1;
            prop_assert_eq!(fetch(&file(&right), &wrong, &tries), Err(Fault::Other));
        }
    }

    #[test]
    fn answers_that_are_no_file_are_told_apart() {
        let content = content(10);
        let mut fetching = Fetching::new(&file(&content));
        for (status, from, fault) in [
            (404, None, Fault::Missing),
            (403, None, Fault::Missing),
            (503, None, Fault::Lost),
            (429, None, Fault::Lost),
            (206, Some(3), Fault::Other),
            (206, None, Fault::Other),
            (416, None, Fault::Other),
        ] {
            assert_eq!(fetching.answered(status, from), Err(fault), "{status}");
        }
        fetching.answered(200, None).unwrap();
        assert_eq!(fetching.take(&[0; 11]), Err(Fault::Other));
        // A whole answer that is shorter is something else; of a piece the rest may still come.
        fetching.take(&content[..9]).unwrap();
        assert!(matches!(fetching.clone().end(), Err(Fault::Other)));
        fetching.answered(206, Some(0)).unwrap();
        assert!(matches!(fetching.end(), Err(Fault::Lost)));
    }

    #[test]
    fn a_kept_part_of_another_size_is_not_gone_on_from() {
        let content = content(PART_BYTES + 5);
        let mut fetching = Fetching::new(&file(&content));
        assert!(!fetching.found(&content[..100]));
        assert!(fetching.found(&content[..PART_BYTES]));
        assert!(!fetching.found(&content[..PART_BYTES]));
        assert_eq!(fetching.ask(), PART_BYTES as u64);
    }

    #[test]
    fn the_start_of_a_range_is_read() {
        assert_eq!(range_start("bytes 5-9/10"), Some(5));
        assert_eq!(range_start("bytes 5-9/*"), Some(5));
        for bad in ["", "bytes */10", "5-9/10", "bytes x-9/10"] {
            assert_eq!(range_start(bad), None, "{bad}");
        }
    }
}
