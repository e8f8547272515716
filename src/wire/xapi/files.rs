//! Files at a Learning Record Store: each is the attachment of a statement of its own (xAPI part two,
//! 2.4.11 and 4.3; `multipart/mixed`), so that a store that takes none keeps the records all the same.

use serde_json::json;

use super::table::{OWN, word};
use super::tell::{beside, own};
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::wire::port::Upload;

/// The header of a part that says which attachment it is.
const HASH: &str = "x-experience-api-hash:";

/// The id of the statement that carries a file of a record: the same each time.
pub fn statement_id(of: &RecordId, hash: &Hash) -> RecordId {
    beside(of, &format!("file {hash}"))
}

/// A type that may stand in a header; what a record says of a file is anybody's word.
fn media_type(mime: &str) -> &str {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte);
    let known = mime.contains('/') && mime.len() <= 100 && mime.bytes().all(fits);
    if known {
        mime
    } else {
        "application/octet-stream"
    }
}

/// The body that hands a file in, and its type.
pub fn mixed(upload: &Upload<'_>) -> (String, Vec<u8>) {
    let (actor, at) = upload.by;
    let file = upload.file;
    let hash = file.sha256.to_string();
    let kind = media_type(&file.mime);
    let word = word("attachment");
    let statement = json!({
        "id": statement_id(upload.of, &file.sha256).as_str(),
        "actor": {"objectType": "Agent",
            "account": {"homePage": actor.home_page, "name": actor.name}},
        "verb": {"id": own(word.verb), "display": {"en": word.display}},
        "object": {"objectType": "Activity", "id": format!("{OWN}file/{hash}"),
            "definition": {"type": word.activity}},
        "timestamp": at.to_rfc3339(),
        "attachments": [{"usageType": format!("{OWN}submission"), "display": {"und": file.name},
            "contentType": kind, "length": upload.bytes.len(), "sha2": hash}],
    })
    .to_string();
    // The digest stands nowhere in what it is the digest of.
    let boundary = format!("zhixing-{}", hash.get(..32).unwrap_or_default());
    let mut body = format!(
        "--{boundary}\r\nContent-Type: application/json\r\n\r\n{statement}\r\n\
         --{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\
         X-Experience-API-Hash: {hash}\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(upload.bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/mixed; boundary={boundary}"), body)
}

