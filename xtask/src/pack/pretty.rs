//! JSON as people keep it in a repository: two blanks for each level, and what fits on a line in
//! one line. Printing what was printed changes nothing.

use std::fmt::Write;
use zhixing::package::read::{Json, Number};

/// What fits into so many characters stands in one line.
const LINE: usize = 100;

/// Prints a value, with a line end.
pub fn print(json: &Json) -> String {
    let mut out = String::new();
    block(json, 0, 0, &mut out);
    out.push('\n');
    out
}

/// Prints a value that begins after `used` characters of its line, in a block at `level`.
fn block(json: &Json, level: usize, used: usize, out: &mut String) {
    let mut line = String::new();
    inline(json, &mut line);
    // A comma may follow.
    if used + line.chars().count() < LINE {
        out.push_str(&line);
        return;
    }
    match json {
        Json::List(items) if !items.is_empty() => {
            let items = items.iter().map(|item| (None, item));
            lines(['[', ']'], items, level, out);
        }
        Json::Object(members) if !members.is_empty() => {
            let members = members
                .iter()
                .map(|(name, value)| (Some(name.as_str()), value));
            lines(['{', '}'], members, level, out);
        }
        _ => out.push_str(&line),
    }
}

fn lines<'a>(
    brackets: [char; 2],
    parts: impl Iterator<Item = (Option<&'a str>, &'a Json)>,
    level: usize,
    out: &mut String,
) {
    let indent = "  ".repeat(level + 1);
    out.push(brackets[0]);
    let mut separator = "\n";
    for (name, value) in parts {
        let name = name
            .map(|name| format!("{}: ", quoted(name)))
            .unwrap_or_default();
        out.push_str(separator);
        out.push_str(&indent);
        out.push_str(&name);
        block(value, level + 1, indent.len() + name.chars().count(), out);
        separator = ",\n";
    }
    out.push('\n');
    out.push_str(&"  ".repeat(level));
    out.push(brackets[1]);
}

fn inline(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Flag(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(Number::Whole(value)) => out.push_str(&value.to_string()),
        Json::Number(Number::Negative(value)) => out.push_str(&value.to_string()),
        Json::Number(Number::Float(value)) => out.push_str(&value.to_string()),
        Json::Text(text) => out.push_str(&quoted(text)),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                inline(item, out);
            }
            out.push(']');
        }
        Json::Object(members) if members.is_empty() => out.push_str("{}"),
        Json::Object(members) => {
            out.push_str("{ ");
            for (index, (name, value)) in members.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                out.push_str(&quoted(name));
                out.push_str(": ");
                inline(value, out);
            }
            out.push_str(" }");
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for each in text.chars() {
        match each {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            each if u32::from(each) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(each));
            }
            each => out.push(each),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhixing::package::read::parse;

    #[test]
    fn printing_keeps_the_order_and_changes_nothing_twice() {
        let long = "长".repeat(90);
        let text = format!(
            r#"{{"z": 1, "a": [0.5, -2, 1e300, null, true], "e": {{}}, "l": [],
                "t": "\"\\\n\u0001\u4e00", "long": {{"b": "{long}", "c": [1, 2]}}}}"#
        );
        let json = parse("a.json", text.as_bytes()).unwrap();
        let printed = print(&json);
        let again = parse("a.json", printed.as_bytes()).unwrap();
        assert_eq!(again, json);
        assert_eq!(print(&again), printed);
        let names: Vec<&str> = printed
            .lines()
            .filter_map(|line| line.strip_prefix("  \""))
            .collect();
        assert!(
            names[0].starts_with('z') && names[1].starts_with('a'),
            "{printed}"
        );
        assert!(
            printed.contains("\n    \"c\": [1, 2]\n  }\n}\n"),
            "{printed}"
        );
    }
}
