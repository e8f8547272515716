//! Records as statements.

use serde_json::{Value, json};

use super::RECORD;
use super::table::{OWN, word};
use crate::domain::body::{Body, Medium, Studied};
use crate::domain::course::{Course, StepContent};
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, RegistrationId, SessionId, Slug};
use crate::domain::intervals::Intervals;
use crate::domain::record::{Actor, Envelope, LOCAL_HOME_PAGE, Record};
use crate::domain::time::Moment;
use crate::wire::port::Frozen;

/// The Video Profile (xAPI Video Profile 1.0): its category, and where its IRIs begin.
const VIDEO: &str = "https://w3id.org/xapi/video";
/// Verbs of the profile that the ADL vocabulary has.
const ADL: &str = "http://adlnet.gov/expapi/verbs/";

/// A visit to a video, as the Video Profile knows it: from `initialized` to `terminated`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The visit.
    pub id: SessionId,
    /// Where.
    pub registration: RegistrationId,
    /// Of which video.
    pub step: Slug,
    /// IRI of the course, where it was at hand.
    pub course: Option<String>,
    /// When its last stretch ended.
    pub ended: Moment,
    /// Length of the video in milliseconds.
    pub length_ms: u64,
    /// What was played, in the order in which it was, in milliseconds of media time.
    pub played: Vec<(u64, u64)>,
}

/// Tells a device's records in the order of its log. What the Video Profile wants to know of a
/// visit goes over several records, so the teller remembers the visit that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// The visit that is open.
    pub open: Option<Session>,
}

impl Telling {
    /// The statements of a record, in order. `account` is whose it is where the record knows the
    /// learner by a local id only; `course` is that of its registration, where it is at hand.
    pub fn tell(
        &mut self,
        record: &Record,
        account: &Actor,
        course: Option<&Course>,
    ) -> Vec<Value> {
        let of = Of {
            record,
            account,
            course,
        };
        let mut told = Vec::new();
        match record.body() {
            Body::Studied(studied) if studied.medium == Medium::Video => {
                self.video(&of, studied, &mut told);
            }
            _ => told.push(of.plain()),
        }
        told
    }

    /// A record as it is sent, with what the open visit wants to be said beside it.
    pub fn freeze(&mut self, record: &Record, account: &Actor, course: Option<&Course>) -> Frozen {
        let told = self.tell(record, account, course);
        let texts: Vec<String> = told.iter().map(Value::to_string).collect();
        Frozen {
            id: record.envelope().id.clone(),
            items: told.len(),
            text: texts.join(","),
        }
    }

    fn video(&mut self, of: &Of<'_>, studied: &Studied, told: &mut Vec<Value>) {
        let envelope = of.record.envelope();
        let same = |open: &Session| {
            open.id == studied.session
                && open.registration == envelope.registration
                && open.step == studied.step
        };
        if !self.open.as_ref().is_some_and(same) {
            let before = self.open.take();
            told.extend(before.map(|before| of.of_video(&before, "terminated", before.ended)));
            let opened = Session {
                id: studied.session.clone(),
                registration: envelope.registration.clone(),
                step: studied.step.clone(),
                course: of.course.map(|course| course.id.clone()),
                ended: studied.started_at,
                length_ms: of.length_ms(studied),
                played: Vec::new(),
            };
            told.push(of.of_video(&opened, "initialized", studied.started_at));
            self.open = Some(opened);
        }
        let Some(open) = &mut self.open else { return };
        // A longer file than the package says is as long as was played of it.
        let last = studied.segments.iter().map(|(_, to)| *to).max();
        open.length_ms = open.length_ms.max(last.unwrap_or(0));
        told.push(of.played(open, studied));
        open.played.extend(&studied.segments);
        open.ended = of.envelope().recorded_at;
        told.push(of.of_video(open, "paused", open.ended));
    }
}

/// A statement's whereabouts.
struct Of<'a> {
    record: &'a Record,
    account: &'a Actor,
    course: Option<&'a Course>,
}

