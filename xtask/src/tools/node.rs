//! Node.js, and the packages of the browser tests and the lints.

use super::need;
use super::version::Version;
use crate::project::Project;
use crate::{process, say};
use anyhow::{Context, Result, bail};

/// The Node.js that the test runner and the lints ask for.
const FOR_TESTS: u64 = 20;

/// Makes sure that Node.js and npm are there.
///
/// # Errors
/// One sentence that says what to install.
pub fn ensure(least: u64) -> Result<()> {
    need(
        "node",
        "Node.js runs wasm-opt and the browser tests",
        "nodejs",
    )?;
    let version = process::version_line("node").and_then(|line| Version::in_line(&line));
    let version = version.context("`node --version` does not answer: install Node.js anew")?;
    if version < Version::new(&[least]) {
        bail!("Node.js {version} is too old: version {least} or later is needed");
    }
    need("npm", "it fetches tools written in JavaScript", "npm")
}

/// Installs the packages that `tests/e2e/package-lock.json` pins.
///
/// # Errors
/// When Node.js is missing or the packages cannot be fetched.
pub fn packages(project: &Project) -> Result<()> {
    ensure(FOR_TESTS)?;
    let folder = project.e2e();
    let lock = std::fs::read(folder.join("package-lock.json"))
        .context("tests/e2e/package-lock.json cannot be read")?;
    // What was installed, written last: an interrupted installation does not count.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        say::done("here already: the packages of tests/e2e");
        return Ok(());
    }
    say::timed("installing the packages of tests/e2e", || {
        process::run(
            process::command("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&folder),
            "npm ci in tests/e2e",
        )
    })?;
    std::fs::write(stamp, lock).context("tests/e2e/node_modules cannot be written")
}
