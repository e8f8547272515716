//! What one registration's records add up to, step by step.

use serde_json::Value;

use crate::domain::body::{Body, Enrolled, Medium, Note, Studied};
use crate::domain::count::Count;
use crate::domain::course::MeterRules;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, Slug};
use crate::domain::intervals::Intervals;
use crate::domain::record::{Audience, Envelope, Record};
use crate::domain::sorted::Sorted;
use crate::domain::time::Moment;

/// What one person's records in a registration add up to, and what others say of it there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The enrolment, once its record is here.
    pub enrolment: Option<Enrolment>,
    /// Steps that were touched.
    pub steps: Sorted<Slug, StepProgress>,
    /// What assessment is made of beyond that, in order of time: grades, attendance lists, reviews,
    /// works shown, bulletins, completions.
    pub kept: Vec<Kept>,
}

/// A record that only assessment reads ([`crate::domain::assessment`]), a highlight
/// ([`crate::domain::notes`]) or what a room says ([`crate::domain::answers`]): its body as it is, but for
/// the words, of which only the number of characters is kept (`characters`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// When it was recorded.
    pub at: Moment,
    /// Its record.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Who recorded it ([`crate::domain::record::Actor::person`]).
    pub by: String,
    /// Whether somebody vouches for that ([`crate::domain::record::Sender`]).
    pub verified: bool,
    /// Its body.
    pub body: Value,
}

impl Kept {
    /// Whether a record of this kind is somebody's word on others: what a tutor says counts for
    /// everybody in whose registration it stands, whoever said it; everything else for the person
    /// who recorded it.
    #[must_use]
    pub fn is_said(kind: &str) -> bool {
        matches!(
            kind,
            "grade" | "attendance" | "bulletin" | "final-grade" | "review-assignment"
        )
    }

    /// Whether nobody vouches for who said it. What was said at this device needs nobody to.
    #[must_use]
    pub fn is_doubted(&self) -> bool {
        !self.verified && !self.by.is_empty()
    }

    /// Whether a progress keeps records of this kind: what assessment reads, highlights and what a room says; others are
    /// looked up where they are shown.
    #[must_use]
    pub fn is_kept(kind: &str) -> bool {
        Self::is_said(kind)
            || matches!(
                kind,
                "review" | "showcase" | "completion" | "highlight" | "room-answer"
            )
    }
}

/// When and for which package a registration began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Enrolment {
    /// Device clock.
    pub at: Moment,
    /// IRI of the course.
    pub course: String,
    /// Its version then.
    pub course_version: String,
    /// Hash of the `course.json` that it pins.
    pub course_hash: Hash,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// Where it began.
    pub installation: InstallationId,
    /// Whose it is ([`crate::domain::record::Actor::person`]).
    pub person: String,
}

impl Enrolment {
    fn of(body: &Enrolled, envelope: &Envelope, person: &str) -> Self {
        Self {
            at: envelope.recorded_at,
            course: body.course.clone(),
            course_version: body.course_version.clone(),
            course_hash: body.course_hash,
            attempt: body.attempt,
            installation: envelope.installation.clone(),
            person: person.to_owned(),
        }
    }

    /// Whether both are the same attempt of one person at the same course.
    #[must_use]
    pub fn same_attempt(&self, other: &Self) -> bool {
        (self.attempt, &self.course, &self.person) == (other.attempt, &other.course, &other.person)
    }
}

/// What a registration's records say of one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepProgress {
    /// Covered media time.
    pub media: Intervals,
    /// Media time covered on each day, counted from 1970 in the course's zone.
    pub days: Sorted<i64, Intervals>,
    /// Wall time of active reading.
    pub active: Intervals,
    /// Parts that were read in, in order of their ids.
    pub parts: Vec<Slug>,
    /// When its condition was first met.
    pub completed_at: Option<Moment>,
    /// The latest note at each place; the empty text stands for the step as a whole.
    pub notes: Sorted<String, LatestNote>,
    /// What was made in the step, in order of time.
    pub work: Vec<Work>,
}

/// One thing that was made in a step: what the fold keeps of it; the rest stands in its record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work {
    /// When it was recorded.
    pub at: Moment,
    /// Its record.
    pub id: RecordId,
    /// What it is.
    pub kind: WorkKind,
    /// The prompt of a reflection, the first version of a post, the number of an exam attempt, the
    /// course of a submission where it says so; otherwise empty.
    pub place: String,
    /// Characters of its text, blanks left out; of an exam attempt that was marked on the device
    /// the thousandths of a percent that it earned, -1 of one that was not.
    pub size: i64,
    /// Who may read it.
    pub audience: Audience,
}

/// What somebody made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkKind {
    /// A version of an assignment.
    Submission,
    /// A post or reply, or an edit of one.
    Post,
    /// An answer to a prompt of a reflection.
    Reflection,
    /// A question to the experts.
    Question,
    /// An exam handed in.
    Attempt,
    /// Attendance of an activity.
    Attendance,
}

impl From<WorkKind> for u8 {
    fn from(kind: WorkKind) -> Self {
        kind as Self
    }
}

