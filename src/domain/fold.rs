//! The fold: what the records of one profile's log add up to. The order of records does not
//! matter, and a fold kept as a snapshot goes on where it stopped.

use serde::{Deserialize, Serialize};

use crate::domain::body::{Body, Enrolled, Medium, Note, Studied};
use crate::domain::count::Count;
use crate::domain::course::MeterRules;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, Slug};
use crate::domain::intervals::{Intervals, cut};
use crate::domain::record::{Audience, Envelope, Head, Record};
use crate::domain::sorted::Sorted;
use crate::domain::time::Moment;

/// The meter rules of each course by its IRI; a course that is not here counts by the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleBook(pub Sorted<String, MeterRules>);

impl RuleBook {
    fn of(&self, progress: &Progress) -> MeterRules {
        progress
            .enrolment
            .as_ref()
            .and_then(|enrolment| self.0.get(&enrolment.course))
            .copied()
            .unwrap_or_default()
    }
}

/// Everything that the records of a log add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fold {
    /// How many records went in.
    pub records: u64,
    /// How many of them are of a kind or version that this version does not count.
    pub unknown: u64,
    /// The end of each installation's chain.
    pub heads: Sorted<InstallationId, Head>,
    /// Each registration's progress.
    pub registrations: Sorted<RegistrationId, Progress>,
}

/// What one registration's records add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The enrolment, once its record is here.
    pub enrolment: Option<Enrolment>,
    /// Steps that were touched.
    pub steps: Sorted<Slug, StepProgress>,
}

/// When and for which package a registration began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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
}

/// What a registration's records say of one step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepProgress {
    /// Covered media time.
    pub media: Intervals,
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Work {
    /// When it was recorded.
    pub at: Moment,
    /// Its record.
    pub id: RecordId,
    /// What it is.
    pub kind: WorkKind,
    /// The prompt of a reflection, the first version of a post, the number of an exam attempt;
    /// otherwise empty.
    pub place: String,
    /// Characters of its text, blanks left out; thousandths of points of a marked exam attempt.
    pub size: i64,
    /// Who may read it.
    pub audience: Audience,
}

/// What somebody made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
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
    /// What was made of this kind, in order of time.
    #[must_use]
    pub fn made(&self, kind: WorkKind) -> impl DoubleEndedIterator<Item = &Work> {
        self.work.iter().filter(move |work| work.kind == kind)
    }

    /// How many posts have at least so many characters in their latest version.
    #[must_use]
    pub fn posts_of(&self, least: u32) -> usize {
        let mut latest: Sorted<&str, i64> = Sorted::default();
        for post in self.made(WorkKind::Post) {
            latest.insert(&post.place, post.size);
        }
        let long = latest.iter().filter(|(_, size)| **size >= i64::from(least));
        long.count()
    }
}

/// The latest note at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestNote {
    /// When it was written.
    pub at: Moment,
    /// Its record, which breaks a tie of times.
    pub id: RecordId,
    /// The words.
    pub text: String,
}

impl Fold {
    /// Takes in one record. Each record may be given once only; the log sees to that.
    pub fn apply(&mut self, record: &Record, rules: &RuleBook) {
        let envelope = record.envelope();
        self.records += 1;
        self.note_head(record);
        let progress = self.registrations.entry(envelope.registration.clone());
        match Body::read(envelope) {
            Body::Enrolled(body) => progress.enrol(body, envelope.recorded_at),
            Body::Studied(body) => {
                let rules = rules.of(progress);
                progress.study(&body, &rules);
            }
            Body::StepCompleted(body) => {
                let at = envelope.recorded_at;
                let done = &mut progress.step_mut(body.step).completed_at;
                *done = Some(done.map_or(at, |before| before.min(at)));
            }
            Body::Note(body) => progress.note(body, envelope.recorded_at, &envelope.id),
            Body::Unknown => self.unknown += 1,
            made => progress.make(made, envelope),
        }
    }

