//! `cargo xtask test`: all tests, each kind where it belongs.

use crate::project::Project;
use crate::say::{self, Outcome};
use crate::tools::debian::{self, Browser};
use crate::tools::{Toolbox, node};
use crate::{build, process};
use anyhow::{Context, Result};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// One kind of tests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// Everything that needs no browser.
    Host,
    /// The parts of the app that need one, run in it.
    Web,
    /// The whole app, used as a person uses it.
    EndToEnd,
    /// The class once more, over real backends that are not installed for every run.
    Backends,
}

impl Part {
    /// All of them, the quickest to fail first.
    pub const ALL: [Self; 3] = [Self::Host, Self::Web, Self::EndToEnd];

    /// The part's name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "host" => Self::Host,
            "web" => Self::Web,
            "e2e" => Self::EndToEnd,
            _ => return None,
        })
    }

    fn title(self) -> &'static str {
        match self {
            Self::Host => "tests on this machine",
            Self::Web => "tests in the browser",
            Self::EndToEnd => "tests of the whole app",
            Self::Backends => "tests over real backends",
        }
    }
}

/// Runs the given parts; ends with what ran.
///
/// # Errors
/// One sentence that names the first part that failed.
pub fn run(project: &Project, parts: &[Part]) -> Result<()> {
    let mut outcomes = Vec::new();
    let result = parts.iter().try_for_each(|part| {
        say::start(part.title());
        let begun = Instant::now();
        let result = part_alone(project, *part);
        outcomes.push(Outcome::new(part.title(), result.is_ok(), begun.elapsed()));
        result
    });
    say::table(&outcomes);
    result.context("not all tests ran and passed")?;
    say::done("all tests passed");
    Ok(())
}

fn part_alone(project: &Project, part: Part) -> Result<()> {
    match part {
        Part::Host => {
            process::run(
                process::command("cargo")
                    .args(["test", "--workspace", "--all-features"])
                    .current_dir(&project.root),
                part.title(),
            )?;
            contract(project)
        }
        Part::Web => {
            let tools = Toolbox::for_browsers(project)?;
            let chromium = debian::browser()?;
            let firefox = debian::firefox()?;
            web(project, &tools, |test| {
                test.env("CHROMEDRIVER", &chromium.driver)
                    .env(SETTINGS, project.root.join("tests/web/webdriver.json"));
            })?;
            let settings = firefox_settings(project, &firefox)?;
            web(project, &tools, |test| {
                test.env("GECKODRIVER", tools.file("geckodriver"))
                    .env(SETTINGS, settings);
            })
        }
        Part::EndToEnd => {
            let tools = Toolbox::for_testing(project)?;
            let browser = debian::browser()?;
            node::packages(project, &tools)?;
            build::release(project, &tools)?;
            reference_backend(project, &tools)?;
            let (browsers, firefox) = (Toolbox::for_browsers(project)?, debian::firefox()?);
            end_to_end(project, &tools, &browser, |test| {
                test.env("GECKODRIVER", browsers.file("geckodriver"))
                    .env("FIREFOX", firefox);
            })
        }
        Part::Backends => {
            let tools = Toolbox::for_testing(project)?;
            let browser = debian::browser()?;
            node::packages(project, &tools)?;
            build::release(project, &tools)?;
            reference_backend(project, &tools)?;
            let ralph = ralph(project)?;
            let (xapi_rs, postgres) = (xapi_rs(project)?, debian::postgres()?);
            end_to_end(project, &tools, &browser, |test| {
                test.env("ZHIXING_RALPH", ralph)
                    .env("ZHIXING_XAPIRS", xapi_rs)
                    .env("ZHIXING_POSTGRES", postgres)
                    .arg("class.spec.mjs");
            })?;
            say::note(RAN);
            Ok(())
        }
    }
}

/// Names the file that tells a driver how to start its browser.
const SETTINGS: &str = "WASM_BINDGEN_TEST_WEBDRIVER_JSON";

/// Runs the units in the browser that `choose` names in the command's environment.
///
/// `wasm-bindgen-test-runner` is Cargo's runner for the target (`.cargo/config.toml`).
fn web(project: &Project, tools: &Toolbox, choose: impl FnOnce(&mut Command)) -> Result<()> {
    let mut test = tools.command("cargo", &project.root)?;
    test.args(["test", "--target", "wasm32-unknown-unknown"])
        .args(["--package", "zhixing", "--test", "web"])
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    choose(&mut test);
    process::run(&mut test, Part::Web.title())
}

