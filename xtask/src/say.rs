//! What the commands tell the person at the terminal: one short line per event.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Announces a piece of work that is about to start.
pub fn start(what: &str) {
    line("1;34", "▸", what);
}

/// Reports that something is done, or was there already.
pub fn done(what: &str) {
    line("32", "✓", what);
}

/// Tells something the reader should know although nothing is wrong.
pub fn note(what: &str) {
    line("33", "•", what);
}

/// Reports one thing that is wrong, where several may be.
#[cfg(feature = "app")]
pub fn wrong(what: &str) {
    line("1;31", "✗", what);
}

/// Reports the failure that ends the command, with its causes.
pub fn stopped(error: &anyhow::Error) {
    line("1;31", "✗", &sentence(error));
}

/// One sentence out of an error and its causes.
fn sentence(error: &anyhow::Error) -> String {
    let mut text = format!("{error:#}");
    if !text.ends_with(['.', '!', '?', '`']) {
        text.push('.');
    }
    text
}

fn line(colour: &str, mark: &str, what: &str) {
    if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        eprintln!("\x1b[{colour}m{mark}\x1b[0m {what}");
    } else {
        eprintln!("{mark} {what}");
    }
}

/// Runs `work` under a heading and reports how long it took.
///
/// # Errors
/// Returns the error of `work` unchanged.
pub fn timed<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    start(what);
    let begun = Instant::now();
    let value = work()?;
    done(&format!("{what}: {}", seconds(begun.elapsed())));
    Ok(value)
}

/// How one of several pieces of work ended.
pub struct Outcome {
    what: String,
    passed: bool,
    took: Duration,
}

impl Outcome {
    /// What it was, whether it passed, and how long it took.
    pub fn new(what: impl Into<String>, passed: bool, took: Duration) -> Self {
        Self {
            what: what.into(),
            passed,
            took,
        }
    }
}

/// Prints outcomes below each other.
pub fn table(outcomes: &[Outcome]) {
    let width = outcomes.iter().map(|one| one.what.len()).max().unwrap_or(0);
    eprintln!();
    for Outcome { what, passed, took } in outcomes {
        let text = format!("{what:width$}  {}", seconds(*took));
        if *passed {
            done(&text);
        } else {
            line("1;31", "✗", &text);
        }
    }
}

/// A duration as people read it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        whole @ 10..60 => format!("{whole} s"),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_and_its_causes_make_one_sentence() {
        let error = anyhow::anyhow!("no such file").context("the page cannot be read");
        assert_eq!(sentence(&error), "the page cannot be read: no such file.");
    }

    #[test]
    fn durations_read_naturally() {
        let shown = [400, 12_300, 185_000].map(|ms| seconds(Duration::from_millis(ms)));
        assert_eq!(shown, ["0.4 s", "12 s", "3 min 05 s"]);
    }
}
