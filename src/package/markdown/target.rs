//! Where a link may lead.

use crate::package::path;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside: https, http or mailto. Opens beside the app.
    Web(String),
    /// A place in the app: a fragment that begins with `#/`.
    Place(String),
    /// A file of the package, by its path.
    File(String),
}

/// Schemes that may be linked.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The target that `link` means in the Markdown file `from`; `None` when it may not be linked.
pub(super) fn target(from: &str, link: &str) -> Option<Target> {
    let has_scheme = |scheme: &str| {
        link.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if link.contains(|each: char| each.is_control() || each == '\\') {
        None
    } else if SCHEMES.into_iter().any(has_scheme) {
        Some(Target::Web(link.to_owned()))
    } else if link.starts_with("#/") {
        Some(Target::Place(link.to_owned()))
    } else {
        file(from, link).map(Target::File)
    }
}

/// The file of the package that `link` means in the Markdown file `from`. No scheme passes, as a
/// path has no colon.
fn file(from: &str, link: &str) -> Option<String> {
    let path = path::resolve(from, link)?;
    path::EXTENSIONS
        .contains(&path::extension(&path))
        .then_some(path)
}

/// The picture of the package that `link` means in the Markdown file `from`.
pub(super) fn image(from: &str, link: &str) -> Option<String> {
    let path = path::resolve(from, link)?;
    matches!(path::extension(&path), "png" | "jpg" | "webp" | "gif").then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_and_files_of_the_package_are_linked() {
        let at = |link| target("text/a.md", link);
        assert_eq!(
            at("HTTPS://a.example/"),
            Some(Target::Web("HTTPS://a.example/".into()))
        );
        assert_eq!(
            at("mailto:a@b.example"),
            Some(Target::Web("mailto:a@b.example".into()))
        );
        assert_eq!(at("#/course"), Some(Target::Place("#/course".into())));
        assert_eq!(at("b.md"), Some(Target::File("text/b.md".into())));
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example/x.md",
            "/x.md",
            "../../x.md",
            "x.html",
            "x.svg",
            "#top",
            "",
            "https:",
            "%6aavascript:x",
        ] {
            assert_eq!(at(bad), None, "{bad}");
        }
        assert_eq!(
            image("text/a.md", "../img/x.png").as_deref(),
            Some("img/x.png")
        );
        assert_eq!(image("text/a.md", "https://evil.example/x.png"), None);
        assert_eq!(image("text/a.md", "data:image/png;base64,AA=="), None);
        assert_eq!(image("text/a.md", "x.svg"), None);
    }
}
