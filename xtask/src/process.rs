//! Running other programs.

use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// A command for `program` that does not inherit what Cargo set for this program alone.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end, its output going to the terminal.
///
/// # Errors
/// When it cannot be started or ends with a failure; the sentence names `what`.
pub fn run(command: &mut Command, what: &str) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{what}: {} cannot be started", shown(command)))?;
    ensure_success(status, what)
}

/// Runs a command to its end and returns what it wrote to standard output.
///
/// # Errors
/// When it cannot be started, or ends with a failure.
pub fn output(command: &mut Command, what: &str) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{what}: {} cannot be started", shown(command)))?;
    ensure_success(output.status, what)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command to its end on `input` and returns what it wrote to standard output.
///
/// # Errors
/// When it cannot be started, or ends with a failure.
pub fn filter(command: &mut Command, input: &str, what: &str) -> Result<String> {
    let mut running = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{what}: {} cannot be started", shown(command)))?;
    if let Some(mut stdin) = running.stdin.take() {
        stdin
            .write_all(input.as_bytes())
            .with_context(|| format!("{what} does not read"))?;
    }
    let output = running
        .wait_with_output()
        .with_context(|| format!("{what} was lost"))?;
    ensure_success(output.status, what)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn ensure_success(status: ExitStatus, what: &str) -> Result<()> {
    if !status.success() {
        bail!("{what} failed ({status}); the lines above say why");
    }
    Ok(())
}

fn shown(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// What `program --version` prints, or `None` when it does not run.
pub fn version_line(program: impl AsRef<OsStr>) -> Option<String> {
    version_of(&mut command(program))
}

/// What the command prints when `--version` is added, or `None` when it does not run.
pub fn version_of(command: &mut Command) -> Option<String> {
    let output = command
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// The first file called `name` in the folders of `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// `PATH` with `folders` in front of it.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn path_with<'a>(folders: impl Iterator<Item = &'a Path>) -> Result<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders
        .map(Path::to_owned)
        .chain(std::env::split_paths(&old))
        .collect::<Vec<_>>();
    std::env::join_paths(all).context("a tool's folder cannot be put on PATH")
}
