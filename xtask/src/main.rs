//! `cargo xtask`: everything one does with this repository, from a bare machine to a served app.
//!
//! `cargo xtask help` lists the commands. Every command says what it does, skips what is
//! there already, and ends with one sentence when it cannot go on.

mod bench;
mod build;
mod check;
mod cli;
#[cfg(feature = "app")]
mod pack;
mod portable;
mod process;
mod project;
mod say;
mod seal;
mod serve;
mod split;
mod testing;
mod tools;

use anyhow::Result;
use cli::Command;
use project::Project;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::stopped(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        #[cfg(not(feature = "app"))]
        Command::Serve(options) if options.class => Err(with_app()),
        Command::Serve(options) => serve::run(&Project::find()?, &options),
        Command::Bench(what) => bench::run(&Project::find()?, what),
        Command::Build => build::run(&Project::find()?),
        Command::Check => check::run(&Project::find()?),
        #[cfg(feature = "app")]
        Command::Pack(options) => pack::run(&Project::find()?.root, &options),
        Command::Test(parts) => testing::run(&Project::find()?, &parts),
        #[cfg(not(feature = "app"))]
        Command::NeedsApp => Err(with_app()),
        Command::Portable(options) => portable::run(&Project::find()?, &options),
        Command::Seal => seal::run(),
    }
}

/// Becomes this same command, compiled with the app's library; returns only if that fails.
#[cfg(not(feature = "app"))]
fn with_app() -> anyhow::Error {
    use std::os::unix::process::CommandExt;
    let error = process::command("cargo")
        .args([
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--features",
            "app",
            "--",
        ])
        .args(std::env::args_os().skip(1))
        .exec();
    anyhow::Error::new(error).context("cargo cannot be started")
}
