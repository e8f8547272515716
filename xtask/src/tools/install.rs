//! Installing a tool into its own folder. An installation that was interrupted leaves nothing
//! that looks finished, and the compiled parts are kept for the next try.

use super::{Source, Tool, need};
use crate::{process, say};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the tool's commands once it is installed.
pub fn folder(home: &Path, tool: &Tool) -> PathBuf {
    match tool.source {
        Source::Cargo | Source::Pip => root(home, tool).join("bin"),
        Source::Npm => root(home, tool).join("node_modules/.bin"),
    }
}

fn root(home: &Path, tool: &Tool) -> PathBuf {
    home.join(format!("{}-{}", tool.package, tool.install))
}

/// Installs the tool.
///
/// # Errors
/// One sentence about what failed; what the installer wrote stands above it.
pub fn install(home: &Path, tool: &Tool) -> Result<()> {
    std::fs::create_dir_all(home)
        .with_context(|| format!("the tools folder {} cannot be made", home.display()))?;
    match tool.source {
        Source::Cargo => cargo(home, tool),
        Source::Npm => npm(home, tool),
        Source::Pip => pip(home, tool),
    }
}

/// Compiles with the locked dependencies; without the lock when the index lags behind it.
fn cargo(home: &Path, tool: &Tool) -> Result<()> {
    let what = format!("cargo install {}", tool.package);
    let locked = process::run(cargo_install(home, tool).arg("--locked"), &what);
    if locked.is_err() {
        say::note("that did not work with the locked dependencies: trying the latest");
        return process::run(&mut cargo_install(home, tool), &what);
    }
    locked
}

/// A quick compilation: these tools wait for other programs most of the time.
fn cargo_install(home: &Path, tool: &Tool) -> Command {
    let mut command = process::command("cargo");
    command
        .args(["install", "--force", "--version", &tool.install, "--root"])
        .arg(root(home, tool))
        .arg(tool.package)
        .current_dir(home)
        .env("CARGO_TARGET_DIR", home.join(BUILD))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command
}

/// Where Cargo compiles the tools.
const BUILD: &str = "build";

/// Removes what only compiling needed.
///
/// # Errors
/// When the files cannot be deleted.
pub fn tidy(home: &Path) -> Result<()> {
    let build = home.join(BUILD);
    if !build.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(&build)
        .with_context(|| format!("{} cannot be deleted", build.display()))
}

fn npm(home: &Path, tool: &Tool) -> Result<()> {
    super::node::ensure()?;
    whole_or_nothing(home, tool, |folder| {
        process::run(
            process::command("npm")
                .args(["install", "--no-save", "--no-audit", "--no-fund"])
                .args(["--loglevel=error", "--prefix"])
                .arg(folder)
                .arg(format!("{}@{}", tool.package, tool.install))
                .current_dir(home),
            &format!("npm install {}", tool.package),
        )
    })
}

/// A wheel brings a finished program; `--target` leaves the system's Python alone.
fn pip(home: &Path, tool: &Tool) -> Result<()> {
    need(
        "python3",
        "it fetches tools from PyPI",
        "python3 python3-pip",
    )?;
    let has_pip = process::version_of(process::command("python3").args(["-m", "pip"]));
    ensure!(
        has_pip.is_some(),
        "`pip` is missing (it fetches {}): on Debian, `sudo apt-get install python3-pip` brings it",
        tool.command
    );
    whole_or_nothing(home, tool, |folder| {
        process::run(
            process::command("python3")
                .args(["-m", "pip", "install", "--quiet", "--no-deps"])
                .args(["--disable-pip-version-check", "--root-user-action=ignore"])
                .args(["--only-binary=:all:", "--target"])
                .arg(folder)
                .arg(format!("{}=={}", tool.package, tool.install))
                .current_dir(home),
            &format!("pip install {}", tool.package),
        )
    })
}

/// Fills a folder beside the final one, and moves it into place only when it is complete.
fn whole_or_nothing(
    home: &Path,
    tool: &Tool,
    fill: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let part = home.join(format!("{}.part-{}", tool.package, std::process::id()));
    std::fs::create_dir_all(&part)?;
    let moved = fill(&part).and_then(|()| {
        let root = root(home, tool);
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        Ok(std::fs::rename(&part, &root)?)
    });
    if moved.is_err() {
        // The reason is reported; a left-over folder does no harm.
        let _ = std::fs::remove_dir_all(&part);
    }
    moved
}
