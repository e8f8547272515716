//! Identifiers. Random ones are `UUIDv4` in lower case, made from bytes that the caller drew.

use std::fmt;

use serde::Deserialize;

/// Sixteen random bytes, drawn by the caller: the pure core has no random source.
pub type RandomBytes = [u8; 16];

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 36]);

        impl $name {
            /// A fresh id from random bytes.
            #[must_use]
            pub fn from_random(bytes: RandomBytes) -> Self {
                let mut text = [0; 36];
                let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
                uuid.hyphenated().encode_lower(&mut text);
                Self(text)
            }

            /// Reads a `UUIDv4` in its lower-case hyphenated form; nothing else is accepted.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let bytes = text.as_bytes().try_into().ok()?;
                is_uuid_v4(text).then_some(Self(bytes))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                // They are digits, letters and hyphens.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

uuid_id!(
    /// One record.
    RecordId
);
uuid_id!(
    /// One learner's enrolment in one course: a new attempt is a new registration (xAPI `registration`).
    RegistrationId
);
uuid_id!(
    /// One installation of the app for one profile. A restored backup starts a new one.
    InstallationId
);
uuid_id!(
    /// One local profile of a shared PC. Every stored row carries it.
    ProfileKey
);
uuid_id!(
    /// One continuous visit to a video (xAPI Video Profile `session-id`).
    SessionId
);

fn is_uuid_v4(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'4',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// Longest id that a package may give to a module, topic, step or prompt, in bytes.
pub const MAX_SLUG_BYTES: usize = 64;

/// An id inside a course package: 1 to [`MAX_SLUG_BYTES`] of `a–z`, `0–9` and `-`, beginning
/// with a letter or digit, so that it can stand in a URL fragment and a file name.
///
/// Its text stands in it, not beside it: a fold over 100,000 records waits for memory mostly.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug {
    /// The text, then zeros: so ids are in the order of their texts.
    bytes: [u8; MAX_SLUG_BYTES],
    length: u8,
}

impl Slug {
    /// Reads a slug; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let first_ok = text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let all_ok = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let mut bytes = [0; MAX_SLUG_BYTES];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        (first_ok && all_ok).then_some(Self {
            bytes,
            length: u8::try_from(text.len()).ok()?,
        })
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length));
        // They are letters, digits and hyphens.
        std::str::from_utf8(text.unwrap_or_default()).unwrap_or_default()
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Slug({self})")
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id of a-z, 0-9 and -"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_id_is_a_lower_case_uuid_v4() {
        for bytes in [[0; 16], [0xff; 16], *b"0123456789abcdef"] {
            let id = RecordId::from_random(bytes);
            assert_eq!(RecordId::parse(id.as_str()), Some(id));
        }
        for bad in [
            "",
            "6B1D0A30-0000-4000-8000-000000000000",
            "6b1d0a30-0000-1000-8000-000000000000",
            "6b1d0a30-0000-4000-c000-000000000000",
            "6b1d0a30x0000-4000-8000-000000000000",
        ] {
            assert_eq!(RecordId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_slug_can_stand_in_a_url() {
        for good in ["a", "m2-t1-video", "2024"] {
            assert!(Slug::parse(good).is_some(), "{good}");
        }
        let long = "a".repeat(MAX_SLUG_BYTES + 1);
        for bad in ["", "-a", "A", "a/b", "a b", "..", "模块", &long] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
    }
}
