//! The plain REST wire (`public/openapi.yaml`): records as they are, in JSON arrays.

use serde_json::Value;

use super::port::{
    Answer, Fetched, FileReply, Frozen, Method, PAGE, Page, Reply, Request, There, Upload, Verdict,
    Wire, array, beside, file_reply, found, json, page, words,
};
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::record::{Actor, Record};
use crate::domain::roster::Roster;

/// Talks to a backend that keeps records as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    /// IRI of the class whose records are asked for.
    pub class: String,
}

impl Plain {
    /// A record as it is sent.
    #[must_use]
    pub fn freeze(record: &Record) -> Frozen {
        Frozen {
            id: record.envelope().id.clone(),
            items: 1,
            text: record.canonical().to_owned(),
        }
    }

    /// Asks whose the credentials are.
    #[must_use]
    pub fn me() -> Request {
        Self::get("me".to_owned())
    }

    /// Whose they are.
    ///
    /// # Errors
    /// The [`Reply`] that tells why that is not known.
    pub fn account(answer: &Answer) -> Result<Actor, Reply> {
        let me = page(answer)?;
        let account = Fields(&me).find("account").and_then(Actor::read);
        account.ok_or(Reply::Strange)
    }

    /// Asks for the roster of the class.
    #[must_use]
    pub fn roster() -> Request {
        Self::get("roster".to_owned())
    }

    /// The roster.
    ///
    /// # Errors
    /// The [`Reply`] that tells why there is none.
    pub fn people(answer: &Answer) -> Result<Roster, Reply> {
        Roster::read(&page(answer)?).ok_or(Reply::Strange)
    }

    fn get(path: String) -> Request {
        Request {
            method: Method::Get,
            path,
            headers: Vec::new(),
            body: None,
        }
    }
}

impl Wire for Plain {
    fn push(&self, batch: &[Frozen]) -> Request {
        Request {
            method: Method::Post,
            path: "records".to_owned(),
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: Some(array(batch).into_bytes()),
        }
    }

    fn pushed(&self, _: &[Frozen], answer: &Answer) -> Reply {
        if let Some(reply) = beside(answer) {
            return reply;
        }
        match answer.status {
            200..=299 => verdicts(answer).map_or(Reply::Strange, Reply::Each),
            409 => Reply::Conflict,
            404 => Reply::Strange,
            _ => Reply::Refused(words(answer)),
        }
    }

    fn look(&self, record: &Frozen) -> Request {
        Self::get(format!("records/{}", record.id.as_str()))
    }

    fn looked(&self, record: &Frozen, answer: &Answer) -> There {
        if let Err(there) = found(answer) {
            return there;
        }
        let known = Record::parse(&answer.body);
        match known {
            Ok(known) if known.canonical() == record.text => There::Same,
            Ok(_) => There::Other,
            Err(_) => There::Unknown(Reply::Strange),
        }
    }

    fn pull(&self, cursor: Option<&str>) -> Request {
        let since = cursor.map_or_else(String::new, |cursor| format!("&since={}", escaped(cursor)));
        Self::get(format!(
            "records?class={}&limit={PAGE}{since}",
            escaped(&self.class)
        ))
    }

    fn more(&self, next: &str) -> Request {
        self.pull(Some(next))
    }

    fn pulled(&self, answer: &Answer) -> Result<Page, Reply> {
        let value = page(answer)?;
        let at = Fields(&value);
        let items = at.items("records").ok_or(Reply::Strange)?;
        // What is no record, of this version or at all, is passed over.
        let records = items.iter().filter_map(heard).collect();
        let next = at.text("next").map(str::to_owned);
        let more = value["more"] == true;
        Ok(Page {
            records,
            cursor: next.clone(),
            next: next.filter(|_| more),
        })
    }

    fn send_file(&self, upload: &Upload<'_>) -> Request {
        let (from, whole) = (upload.received, upload.bytes.len());
        let to = whole.min(from + PART_BYTES);
        let part = upload.bytes.get(from..to).unwrap_or_default();
        let mut headers = vec![("Content-Type", "application/octet-stream".to_owned())];
        // What fits into one part goes as it is: a small server need not know parts.
        if part.len() < whole {
            let range = format!("bytes {from}-{}/{whole}", to.saturating_sub(1));
            headers.push(("Content-Range", range));
        }
        Request {
            method: Method::Put,
            path: format!("attachments/{}", upload.file.sha256),
            headers,
            body: Some(part.to_vec()),
        }
    }

    fn file_sent(&self, upload: &Upload<'_>, answer: &Answer) -> FileReply {
        let whole = upload.bytes.len();
        let received = json(answer).and_then(|body| Fields(&body).positive("received"));
        let received = received.and_then(|count| usize::try_from(count).ok());
        match (answer.status, received) {
            // More than there is, or what was there before: it would go round in circles.
            (202 | 416, Some(count)) if count < whole && count != upload.received => {
                FileReply::Going(count)
            }
            _ => file_reply(answer),
        }
    }

    fn fetch_file(&self, _: &RecordId, hash: &Hash) -> Request {
        Self::get(format!("attachments/{hash}"))
    }

    fn file_fetched(&self, hash: &Hash, answer: Fetched) -> Option<Vec<u8>> {
        let whole = answer.status == 200 && Hash::of(&answer.bytes) == *hash;
        whole.then_some(answer.bytes)
    }
}

/// Bytes of a part of a file: what a slow line carries while one still waits for an answer.
const PART_BYTES: usize = 512 * 1024;

/// `{"record": …, "account": {"homePage", "name"}}`: a record, and who it is that the backend let in
/// when it came.
fn heard(item: &Value) -> Option<(Record, Option<Actor>)> {
    let at = Fields(item);
    let record = Record::parse(&at.find("record")?.0.to_string()).ok()?;
    Some((record, at.find("account").and_then(Actor::read)))
}

/// One verdict a record: `[{"id", "status": "accepted" | "refused", "why"}]`.
fn verdicts(answer: &Answer) -> Option<Vec<(RecordId, Verdict)>> {
    let value = json(answer)?;
    let verdict = |item: &Value| {
        let at = Fields(item);
        let verdict = match at.text("status")? {
            "accepted" => Verdict::Accepted,
            "refused" => Verdict::Refused(at.text("why").unwrap_or_default().to_owned()),
            _ => return None,
        };
        Some((at.id("id")?, verdict))
    };
    value.as_array()?.iter().map(verdict).collect()
}

/// As a value of a query.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
                out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out
}
