//! `cargo xtask seal`: the last step of a build, run by Trunk's hook on its staging folder.
//!
//! In a release the module is cut into what the course home needs and what comes later, which the
//! page then names, and scripts and styles lose what only people read. The page's Content-Security-Policy gets the hashes of its inline scripts and
//! styles; in a release the service worker gets the list of what it keeps (`offline`), and every compressible file gets a `.br` and a `.gz` beside it, for any web
//! server that sends precompressed files.

mod compress;
mod html;
mod offline;
pub mod policy;
pub mod smaller;

use crate::{say, split};
use anyhow::{Context, Result, ensure};
use smaller::Kind;
use std::path::{Path, PathBuf};

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
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let rest = if release {
        cut(&staging)?
    } else {
        String::new()
    };
    let html = put(&html, REST, &rest)?;
    let html = put(&html, COURSE, &first_course(&staging)?)?;
    let mut html = early(&html)?;
    if release {
        html = smaller::page(&html, smaller::text)?;
    }
    let sealed = policy::seal(&html).context("index.html")?;
    ensure!(sealed != html, "index.html was sealed already");
    std::fs::write(&page, sealed).context("index.html cannot be written")?;
    if release {
        offline::list(&staging)?;
        let worker = staging.join("sw.js");
        let script = smaller::text(Kind::Js, &std::fs::read_to_string(&worker)?)?;
        std::fs::write(&worker, script).context("sw.js cannot be written")?;
        let count = compress::folder(&staging)?;
        say::done(&format!("sealed the page and compressed {count} files"));
    }
    Ok(())
}

/// What the page carries where the names of the module's later parts belong, a blank between them;
/// it gets nothing where the module is whole.
const REST: &str = "__REST__";

/// What the page carries where the path of the first course belongs, so that it is fetched early.
const COURSE: &str = "__COURSE__";

fn put(html: &str, placeholder: &str, value: &str) -> Result<String> {
    ensure!(
        html.contains(placeholder),
        "index.html must hold {placeholder}"
    );
    Ok(html.replace(placeholder, value))
}

/// Where in the page the module's preloads belong: before the styles, which take their time.
const EARLY: &str = "<!-- early -->";

/// Moves the preloads of the module, which Trunk puts at the end of the head, to their place.
fn early(html: &str) -> Result<String> {
    let mut html = html.to_owned();
    let mut found = String::new();
    for begin in [
        "<link rel=\"modulepreload\"",
        "<link rel=\"preload\" href=\"./",
    ] {
        let at = html.find(begin).context("Trunk wrote no preloads")?;
        let length = html[at..].find('>').context("a tag is left open")? + 1;
        found.push_str(&html[at..at + length]);
        html.replace_range(at..at + length, "");
    }
    put(&html, EARLY, &found)
}

/// The path of the first course on the shelf, which the app opens.
fn first_course(staging: &Path) -> Result<String> {
    let shelf = std::fs::read_to_string(staging.join("courses/index.json"))
        .context("courses/index.json cannot be read")?;
    let (_, after) = shelf
        .split_once("\"path\"")
        .context("courses/index.json names no course")?;
    let path = after.split('"').nth(1).unwrap_or_default();
    let fits = path.ends_with('/')
        && path
            .bytes()
            .all(|byte| b"-_/.".contains(&byte) || byte.is_ascii_alphanumeric());
    ensure!(fits, "courses/index.json: the first path is odd: {path}");
    Ok(path.to_owned())
}

/// Cuts the module; answers the names of the later parts, a blank between them.
fn cut(staging: &Path) -> Result<String> {
    let mut modules = Vec::new();
    for entry in std::fs::read_dir(staging)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let of_worker = name.is_some_and(|name| name.starts_with(WORKER));
        if path.extension().is_some_and(|kind| kind == "wasm") && !of_worker {
            modules.push(path);
        }
    }
    let [module] = modules.as_slice() else {
        anyhow::bail!("there must be one module in {}", staging.display());
    };
    let whole = std::fs::read(module).context("the module cannot be read")?;
    let linked =
        std::env::var_os("TRUNK_SOURCE_DIR").context("Trunk does not say where it builds")?;
    let linked = std::fs::read(Path::new(&linked).join(LINKED));
    let linked = linked.context("the module as it was linked cannot be read")?;
    let parts = split::split(&whole, &linked).context("the module cannot be cut")?;
    let name = module.file_name().and_then(|name| name.to_str());
    let name = name.context("the module's name is odd")?;
    ensure!(
        name.ends_with("_bg.wasm"),
        "the module's name does not end with _bg.wasm"
    );
    let script = module.with_file_name(name.replace("_bg.wasm", ".js"));
    let words =
        std::fs::read_to_string(&script).context("the module's JavaScript cannot be read")?;
    let words = smaller::text(Kind::Js, &split::rename(&words, &parts.names)?)?;
    std::fs::write(&script, words).context("the module's JavaScript cannot be written")?;
    std::fs::write(module, parts.first).context("the module cannot be written")?;
    let mut later = Vec::new();
    for (kind, part) in LATER.iter().zip(parts.later) {
        let name = name.replace("_bg.wasm", &format!("_{kind}.wasm"));
        std::fs::write(staging.join(&name), part).context("a part cannot be written")?;
        later.push(name);
    }
    Ok(later.join(" "))
}

/// The module as it was linked.
const LINKED: &str = "target/wasm32-unknown-unknown/release/zhixing.wasm";

/// What the names of the files of the worker that unpacks courses begin with; it is not cut.
const WORKER: &str = "zhixing-worker";

/// What the names of the later parts end with.
const LATER: [&str; 5] = ["rest", "score", "notes", "class", "deck"];
