//! The kinds of record and the bodies that this version reads.

use serde_json::{Value, json};
use smallvec::SmallVec;

use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, RegistrationId, SessionId, Slug};
use crate::domain::record::{Audience, NewRecord};
use crate::domain::time::Moment;
use crate::domain::work::{Attendance, ExamAttempt, Post, Reflection, Submission};

/// Kind names, and who may read a record of that kind unless its author says otherwise.
/// The list is part of the format: a kind that is not made yet keeps its name and audience.
pub const KINDS: [(&str, Audience); 26] = [
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
    ("key", Audience::Class),
    ("review-assignment", Audience::Tutor),
    ("final-grade", Audience::Tutor),
    ("room-answer", Audience::Tutor),
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
    /// Something of which the fold keeps the body: what only assessment reads (a grade, a word of an
    /// attendance list, a review, a work that is shown, a bulletin, a completion), a highlight or what a room says.
    Assessed(&'static str, Value),
    /// Of a kind or version that this version does not know, or malformed: kept and forwarded,
    /// counted for nothing.
    Unknown,
}

/// `enrolled`: a learner took up a course. The first record of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studied {
    /// The step.
    pub step: Slug,
    /// What was studied.
    pub medium: Medium,
    /// The visit it was part of.
    pub session: SessionId,
    /// What was covered, in order: media time for video, device clock for reading; milliseconds.
    pub segments: Segments,
    /// Device clock at its start, milliseconds since 1970.
    pub started_at: Moment,
    /// Time that passed, by the slower of both clocks, in milliseconds.
    pub elapsed_ms: u64,
    /// Time of the visit before and beside it that was not counted, by reason, in milliseconds:
    /// since the last stretch of the visit, for the ledger. Absent in records of version 0.1.
    pub uncounted: Vec<(Reason, u64)>,
}

/// What a stretch covered. Mostly it is one piece, which then stands in the record itself: folding
/// 100,000 of them waits for memory mostly.
pub type Segments = SmallVec<[(u64, u64); 1]>;

/// Why time of a visit was not counted, as records name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The video was paused.
    Paused,
    /// The page was hidden and the video had no sound.
    HiddenMuted,
    /// The page was hidden, so nobody read it.
    Hidden,
    /// No sign of activity for longer than the course allows.
    Idle,
    /// The study window had not opened, or had closed.
    OutOfSeason,
    /// Another tab of the device was counting.
    AnotherTab,
    /// Played faster than the highest counted speed: the surplus of media time.
    TooFast,
    /// The device slept or the page was frozen.
    Asleep,
}

impl Reason {
    /// All, with the words of records.
    const WORDS: [(Self, &'static str); 8] = [
        (Self::Paused, "paused"),
        (Self::HiddenMuted, "hidden-muted"),
        (Self::Hidden, "hidden"),
        (Self::Idle, "idle"),
        (Self::OutOfSeason, "out-of-season"),
        (Self::AnotherTab, "another-tab"),
        (Self::TooFast, "too-fast"),
        (Self::Asleep, "asleep"),
    ];

    fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(reason, _)| *reason == self);
        found.map_or("", |(_, word)| word)
    }

    fn parse(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(reason, _)| *reason)
    }
}

/// What a stretch was spent on.
///
/// In JSON, `{"kind": "video"}` or `{"kind": "reading", "part": …}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Medium {
    /// A video.
    Video,
    /// A part of a reading.
    Reading {
        /// The part.
        part: Slug,
    },
}

/// `step-completed`: the step's condition was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCompleted {
    /// The step.
    pub step: Slug,
}

/// `note`: words for oneself, at a place of a step. A later note at the same place
/// supersedes an earlier one; both stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The step.
    pub step: Slug,
    /// The think-prompt or part that it answers, if any.
    pub at: Option<Slug>,
    /// The words.
    pub text: String,
}

impl Enrolled {
    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            course: at.text("course")?.to_owned(),
            course_version: at.text("courseVersion")?.to_owned(),
            course_hash: Hash::parse(at.text("courseHash")?)?,
            attempt: at.count("attempt")?,
        })
    }

    fn write(&self) -> Value {
        json!({"course": self.course, "courseVersion": self.course_version,
            "courseHash": self.course_hash.to_string(), "attempt": self.attempt})
    }
}

impl Medium {
    fn read(at: Fields<'_>) -> Option<Self> {
        match at.text("kind")? {
            "video" => Some(Self::Video),
            "reading" => Some(Self::Reading {
                part: at.slug("part")?,
            }),
            _ => None,
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Video => json!({"kind": "video"}),
            Self::Reading { part } => json!({"kind": "reading", "part": part.as_str()}),
        }
    }
}

