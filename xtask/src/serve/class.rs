//! The backend of a class beside the app: below `/api/` of the same server, so that neither CORS nor
//! mixed content stands between them, also on a plain http LAN.

use crate::say;
use anyhow::{Context, Result};
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;
use std::path::Path;
use zhixing_backend::{Store, demo, router};

/// Where the class is kept, below the project.
const DATA: &str = "target/class.sqlite";

/// What presets the app's screen of backends: its own server.
const CONFIG: &str = r#"{"backend":{"kind":"plain","address":"api/"}}"#;

/// The app with the backend of a class, which is made anew if asked to.
///
/// # Errors
/// When its file cannot be opened.
pub fn beside(app: Router, root: &Path, fresh: bool) -> Result<Router> {
    let data = root.join(DATA);
    if fresh {
        for end in ["", "-wal", "-shm"] {
            let mut file = data.clone().into_os_string();
            file.push(end);
            // It need not be there.
            let _ = std::fs::remove_file(file);
        }
    }
    let store = Store::open(Some(&data)).with_context(|| format!("{DATA} cannot be opened"))?;
    demo(&store).with_context(|| format!("{DATA} cannot be written"))?;
    Ok(around(app, store))
}

fn around(app: Router, store: Store) -> Router {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-cache"),
    ];
    Router::new()
        .route(
            "/config.json",
            get(move || async move { (headers, CONFIG) }),
        )
        .nest("/api", router(store))
        .fallback_service(app)
}

/// Says who can sign in.
pub fn announce(url: &str) {
    say::note(&format!(
        "a class to try: open {url}#/backend in two browsers and sign in as li-na or wang-wei \
         (learners) or chen (the tutor); the password is the name with -2026, such as li-na-2026"
    ));
    say::note(&format!(
        "what they send is kept in {DATA}; --fresh begins anew"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    async fn ask(path: &str) -> (StatusCode, String) {
        let store = Store::open(None).unwrap();
        demo(&store).unwrap();
        let app = Router::new().fallback(|| async { "the app" });
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = around(app, store).oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_backend_answers_below_api_and_the_app_everywhere_else() {
        let (status, about) = ask("/api/about").await;
        assert_eq!(status, StatusCode::OK);
        assert!(about.contains("zhixing-plain/1"), "{about}");
        assert_eq!(ask("/api/me").await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(ask("/").await.1, "the app");
        assert_eq!(ask("/config.json").await.1, CONFIG);
    }
}
