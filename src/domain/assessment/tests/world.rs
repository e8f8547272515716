//! A learner who does things, as records that are folded.

use serde_json::{Value, json};

use crate::domain::assessment::{
    Assessment, Case, GateState, Item, Scheme, SchemeStanding, Todo, read, standing,
};
use crate::domain::body::{Body, Enrolled, Medium, StepCompleted, Studied};
use crate::domain::course::Course;
use crate::domain::fold::{Fold, RuleBook};
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::progress::Progress;
use crate::domain::record::{Actor, Audience, Author, NewRecord, Record, Sender};
use crate::domain::time::Moment;
use crate::domain::work::{Attendance, Post, Reflection, Submission};
use crate::package::open::open;

pub const MINUTE: u64 = 60_000;

/// A package and what is judged by it.
pub struct World {
    pub course: Course,
    pub assessment: Assessment,
    pub now: Moment,
}

impl World {
    /// The fixture of this name, in the middle of its study phase.
    pub fn fixture(name: &str) -> Self {
        let root = env!("CARGO_MANIFEST_DIR");
        let text = std::fs::read(format!("{root}/tests/native/fixtures/{name}/course.json"));
        Self::of(&text.unwrap())
    }

    pub fn of(course_json: &[u8]) -> Self {
        let course = open(course_json).unwrap();
        let value: Value = serde_json::from_slice(course_json).unwrap();
        let assessment = read(&value, course.calendar.utc_offset_minutes).unwrap();
        Self {
            course,
            assessment,
            now: at("2017-03-01T12:00:00+08:00"),
        }
    }

    /// The fixture with every-kind's schemes replaced by one.
    pub fn with_scheme(scheme: &Value) -> Self {
        let mut value = every_kind();
        value["schemes"] = json!([scheme]);
        Self::of(value.to_string().as_bytes())
    }

    pub fn scheme(&self, id: &str) -> &Scheme {
        let mut schemes = self.assessment.schemes.iter();
        schemes.find(|scheme| scheme.id.as_str() == id).unwrap()
    }

    /// The case of a scheme.
    pub fn case<'a>(&'a self, scheme: &str, members: &'a [&'a Progress]) -> Case<'a> {
        let scheme = self.scheme(scheme);
        Case::new(&self.course, &self.assessment, scheme, members, self.now)
    }

    /// What a scheme makes of these members, as plain values.
    pub fn judge(&self, scheme: &str, members: &[&Progress]) -> Seen {
        let case = self.case(scheme, members);
        let standing = standing(&case);
        Seen::of(&case, &standing)
    }
}

/// A standing as plain values.
#[derive(Debug)]
pub struct Seen {
    pub score: String,
    pub certain: String,
    pub level: String,
    pub passed: bool,
    pub earned: Vec<(String, String)>,
    pub gates: Vec<GateState>,
    pub plan: Vec<Todo>,
    pub not_counted: Vec<(String, String)>,
}

impl Seen {
    fn of(case: &Case<'_>, standing: &SchemeStanding<'_>) -> Self {
        let of = |points: crate::domain::fraction::Fraction| points.to_string();
        let level = standing.level(case.scheme).unwrap();
        let reasons = standing.indicators.iter().flat_map(|each| {
            let reason = |item: &Item<'_>| {
                let why = item.not_counted?;
                Some((each.indicator.id.to_string(), format!("{why:?}")))
            };
            each.earned.items.iter().filter_map(reason)
        });
        Self {
            score: of(standing.score.points),
            certain: of(standing.score.certain),
            level: level.id.to_string(),
            passed: standing.passed,
            earned: standing
                .indicators
                .iter()
                .map(|each| (each.indicator.id.to_string(), of(each.earned.points)))
                .collect(),
            gates: standing.gates.iter().map(|(_, state)| *state).collect(),
            plan: standing.plan(case),
            not_counted: reasons.collect(),
        }
    }

    pub fn of_indicator(&self, id: &str) -> &str {
        &self.earned.iter().find(|(own, _)| own == id).unwrap().1
    }
}

