//! The connection check: what each answer of a backend means for whoever wants to send there. It is
//! asked step by step ([`Step`]); the first step that fails ends it.

use serde_json::Value;

use crate::domain::fields::Fields;
use crate::domain::ids::RecordId;
use crate::domain::record::Actor;
use crate::domain::time::Moment;
use crate::sync::backend::Kind;
use crate::wire::port::{Answer, Reply, There, Verdict, json};

/// A step of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something answers at the address.
    Reach,
    /// It talks as it is talked to.
    Version,
    /// The credentials are taken, and whose they are is known.
    SignIn,
    /// What others sent can be read.
    Read,
    /// A record can be handed in.
    Write,
    /// The same once more changes nothing.
    Again,
    /// It is there, word for word, under its own id.
    Back,
    /// What is left of a list can be asked for.
    Page,
    /// Both clocks agree.
    Clock,
    /// Who may read what is seen to.
    Audience,
    /// Attached files can be handed in.
    Files,
}

/// What a step found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is as it should be.
    Well,
    /// The backend can be used, but lacks this.
    Lacks,
    /// It could not be tried.
    Untried,
    /// The backend cannot be used.
    Fails(Why),
}

/// Why a backend cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing answers.
    Silent,
    /// Nothing answers a page that was opened from a file.
    NullOrigin,
    /// Nothing answers, and it is a machine of the school's network while the page came from outside:
    /// some browsers ask whoever sits there first.
    Private,
    /// Something answers, but the browser may not read it (CORS).
    Cors,
    /// It talks another version, or another contract.
    Version,
    /// Name or password is not taken, or not for this.
    SignIn,
    /// Not now.
    Unwell,
    /// Something else is there.
    Strange,
    /// It would not take a record that every backend must take.
    Refuses,
    /// It gave the record another id, or changed it: then nothing could ever be found again.
    Changes,
    /// The records of this device are another person's.
    OtherPerson,
}

/// Whether a server answered to one item with an id of its own making: what was sent could never be
/// found again by its id (json-server 1.0).
#[must_use]
pub fn drops_ids(answer: &Answer, sent: &RecordId) -> bool {
    let item = json(answer).unwrap_or_default();
    let id = Fields(&item).text("id");
    (200..300).contains(&answer.status) && id.is_some_and(|id| id != sent.as_str())
}

