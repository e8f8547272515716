//! What is asked of a backend, and how its answers are understood. A wire makes requests and reads
//! answers and does nothing else: sending them is the business of one driver.

use serde_json::Value;

use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::record::{Actor, Record};
use crate::domain::time::Moment;
use crate::domain::work::AttachedFile;

/// Most items of one request: statements, or records.
pub const BATCH: usize = 50;
/// Most items of one page that is asked for.
pub const PAGE: usize = 100;
/// Most bytes of one request that carries more than one record.
pub const BATCH_BYTES: usize = 500_000;

/// What is done with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Add.
    Post,
    /// Put bytes at an address.
    Put,
}

/// A request, relative to the backend's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is done.
    pub method: Method,
    /// What follows the address, with its query; an absolute address where the backend named one.
    pub path: String,
    /// Headers beyond `Authorization`.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or the bytes of a file.
    pub body: Option<Vec<u8>>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 0 when nothing came back: no network, a refusal by CORS, a broken connection.
    pub status: u16,
    /// Seconds, where the backend asked for patience.
    pub retry_after: Option<u64>,
    /// Whether the browser was sent on to another address.
    pub redirected: bool,
    /// The body.
    pub body: String,
}

/// A record as it is sent: its bytes never change once they were tried, whatever version of the
/// app tries again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The record.
    pub id: RecordId,
    /// How many items of a request it is.
    pub items: usize,
    /// The items as JSON, with commas between them.
    pub text: String,
}

/// What an answer to a batch means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// All of it is there.
    Accepted,
    /// Some of it may be there; each record's own verdict. Records that are not named are sent
    /// again.
    Each(Vec<(RecordId, Verdict)>),
    /// Something in it is not taken: its words. Nothing of it is there.
    Refused(String),
    /// Something in it stands there already, with other words perhaps. Nothing else of it is there.
    Conflict,
    /// Nobody is signed in, or not somebody who may.
    SignIn,
    /// Not now; after so many seconds, if the backend says so.
    Later(Option<u64>),
    /// What answered is no backend: a login page of the network, something else at this address.
    Strange,
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Accepted,
    /// It is not taken; the backend's words.
    Refused(String),
}

/// Whether a record is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// It is, word for word.
    Same,
    /// Something else stands under its id.
    Other,
    /// It is not.
    Absent,
    /// The answer does not tell.
    Unknown(Reply),
}

/// A file of a record, on its way to a backend.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// The record that names it.
    pub of: &'a RecordId,
    /// Its account and when it was made, for stores that keep a file with a statement of its own.
    pub by: (&'a Actor, Moment),
    /// What it is called, how long it is, its digest.
    pub file: &'a AttachedFile,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// How many of them the backend has.
    pub received: usize,
}

/// What an answer to a file means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileReply {
    /// It is there whole.
    Whole,
    /// So many bytes of it are; it goes on from there.
    Going(usize),
    /// The backend takes no files, or not this one.
    Lacks,
    /// Neither is known; as for records.
    Unknown(Reply),
}

/// An answer that holds a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status; 0 when nothing came back.
    pub status: u16,
    /// `Content-Type`.
    pub kind: String,
    /// The body.
    pub bytes: Vec<u8>,
}

/// Others' records, a page of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The records, each with the account that vouches for it, if the backend names one.
    pub records: Vec<(Record, Option<Actor>)>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    /// From where on to ask the next time.
    pub cursor: Option<String>,
}