impl Of<'_> {
    fn envelope(&self) -> &Envelope {
        self.record.envelope()
    }

    /// The statement that carries the record.
    fn plain(&self) -> Value {
        let envelope = self.envelope();
        let word = word(&envelope.kind);
        let mut statement = self.statement(
            envelope.id.as_str(),
            &own(word.verb),
            word.display,
            (&self.object(), word.activity),
            envelope.recorded_at,
        );
        group(&mut statement, self.course.map(|course| course.id.as_str()));
        self.carry(&mut statement);
        if let Body::ExamAttempt(attempt) = self.record.body()
            && let Some((earned, possible)) = attempt.score
        {
            // Whole thousandths of points, which a store keeps exactly.
            statement["result"] = json!({"score": {"raw": earned, "min": 0, "max": possible}});
        }
        statement
    }

    fn played(&self, open: &Session, studied: &Studied) -> Value {
        let from = studied.segments.first().map_or(0, |(from, _)| *from);
        let mut statement = self.of_video(open, "played", studied.started_at);
        let time = seconds(from);
        statement["result"] = json!({"extensions": {extension("time"): time}});
        statement
    }

    /// A statement of the Video Profile on a visit. The one that tells of a pause carries the
    /// record.
    fn of_video(&self, open: &Session, verb: &str, at: Moment) -> Value {
        let id = if verb == "paused" {
            self.envelope().id.clone()
        } else {
            beside(&self.envelope().id, verb)
        };
        let own = matches!(verb, "played" | "paused");
        let place = if own {
            format!("{VIDEO}/verbs/{verb}")
        } else {
            format!("{ADL}{verb}")
        };
        let course = course_iri(open.course.as_deref(), &open.registration);
        let object = format!("{}/video", step_iri(&course, &open.step));
        let activity = format!("{VIDEO}/activity-type/video");
        let mut statement = self.statement(id.as_str(), &place, verb, (&object, &activity), at);
        group(&mut statement, open.course.as_deref());
        let context = &mut statement["context"];
        context["registration"] = open.registration.as_str().into();
        context["contextActivities"]["category"] = json!([{"objectType": "Activity", "id": VIDEO}]);
        context["extensions"] = json!({
            extension("session-id"): open.id.as_str(),
            extension("length"): seconds(open.length_ms),
        });
        if matches!(verb, "paused" | "terminated") {
            let (played, covered) = (segments(&open.played), covered(&open.played));
            let time = open.played.last().map_or(0, |(_, to)| *to);
            // The profile's progress is the share of the whole, up to 1.
            let progress = thousandths(covered * 1_000 / open.length_ms.max(1));
            statement["result"] = json!({"extensions": {
                extension("time"): seconds(time),
                extension("progress"): progress,
                extension("played-segments"): played,
            }});
        }
        if verb == "paused" {
            self.carry(&mut statement);
        }
        statement
    }

    fn statement(
        &self,
        id: &str,
        verb: &str,
        display: &str,
        (object, activity): (&str, &str),
        at: Moment,
    ) -> Value {
        let envelope = self.envelope();
        let actor = if envelope.actor.home_page == LOCAL_HOME_PAGE {
            self.account
        } else {
            &envelope.actor
        };
        json!({
            "id": id,
            "actor": {"objectType": "Agent",
                "account": {"homePage": actor.home_page, "name": actor.name}},
            "verb": {"id": verb, "display": {"en": display}},
            "object": {"objectType": "Activity", "id": object, "definition": {"type": activity}},
            "context": {"registration": envelope.registration.as_str(), "platform": "Zhixing"},
            "timestamp": at.to_rfc3339(),
        })
    }

    fn carry(&self, statement: &mut Value) {
        statement["context"]["extensions"][RECORD] = self.record.canonical().into();
    }

    /// What it is about: a step of the course, or the course.
    fn object(&self) -> String {
        match self.record.body() {
            Body::Enrolled(body) => body.course.clone(),
            body => match body.step() {
                Some(step) => step_iri(&self.whole(), &step),
                None => self.whole(),
            },
        }
    }

    fn whole(&self) -> String {
        let course = self.course.map(|course| course.id.as_str());
        course_iri(course, &self.envelope().registration)
    }

    /// How long the video is, by the package; of an unknown course as long as was played.
    fn length_ms(&self, studied: &Studied) -> u64 {
        let placed = self.course.and_then(|course| course.step(&studied.step));
        match placed.map(|placed| &placed.step.content) {
            Some(StepContent::Video(video)) => video.length_ms,
            _ => 0,
        }
    }
}

/// The course, or the registration where it is not at hand.
fn course_iri(course: Option<&str>, registration: &RegistrationId) -> String {
    let unknown = || format!("{OWN}registration/{}", registration.as_str());
    course.map_or_else(unknown, str::to_owned)
}

fn step_iri(course: &str, step: &Slug) -> String {
    format!("{course}/step/{}", step.as_str())
}

fn group(statement: &mut Value, course: Option<&str>) {
    if let Some(course) = course {
        let grouping = json!([{"objectType": "Activity", "id": course}]);
        statement["context"]["contextActivities"]["grouping"] = grouping;
    }
}

/// The id of a statement that stands beside a record's own: always the same for the same record.
pub(super) fn beside(id: &RecordId, verb: &str) -> RecordId {
    let digest = Hash::of(format!("{}#{verb}", id.as_str()).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    RecordId::from_random(bytes)
}

pub(super) fn own(verb: &str) -> String {
    if verb.contains(':') {
        verb.to_owned()
    } else {
        format!("{OWN}{verb}")
    }
}

fn extension(name: &str) -> String {
    format!("{VIDEO}/extensions/{name}")
}

/// Milliseconds as seconds with at most three decimals.
fn seconds(ms: u64) -> Value {
    thousandths(ms)
}

/// A number of thousandths as the profile writes numbers.
#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of media are far below 2^53 ms, where three decimals come out as they are"
)]
fn thousandths(value: u64) -> Value {
    if value.is_multiple_of(1_000) {
        (value / 1_000).into()
    } else {
        (value as f64 / 1_000.0).into()
    }
}

/// As the profile writes played segments: `0.000[.]12.000[,]14.000[.]21.000`.
fn segments(played: &[(u64, u64)]) -> String {
    let number = |ms: u64| format!("{}.{:03}", ms / 1_000, ms % 1_000);
    let parts = played
        .iter()
        .map(|(from, to)| format!("{}[.]{}", number(*from), number(*to)));
    parts.collect::<Vec<_>>().join("[,]")
}

fn covered(played: &[(u64, u64)]) -> u64 {
    let mut union = Intervals::new();
    union.extend(played);
    union.total()
}