/// Why nothing came back. `page` and `backend` are the addresses of both; `reached` is whether
/// something answers though the page may not read what.
#[must_use]
pub fn silence(page: &str, backend: &str, reached: bool) -> Why {
    if reached {
        Why::Cors
    } else if page.starts_with("file:") {
        Why::NullOrigin
    } else if is_near(host(backend)) && !is_near(host(page)) {
        Why::Private
    } else {
        Why::Silent
    }
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An address of IPv6 stands in brackets and has colons of its own.
    match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((host, _)) => host,
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Whether a machine is this computer or one of a local network, by its name or address.
fn is_near(host: &str) -> bool {
    let parts: Vec<u8> = host
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts.as_slice() {
        [10 | 127, _, _, _] | [192, 168, _, _] | [169, 254, _, _] => true,
        [172, second, _, _] => (16..32).contains(second),
        _ => {
            let local =
                |end: &str| host.len() > end.len() && host.to_ascii_lowercase().ends_with(end);
            !host.contains('.') && !host.contains(':')
                || local(".local")
                || local(".lan")
                || host == "::1"
                || host.starts_with("fd") && host.contains(':')
                || host.starts_with("fe80:")
        }
    }
}

impl Found {
    /// What a backend says of itself (`GET about`) means for how it is talked to. One that says
    /// nothing may be well all the same.
    #[must_use]
    pub fn version(kind: Kind, about: Option<&Value>) -> Self {
        let Some(about) = about.filter(|about| about.is_object()) else {
            return Self::Untried;
        };
        let at = Fields(about);
        let versions = at.items("version").into_iter().flatten();
        let speaks = |begin: &str| {
            let mut known = versions.clone().filter_map(Value::as_str);
            known.any(|version| version.starts_with(begin))
        };
        let well = match kind {
            Kind::Plain | Kind::File => match at.text("contract") {
                Some(contract) => contract == "zhixing-plain/1",
                // A store of another kind.
                None if at.items("version").is_some() => false,
                None => return Self::Untried,
            },
            _ if at.items("version").is_none() => match at.text("contract") {
                Some(_) => false,
                None => return Self::Untried,
            },
            Kind::Xapi1 => speaks("1.0"),
            Kind::Xapi2 => speaks("2."),
        };
        if well {
            Self::Well
        } else {
            Self::Fails(Why::Version)
        }
    }

    /// What an answer means that has to be well.
    #[must_use]
    pub fn of<T>(answer: &Result<T, Reply>) -> Self {
        match answer {
            Ok(_) => Self::Well,
            Err(reply) => Self::Fails(why(reply)),
        }
    }

    /// What the answer to a record means that was handed in.
    #[must_use]
    pub fn written(reply: &Reply) -> Self {
        match reply {
            Reply::Accepted | Reply::Conflict => Self::Well,
            Reply::Each(verdicts) => match verdicts.first() {
                Some((_, Verdict::Accepted)) => Self::Well,
                Some((_, Verdict::Refused(_))) => Self::Fails(Why::Refuses),
                None => Self::Fails(Why::Strange),
            },
            other => Self::Fails(why(other)),
        }
    }

    /// What looking for a record means that was handed in a moment ago. A store that takes its time
    /// has it soon; one that says so of something else has changed it.
    #[must_use]
    pub fn back(there: &There) -> Self {
        match there {
            There::Same => Self::Well,
            There::Absent | There::Other => Self::Fails(Why::Changes),
            There::Unknown(reply) => Self::Fails(why(reply)),
        }
    }

    /// What the backend's clock means; `None` where it does not tell.
    #[must_use]
    pub fn clock(theirs: Option<Moment>, ours: Moment) -> Self {
        const MOST_MS: u64 = 5 * 60_000;
        match theirs {
            None => Self::Untried,
            Some(theirs) if theirs.0.abs_diff(ours.0) <= MOST_MS => Self::Well,
            Some(_) => Self::Lacks,
        }
    }

    /// Whether the device, if it is bound to anybody, is the account's.
    #[must_use]
    pub fn bound(bound: Option<&Actor>, account: &Actor) -> Self {
        match bound {
            Some(bound) if bound != account => Self::Fails(Why::OtherPerson),
            _ => Self::Well,
        }
    }
}

fn why(reply: &Reply) -> Why {
    match reply {
        Reply::SignIn => Why::SignIn,
        Reply::Later(_) => Why::Unwell,
        Reply::Refused(_) => Why::Refuses,
        _ => Why::Strange,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_backend_that_keeps_a_record_as_it_is_can_be_used() {
        let id = || RecordId::from_random([1; 16]);
        for (reply, found) in [
            (Reply::Accepted, Found::Well),
            (Reply::Conflict, Found::Well),
            (Reply::Each(vec![(id(), Verdict::Accepted)]), Found::Well),
            (
                Reply::Each(vec![(id(), Verdict::Refused("no".into()))]),
                Found::Fails(Why::Refuses),
            ),
            (Reply::Each(Vec::new()), Found::Fails(Why::Strange)),
            (Reply::Refused("400".into()), Found::Fails(Why::Refuses)),
            (Reply::SignIn, Found::Fails(Why::SignIn)),
            (Reply::Later(None), Found::Fails(Why::Unwell)),
            (Reply::Strange, Found::Fails(Why::Strange)),
        ] {
            assert_eq!(Found::written(&reply), found, "{reply:?}");
        }
        for (there, found) in [
            (There::Same, Found::Well),
            (There::Absent, Found::Fails(Why::Changes)),
            (There::Other, Found::Fails(Why::Changes)),
            (There::Unknown(Reply::Strange), Found::Fails(Why::Strange)),
        ] {
            assert_eq!(Found::back(&there), found, "{there:?}");
        }
    }

    #[test]
    fn a_server_that_makes_ids_of_its_own_is_known_by_its_answer() {
        let id = RecordId::from_random([1; 16]);
        let own = format!(r#"{{"id":"{}"}}"#, id.as_str());
        for (status, body, drops) in [
            (201, r#"{"id":"6rRWmoR3HH0","x":1}"#, true),
            (201, own.as_str(), false),
            (400, r#"{"id":"6rRWmoR3HH0"}"#, false),
            (200, "<html>", false),
            (200, "[]", false),
            (201, r#"{"id":3}"#, false),
        ] {
            let answer = Answer {
                status,
                retry_after: None,
                redirected: false,
                body: body.to_owned(),
            };
            assert_eq!(drops_ids(&answer, &id), drops, "{status} {body}");
        }
    }

    #[test]
    fn silence_has_its_reasons() {
        let (open, school) = ("https://learn.example/app/", "http://192.168.1.20/app/");
        for (page, backend, reached, why) in [
            (open, "https://lrs.example/", false, Why::Silent),
            (open, "https://lrs.example/", true, Why::Cors),
            (
                "file:///D:/zhixing.html",
                "http://10.0.0.5/",
                false,
                Why::NullOrigin,
            ),
            (
                "file:///D:/zhixing.html",
                "http://10.0.0.5/",
                true,
                Why::Cors,
            ),
            (open, "http://10.0.0.5:8080/api/", false, Why::Private),
            (open, "http://172.31.0.1/", false, Why::Private),
            (open, "http://172.32.0.1/", false, Why::Silent),
            (open, "http://server/", false, Why::Private),
            (open, "http://[fd00::7]:80/", false, Why::Private),
            (open, "http://lrs.school.lan/", false, Why::Private),
            (open, "https://fd.example/", false, Why::Silent),
            (school, "http://10.0.0.5/", false, Why::Silent),
            (school, "https://lrs.example/", false, Why::Silent),
        ] {
            assert_eq!(silence(page, backend, reached), why, "{page} {backend}");
        }
    }

    #[test]
    fn a_backend_that_talks_otherwise_is_refused_and_a_silent_one_is_tried() {
        let fails = Found::Fails(Why::Version);
        for (kind, about, found) in [
            (Kind::Xapi1, json!({"version": ["1.0.3"]}), Found::Well),
            (
                Kind::Xapi1,
                json!({"version": ["2.0.0", "1.0.0"]}),
                Found::Well,
            ),
            (Kind::Xapi1, json!({"version": ["2.0.0"]}), fails),
            (Kind::Xapi2, json!({"version": ["1.0.3"]}), fails),
            (Kind::Xapi2, json!({"version": ["2.0.0"]}), Found::Well),
            (Kind::Xapi1, json!({"contract": "zhixing-plain/1"}), fails),
            (Kind::Xapi1, json!({}), Found::Untried),
            (
                Kind::Plain,
                json!({"contract": "zhixing-plain/1"}),
                Found::Well,
            ),
            (Kind::Plain, json!({"contract": "zhixing-plain/2"}), fails),
            (Kind::Plain, json!({"version": ["1.0.3"]}), fails),
            (Kind::Plain, json!({"name": "x"}), Found::Untried),
            (Kind::Plain, json!([]), Found::Untried),
        ] {
            assert_eq!(
                Found::version(kind, Some(&about)),
                found,
                "{kind:?} {about}"
            );
        }
        assert_eq!(Found::version(Kind::Xapi1, None), Found::Untried);
    }

    #[test]
    fn a_clock_may_be_five_minutes_off_and_a_device_is_one_persons() {
        let ours = Moment(1_000_000_000);
        for (theirs, found) in [
            (None, Found::Untried),
            (Some(1_000_300_000), Found::Well),
            (Some(1_000_300_001), Found::Lacks),
            (Some(999_699_999), Found::Lacks),
        ] {
            assert_eq!(Found::clock(theirs.map(Moment), ours), found);
        }
        let account = |name: &str| Actor {
            home_page: "tag:x,2026:c".into(),
            name: name.into(),
        };
        assert_eq!(Found::bound(None, &account("li")), Found::Well);
        assert_eq!(
            Found::bound(Some(&account("li")), &account("li")),
            Found::Well
        );
        let other = Found::bound(Some(&account("wang")), &account("li"));
        assert_eq!(other, Found::Fails(Why::OtherPerson));
    }
}
