//! The kinds of record and the bodies that this version reads.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, RegistrationId, SessionId, Slug};
use crate::domain::json;
use crate::domain::record::{Audience, Envelope, NewRecord};
use crate::domain::time::Moment;
use crate::domain::work::{Attendance, ExamAttempt, Post, Reflection, Submission};

/// Kind names, and who may read a record of that kind unless its author says otherwise.
/// The list is part of the format: a kind that is not made yet keeps its name and audience.
pub const KINDS: [(&str, Audience); 22] = [
    ("enrolled", Audience::Tutor),
    ("studied", Audience::Tutor),
    ("step-completed", Audience::Tutor),
    ("submission", Audience::Tutor),
    ("attachment", Audience::Tutor),
    ("post", Audience::Class),
    ("reply", Audience::Class),
    ("reflection", Audience::Private),
    ("note", Audience::Private),
    ("highlight", Audience::Private),
    ("question", Audience::Tutor),
    ("exam-attempt", Audience::Tutor),
    ("review", Audience::Tutor),
    ("grade", Audience::Tutor),
    ("comment", Audience::Tutor),
    ("attendance", Audience::Tutor),
    ("notice", Audience::Class),
    ("bulletin", Audience::Class),
    ("showcase", Audience::Partner),
    ("countersignature", Audience::Tutor),
    ("completion", Audience::Tutor),
    ("binding", Audience::Tutor),
];

/// Who reads a record of `kind` unless its author says otherwise; a kind that this version
/// does not know stays private.
#[must_use]
pub fn default_audience(kind: &str) -> Audience {
    KINDS
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(Audience::Private, |(_, audience)| *audience)
}

/// The body of a record, as far as this version reads it.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Took up a course.
    Enrolled(Enrolled),
    /// Studied a stretch.
    Studied(Studied),
    /// Completed a step.
    StepCompleted(StepCompleted),
    /// Wrote a note for oneself.
    Note(Note),
    /// Handed an assignment in.
    Submission(Submission),
    /// Contributed to a discussion.
    Post(Post),
    /// Answered a prompt of a reflection.
    Reflection(Reflection),
    /// Asked the experts, at a prompt of a reflection.
    Question(Reflection),
    /// Handed an exam in.
    ExamAttempt(ExamAttempt),
    /// Took part in an activity.
    Attendance(Attendance),
    /// Something that only assessment reads: a grade, a word of an attendance list, a review, a
    /// work that is shown, a bulletin, a completion. The fold keeps its body.
    Assessed,
    /// Of a kind or version that this version does not know, or malformed: kept and forwarded,
    /// counted for nothing.
    Unknown,
}

/// `enrolled`: a learner took up a course. The first record of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enrolled {
    /// IRI of the course.
    pub course: String,
    /// Its version.
    pub course_version: String,
    /// Hash of the `course.json` that the registration pins.
    pub course_hash: Hash,
    /// 1 for the first attempt.
    pub attempt: u32,
}

/// `studied`: one stretch of study without a break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Studied {
    /// The step.
    pub step: Slug,
    /// What was studied.
    pub medium: Medium,
    /// The visit it was part of.
    pub session: SessionId,
    /// What was covered, in order: media time for video, device clock for reading; milliseconds.
    pub segments: Vec<(u64, u64)>,
    /// Device clock at its start, milliseconds since 1970.
    pub started_at: Moment,
    /// Time that passed, by the slower of both clocks, in milliseconds.
    pub elapsed_ms: u64,
}

/// What a stretch was spent on.
///
/// In JSON, `{"kind": "video"}` or `{"kind": "reading", "part": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MediumForm", into = "MediumForm")]
pub enum Medium {
    /// A video.
    Video,
    /// A part of a reading.
    Reading {
        /// The part.
        part: Slug,
    },
}

/// A medium as it is written: a plain struct, because serde's tagged enums weigh 4 KB in the app.
#[derive(Serialize, Deserialize)]
struct MediumForm {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    part: Option<Slug>,
}

impl From<Medium> for MediumForm {
    fn from(medium: Medium) -> Self {
        let (kind, part) = match medium {
            Medium::Video => ("video", None),
            Medium::Reading { part } => ("reading", Some(part)),
        };
        Self {
            kind: kind.to_owned(),
            part,
        }
    }
}

impl TryFrom<MediumForm> for Medium {
    type Error = &'static str;

    fn try_from(form: MediumForm) -> Result<Self, Self::Error> {
        match (form.kind.as_str(), form.part) {
            ("video", None) => Ok(Self::Video),
            ("reading", Some(part)) => Ok(Self::Reading { part }),
            _ => Err("an unknown medium"),
        }
    }
}

/// `step-completed`: the step's condition was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepCompleted {
    /// The step.
    pub step: Slug,
}

/// `note`: words for oneself, at a place of a step. A later note at the same place
/// supersedes an earlier one; both stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The step.
    pub step: Slug,
    /// The think-prompt or part that it answers, if any.
    pub at: Option<Slug>,
    /// The words.
    pub text: String,
}