pub fn at(text: &str) -> Moment {
    Moment::parse_rfc3339(text).unwrap()
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

/// A learner's records; each is recorded a minute after the one before.
pub struct Learner {
    place: u8,
    fold: Fold,
    rules: RuleBook,
    clock: i64,
    count: u32,
    /// Whether somebody vouches for who made the records from now on.
    pub vouched: bool,
}

impl Learner {
    /// Enrolled on the first day of the real programmes.
    pub fn enrolled(world: &World) -> Self {
        Self::numbered(world, 1, at("2016-11-15T09:00:00+08:00"))
    }

    pub fn numbered(world: &World, place: u8, when: Moment) -> Self {
        let mut rules = RuleBook::default();
        rules.0.insert(world.course.id.clone(), world.course.meter);
        let mut learner = Self {
            place,
            fold: Fold::default(),
            rules,
            clock: when.0,
            count: 0,
            vouched: false,
        };
        learner.body(Body::Enrolled(Enrolled {
            course: world.course.id.clone(),
            course_version: "1".into(),
            course_hash: Hash::of(b""),
            attempt: 1,
        }));
        learner
    }

    pub fn progress(&self) -> Progress {
        let id = RegistrationId::from_random([self.place; 16]);
        let own = self.fold.progress(&id, "tag:x,2026:class|learner");
        own.into_owned()
    }

    pub fn at(&mut self, when: &str) -> &mut Self {
        self.clock = at(when).0;
        self
    }

    /// The clock goes forward by so many minutes.
    pub fn clock_forward(&mut self, minutes: i64) -> &mut Self {
        self.clock += minutes * 60_000;
        self
    }

    fn fresh(&mut self) -> RecordId {
        self.count += 1;
        let mut bytes = [self.place; 16];
        bytes[..4].copy_from_slice(&self.count.to_be_bytes());
        RecordId::from_random(bytes)
    }

    fn seal(&mut self, new: NewRecord, by: &str) -> &mut Self {
        let author = Author {
            actor: Actor {
                home_page: "tag:x,2026:class".into(),
                name: by.into(),
            },
            installation: InstallationId::from_random([self.place; 16]),
        };
        self.clock += 60_000;
        let mut record = Record::seal(new, &author, None, Moment(self.clock)).unwrap();
        if self.vouched {
            record = record.from(Sender {
                account: author.actor.clone(),
                verified: true,
            });
        }
        self.fold.apply(&record, &self.rules);
        self
    }

    pub fn body(&mut self, body: Body) -> &mut Self {
        let registration = RegistrationId::from_random([self.place; 16]);
        let id = self.fresh();
        let new = body.into_record(id, registration).unwrap();
        self.seal(new, "learner")
    }

    /// A record of any kind by somebody.
    pub fn record(&mut self, kind: &'static str, by: &str, body: Value) -> &mut Self {
        let new = NewRecord {
            id: self.fresh(),
            kind,
            version: 1,
            registration: RegistrationId::from_random([self.place; 16]),
            audience: Audience::Tutor,
            body,
        };
        self.seal(new, by)
    }

    /// Watches so many milliseconds from a place of a video on.
    pub fn watch(&mut self, step: &str, from: u64, ms: u64) -> &mut Self {
        let started_at = Moment(self.clock);
        self.body(Body::Studied(Studied {
            step: slug(step),
            medium: Medium::Video,
            session: SessionId::from_random([9; 16]),
            segments: smallvec::smallvec![(from, from + ms)],
            started_at,
            elapsed_ms: ms,
            uncounted: Vec::new(),
        }))
    }

    /// Reads for so many milliseconds, from the clock on, which goes forward by them.
    pub fn read(&mut self, step: &str, ms: u64) -> &mut Self {
        let from = u64::try_from(self.clock).unwrap();
        let started_at = Moment(self.clock);
        self.body(Body::Studied(Studied {
            step: slug(step),
            medium: Medium::Reading { part: slug("p") },
            session: SessionId::from_random([9; 16]),
            segments: smallvec::smallvec![(from, from + ms)],
            started_at,
            elapsed_ms: ms,
            uncounted: Vec::new(),
        }));
        self.clock += i64::try_from(ms).unwrap();
        self
    }

    /// So many minutes of a module: its video first, then its reading.
    pub fn study(&mut self, module: &str, minutes: u64) -> &mut Self {
        let video = minutes.min(200);
        self.watch(&format!("{module}-video"), 0, video * MINUTE);
        if minutes > video {
            self.read(&format!("{module}-reading"), (minutes - video) * MINUTE);
        }
        self
    }

    pub fn submit(&mut self, step: &str) -> &mut Self {
        self.body(Body::Submission(Submission {
            step: slug(step),
            text: "我的作业".into(),
            files: Vec::new(),
            course: None,
        }))
    }

    pub fn post(&mut self, step: &str, characters: usize) -> &mut Self {
        self.body(Body::Post(Post {
            step: slug(step),
            text: "字".repeat(characters),
            to: None,
            quote: None,
            course: None,
            edits: None,
        }))
    }

    pub fn reflect(&mut self, step: &str, prompt: &str, characters: usize) -> &mut Self {
        self.body(Body::Reflection(Reflection {
            step: slug(step),
            prompt: slug(prompt),
            text: "想".repeat(characters),
        }))
    }

    pub fn attend(&mut self, step: &str) -> &mut Self {
        self.body(Body::Attendance(Attendance {
            step: slug(step),
            code: None,
        }))
    }

    pub fn complete(&mut self, step: &str) -> &mut Self {
        self.body(Body::StepCompleted(StepCompleted { step: slug(step) }))
    }

    /// Reviews a peer's submission, told by a number.
    pub fn review(&mut self, step: &str, of: u8, characters: usize) -> &mut Self {
        let of = RecordId::from_random([of; 16]);
        let text = "评".repeat(characters);
        self.record(
            "review",
            "learner",
            json!({"step": step, "of": of.as_str(), "text": text}),
        )
    }

    /// The tutor's list says of a session: `present`, `late`, `early_leave` or `absent`.
    pub fn listed(&mut self, step: &str, status: &str) -> &mut Self {
        self.record(
            "attendance",
            "tutor",
            json!({"step": step, "status": status}),
        )
    }

    /// A grade in thousandths of points, with more members.
    pub fn graded(&mut self, indicator: &str, points: i64, more: Value) -> &mut Self {
        self.grade_by("tutor", indicator, points, more)
    }

    pub fn grade_by(&mut self, by: &str, indicator: &str, points: i64, more: Value) -> &mut Self {
        let mut body = json!({"indicator": indicator, "points": points});
        if let Value::Object(more) = more {
            body.as_object_mut().unwrap().extend(more);
        }
        self.record("grade", by, body)
    }

    /// An exam's percentage, in thousandths, entered by the tutor.
    pub fn sat(&mut self, indicator: &str, percent: i64) -> &mut Self {
        self.record(
            "grade",
            "tutor",
            json!({"indicator": indicator, "percent": percent}),
        )
    }
}

/// A scheme for learners with these indicators: id, points, rule.
pub fn scheme(indicators: &[(&str, u32, Value)]) -> Value {
    let full: u32 = indicators.iter().map(|(_, points, _)| points).sum();
    let indicators: Vec<Value> = indicators
        .iter()
        .map(|(id, points, rule)| json!({"id": id, "title": id, "points": points, "rule": rule}))
        .collect();
    json!({"id": "s", "title": "考核", "subject": {"kind": "learner"}, "fullMarks": full,
        "indicators": indicators,
        "levels": [{"id": "fail", "title": "不合格", "from": 0, "passes": false},
            {"id": "pass", "title": "合格", "from": full, "passes": true}]})
}

pub fn world(indicators: &[(&str, u32, Value)]) -> World {
    World::with_scheme(&scheme(indicators))
}

/// The `course.json` of the fixture.
pub fn every_kind() -> Value {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read(format!(
        "{root}/tests/native/fixtures/every-kind/course.json"
    ));
    serde_json::from_slice(&text.unwrap()).unwrap()
}

pub fn count(what: &Value, each: f64) -> Value {
    json!({"kind": "count", "what": what, "pointsEach": each})
}

/// What did not count, and why.
pub fn reasons(world: &World, learner: &Learner) -> Vec<String> {
    let seen = world.judge("s", &[&learner.progress()]);
    seen.not_counted.into_iter().map(|(_, why)| why).collect()
}
