//! `cargo xtask bench`: how quickly the app answers, and how long a standing takes.

use crate::cli::Measure;
use crate::project::Project;
use crate::tools::Toolbox;
use crate::tools::{debian, node};
use crate::{build, process, testing};
use anyhow::{Context, Result};
use std::process::Child;

/// Measures one thing.
///
/// # Errors
/// When a figure is over its budget, or something is missing.
pub fn run(project: &Project, what: Measure) -> Result<()> {
    match what {
        Measure::Ui => ui(project),
        Measure::Class => in_browser(project, "bench/class.mjs"),
        Measure::Search => in_browser(project, "bench/search.mjs"),
        Measure::Import => in_browser(project, "bench/import.mjs"),
        Measure::Reading => in_browser(project, "bench/reading.mjs"),
        Measure::Standing => standing(project),
        Measure::Sessions => sessions(project),
        Measure::Soak => soak(project),
    }
}

/// Builds and serves the app, and measures keys, posts and step changes on a full device.
fn ui(project: &Project) -> Result<()> {
    in_browser(project, "bench/ui.mjs")
}

/// Measures a standing of 100,000 records on the host, and a start with them in the browser.
fn standing(project: &Project) -> Result<()> {
    let tools = Toolbox::for_testing(project)?;
    process::run(
        tools.command("cargo", &project.root)?.args([
            "bench",
            "--quiet",
            "--package",
            "zhixing",
            "--bench",
            "standing",
        ]),
        "the bench on the host",
    )?;
    in_browser(project, "bench/start.mjs")
}

/// Measures 20 scripted sessions of study: what was credited beside the truth.
fn sessions(project: &Project) -> Result<()> {
    in_browser(project, "bench/sessions.mjs")
}

/// Sends through a network that misbehaves, and compares both sides; then kills the browser while
/// somebody studies.
fn soak(project: &Project) -> Result<()> {
    testing::reference_backend(project, &Toolbox::for_testing(project)?)?;
    in_browser(project, "bench/soak.mjs")?;
    in_browser(project, "bench/kills.mjs")
}

/// Builds and serves the app and runs a script that measures it.
fn in_browser(project: &Project, script: &str) -> Result<()> {
    let tools = Toolbox::for_testing(project)?;
    let browser = debian::browser()?;
    node::packages(project, &tools)?;
    build::release(project, &tools)?;
    let port = testing::free_port()?;
    let _server = Server::start(project, port)?;
    process::run(
        tools
            .command("node", &project.e2e())?
            .arg(script)
            .env("ADDRESS", format!("http://127.0.0.1:{port}/"))
            .env("CHROMIUM", &browser.chromium),
        "the bench",
    )
}

/// This program serving the last build, until dropped.
struct Server(Child);

impl Server {
    fn start(project: &Project, port: u16) -> Result<Self> {
        let child = process::command(build::this_program()?)
            .args(["serve", "--no-build", "--no-open", "--no-class", "--port"])
            .arg(port.to_string())
            .current_dir(&project.root)
            .spawn()
            .context("the server cannot be started")?;
        let server = Self(child);
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        anyhow::bail!("the server does not answer")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