/// One way to talk to a backend.
pub trait Wire {
    /// Sends a batch.
    fn push(&self, batch: &[Frozen]) -> Request;
    /// What the answer to a batch means.
    fn pushed(&self, batch: &[Frozen], answer: &Answer) -> Reply;
    /// Asks for one record by its id.
    fn look(&self, record: &Frozen) -> Request;
    /// Whether it is there.
    fn looked(&self, record: &Frozen, answer: &Answer) -> There;
    /// Asks for records that arrived since a cursor; from the beginning without one.
    fn pull(&self, cursor: Option<&str>) -> Request;
    /// Goes on with a page that the backend named.
    fn more(&self, next: &str) -> Request;
    /// The records of a page.
    ///
    /// # Errors
    /// The [`Reply`] that tells why there are none.
    fn pulled(&self, answer: &Answer) -> Result<Page, Reply>;
    /// Hands in a file, or its next part.
    fn send_file(&self, upload: &Upload<'_>) -> Request;
    /// What the answer means, when `received` bytes had come before.
    fn file_sent(&self, upload: &Upload<'_>, answer: &Answer) -> FileReply;
    /// Asks for a file of a record.
    fn fetch_file(&self, of: &RecordId, hash: &Hash) -> Request;
    /// The file, if the answer holds it: nothing with another digest is it.
    fn file_fetched(&self, hash: &Hash, answer: Fetched) -> Option<Vec<u8>>;
}

/// What a status means that says nothing of the batch itself; `None` for those that do.
#[must_use]
pub fn beside(answer: &Answer) -> Option<Reply> {
    if answer.redirected && json(answer).is_none() {
        return Some(Reply::Strange);
    }
    match answer.status {
        200..=299 | 400 | 404 | 409 | 413 | 422 => None,
        401 | 403 => Some(Reply::SignIn),
        0 | 408 | 425 | 429 | 500..=599 => Some(Reply::Later(answer.retry_after)),
        _ => Some(Reply::Strange),
    }
}

/// The body as JSON.
#[must_use]
pub fn json(answer: &Answer) -> Option<Value> {
    serde_json::from_str(&answer.body).ok()
}

/// What a page of records holds.
///
/// # Errors
/// The [`Reply`] that tells why there is none.
pub fn page(answer: &Answer) -> Result<Value, Reply> {
    match beside(answer) {
        Some(reply) => Err(reply),
        None if answer.status == 200 => json(answer).ok_or(Reply::Strange),
        None => Err(Reply::Strange),
    }
}

/// What stands under an id.
///
/// # Errors
/// [`There::Absent`], or why nothing is known.
pub fn found(answer: &Answer) -> Result<(), There> {
    match (beside(answer), answer.status) {
        (Some(reply), _) => Err(There::Unknown(reply)),
        (None, 200) => Ok(()),
        (None, 404) => Err(There::Absent),
        // Asking harms nobody: a backend that refuses even that wants to know who asks.
        (None, _) => Err(There::Unknown(Reply::SignIn)),
    }
}

/// The first words of a body, to be shown: backends say there what they did not like.
#[must_use]
pub fn words(answer: &Answer) -> String {
    const MOST: usize = 300;
    let said = json(answer);
    let said = said.as_ref().and_then(|said| {
        let names = ["message", "error", "detail"];
        names.iter().find_map(|name| said[*name].as_str())
    });
    let said = said.unwrap_or(&answer.body).trim();
    let said: String = said.chars().take(MOST).collect();
    format!("{}: {said}", answer.status)
}

/// Cuts a queue into the next batch: as many records as fit one request, at least one.
#[must_use]
pub fn batch<'a>(queue: impl Iterator<Item = &'a Frozen>) -> Vec<Frozen> {
    let (mut items, mut bytes) = (0, 0);
    let mut taken: Vec<Frozen> = Vec::new();
    for record in queue {
        items += record.items;
        bytes += record.text.len();
        if !taken.is_empty() && (items > BATCH || bytes > BATCH_BYTES) {
            break;
        }
        taken.push(record.clone());
    }
    taken
}

/// What an answer to a whole file means. A login page of the network answers anything with 200 and
/// words for people: only an answer that a backend gives is one.
#[must_use]
pub fn file_reply(answer: &Answer) -> FileReply {
    let said = answer.body.trim();
    let plausible = json(answer).is_some() || said.is_empty() && !answer.redirected;
    match answer.status {
        200 | 201 | 204 if plausible => FileReply::Whole,
        // Servers that know no such address, method or type.
        400 | 404 | 405 | 406 | 413 | 415 | 422 | 501 => FileReply::Lacks,
        _ => FileReply::Unknown(beside(answer).unwrap_or(Reply::Strange)),
    }
}

/// A batch as a JSON array.
#[must_use]
pub fn array(batch: &[Frozen]) -> String {
    let texts: Vec<&str> = batch.iter().map(|record| record.text.as_str()).collect();
    format!("[{}]", texts.join(","))
}
