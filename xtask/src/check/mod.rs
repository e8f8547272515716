//! `cargo xtask check`: everything that is checked without running the app.

mod size;
mod wasm;

use crate::project::Project;
use crate::say::{self, Outcome};
use crate::tools::{Toolbox, node};
use crate::{build, process};
use anyhow::{Result, bail};
use std::time::Instant;

/// The browser build's target, as Cargo is told.
const WASM: [&str; 4] = ["--package", "zhixing", "--target", "wasm32-unknown-unknown"];

/// Runs every check; ends with what passed and what did not.
///
/// # Errors
/// One sentence that names the checks that failed.
pub fn run(project: &Project) -> Result<()> {
    let tools = Toolbox::for_checking(project)?;
    node::packages(project, &tools)?;
    let mut all = Checks {
        project,
        tools: &tools,
        outcomes: Vec::new(),
        failed: Vec::new(),
    };
    all.sources();
    all.rust();
    all.built_app();
    all.finish()
}

struct Checks<'a> {
    project: &'a Project,
    tools: &'a Toolbox,
    outcomes: Vec<Outcome>,
    failed: Vec<&'static str>,
}

impl Checks<'_> {
    /// What takes seconds.
    fn sources(&mut self) {
        self.command("format", "cargo", &["fmt", "--all", "--check"]);
        let deny = [
            "check",
            "--hide-inclusion-graph",
            "bans",
            "licenses",
            "sources",
        ];
        self.command("licences and sources", "cargo-deny", &deny);
        self.command("spelling", "typos", &["--config", ".ci/typos.toml"]);
        self.step("browser floor: the lints themselves", |all| {
            all.node(
                "the lints' own tests",
                &["--test", "--test-reporter=dot", "floor/floor.test.mjs"],
            )
        });
    }

    /// Clippy and rustdoc share what they compile, target by target.
    fn rust(&mut self) {
        let clippy = |scope: &[&'static str]| {
            [&["clippy", "--quiet"], scope, &["--", "-D", "warnings"]].concat()
        };
        let doc = |scope: &[&'static str]| [&["doc", "--quiet", "--no-deps"], scope].concat();
        let host = ["--workspace", "--all-targets", "--all-features"];
        let browser = [&WASM[..], &["--lib", "--bins", "--test", "web"]].concat();
        self.command("clippy, host", "cargo", &clippy(&host));
        self.command(
            "rustdoc, host",
            "cargo",
            &doc(&["--workspace", "--all-features"]),
        );
        self.command("clippy, wasm32", "cargo", &clippy(&browser));
        self.command(
            "rustdoc, wasm32",
            "cargo",
            &doc(&[&WASM[..], &["--lib"]].concat()),
        );
    }

    /// What only the release build can show.
    fn built_app(&mut self) {
        if !self.step("release build", |all| {
            build::release(all.project, all.tools)
        }) {
            return;
        }
        self.step("size of the app", |all| size::check(&all.project.dist()));
        self.step("browser floor: wasm", |all| {
            wasm::check(&all.project.dist())
        });
        self.step("browser floor: JavaScript and CSS", |all| {
            let folders = ["floor/lint.mjs", "../../target/dist", "../../style"];
            all.node("the lint of the browser floor", &folders)
        });
    }

    fn node(&self, what: &str, arguments: &[&str]) -> Result<()> {
        process::run(
            self.tools
                .command("node", &self.project.e2e())?
                .args(arguments),
            what,
        )
    }

    fn command(&mut self, what: &'static str, program: &str, arguments: &[&str]) {
        self.step(what, |all| {
            process::run(
                all.tools
                    .command(program, &all.project.root)?
                    .args(arguments)
                    .env("RUSTDOCFLAGS", "-D warnings"),
                what,
            )
        });
    }

    /// Runs one check; a failure is reported and the others go on.
    fn step(&mut self, what: &'static str, check: impl FnOnce(&Self) -> Result<()>) -> bool {
        say::start(what);
        let begun = Instant::now();
        let result = check(self);
        let took = begun.elapsed();
        self.outcomes.push(Outcome::new(what, result.is_ok(), took));
        match &result {
            Ok(()) => say::done(&format!("{what}: {}", say::seconds(took))),
            Err(error) => {
                say::stopped(error);
                self.failed.push(what);
            }
        }
        result.is_ok()
    }

    fn finish(self) -> Result<()> {
        say::table(&self.outcomes);
        if !self.failed.is_empty() {
            bail!("these checks did not pass: {}", self.failed.join("; "));
        }
        say::done("all checks passed");
        Ok(())
    }
}
