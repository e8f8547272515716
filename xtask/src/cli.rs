//! The command line.

#[cfg(feature = "app")]
use crate::pack::{Import, PackOptions};
use crate::testing::Part;
use anyhow::{Context, Result, bail, ensure};
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
知行 Zhixing: the project's commands

  cargo xtask serve       build the app, serve it on this machine and open the browser;
                          installs what is missing (wasm target, Trunk, wasm-bindgen, wasm-opt)
      --port N            listen on port N (8080; the next free port when it is taken)
      --listen ADDRESS    listen on this address: 0.0.0.0 lets the local network in
      --dev               rebuild whenever a file changes; unoptimised, nothing cached
      --no-build          serve what the last build left
      --no-open           leave the browser alone
      --no-class          without the backend of a class, which answers below /api/ and has two
                          learners and a tutor to try it with; what they send stays in
                          target/class.sqlite
      --fresh             begin that class anew

  cargo xtask build       build the app into target/dist, compressed and ready for any web server

  cargo xtask test        run all tests; installs what they need (Chromium from Debian, packages
                          of npm) besides
  cargo xtask test PART   one part alone: host (no browser), web (units in the browser),
                          e2e (the whole app in the browser)
      --backends all      the class once more over real backends, Ralph among them, which is
                          installed into target/backends

  cargo xtask check       format, clippy, rustdoc, licences, spelling, size of the app, and whether
                          the oldest supported browsers can run it

  cargo xtask bench ui    how quickly keys, posts and step changes are answered with 10,000 posts
                          and 5,000 records on the device, on a processor slowed six times
      bench class         the same at a tutor's desk: 100 learners, 100,000 records, a thread of 10,000
      bench search        the same for searching 5,000,000 characters
      bench import        opening a course package of 500 MB: memory, time, progress
      bench reading       opening a text of 50,000 characters
      bench standing      how long a standing takes of 100,000 records, and a start with them
      bench sessions      what 20 scripted sessions of study are credited, beside the truth

  cargo xtask soak        send 1,000 records through a network that hurts 30 % of all requests, the
                          browser killed 10 times, and compare both sides; then study and be killed
                          200 times at random moments, and compare with what was done

  cargo xtask pack DIR    check the course in a folder, fill in sizes and digests, write its zip
      --out FILE          the zip (target/packages/DIR.zip)
      --check             say whether it is as packing would leave it, and change nothing
      --questions FILE --exam STEP
                          first take the questions of FILE (GIFT as .gift or .txt, a table as .csv)
                          into the exam STEP; the keys of a closed-book exam go to
                          target/packages/DIR-STEP-keys.json, for the tutor
  cargo xtask pack --schema   write the published schemas from the types

  cargo xtask portable    the app as one file, target/portable/zhixing.html, that runs by double-click
                          from a stick, without a network
      --with FILE         with a course in it, packed by `cargo xtask pack`
      --no-build          of what the last build left

  cargo xtask help        this text

Tools are kept in $ZHIXING_TOOLS, else in ~/.cache/zhixing-tools; deleting that folder removes
them all. A suitable version that is on PATH already is used instead.
";

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Keys, posts and step changes.
    Ui,
    /// A tutor's desk, and a long thread.
    Class,
    /// Searching 5,000,000 characters.
    Search,
    /// Opening a package of 500 MB.
    Import,
    /// Opening a text of 50,000 characters.
    Reading,
    /// A standing on the host, a start in the browser.
    Standing,
    /// What sessions of study are credited.
    Sessions,
    /// Whether sending survives a bad network and kills.
    Soak,
}

/// One command with its options.
#[derive(Debug, PartialEq)]
pub enum Command {
    /// Print the help text.
    Help,
    /// Serve the app.
    Serve(ServeOptions),
    /// Run these tests.
    Test(Vec<Part>),
    /// Check everything that needs no running app.
    Check,
    /// Pack a course.
    #[cfg(feature = "app")]
    Pack(PackOptions),
    /// A command of this program compiled with the app's library.
    #[cfg(not(feature = "app"))]
    NeedsApp,
    /// Measure how quickly the app answers.
    Bench(Measure),
    /// Build the app for release.
    Build,
    /// Make the app one file.
    Portable(PortableOptions),
    /// Finish a build in Trunk's staging folder; called by Trunk's hook.
    Seal,
}

/// How to make the app one file.
#[derive(Debug, Default, PartialEq)]
pub struct PortableOptions {
    /// The zip of a course that comes with it.
    pub course: Option<PathBuf>,
    /// Of what the last build left.
    pub as_is: bool,
}

