//! Where the repository is and what it pins.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// The repository that the command works on.
pub struct Project {
    /// The folder that holds `Trunk.toml`.
    pub root: PathBuf,
}

impl Project {
    /// Finds the repository by walking up from the current folder.
    ///
    /// # Errors
    /// When neither this folder nor any above it holds the app.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        for folder in here.ancestors() {
            if folder.join("Trunk.toml").is_file() && folder.join("xtask").is_dir() {
                return Ok(Self {
                    root: folder.to_owned(),
                });
            }
        }
        bail!(
            "run this inside the folder that holds the project, not in {}",
            here.display()
        )
    }

    /// The folder of the built app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("target/dist")
    }

    /// The folder of the app that `serve --dev` rebuilds.
    pub fn dist_dev(&self) -> PathBuf {
        self.root.join("target/dist-dev")
    }

    /// The folder of the browser tests and of the lints written in JavaScript.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The version of `package` that `Cargo.lock` pins.
    ///
    /// # Errors
    /// When the lock file cannot be read or does not name the package.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = std::fs::read_to_string(self.root.join("Cargo.lock"))
            .context("Cargo.lock cannot be read")?;
        version_in_lock(&lock, package)
            .with_context(|| format!("Cargo.lock does not name {package}"))
    }
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    let version = after.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_read_by_the_whole_name() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(version_in_lock(lock, "a").as_deref(), Some("1.2.3"));
        assert_eq!(version_in_lock(lock, "b"), None);
    }
}