    fn note_head(&mut self, record: &Record) {
        let head = record.as_head();
        let installation = &record.envelope().installation;
        let known = self.heads.get(installation);
        if known.is_none_or(|known| known.seq < head.seq) {
            self.heads.insert(installation.clone(), head);
        }
    }

    /// The registration to go on with in `course`: the highest attempt; if two devices made the
    /// same, one in which something was done, and the earliest of these.
    #[must_use]
    pub fn current_registration(&self, course: &str) -> Option<(&RegistrationId, &Progress)> {
        self.registrations
            .iter()
            .filter_map(|(id, progress)| {
                let enrolment = progress.enrolment.as_ref()?;
                (enrolment.course == course).then_some((id, progress, enrolment))
            })
            .max_by_key(|(id, progress, enrolment)| {
                (
                    enrolment.attempt,
                    !progress.steps.is_empty(),
                    std::cmp::Reverse((enrolment.at, *id)),
                )
            })
            .map(|(id, progress, _)| (id, progress))
    }
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

    fn step_mut(&mut self, step: Slug) -> &mut StepProgress {
        self.steps.entry(step)
    }

    fn enrol(&mut self, body: Enrolled, at: Moment) {
        let enrolment = Enrolment {
            at,
            course: body.course,
            course_version: body.course_version,
            course_hash: body.course_hash,
            attempt: body.attempt,
        };
        self.enrolment = match self.enrolment.take() {
            Some(known) if known <= enrolment => Some(known),
            _ => Some(enrolment),
        };
    }

    /// Adds a stretch, cut to the time that passed × the highest counted speed, whoever wrote it.
    fn study(&mut self, body: &Studied, rules: &MeterRules) {
        let step = self.step_mut(body.step.clone());
        match &body.medium {
            Medium::Video => {
                let budget = body
                    .elapsed_ms
                    .saturating_mul(u64::from(rules.max_speed_percent))
                    / 100;
                step.media.extend(&cut(&body.segments, budget));
            }
            Medium::Reading { part } => {
                if let Err(at) = step.parts.binary_search(part) {
                    step.parts.insert(at, part.clone());
                }
                step.active.extend(&cut(&body.segments, body.elapsed_ms));
            }
        }
    }