/// The file with a digest in an answer of many parts.
pub fn part(kind: &str, body: &[u8], hash: &Hash) -> Option<Vec<u8>> {
    let boundary = kind.split(';').find_map(|part| {
        let value = part.trim().strip_prefix("boundary=")?;
        Some(value.trim_matches('"'))
    })?;
    let mark = format!("--{boundary}");
    let expected = hash.to_string();
    let mut rest = body;
    while let Some(at) = find(rest, mark.as_bytes()) {
        rest = rest.get(at + mark.len()..)?;
        let blank = find(rest, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(rest.get(..blank)?).to_ascii_lowercase();
        let named = head.lines().find_map(|line| line.strip_prefix(HASH));
        let content = rest.get(blank + 4..)?;
        if named.is_some_and(|named| named.trim() == expected) {
            // A file may hold the mark: the digest says where it ends.
            let mut end = 0;
            while let Some(more) = find(content.get(end..)?, mark.as_bytes()) {
                let file = content.get(..(end + more).saturating_sub(2))?;
                if let Some(file) = whole(file, hash) {
                    return Some(file);
                }
                end += more + mark.len();
            }
            return None;
        }
    }
    None
}

/// The bytes that have the digest: as they are, or, where a store took bytes for characters and wrote
/// those as UTF-8 (Learning Locker's statements service 7.8.0 does), taken back.
fn whole(bytes: &[u8], hash: &Hash) -> Option<Vec<u8>> {
    if Hash::of(bytes) == *hash {
        return Some(bytes.to_vec());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut taken = Vec::with_capacity(bytes.len());
    for character in text.chars() {
        taken.push(u8::try_from(u32::from(character)).ok()?);
    }
    (Hash::of(&taken) == *hash).then_some(taken)
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Actor;
    use crate::domain::time::Moment;
    use crate::domain::work::AttachedFile;
    use crate::wire::plain::Plain;
    use crate::wire::port::{Answer, Fetched, FileReply, Reply, Wire as _};
    use crate::wire::xapi::{Lrs, Version};
    use proptest::prelude::*;

    fn answered(mime: &str, bytes: &[u8]) -> (String, Vec<u8>, Hash) {
        let hash = Hash::of(bytes);
        let file = AttachedFile {
            sha256: hash,
            name: "家访\"记录\r\n.docx".into(),
            mime: mime.into(),
            bytes: bytes.len() as u64,
        };
        let actor = Actor {
            home_page: "tag:x,2026:c".into(),
            name: "li".into(),
        };
        let upload = Upload {
            of: &RecordId::from_random([1; 16]),
            by: (&actor, Moment(0)),
            file: &file,
            bytes,
            received: 0,
        };
        let (kind, body) = mixed(&upload);
        (kind, body, hash)
    }

    proptest! {
        #[test]
        fn whatever_is_in_a_file_it_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let (kind, body, hash) = answered("image/png", &bytes);
            prop_assert_eq!(part(&kind, &body, &hash), Some(bytes));
        }

        #[test]
        fn a_store_that_takes_bytes_for_characters_gives_them_back_all_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let (kind, body, hash) = answered("image/png", &bytes);
            let mangled: String = body.iter().map(|byte| char::from(*byte)).collect();
            prop_assert_eq!(part(&kind, mangled.as_bytes(), &hash), Some(bytes));
        }

        #[test]
        fn any_answer_is_safe_to_look_at(body in proptest::collection::vec(any::<u8>(), 0..300), kind in ".{0,60}") {
            prop_assert_eq!(part(&kind, &body, &Hash::of(b"x")), None);
        }
    }

    #[test]
    fn a_file_that_holds_the_mark_comes_back_and_a_changed_one_does_not() {
        let (kind, ..) = answered("image/png", b"x");
        let mark = kind.split("boundary=").nth(1).unwrap().to_owned();
        let tricky = format!("a\r\n--{mark}\r\n\r\nb--{mark}").into_bytes();
        let body = |bytes: &[u8], hash: &Hash| {
            let mut body =
                format!("--{mark}\r\nX-Experience-API-Hash: {hash}\r\n\r\n").into_bytes();
            body.extend_from_slice(bytes);
            body.extend_from_slice(format!("\r\n--{mark}--").as_bytes());
            body
        };
        let hash = Hash::of(&tricky);
        assert_eq!(part(&kind, &body(&tricky, &hash), &hash), Some(tricky));
        assert_eq!(part(&kind, &body(b"changed", &hash), &hash), None);
    }

    #[test]
    fn no_name_or_type_gets_into_a_header() {
        let (_, body, _) = answered("text/html\r\nX-Evil: 1", b"x");
        let body = String::from_utf8(body).unwrap();
        assert!(!body.contains("X-Evil"));
        assert!(body.contains("application/octet-stream"));
        let statement = body.lines().find(|line| line.starts_with('{')).unwrap();
        let statement: serde_json::Value = serde_json::from_str(statement).unwrap();
        assert_eq!(
            statement["attachments"][0]["display"]["und"],
            "家访\"记录\r\n.docx"
        );
    }

    #[test]
    fn a_store_that_takes_no_files_is_told_from_one_that_is_not_well() {
        let lrs = Lrs {
            version: Version::One,
        };
        let (file, actor) = (
            AttachedFile {
                sha256: Hash::of(b""),
                name: String::new(),
                mime: String::new(),
                bytes: 0,
            },
            Actor {
                home_page: String::new(),
                name: String::new(),
            },
        );
        let upload = Upload {
            of: &RecordId::from_random([1; 16]),
            by: (&actor, Moment(0)),
            file: &file,
            bytes: b"",
            received: 0,
        };
        let plain = Plain {
            class: String::new(),
        };
        let later = FileReply::Unknown(Reply::Later(None));
        let strange = FileReply::Unknown(Reply::Strange);
        for (status, redirected, body, reply) in [
            (200, false, "[\"id\"]", FileReply::Whole),
            (201, false, "{\"received\":0}", FileReply::Whole),
            (204, false, "", FileReply::Whole),
            // The network's login page.
            (200, false, "<h1>login</h1>", strange.clone()),
            (200, true, "", strange.clone()),
            (202, false, "<h1>wait</h1>", strange),
            (400, false, "", FileReply::Lacks),
            (415, false, "", FileReply::Lacks),
            (501, false, "", FileReply::Lacks),
            (401, false, "{}", FileReply::Unknown(Reply::SignIn)),
            (502, false, "<h1>Bad Gateway</h1>", later.clone()),
            (0, false, "", later),
        ] {
            let answer = Answer {
                status,
                retry_after: None,
                redirected,
                body: body.to_owned(),
            };
            assert_eq!(lrs.file_sent(&upload, &answer), reply, "{status} {body}");
            assert_eq!(plain.file_sent(&upload, &answer), reply, "{status} {body}");
        }
        let conflict = Answer {
            status: 409,
            retry_after: None,
            redirected: false,
            body: String::new(),
        };
        assert_eq!(lrs.file_sent(&upload, &conflict), FileReply::Whole);
        let nothing = Fetched {
            status: 404,
            kind: String::new(),
            bytes: Vec::new(),
        };
        assert_eq!(lrs.file_fetched(&Hash::of(b""), nothing), None);
    }
}