impl TryFrom<u8> for WorkKind {
    type Error = &'static str;

    fn try_from(kind: u8) -> Result<Self, Self::Error> {
        const ALL: [WorkKind; 6] = [
            WorkKind::Submission,
            WorkKind::Post,
            WorkKind::Reflection,
            WorkKind::Question,
            WorkKind::Attempt,
            WorkKind::Attendance,
        ];
        ALL.get(usize::from(kind))
            .copied()
            .ok_or("an unknown kind of work")
    }
}

impl StepProgress {
    fn merge(&mut self, other: &Self) {
        self.media.extend(other.media.as_slice());
        for (day, media) in other.days.iter() {
            self.days.entry(*day).extend(media.as_slice());
        }
        self.active.extend(other.active.as_slice());
        other.parts.iter().for_each(|part| self.add_part(part));
        if let Some(at) = other.completed_at {
            self.complete(at);
        }
        for (place, note) in other.notes.iter() {
            self.add_note(place.clone(), note.clone());
        }
        for work in &other.work {
            self.add_work(work.clone());
        }
    }

    /// Writes down that the condition was met; the first time stands.
    pub(super) fn complete(&mut self, at: Moment) {
        self.completed_at = Some(self.completed_at.map_or(at, |before| before.min(at)));
    }

    fn add_part(&mut self, part: &Slug) {
        if let Err(at) = self.parts.binary_search(part) {
            self.parts.insert(at, part.clone());
        }
    }

    fn add_note(&mut self, place: String, note: LatestNote) {
        let known = self.notes.get(&place);
        if known.is_none_or(|known| (known.at, &known.id) < (note.at, &note.id)) {
            self.notes.insert(place, note);
        }
    }

    fn add_work(&mut self, work: Work) {
        if let Err(at) = self.work.binary_search(&work) {
            self.work.insert(at, work);
        }
    }

    /// What was made of this kind, in order of time.
    #[must_use]
    pub fn made(&self, kind: WorkKind) -> impl DoubleEndedIterator<Item = &Work> {
        self.work.iter().filter(move |work| work.kind == kind)
    }

    /// Every post once, as it was first written, with the characters of its latest version.
    pub fn latest_posts(&self) -> impl Iterator<Item = (&Work, i64)> {
        let is_edit = |work: &&Work| work.place != work.id.as_str();
        // Few posts are edited.
        let edits: Vec<&Work> = self.made(WorkKind::Post).filter(is_edit).collect();
        let firsts = self.made(WorkKind::Post).filter(move |work| !is_edit(work));
        let known = firsts.map(move |first| {
            let edit = edits.iter().rev().find(|edit| edit.place == first.place);
            (first, edit.map_or(first.size, |edit| edit.size))
        });
        known.chain(self.lone_edits())
    }

    /// Edits whose first version has not arrived (yet), the latest of each.
    fn lone_edits(&self) -> impl Iterator<Item = (&Work, i64)> {
        let posts = || self.made(WorkKind::Post);
        let lone = posts()
            .filter(|work| work.place != work.id.as_str())
            .filter(move |edit| {
                let same = |other: &&Work| other.place == edit.place;
                !posts().any(|first| first.id.as_str() == edit.place)
                    && posts().rfind(same).is_some_and(|last| last.id == edit.id)
            });
        lone.map(|edit| (edit, edit.size))
    }

    /// How many posts have at least so many characters in their latest version.
    #[must_use]
    pub fn posts_of(&self, least: u32) -> usize {
        let long = self
            .latest_posts()
            .filter(|(_, size)| *size >= i64::from(least));
        long.count()
    }
}

/// The latest note at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatestNote {
    /// When it was written.
    pub at: Moment,
    /// Its record, which breaks a tie of times.
    pub id: RecordId,
    /// The words.
    pub text: String,
}

