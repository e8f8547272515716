//! Attachments, files that records name by their digests, given out.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{ToSql, Transaction};
use zhixing::domain::hash::Hash;

use crate::answer::Fault;
use crate::auth::Asker;
use crate::sight::{asks, is_tutor, seen};
use crate::store::Store;

/// The header that tells how many bytes of an attachment have come so far.
const UPLOAD_RECEIVED: &str = "upload-received";

/// The digest that an address names.
pub fn hash(path: Result<Path<String>, PathRejection>) -> Option<Hash> {
    Hash::parse(&path.ok()?)
}

/// Bytes that the asker has sent of an attachment so far.
pub fn received(database: &Transaction<'_>, asker: &Asker, hash: &str) -> rusqlite::Result<u64> {
    database.query_row(
        "SELECT ifnull(sum(length(bytes)), 0) FROM parts WHERE hash = ?1 AND account = ?2",
        [hash, &asker.name],
        |row| row.get(0),
    )
}

/// `GET` and `HEAD /attachments/{sha256}`: the bytes, or how many there are. `HEAD` tells of the
/// asker's unfinished upload too.
pub async fn read(
    State(store): State<Store>,
    asker: Asker,
    method: Method,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Fault> {
    let hash = hash(path).ok_or_else(Fault::absent)?.to_string();
    let head = method == Method::HEAD;
    let answer = store.run(move |database| {
        if is_seen(database, &asker, &hash)? {
            return if head {
                length(database, &hash).map(whole_head)
            } else {
                bytes(database, &hash).map(whole)
            };
        }
        match received(database, &asker, &hash)? {
            received if head && received > 0 => {
                Ok([(UPLOAD_RECEIVED, received.to_string())].into_response())
            }
            _ => Err(Fault::absent()),
        }
    });
    answer.await
}

/// Whether the asker has sent the attachment or sees a record that names it, and it is there.
fn is_seen(database: &Transaction<'_>, asker: &Asker, hash: &str) -> rusqlite::Result<bool> {
    let tutor = is_tutor(asker);
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":hash", &hash)];
    values.extend(asks(asker, &tutor));
    database.query_row(
        &format!(
            "SELECT EXISTS (SELECT 1 FROM attachments WHERE hash = :hash) AND
            (EXISTS (SELECT 1 FROM senders WHERE hash = :hash AND account = :account)
             OR EXISTS (SELECT 1 FROM mentions m JOIN records r ON r.id = m.record
                JOIN people s ON s.name = r.account WHERE m.hash = :hash AND {}))",
            seen()
        ),
        values.as_slice(),
        |row| row.get(0),
    )
}

fn length(database: &Transaction<'_>, hash: &str) -> Result<u64, Fault> {
    let sql = "SELECT length(bytes) FROM attachments WHERE hash = ?1";
    Ok(database.query_row(sql, [hash], |row| row.get(0))?)
}

fn bytes(database: &Transaction<'_>, hash: &str) -> Result<Vec<u8>, Fault> {
    let sql = "SELECT bytes FROM attachments WHERE hash = ?1";
    Ok(database.query_row(sql, [hash], |row| row.get(0))?)
}

fn whole_head(length: u64) -> Response {
    let mut answer = whole(Vec::new());
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    answer
}

/// Bytes that somebody made: a browser that is led to them saves them and runs nothing.
fn whole(bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CONTENT_SECURITY_POLICY, "sandbox"),
    ];
    (headers, bytes).into_response()
}
