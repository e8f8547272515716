//! What a learner makes: submissions, posts, reflections, exam attempts, attendance. Bodies of
//! these kinds are read field by field, because a derived reader of each would weigh several KB
//! in the part of the app that every start waits for.

use serde_json::{Map, Value, json};

use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::time::Moment;

pub use crate::domain::fields::MAX_CHARACTERS;

/// `submission`: an assignment handed in. A later one stands beside the earlier, never over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The step.
    pub step: Slug,
    /// The text.
    pub text: String,
    /// Files that belong to it, in order.
    pub files: Vec<AttachedFile>,
    /// IRI of the course: others' devices do not see of which one the registration is, and courses may
    /// call steps the same. Older records have none.
    pub course: Option<String>,
}

/// A file that belongs to a submission; its bytes are kept apart under their digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Digest of its bytes.
    pub sha256: Hash,
    /// Name as the learner knows it.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// `post` or `reply`: a contribution to a discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The step.
    pub step: Slug,
    /// The text.
    pub text: String,
    /// The post that opened the thread; a record without it opens one.
    pub to: Option<RecordId>,
    /// What it quotes.
    pub quote: Option<Quote>,
    /// The earlier version that this one supersedes.
    pub edits: Option<Edits>,
    /// IRI of the course: others' devices do not see of which one the registration is, and courses may
    /// call steps the same. Older records have none.
    pub course: Option<String>,
}

/// Words of somebody else's in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The post they are from.
    pub id: RecordId,
    /// The words.
    pub text: String,
}

/// Which post an edit is of: the first version of it, and when that was recorded, so that an edit
/// finds its place without reading the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edits {
    /// The first version.
    pub id: RecordId,
    /// When the first version was recorded.
    pub at: Moment,
}

/// `reflection`, or `question` when the prompt asks for one: an answer to a prompt. Entries
/// follow each other; none replaces another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The step.
    pub step: Slug,
    /// The prompt.
    pub prompt: Slug,
    /// The text.
    pub text: String,
}

/// `exam-attempt`: an exam handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamAttempt {
    /// The step.
    pub step: Slug,
    /// 1 for the first.
    pub number: u32,
    /// Device clock when it began.
    pub started_at: Moment,
    /// Time used, in milliseconds.
    pub spent_ms: u64,
    /// Whether the device clock was set back while it ran.
    pub set_back: bool,
    /// Chosen option ids, or the words of a short answer, by question.
    pub answers: Vec<(Slug, Vec<String>)>,
    /// Thousandths of points earned and possible, where the exam is marked on the device.
    pub score: Option<(i64, i64)>,
}

/// `attendance`: took part in an activity, as the learner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The step.
    pub step: Slug,
    /// The code that was shown in the room; without one the learner only says so.
    pub code: Option<String>,
}

impl Submission {
    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        let files = at.items("files")?;
        let files = files
            .iter()
            .map(AttachedFile::read)
            .collect::<Option<_>>()?;
        Some(Self {
            step: at.slug("step")?,
            text: at.words("text")?,
            files,
            course: at.text("course").map(str::to_owned),
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        let files: Vec<Value> = self.files.iter().map(AttachedFile::write).collect();
        let mut body = json!({"step": self.step.as_str(), "text": self.text, "files": files});
        if let Some(course) = &self.course {
            body["course"] = course.as_str().into();
        }
        body
    }
}

impl AttachedFile {
    /// Reads one from JSON, of a record or of a draft.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let at = Fields(value);
        Some(Self {
            sha256: Hash::parse(at.text("sha256")?)?,
            name: at.words("name")?,
            mime: at.words("mime")?,
            bytes: at.positive("bytes")?,
        })
    }

    /// Its JSON.
    #[must_use]
    pub fn write(&self) -> Value {
        json!({
            "sha256": self.sha256.to_string(), "name": self.name, "mime": self.mime,
            "bytes": self.bytes,
        })
    }
}

impl Post {
    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        let to = match at.0.get("to") {
            None => None,
            Some(_) => Some(at.id("to")?),
        };
        Some(Self {
            step: at.slug("step")?,
            text: at.words("text")?,
            to,
            quote: at.optional("quote", |quote| {
                Some(Quote {
                    id: quote.id("id")?,
                    text: quote.words("text")?,
                })
            })?,
            edits: at.optional("edits", |edits| {
                Some(Edits {
                    id: edits.id("id")?,
                    at: Moment(edits.whole("at")?),
                })
            })?,
            course: at.text("course").map(str::to_owned),
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut body = Map::new();
        body.insert("step".into(), self.step.as_str().into());
        body.insert("text".into(), self.text.as_str().into());
        if let Some(to) = &self.to {
            body.insert("to".into(), to.as_str().into());
        }
        if let Some(quote) = &self.quote {
            let quote = json!({"id": quote.id.as_str(), "text": quote.text});
            body.insert("quote".into(), quote);
        }
        if let Some(edits) = &self.edits {
            let edits = json!({"id": edits.id.as_str(), "at": edits.at.0});
            body.insert("edits".into(), edits);
        }
        if let Some(course) = &self.course {
            body.insert("course".into(), course.as_str().into());
        }
        Value::Object(body)
    }

    /// The kind of its record.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.to.is_some() { "reply" } else { "post" }
    }
}