impl Progress {
    /// What is known of a step; nothing yet is an empty progress.
    #[must_use]
    pub fn step(&self, step: &Slug) -> std::borrow::Cow<'_, StepProgress> {
        self.steps.get(step).map_or_else(
            || std::borrow::Cow::Owned(StepProgress::default()),
            std::borrow::Cow::Borrowed,
        )
    }

    /// This progress with a stretch that is still running counted in.
    #[must_use]
    pub fn with(&self, running: &Studied, rules: &MeterRules) -> Self {
        let mut ahead = self.clone();
        ahead.study(running, rules);
        ahead
    }

    /// Whose it is; nobody's name before the enrolment is here.
    #[must_use]
    pub fn person(&self) -> &str {
        let enrolment = self.enrolment.as_ref();
        enrolment.map_or("", |of| of.person.as_str())
    }

    pub(super) fn step_mut(&mut self, step: &Slug) -> &mut StepProgress {
        self.steps.entry_of(step)
    }

    /// Takes in an enrolment; the earliest stands.
    pub(super) fn enrol(&mut self, body: &Enrolled, envelope: &Envelope, person: &str) {
        self.enrolled(Enrolment::of(body, envelope, person));
    }

    fn enrolled(&mut self, enrolment: Enrolment) {
        if self
            .enrolment
            .as_ref()
            .is_none_or(|known| enrolment < *known)
        {
            self.enrolment = Some(enrolment);
        }
    }

    /// Adds what another registration of the same attempt holds.
    pub(super) fn merge(&mut self, other: &Self) {
        if let Some(enrolment) = &other.enrolment {
            self.enrolled(enrolment.clone());
        }
        for (step, there) in other.steps.iter() {
            self.step_mut(step).merge(there);
        }
        for kept in &other.kept {
            self.add_kept(kept.clone());
        }
    }

    /// Makes what is `account`'s the learner's own.
    pub(super) fn adopt(&mut self, account: &str) {
        let own = |person: &mut String| {
            if person == account {
                person.clear();
            }
        };
        self.enrolment.iter_mut().for_each(|of| own(&mut of.person));
        self.kept.iter_mut().for_each(|kept| own(&mut kept.by));
    }

    /// Adds a stretch, cut to the time that passed × the highest counted speed, whoever wrote it.
    pub(super) fn study(&mut self, body: &Studied, rules: &MeterRules) {
        let step = self.step_mut(&body.step);
        match &body.medium {
            Medium::Video => {
                let budget = body
                    .elapsed_ms
                    .saturating_mul(u64::from(rules.max_speed_percent))
                    / 100;
                step.media.extend_within(&body.segments, budget);
                let day = step.days.entry(rules.day_of(body.started_at));
                day.extend_within(&body.segments, budget);
            }
            Medium::Reading { part } => {
                step.add_part(part);
                step.active.extend_within(&body.segments, body.elapsed_ms);
            }
        }
    }

    /// Takes in what was made; [`WorkKind`] names the kinds.
    pub(super) fn make(&mut self, body: &Body, envelope: &Envelope) {
        let length = |text: &str| i64::from(Count::characters_of(text));
        let (step, kind, place, size) = match body {
            Body::Submission(body) => {
                let size = length(&body.text);
                let course = body.course.clone().unwrap_or_default();
                (&body.step, WorkKind::Submission, course, size)
            }
            Body::Post(body) => {
                let first = body.edits.as_ref().map_or(&envelope.id, |edits| &edits.id);
                let size = length(&body.text);
                (&body.step, WorkKind::Post, first.to_string(), size)
            }
            Body::Reflection(body) => {
                let (place, size) = (body.prompt.to_string(), length(&body.text));
                (&body.step, WorkKind::Reflection, place, size)
            }
            Body::Question(body) => {
                let (place, size) = (body.prompt.to_string(), length(&body.text));
                (&body.step, WorkKind::Question, place, size)
            }
            Body::ExamAttempt(body) => {
                let percent = |(earned, possible): (i64, i64)| {
                    earned.checked_mul(100_000)?.checked_div(possible)
                };
                let size = body.score.and_then(percent).unwrap_or(-1);
                (&body.step, WorkKind::Attempt, body.number.to_string(), size)
            }
            Body::Attendance(body) => (&body.step, WorkKind::Attendance, String::new(), 0),
            _ => return,
        };
        let work = Work {
            at: envelope.recorded_at,
            id: envelope.id.clone(),
            kind,
            place,
            size,
            audience: envelope.audience,
        };
        self.step_mut(step).add_work(work);
    }

    /// Takes in what others said that another's progress of the registration holds.
    pub(super) fn hear(&mut self, other: &Self) {
        let said = other.kept.iter().filter(|kept| Kept::is_said(&kept.kind));
        said.for_each(|kept| self.add_kept(kept.clone()));
    }

    /// Takes in what only assessment reads.
    pub(super) fn keep(&mut self, body: &Value, record: &Record, person: &str) {
        let envelope = record.envelope();
        let mut body = body.clone();
        if let Some(members) = body.as_object_mut()
            && let Some(text) = members.remove("text")
        {
            let text = text.as_str().unwrap_or_default();
            members.insert("characters".into(), Count::characters_of(text).into());
        }
        self.add_kept(Kept {
            at: envelope.recorded_at,
            id: envelope.id.clone(),
            kind: envelope.kind.clone(),
            by: person.to_owned(),
            verified: record.sender().is_some_and(|sender| sender.verified),
            body,
        });
    }

    pub(crate) fn add_kept(&mut self, kept: Kept) {
        let place = |known: &Kept| (known.at, &known.id) < (kept.at, &kept.id);
        let at = self.kept.partition_point(place);
        if self.kept.get(at).is_none_or(|known| known.id != kept.id) {
            self.kept.insert(at, kept);
        }
    }

    /// Takes in a note; the latest at each place stands.
    pub(super) fn note(&mut self, body: &Note, at: Moment, id: &RecordId) {
        let place = body.at.as_ref().map_or_else(String::new, Slug::to_string);
        let note = LatestNote {
            at,
            id: id.clone(),
            text: body.text.clone(),
        };
        self.step_mut(&body.step).add_note(place, note);
    }
}
