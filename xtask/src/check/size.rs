//! The size gate: what a first visit must load, and what comes later, as Brotli sends it.

use crate::say;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// More than this many bytes, 300 KB of 1,024 each, and the check fails.
const LIMIT: u64 = 300 * 1024;
/// More than this many bytes, and the check warns.
const AIM: u64 = 200 * 1024;

/// Files that no start loads, told by what their names begin or end with.
struct Group {
    /// When they come.
    with: &'static str,
    /// More than this, in bytes, and the check fails.
    limit: u64,
    /// Whether a file is one of them.
    has: fn(&str) -> bool,
}

/// All groups; a file is of the first that has it, and of the start if none does. (The English words,
/// which an English start loads, are shorter than the Chinese ones, which are in the module.)
const GROUPS: [Group; 4] = [
    Group {
        with: "when a package is opened",
        limit: 180 * 1024,
        has: |name| name.starts_with("zhixing-worker"),
    },
    Group {
        with: "with projection",
        limit: 40 * 1024,
        has: |name| of_part(name, "deck"),
    },
    Group {
        with: "with the first text that is read, for highlights, notes and search",
        limit: 49 * 1024,
        has: |name| of_part(name, "notes"),
    },
    Group {
        // Whoever studies fetches 206 KB of it with the first step, whoever signs in to a backend the rest.
        with: "with the screens of score and class",
        limit: 320 * 1024,
        has: |name| of_part(name, "score") || of_part(name, "class") || name.contains("words/"),
    },
];

/// Whether a file is the code, the styles or the words of a part.
fn of_part(name: &str, part: &str) -> bool {
    name.ends_with(&format!("_{part}.wasm"))
        || name.ends_with(&format!("{part}.css"))
        || name.contains(&format!("words/{part}."))
}

/// Folders whose files are no part of the app itself.
const APART: [&str; 2] = ["courses", "schema"];
/// The kinds of file that make up the app.
const KINDS: [&str; 6] = ["html", "css", "js", "mjs", "wasm", "txt"];

/// Adds up the app in `dist`, file by file.
///
/// # Errors
/// When there is no build, or it is too large.
pub fn check(dist: &Path) -> Result<()> {
    let mut files = measure(dist)?;
    files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (name, bytes) in &files {
        eprintln!("  {bytes:>8} bytes  {name}");
    }
    let group = |name: &str| GROUPS.iter().position(|group| (group.has)(name));
    let sum = |of: Option<usize>| {
        let all = files.iter().filter(|(name, _)| group(name) == of);
        all.map(|(_, bytes)| bytes).sum::<u64>()
    };
    let shell = sum(None);
    eprintln!("  {shell:>8} bytes that every start loads; the limit is {LIMIT}, the aim {AIM}");
    judge(shell)?;
    for (at, Group { with, limit, .. }) in GROUPS.iter().enumerate() {
        let bytes = sum(Some(at));
        eprintln!("  {bytes:>8} bytes that come {with}; the limit is {limit}");
        ensure!(
            bytes <= *limit,
            "what comes {with} takes {bytes} bytes, {} more than allowed",
            bytes.saturating_sub(*limit)
        );
    }
    Ok(())
}

fn judge(sum: u64) -> Result<()> {
    ensure!(
        sum <= LIMIT,
        "the app takes {sum} bytes, {} more than allowed",
        sum - LIMIT
    );
    if sum > AIM {
        say::note(&format!("the app is {} bytes over its aim", sum - AIM));
    }
    Ok(())
}

/// The app's files with their compressed sizes.
fn measure(dist: &Path) -> Result<Vec<(String, u64)>> {
    let mut sizes = Vec::new();
    for file in files_below(dist)? {
        let below = file.strip_prefix(dist).unwrap_or(&file);
        let apart = APART.iter().any(|folder| below.starts_with(folder));
        let kind = file.extension().and_then(|kind| kind.to_str());
        if apart || !kind.is_some_and(|kind| KINDS.contains(&kind)) {
            continue;
        }
        sizes.push((below.display().to_string(), sent(&file)?));
    }
    let there = |kind: &str| sizes.iter().any(|(name, _)| name.ends_with(kind));
    ensure!(
        there(".html") && there(".wasm"),
        "there is no release build in {}",
        dist.display()
    );
    Ok(sizes)
}

/// What a server sends: the compressed copy where there is one.
fn sent(file: &Path) -> Result<u64> {
    let mut packed = file.as_os_str().to_owned();
    packed.push(".br");
    let about = std::fs::metadata(&packed).or_else(|_| std::fs::metadata(file));
    Ok(about.with_context(|| file.display().to_string())?.len())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_is_measured_as_it_is_sent_and_without_its_courses() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dist.path().join("courses")).unwrap();
        for (name, bytes) in [
            ("index.html", 5),
            ("app.wasm", 100),
            ("app.wasm.br", 30),
            ("app.wasm.gz", 40),
            ("app_score.wasm", 20),
            ("courses/large.js", 1000),
            ("icon.svg", 1000),
        ] {
            std::fs::write(dist.path().join(name), vec![0; bytes]).unwrap();
        }
        let mut sizes = measure(dist.path()).unwrap();
        sizes.sort();
        let expected = [
            ("app.wasm".to_owned(), 30),
            ("app_score.wasm".to_owned(), 20),
            ("index.html".to_owned(), 5),
        ];
        assert_eq!(sizes, expected);
    }

    #[test]
    fn a_file_is_of_one_group_or_of_the_start() {
        let group = |name: &str| GROUPS.iter().position(|group| (group.has)(name));
        for (name, of) in [
            ("zhixing-worker-1.wasm", Some(0)),
            ("zhixing-1_deck.wasm", Some(1)),
            ("words/notes.en.txt", Some(2)),
            ("notes.css", Some(2)),
            ("zhixing-1_class.wasm", Some(3)),
            ("words/app.en.txt", Some(3)),
            ("zhixing-1_rest.wasm", None),
            ("boot.js", None),
        ] {
            assert_eq!(group(name), of, "{name}");
        }
    }

    #[test]
    fn an_app_over_the_limit_and_a_missing_app_are_refused() {
        assert!(judge(LIMIT).is_ok());
        assert!(judge(LIMIT + 1).is_err());
        assert!(measure(tempfile::tempdir().unwrap().path()).is_err());
    }
}