impl Body {
    /// The words that somebody wrote in it; empty where there are none.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Note(body) => &body.text,
            Self::Submission(body) => &body.text,
            Self::Post(body) => &body.text,
            Self::Reflection(body) | Self::Question(body) => &body.text,
            Self::Attendance(body) => body.code.as_deref().unwrap_or_default(),
            Self::Enrolled(_)
            | Self::Studied(_)
            | Self::StepCompleted(_)
            | Self::ExamAttempt(_)
            | Self::Assessed
            | Self::Unknown => "",
        }
    }

    /// Reads the body of a record.
    #[must_use]
    pub fn read(envelope: &Envelope) -> Self {
        fn typed<'a, T: Deserialize<'a>>(body: &'a Value, wrap: fn(T) -> Body) -> Body {
            json::typed(body).map_or(Body::Unknown, wrap)
        }
        fn made<T>(body: Option<T>, wrap: fn(T) -> Body) -> Body {
            body.map_or(Body::Unknown, wrap)
        }
        let body = &envelope.body;
        match (envelope.kind.as_str(), envelope.version) {
            ("enrolled", 1) => typed(body, Self::Enrolled),
            ("studied", 1) => typed(body, Self::Studied),
            ("step-completed", 1) => typed(body, Self::StepCompleted),
            ("note", 1) => typed(body, Self::Note),
            ("submission", 1) => made(Submission::read(body), Self::Submission),
            // The kind tells whether it opens a thread, and must agree.
            (kind @ ("post" | "reply"), 1) => made(
                Post::read(body).filter(|post| post.kind() == kind),
                Self::Post,
            ),
            ("reflection", 1) => made(Reflection::read(body), Self::Reflection),
            ("question", 1) => made(Reflection::read(body), Self::Question),
            ("exam-attempt", 1) => made(ExamAttempt::read(body), Self::ExamAttempt),
            ("grade" | "review" | "showcase" | "bulletin" | "completion", 1)
                if body.is_object() =>
            {
                Self::Assessed
            }
            // A list says more than that somebody was there.
            ("attendance", 1) if body.get("status").is_some() => Self::Assessed,
            ("attendance", 1) => made(Attendance::read(body), Self::Attendance),
            _ => Self::Unknown,
        }
    }

    fn write(&self) -> Option<(&'static str, Value)> {
        let (kind, value) = match self {
            Self::Enrolled(body) => ("enrolled", serde_json::to_value(body)),
            Self::Studied(body) => ("studied", serde_json::to_value(body)),
            Self::StepCompleted(body) => ("step-completed", serde_json::to_value(body)),
            Self::Note(body) => ("note", serde_json::to_value(body)),
            Self::Submission(body) => ("submission", Ok(body.write())),
            Self::Post(body) => (body.kind(), Ok(body.write())),
            Self::Reflection(body) => ("reflection", Ok(body.write())),
            Self::Question(body) => ("question", Ok(body.write())),
            Self::ExamAttempt(body) => ("exam-attempt", Ok(body.write())),
            Self::Attendance(body) => ("attendance", Ok(body.write())),
            Self::Assessed | Self::Unknown => return None,
        };
        value.ok().map(|value| (kind, value))
    }

    /// A record of this body with its kind's audience; `None` for [`Body::Unknown`].
    #[must_use]
    pub fn into_record(self, id: RecordId, registration: RegistrationId) -> Option<NewRecord> {
        self.into_record_for(None, id, registration)
    }

    /// A record of this body for `audience`, its kind's if `None`; `None` for [`Body::Unknown`].
    #[must_use]
    pub fn into_record_for(
        self,
        audience: Option<Audience>,
        id: RecordId,
        registration: RegistrationId,
    ) -> Option<NewRecord> {
        self.write().map(|(kind, body)| NewRecord {
            id,
            kind,
            version: 1,
            registration,
            audience: audience.unwrap_or_else(|| default_audience(kind)),
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    #[test]
    fn the_serialised_bodies_are_fixed() {
        let session = SessionId::from_random([3; 16]);
        for (body, kind, text) in [
            (
                Body::Enrolled(Enrolled {
                    course: "tag:x,2026:c".into(),
                    course_version: "1".into(),
                    course_hash: Hash::of(b""),
                    attempt: 1,
                }),
                "enrolled",
                json!({"attempt": 1, "course": "tag:x,2026:c", "courseVersion": "1",
                    "courseHash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
            ),
            (
                Body::Studied(Studied {
                    step: slug("v"),
                    medium: Medium::Video,
                    session: session.clone(),
                    segments: vec![(0, 5000)],
                    started_at: Moment(7),
                    elapsed_ms: 5000,
                }),
                "studied",
                json!({"step": "v", "medium": {"kind": "video"}, "session": session,
                    "segments": [[0, 5000]], "startedAt": 7, "elapsedMs": 5000}),
            ),
            (
                Body::Studied(Studied {
                    step: slug("r"),
                    medium: Medium::Reading { part: slug("p") },
                    session: session.clone(),
                    segments: vec![],
                    started_at: Moment(7),
                    elapsed_ms: 0,
                }),
                "studied",
                json!({"step": "r", "medium": {"kind": "reading", "part": "p"}, "session": session,
                    "segments": [], "startedAt": 7, "elapsedMs": 0}),
            ),
            (
                Body::StepCompleted(StepCompleted { step: slug("r") }),
                "step-completed",
                json!({"step": "r"}),
            ),
            (
                Body::Note(Note {
                    step: slug("r"),
                    at: Some(slug("p")),
                    text: "想".into(),
                }),
                "note",
                json!({"step": "r", "at": "p", "text": "想"}),
            ),
        ] {
            let (written, value) = body.write().unwrap();
            assert_eq!((written, &value), (kind, &text));
        }
    }

    #[test]
    fn every_written_kind_has_an_audience() {
        assert_eq!(default_audience("studied"), Audience::Tutor);
        assert_eq!(default_audience("note"), Audience::Private);
        assert_eq!(default_audience("hologram"), Audience::Private);
    }
}
