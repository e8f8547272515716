//! What the server says about each file besides its bytes.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

/// For how long a browser may keep what it got.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caching {
    /// Files with a hash in their name for good; the rest is asked for again each time.
    Hashed,
    /// Nothing is kept.
    Never,
}

/// Completes the headers of an answer to `path`.
pub fn complete(headers: &mut HeaderMap, path: &str, status: StatusCode, caching: Caching) {
    let kept = match caching {
        Caching::Never => "no-store",
        Caching::Hashed if !status.is_client_error() && is_hashed(path) => {
            "public, max-age=31536000, immutable"
        }
        Caching::Hashed => "no-cache",
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    if let Some(with_charset) = kind.and_then(with_charset) {
        headers.insert(CONTENT_TYPE, with_charset);
    }
}

/// Text is UTF-8 here; a browser would guess otherwise.
fn with_charset(kind: &str) -> Option<HeaderValue> {
    let is_text = kind.starts_with("text/")
        || [
            "application/json",
            "application/manifest+json",
            "image/svg+xml",
        ]
        .contains(&kind);
    if !is_text || kind.contains("charset") {
        return None;
    }
    HeaderValue::from_str(&format!("{kind}; charset=utf-8")).ok()
}

/// Whether Trunk named this file after its content: `app-1f3a5c7e9b2d4f60.js` and
/// `app-1f3a5c7e9b2d4f60_bg.wasm`, at the top of the site only.
fn is_hashed(path: &str) -> bool {
    let name = path.trim_start_matches('/');
    let Some((stem, _kind)) = name.rsplit_once('.') else {
        return false;
    };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        // Leading zeros are not written.
        (12..=16).contains(&hash.len())
            && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    }) && !name.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_made_from_content_are_kept_for_good() {
        for path in [
            "/zhixing-1f3a5c7e9b2d4f60.js",
            "/zhixing-1f3a5c7e9b2d4f_bg.wasm",
            "/tokens-a1b2c3d4e5f60718.css",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        for path in [
            "/",
            "/sw.js",
            "/index.html",
            "/deck-2026.js",
            "/courses/a-1f3a5c7e9b2d4f60.json",
            "/zhixing-1F3A5C7E9B2D4F60.js",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
