//! What a learner says of a backend: where it is, how it talks, whose records go there. No password
//! is among it.

use serde_json::{Value, json};

use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::record::Actor;

/// How a backend talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Learning Record Store, xAPI 1.0.3.
    Xapi1,
    /// A Learning Record Store, xAPI 2.0.
    Xapi2,
    /// The plain contract (`public/openapi.yaml`).
    Plain,
    /// None: the class exchanges files, and its roster is one.
    File,
}

impl Kind {
    /// All, with their words in settings.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Xapi1, "xapi-1.0.3"),
        (Self::Xapi2, "xapi-2.0"),
        (Self::Plain, "plain"),
        (Self::File, "file"),
    ];

    /// The word in settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, word)| word)
    }

    /// The kind of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(kind, _)| *kind)
    }

    /// Whether it sees to it that a record reaches nobody but its audience. A Learning Record Store
    /// shows everything to everybody with a key.
    #[must_use]
    pub fn enforces_audiences(self) -> bool {
        self == Self::Plain
    }
}

/// A backend, and who sends there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backend {
    /// How it talks.
    pub kind: Kind,
    /// Its address, ending with `/`.
    pub address: String,
    /// The name to sign in with.
    pub user: String,
    /// Whose records: the class's IRI and the learner's id in its roster.
    pub account: Actor,
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadAddress {
    /// It does not begin with `http://` or `https://`, or names no machine.
    Unreadable,
    /// It is `http://` on a page of `https://`, which browsers do not let through.
    Mixed,
}

/// An address as it is used: trimmed, ending with `/`, without query and fragment.
///
/// # Errors
/// [`BadAddress`]; a page of `https://` may not ask elsewhere than `https://` or this computer.
pub fn address(written: &str, page_is_secure: bool) -> Result<String, BadAddress> {
    let text = written.trim();
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = text.split_once("://").ok_or(BadAddress::Unreadable)?;
    let host = rest.split('/').next().unwrap_or_default();
    let known = scheme == "http" || scheme == "https";
    let clean = !host.contains('@') && !rest.contains(char::is_whitespace);
    if !known || host.is_empty() || !clean {
        return Err(BadAddress::Unreadable);
    }
    let here = ["localhost", "127.0.0.1"];
    let here = here.contains(&host.split(':').next().unwrap_or_default());
    if page_is_secure && scheme == "http" && !here {
        return Err(BadAddress::Mixed);
    }
    let end = if text.ends_with('/') { "" } else { "/" };
    Ok(format!("{text}{end}"))
}

/// Where a request goes: below the address, or where the backend sent it, but never to another
/// machine, for the password goes along.
#[must_use]
pub fn place(address: &str, path: &str) -> Option<String> {
    let origin_end = address
        .find("://")
        .and_then(|at| Some(at + 3 + address.get(at + 3..)?.find('/')?))?;
    let origin = address.get(..origin_end)?;
    if path.contains("://") && !path.starts_with('?') && !path.starts_with('/') {
        let own = path.strip_prefix(origin)?.starts_with('/');
        return own.then(|| path.to_owned());
    }
    if path.starts_with("//") {
        return None;
    }
    match path.strip_prefix('/') {
        Some(_) => Some(format!("{origin}{path}")),
        None => Some(format!("{address}{path}")),
    }
}

impl Backend {
    /// As settings.
    #[must_use]
    pub fn write(&self) -> String {
        json!({"kind": self.kind.word(), "address": self.address, "user": self.user,
            "class": self.account.home_page, "name": self.account.name})
        .to_string()
    }

    /// Reads settings.
    #[must_use]
    pub fn read(settings: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(settings).ok()?;
        let at = Fields(&value);
        let kind = Kind::parse(at.text("kind")?)?;
        let place = match kind {
            Kind::File => String::new(),
            _ => address(at.text("address")?, false).ok()?,
        };
        Some(Self {
            kind,
            address: place,
            user: at.text("user")?.to_owned(),
            account: Actor {
                home_page: at.text("class")?.to_owned(),
                name: at.text("name")?.to_owned(),
            },
        })
    }

    /// What whoever set the app up presets (`config.json`): `backend` with `kind`, `address` (also
    /// relative to the page's own) and, for a store, `class`. Names and passwords are never read from
    /// it, for everybody can read that file; what does not fit is no preset.
    #[must_use]
    pub fn preset(config: &str, page: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(config).ok()?;
        let at = Fields(&value).find("backend")?;
        let mut written = at.text("address")?.to_owned();
        if !written.contains("://") {
            let page = page.split(['?', '#']).next().unwrap_or_default();
            let folder = page.rsplit_once('/')?.0;
            written = format!("{folder}/{written}");
        }
        Some(Self {
            kind: Kind::parse(at.text("kind")?).filter(|kind| *kind != Kind::File)?,
            address: address(&written, false).ok()?,
            user: String::new(),
            account: Actor {
                home_page: at.text("class").unwrap_or_default().to_owned(),
                name: String::new(),
            },
        })
    }

    /// Tells it from every other in the store: whatever is changed, sending begins anew.
    #[must_use]
    pub fn key(&self) -> String {
        Hash::of(self.write().as_bytes()).to_string()
    }

