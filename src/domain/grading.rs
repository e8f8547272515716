//! What a tutor grades by hand: the indicators of a course that wait for somebody's judgement, and the
//! bodies of the grades.

use serde_json::{Map, Value, json};

use crate::domain::fields::Fields;
use crate::domain::ids::Slug;
use crate::domain::points::{Points, thousandths};
use crate::domain::review;
use crate::domain::task::Criterion;
use crate::domain::text::Text;

/// An indicator that is graded by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradable {
    /// The scheme.
    pub scheme: Slug,
    /// The kind of group that is graded; a learner if there is none.
    pub group: Option<Slug>,
    /// The stages at which it is graded, where the scheme has some.
    pub stages: Vec<(Slug, Text)>,
    /// The parties that judge it, where the scheme has some.
    pub judges: Vec<(Slug, Text)>,
    /// The indicator.
    pub indicator: Slug,
    /// What it is called.
    pub title: Text,
    /// The step whose work it is about, if it is one.
    pub step: Option<Slug>,
    /// How it is graded.
    pub form: Form,
}

/// How an indicator is graded.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Any number up to these points.
    Points(Points),
    /// One of these rungs; what each looks like.
    Rungs(Vec<(Points, Text)>),
    /// Points by criterion.
    Criteria(Vec<Criterion>),
    /// The percentage of an exam.
    Percent,
}

/// Where a grade of a group stands: at which stage, for which party.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The stage.
    pub stage: String,
    /// The party.
    pub judge: String,
}

/// The indicators of a `course.json` that are graded by hand.
#[must_use]
pub fn gradables(course_json: &Value, main: &str) -> Vec<Gradable> {
    let mut all = Vec::new();
    for scheme in Fields(course_json).items("schemes").into_iter().flatten() {
        let scheme = Fields(scheme);
        let Some(id) = scheme.slug("id") else {
            continue;
        };
        let named = |list: &str| {
            let read = |at: Fields<'_>| Some((at.slug("id")?, at.title("title", main)?));
            scheme.list_or_none(list, read).unwrap_or_default()
        };
        let group = scheme.find("subject").and_then(|at| at.slug("group"));
        let (stages, judges) = (named("stages"), named("judges"));
        for indicator in scheme.items("indicators").into_iter().flatten() {
            let at = Fields(indicator);
            let Some(mut one) = gradable(&id, at, main) else {
                continue;
            };
            one.group.clone_from(&group);
            one.judges.clone_from(&judges);
            one.stages.clone_from(&stages);
            let only = at.slugs("stages").unwrap_or_default();
            one.stages
                .retain(|(id, _)| only.is_empty() || only.contains(id));
            all.push(one);
        }
    }
    all
}

fn gradable(scheme: &Slug, at: Fields<'_>, main: &str) -> Option<Gradable> {
    let rule = at.find("rule")?;
    let points = at.points("points")?;
    let text = |at: Fields<'_>, name: &str| at.title(name, main).unwrap_or_default();
    let form = match rule.text("kind")? {
        "graded" => Form::Points(rule.points("pointsEach").unwrap_or(points)),
        "ladder" => Form::Rungs(rule.list("rungs", |at| {
            Some((at.points("points")?, text(at, "description")))
        })?),
        "rubric" | "bonus" if rule.find("criteria").is_some() => {
            Form::Criteria(rule.list("criteria", |at| {
                Some(Criterion {
                    id: at.slug("id")?,
                    title: text(at, "title"),
                    description: text(at, "description"),
                    points: at.points("points")?,
                })
            })?)
        }
        "exam" => Form::Percent,
        _ => return None,
    };
    let of = rule.find("of");
    Some(Gradable {
        scheme: scheme.clone(),
        group: None,
        stages: Vec::new(),
        judges: Vec::new(),
        indicator: at.slug("id")?,
        title: text(at, "title"),
        step: of
            .and_then(|of| of.slug("step"))
            .or_else(|| rule.slug("step")),
        form,
    })
}

impl Gradable {
    /// The body of a grade with what was typed, one text a criterion; `None` when something of it is no
    /// number, or more than there is, or where a stage or a party has to be chosen and was not.
    #[must_use]
    pub fn grade(&self, typed: &[String], place: &Place) -> Option<Value> {
        let mut body =
            json!({"scheme": self.scheme.as_str(), "indicator": self.indicator.as_str()});
        if let Some(step) = &self.step {
            body["step"] = step.as_str().into();
        }
        if let Some(group) = &self.group {
            body["group"] = group.as_str().into();
        }
        for (name, known, chosen) in [
            ("stage", &self.stages, &place.stage),
            ("judge", &self.judges, &place.judge),
        ] {
            if known.iter().any(|(id, _)| id.as_str() == chosen) {
                body[name] = chosen.as_str().into();
            } else if !known.is_empty() {
                return None;
            }
        }
        match &self.form {
            Form::Criteria(criteria) => {
                let mut given = Map::new();
                for (criterion, typed) in criteria.iter().zip(typed) {
                    let points = review::points(typed, criterion)?;
                    given.insert(criterion.id.to_string(), points.thousandths().into());
                }
                body["criteria"] = Value::Object(given);
            }
            Form::Percent => body["percent"] = number(typed, 100_000)?.into(),
            Form::Points(most) => body["points"] = number(typed, most.thousandths())?.into(),
            Form::Rungs(rungs) => {
                let given = number(typed, i64::MAX)?;
                let known = rungs
                    .iter()
                    .any(|(points, _)| points.thousandths() == given);
                body["points"] = known.then_some(given)?.into();
            }
        }
        Some(body)
    }
}

