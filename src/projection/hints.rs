//! What a package says of how a part is projected (`deck` in `course.json`).

use serde_json::Value;

use crate::domain::course::PartRole;
use crate::domain::fields::Fields;
use crate::domain::ids::Slug;

/// What is said of a part, with what holds where nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    /// Whether it is projected at all.
    pub show: bool,
    /// Whether it is covered, and uncovered point by point.
    pub points: bool,
    /// Minutes of thinking about its questions.
    pub think_minutes: Option<u32>,
    /// What groups do with it, in the language that is shown, and for how many minutes.
    pub group: Option<(String, u32)>,
}

impl Hints {
    /// Reads what a `course.json` says of a part. What is damaged or missing is as if nothing was said.
    #[must_use]
    pub fn read(course: &Value, step: &Slug, part: &Slug, role: PartRole, language: &str) -> Self {
        let found = find(course, step.as_str()).and_then(|step| {
            let parts = step["content"]["parts"].as_array()?;
            parts.iter().find(|each| each["id"] == part.as_str())
        });
        let none = Value::Null;
        let deck = Fields(found.map_or(&none, |found| &found["deck"]));
        let reveal = deck.text("reveal").map(|reveal| reveal == "points");
        let group = deck.find("groupTask").and_then(|task| {
            let prompt = task.title("prompt", language)?;
            Some((prompt.get(language).to_owned(), task.count("minutes")?))
        });
        Self {
            show: deck.0.get("show").and_then(Value::as_bool).unwrap_or(true),
            points: reveal.unwrap_or(matches!(role, PartRole::Analysis | PartRole::Commentary)),
            think_minutes: deck.count("thinkMinutes").filter(|minutes| *minutes > 0),
            group,
        }
    }
}

fn find<'a>(course: &'a Value, step: &str) -> Option<&'a Value> {
    let list = |of: &'a Value, name: &str| of[name].as_array().map_or(&[][..], Vec::as_slice);
    list(course, "modules")
        .iter()
        .flat_map(|module| list(module, "topics"))
        .flat_map(|topic| list(topic, "steps"))
        .find(|each| each["id"] == step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_said_follows_from_the_role() {
        let parts = json!([
            {"id": "think", "deck": {"thinkMinutes": 3}},
            {"id": "analysis"},
            {"id": "links", "deck": {"show": false}},
            {"id": "odd", "deck": {"reveal": 7, "thinkMinutes": "x", "groupTask": []}},
            {"id": "talk", "deck": {"groupTask": {"prompt": {"zh-CN": "谈", "en": "Talk"}, "minutes": 15}}},
        ]);
        let course = json!({"modules": [{"topics": [{"steps": [{"id": "s", "content": {"parts": parts}}]}]}]});
        let read = |part: &str, role| {
            let slug = |id: &str| Slug::parse(id).unwrap();
            Hints::read(&course, &slug("s"), &slug(part), role, "en")
        };
        assert_eq!(read("think", PartRole::ThinkFirst).think_minutes, Some(3));
        assert!(read("analysis", PartRole::Analysis).points);
        assert!(!read("analysis", PartRole::Case).points);
        assert!(!read("links", PartRole::Links).show);
        let odd = read("odd", PartRole::Plain);
        assert_eq!(
            (odd.show, odd.points, odd.think_minutes, odd.group),
            (true, false, None, None)
        );
        let group = read("talk", PartRole::Interaction).group;
        assert_eq!(group, Some(("Talk".to_owned(), 15)));
        assert!(read("unknown", PartRole::Plain).show);
    }
}