/// How to serve.
#[derive(Debug, PartialEq)]
pub struct ServeOptions {
    /// The address to listen on.
    pub listen: IpAddr,
    /// The first port to try.
    pub port: u16,
    /// What to serve.
    pub source: Source,
    /// Whether to open a browser.
    pub open: bool,
    /// Whether the backend of a class answers, too.
    pub class: bool,
    /// Whether that class begins anew.
    pub fresh: bool,
}

/// Where the served files come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A release build made first.
    Build,
    /// Whatever the last build left.
    AsIs,
    /// A development build that follows the sources.
    Watch,
}

/// Reads the arguments after `cargo xtask`.
///
/// # Errors
/// One sentence that names what was not understood.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = Parser::from_args(arguments);
    let command = match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(misunderstood(other)),
    };
    match command.as_str() {
        "help" => Ok(Command::Help),
        "serve" => serve(&mut parser),
        "bench" => bench(&mut parser),
        "soak" => finish(&mut parser, Command::Bench(Measure::Soak)),
        "build" => finish(&mut parser, Command::Build),
        "check" => finish(&mut parser, Command::Check),
        "portable" => portable(&mut parser),
        #[cfg(feature = "app")]
        "pack" => pack(&mut parser),
        #[cfg(not(feature = "app"))]
        "pack" => Ok(Command::NeedsApp),
        "test" => test(&mut parser),
        "seal" => finish(&mut parser, Command::Seal),
        other => bail!("there is no command `{other}`: `cargo xtask help` lists them all"),
    }
}

fn bench(parser: &mut Parser) -> Result<Command> {
    let what = match parser.next()? {
        Some(Arg::Value(what)) if what == "ui" => Measure::Ui,
        Some(Arg::Value(what)) if what == "class" => Measure::Class,
        Some(Arg::Value(what)) if what == "search" => Measure::Search,
        Some(Arg::Value(what)) if what == "import" => Measure::Import,
        Some(Arg::Value(what)) if what == "reading" => Measure::Reading,
        Some(Arg::Value(what)) if what == "standing" => Measure::Standing,
        Some(Arg::Value(what)) if what == "sessions" => Measure::Sessions,
        Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
        _ => bail!(
            "`cargo xtask bench` measures one thing: `cargo xtask bench ui`, `class`, `search`, `import`, `reading`, `standing` or `sessions`"
        ),
    };
    finish(parser, Command::Bench(what))
}

fn portable(parser: &mut Parser) -> Result<Command> {
    let mut options = PortableOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("with") => {
                let course = parser.value().context("--with takes the zip of a course")?;
                options.course = Some(course.into());
            }
            Arg::Long("no-build") => options.as_is = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            other => return Err(misunderstood(other)),
        }
    }
    Ok(Command::Portable(options))
}

fn finish(parser: &mut Parser, command: Command) -> Result<Command> {
    match parser.next()? {
        None => Ok(command),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Help),
        Some(other) => Err(misunderstood(other)),
    }
}

fn test(parser: &mut Parser) -> Result<Command> {
    let mut parts = Vec::new();
    while let Some(argument) = parser.next()? {
        let Arg::Value(name) = argument else {
            return match argument {
                Arg::Long("backends") => {
                    ensure!(parser.value()? == "all", "--backends takes the word all");
                    finish(parser, Command::Test(vec![Part::Backends]))
                }
                Arg::Long("help") | Arg::Short('h') => Ok(Command::Help),
                other => Err(misunderstood(other)),
            };
        };
        let name = name.string()?;
        let part = Part::named(&name)
            .with_context(|| format!("the tests have no part `{name}`: take host, web or e2e"))?;
        parts.push(part);
    }
    if parts.is_empty() {
        parts.extend(Part::ALL);
    }
    Ok(Command::Test(parts))
}

