//! Hostile and broken packages: each gives exactly one message, which names file and field in
//! both languages.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zhixing::package::check_course;
use zhixing::package::markdown::inspect;
use zhixing::package::problem::Problem;

use super::fixture;

/// The problems of the maximal fixture with one value changed.
fn problems_with(pointer: &str, value: Value) -> Vec<Problem> {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    *course
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("no {pointer}")) = value;
    problems(&course)
}

fn problems(course: &Value) -> Vec<Problem> {
    check_course(course.to_string().as_bytes()).unwrap_err()
}

/// The fixture with a member added to the object at `pointer`.
fn with_member(pointer: &str, name: &str, value: Value) -> Value {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    let object = course.pointer_mut(pointer).and_then(Value::as_object_mut);
    object.unwrap().insert(name.into(), value);
    course
}

/// The fixture without a member.
fn without(pointer: &str, name: &str) -> Value {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    let object = course.pointer_mut(pointer).and_then(Value::as_object_mut);
    object.unwrap().remove(name).unwrap();
    course
}

fn one(problems: &[Problem], file: &str, field: &str) -> (String, String) {
    let [problem] = problems else {
        let lines: Vec<String> = problems.iter().map(|each| each.describe("en")).collect();
        panic!("{field}: {}", lines.join("\n"));
    };
    assert_eq!(
        (problem.file.as_str(), problem.field.as_str()),
        (file, field)
    );
    let (english, chinese) = (problem.describe("en"), problem.describe("zh-CN"));
    for said in [&english, &chinese] {
        assert!(said.contains(file) && said.contains(field), "{said}");
    }
    assert!(chinese.chars().any(|each| each >= '\u{4e00}'), "{chinese}");
    (english, chinese)
}

const STEP: &str = "/modules/0/topics/0/steps/0";

/// A table of changes: where, the value put there, the field that is named, a part of what is said.
/// In the fields `<step>` stands for the first step.
fn rows(table: &str) -> impl Iterator<Item = (&str, Value, String, &str)> {
    table
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [pointer, value, field, says] = cells[..] else {
                panic!("{line}");
            };
            let value =
                serde_json::from_str(value).unwrap_or_else(|error| panic!("{line}: {error}"));
            let field = field.replace("<step>", "modules[0].topics[0].steps[0].content");
            (pointer, value, field, says)
        })
}

/// One message each.
const HOSTILE: &str = include_str!("hostile.txt");

/// The first message; others may follow from it.
const MISFITS: &str = include_str!("misfits.txt");

#[test]
fn each_hostile_value_gives_one_message_that_names_its_field() {
    assert!(rows(HOSTILE).count() > 40);
    for (pointer, value, field, says) in rows(HOSTILE) {
        let (english, _) = one(&problems_with(pointer, value), "course.json", &field);
        assert!(english.contains(says), "{english} should say {says}");
    }
}

#[test]
fn a_text_that_is_too_long_or_has_control_characters_is_one_message() {
    for (value, says) in [
        (json!("x".repeat(20_001)), "20000 characters"),
        (json!("a\u{0}b"), "control character"),
    ] {
        let (english, _) = one(&problems_with("/summary", value), "course.json", "summary");
        assert!(english.contains(says), "{english}");
    }
}

#[test]
fn what_does_not_fit_together_is_told_where_it_stands() {
    assert!(rows(MISFITS).count() > 25);
    for (pointer, value, field, says) in rows(MISFITS) {
        let problems = problems_with(pointer, value);
        let first = problems.iter().find(|each| each.field == field);
        let said = first
            .map(|problem| problem.describe("en"))
            .unwrap_or_default();
        assert!(said.contains(says), "{field}: {problems:?}");
    }
}

#[test]
fn missing_and_unknown_members_are_named() {
    for (pointer, name, field) in [
        ("", "format", "format"),
        ("", "id", "id"),
        ("", "files", "files"),
        ("/calendar", "phases", "calendar.phases"),
        (STEP, "gate", "modules[0].topics[0].steps[0].gate"),
        (
            "/modules/0/topics/0/steps/0/content",
            "kind",
            "modules[0].topics[0].steps[0].content.kind",
        ),
        (
            "/schemes/2/indicators/0/rule",
            "scoring",
            "schemes[2].indicators[0].rule.scoring",
        ),
        (
            "/schemes/2/indicators/0/rule/modules/0",
            "minutes",
            "schemes[2].indicators[0].rule.modules[0].minutes",
        ),
    ] {
        let (english, _) = one(&problems(&without(pointer, name)), "course.json", field);
        assert!(english.contains("missing"), "{english}");
    }
    for (pointer, field) in [
        ("", "colour"),
        (STEP, "modules[0].topics[0].steps[0].colour"),
        (
            "/modules/0/topics/0/steps/0/content",
            "modules[0].topics[0].steps[0].content.colour",
        ),
        (
            "/schemes/2/indicators/1/rule/what",
            "schemes[2].indicators[1].rule.what.colour",
        ),
    ] {
        let course = with_member(pointer, "colour", json!("x"));
        let (english, _) = one(&problems(&course), "course.json", field);
        assert!(english.contains("no such field"), "{english}");
        let extended = with_member(pointer, "x-colour", json!({"any": ["thing"]}));
        assert!(
            check_course(extended.to_string().as_bytes()).is_ok(),
            "{field}"
        );
    }
}

