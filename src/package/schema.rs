//! The published JSON Schema, made from the types that the reader uses. Host only.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::index::IndexFile;
use super::limits::MAX_TEXT_CHARACTERS;
use super::v1::{CourseFile, Decimal, Many, Whole};

/// The schema of `course.json` as it is published: pretty, with a line end.
#[must_use]
pub fn course_schema() -> String {
    published::<CourseFile>("zhixing-course-1")
}

/// The schema of `courses/index.json` as it is published.
#[must_use]
pub fn index_schema() -> String {
    published::<IndexFile>("zhixing-courses-1")
}

fn published<T: JsonSchema>(name: &str) -> String {
    let mut settings = SchemaSettings::draft2020_12();
    settings
        .transforms
        .push(Box::new(RecursiveTransform(close_object)));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let id = format!("tag:zhixing.example,2026:schema/{name}");
    schema.insert("$id".into(), id.into());
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

/// Objects take no unknown members, but extensions.
fn close_object(schema: &mut Schema) {
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".into(), false.into());
        schema.insert("patternProperties".into(), json!({ "^x-": true }));
    }
}

impl<const MIN: u32, const MAX: u32> JsonSchema for Whole<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

impl<const MIN: u32, const MAX: u32> JsonSchema for Decimal<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Decimal{MIN}To{MAX}").into()
    }

    /// That there are at most three decimal places is left to the reader: `multipleOf` 0.001 is
    /// beyond what validators can do in floating point.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let units = |thousandths: u32| {
            if thousandths.is_multiple_of(1000) {
                json!(thousandths / 1000)
            } else {
                json!(f64::from(thousandths) / 1000.0)
            }
        };
        json_schema!({ "type": "number", "minimum": units(MIN), "maximum": units(MAX) })
    }
}

impl<T: JsonSchema, const MIN: usize, const MAX: usize> JsonSchema for Many<T, MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}List{MIN}To{MAX}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": items, "minItems": MIN, "maxItems": MAX })
    }
}

/// The schema of a string with a form.
pub(super) fn word(pattern: &str, description: &str) -> Schema {
    let description = description.trim();
    json_schema!({ "type": "string", "pattern": pattern, "description": description })
}

/// The schema of a value that is the same in every language or given by language.
pub(super) fn per_language(file: bool, description: &str) -> Schema {
    let longest = if file { 200 } else { MAX_TEXT_CHARACTERS };
    let one = json!({ "type": "string", "minLength": 1, "maxLength": longest });
    json_schema!({
        "description": description.trim(),
        "anyOf": [one, {
            "type": "object",
            "propertyNames": { "pattern": super::v1::LANGUAGE_PATTERN },
            "additionalProperties": one,
            "minProperties": 1,
        }],
    })
}