#[cfg(feature = "app")]
fn pack(parser: &mut Parser) -> Result<Command> {
    let (mut folder, mut out, mut check) = (None, None, false);
    let (mut questions, mut exam) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("schema") => return finish(parser, Command::Pack(PackOptions::Schema)),
            Arg::Long("check") if out.is_none() && questions.is_none() => check = true,
            Arg::Long("questions") if !check => {
                questions = Some(parser.value().context("--questions takes a file")?.into());
            }
            Arg::Long("exam") if !check => {
                let step = parser.value().context("--exam takes the id of a step")?;
                exam = Some(step.string()?);
            }
            Arg::Long("out") if !check => {
                out = Some(parser.value().context("--out takes a file")?.into());
            }
            Arg::Value(path) if folder.is_none() => folder = Some(path.into()),
            other => return Err(misunderstood(other)),
        }
    }
    let folder = folder.context("`cargo xtask pack` takes the folder of a course")?;
    let import = match (questions, exam) {
        (Some(file), Some(exam)) => Some(Import { file, exam }),
        (None, None) => None,
        _ => bail!("--questions FILE and --exam STEP go together"),
    };
    Ok(Command::Pack(if check {
        PackOptions::Check(folder)
    } else {
        PackOptions::Pack {
            folder,
            out,
            import,
        }
    }))
}

fn serve(parser: &mut Parser) -> Result<Command> {
    let mut options = ServeOptions {
        listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 8080,
        source: Source::Build,
        open: true,
        class: true,
        fresh: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("port") => options.port = value(parser, "--port", "a number such as 8080")?,
            Arg::Long("listen") => {
                options.listen = value(parser, "--listen", "an address such as 0.0.0.0")?;
            }
            Arg::Long("dev") => options.source = Source::Watch,
            Arg::Long("no-build") if options.source == Source::Build => {
                options.source = Source::AsIs;
            }
            Arg::Long("no-open") => options.open = false,
            Arg::Long("no-class") => options.class = false,
            Arg::Long("fresh") => options.fresh = true,
            other => return Err(misunderstood(other)),
        }
    }
    Ok(Command::Serve(options))
}

fn value<T>(parser: &mut Parser, option: &str, example: &str) -> Result<T>
where
    T: std::str::FromStr,
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    parser
        .value()
        .and_then(|text| text.parse())
        .with_context(|| format!("{option} takes {example}"))
}

fn misunderstood(argument: Arg<'_>) -> anyhow::Error {
    anyhow::Error::new(argument.unexpected()).context("`cargo xtask help` lists what there is")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn no_command_shows_the_help() {
        for line in ["", "help", "--help", "serve --help"] {
            assert_eq!(read(line).unwrap(), Command::Help, "{line}");
        }
    }

    #[test]
    fn serving_is_local_unless_asked_otherwise() {
        let Command::Serve(options) = read("serve").unwrap() else {
            panic!("not a serve command")
        };
        assert!(options.listen.is_loopback());
        let Command::Serve(options) = read("serve --listen 0.0.0.0 --port 9000 --dev").unwrap()
        else {
            panic!("not a serve command")
        };
        assert!(options.listen.is_unspecified());
        assert_eq!((options.port, options.source), (9000, Source::Watch));
    }

    #[test]
    fn tests_run_all_their_parts_unless_some_are_named() {
        assert_eq!(read("test").unwrap(), Command::Test(Part::ALL.to_vec()));
        let some = vec![Part::Web, Part::Host];
        assert_eq!(read("test web host").unwrap(), Command::Test(some));
    }

    #[cfg(feature = "app")]
    #[test]
    fn a_course_is_packed_or_checked() {
        let folder = std::path::PathBuf::from("a");
        let check = PackOptions::Check(folder.clone());
        assert_eq!(read("pack a --check").unwrap(), Command::Pack(check));
        let out = Some("b.zip".into());
        let pack = |import| {
            let (folder, out) = (folder.clone(), out.clone());
            Command::Pack(PackOptions::Pack {
                folder,
                out,
                import,
            })
        };
        assert_eq!(read("pack --out b.zip a").unwrap(), pack(None));
        let import = Import {
            file: "q.gift".into(),
            exam: "e".into(),
        };
        let line = "pack a --questions q.gift --exam e --out b.zip";
        assert_eq!(read(line).unwrap(), pack(Some(import)));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("fly", "fly"),
            ("serve --fast", "--fast"),
            ("serve --port soup", "--port"),
            ("build now", "now"),
            ("test moon", "moon"),
            ("check --fast", "--fast"),
            ("serve --dev --no-build", "--no-build"),
            #[cfg(feature = "app")]
            ("pack", "folder"),
            #[cfg(feature = "app")]
            ("pack a b", "b"),
            #[cfg(feature = "app")]
            ("pack a --questions q.csv", "--exam"),
            #[cfg(feature = "app")]
            ("pack a --check --questions q.csv", "--questions"),
        ] {
            let error = format!("{:#}", read(line).unwrap_err());
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
