//! The tools that a build needs: found on `PATH`, or installed once per user.
//!
//! Each tool and version has a folder of its own in the tools folder, so two checkouts that
//! pin different versions do not disturb each other.

pub mod debian;
mod install;
mod list;
pub mod node;
mod version;

use crate::process;
use crate::project::Project;
use crate::say;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use version::Version;

/// How a tool gets onto the machine.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// Compiled from crates.io.
    Cargo,
    /// A package of the npm registry.
    Npm,
    /// A wheel from PyPI.
    Pip,
}

/// Which versions of a tool will do.
#[derive(Clone, Debug)]
enum Accept {
    /// This version alone.
    Exactly(Version),
    /// This version or a later one.
    AtLeast(Version),
}

/// A program with the version to install when no suitable one is there.
#[derive(Clone, Debug)]
struct Tool {
    /// The command's name.
    command: &'static str,
    /// The package that brings it.
    package: &'static str,
    /// The version of the package to install.
    install: String,
    /// The versions of the command that will do.
    accept: Accept,
    /// Where the package comes from.
    source: Source,
    /// What to expect of the installation, for the person who waits.
    wait: &'static str,
}

impl Tool {
    fn suits(&self, program: impl AsRef<std::ffi::OsStr>) -> Option<Version> {
        let version = Version::in_line(&process::version_line(program)?)?;
        let suitable = match &self.accept {
            Accept::Exactly(wanted) => version == *wanted,
            Accept::AtLeast(least) => version >= *least,
        };
        suitable.then_some(version)
    }
}

/// The folders of the tools, ready to be put before `PATH`.
pub struct Toolbox {
    home: PathBuf,
    folders: Vec<PathBuf>,
    here: Vec<String>,
}

impl Toolbox {
    /// Everything that building the app takes; installs what is missing.
    ///
    /// # Errors
    /// One sentence about what is missing and how to get it.
    pub fn for_building(project: &Project) -> Result<Self> {
        let mut tools = Self::empty()?;
        tools.take_builders(project)?;
        tools.finish()
    }

    /// What building and the checks of the sources take.
    ///
    /// # Errors
    /// One sentence about what is missing and how to get it.
    pub fn for_checking(project: &Project) -> Result<Self> {
        let mut tools = Self::empty()?;
        tools.take_builders(project)?;
        tools.take(&list::typos())?;
        tools.take(&list::cargo_deny())?;
        tools.take(&list::node())?;
        tools.finish()
    }

    /// What building and the tests in browsers take.
    ///
    /// # Errors
    /// One sentence about what is missing and how to get it.
    pub fn for_browsers(project: &Project) -> Result<Self> {
        let mut tools = Self::empty()?;
        tools.take_builders(project)?;
        tools.take(&list::geckodriver())?;
        tools.finish()
    }

    /// What building and the tests of the whole app take.
    ///
    /// # Errors
    /// One sentence about what is missing and how to get it.
    pub fn for_testing(project: &Project) -> Result<Self> {
        let mut tools = Self::empty()?;
        tools.take_builders(project)?;
        tools.take(&list::node())?;
        tools.finish()
    }

    fn take_builders(&mut self, project: &Project) -> Result<()> {
        self.wasm_target()?;
        self.take(&list::trunk())?;
        self.take(&list::wasm_bindgen(project)?)?;
        self.take(&list::wasm_opt())?;
        self.take(&list::esbuild())
    }

    fn finish(self) -> Result<Self> {
        if !self.here.is_empty() {
            say::done(&format!("here already: {}", self.here.join(", ")));
        }
        install::tidy(&self.home)?;
        Ok(self)
    }

    fn empty() -> Result<Self> {
        Ok(Self {
            home: home()?,
            folders: Vec::new(),
            here: Vec::new(),
        })
    }

    /// The file of a tool: in its folder, or by its name alone where it is on `PATH`.
    pub fn file(&self, name: &str) -> PathBuf {
        let mut files = self.folders.iter().map(|folder| folder.join(name));
        files
            .find(|file| file.is_file())
            .or_else(|| process::on_path(name))
            .unwrap_or_else(|| name.into())
    }

    /// A command that finds the tools before anything else on `PATH`.
    ///
    /// # Errors
    /// When a tool's folder cannot be put on `PATH`.
    pub fn command(&self, program: impl AsRef<Path>, folder: &Path) -> Result<Command> {
        let path = process::path_with(self.folders.iter().map(PathBuf::as_path))?;
        // Resolved here: the search of the standard library would use the old PATH.
        let file = self
            .folders
            .iter()
            .map(|folder| folder.join(&program))
            .find(|file| file.is_file());
        let file = file.unwrap_or_else(|| program.as_ref().to_owned());
        let mut command = process::command(file);
        command.env("PATH", path).current_dir(folder);
        Ok(command)
    }

    fn wasm_target(&mut self) -> Result<()> {
        const TARGET: &str = "wasm32-unknown-unknown";
        let libraries = process::output(
            process::command("rustc").args(["--print", "target-libdir", "--target", TARGET]),
            "asking rustc for its targets",
        )?;
        if Path::new(libraries.trim()).is_dir() {
            self.here.push(format!("target {TARGET}"));
            return Ok(());
        }
        if process::on_path("rustup").is_none() {
            bail!(
                "the Rust target {TARGET} is missing, and so is rustup to install it: see https://rustup.rs"
            );
        }
        say::timed(&format!("installing the Rust target {TARGET}"), || {
            process::run(
                process::command("rustup").args(["target", "add", TARGET]),
                "rustup target add",
            )
        })
    }

    /// Makes sure that `tool` is there.
    fn take(&mut self, tool: &Tool) -> Result<()> {
        if let Some(version) = tool.suits(tool.command) {
            self.here.push(format!("{} {version}", tool.command));
            return Ok(());
        }
        let folder = install::folder(&self.home, tool);
        let file = folder.join(tool.command);
        if let Some(version) = tool.suits(&file) {
            self.here.push(format!("{} {version}", tool.command));
        } else {
            let what = format!(
                "installing {} {} ({})",
                tool.package, tool.install, tool.wait
            );
            say::timed(&what, || install::install(&self.home, tool))?;
            tool.suits(&file).with_context(|| {
                format!(
                    "{} was installed but does not run: delete {} and try again",
                    tool.command,
                    folder.display()
                )
            })?;
        }
        self.folders.push(folder);
        Ok(())
    }
}

/// Fails with one sentence when `program` is not on `PATH`.
fn need(program: &str, why: &str, debian: &str) -> Result<()> {
    if process::on_path(program).is_some() {
        return Ok(());
    }
    bail!("`{program}` is missing ({why}): on Debian, `sudo apt-get install {debian}` brings it")
}

/// The tools folder: `$ZHIXING_TOOLS`, else `zhixing-tools` in the user's cache folder.
fn home() -> Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("ZHIXING_TOOLS") {
        return std::path::absolute(folder).context("ZHIXING_TOOLS does not name a folder");
    }
    let cache = set("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".cache")));
    let cache =
        cache.context("set ZHIXING_TOOLS to a folder: there is no HOME to keep tools in")?;
    Ok(cache.join("zhixing-tools"))
}
