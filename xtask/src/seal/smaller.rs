//! Scripts and styles without what only people read: no comments, no blanks, short names.
//!
//! esbuild does it, told the oldest supported browsers, so that it writes nothing newer.

use super::html;
use crate::process;
use anyhow::Result;

/// The oldest supported browsers, as esbuild names them.
pub const FLOOR: &str = "--target=chrome97,firefox102,safari16";

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A script or module.
    Js,
    /// Styles.
    Css,
}

/// The same script or styles, smaller.
///
/// # Errors
/// When esbuild is missing or does not understand the text; it says why.
pub fn text(kind: Kind, text: &str) -> Result<String> {
    let loader = match kind {
        Kind::Js => "--loader=js",
        Kind::Css => "--loader=css",
    };
    let mut command = process::command("esbuild");
    command.args([
        "--minify",
        "--charset=utf8",
        "--log-level=warning",
        loader,
        FLOOR,
    ]);
    let small = process::filter(&mut command, text, "esbuild")?;
    Ok(small.trim_end().to_owned())
}

/// The page with its inline scripts and styles made smaller by `smaller`.
///
/// # Errors
/// When the page has an open tag, or `smaller` fails.
pub fn page(html: &str, smaller: impl Fn(Kind, &str) -> Result<String>) -> Result<String> {
    let mut page = String::with_capacity(html.len());
    let mut taken = 0;
    for tag in html::tags(html)? {
        let kind = match tag.name.as_str() {
            "script" => Kind::Js,
            "style" => Kind::Css,
            _ => continue,
        };
        let Some(text) = tag.text.filter(|text| !text.trim().is_empty()) else {
            continue;
        };
        let at = text.as_ptr() as usize - html.as_ptr() as usize;
        page.push_str(&html[taken..at]);
        page.push_str(&smaller(kind, text)?);
        taken = at + text.len();
    }
    page.push_str(&html[taken..]);
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_and_styles_change() {
        let html = "<style>a { }</style><title>b  c</title><script type=\"module\">d</script>\
                    <script src=\"e\"></script><p>f</p>";
        let page = page(html, |kind, text| Ok(format!("{kind:?}:{}", text.trim())));
        assert_eq!(
            page.unwrap(),
            "<style>Css:a { }</style><title>b  c</title><script type=\"module\">Js:d</script>\
             <script src=\"e\"></script><p>f</p>"
        );
    }
}
