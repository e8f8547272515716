//! The published schema is what the types say, and the fixtures are what the schema says.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;
use zhixing::package::schema::{course_schema, index_schema};

use super::{fixture, root};

fn published(name: &str) -> PathBuf {
    root().join("public/schema").join(name)
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, made) in [
        ("zhixing-course-1.schema.json", course_schema()),
        ("zhixing-courses-1.schema.json", index_schema()),
    ] {
        let text = std::fs::read_to_string(published(name)).unwrap_or_default();
        assert!(
            text == made,
            "{name} is out of date: run `cargo xtask pack --schema`"
        );
    }
}

#[test]
fn the_fixtures_are_valid_by_the_schema() {
    let schema: Value = serde_json::from_str(&course_schema()).unwrap();
    for name in ["every-kind", "relative", "terms"] {
        let course: Value = serde_json::from_slice(&fixture(name)).unwrap();
        assert_eq!(
            faults(&schema, &schema, &course, name),
            Vec::<String>::new()
        );
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_str(&course_schema()).unwrap();
    for (pointer, value) in [
        ("/calendar/utcOffset", Value::from(8)),
        (
            "/modules/0/topics/0/steps/0/content/kind",
            Value::from("game"),
        ),
        ("/modules/0/topics/0/steps/0/gate", Value::from("free")),
        (
            "/modules/0/topics/0/steps/0/content/seconds",
            Value::from(-1),
        ),
        ("/modules/0/topics", Value::Array(Vec::new())),
        ("/schemes/2/indicators/0/rule/colour", Value::from("x")),
        ("/title/en", Value::from(1)),
    ] {
        let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        course.pointer_mut(parent).unwrap()[name] = value;
        assert!(
            !faults(&schema, &schema, &course, "").is_empty(),
            "{pointer}"
        );
    }
}

#[test]
fn the_fixtures_use_every_kind_and_every_word_of_the_schema() {
    let schema: Value = serde_json::from_str(&course_schema()).unwrap();
    let mut words = BTreeSet::new();
    collect_words(&schema, &mut words);
    assert!(words.len() > 80, "{words:?}");
    let mut used = BTreeSet::new();
    for name in ["every-kind", "relative", "terms"] {
        collect_strings(&serde_json::from_slice(&fixture(name)).unwrap(), &mut used);
    }
    let unused: Vec<&String> = words.difference(&used).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_fixtures_use_every_member_of_the_schema() {
    let schema: Value = serde_json::from_str(&course_schema()).unwrap();
    let mut members = BTreeSet::new();
    collect_members(&schema, &mut members);
    let mut used = BTreeSet::new();
    for name in ["every-kind", "relative", "terms"] {
        collect_names(&serde_json::from_slice(&fixture(name)).unwrap(), &mut used);
    }
    let unused: Vec<&String> = members.difference(&used).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn collect_words(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            let fixed = members.get("enum").into_iter().chain(members.get("const"));
            fixed.for_each(|each| collect_strings(each, words));
            members.values().for_each(|each| collect_words(each, words));
        }
        Value::Array(items) => items.iter().for_each(|each| collect_words(each, words)),
        _ => {}
    }
}

fn collect_strings(value: &Value, strings: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            strings.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|each| collect_strings(each, strings)),
        Value::Object(members) => members
            .values()
            .for_each(|each| collect_strings(each, strings)),
        _ => {}
    }
}

fn collect_members(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                names.extend(properties.keys().cloned());
            }
            members
                .values()
                .for_each(|each| collect_members(each, names));
        }
        Value::Array(items) => items.iter().for_each(|each| collect_members(each, names)),
        _ => {}
    }
}

fn collect_names(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            names.extend(members.keys().cloned());
            members.values().for_each(|each| collect_names(each, names));
        }
        Value::Array(items) => items.iter().for_each(|each| collect_names(each, names)),
        _ => {}
    }
}

/// What is wrong with `value` by the keywords that the published schema uses, without patterns
/// of strings.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Value::Object(keywords) = schema else {
        return found;
    };
    for (keyword, of) in keywords {
        let fault = match keyword.as_str() {
            "$ref" => {
                let pointer = of.as_str().and_then(|name| name.strip_prefix('#')).unwrap();
                found.extend(faults(root, root.pointer(pointer).unwrap(), value, at));
                false
            }
            "type" => !is_type(of, value),
            "const" => of != value,
            "enum" => !of.as_array().unwrap().contains(value),
            "minimum" => value
                .as_f64()
                .is_some_and(|number| number < of.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_some_and(|number| number > of.as_f64().unwrap()),
            "minItems" => value
                .as_array()
                .is_some_and(|items| (items.len() as u64) < of.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_some_and(|items| (items.len() as u64) > of.as_u64().unwrap()),
            "minLength" => value
                .as_str()
                .is_some_and(|text| (text.len() as u64) < of.as_u64().unwrap()),
            "required" => {
                value.is_object()
                    && of
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|name| value.get(name.as_str().unwrap()).is_none())
            }
            "anyOf" | "oneOf" => {
                let fits = of
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|each| faults(root, each, value, at).is_empty());
                let fits = fits.count();
                if keyword == "oneOf" {
                    fits != 1
                } else {
                    fits == 0
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(root, of, item, &format!("{at}[{index}]")));
                }
                false
            }
            "properties" => {
                for (name, property) in of.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        found.extend(faults(root, property, member, &format!("{at}.{name}")));
                    }
                }
                false
            }
            "additionalProperties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    let known = keywords
                        .get("properties")
                        .is_some_and(|known| known.get(name).is_some());
                    if !known && !name.starts_with("x-") {
                        if *of == Value::Bool(false) {
                            found.push(format!("{at}.{name}: unknown"));
                        }
                        found.extend(faults(root, of, member, &format!("{at}.{name}")));
                    }
                }
                false
            }
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" | "default"
            | "patternProperties" | "propertyNames" | "pattern" | "minProperties" | "maxLength" => {
                false
            }
            other => panic!("the schema uses {other}, which this test does not know"),
        };
        if fault {
            found.push(format!("{at}: {keyword}"));
        }
    }
    found
}

fn is_type(of: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    match of {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}
