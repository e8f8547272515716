//! Signatures (Ed25519, RFC 8032) of what a tutor writes, by which it is known as theirs wherever it
//! comes from: a store that knows nobody, a file on a stick.
//!
//! What is signed is a fixed beginning and the record's hash in hexadecimal digits, so that a signature of a
//! record is a signature of nothing else. The keys of tutors stand in the roster.

use ed25519_compact::{KeyPair, PublicKey, Seed, Signature};
use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::record::{Actor, Audience, Record, Sender};
use crate::domain::roster::Roster;

/// What is signed begins with this.
const PREFIX: &str = "zhixing-record/1 ";

/// What signing begins with: 32 bytes that nobody else may know.
pub type SecretSeed = [u8; 32];

/// The public key to a secret one, as rosters hold it: 64 hexadecimal digits.
#[must_use]
pub fn public_key(seed: &SecretSeed) -> String {
    hex(&pair(seed).pk[..])
}

fn pair(seed: &SecretSeed) -> KeyPair {
    KeyPair::from_seed(Seed::new(*seed))
}

/// A record with its signature. What nobody but its maker reads, and study time, which no tutor
/// answers for, stay as they are.
#[must_use]
pub fn signed(seed: &SecretSeed, record: Record) -> Record {
    let envelope = record.envelope();
    if envelope.audience == Audience::Private || envelope.kind == "studied" {
        return record;
    }
    let pair = pair(seed);
    // Without noise the same record has the same signature, whichever tab seals it.
    let signature = pair.sk.sign(said(&record), None);
    let signature = json!({"key": hex(&pair.pk[..]), "value": hex(&signature[..])});
    let Ok(mut value) = serde_json::from_str::<Value>(record.canonical()) else {
        return record;
    };
    value["signature"] = signature;
    // A record with a signature is a record: it fails only when it is too long with it.
    Record::parse(&value.to_string()).unwrap_or(record)
}

fn said(record: &Record) -> String {
    format!("{PREFIX}{}", record.hash())
}

/// What a record's signature says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// It has none.
    Not,
    /// It is this tutor's, by their key in the roster.
    By(Actor),
    /// It is by a key that the roster does not hold.
    Unknown,
    /// It is no signature of this record: somebody changed the record, or made the signature up.
    Forged,
}

/// Whose signature a record has.
#[must_use]
pub fn signature_of(record: &Record, roster: Option<&Roster>) -> Signed {
    if !record.canonical().contains("\"signature\":") {
        return Signed::Not;
    }
    let value: Value = serde_json::from_str(record.canonical()).unwrap_or_default();
    let Some(at) = Fields(&value).find("signature") else {
        return Signed::Not;
    };
    let key = at.text("key").unwrap_or_default();
    if !checks(record, key, at.text("value").unwrap_or_default()) {
        return Signed::Forged;
    }
    let owner = roster.and_then(|roster| roster.key_owner(key));
    owner.map_or(Signed::Unknown, Signed::By)
}

fn checks(record: &Record, key: &str, signature: &str) -> bool {
    let key = unhex(key).and_then(|bytes| PublicKey::from_slice(&bytes).ok());
    let signature = unhex(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    match (key, signature) {
        (Some(key), Some(signature)) => key.verify(said(record), &signature).is_ok(),
        _ => false,
    }
}

/// A record that came from elsewhere, with its sender as its signature says: whoever brought it, it is
/// the word of the tutor who signed it. What has a wrong signature nobody vouches for.
#[must_use]
pub fn judged(record: Record, roster: Option<&Roster>) -> Record {
    match signature_of(&record, roster) {
        Signed::By(account) => record.from(Sender {
            account,
            verified: true,
        }),
        Signed::Forged => match record.sender().cloned() {
            Some(sender) => record.from(Sender {
                verified: false,
                ..sender
            }),
            None => record,
        },
        Signed::Not | Signed::Unknown => record,
    }
}

/// Hexadecimal digits, lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from(DIGITS[usize::from(half)]));
        }
    }
    text
}

