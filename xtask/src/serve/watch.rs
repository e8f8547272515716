//! `serve --dev`: Trunk rebuilds the app whenever a file changes.

use crate::project::Project;
use crate::tools::Toolbox;
use crate::{build, say};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::time::Duration;
use tokio::process::{Child, Command};

/// How often the first build is looked for.
const LOOK: Duration = Duration::from_millis(100);

/// A running Trunk; it ends with this value.
pub struct Watch(Child);

/// Starts Trunk and waits until its first build lies in `folder`.
///
/// # Errors
/// When a dependency cannot be fetched or Trunk ends.
pub async fn start(project: &Project, tools: &Toolbox, folder: &Path) -> Result<Watch> {
    build::fetch(project, tools)?;
    let page = folder.join("index.html");
    if page.exists() {
        std::fs::remove_file(&page).context("the last development build cannot be removed")?;
    }
    say::start("building the app; every change of a file rebuilds it");
    let mut command = Command::from(build::trunk(project, tools)?);
    command.arg("watch").arg("--dist").arg(folder);
    command
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true);
    let mut trunk = command.spawn().context("trunk cannot be started")?;
    while !page.exists() {
        if trunk.try_wait()?.is_some() {
            bail!("trunk watch ended; the lines above say why");
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(Watch(trunk))
}

impl Watch {
    /// Waits for Trunk, which does not end by itself.
    ///
    /// # Errors
    /// When it does.
    pub async fn run(mut self) -> Result<()> {
        let status = self.0.wait().await.context("trunk watch was lost")?;
        bail!("trunk watch ended ({status}); the lines above say why")
    }
}
