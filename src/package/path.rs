//! Paths inside a package. They must mean the same file in a folder of any system, in a zip and
//! behind a URL, and never leave the package.

use super::limits::MAX_PATH_BYTES;

/// Extensions that a file of a package may have, lower case. No active content: neither HTML
/// nor SVG.
pub const EXTENSIONS: [&str; 12] = [
    "md", "txt", "mp4", "webm", "vtt", "png", "jpg", "webp", "gif", "pdf", "docx", "xlsx",
];

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// Empty, or with an empty segment: `a//b`, `/a`, `a/`.
    Empty,
    /// A segment that begins with a dot: `../a`, `./a`, `.hidden`.
    Dots,
    /// A character that some system or a URL reads in its own way, or that can't be seen.
    Character,
    /// A segment that ends with a dot or a space, begins with a space, or is a device name of
    /// Windows: `a.`, `nul.txt`.
    Name,
    /// Longer than [`MAX_PATH_BYTES`].
    Long,
}

/// Whether `path` may name a file of a package.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(path: &str) -> Result<(), PathFault> {
    if path.len() > MAX_PATH_BYTES {
        return Err(PathFault::Long);
    }
    if path.contains(refused) {
        return Err(PathFault::Character);
    }
    path.split('/').try_for_each(check_segment)
}

fn check_segment(segment: &str) -> Result<(), PathFault> {
    if segment.is_empty() {
        return Err(PathFault::Empty);
    }
    if segment.starts_with('.') {
        return Err(PathFault::Dots);
    }
    let stem = segment.split('.').next().unwrap_or(segment);
    if segment.starts_with(' ') || segment.ends_with([' ', '.']) || is_device(stem) {
        return Err(PathFault::Name);
    }
    Ok(())
}

fn refused(each: char) -> bool {
    each.is_control()
        || matches!(
            each,
            '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '#'
        )
        || matches!(each, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(each, '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_device(stem: &str) -> bool {
    let stem = stem.trim_end();
    let is = |name: &str| stem.eq_ignore_ascii_case(name);
    let numbered = |name: &str| {
        stem.len() == 4
            && stem
                .get(..3)
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
            && stem.ends_with(|last: char| last.is_ascii_digit())
    };
    is("con") || is("prn") || is("aux") || is("nul") || numbered("com") || numbered("lpt")
}

/// The extension, as it is written; empty when there is none.
#[must_use]
pub fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The path that `link`, written in the file `from`, means: relative to the folder of `from`.
/// `./` and `../` are followed as far as they stay in the package. `None` when they don't, or
/// when what comes out may not name a file of a package.
#[must_use]
pub fn resolve(from: &str, link: &str) -> Option<String> {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in link.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop()?;
            }
            other => segments.push(other),
        }
    }
    let path = segments.join("/");
    check(&path).is_ok().then_some(path)
}

/// The form in which two paths must differ: systems that ignore case must not mix files up.
#[must_use]
pub fn folded(path: &str) -> String {
    path.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_are_taken() {
        for good in [
            "a.md",
            "text/01-think.zh.md",
            "视频/第一讲.mp4",
            "a b.png",
            "console.md",
            "a..b",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let long = "a".repeat(MAX_PATH_BYTES + 1);
        for (bad, fault) in [
            ("", PathFault::Empty),
            ("/etc/passwd", PathFault::Empty),
            ("a//b", PathFault::Empty),
            ("a/", PathFault::Empty),
            ("../a", PathFault::Dots),
            ("a/../../b", PathFault::Dots),
            ("./a", PathFault::Dots),
            (".htaccess", PathFault::Dots),
            ("a\\b", PathFault::Character),
            ("C:/a", PathFault::Character),
            ("%2e%2e/a", PathFault::Character),
            ("a\u{0}b", PathFault::Character),
            ("a\u{202e}gpj.md", PathFault::Character),
            ("a?b", PathFault::Character),
            ("NUL.txt", PathFault::Name),
            ("a/com1", PathFault::Name),
            ("a./b", PathFault::Name),
            (&long, PathFault::Long),
        ] {
            assert_eq!(check(bad), Err(fault), "{bad}");
        }
    }

    #[test]
    fn links_resolve_inside_the_package_only() {
        let resolved = |link| resolve("text/en/a.md", link);
        assert_eq!(resolved("b.md").as_deref(), Some("text/en/b.md"));
        assert_eq!(resolved("../../img/x.png").as_deref(), Some("img/x.png"));
        assert_eq!(resolved("./x.png").as_deref(), Some("text/en/x.png"));
        for bad in ["../../../x.png", "/x.png", "", "a//b", "../..", "C:\\x.png"] {
            assert_eq!(resolved(bad), None, "{bad}");
        }
    }
}
