//! CORS: pages of any origin may ask, from public networks into a school's own too, for what is
//! shown depends on the credentials of each request and nothing else: there are no cookies.

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// How long a browser may rely on the answer to a preflight, in seconds.
const MAX_AGE: &str = "7200";

/// Answers preflights, and puts the headers on every other answer.
pub async fn around(request: Request, next: Next) -> Response {
    let mut answer = if request.method() == Method::OPTIONS {
        preflight()
    } else {
        next.run(request).await
    };
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-expose-headers", "Upload-Received"),
        // What one person may see is nothing for a cache that another shares.
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        let value = HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn preflight() -> Response {
    let headers = [
        ("access-control-allow-methods", "GET, HEAD, POST, PUT"),
        (
            "access-control-allow-headers",
            "Authorization, Content-Type, Content-Range",
        ),
        ("access-control-max-age", MAX_AGE),
        ("access-control-allow-private-network", "true"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
