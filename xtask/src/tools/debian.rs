//! The browsers for the tests, from Debian's packages.

use crate::{process, say};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A browser and the driver that belongs to it.
pub struct Browser {
    /// Chromium's program.
    pub chromium: PathBuf,
    /// The program that drives it.
    pub driver: PathBuf,
}

/// Chromium, its driver and Chinese type; installs what is missing.
///
/// # Errors
/// One sentence with the command to type, where this program may not install packages.
pub fn browser() -> Result<Browser> {
    let missing = missing();
    if missing.is_empty() {
        say::done("here already: chromium, chromedriver, Chinese type");
    } else {
        install(&missing)?;
    }
    Ok(Browser {
        chromium: find("CHROMIUM", "chromium").context("`chromium` is not on PATH")?,
        driver: find("CHROMEDRIVER", "chromedriver").context("`chromedriver` is not on PATH")?,
    })
}

/// Firefox; installs it if it is missing.
///
/// # Errors
/// One sentence with the command to type, where this program may not install packages.
pub fn firefox() -> Result<PathBuf> {
    let find = || find("FIREFOX", "firefox-esr").or_else(|| process::on_path("firefox"));
    if let Some(found) = find() {
        say::done("here already: firefox");
        return Ok(found);
    }
    install(&["firefox-esr"])?;
    find().context("`firefox-esr` is not on PATH")
}

/// The folder of `PostgreSQL`'s programs; installs it if it is missing.
///
/// # Errors
/// One sentence with the command to type, where this program may not install packages.
pub fn postgres() -> Result<PathBuf> {
    let find = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let folders = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
        folders.filter(|bin| bin.join("initdb").is_file()).max()
    };
    if let Some(found) = find() {
        say::done("here already: postgresql");
        return Ok(found);
    }
    install(&["postgresql"])?;
    find().context("there is no `initdb` below /usr/lib/postgresql")
}

/// The program that a variable names, else the one on `PATH`.
fn find(variable: &str, name: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named
        .filter(|file| file.is_file())
        .or_else(|| process::on_path(name))
}

fn missing() -> Vec<&'static str> {
    [
        ("chromium", find("CHROMIUM", "chromium").is_some()),
        (
            "chromium-driver",
            find("CHROMEDRIVER", "chromedriver").is_some(),
        ),
        ("fonts-noto-cjk", has_chinese_type()),
    ]
    .into_iter()
    .filter_map(|(package, there)| (!there).then_some(package))
    .collect()
}

/// Without Chinese type every character is the same box, and sizes come out wrong.
fn has_chinese_type() -> bool {
    let package = process::command("dpkg-query")
        .args([
            "--show",
            "--showformat=${db:Status-Status}",
            "fonts-noto-cjk",
        ])
        .stderr(Stdio::null())
        .output();
    let listed = process::command("fc-list")
        .args([":lang=zh-cn", "family"])
        .stderr(Stdio::null())
        .output();
    package.is_ok_and(|answer| answer.stdout == b"installed")
        || listed.is_ok_and(|answer| !answer.stdout.is_empty())
}

fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let by_hand = format!("as root, type `apt-get install {names}`, then run this again");
    if process::on_path("apt-get").is_none() {
        bail!(
            "the tests need {names}, and there is no apt-get to install it: install Chromium, \
               its driver, Firefox and a Chinese font, or name the programs in CHROMIUM, \
               CHROMEDRIVER and FIREFOX"
        );
    }
    let Some(get) = Privileged::find() else {
        bail!("the tests need {names}: {by_hand}");
    };
    say::timed(&format!("installing Debian's {names}"), || {
        get.run(&["update", "-qq"])
            .and_then(|()| {
                get.run(
                    &[
                        &["install", "-y", "-qq", "--no-install-recommends"],
                        packages,
                    ]
                    .concat(),
                )
            })
            .with_context(|| format!("the packages could not be installed: {by_hand}"))
    })
}

/// How this user may install packages.
enum Privileged {
    Root,
    Sudo,
}

impl Privileged {
    fn find() -> Option<Self> {
        let user = process::output(process::command("id").arg("-u"), "asking for the user").ok()?;
        if user.trim() == "0" {
            return Some(Self::Root);
        }
        process::on_path("sudo").map(|_| Self::Sudo)
    }

    fn run(&self, arguments: &[&str]) -> Result<()> {
        process::run(self.command().args(arguments), "apt-get")
    }

    fn command(&self) -> Command {
        let mut command = match self {
            Self::Root => process::command("env"),
            Self::Sudo => process::command("sudo"),
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    }
}
