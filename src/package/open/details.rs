//! The details of one step, read when it is opened: they are not among what every start reads.

use super::cursor::Cursor;
use super::{OpenFault, Wrong};
use crate::domain::exam::{Answer, Paper, Question};
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::task::{ActivityTask, AssignmentTask, AttachmentRules, AttendanceBy, Criterion};
use crate::domain::text::Text;

/// The details of an assignment step.
///
/// # Errors
/// [`OpenFault`] names the field.
pub fn assignment(course_json: &str, step: &Slug) -> Result<AssignmentTask, OpenFault> {
    of_step(course_json, step, |at| {
        Ok(AssignmentTask {
            templates: at.list_or_none("templates", |at| {
                Ok((at.at("title")?.words()?, at.at("file")?.file()?))
            })?,
            attachments: at
                .find("attachments")
                .map(|at| attachments(&at))
                .transpose()?,
            rubric: at.list_or_none("rubric", criterion)?,
            for_class: match at.find("visibility") {
                Some(at) => at.text()? != "tutor",
                None => true,
            },
        })
    })
}

/// The paper of an exam step.
///
/// # Errors
/// [`OpenFault`] names the field.
pub fn paper(course_json: &str, step: &Slug) -> Result<Paper, OpenFault> {
    of_step(course_json, step, |at| {
        Ok(Paper {
            minutes: at.at("minutes")?.whole()?,
            practice: at.at("mode")?.text()? == "practice",
            shuffle: at.flag("shuffle")?,
            draw: at.find("draw").map(|at| at.whole()).transpose()?,
            pass_percent: at.whole_or("passPercent", 60)?,
            questions: at.at("questions")?.list(question)?,
        })
    })
}

/// The details of an activity step.
///
/// # Errors
/// [`OpenFault`] names the field.
pub fn activity(course_json: &str, step: &Slug) -> Result<ActivityTask, OpenFault> {
    of_step(course_json, step, |at| {
        Ok(ActivityTask {
            live: at.at("form")?.text()? == "live",
            prepare: at.words_or_none("prepare")?,
            led_by: at.words_or_none("ledBy")?,
            attendance: at.at("attendance")?.list(attendance_by)?,
        })
    })
}

