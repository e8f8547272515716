//! Attachments handed in, whole or in parts.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;
use zhixing::domain::hash::Hash;

use crate::MAX_ATTACHMENT_BYTES;
use crate::answer::{Fault, answer};
use crate::attachments::{hash, received};
use crate::auth::Asker;
use crate::store::Store;

/// A part of an attachment, by the offsets of `Content-Range`.
struct Part {
    /// Offset of its first byte.
    start: u64,
    /// Whether it ends where the attachment does.
    last: bool,
}

/// What became of an upload.
enum Outcome {
    /// More is to come after so many bytes.
    Going(u64),
    /// It is there whole, so many bytes.
    Whole(u64),
    /// Its digest is another; nothing of it is kept.
    Unfit,
}

/// `PUT /attachments/{sha256}`: the whole, or a part that follows what the asker sent before.
pub async fn write(
    State(store): State<Store>,
    asker: Asker,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Fault> {
    let hash = hash(path).ok_or_else(|| {
        Fault::unreadable(
            "地址应为 64 位小写十六进制的 SHA-256",
            "the address is a SHA-256 of 64 lower-case hexadecimal digits",
        )
    })?;
    let body = body.map_err(|rejection| Fault::of_body(&rejection, MAX_ATTACHMENT_BYTES))?;
    let part = part(&headers, body.len() as u64)?;
    let outcome = store.run(move |database| {
        let hash = hash.to_string();
        match part {
            None => finish(database, &asker, &hash, &body),
            Some(part) => add(database, &asker, &hash, &part, &body),
        }
    });
    match outcome.await? {
        Outcome::Going(received) => {
            Ok(answer(StatusCode::ACCEPTED, &json!({"received": received})))
        }
        Outcome::Whole(received) => Ok(answer(StatusCode::CREATED, &json!({"received": received}))),
        Outcome::Unfit => Err(Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "内容与地址里的摘要不符，没有保存",
            "the bytes do not have this digest; nothing was kept",
        )),
    }
}

/// What `Content-Range` says of a body of so many bytes; `None` without it: the body is the whole.
fn part(headers: &HeaderMap, length: u64) -> Result<Option<Part>, Fault> {
    let Some(range) = headers.get(header::CONTENT_RANGE) else {
        return Ok(None);
    };
    let (start, end, total) = range.to_str().ok().and_then(offsets).ok_or_else(|| {
        Fault::unreadable(
            "Content-Range 应为 bytes 起-止/总长",
            "Content-Range is bytes FIRST-LAST/TOTAL",
        )
    })?;
    if total > MAX_ATTACHMENT_BYTES as u64 {
        return Err(Fault::too_large(MAX_ATTACHMENT_BYTES));
    }
    if start > end || end >= total || end - start + 1 != length {
        return Err(Fault::unreadable(
            "Content-Range 与内容的长度不符",
            "Content-Range does not fit the length of the body",
        ));
    }
    Ok(Some(Part {
        start,
        last: end + 1 == total,
    }))
}

fn offsets(range: &str) -> Option<(u64, u64, u64)> {
    let number = |digits: &str| {
        let whole = digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse().ok().filter(|_| whole)
    };
    let (range, total) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (start, end) = range.split_once('-')?;
    Some((number(start)?, number(end)?, number(total)?))
}

/// Adds a part; the last one makes the whole. Parts are the sender's own, so nobody spoils another's.
fn add(
    database: &Transaction<'_>,
    asker: &Asker,
    hash: &str,
    part: &Part,
    body: &[u8],
) -> Result<Outcome, Fault> {
    // The answer to the last part may have been lost on its way.
    if let Some(whole) = own(database, asker, hash)? {
        return Ok(Outcome::Whole(whole));
    }
    let received = received(database, asker, hash)?;
    if part.start != received {
        return Err(Fault::does_not_follow(received));
    }
    database.execute(
        "INSERT INTO parts (hash, account, start, bytes) VALUES (?1, ?2, ?3, ?4)",
        params![hash, asker.name, received, body],
    )?;
    if !part.last {
        return Ok(Outcome::Going(received + body.len() as u64));
    }
    let mut parts = database
        .prepare("SELECT bytes FROM parts WHERE hash = ?1 AND account = ?2 ORDER BY start")?;
    let mut rows = parts.query([hash, &asker.name])?;
    let mut whole = Vec::new();
    while let Some(row) = rows.next()? {
        whole.extend(row.get::<_, Vec<u8>>(0)?);
    }
    finish(database, asker, hash, &whole)
}

/// Keeps the whole if it is what its address says; parts are done with either way.
fn finish(
    database: &Transaction<'_>,
    asker: &Asker,
    hash: &str,
    whole: &[u8],
) -> Result<Outcome, Fault> {
    database.execute(
        "DELETE FROM parts WHERE hash = ?1 AND account = ?2",
        [hash, &asker.name],
    )?;
    if Hash::of(whole).to_string() != hash {
        return Ok(Outcome::Unfit);
    }
    database.execute(
        "INSERT OR IGNORE INTO attachments (hash, bytes) VALUES (?1, ?2)",
        params![hash, whole],
    )?;
    database.execute(
        "INSERT OR IGNORE INTO senders (hash, account) VALUES (?1, ?2)",
        [hash, &asker.name],
    )?;
    Ok(Outcome::Whole(whole.len() as u64))
}

/// Bytes of an attachment that the asker has sent whole.
fn own(database: &Transaction<'_>, asker: &Asker, hash: &str) -> rusqlite::Result<Option<u64>> {
    let found = database.query_row(
        "SELECT length(bytes) FROM attachments JOIN senders USING (hash)
         WHERE hash = ?1 AND account = ?2",
        [hash, &asker.name],
        |row| row.get(0),
    );
    found.optional()
}