/// The bytes that hexadecimal digits of lower case stand for.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &str = "0123456789abcdef";
    let digit = |digit: u8| {
        DIGITS
            .find(char::from(digit))
            .and_then(|at| u8::try_from(at).ok())
    };
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for pair in text.as_bytes().chunks_exact(2) {
        bytes.push(digit(pair[0])? << 4 | digit(pair[1])?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstallationId, RecordId, RegistrationId};
    use crate::domain::record::{Author, LOCAL_HOME_PAGE, NewRecord};
    use crate::domain::time::Moment;
    use proptest::prelude::*;

    const SEED: SecretSeed = [7; 32];

    fn record(kind: &'static str, audience: Audience, body: Value) -> Record {
        let new = NewRecord {
            id: RecordId::from_random([1; 16]),
            kind,
            version: 1,
            registration: RegistrationId::from_random([2; 16]),
            audience,
            body,
        };
        let author = Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.into(),
                name: "k".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        Record::seal(new, &author, None, Moment(0)).unwrap()
    }

    fn grade() -> Record {
        record("grade", Audience::Tutor, json!({"points": 5000}))
    }

    fn roster(keys: &[String]) -> Roster {
        let roster = json!({"class": "tag:x,2026:c", "title": "班", "people": [
            {"id": "chen", "name": "陈", "role": "tutor", "keys": keys},
            {"id": "li", "name": "李", "role": "learner", "keys": [public_key(&[9; 32])]}]});
        Roster::read(&roster).unwrap()
    }

    #[test]
    fn signing_follows_the_published_vectors() {
        // RFC 8032, section 7.1, test 1.
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let seed: SecretSeed = unhex(seed).unwrap().try_into().unwrap();
        assert_eq!(
            public_key(&seed),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        let signature = pair(&seed).sk.sign(b"", None);
        assert!(
            hex(&signature[..]).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")
        );
    }

    #[test]
    fn a_signature_tells_whose_word_it_is_and_leaves_the_hash_alone() {
        let plain = grade();
        let written = signed(&SEED, plain.clone());
        assert_eq!(written.hash(), plain.hash());
        assert_eq!(signed(&SEED, plain), written, "the same each time");
        let own = roster(&[public_key(&SEED)]);
        let chen = own.account("chen");
        assert_eq!(signature_of(&written, Some(&own)), Signed::By(chen.clone()));
        assert_eq!(signature_of(&written, Some(&roster(&[]))), Signed::Unknown);
        assert_eq!(signature_of(&written, None), Signed::Unknown);
        assert_eq!(signature_of(&grade(), Some(&own)), Signed::Not);
        let thief = Sender {
            account: own.account("li"),
            verified: false,
        };
        let heard = judged(written.from(thief), Some(&own));
        let sender = heard.sender().unwrap();
        assert_eq!((&sender.account, sender.verified), (&chen, true));
    }

    #[test]
    fn a_learners_key_signs_for_no_tutor() {
        let written = signed(&[9; 32], grade());
        assert_eq!(signature_of(&written, Some(&roster(&[]))), Signed::Unknown);
    }

    #[test]
    fn what_was_changed_after_it_was_signed_is_forged_and_nobody_vouches_for_it() {
        let own = roster(&[public_key(&SEED)]);
        let written = signed(&SEED, grade());
        let canonical = written.canonical();
        let value_at = canonical.find("\"value\":\"").unwrap() + 9;
        let mut other = canonical.to_owned();
        other.replace_range(
            value_at..=value_at,
            if canonical[value_at..].starts_with('0') {
                "1"
            } else {
                "0"
            },
        );
        for forged in [
            canonical.replace("5000", "9000"),
            other,
            canonical.replace("\"value\":\"", "\"value\":\"0"),
            canonical.replace(&public_key(&SEED), &public_key(&[8; 32])),
        ] {
            let forged = Record::parse(&forged).unwrap();
            assert_eq!(signature_of(&forged, Some(&own)), Signed::Forged);
            let brought = forged.from(Sender {
                account: own.account("chen"),
                verified: true,
            });
            let heard = judged(brought, Some(&own));
            assert!(
                !heard.sender().unwrap().verified,
                "even where a backend let it in"
            );
        }
    }

    #[test]
    fn what_is_ones_own_business_is_not_signed() {
        for (kind, audience) in [("note", Audience::Private), ("studied", Audience::Tutor)] {
            let plain = record(kind, audience, json!({}));
            assert_eq!(signed(&SEED, plain.clone()), plain, "{kind}");
        }
    }

    proptest! {
        #[test]
        fn digits_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn any_signature_member_is_safe_to_look_at(text in "[0-9a-fé\"\\\\]{0,140}", key in "[0-9a-f]{0,70}") {
            let mut value: Value = serde_json::from_str(grade().canonical()).unwrap();
            value["signature"] = json!({"key": key, "value": text});
            let record = Record::parse(&value.to_string()).unwrap();
            prop_assert_ne!(signature_of(&record, Some(&roster(&[]))), Signed::By(roster(&[]).account("chen")));
        }
    }
}
