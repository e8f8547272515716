//! Talking to a Learning Record Store. What stores differ on is not depended on (the list is in
//! DESIGN section 9): no `PUT`, no State API, no `ETag`, no order, no `Consistent-Through`.

use serde_json::Value;

use super::files;
use super::hear::hear;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::time::Moment;
use crate::wire::plain::escaped;
use crate::wire::port::{
    Answer, Fetched, FileReply, Frozen, Method, PAGE, Page, Reply, Request, There, Upload, Wire,
    array, beside, file_reply, found, json, page, words,
};

/// The versions of the specification that are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.0.3.
    One,
    /// 2.0 (IEEE 9274.1.1).
    Two,
}

/// How far a page reaches back over the last one: stores differ in what `since` means, and their
/// clocks and commits run a little apart.
const OVERLAP_MS: i64 = 120_000;

/// Talks to a Learning Record Store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lrs {
    /// The version that it speaks.
    pub version: Version,
}

impl Lrs {
    fn get(&self, path: String) -> Request {
        Request {
            method: Method::Get,
            path,
            headers: self.headers(),
            body: None,
        }
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let version = match self.version {
            Version::One => "1.0.3",
            Version::Two => "2.0.0",
        };
        vec![("X-Experience-API-Version", version.to_owned())]
    }
}

impl Wire for Lrs {
    fn push(&self, batch: &[Frozen]) -> Request {
        let mut headers = self.headers();
        headers.push(("Content-Type", "application/json".to_owned()));
        Request {
            method: Method::Post,
            path: "statements".to_owned(),
            headers,
            body: Some(array(batch).into_bytes()),
        }
    }

    fn pushed(&self, _: &[Frozen], answer: &Answer) -> Reply {
        if let Some(reply) = beside(answer) {
            return reply;
        }
        match answer.status {
            204 => Reply::Accepted,
            // The ids of what was taken; a page for people is no such thing.
            200..=299 if json(answer).is_some_and(|body| body.is_array()) => Reply::Accepted,
            200..=299 | 404 => Reply::Strange,
            409 => Reply::Conflict,
            _ => Reply::Refused(words(answer)),
        }
    }

    fn look(&self, record: &Frozen) -> Request {
        self.get(format!("statements?statementId={}", record.id.as_str()))
    }

    fn looked(&self, record: &Frozen, answer: &Answer) -> There {
        if let Err(there) = found(answer) {
            return there;
        }
        let Some(known) = json(answer).filter(Value::is_object) else {
            return There::Unknown(Reply::Strange);
        };
        // Ralph answers with a list of one, or of none.
        let known = match known["statements"].as_array() {
            None => known,
            Some(all) => match all.first() {
                None => return There::Absent,
                Some(one) => one.clone(),
            },
        };
        // Stores add to a statement; the record that it carries is what must be the same.
        let sent: Option<Value> = serde_json::from_str(&array(std::slice::from_ref(record))).ok();
        let sent = sent.as_ref().and_then(Value::as_array);
        let sent = sent.and_then(|all| all.iter().find_map(hear));
        match (hear(&known), sent) {
            (Some(found), Some(sent)) if found.record == sent.record => There::Same,
            _ => There::Other,
        }
    }

    fn pull(&self, cursor: Option<&str>) -> Request {
        let since = cursor.map_or_else(String::new, |cursor| format!("&since={}", escaped(cursor)));
        self.get(format!("statements?ascending=true&limit={PAGE}{since}"))
    }

    fn more(&self, next: &str) -> Request {
        self.get(next.to_owned())
    }

    fn pulled(&self, answer: &Answer) -> Result<Page, Reply> {
        let value = page(answer)?;
        let at = Fields(&value);
        let items = at.items("statements").ok_or(Reply::Strange)?;
        let latest = items.iter().filter_map(|item| {
            let at = Fields(item);
            let stored = at.text("stored").or_else(|| at.text("timestamp"))?;
            Moment::parse_rfc3339(stored)
        });
        let cursor = latest
            .max()
            .map(|latest| Moment(latest.0 - OVERLAP_MS).to_rfc3339());
        let heard = items.iter().filter_map(hear);
        Ok(Page {
            records: heard
                .map(|heard| (heard.record, Some(heard.account)))
                .collect(),
            next: at
                .text("more")
                .filter(|more| !more.is_empty())
                .map(str::to_owned),
            cursor,
        })
    }

    fn send_file(&self, upload: &Upload<'_>) -> Request {
        let (kind, body) = files::mixed(upload);
        let mut headers = self.headers();
        headers.push(("Content-Type", kind));
        Request {
            method: Method::Post,
            path: "statements".to_owned(),
            headers,
            body: Some(body),
        }
    }

    fn file_sent(&self, _: &Upload<'_>, answer: &Answer) -> FileReply {
        match answer.status {
            // A statement's id says what file it is: what stands under it already is this one.
            409 => FileReply::Whole,
            _ => file_reply(answer),
        }
    }

    fn fetch_file(&self, of: &RecordId, hash: &Hash) -> Request {
        let id = files::statement_id(of, hash);
        self.get(format!(
            "statements?statementId={}&attachments=true",
            id.as_str()
        ))
    }

    fn file_fetched(&self, hash: &Hash, answer: Fetched) -> Option<Vec<u8>> {
        (answer.status == 200)
            .then(|| files::part(&answer.kind, &answer.bytes, hash))
            .flatten()
    }
}
