//! The size gate: what a first visit must load, and what comes later, as Brotli sends it.

use crate::say;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// More than this many bytes, 300 KB of 1,024 each, and the check fails.
const LIMIT: u64 = 300 * 1024;
/// More than this many bytes, and the check warns.
const AIM: u64 = 200 * 1024;

/// What is fetched when a screen of the score, of the class or of backends is first opened, in bytes,
/// and no start waits for: more than this, and the check fails. Whoever studies fetches 200 KB of it
/// with the first step, whoever signs in to a backend the rest.
const LATER_LIMIT: u64 = 308 * 1024;

/// What is fetched when somebody opens a course package, in bytes: more than this, and the check fails.
const WORKER_LIMIT: u64 = 180 * 1024;

/// What is fetched when a topic is projected, in bytes: more than this, and the check fails.
const DECK_LIMIT: u64 = 40 * 1024;

/// What its files are called.
const DECK: [&str; 4] = ["_deck.wasm", "deck.css", "deck.zh-CN.txt", "deck.en.txt"];

/// What the names of the worker's files begin with.
const WORKER: &str = "zhixing-worker";

/// What the files that no start loads are called. (The English words, which an English start loads,
/// are shorter than the Chinese ones, which are in the module.)
const LATER: [&str; 5] = [
    "_score.wasm",
    "score.css",
    "_class.wasm",
    "class.css",
    ".txt",
];

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
    let sum = |when: When| {
        let of = files.iter().filter(|(name, _)| When::of(name) == when);
        of.map(|(_, bytes)| bytes).sum::<u64>()
    };
    let (shell, later, worker) = (sum(When::Start), sum(When::Later), sum(When::Package));
    eprintln!("  {shell:>8} bytes that every start loads; the limit is {LIMIT}, the aim {AIM}");
    eprintln!(
        "  {later:>8} bytes that come with the screens of score and class; the limit is {LATER_LIMIT}"
    );
    eprintln!(
        "  {worker:>8} bytes that come when a package is opened; the limit is {WORKER_LIMIT}"
    );
    let deck = sum(When::Deck);
    eprintln!("  {deck:>8} bytes that come with projection; the limit is {DECK_LIMIT}");
    judge(shell)?;
    ensure!(
        deck <= DECK_LIMIT,
        "projection takes {deck} bytes, {} more than allowed",
        deck - DECK_LIMIT
    );
    ensure!(
        worker <= WORKER_LIMIT,
        "the worker takes {worker} bytes, {} more than allowed",
        worker - WORKER_LIMIT
    );
    ensure!(
        later <= LATER_LIMIT,
        "the screens of score and class take {later} bytes, {} more than allowed",
        later - LATER_LIMIT
    );
    Ok(())
}

/// When a file is loaded.
#[derive(PartialEq, Eq)]
enum When {
    Start,
    Later,
    Package,
    Deck,
}

impl When {
    fn of(name: &str) -> Self {
        if name.starts_with(WORKER) {
            Self::Package
        } else if DECK.iter().any(|end| name.ends_with(end)) {
            Self::Deck
        } else if LATER.iter().any(|end| name.ends_with(end)) {
            Self::Later
        } else {
            Self::Start
        }
    }
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
    fn an_app_over_the_limit_and_a_missing_app_are_refused() {
        assert!(judge(LIMIT).is_ok());
        assert!(judge(LIMIT + 1).is_err());
        assert!(measure(tempfile::tempdir().unwrap().path()).is_err());
    }
}
