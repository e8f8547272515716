//! `cargo xtask portable`: the app as one file that runs by double-click, from a stick and without a
//! network. What it would fetch stands in the page, packed; `shim.js` hands it out.

use crate::cli::PortableOptions;
use crate::project::Project;
use crate::seal::{policy, smaller};
use crate::tools::Toolbox;
use crate::{build, process, say};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Most bytes of the file without a course.
const LIMIT: u64 = 2_500_000;

/// The list of courses, of which the file has none but the one that comes with it.
const NO_COURSES: &str = r#"{"format": "zhixing-courses/1", "courses": []}"#;

/// Makes the file.
///
/// # Errors
/// When the app does not build, or the file is too large.
pub fn run(project: &Project, options: &PortableOptions) -> Result<()> {
    let tools = Toolbox::for_building(project)?;
    if !options.as_is {
        build::release(project, &tools)?;
    }
    crate::tools::node::packages(project, &tools)?;
    let course = options.course.as_deref();
    let page = page(project, &tools, course)?;
    let file = project.root.join("target/portable/zhixing.html");
    std::fs::create_dir_all(file.parent().unwrap_or(&project.root))?;
    std::fs::write(&file, &page).with_context(|| file.display().to_string())?;
    if course.is_none() {
        let bytes = page.len() as u64;
        ensure!(
            bytes <= LIMIT,
            "the portable edition takes {bytes} bytes, {} more than allowed",
            bytes - LIMIT
        );
    }
    say::done(&format!(
        "{}: {} KB; copy it onto a stick, and open it by double-click",
        file.display(),
        page.len() / 1_000
    ));
    Ok(())
}

/// The page with everything in it.
fn page(project: &Project, tools: &Toolbox, course: Option<&Path>) -> Result<String> {
    let dist = project.dist();
    let read = |name: &str| {
        std::fs::read_to_string(dist.join(name)).with_context(|| format!("{name} cannot be read"))
    };
    let mut html = read("index.html")?;
    let start = inline_module(&html).context("the page has no module script")?;
    let bundled = bundle(tools, &dist, &start, "esm")?;
    html = html.replacen(&start, &bundled, 1);
    for tag in links(&html) {
        html = html.replacen(&tag, "", 1);
    }
    let icon = STANDARD.encode(read("icon.svg")?);
    let mut head = format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">");
    for sheet in ["score.css", "notes.css", "class.css", "deck.css"] {
        write!(head, "<style>{}</style>", read(sheet)?.trim())?;
    }
    let shim = include_str!("shim.js");
    let shim = bundle(tools, &project.e2e(), shim, "iife")?;
    write!(
        head,
        "<script type=\"application/json\" id=\"zhixing-files\">{}</script><script>{shim}</script>",
        files(&dist, course)?
    )?;
    // Before the page's own script, which begins the rest.
    let at = html.find("<script>").context("the page has no script")?;
    html.insert_str(at, &head);
    policy::seal(&unsealed(&html)?)
}

/// A script with what it imports, for the oldest browsers, made smaller.
fn bundle(tools: &Toolbox, folder: &Path, script: &str, format: &str) -> Result<String> {
    let mut command = tools.command("esbuild", folder)?;
    command
        .args([
            "--bundle",
            "--minify",
            "--charset=utf8",
            "--log-level=error",
        ])
        .args([smaller::FLOOR, "--supported:top-level-await=true"])
        .arg(format!("--format={format}"));
    let bundled = process::filter(&mut command, script, "esbuild")?;
    ensure!(
        !bundled.contains("</script"),
        "a script would end the page's element"
    );
    Ok(bundled.trim_end().to_owned())
}

/// The text of the page's module script.
fn inline_module(html: &str) -> Option<String> {
    let (_, after) = html.split_once("<script type=\"module\">")?;
    Some(after.split_once("</script>")?.0.to_owned())
}

/// The links of the page that lead to files beside it.
fn links(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("<link ") {
        let Some(length) = rest[at..].find('>') else {
            break;
        };
        found.push(rest[at..=at + length].to_owned());
        rest = &rest[at + length..];
    }
    found
}

/// The page with the places of the policy's digests empty again.
fn unsealed(html: &str) -> Result<String> {
    let at = html.find("Content-Security-Policy").context("no policy")?;
    let begin = at + html[at..].find("content=\"").context("no policy")? + "content=\"".len();
    let end = begin + html[begin..].find('"').context("no policy")?;
    let mut directives = Vec::new();
    for directive in html[begin..end].split(';') {
        let kept = directive.split_whitespace();
        let kept: Vec<&str> = kept
            .filter(|source| !source.starts_with("'sha256-"))
            .collect();
        let mut kept = kept.join(" ");
        if kept.starts_with("script-src") {
            write!(kept, " {}", policy::SCRIPTS)?;
        } else if kept.starts_with("style-src") {
            write!(kept, " {}", policy::STYLES)?;
        }
        directives.push(kept);
    }
    Ok(format!(
        "{}{}{}",
        &html[..begin],
        directives.join("; "),
        &html[end..]
    ))
}

/// The files that the app fetches, as JSON: path → what gzip makes of it, in base64.
fn files(dist: &Path, course: Option<&Path>) -> Result<String> {
    let mut all: Vec<(String, Vec<u8>)> = vec![
        ("courses/index.json".to_owned(), NO_COURSES.into()),
        ("config.json".to_owned(), b"{}".to_vec()),
    ];
    for folder in ["", "words"] {
        for entry in std::fs::read_dir(dist.join(folder))? {
            let path = entry?.path();
            let kind = path.extension().and_then(|kind| kind.to_str());
            let name = path.file_name().and_then(|name| name.to_str());
            let (Some(kind), Some(name)) = (kind, name) else {
                continue;
            };
            let worker = name == "zhixing-worker.js";
            if matches!(kind, "wasm" | "txt") || worker {
                let path_in = if folder.is_empty() {
                    name.to_owned()
                } else {
                    format!("{folder}/{name}")
                };
                all.push((path_in, std::fs::read(&path)?));
            }
        }
    }
    if let Some(course) = course {
        let zip = std::fs::read(course).with_context(|| course.display().to_string())?;
        all.push(("package.zip".to_owned(), zip));
    }
    all.sort();
    let mut members = Vec::new();
    for (path, bytes) in all {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        members.push(format!(
            "\"{path}\":\"{}\"",
            STANDARD.encode(gzip.finish()?)
        ));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_emptied_of_digests_and_keeps_the_rest() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                    script-src 'self' 'sha256-a=' 'sha256-b='; style-src 'self' 'sha256-c='\">";
        assert_eq!(
            unsealed(html).unwrap(),
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             script-src 'self' __SCRIPT_HASHES__; style-src 'self' __STYLE_HASHES__\">"
        );
        assert!(unsealed("<p>").is_err());
    }

    #[test]
    fn links_and_the_module_script_are_found() {
        let html = "<link rel=\"a\" href=\"b\"><script type=\"module\">go()</script><link rel=c>";
        assert_eq!(links(html), ["<link rel=\"a\" href=\"b\">", "<link rel=c>"]);
        assert_eq!(inline_module(html).as_deref(), Some("go()"));
    }
}