#[test]
fn a_declared_gigabyte_is_refused_by_the_name_of_the_file() {
    let problems = problems_with("/files/0/bytes", json!(1_000_000_000));
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    let (english, chinese) = one(&problems, &problem.file, "files[0].bytes");
    assert_eq!(problem.file, "forms/m1.docx");
    assert!(
        english.contains("too large") && english.contains("500 MB"),
        "{english}"
    );
    assert!(
        chinese.contains("太大") && chinese.contains("500 MB"),
        "{chinese}"
    );
}

#[test]
fn too_many_bytes_in_all_are_refused() {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    for index in 0..9 {
        course["files"][index]["bytes"] = json!(450_000_000);
    }
    let (english, _) = one(&problems(&course), "course.json", "files");
    assert!(english.contains("4 GB"), "{english}");
}

#[test]
fn paths_that_differ_in_case_only_are_refused() {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    let mut again = course["files"][0].clone();
    again["path"] = json!("FORMS/M1.docx");
    let files = course["files"].as_array_mut().unwrap();
    files.push(again);
    let field = format!("files[{}].path", files.len() - 1);
    one(&problems(&course), "course.json", &field);
}

#[test]
fn keys_and_explanations_never_stand_in_a_closed_book_exam() {
    let question = "/modules/4/topics/1/steps/10/content/questions/0";
    let field = "modules[4].topics[1].steps[10].content.questions[0]";
    let with_key = with_member(&format!("{question}/answer"), "key", json!("a"));
    one(
        &problems(&with_key),
        "course.json",
        &format!("{field}.answer.key"),
    );
    let explained = with_member(question, "explanation", json!("甲，因为……"));
    one(
        &problems(&explained),
        "course.json",
        &format!("{field}.explanation"),
    );
}

#[test]
fn what_is_not_json_or_too_much_of_it_is_one_message() {
    let twice = String::from_utf8(fixture("relative")).unwrap();
    let twice = twice.replacen("\"version\"", "\"id\": \"tag:x\", \"version\"", 1);
    let number = String::from_utf8(fixture("relative")).unwrap();
    let number = number.replace("\"days\": 60", "\"days\": 1e999");
    let deep = format!("{{\"format\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let large = vec![b' '; 4_000_001];
    for (bytes, field) in [
        (b"".as_slice(), ""),
        (b"PK\x03\x04", ""),
        (b"\xff\xfe{\x00}\x00", ""),
        (twice.as_bytes(), "id"),
        (number.as_bytes(), "calendar.terms.days"),
        (&large, ""),
    ] {
        one(&check_course(bytes).unwrap_err(), "course.json", field);
    }
    let problems = check_course(deep.as_bytes()).unwrap_err();
    assert!(problems[0].field.starts_with("format[0]"), "{problems:?}");
}

#[test]
fn problems_of_several_items_are_told_together() {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    course["modules"][0]["id"] = json!("Ä");
    course["modules"][1]["topics"][0]["steps"][0]["content"]["kind"] = json!("game");
    course["schemes"][2]["fullMarks"] = json!("many");
    course["files"][1]["bytes"] = json!(-1);
    let fields: Vec<String> = problems(&course)
        .into_iter()
        .map(|each| each.field)
        .collect();
    let expected = [
        "files[1].bytes",
        "modules[0].id",
        "modules[1].topics[0].steps[0].content.kind",
        "schemes[2].fullMarks",
    ];
    assert_eq!(fields, expected);
}

#[test]
fn targets_above_the_content_are_remarks_only() {
    let mut course: Value = serde_json::from_slice(&fixture("every-kind")).unwrap();
    course["schemes"][2]["indicators"][0]["rule"]["modules"][0]["minutes"] = json!(501);
    course["schemes"][2]["indicators"][1]["rule"]["what"]["groups"] = json!(["conference"]);
    course["schemes"][2]["indicators"][2]["rule"]["most"] = json!(15);
    course["modules"][0]["topics"][0]["steps"][0]["gate"]["kind"] = json!("after_previous");
    let checked = check_course(course.to_string().as_bytes()).unwrap();
    let fields: Vec<&str> = checked
        .warnings
        .iter()
        .map(|each| each.field.as_str())
        .collect();
    let expected = [
        "modules[0].topics[0].steps[0].gate",
        "schemes[2].indicators[0].rule.modules[0].minutes",
        "schemes[2].indicators[1].rule.what",
        "schemes[2].indicators[2].rule",
    ];
    assert_eq!(fields, expected);
    assert!(checked.warnings[1].describe("en").contains("500"));
}

#[test]
fn html_links_and_pictures_that_are_not_shown_are_told_by_line() {
    let listed = BTreeSet::from(["img/x.png"]);
    for (markdown, says) in [
        ("一\n\n<script>alert(1)</script>\n", "HTML"),
        ("一\n\n二 <b onclick=x> 三\n", "HTML"),
        ("一\n\n[点我](javascript:alert(1))\n", "javascript:alert(1)"),
        ("一\n\n[x](data:text/html,x)\n", "data:text/html"),
        (
            "一\n\n![x](https://evil.example/x.png)\n",
            "https://evil.example/x.png",
        ),
        ("一\n\n![x](../../x.png)\n", "../../x.png"),
        ("一\n\n![x](../img/none.png)\n", "img/none.png"),
    ] {
        let found = inspect("text/a.md", markdown.as_bytes(), &listed);
        let all = [found.problems, found.warnings].concat();
        let (english, chinese) = one(&all, "text/a.md", "line 3");
        assert!(
            english.contains(says) && chinese.contains(says),
            "{english}"
        );
    }
}
