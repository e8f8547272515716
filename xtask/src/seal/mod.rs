//! `cargo xtask seal`: the last step of a build, run by Trunk's hook on its staging folder.
//!
//! The page's Content-Security-Policy gets the hashes of its inline scripts and styles; in a
//! release every compressible file gets a `.br` and a `.gz` beside it, for any web server that
//! sends precompressed files.

mod compress;
mod html;
mod policy;

use crate::say;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// Seals the build that Trunk announces in its environment.
///
/// # Errors
/// When Trunk did not call this, the page breaks its own policy, or a file cannot be written.
pub fn run() -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .context("this is called by Trunk: run `cargo xtask build`")?;
    let staging = PathBuf::from(staging);
    let page = staging.join("index.html");
    let html = std::fs::read_to_string(&page).context("the built index.html cannot be read")?;
    let sealed = policy::seal(&html).context("index.html")?;
    ensure!(sealed != html, "index.html was sealed already");
    std::fs::write(&page, sealed).context("index.html cannot be written")?;
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        let count = compress::folder(&staging)?;
        say::done(&format!("sealed the page and compressed {count} files"));
    }
    Ok(())
}
