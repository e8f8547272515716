//! JSON read into a tree that keeps the order of members, refuses a member given twice, and
//! knows where in the file it stands when it fails.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::package::limits::{MAX_COURSE_BYTES, MAX_JSON_DEPTH, MAX_MEMBERS};
use crate::package::problem::{Problem, What};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, its members in the order of the file, each name once.
    Object(Vec<(String, Json)>),
}

/// A JSON number, as exact as it can be kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Not negative, without fraction or exponent.
    Whole(u64),
    /// Negative, without fraction or exponent.
    Negative(i64),
    /// Anything else; finite.
    Float(f64),
}

impl Json {
    /// The member `name` of an object.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(each, _)| each == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads JSON text; a byte order mark before it is passed over. `file` names it in the problem.
///
/// # Errors
/// A file over [`MAX_COURSE_BYTES`], text that is not JSON (with line, column and field), a member
/// given twice, nesting deeper than [`MAX_JSON_DEPTH`], more than [`MAX_MEMBERS`] members.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Json, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MAX_COURSE_BYTES {
        let limit = MAX_COURSE_BYTES as u64;
        return Err(Problem::new(file, "", What::FileTooLarge { limit }));
    }
    let place = RefCell::new(Place::default());
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let read = Seed {
        place: &place,
        depth: 0,
    }
    .deserialize(&mut from)
    .and_then(|json| from.end().map(|()| json));
    read.map_err(|error| place.into_inner().problem(file, &error))
}

/// Where the reader is, and what it refused there, if it did.
#[derive(Default)]
struct Place {
    path: String,
    refused: Option<What>,
}

impl Place {
    fn problem(self, file: &str, error: &serde_json::Error) -> Problem {
        let what = self.refused.unwrap_or_else(|| {
            if error.to_string().starts_with("number out of range") {
                What::NumberTooLarge
            } else {
                What::NotJson {
                    line: error.line(),
                    column: error.column(),
                }
            }
        });
        Problem::new(file, &self.path, what)
    }
}

#[derive(Clone, Copy)]
struct Seed<'p> {
    place: &'p RefCell<Place>,
    depth: usize,
}

impl Seed<'_> {
    /// Goes into a member or item; [`Seed::leave`] undoes it. After an error nobody does.
    fn enter(self, name: fmt::Arguments<'_>) -> (Self, usize) {
        let path = &mut self.place.borrow_mut().path;
        let before = path.len();
        path.push_str(&name.to_string());
        let depth = self.depth + 1;
        (Self { depth, ..self }, before)
    }

    fn leave(self, before: usize) {
        self.place.borrow_mut().path.truncate(before);
    }

    fn refuse<E: serde::de::Error>(self, what: What) -> E {
        self.place.borrow_mut().refused = Some(what);
        E::custom("refused")
    }

    fn dive<E: serde::de::Error>(self) -> Result<(), E> {
        if self.depth < MAX_JSON_DEPTH {
            return Ok(());
        }
        let limit = MAX_JSON_DEPTH;
        Err(self.refuse(What::TooDeep { limit }))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Json, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Flag(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(Number::Whole(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(Number::Negative(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        self.dive()?;
        let mut list = Vec::new();
        loop {
            let (seed, before) = self.enter(format_args!("[{}]", list.len()));
            let Some(item) = items.next_element_seed(seed)? else {
                self.leave(before);
                return Ok(Json::List(list));
            };
            self.leave(before);
            list.push(item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        self.dive()?;
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some(name) = from.next_key::<String>()? {
            let dot = if self.place.borrow().path.is_empty() {
                ""
            } else {
                "."
            };
            let (seed, before) = self.enter(format_args!("{dot}{name}"));
            if members.iter().any(|(each, _)| *each == name) {
                return Err(self.refuse(What::GivenTwice));
            }
            if members.len() == MAX_MEMBERS {
                return Err(self.refuse(What::TooManyMembers { limit: MAX_MEMBERS }));
            }
            members.push((name, from.next_value_seed(seed)?));
            self.leave(before);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (String, What) {
        let problem = parse("course.json", text.as_bytes()).unwrap_err();
        (problem.field, problem.what)
    }

    #[test]
    fn order_and_exact_numbers_are_kept() {
        let json = parse(
            "course.json",
            b"\xef\xbb\xbf{\"b\": [1, -2, 0.5], \"a\": null}",
        )
        .unwrap();
        let numbers = vec![
            Json::Number(Number::Whole(1)),
            Json::Number(Number::Negative(-2)),
            Json::Number(Number::Float(0.5)),
        ];
        let members = vec![("b".into(), Json::List(numbers)), ("a".into(), Json::Null)];
        assert_eq!(json, Json::Object(members));
    }

    #[test]
    fn what_is_not_json_is_named_with_its_place() {
        let deep = format!("{{\"a\":{}", "[".repeat(200));
        let wide: Vec<String> = (0..=MAX_MEMBERS).map(|n| format!("\"m{n}\":1,")).collect();
        let wide = wide.concat();
        assert_eq!(
            refused("{\"a\": [1, {\"b\": 1e999}]}"),
            ("a[1].b".into(), What::NumberTooLarge)
        );
        assert_eq!(
            refused("{\"a\": {\"b\": 1, \"b\": 2}}"),
            ("a.b".into(), What::GivenTwice)
        );
        assert!(matches!(
            refused("{\"a\": [1,}").1,
            What::NotJson {
                line: 1,
                column: 10
            }
        ));
        assert!(matches!(refused(&deep).1, What::TooDeep { .. }));
        assert!(matches!(
            refused(&format!("{{{wide}}}")).1,
            What::TooManyMembers { .. }
        ));
        assert!(matches!(refused("").1, What::NotJson { .. }));
        assert!(matches!(refused("{} x").1, What::NotJson { .. }));
    }
}
