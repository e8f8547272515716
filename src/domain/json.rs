//! Typed values out of parsed JSON, without a word about what does not fit.
//!
//! `serde_json` can do this too, but the messages of its errors bring the printing of floating
//! point numbers into the app, tables and all: 25 KB that every start would wait for, to word an
//! error that is only ever counted.

use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// The value is not one of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit;

/// Reads a value of a type.
///
/// # Errors
/// [`Unfit`] when a member is missing or of another type.
pub fn typed<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, Unfit> {
    T::deserialize(At(value))
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not what belongs there")
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value being read.
struct At<'a>(&'a Value);

impl<'de> Deserializer<'de> for At<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(*yes),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                // Records and rows hold whole numbers only.
                (None, None) => Err(Unfit),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(members) => visitor.visit_map(Members {
                rest: members.iter(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        // Only enums of plain names are kept in JSON.
        let name = self.0.as_str().ok_or(Unfit)?;
        visitor.visit_enum(name.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unfit> {
        self.0
            .next()
            .map(|item| seed.deserialize(At(item)))
            .transpose()
    }
}

struct Members<'a> {
    rest: serde_json::map::Iter<'a>,
    value: Option<&'a Value>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let name: StringDeserializer<Unfit> = name.clone().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(At(self.value.take().ok_or(Unfit)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Audience;
    use proptest::prelude::*;
    use serde::Serialize;
    use serde_json::json;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Shape {
        text: String,
        number: i64,
        pairs: Vec<(u64, u64)>,
        maybe: Option<String>,
        audience: Audience,
        #[serde(default)]
        absent: bool,
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(|yes| json!(yes)),
            any::<i64>().prop_map(|number| json!(number)),
            any::<u64>().prop_map(|number| json!(number)),
            "[a-z]{0,3}|class".prop_map(|text| json!(text)),
        ];
        let name = "text|number|pairs|maybe|audience|absent|x";
        leaf.prop_recursive(3, 24, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(name, inner, 0..7)
                    .prop_map(|members| json!(members)),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_serde_json_reads(
            value in any_json(), text in ".*", number: i64, pairs: Vec<(u64, u64)>,
            maybe: Option<String>
        ) {
            let theirs = Shape::deserialize(&value).ok();
            prop_assert_eq!(typed::<Shape>(&value).ok(), theirs);
            let shape = Shape { text, number, pairs, maybe, audience: Audience::Class, absent: true };
            let written = serde_json::to_value(&shape).unwrap();
            prop_assert_eq!(typed::<Shape>(&written), Ok(shape));
        }
    }

    #[test]
    fn a_number_that_is_not_whole_and_a_missing_member_are_unfit() {
        assert_eq!(typed::<u64>(&json!(1.5)), Err(Unfit));
        assert_eq!(typed::<Shape>(&json!({"number": 1})), Err(Unfit));
        assert_eq!(typed::<Vec<(u64, u64)>>(&json!([[1]])), Err(Unfit));
    }
}
