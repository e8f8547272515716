//! The web server: the files of one folder and nothing else.
//!
//! The app routes by the address's hash, so an unknown path is an honest 404.

use super::headers;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::path::Path;
use tower_http::services::ServeDir;

pub use super::headers::Caching;

/// What an address says at which nothing is.
const NOTHING: &str = "这里什么也没有，课程在 /\nNothing is here; the app is at /\n";

/// Serves the files of `folder`, compressed where a compressed copy lies beside them.
pub fn router(folder: &Path, caching: Caching) -> Router {
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(from_fn_with_state(caching, complete))
}

async fn complete(State(caching): State<Caching>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = if is_hidden(&path) {
        StatusCode::NOT_FOUND.into_response()
    } else {
        next.run(request).await
    };
    let status = response.status();
    if status == StatusCode::NOT_FOUND {
        response = (status, NOTHING).into_response();
    }
    headers::complete(response.headers_mut(), &path, status, caching);
    response
}

/// Whether a path names a file or folder that begins with a dot, such as Trunk's staging folder.
fn is_hidden(path: &str) -> bool {
    let path = path
        .to_ascii_lowercase()
        .replace("%2e", ".")
        .replace("%2f", "/");
    path.contains("/.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::header::{
        ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH,
        CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
        LOCATION, RANGE, VARY, X_CONTENT_TYPE_OPTIONS,
    };
    use axum::http::{HeaderName, Method};
    use http_body_util::BodyExt;
    use tempfile::TempDir;
    use tower::ServiceExt;

    const BUNDLE: &str = "/zhixing-1f3a5c7e9b2d4f60.js";

    struct Site {
        folder: TempDir,
        caching: Caching,
    }

    struct Answer(Response);

    impl Site {
        fn new(caching: Caching) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let dist = folder.path().join("dist");
            for below in ["courses/first", ".stage"] {
                std::fs::create_dir_all(dist.join(below)).unwrap();
            }
            for (name, text) in [
                ("index.html", "<p>page"),
                ("zhixing-1f3a5c7e9b2d4f60.js", "plain"),
                ("zhixing-1f3a5c7e9b2d4f60.js.br", "brotli"),
                ("zhixing-1f3a5c7e9b2d4f60.js.gz", "gzip"),
                ("zhixing-1f3a5c7e9b2d4f60_bg.wasm", "\0asm"),
                ("sw.js", "worker"),
                ("app.webmanifest", "{}"),
                ("courses/first/course.json", "{}"),
                ("courses/first/read.md", "文"),
                ("courses/first/film.vtt", "WEBVTT"),
                ("courses/first/film.mp4", "0123456789"),
                (".stage/index.html", "half a build"),
                ("../secret.txt", "secret"),
            ] {
                std::fs::write(dist.join(name), text).unwrap();
            }
            Self { folder, caching }
        }

        async fn ask(&self, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
            let mut request = Request::builder().method(method).uri(path);
            for (name, value) in headers {
                request = request.header(name, *value);
            }
            let app = router(&self.folder.path().join("dist"), self.caching);
            Answer(
                app.oneshot(request.body(Body::empty()).unwrap())
                    .await
                    .unwrap(),
            )
        }

        async fn get(&self, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
            self.ask(Method::GET, path, headers).await
        }
    }

    impl Answer {
        fn status(&self) -> u16 {
            self.0.status().as_u16()
        }

        fn header(&self, name: HeaderName) -> &str {
            self.0
                .headers()
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
        }

        async fn text(self) -> String {
            let bytes = self.0.into_body().collect().await.unwrap().to_bytes();
            String::from_utf8(bytes.to_vec()).unwrap()
        }
    }

    #[tokio::test]
    async fn every_kind_of_file_has_its_type() {
        let site = Site::new(Caching::Hashed);
        for (path, kind) in [
            ("/", "text/html; charset=utf-8"),
            (BUNDLE, "text/javascript; charset=utf-8"),
            ("/zhixing-1f3a5c7e9b2d4f60_bg.wasm", "application/wasm"),
            (
                "/app.webmanifest",
                "application/manifest+json; charset=utf-8",
            ),
            (
                "/courses/first/course.json",
                "application/json; charset=utf-8",
            ),
            ("/courses/first/read.md", "text/markdown; charset=utf-8"),
            ("/courses/first/film.vtt", "text/vtt; charset=utf-8"),
            ("/courses/first/film.mp4", "video/mp4"),
        ] {
            let answer = site.get(path, &[]).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(answer.header(CONTENT_TYPE), kind, "{path}");
            assert_eq!(answer.header(X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        }
    }

    #[tokio::test]
    async fn the_smallest_copy_that_the_browser_can_read_is_sent() {
        let site = Site::new(Caching::Hashed);
        for (accepts, encoding, body) in [
            ("gzip, deflate, br", "br", "brotli"),
            ("gzip, deflate", "gzip", "gzip"),
            ("identity", "", "plain"),
            ("br;q=0, gzip", "gzip", "gzip"),
        ] {
            let answer = site.get(BUNDLE, &[(ACCEPT_ENCODING, accepts)]).await;
            assert_eq!(answer.header(CONTENT_ENCODING), encoding, "{accepts}");
            assert_eq!(
                answer.header(CONTENT_TYPE),
                "text/javascript; charset=utf-8"
            );
            assert_eq!(answer.header(VARY).to_lowercase(), "accept-encoding");
            assert_eq!(answer.text().await, body, "{accepts}");
        }
    }

    #[tokio::test]
    async fn only_hashed_files_are_kept_for_good() {
        let site = Site::new(Caching::Hashed);
        let bundle = site.get(BUNDLE, &[]).await;
        assert_eq!(
            bundle.header(CACHE_CONTROL),
            "public, max-age=31536000, immutable"
        );
        for path in ["/", "/sw.js", "/courses/first/film.mp4"] {
            assert_eq!(
                site.get(path, &[]).await.header(CACHE_CONTROL),
                "no-cache",
                "{path}"
            );
        }
        // A bundle of a build that is gone must not be remembered as missing.
        let gone = site.get("/zhixing-00000000000000ff.js", &[]).await;
        assert_eq!(
            (gone.status(), gone.header(CACHE_CONTROL)),
            (404, "no-cache")
        );
    }

    #[tokio::test]
    async fn what_has_not_changed_is_not_sent_again() {
        let site = Site::new(Caching::Hashed);
        for path in ["/", "/sw.js", BUNDLE] {
            let first = site.get(path, &[(ACCEPT_ENCODING, "br")]).await;
            let (tag, date) = (first.header(ETAG), first.header(LAST_MODIFIED));
            assert!(!tag.is_empty() && !date.is_empty(), "{path}");
            for condition in [(IF_NONE_MATCH, tag), (IF_MODIFIED_SINCE, date)] {
                let again = site.get(path, &[(ACCEPT_ENCODING, "br"), condition]).await;
                assert_eq!(again.status(), 304, "{path}");
                assert_eq!(again.text().await, "", "{path}");
            }
        }
    }

    #[tokio::test]
    async fn development_keeps_nothing() {
        let site = Site::new(Caching::Never);
        for path in ["/", BUNDLE] {
            assert_eq!(
                site.get(path, &[]).await.header(CACHE_CONTROL),
                "no-store",
                "{path}"
            );
        }
    }

    #[tokio::test]
    async fn a_film_can_be_read_from_its_middle() {
        let site = Site::new(Caching::Hashed);
        let film = "/courses/first/film.mp4";
        let whole = site.get(film, &[]).await;
        assert_eq!(whole.header(ACCEPT_RANGES), "bytes");
        let part = site.get(film, &[(RANGE, "bytes=4-6")]).await;
        assert_eq!(part.status(), 206);
        assert_eq!(part.header(CONTENT_RANGE), "bytes 4-6/10");
        assert_eq!(part.text().await, "456");
        let end = site.get(film, &[(RANGE, "bytes=-2")]).await;
        assert_eq!(end.text().await, "89");
        assert_eq!(site.get(film, &[(RANGE, "bytes=99-")]).await.status(), 416);
    }

    #[tokio::test]
    async fn unknown_paths_are_not_found() {
        let site = Site::new(Caching::Hashed);
        for path in [
            "/nothing",
            "/courses/",
            "/courses/first/nothing.mp4",
            "/index.html/x",
        ] {
            assert_eq!(site.get(path, &[]).await.status(), 404, "{path}");
        }
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_reachable() {
        let site = Site::new(Caching::Hashed);
        for path in [
            "/../secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e/secret.txt",
            "/courses/../../secret.txt",
            "/courses/%2E%2E%2F..%2Fsecret.txt",
            "//secret.txt",
            "/..%5csecret.txt",
            "/.stage/index.html",
            "/%2Estage/index.html",
        ] {
            let answer = site.get(path, &[]).await;
            assert_ne!(answer.status(), 200, "{path}");
            assert!(!answer.text().await.contains("secret"), "{path}");
        }
    }

    #[tokio::test]
    async fn a_redirect_stays_on_this_site() {
        let site = Site::new(Caching::Hashed);
        for path in ["/courses", "//evil.example/courses", "/courses//first"] {
            let answer = site.get(path, &[]).await;
            let to = answer.header(LOCATION);
            assert!(
                !to.starts_with("//") && !to.contains("://"),
                "{path} leads to {to}"
            );
        }
    }

    #[tokio::test]
    async fn files_are_read_never_written() {
        let site = Site::new(Caching::Hashed);
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            assert_eq!(site.ask(method, "/sw.js", &[]).await.status(), 405);
        }
        let head = site.ask(Method::HEAD, "/sw.js", &[]).await;
        assert_eq!((head.status(), head.header(CONTENT_LENGTH)), (200, "6"));
        assert_eq!(head.text().await, "");
    }
}