    /// Whether an account can stand in a statement: a class that is an IRI, and a name.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let class = self.account.home_page.split_once(':');
        let class = class.is_some_and(|(scheme, rest)| {
            let word = |each: char| each.is_ascii_alphanumeric();
            !scheme.is_empty() && scheme.chars().all(word) && !rest.is_empty()
        });
        let blank = self.account.home_page.contains(char::is_whitespace);
        class && !blank && !self.account.name.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_the_web_and_ends_with_a_stroke() {
        for (written, secure, read) in [
            (
                " http://10.0.0.5:8081/xAPI ",
                false,
                Ok("http://10.0.0.5:8081/xAPI/"),
            ),
            ("https://lrs.example/", true, Ok("https://lrs.example/")),
            ("http://localhost:8081", true, Ok("http://localhost:8081/")),
            (
                "https://lrs.example/a?b#c",
                true,
                Ok("https://lrs.example/a/"),
            ),
            ("http://lrs.example/", true, Err(BadAddress::Mixed)),
            ("lrs.example", false, Err(BadAddress::Unreadable)),
            ("ftp://lrs.example", false, Err(BadAddress::Unreadable)),
            ("http://", false, Err(BadAddress::Unreadable)),
            (
                "http://me:pass@lrs.example",
                false,
                Err(BadAddress::Unreadable),
            ),
            ("javascript://alert", false, Err(BadAddress::Unreadable)),
        ] {
            assert_eq!(
                address(written, secure).as_deref(),
                read.as_deref(),
                "{written}"
            );
        }
    }

    #[test]
    fn a_preset_says_where_and_never_who() {
        let page = "http://10.0.0.5:8080/app/index.html#/backend";
        let config = |backend: &str| format!(r#"{{"backend":{backend}}}"#);
        let read = |backend: &str| Backend::preset(&config(backend), page);
        let own = read(r#"{"kind":"plain","address":"api/","user":"x","password":"y"}"#).unwrap();
        assert_eq!(own.address, "http://10.0.0.5:8080/app/api/");
        assert_eq!((own.kind, own.user.as_str()), (Kind::Plain, ""));
        let lrs = r#"{"kind":"xapi-1.0.3","address":"https://lrs.example/x","class":"tag:c"}"#;
        let lrs = read(lrs).unwrap();
        assert_eq!(
            (&*lrs.address, &*lrs.account.home_page),
            ("https://lrs.example/x/", "tag:c")
        );
        for bad in [
            "3",
            "{}",
            r#"{"kind":"ftp","address":"api/"}"#,
            r#"{"kind":"plain","address":"javascript://x"}"#,
            r#"{"kind":"plain","address":3}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(Backend::preset("{}", page), None);
        assert_eq!(Backend::preset("<html>", page), None);
    }

    #[test]
    fn a_password_never_goes_to_another_machine() {
        let base = "https://lrs.example/xAPI/";
        for (path, goes) in [
            (
                "statements?limit=1",
                Some("https://lrs.example/xAPI/statements?limit=1"),
            ),
            (
                "/xAPI/more?x=http://y",
                Some("https://lrs.example/xAPI/more?x=http://y"),
            ),
            (
                "https://lrs.example/more/7",
                Some("https://lrs.example/more/7"),
            ),
            ("https://lrs.example.evil/more", None),
            ("http://lrs.example/more", None),
            ("//evil.example/more", None),
            ("https://evil.example/", None),
        ] {
            assert_eq!(place(base, path).as_deref(), goes, "{path}");
        }
        assert_eq!(place("nowhere", "x"), None);
    }

    #[test]
    fn settings_are_read_as_they_were_written_and_hold_no_password() {
        let backend = Backend {
            kind: Kind::Xapi1,
            address: "http://10.0.0.5/".into(),
            user: "key".into(),
            account: Actor {
                home_page: "tag:x,2026:class".into(),
                name: "li-na".into(),
            },
        };
        let written = backend.write();
        assert_eq!(
            written,
            r#"{"address":"http://10.0.0.5/","class":"tag:x,2026:class","kind":"xapi-1.0.3","name":"li-na","user":"key"}"#
        );
        assert_eq!(Backend::read(&written), Some(backend.clone()));
        assert!(backend.is_whole());
        for (class, name) in [("class", "n"), ("tag:x", " "), ("a b:c", "n"), (":x", "n")] {
            let account = Actor {
                home_page: class.into(),
                name: name.into(),
            };
            assert!(
                !Backend {
                    account,
                    ..backend.clone()
                }
                .is_whole(),
                "{class} {name}"
            );
        }
        let by_file = backend.write().replace("xapi-1.0.3", "file");
        assert_eq!(Backend::read(&by_file).unwrap().address, "");
        for (kind, word) in Kind::ALL {
            assert_eq!((Kind::parse(word), kind.word()), (Some(kind), word));
        }
        for bad in ["", "{}", "[1]", &written.replace("xapi-1.0.3", "soap")] {
            assert_eq!(Backend::read(bad), None, "{bad}");
        }
    }
}