fn number(typed: &[String], most: i64) -> Option<i64> {
    let given = i64::try_from(thousandths(typed.first()?.trim())?).ok()?;
    (given <= most).then_some(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(rule: &Value) -> Value {
        json!({"schemes": [
            {"id": "learner", "indicators": [
                {"id": "i", "title": {"zh-CN": "实践"}, "points": 8, "rule": rule}]},
            {"id": "studio", "subject": {"kind": "group", "group": "studio"},
                "judges": [{"id": "self", "title": {"zh-CN": "自评"}}],
                "stages": [{"id": "mid", "title": {"zh-CN": "中期"}}, {"id": "end", "title": {"zh-CN": "终期"}}],
                "indicators": [
                {"id": "i", "title": {"zh-CN": "组织"}, "points": 8, "rule": rule, "stages": ["end"]}]},
        ]})
    }

    fn graded(rule: &Value, typed: &[&str]) -> Option<Value> {
        let all = gradables(&course(rule), "zh-CN");
        assert_eq!(all.len(), 2, "the learner, the studio");
        let typed: Vec<String> = typed.iter().map(|each| (*each).to_owned()).collect();
        all[0].grade(&typed, &Place::default())
    }

    #[test]
    fn a_group_is_graded_at_a_stage_and_for_a_party() {
        let all = gradables(&course(&json!({"kind": "graded"})), "zh-CN");
        let studio = &all[1];
        let stages: Vec<&str> = studio.stages.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(stages, ["end"]);
        let place = |stage: &str, judge: &str| Place {
            stage: stage.into(),
            judge: judge.into(),
        };
        let typed = ["7".to_owned()];
        assert_eq!(
            studio.grade(&typed, &place("end", "self")),
            Some(
                json!({"scheme": "studio", "indicator": "i", "group": "studio",
                "stage": "end", "judge": "self", "points": 7000})
            )
        );
        for (stage, judge) in [("", "self"), ("mid", "self"), ("end", ""), ("end", "x")] {
            assert_eq!(studio.grade(&typed, &place(stage, judge)), None);
        }
    }

    #[test]
    fn a_grade_is_what_its_rule_takes_and_nothing_else() {
        let of = json!({"kind": "step", "step": "m2-practice"});
        let number = json!({"kind": "graded", "of": of});
        let body = graded(&number, &["6.5"]).unwrap();
        assert_eq!(body["points"], 6_500);
        assert_eq!(
            (&body["step"], &body["scheme"]),
            (&json!("m2-practice"), &json!("learner"))
        );
        for bad in ["8.001", "-1", "六", "", "1.2345"] {
            assert_eq!(graded(&number, &[bad]), None, "{bad}");
        }
        let ladder = json!({"kind": "ladder", "of": {"kind": "overall"},
            "rungs": [{"points": 8}, {"points": 0}]});
        assert_eq!(graded(&ladder, &["8"]).unwrap()["points"], 8_000);
        assert_eq!(graded(&ladder, &["7"]), None);
        assert!(graded(&ladder, &["0"]).unwrap().get("step").is_none());
        let exam = json!({"kind": "exam", "step": "m2-exam", "counts": "last"});
        assert_eq!(graded(&exam, &["72"]).unwrap()["percent"], 72_000);
        assert_eq!(graded(&exam, &["101"]), None);
        let rubric = json!({"kind": "rubric", "criteria": [
            {"id": "a", "title": {"zh-CN": "真"}, "points": 5}, {"id": "b", "title": {"zh-CN": "实"}, "points": 3}]});
        assert_eq!(
            graded(&rubric, &["5", "2"]).unwrap()["criteria"],
            json!({"a": 5000, "b": 2000})
        );
        assert_eq!(graded(&rubric, &["5", "4"]), None);
    }

    #[test]
    fn what_is_counted_is_not_graded() {
        let count = json!({"kind": "count", "what": {"kind": "posts"}, "pointsEach": 1});
        assert!(gradables(&course(&count), "zh-CN").is_empty());
        assert!(gradables(&json!({"schemes": 3}), "zh-CN").is_empty());
        assert!(gradables(&Value::Null, "zh-CN").is_empty());
    }
}