/// The file that tells geckodriver which Firefox to start.
fn firefox_settings(project: &Project, firefox: &Path) -> Result<PathBuf> {
    let path = project.root.join("target/firefox.json");
    let settings = format!(
        "{{\"moz:firefoxOptions\": {{\"binary\": {:?}, \"args\": [\"-headless\"]}}}}\n",
        firefox.display().to_string()
    );
    std::fs::write(&path, settings).with_context(|| format!("{}", path.display()))?;
    Ok(path)
}

/// Builds the reference backend, with which sending is tried.
///
/// # Errors
/// When it does not build.
pub fn reference_backend(project: &Project, tools: &Toolbox) -> Result<()> {
    process::run(
        tools
            .command("cargo", &project.root)?
            .args(["build", "--package", "zhixing-backend"]),
        "building the reference backend",
    )
}

/// Holds the reference backend to `public/openapi.yaml` with Schemathesis: the same requests each time.
fn contract(project: &Project) -> Result<()> {
    process::run(
        process::command(project.root.join("tests/backend/schemathesis.sh"))
            .args(["--max-examples", "15", "--seed", "1"])
            .env("PORT", free_port()?.to_string())
            .env("VENV", project.root.join("target/backends/schemathesis"))
            .current_dir(&project.root),
        "the contract of the reference backend",
    )
}

/// The release of Ralph that is tried.
const RALPH: &str = "ralph-malph[lrs,cli]==5.1.0";

/// Which backends [`Part::Backends`] tried, and what each cannot do.
const RAN: &str = "\
tried: the reference backend, which lacks nothing of the contract
       Learning Locker's statements service 7.8.0 (xAPI 1.0.3): no roster, no audiences kept apart, \
vouches for nobody; hands bytes of files out as characters, which is taken back
       Ralph 5.1.0 over a file (xAPI 1.0.3): the same; takes no files, has no /about, answers a \
question for one statement with a list
       xapi-rs 0.1.22 over PostgreSQL (xAPI 2.0): the same as Learning Locker; no CORS, so behind a \
door that opens it";

/// The release of xapi-rs that is tried.
const XAPI_RS: &str = "0.1.22";

/// The program of xapi-rs, installed if it is not there.
fn xapi_rs(project: &Project) -> Result<PathBuf> {
    let folder = project.root.join("target/backends/xapi-rs");
    let program = folder.join("bin/xapi-rs");
    if !program.is_file() {
        say::start("installing xapi-rs");
        let mut install = process::command("cargo");
        install
            .args([
                "install",
                "--quiet",
                "xapi-rs",
                "--version",
                XAPI_RS,
                "--root",
            ])
            .arg(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        process::run(&mut install, "installing xapi-rs")?;
    }
    Ok(program)
}

/// A Python environment with Ralph, installed if it is not there.
fn ralph(project: &Project) -> Result<PathBuf> {
    let folder = project.root.join("target/backends/ralph");
    if !folder.join("bin/ralph").is_file() {
        say::start("installing Ralph");
        let mut make = process::command("python3");
        process::run(
            make.args(["-m", "venv"]).arg(&folder),
            "making its environment",
        )?;
        let mut install = process::command(folder.join("bin/pip"));
        install.args(["install", "--quiet", RALPH, "requests==2.34.2"]);
        process::run(&mut install, "installing Ralph")?;
    }
    Ok(folder)
}

fn end_to_end(
    project: &Project,
    tools: &Toolbox,
    browser: &Browser,
    more: impl FnOnce(&mut Command),
) -> Result<()> {
    let mut test = tools.command(
        project.e2e().join("node_modules/.bin/playwright"),
        &project.e2e(),
    )?;
    test.arg("test");
    more(&mut test);
    process::run(
        test.env("CHROMIUM", &browser.chromium)
            .env("ZHIXING_XTASK", build::this_program()?)
            .env(
                "ZHIXING_BACKEND",
                project.root.join("target/debug/zhixing-backend"),
            )
            .env("ZHIXING_PORT", free_port()?.to_string())
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        Part::EndToEnd.title(),
    )
}

/// A port that nobody listens on just now.
///
/// # Errors
/// When no port is free.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
