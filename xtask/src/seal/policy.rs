//! The Content-Security-Policy of the page: no inline code but what the build put there.

use super::html::{self, Tag};
use anyhow::{Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What the page carries where the hashes of its inline scripts belong.
pub const SCRIPTS: &str = "__SCRIPT_HASHES__";
/// What the page carries where the hashes of its inline styles belong.
pub const STYLES: &str = "__STYLE_HASHES__";

/// Writes the hashes into the policy of `html`.
///
/// # Errors
/// When the policy lacks a placeholder, or the page holds code that no hash can allow: an event
/// handler or a style written as an attribute, or a `javascript:` address.
pub fn seal(html: &str) -> Result<String> {
    ensure!(
        !html.contains('\r'),
        "write it with LF line ends: browsers hash CRLF as LF"
    );
    let tags = html::tags(html)?;
    for tag in &tags {
        refuse_inline_attributes(tag)?;
    }
    let policy = tags.iter().find_map(policy_of);
    for placeholder in [SCRIPTS, STYLES] {
        ensure!(
            policy.is_some_and(|policy| policy.contains(placeholder)),
            "its Content-Security-Policy must hold {placeholder}"
        );
    }
    Ok(html
        .replace(SCRIPTS, &hashes(&tags, "script"))
        .replace(STYLES, &hashes(&tags, "style")))
}

fn policy_of<'a>(tag: &'a Tag<'_>) -> Option<&'a str> {
    let is_policy = tag.name == "meta"
        && tag
            .attribute("http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
    is_policy.then(|| tag.attribute("content")).flatten()
}

fn refuse_inline_attributes(tag: &Tag<'_>) -> Result<()> {
    for (name, value) in &tag.attributes {
        let is_script_address = value
            .trim_start()
            .get(..11)
            .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
        if name == "style" || name.starts_with("on") || is_script_address {
            bail!(
                "<{}> has an inline `{name}`, which the policy forbids: move it to a file",
                tag.name
            );
        }
    }
    Ok(())
}

/// The sources that allow every inline element called `name`, in the policy's notation.
fn hashes(tags: &[Tag<'_>], name: &str) -> String {
    let inline = tags
        .iter()
        .filter(|tag| tag.name == name && tag.attribute("src").is_none());
    let mut sources = inline
        .filter_map(|tag| tag.text)
        .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
        .collect::<Vec<_>>();
    sources.sort_unstable();
    sources.dedup();
    sources.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(inside: &str) -> String {
        format!(
            "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"script-src \
             'self' {SCRIPTS}; style-src {STYLES}\">{inside}"
        )
    }

    #[test]
    fn inline_code_is_hashed_as_browsers_hash_it() {
        // `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`
        let expected = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        let sealed = seal(&page("<script>alert(1)</script><style></style>")).unwrap();
        assert!(sealed.contains(&format!("'self' {expected}; ")), "{sealed}");
        // The digest of nothing.
        assert!(sealed.contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }

    #[test]
    fn scripts_in_files_and_in_comments_need_no_hash() {
        let sealed = seal(&page(
            "<script src=\"a.js\"></script><!-- <script>x</script> -->",
        ));
        assert!(sealed.unwrap().contains("script-src 'self' ; "));
    }

    #[test]
    fn a_policy_without_a_place_for_hashes_is_refused() {
        let without = page("").replace(STYLES, "'self'");
        assert!(seal(&without).unwrap_err().to_string().contains(STYLES));
        assert!(seal("<p>__SCRIPT_HASHES__ __STYLE_HASHES__</p>").is_err());
    }

    #[test]
    fn code_in_attributes_is_refused() {
        for inside in [
            "<body onload=\"start()\">",
            "<p STYLE=color:red>",
            "<a href=' JavaScript:x()'>",
        ] {
            assert!(seal(&page(inside)).is_err(), "{inside}");
        }
        assert!(seal(&page("<p class=style title=\"onload=1\">")).is_ok());
    }
}
