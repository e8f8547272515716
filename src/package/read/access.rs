//! Members, items and variants of a [`Node`].

use serde::Deserializer as _;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::error::ReadError;
use super::json::Json;
use super::node::{At, Node, Segment};
use crate::package::problem::{Shape, What};

/// The member that tells which variant an object is.
const KIND: &str = "kind";

/// Members that begin so are notes of authors and tools, or hints of a later minor version; a
/// reader that doesn't know them passes over them.
const EXTENSION: &str = "x-";

/// Members of an object.
pub(super) struct Entries<'j, 'p> {
    node: Node<'j, 'p>,
    rest: std::slice::Iter<'j, (String, Json)>,
    fields: Option<&'static [&'static str]>,
    current: Option<&'j (String, Json)>,
}

impl<'j, 'p> Entries<'j, 'p> {
    /// Every member, whatever its name.
    pub(super) fn all(node: Node<'j, 'p>, members: &'j [(String, Json)]) -> Self {
        Self {
            node,
            rest: members.iter(),
            fields: None,
            current: None,
        }
    }

    /// The members with these names; others are problems, except extensions.
    pub(super) fn known(
        node: Node<'j, 'p>,
        members: &'j [(String, Json)],
        fields: &'static [&'static str],
    ) -> Self {
        Self {
            fields: Some(fields),
            ..Self::all(node, members)
        }
    }

    fn step(&mut self) -> Option<&'j str> {
        while let Some(member) = self.rest.next() {
            let name = member.0.as_str();
            if self.takes(name) {
                self.current = Some(member);
                return Some(name);
            }
        }
        None
    }

    fn takes(&self, name: &str) -> bool {
        let Some(fields) = self.fields else {
            return true;
        };
        if fields.contains(&name) {
            return true;
        }
        let passed_over = name.starts_with(EXTENSION) || (self.node.tagged && name == KIND);
        if !passed_over {
            self.node
                .record_member(name, What::UnknownField { allowed: fields });
        }
        false
    }
}

impl<'j> MapAccess<'j> for Entries<'j, '_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'j>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        self.step()
            .map(|name| seed.deserialize(StrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'j>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let (name, json) = self.current.take().ok_or(ReadError::Recorded)?;
        let at = At {
            parent: Some(self.node.at),
            step: Segment::Member(name),
        };
        let node = Node {
            json,
            at: &at,
            context: self.node.context,
            tagged: false,
        };
        seed.deserialize(node).map_err(|error| node.place(error))
    }
}

/// Items of a list.
pub(super) struct Items<'j, 'p> {
    node: Node<'j, 'p>,
    list: &'j [Json],
    next: usize,
}

impl<'j, 'p> Items<'j, 'p> {
    pub(super) fn new(node: Node<'j, 'p>, list: &'j [Json]) -> Self {
        Self {
            node,
            list,
            next: 0,
        }
    }
}

impl<'j> SeqAccess<'j> for Items<'j, '_> {
    type Error = ReadError;

    /// After an error the next call reads the next item; its problem is written down by then.
    fn next_element_seed<S: DeserializeSeed<'j>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ReadError> {
        let Some(json) = self.list.get(self.next) else {
            return Ok(None);
        };
        let at = At {
            parent: Some(self.node.at),
            step: Segment::Item(self.next),
        };
        self.next += 1;
        let node = Node {
            json,
            at: &at,
            context: self.node.context,
            tagged: false,
        };
        let read = seed.deserialize(node).map_err(|error| node.place(error));
        read.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.next)
    }
}

/// The variant of an enum: a plain string, or an object with a member `kind`.
pub(super) struct Variant<'j, 'p> {
    node: Node<'j, 'p>,
    name: &'static str,
}

impl<'j, 'p> Variant<'j, 'p> {
    pub(super) fn find(
        node: Node<'j, 'p>,
        variants: &'static [&'static str],
    ) -> Result<Self, ReadError> {
        let (found, path) = match node.json {
            Json::Text(name) => (name.as_str(), None),
            Json::Object(_) => match node.json.member(KIND) {
                Some(Json::Text(name)) => (name.as_str(), Some(KIND)),
                Some(other) => {
                    let (expected, found) = (Shape::Text, Shape::of(other));
                    return Err(node.record_member(KIND, What::WrongType { expected, found }));
                }
                None => return Err(node.record_member(KIND, What::Missing)),
            },
            _ => return Err(node.wrong(Shape::Text)),
        };
        if let Some(name) = variants.iter().find(|each| **each == found) {
            return Ok(Self { node, name });
        }
        let what = What::UnknownKind {
            found: found.to_owned(),
            allowed: variants,
        };
        Err(match path {
            Some(kind) => node.record_member(kind, what),
            None => node.record(what),
        })
    }

    fn tagged(&self) -> Result<Node<'j, 'p>, ReadError> {
        match self.node.json {
            Json::Object(_) => Ok(Node {
                tagged: true,
                ..self.node
            }),
            _ => Err(self.node.wrong(Shape::Object)),
        }
    }
}

impl<'j> EnumAccess<'j> for Variant<'j, '_> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'j>>(self, seed: S) -> Result<(S::Value, Self), ReadError> {
        let value = seed.deserialize(StrDeserializer::new(self.name))?;
        Ok((value, self))
    }
}

impl<'j> VariantAccess<'j> for Variant<'j, '_> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.node.json {
            Json::Text(_) => Ok(()),
            _ => Err(self.node.wrong(Shape::Text)),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'j>>(self, seed: S) -> Result<S::Value, ReadError> {
        seed.deserialize(self.tagged()?)
    }

    fn tuple_variant<V: Visitor<'j>>(self, _: usize, _: V) -> Result<V::Value, ReadError> {
        Err(self.node.wrong(Shape::Object))
    }

    fn struct_variant<V: Visitor<'j>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.tagged()?.deserialize_struct("", fields, visitor)
    }
}
