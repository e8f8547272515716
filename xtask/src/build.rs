//! `cargo xtask build`: the release build of the app, in `target/dist`.

use crate::project::Project;
use crate::tools::Toolbox;
use crate::{process, say};
use anyhow::{Context, Result};
use std::fs::File;
use std::process::Command;

/// Installs what is missing and builds.
///
/// # Errors
/// One sentence about what failed.
pub fn run(project: &Project) -> Result<()> {
    release(project, &Toolbox::for_building(project)?)
}

/// Builds the app for release.
///
/// # Errors
/// When a dependency cannot be fetched or Trunk fails.
pub fn release(project: &Project, tools: &Toolbox) -> Result<()> {
    fetch(project, tools)?;
    let _alone = alone(project)?;
    say::timed("building the app", || {
        process::run(
            trunk(project, tools)?.args(["build", "--release"]),
            "trunk build",
        )
    })
}

/// Waits until no other build writes to `target/dist`; the lock goes with the returned file.
fn alone(project: &Project) -> Result<File> {
    let folder = project.root.join("target");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("dist.lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    if file.try_lock().is_err() {
        say::note("another build of the app is running: waiting for it");
        file.lock().context("waiting for the other build")?;
    }
    Ok(file)
}

/// Fetches the app's dependencies, so that Trunk can be kept off the network.
///
/// # Errors
/// When the network or the registry fails, or Cargo.lock is stale.
pub fn fetch(project: &Project, tools: &Toolbox) -> Result<()> {
    process::run(
        tools.command("cargo", &project.root)?.args([
            "fetch",
            "--quiet",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
        ]),
        "fetching the app's dependencies",
    )
}

/// A Trunk command that finds the tools and this program, which seals what it builds.
///
/// # Errors
/// When this program's own file is unknown.
pub fn trunk(project: &Project, tools: &Toolbox) -> Result<Command> {
    let mut command = tools.command("trunk", &project.root)?;
    command.env("ZHIXING_XTASK", this_program()?);
    // A failed build is no crash: its backtrace tells nothing.
    command.env("RUST_BACKTRACE", "0");
    // Trunk reads NO_COLOR as a boolean and stops at the usual `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    Ok(command)
}

/// The file of this program, for others to call.
///
/// # Errors
/// When the system does not tell.
pub fn this_program() -> Result<String> {
    let file = std::env::current_exe().context("this program's own file is unknown")?;
    let text = file.to_string_lossy();
    // Linux marks the path of a program whose file was replaced while it ran.
    Ok(text.strip_suffix(" (deleted)").unwrap_or(&text).to_owned())
}