impl Reflection {
    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        Some(Self {
            step: at.slug("step")?,
            prompt: at.slug("prompt")?,
            text: at.words("text")?,
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        json!({"step": self.step.as_str(), "prompt": self.prompt.as_str(), "text": self.text})
    }
}

/// Reads what was answered in an exam: by question, the choices or the words that were given.
#[must_use]
pub fn read_answers(answers: &Value) -> Option<Vec<(Slug, Vec<String>)>> {
    let answers = answers.as_object()?.iter();
    answers
        .map(|(question, given)| {
            let given = given.as_array()?.iter();
            let given = given.map(|each| each.as_str().map(str::to_owned));
            Some((Slug::parse(question)?, given.collect::<Option<_>>()?))
        })
        .collect()
}

/// Writes what was answered in an exam, as [`read_answers`] reads it.
#[must_use]
pub fn write_answers(answers: &[(Slug, Vec<String>)]) -> Value {
    // One by one: collecting into a map brings two sorts along, several KB of code.
    let mut members = Map::new();
    for (question, given) in answers {
        members.insert(question.to_string(), json!(given));
    }
    Value::Object(members)
}

impl ExamAttempt {
    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        Some(Self {
            step: at.slug("step")?,
            number: at.count("number")?,
            started_at: Moment(at.whole("startedAt")?),
            spent_ms: at.positive("spentMs")?,
            set_back: at.0.get("setBack")?.as_bool()?,
            answers: read_answers(body.get("answers")?)?,
            score: at.optional("score", |score| {
                Some((score.whole("earned")?, score.whole("possible")?))
            })?,
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut body = json!({
            "step": self.step.as_str(), "number": self.number, "startedAt": self.started_at.0,
            "spentMs": self.spent_ms, "setBack": self.set_back,
            "answers": write_answers(&self.answers),
        });
        if let (Some((earned, possible)), Some(body)) = (self.score, body.as_object_mut()) {
            body.insert(
                "score".into(),
                json!({"earned": earned, "possible": possible}),
            );
        }
        body
    }
}

impl Attendance {
    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        Some(Self {
            step: at.slug("step")?,
            code: match at.0.get("code") {
                None => None,
                Some(_) => Some(at.words("code")?),
            },
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        match &self.code {
            Some(code) => json!({"step": self.step.as_str(), "code": code}),
            None => json!({"step": self.step.as_str()}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn id(byte: u8) -> RecordId {
        RecordId::from_random([byte; 16])
    }

    #[test]
    fn the_serialised_bodies_are_fixed_and_read_back() {
        let hash = Hash::of(b"");
        let file = AttachedFile {
            sha256: hash,
            name: "价目表.png".into(),
            mime: "image/png".into(),
            bytes: 7,
        };
        let submission = Submission {
            step: slug("a"),
            text: "写".into(),
            files: vec![file],
            course: None,
        };
        assert_eq!(
            submission.write().to_string(),
            format!(
                r#"{{"files":[{{"bytes":7,"mime":"image/png","name":"价目表.png","sha256":"{hash}"}}],"step":"a","text":"写"}}"#
            )
        );
        assert_eq!(Submission::read(&submission.write()), Some(submission));

        let post = Post {
            step: slug("d"),
            text: "议".into(),
            to: Some(id(1)),
            quote: Some(Quote {
                id: id(2),
                text: "引".into(),
            }),
            edits: Some(Edits {
                id: id(3),
                at: Moment(9),
            }),
            course: Some("tag:x".into()),
        };
        assert_eq!(
            post.write().to_string(),
            r#"{"course":"tag:x","edits":{"at":9,"id":"03030303-0303-4303-8303-030303030303"},"quote":{"id":"02020202-0202-4202-8202-020202020202","text":"引"},"step":"d","text":"议","to":"01010101-0101-4101-8101-010101010101"}"#
        );
        assert_eq!(
            (post.kind(), Post::read(&post.write())),
            ("reply", Some(post))
        );

        let reflection = Reflection {
            step: slug("r"),
            prompt: slug("p"),
            text: "思".into(),
        };
        assert_eq!(
            reflection.write().to_string(),
            r#"{"prompt":"p","step":"r","text":"思"}"#
        );
        assert_eq!(Reflection::read(&reflection.write()), Some(reflection));

        let attempt = ExamAttempt {
            step: slug("e"),
            number: 1,
            started_at: Moment(5),
            spent_ms: 6,
            set_back: false,
            answers: vec![(slug("q"), vec!["a".into()])],
            score: Some((500, 1_000)),
        };
        assert_eq!(
            attempt.write().to_string(),
            r#"{"answers":{"q":["a"]},"number":1,"score":{"earned":500,"possible":1000},"setBack":false,"spentMs":6,"startedAt":5,"step":"e"}"#
        );
        assert_eq!(ExamAttempt::read(&attempt.write()), Some(attempt));

        let attendance = Attendance {
            step: slug("v"),
            code: Some("4711".into()),
        };
        assert_eq!(
            attendance.write().to_string(),
            r#"{"code":"4711","step":"v"}"#
        );
        assert_eq!(Attendance::read(&attendance.write()), Some(attendance));
    }

    #[test]
    fn a_body_that_does_not_fit_is_none() {
        for body in [
            json!(null),
            json!({}),
            json!({"step": "A", "text": ""}),
            json!({"step": "a", "text": 5}),
            json!({"step": "a", "text": "x", "to": "no id"}),
            json!({"step": "a", "text": "x", "quote": {}}),
            json!({"step": "a", "text": "x", "edits": {"id": "x", "at": 1}}),
        ] {
            assert_eq!(Post::read(&body), None, "{body}");
        }
        let long = "字".repeat(MAX_CHARACTERS as usize + 1);
        assert_eq!(Post::read(&json!({"step": "a", "text": long})), None);
        assert_eq!(
            Submission::read(&json!({"step": "a", "text": "x", "files": [{}]})),
            None
        );
        assert_eq!(
            ExamAttempt::read(&json!({"step": "a", "answers": []})),
            None
        );
        assert_eq!(Attendance::read(&json!({"step": "a", "code": 1})), None);
    }
}