/// Reads the content of one step.
fn of_step<T>(
    course_json: &str,
    step: &Slug,
    read: impl Fn(&Cursor<'_>) -> Result<T, OpenFault>,
) -> Result<T, OpenFault> {
    let missing = || OpenFault {
        field: String::new(),
        what: Wrong::Unfit,
    };
    let json: serde_json::Value = serde_json::from_str(course_json).map_err(|_| missing())?;
    let root = Cursor::root(&json);
    let languages = root
        .at("languages")?
        .list(|each| each.text().map(str::to_owned))?;
    let main = languages.first().cloned().unwrap_or_default();
    let root = root.in_language(&main);
    let mut found = Vec::new();
    root.at("modules")?
        .list(|module| {
            module.at("topics")?.list(|topic| {
                topic.at("steps")?.list(|at| {
                    if at.at("id")?.text()? == step.as_str() {
                        Ok(Some(read(&at.at("content")?)?))
                    } else {
                        Ok(None)
                    }
                })
            })
        })?
        .into_iter()
        .for_each(|topics| found.extend(topics.into_iter().flatten().flatten()));
    found.pop().ok_or_else(missing)
}

fn attachments(at: &Cursor<'_>) -> Result<AttachmentRules, OpenFault> {
    Ok(AttachmentRules {
        max_files: at.at("maxFiles")?.whole()?,
        max_bytes: at.at("maxBytes")?.whole()?,
        types: at.at("types")?.list(|at| at.text().map(str::to_owned))?,
    })
}

fn criterion(at: &Cursor<'_>) -> Result<Criterion, OpenFault> {
    Ok(Criterion {
        id: at.at("id")?.slug()?,
        title: at.at("title")?.words()?,
        description: at.words_or_none("description")?,
        points: points(&at.at("points")?)?,
    })
}

fn attendance_by(at: &Cursor<'_>) -> Result<AttendanceBy, OpenFault> {
    Ok(match at.text()? {
        "room_code" => AttendanceBy::RoomCode,
        "tutor_list" => AttendanceBy::TutorList,
        "learner" => AttendanceBy::Learner,
        _ => return Err(at.unfit()),
    })
}

/// Points with up to three decimals.
fn points(at: &Cursor<'_>) -> Result<Points, OpenFault> {
    let thousandths = i64::try_from(at.milliseconds()?).map_err(|_| at.unfit())?;
    Ok(Points::from_thousandths(thousandths))
}

fn question(at: &Cursor<'_>) -> Result<Question, OpenFault> {
    Ok(Question {
        id: at.at("id")?.slug()?,
        points: points(&at.at("points")?)?,
        text: at.at("text")?.words()?,
        image: at.find("image").map(|at| image(&at)).transpose()?,
        answer: answer(&at.at("answer")?)?,
        explanation: at.words_or_none("explanation")?,
    })
}

fn image(at: &Cursor<'_>) -> Result<(Text, Text), OpenFault> {
    Ok((at.at("file")?.file()?, at.at("alt")?.words()?))
}

fn answer(at: &Cursor<'_>) -> Result<Answer, OpenFault> {
    let options = || {
        at.at("options")?
            .list(|at| Ok((at.at("id")?.slug()?, at.at("text")?.words()?)))
    };
    let kind = at.at("kind")?;
    Ok(match kind.text()? {
        "single" => Answer::Single {
            options: options()?,
            key: at.find("key").map(|at| at.slug()).transpose()?,
        },
        "multiple" => Answer::Multiple {
            options: options()?,
            key: at.find("key").map(|at| at.list(Cursor::slug)).transpose()?,
            partial: at.flag("partial")?,
        },
        "true_false" => Answer::TrueFalse {
            key: match at.find("key") {
                Some(_) => Some(at.flag("key")?),
                None => None,
            },
        },
        "short_answer" => Answer::Short {
            keys: at.list_or_none("key", Cursor::words)?,
            max: at.whole_or("maxCharacters", 200)?,
        },
        _ => return Err(kind.unfit()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const EVERY_KIND: &str = include_str!("../../../tests/native/fixtures/every-kind/course.json");

    /// The ids of all steps of a kind.
    fn steps(course: &str, kind: &str) -> Vec<Slug> {
        let course: Value = serde_json::from_str(course).unwrap();
        let list = |value: &Value, name: &str| value[name].as_array().unwrap().clone();
        let modules = list(&course, "modules").into_iter();
        let topics = modules.flat_map(|module| list(&module, "topics"));
        topics
            .flat_map(|topic| list(&topic, "steps"))
            .filter(|step| step["content"]["kind"] == kind)
            .map(|step| Slug::parse(step["id"].as_str().unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn every_step_of_the_fixture_gives_its_details() {
        let exams = steps(EVERY_KIND, "exam");
        let papers: Vec<Paper> = exams
            .iter()
            .map(|step| paper(EVERY_KIND, step).unwrap())
            .collect();
        let practice = papers.iter().find(|paper| paper.practice).unwrap();
        assert_eq!((practice.minutes, practice.draw), (20, Some(3)));
        assert_eq!(
            practice.questions[0].answer,
            Answer::Single {
                options: vec![
                    (Slug::parse("a").unwrap(), Text::single("zh-CN", "八点")),
                    (Slug::parse("b").unwrap(), Text::single("zh-CN", "八点二十")),
                ],
                key: Slug::parse("a"),
            }
        );
        let closed = papers.iter().find(|paper| !paper.practice).unwrap();
        for question in &closed.questions {
            assert_eq!(
                question.mark(&["a".to_owned()]),
                0,
                "no keys travel with it"
            );
        }
        for step in steps(EVERY_KIND, "assignment") {
            assignment(EVERY_KIND, &step).unwrap();
        }
        for step in steps(EVERY_KIND, "activity") {
            activity(EVERY_KIND, &step).unwrap();
        }
    }

    /// Gives every question with one right answer a key that is none.
    fn spoil(value: &mut Value) {
        match value {
            Value::Object(members) => {
                if members.get("kind") == Some(&json!("single")) {
                    members.insert("key".into(), json!(5));
                }
                members.values_mut().for_each(spoil);
            }
            Value::Array(items) => items.iter_mut().for_each(spoil),
            _ => {}
        }
    }

    #[test]
    fn a_fault_in_the_details_names_its_field() {
        let step = steps(EVERY_KIND, "exam").remove(0);
        let mut course: Value = serde_json::from_str(EVERY_KIND).unwrap();
        spoil(&mut course);
        let fault = paper(&course.to_string(), &step).unwrap_err();
        assert!(
            fault.field.ends_with("questions[0].answer.key"),
            "{}",
            fault.field
        );
        let nowhere = Slug::parse("nowhere").unwrap();
        assert!(paper(EVERY_KIND, &nowhere).is_err());
        assert!(paper("{", &nowhere).is_err());
    }
}
