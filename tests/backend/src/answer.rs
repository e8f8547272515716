//! Answers: JSON, and errors that say in Chinese and English what is wrong.

use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is not answered as asked.
#[derive(Debug)]
pub struct Fault {
    /// The status.
    status: StatusCode,
    /// Words for people, in Chinese and English.
    message: String,
    /// Bytes of the attachment that are there, where that is what the sender must know.
    received: Option<u64>,
}

impl Fault {
    /// A fault with its words in both languages.
    pub fn new(status: StatusCode, chinese: &str, english: &str) -> Self {
        Self {
            status,
            message: both(chinese, english),
            received: None,
        }
    }

    /// 400: the request cannot be read.
    pub fn unreadable(chinese: &str, english: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, chinese, english)
    }

    /// 404: not there, or not for the asker, who is not told which.
    pub fn absent() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "没有，或者不归您看",
            "not there, or not for you to see",
        )
    }

    /// 413: more than `limit` bytes.
    pub fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            &format!("内容太大，最多 {limit} 字节"),
            &format!("the body is too large: {limit} bytes at most"),
        )
    }

    /// 416: the part does not follow the `received` bytes that are there.
    pub fn does_not_follow(received: u64) -> Self {
        let fault = Self::new(
            StatusCode::RANGE_NOT_SATISFIABLE,
            &format!("这一段接不上，已收到 {received} 字节"),
            &format!("the part does not follow: {received} bytes are here"),
        );
        Self {
            received: Some(received),
            ..fault
        }
    }

    /// 500: the backend's own trouble, which goes to standard error and not to the asker.
    pub fn own(error: &dyn std::error::Error) -> Self {
        eprintln!("zhixing-backend: {error}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "服务器出错了，请稍后再试",
            "the server has failed; try again later",
        )
    }

    /// 413 or 400 for a body that did not come whole.
    pub fn of_body(rejection: &BytesRejection, limit: usize) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::too_large(limit);
        }
        Self::unreadable("内容没有传完", "the body did not arrive whole")
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::own(&error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut body = json!({"message": self.message});
        if let Some(received) = self.received {
            body["received"] = received.into();
        }
        let mut answer = answer(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            let asked =
                header::HeaderValue::from_static(r#"Basic realm="zhixing", charset="UTF-8""#);
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, asked);
        }
        answer
    }
}

/// Words in both languages.
pub fn both(chinese: &str, english: &str) -> String {
    format!("{chinese} / {english}")
}

/// JSON with a status.
pub fn answer(status: StatusCode, body: &Value) -> Response {
    text(status, body.to_string())
}

/// JSON that is text already, with a status.
pub fn text(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Answers at addresses that the contract does not have.
pub async fn nowhere() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        "没有这个地址",
        "there is no such address",
    )
}

/// Answers methods that an address does not have.
pub async fn not_allowed() -> Fault {
    Fault::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "这个地址不接受这种请求",
        "this address does not take that method",
    )
}
