//! The fold: what the records of one profile's log add up to. The order of records does not
//! matter, and a fold kept as a snapshot goes on where it stopped.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::body::{Body, Enrolled, Medium, Note, Studied};
use crate::domain::course::MeterRules;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, Slug};
use crate::domain::intervals::{Intervals, cut};
use crate::domain::record::{Head, Record};
use crate::domain::time::Moment;

/// The meter rules of each course by its IRI; a course that is not here counts by the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleBook(pub BTreeMap<String, MeterRules>);

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
    pub heads: BTreeMap<InstallationId, Head>,
    /// Each registration's progress.
    pub registrations: BTreeMap<RegistrationId, Progress>,
}

/// What one registration's records add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The enrolment, once its record is here.
    pub enrolment: Option<Enrolment>,
    /// Steps that were touched.
    pub steps: BTreeMap<Slug, StepProgress>,
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
    /// Parts that were read in.
    pub parts: BTreeSet<Slug>,
    /// When its condition was first met.
    pub completed_at: Option<Moment>,
    /// The latest note at each place; the empty text stands for the step as a whole.
    pub notes: BTreeMap<String, LatestNote>,
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
        let progress = self
            .registrations
            .entry(envelope.registration.clone())
            .or_default();
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
        }
    }

    fn note_head(&mut self, record: &Record) {
        let head = record.as_head();
        self.heads
            .entry(record.envelope().installation.clone())
            .and_modify(|known| {
                if known.seq < head.seq {
                    *known = head;
                }
            })
            .or_insert(head);
    }

    /// The registration to go on with in `course`: the highest attempt, the earliest if two
    /// devices made the same.
    #[must_use]
    pub fn current_registration(&self, course: &str) -> Option<(&RegistrationId, &Progress)> {
        self.registrations
            .iter()
            .filter_map(|(id, progress)| {
                let enrolment = progress.enrolment.as_ref()?;
                (enrolment.course == course).then_some((id, progress, enrolment))
            })
            .max_by_key(|(id, _, enrolment)| {
                (enrolment.attempt, std::cmp::Reverse((enrolment.at, *id)))
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
        self.steps.entry(step).or_default()
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
                step.parts.insert(part.clone());
                step.active.extend(&cut(&body.segments, body.elapsed_ms));
            }
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
        fold.registrations.values().next().unwrap()
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
        assert_eq!(only(&fold).step(&slug("v")).notes["q"].text, "second");
        assert!(fold.current_registration("tag:x,2026:c").is_none());
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
