//! No input makes the reader panic, and it never refuses without saying why.

use proptest::prelude::*;
use serde_json::{Value, json};
use zhixing::package::index::read_index;
use zhixing::package::{check_course, markdown};

use super::fixture;

/// Any JSON, with the format's own words among its strings so that it gets past the first look.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
        prop_oneof![
            "video",
            "free",
            "count",
            "2016-11-15",
            "1/3",
            "m1",
            "../x.md",
            "text/m1-case.md"
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z-]{1,10}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Every place in a JSON value, as pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), out);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{at}/{name}"), out);
            }
        }
        _ => {}
    }
}

fn must_be_told(bytes: &[u8]) {
    if let Err(problems) = check_course(bytes) {
        assert!(!problems.is_empty() && problems.len() <= 50);
        for problem in problems {
            assert!(!problem.describe("zh-CN").is_empty() && !problem.describe("en").is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        must_be_told(&bytes);
        prop_assert!(read_index(&bytes).is_err());
    }

    #[test]
    fn any_json_as_a_course(value in any_json()) {
        must_be_told(value.to_string().as_bytes());
    }

    #[test]
    fn the_fixture_with_any_value_anywhere(
        value in any_json(),
        place in any::<prop::sample::Index>(),
        again in any::<prop::sample::Index>(),
    ) {
        let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
        for index in [place, again] {
            let mut all = Vec::new();
            places(&course, "", &mut all);
            let place: &String = index.get::<String>(&all);
            *course.pointer_mut(place).unwrap() = value.clone();
        }
        must_be_told(course.to_string().as_bytes());
    }

    #[test]
    fn any_text_as_markdown(text in "[ -~\\n\u{4e00}-\u{4e20}]{0,300}") {
        let document = markdown::read("text/a.md", &text);
        prop_assert!(document.characters() <= text.chars().count() * 2);
    }

    #[test]
    fn any_marks_as_markdown(text in "[-*_#>`|~!\\[\\]()<>a1.:/ \\n]{0,300}") {
        let document = markdown::read("text/a.md", &text);
        prop_assert!(document.warnings.len() <= 50);
    }
}

#[test]
fn four_megabytes_of_anything_end_in_a_few_problems() {
    let fill = |unit: &str| {
        let count = 3_900_000 / (unit.len() + 1);
        vec![unit; count].join(",")
    };
    for (member, unit) in [
        ("modules", "1"),
        ("modules", "{\"id\":\"a\"}"),
        ("languages", "\"en\""),
        ("x-note", "[[[[]]]]"),
    ] {
        let text = format!(
            "{{\"format\":\"zhixing-course/1\",\"{member}\":[{}]}}",
            fill(unit)
        );
        must_be_told(text.as_bytes());
    }
    let wide = format!("{{\"format\":{{{}}}}}", fill("\"a\":1"));
    must_be_told(wide.as_bytes());
}
