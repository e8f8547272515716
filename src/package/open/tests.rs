use super::*;
use crate::package::check_course;
use proptest::prelude::*;
use serde_json::{Value, json};

const FIXTURES: [&str; 3] = [
    include_str!("../../../tests/native/fixtures/every-kind/course.json"),
    include_str!("../../../tests/native/fixtures/relative/course.json"),
    include_str!("../../../tests/native/fixtures/terms/course.json"),
];

#[test]
fn both_readers_give_the_same_course() {
    for fixture in FIXTURES {
        let checked = check_course(fixture.as_bytes()).unwrap();
        assert_eq!(open(fixture.as_bytes()), Ok(checked.course));
    }
}

/// Every place in a value, as paths of members and items.
fn places(value: &Value, here: &[String], all: &mut Vec<Vec<String>>) {
    let mut go = |step: String, inner: &Value| {
        let path = [here, &[step]].concat();
        all.push(path.clone());
        places(inner, &path, all);
    };
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                go(at.to_string(), item);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                go(name.clone(), member);
            }
        }
        _ => {}
    }
}

fn pointer(path: &[String]) -> String {
    path.iter().flat_map(|step| ["/", step]).collect()
}

proptest! {
    #[test]
    fn a_damaged_course_is_opened_as_the_full_reader_would_or_refused(
        which in 0usize..3, at in any::<prop::sample::Index>(), bad in prop_oneof![
            Just(json!(null)), Just(json!(-1)), Just(json!(1e300)), Just(json!("../x")),
            Just(json!([])), Just(json!({})), Just(json!(true)), Just(json!("")),
        ]
    ) {
        let mut course: Value = serde_json::from_str(FIXTURES[which]).unwrap();
        let mut all = Vec::new();
        places(&course, &[], &mut all);
        let path = at.get(&all);
        *course.pointer_mut(&pointer(path)).unwrap() = bad;
        let bytes = course.to_string();
        if let Ok(checked) = check_course(bytes.as_bytes()) {
            prop_assert_eq!(open(bytes.as_bytes()), Ok(checked.course));
        } else {
            // Whatever it says, it says it without a panic.
            let _ = open(bytes.as_bytes());
        }
    }
}

#[test]
fn a_fault_names_its_field() {
    let good: Value = serde_json::from_str(FIXTURES[0]).unwrap();
    for (path, bad, field, what) in [
        ("/format", json!("zhixing-course/2"), "format", Wrong::Unfit),
        ("/title", json!(null), "title", Wrong::Missing),
        ("/languages", json!([]), "languages", Wrong::Unfit),
        (
            "/modules/0/topics/0/steps/0/content/seconds",
            json!(1e9),
            "modules[0].topics[0].steps[0].content.seconds",
            Wrong::Unfit,
        ),
        (
            "/modules/0/topics/0/steps/0/content/sources/0/file",
            json!("../../x.mp4"),
            "modules[0].topics[0].steps[0].content.sources[0].file",
            Wrong::Unfit,
        ),
        (
            "/modules/0/topics/0/steps/0/content/kind",
            json!("hologram"),
            "modules[0].topics[0].steps[0].content.kind",
            Wrong::Unfit,
        ),
    ] {
        let mut course = good.clone();
        *course.pointer_mut(path).unwrap() = bad;
        let fault = open(course.to_string().as_bytes()).unwrap_err();
        assert_eq!(
            fault,
            OpenFault {
                field: field.to_owned(),
                what
            },
            "{path}"
        );
    }
    assert_eq!(
        open(b"{").unwrap_err(),
        OpenFault {
            field: String::new(),
            what: Wrong::Unfit
        }
    );
}
