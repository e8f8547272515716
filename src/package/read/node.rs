//! A serde deserializer over [`Json`] that knows the path of what it reads.
//!
//! Problems are written down where they are met, and reading goes on with the next item of the
//! list, so that one look at a package finds most of what is wrong with it.

use std::fmt::Write;

use serde::de::Visitor;
use serde::forward_to_deserialize_any;

use super::access::{Entries, Items, Variant};
use super::context::Context;
use super::error::ReadError;
use super::json::{Json, Number};
use crate::package::problem::{Shape, What};

/// Where a value stands, as a chain from the inside out.
#[derive(Clone, Copy)]
pub(super) struct At<'p> {
    pub(super) parent: Option<&'p At<'p>>,
    pub(super) step: Segment<'p>,
}

/// One link of the chain.
#[derive(Clone, Copy)]
pub(super) enum Segment<'p> {
    Root,
    Member(&'p str),
    Item(usize),
}

impl At<'_> {
    /// The path as people read it: `modules[1].topics[0].title`.
    pub(super) fn path(&self) -> String {
        let mut path = self.parent.map_or_else(String::new, At::path);
        match self.step {
            Segment::Root => {}
            Segment::Member(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Segment::Item(index) => {
                let _ = write!(path, "[{index}]");
            }
        }
        path
    }
}

/// One value, and where it stands. `tagged`: its member `kind` is already understood.
#[derive(Clone, Copy)]
pub(super) struct Node<'j, 'p> {
    pub(super) json: &'j Json,
    pub(super) at: &'p At<'p>,
    pub(super) context: &'p Context,
    pub(super) tagged: bool,
}

impl Node<'_, '_> {
    /// Writes a problem with this value down.
    pub(super) fn record(&self, what: What) -> ReadError {
        self.context.record(&self.at.path(), what);
        ReadError::Recorded
    }

    /// Writes a problem with a member of this object down.
    pub(super) fn record_member(&self, name: &str, what: What) -> ReadError {
        let at = At {
            parent: Some(self.at),
            step: Segment::Member(name),
        };
        self.context.record(&at.path(), what);
        ReadError::Recorded
    }

    /// Gives an error that knows no place yet this one.
    pub(super) fn place(&self, error: ReadError) -> ReadError {
        match error {
            ReadError::Recorded => ReadError::Recorded,
            ReadError::Missing(name) => self.record_member(name, What::Missing),
            ReadError::Wrong(what) => self.record(what),
        }
    }

    /// The value has another shape than the format gives it.
    pub(super) fn wrong(&self, expected: Shape) -> ReadError {
        let found = Shape::of(self.json);
        self.record(What::WrongType { expected, found })
    }
}

impl<'de> serde::Deserializer<'de> for Node<'de, '_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Text(_) => self.deserialize_str(visitor),
            Json::Object(_) => self.deserialize_map(visitor),
            _ => Err(self.wrong(Shape::Text)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Flag(value) => visitor.visit_bool(*value),
            _ => Err(self.wrong(Shape::Flag)),
        }
    }

    /// A whole number; one that no `u64` holds is passed on as 0 or the largest, to be refused
    /// by its range.
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let value = match self.json {
            Json::Number(Number::Whole(value)) => *value,
            Json::Number(Number::Float(value)) if *value >= LEAST_HUGE => u64::MAX,
            Json::Number(Number::Negative(_)) => return Err(self.record(What::Negative)),
            _ => return Err(self.wrong(Shape::WholeNumber)),
        };
        visitor.visit_u64(value)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Number(Number::Whole(value)) => visitor.visit_u64(*value),
            Json::Number(Number::Float(value)) if *value >= 0.0 => visitor.visit_f64(*value),
            Json::Number(_) => Err(self.record(What::Negative)),
            _ => Err(self.wrong(Shape::Number)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.wrong(Shape::Text)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// The names of the newtypes that depend on more than their own value are told to the context.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.context.look_at(name, &self);
        self.deserialize_any(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::List(items) => visitor.visit_seq(Items::new(self, items)),
            _ => Err(self.wrong(Shape::List)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Object(members) => visitor.visit_map(Entries::all(self, members)),
            _ => Err(self.wrong(Shape::Object)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.json {
            Json::Object(members) => visitor.visit_map(Entries::known(self, members, fields)),
            _ => Err(self.wrong(Shape::Object)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let variant = Variant::find(self, variants)?;
        visitor.visit_enum(variant)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 char bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// 2^53: from here on a whole number written with a fraction or an exponent may not be exact.
const LEAST_HUGE: f64 = 9_007_199_254_740_992.0;