impl Studied {
    /// Reads one from JSON, of a record or of the row of the running stretch.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        let pair = |item: Fields<'_>| match item.0.as_array()?.as_slice() {
            [from, to] => Some((from.as_u64()?, to.as_u64()?)),
            _ => None,
        };
        // Reasons of a later version are passed over.
        let mut uncounted = Vec::new();
        for (word, ms) in at
            .find("uncounted")
            .and_then(|at| at.0.as_object())
            .into_iter()
            .flatten()
        {
            if let Some(reason) = Reason::parse(word) {
                uncounted.push((reason, ms.as_u64()?));
            }
        }
        Some(Self {
            step: at.slug("step")?,
            medium: Medium::read(at.find("medium")?)?,
            session: SessionId::parse(at.text("session")?)?,
            segments: at
                .items("segments")?
                .iter()
                .map(|item| pair(Fields(item)))
                .collect::<Option<_>>()?,
            started_at: Moment(at.whole("startedAt")?),
            elapsed_ms: at.positive("elapsedMs")?,
            uncounted,
        })
    }

    /// As JSON.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut segments = Vec::new();
        for (from, to) in &self.segments {
            segments.push(Value::Array(vec![(*from).into(), (*to).into()]));
        }
        let mut body = json!({"step": self.step.as_str(), "medium": self.medium.write(),
            "session": self.session.as_str(), "segments": segments,
            "startedAt": self.started_at.0, "elapsedMs": self.elapsed_ms});
        if !self.uncounted.is_empty() {
            let mut uncounted = Value::Object(serde_json::Map::new());
            for (reason, ms) in &self.uncounted {
                uncounted[reason.word()] = (*ms).into();
            }
            body["uncounted"] = uncounted;
        }
        body
    }
}

impl StepCompleted {
    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            step: at.slug("step")?,
        })
    }

    fn write(&self) -> Value {
        json!({"step": self.step.as_str()})
    }
}

