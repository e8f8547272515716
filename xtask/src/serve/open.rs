//! Opening the browser, where there is one.

use crate::{process, say};
use std::process::Stdio;

/// Opens `url` in the user's browser unless there is no screen, or nobody before it.
pub fn in_browser(url: &str) {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_screen = set("DISPLAY") || set("WAYLAND_DISPLAY");
    if set("CI") || !has_screen || process::on_path("xdg-open").is_none() {
        return;
    }
    let opened = process::command("xdg-open")
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if opened.is_err() {
        say::note("the browser did not open: type the address into it");
    }
}
