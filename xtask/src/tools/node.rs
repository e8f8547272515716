//! Node.js, and the packages of the browser tests and the lints.

use super::version::Version;
use super::{Toolbox, need};
use crate::project::Project;
use crate::{process, say};
use anyhow::{Context, Result, bail};

/// The oldest major version that runs wasm-opt.
const LEAST: u64 = 18;

/// Makes sure that Node.js and npm are there.
///
/// # Errors
/// One sentence that says what to install.
pub fn ensure() -> Result<()> {
    need(
        "node",
        "Node.js runs wasm-opt and the browser tests",
        "nodejs",
    )?;
    let version = process::version_line("node").and_then(|line| Version::in_line(&line));
    let version = version.context("`node --version` does not answer: install Node.js anew")?;
    if version < Version::new(&[LEAST]) {
        bail!("Node.js {version} is too old: version {LEAST} or later is needed");
    }
    need("npm", "it fetches tools written in JavaScript", "npm")
}

/// Installs the packages that `tests/e2e/package-lock.json` pins.
///
/// # Errors
/// When the packages cannot be fetched.
pub fn packages(project: &Project, tools: &Toolbox) -> Result<()> {
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
            tools
                .command("npm", &folder)?
                .args(["ci", "--ignore-scripts"])
                .args(["--no-audit", "--no-fund", "--loglevel=error"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
            "npm ci in tests/e2e",
        )
    })?;
    std::fs::write(stamp, lock).context("tests/e2e/node_modules cannot be written")
}