impl Note {
    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            step: at.slug("step")?,
            at: at.optional("at", |at| Slug::parse(at.0.as_str()?))?,
            text: at.text("text")?.to_owned(),
        })
    }

    fn write(&self) -> Value {
        json!({"step": self.step.as_str(), "at": self.at.as_ref().map(Slug::as_str),
            "text": self.text})
    }
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
            | Self::Unknown => "",
            Self::Assessed(_, body) => Fields(body).text("text").unwrap_or_default(),
        }
    }

    /// The step that it is about, if it is about one.
    #[must_use]
    pub fn step(&self) -> Option<Slug> {
        match self {
            Self::Studied(body) => Some(body.step.clone()),
            Self::StepCompleted(body) => Some(body.step.clone()),
            Self::Note(body) => Some(body.step.clone()),
            Self::Submission(body) => Some(body.step.clone()),
            Self::Post(body) => Some(body.step.clone()),
            Self::Reflection(body) | Self::Question(body) => Some(body.step.clone()),
            Self::ExamAttempt(body) => Some(body.step.clone()),
            Self::Attendance(body) => Some(body.step.clone()),
            Self::Assessed("notice" | "binding" | "key" | "final-grade", _)
            | Self::Enrolled(_)
            | Self::Unknown => None,
            Self::Assessed(_, body) => Fields(body).slug("step"),
        }
    }

    /// Reads the body of a record of this kind and version.
    #[must_use]
    pub fn read(kind: &str, version: u32, body: &Value) -> Self {
        fn made<T>(body: Option<T>, wrap: fn(T) -> Body) -> Body {
            body.map_or(Body::Unknown, wrap)
        }
        match (kind, version) {
            ("enrolled", 1) => made(Enrolled::read(Fields(body)), Self::Enrolled),
            ("studied", 1) => made(Studied::read(body), Self::Studied),
            ("step-completed", 1) => made(StepCompleted::read(Fields(body)), Self::StepCompleted),
            ("note", 1) => made(Note::read(Fields(body)), Self::Note),
            ("submission", 1) => made(Submission::read(body), Self::Submission),
            // The kind tells whether it opens a thread, and must agree.
            (kind @ ("post" | "reply"), 1) => made(
                Post::read(body).filter(|post| post.kind() == kind),
                Self::Post,
            ),
            ("reflection", 1) => made(Reflection::read(body), Self::Reflection),
            ("question", 1) => made(Reflection::read(body), Self::Question),
            ("exam-attempt", 1) => made(ExamAttempt::read(body), Self::ExamAttempt),
            (
                "grade" | "review" | "showcase" | "bulletin" | "completion" | "comment" | "notice"
                | "binding" | "key" | "review-assignment" | "final-grade" | "highlight"
                | "room-answer",
                1,
            ) if body.is_object() => {
                let known = KINDS.iter().find(|(known, _)| *known == kind);
                known.map_or(Self::Unknown, |(kind, _)| {
                    Self::Assessed(kind, body.clone())
                })
            }
            // A list says more than that somebody was there.
            ("attendance", 1) if body.get("status").is_some() => {
                Self::Assessed("attendance", body.clone())
            }
            ("attendance", 1) => made(Attendance::read(body), Self::Attendance),
            _ => Self::Unknown,
        }
    }

    fn write(&self) -> Option<(&'static str, Value)> {
        let (kind, value) = match self {
            Self::Enrolled(body) => ("enrolled", body.write()),
            Self::Studied(body) => ("studied", body.write()),
            Self::StepCompleted(body) => ("step-completed", body.write()),
            Self::Note(body) => ("note", body.write()),
            Self::Submission(body) => ("submission", body.write()),
            Self::Post(body) => (body.kind(), body.write()),
            Self::Reflection(body) => ("reflection", body.write()),
            Self::Question(body) => ("question", body.write()),
            Self::ExamAttempt(body) => ("exam-attempt", body.write()),
            Self::Attendance(body) => ("attendance", body.write()),
            Self::Assessed(kind, body) => (*kind, body.clone()),
            Self::Unknown => return None,
        };
        Some((kind, value))
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
                    segments: Segments::from_slice(&[(0, 5000)]),
                    started_at: Moment(7),
                    elapsed_ms: 5000,
                    uncounted: Vec::new(),
                }),
                "studied",
                json!({"step": "v", "medium": {"kind": "video"}, "session": session.as_str(),
                    "segments": [[0, 5000]], "startedAt": 7, "elapsedMs": 5000}),
            ),
            (
                Body::Studied(Studied {
                    step: slug("r"),
                    medium: Medium::Reading { part: slug("p") },
                    session: session.clone(),
                    segments: Segments::new(),
                    started_at: Moment(7),
                    elapsed_ms: 0,
                    uncounted: vec![(Reason::Idle, 9), (Reason::TooFast, 2)],
                }),
                "studied",
                json!({"step": "r", "medium": {"kind": "reading", "part": "p"}, "session": session.as_str(),
                    "segments": [], "startedAt": 7, "elapsedMs": 0,
                    "uncounted": {"idle": 9, "too-fast": 2}}),
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
            assert_eq!(read(kind, value), body);
        }
    }

    fn read(kind: &'static str, body: Value) -> Body {
        let new = NewRecord {
            id: RecordId::from_random([1; 16]),
            kind,
            version: 1,
            registration: RegistrationId::from_random([2; 16]),
            audience: Audience::Tutor,
            body,
        };
        let author = crate::domain::record::Author {
            actor: crate::domain::record::Actor {
                home_page: "h".into(),
                name: "n".into(),
            },
            installation: crate::domain::ids::InstallationId::from_random([3; 16]),
        };
        let record = crate::domain::record::Record::seal(new, &author, None, Moment(0));
        record.unwrap().body().clone()
    }

    #[test]
    fn reasons_of_a_later_version_are_passed_over_and_malformed_bodies_count_for_nothing() {
        let studied = json!({"step": "v", "medium": {"kind": "video"}, "segments": [[0, 5]],
            "session": "03030303-0303-4303-8303-030303030303", "startedAt": 7, "elapsedMs": 5,
            "uncounted": {"dreaming": 3, "idle": 4}});
        let Body::Studied(body) = read("studied", studied.clone()) else {
            panic!("not read");
        };
        assert_eq!(body.uncounted, [(Reason::Idle, 4)]);
        for (member, bad) in [
            ("step", json!("A")),
            ("medium", json!({"kind": "reading"})),
            ("segments", json!([[1]])),
            ("segments", json!([[-1, 2]])),
            ("elapsedMs", json!("5")),
            ("uncounted", json!({"idle": -1})),
            ("session", json!(null)),
        ] {
            let mut changed = studied.clone();
            changed[member] = bad;
            assert_eq!(read("studied", changed), Body::Unknown, "{member}");
        }
    }

    #[test]
    fn every_written_kind_has_an_audience() {
        assert_eq!(default_audience("studied"), Audience::Tutor);
        assert_eq!(default_audience("note"), Audience::Private);
        assert_eq!(default_audience("hologram"), Audience::Private);
    }
}
