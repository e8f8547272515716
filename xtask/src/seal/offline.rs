//! What the service worker keeps, so that the app starts without a network: the list of the app's
//! own files with their digests, written into `sw.js`.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

/// The worker's file.
const WORKER: &str = "sw.js";

/// Where the worker keeps the list, and where the version.
const PLACES: [&str; 2] = ["['__FILES__']", "__VERSION__"];

/// Files that are never kept by digest: the worker itself, and what whoever runs the app changes.
const LOOSE: [&str; 2] = [WORKER, "config.json"];

/// Folders of the app that belong to it; courses are kept when a learner downloads them.
const FOLDERS: [&str; 3] = ["", "words", "icons"];

/// Writes the list into the worker of a build; nothing else of it may change afterwards.
///
/// # Errors
/// When a file cannot be read, or the worker has no place for the list.
pub fn list(staging: &Path) -> Result<()> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        for entry in std::fs::read_dir(staging.join(folder))? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.context("a file's name is odd")?;
            if path.is_dir() || LOOSE.contains(&name) || name.starts_with('.') {
                continue;
            }
            let address = match (folder, name) {
                ("", "index.html") => String::new(),
                ("", name) => name.to_owned(),
                (folder, name) => format!("{folder}/{name}"),
            };
            files.push((address, hex(&std::fs::read(&path)?)));
        }
    }
    files.sort();
    ensure!(
        files.first().is_some_and(|(address, _)| address.is_empty()),
        "there is no page to keep"
    );
    let list = listed(&files)?;
    let worker = staging.join(WORKER);
    let mut script = std::fs::read_to_string(&worker).context("sw.js cannot be read")?;
    for (place, value) in PLACES
        .iter()
        .zip([list.as_str(), &hex(list.as_bytes())[..16]])
    {
        ensure!(
            script.matches(place).count() == 1,
            "sw.js must hold {place} once"
        );
        script = script.replace(place, value);
    }
    std::fs::write(&worker, script).context("sw.js cannot be written")
}

/// The list as JavaScript writes it.
fn listed(files: &[(String, String)]) -> Result<String> {
    let mut lines = Vec::new();
    for (address, digest) in files {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
        ensure!(address.bytes().all(plain), "{address}: an odd name");
        lines.push(format!("[\"{address}\",\"{digest}\"]"));
    }
    Ok(format!("[{}]", lines.join(",")))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_is_told_every_file_of_the_app_and_no_other() {
        let dist = tempfile::tempdir().unwrap();
        for folder in ["words", "icons", "courses"] {
            std::fs::create_dir(dist.path().join(folder)).unwrap();
        }
        let write = |name: &str, text: &str| std::fs::write(dist.path().join(name), text).unwrap();
        write(
            "sw.js",
            "const FILES = ['__FILES__']; const V = '__VERSION__';",
        );
        for name in [
            "index.html",
            "app.js",
            "config.json",
            "words/en.txt",
            "courses/index.json",
        ] {
            write(name, name);
        }
        list(dist.path()).unwrap();
        let script = std::fs::read_to_string(dist.path().join("sw.js")).unwrap();
        let digests = ["index.html", "app.js", "words/en.txt"].map(|text| hex(text.as_bytes()));
        // SHA-256 of the text `app.js`, by another program.
        assert_eq!(
            digests[1],
            "e07d531ac040ce3f40e0ce632ac2a059d7cd60f20e61f78268ac3be015b3b28f"
        );
        let expected = format!(
            r#"const FILES = [["","{}"],["app.js","{}"],["words/en.txt","{}"]]; const V = '"#,
            digests[0], digests[1], digests[2]
        );
        let version = script.strip_prefix(&expected).unwrap();
        assert_eq!(version.len(), 16 + "';".len());
        assert!(list(dist.path()).is_err(), "the list stands there already");
    }
}
