//! Schemes that add up wrong or contradict themselves.

use serde_json::{Value, json};

use super::world::every_kind;
use crate::domain::assessment::{Why, read};

fn fault(change: impl Fn(&mut Value)) -> (String, Why) {
    let mut value = every_kind();
    change(&mut value);
    let fault = read(&value, 480).unwrap_err();
    (fault.field, fault.why)
}

#[test]
fn whatever_does_not_add_up_is_refused_with_field_and_reason() {
    let (field, why) = fault(|value| value["schemes"][2]["indicators"][0]["points"] = json!(41));
    assert_eq!(field, "schemes[2].fullMarks");
    assert!(matches!(why, Why::WrongSum { sum, expected }
        if (sum.to_string(), expected.to_string()) == ("101".into(), "100".into())));
    let (field, why) = fault(|value| {
        value["schemes"][8]["indicators"][0]["rule"]["criteria"][0]["points"] = json!(7);
    });
    assert_eq!(field, "schemes[8].indicators[0]");
    assert!(matches!(why, Why::WrongSum { .. }));
    let (_, why) = fault(|value| value["schemes"][0]["levels"][1]["from"] = json!(0));
    assert_eq!(why, Why::Levels);
    let (_, why) = fault(|value| value["schemes"][0]["levels"][1]["passes"] = json!(false));
    assert_eq!(why, Why::Levels);
}

#[test]
fn contradictions_are_refused() {
    let (field, why) = fault(|value| value["schemes"][1]["subject"] = json!({"kind": "learner"}));
    assert_eq!(
        (field.as_str(), why),
        ("schemes[1].indicators[0]", Why::GroupsOnly)
    );
    let (field, why) = fault(|value| {
        value["schemes"][5]["gates"][0]["when"]["indicator"] = json!("nowhere");
    });
    assert_eq!((field.as_str(), why), ("schemes[5].gates[0]", Why::Unknown));
    let (field, why) =
        fault(|value| value["schemes"][8]["indicators"][3]["stages"] = json!(["never"]));
    assert_eq!(
        (field.as_str(), why),
        ("schemes[8].indicators[3]", Why::Unknown)
    );
    let (field, why) = fault(|value| value["schemes"][7]["conversion"]["total"] = json!(251));
    assert_eq!((field.as_str(), why), ("schemes[7].conversion", Why::Unfit));
}

#[test]
fn whatever_does_not_read_is_refused_and_nothing_panics() {
    // Every value of the schemes is replaced by what does not belong there, one after the other.
    fn places(value: &Value, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    places(member, &format!("{path}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    places(item, &format!("{path}/{at}"), found);
                }
            }
            _ => {}
        }
    }
    let whole = every_kind();
    let mut found = Vec::new();
    for part in [
        "schemes",
        "calendar",
        "people",
        "creditHours",
        "certificate",
    ] {
        places(&whole[part], &format!("/{part}"), &mut found);
    }
    let mut refused = 0;
    for place in &found {
        for bad in [
            Value::Null,
            json!(-1),
            json!("x"),
            json!([]),
            json!({}),
            json!(1e300),
        ] {
            let mut value = whole.clone();
            *value.pointer_mut(place).unwrap() = bad;
            refused += usize::from(read(&value, 480).is_err());
        }
    }
    assert!(
        refused > found.len() * 2,
        "{refused} of {}",
        found.len() * 6
    );
    for bad in [json!(null), json!([]), json!({"modules": 1})] {
        assert!(read(&bad, 0).is_err());
    }
}