    /// Takes in what was made; [`WorkKind`] names the kinds.
    fn make(&mut self, body: Body, envelope: &Envelope) {
        let length = |text: &str| i64::from(Count::of(text).characters);
        let (step, kind, place, size) = match body {
            Body::Submission(body) => {
                let size = length(&body.text);
                (body.step, WorkKind::Submission, String::new(), size)
            }
            Body::Post(body) => {
                let size = length(&body.text);
                let first = body
                    .edits
                    .map_or_else(|| envelope.id.clone(), |edits| edits.id);
                (body.step, WorkKind::Post, first.to_string(), size)
            }
            Body::Reflection(body) => {
                let size = length(&body.text);
                (
                    body.step,
                    WorkKind::Reflection,
                    body.prompt.to_string(),
                    size,
                )
            }
            Body::Question(body) => {
                let size = length(&body.text);
                (body.step, WorkKind::Question, body.prompt.to_string(), size)
            }
            Body::ExamAttempt(body) => {
                let size = body.score.map_or(0, |(earned, _)| earned);
                (body.step, WorkKind::Attempt, body.number.to_string(), size)
            }
            Body::Attendance(body) => (body.step, WorkKind::Attendance, String::new(), 0),
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
        let all = &mut self.step_mut(step).work;
        if let Err(at) = all.binary_search(&work) {
            all.insert(at, work);
        }
    }

    fn note(&mut self, body: Note, at: Moment, id: &RecordId) {
        let place = body.at.map_or_else(String::new, |at| at.to_string());
        let notes = &mut self.step_mut(body.step).notes;
        let newer = notes
            .get(&place)
            .is_none_or(|known| (known.at, &known.id) < (at, id));
        if newer {
            let note = LatestNote {
                at,
                id: id.clone(),
                text: body.text,
            };
            notes.insert(place, note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;
    use crate::domain::record::{Actor, Author};
    use crate::domain::work::{Edits, Post, Submission};
    use proptest::prelude::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn stretch(step: &str, medium: Medium, segments: &[(u64, u64)], elapsed_ms: u64) -> Body {
        Body::Studied(Studied {
            step: slug(step),
            medium,
            session: SessionId::from_random([9; 16]),
            segments: segments.to_vec(),
            started_at: Moment(0),
            elapsed_ms,
        })
    }

    fn log(bodies: Vec<(Body, i64)>) -> Vec<Record> {
        let author = Author {
            actor: Actor {
                home_page: "tag:x,2026:c".into(),
                name: "n".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        let mut head = None;
        bodies
            .into_iter()
            .enumerate()
            .map(|(at, (body, when))| {
                let id = RecordId::from_random([u8::try_from(at).unwrap(); 16]);
                let new = body
                    .into_record(id, RegistrationId::from_random([2; 16]))
                    .unwrap();
                let record = Record::seal(new, &author, head.as_ref(), Moment(when)).unwrap();
                head = Some(record.as_head());
                record
            })
            .collect()
    }

    fn fold(records: &[Record]) -> Fold {
        let mut fold = Fold::default();
        for record in records {
            fold.apply(record, &RuleBook::default());
        }
        fold
    }

    fn only(fold: &Fold) -> &Progress {
        fold.registrations.iter().next().unwrap().1
    }

    #[test]
    fn an_invented_stretch_earns_no_more_than_elapsed_times_speed() {
        let records = log(vec![
            (stretch("v", Medium::Video, &[(0, 600_000)], 10_000), 1),
            (
                stretch(
                    "r",
                    Medium::Reading { part: slug("p") },
                    &[(0, 600_000)],
                    10_000,
                ),
                2,
            ),
        ]);
        let fold = fold(&records);
        assert_eq!(only(&fold).step(&slug("v")).media.total(), 20_000);
        assert_eq!(only(&fold).step(&slug("r")).active.total(), 10_000);
    }

    #[test]
    fn the_same_stretch_never_counts_twice() {
        let part = || Medium::Reading { part: slug("p") };
        let records = log(vec![
            (stretch("v", Medium::Video, &[(0, 10_000)], 10_000), 1),
            (stretch("v", Medium::Video, &[(5_000, 15_000)], 10_000), 2),
            (stretch("r", part(), &[(0, 10_000)], 10_000), 3),
            (stretch("r", part(), &[(2_000, 12_000)], 10_000), 4),
        ]);
        let fold = fold(&records);
        assert_eq!(only(&fold).step(&slug("v")).media.total(), 15_000);
        assert_eq!(only(&fold).step(&slug("r")).active.total(), 12_000);
    }

    #[test]
    fn the_later_note_stands_and_the_highest_attempt_goes_on() {
        let note = |text: &str| {
            Body::Note(Note {
                step: slug("v"),
                at: Some(slug("q")),
                text: text.into(),
            })
        };
        let records = log(vec![(note("second"), 20), (note("first"), 10)]);
        let fold = fold(&records);
        assert_eq!(
            only(&fold).step(&slug("v")).notes.get("q").unwrap().text,
            "second"
        );
        assert!(fold.current_registration("tag:x,2026:c").is_none());
    }

    #[test]
    fn a_post_counts_once_by_its_latest_version() {
        let post = |text: &str, edits: Option<u8>| {
            Body::Post(Post {
                step: slug("d"),
                text: text.into(),
                to: None,
                quote: None,
                edits: edits.map(|id| Edits {
                    id: RecordId::from_random([id; 16]),
                    at: Moment(1),
                }),
            })
        };
        // The second record edits the first; the third is a post of its own.
        let records = log(vec![
            (post("四个字的", None), 1),
            (post("短", Some(0)), 2),
            (post("又是四字", None), 3),
        ]);
        let fold = fold(&records);
        let step = only(&fold).step(&slug("d"));
        assert_eq!((step.posts_of(4), step.posts_of(1)), (1, 2));
        assert_eq!(step.made(WorkKind::Post).count(), 3);
        assert_eq!(step.made(WorkKind::Submission).count(), 0);
    }

    #[test]
    fn a_registration_in_which_something_was_done_goes_before_an_empty_one() {
        let enrolled = || {
            Body::Enrolled(Enrolled {
                course: "tag:x,2026:c".into(),
                course_version: "1".into(),
                course_hash: Hash::of(b""),
                attempt: 1,
            })
        };
        // Opened early on one PC, studied later on another.
        let mut fold = Fold::default();
        let (early, late) = ([3; 16], [4; 16]);
        for (registration, body, at) in [
            (early, enrolled(), 1),
            (late, enrolled(), 5),
            (late, stretch("v", Medium::Video, &[(0, 1_000)], 1_000), 6),
        ] {
            let author = Author {
                actor: Actor {
                    home_page: "tag:x,2026:c".into(),
                    name: "n".into(),
                },
                installation: InstallationId::from_random(registration),
            };
            let id = RecordId::from_random([u8::try_from(at).unwrap(); 16]);
            let registration = RegistrationId::from_random(registration);
            let new = body.into_record(id, registration).unwrap();
            let record = Record::seal(new, &author, None, Moment(at)).unwrap();
            fold.apply(&record, &RuleBook::default());
        }
        let current = fold.current_registration("tag:x,2026:c").unwrap().0;
        assert_eq!(*current, RegistrationId::from_random(late));
    }

    fn any_body() -> impl Strategy<Value = (Body, i64)> {
        let segments = proptest::collection::vec((0u64..1000, 0u64..1000), 0..4);
        let body = prop_oneof![
            (segments.clone(), 0u64..1000).prop_map(|(s, e)| stretch("v", Medium::Video, &s, e)),
            (segments, 0u64..1000).prop_map(|(s, e)| stretch(
                "r",
                Medium::Reading { part: slug("p") },
                &s,
                e
            )),
            "[a-c]".prop_map(|text| Body::Note(Note {
                step: slug("v"),
                at: None,
                text
            })),
            Just(Body::StepCompleted(crate::domain::body::StepCompleted {
                step: slug("v")
            })),
            "[a-c]{0,3}".prop_map(|text| Body::Submission(Submission {
                step: slug("a"),
                text,
                files: Vec::new(),
            })),
            ("[a-c]{0,3}", proptest::option::of(0u8..3)).prop_map(|(text, edits)| Body::Post(
                Post {
                    step: slug("d"),
                    text,
                    to: None,
                    quote: None,
                    edits: edits.map(|id| Edits {
                        id: RecordId::from_random([id; 16]),
                        at: Moment(0),
                    }),
                }
            )),
        ];
        (body, 0i64..5)
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(
            bodies in proptest::collection::vec(any_body(), 0..20),
            order in proptest::collection::vec(any::<u32>(), 20),
        ) {
            let records = log(bodies);
            let mut shuffled: Vec<_> = records.iter().cloned().zip(order).collect();
            shuffled.sort_by_key(|(_, key)| *key);
            let shuffled: Vec<_> = shuffled.into_iter().map(|(record, _)| record).collect();
            prop_assert_eq!(fold(&records), fold(&shuffled));
        }

        #[test]
        fn a_snapshot_goes_on_where_it_stopped(bodies in proptest::collection::vec(any_body(), 0..20), at in 0usize..20) {
            let records = log(bodies);
            let at = at.min(records.len());
            let row = serde_json::to_string(&fold(&records[..at])).unwrap();
            let mut resumed: Fold = serde_json::from_str(&row).unwrap();
            for record in &records[at..] {
                resumed.apply(record, &RuleBook::default());
            }
            prop_assert_eq!(resumed, fold(&records));
        }
    }
}
