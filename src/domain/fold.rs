//! The fold: what the records of one profile's log add up to. The order of records does not
//! matter, and a fold kept as a snapshot goes on where it stopped.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde_json::Value;

use crate::domain::body::Body;
use crate::domain::course::MeterRules;
use crate::domain::fields::Fields;
use crate::domain::ids::{InstallationId, RegistrationId};
use crate::domain::progress::{Enrolment, Kept, Progress};
use crate::domain::record::{Actor, Author, Head, Record};
use crate::domain::sorted::Sorted;

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fold {
    /// How many records went in.
    pub records: u64,
    /// How many of them are of a kind or version that this version does not count.
    pub unknown: u64,
    /// The end of each installation's chain.
    pub heads: Sorted<InstallationId, Head>,
    /// The account that the learner of this device signed in with
    /// ([`crate::domain::record::Actor::person`]); empty before. Its records are the learner's own.
    pub account: String,
    /// Each registration's progress, by person: what somebody records in another's registration
    /// counts for nobody else, and what a tutor says there stands in all of them.
    pub registrations: Sorted<RegistrationId, Sorted<String, Progress>>,
}

impl Fold {
    /// Takes in one record. Each record may be given once only; the log sees to that.
    pub fn apply(&mut self, record: &Record, rules: &RuleBook) {
        let envelope = record.envelope();
        self.records += 1;
        self.note_head(record);
        if let Body::Assessed("binding", body) = record.body()
            && record.sender().is_none()
        {
            self.bind(body);
        }
        let person = record.person(&self.account);
        let people = self.registrations.entry_of(&envelope.registration);
        let progress = of_person(people, &person);
        match record.body() {
            Body::Enrolled(body) => progress.enrol(body, envelope, &person),
            Body::Studied(body) => {
                let rules = rules.of(progress);
                progress.study(body, &rules);
            }
            Body::StepCompleted(body) => {
                progress.step_mut(&body.step).complete(envelope.recorded_at);
            }
            Body::Note(body) => progress.note(body, envelope.recorded_at, &envelope.id),
            Body::Assessed(kind, body) if Kept::is_said(kind) => {
                let all = people.values_mut();
                all.for_each(|all| all.keep(body, record, &person));
            }
            Body::Assessed(kind, body) if Kept::is_kept(kind) => {
                progress.keep(body, record, &person);
            }
            Body::Assessed(..) => {}
            Body::Unknown => self.unknown += 1,
            made => progress.make(made, envelope),
        }
    }

    /// Takes in whose this device is; the first time stands.
    fn bind(&mut self, body: &Value) {
        let account = Fields(body).find("account").and_then(Actor::read);
        let Some(account) = account.filter(|_| self.account.is_empty()) else {
            return;
        };
        self.account = account.account();
        // What came before, from another of the learner's computers, is the learner's own.
        for people in self.registrations.values_mut() {
            people.values_mut().for_each(|all| all.adopt(&self.account));
            if let Some(own) = people.remove(self.account.as_str()) {
                people.entry(String::new()).merge(&own);
            }
        }
    }

    fn note_head(&mut self, record: &Record) {
        let head = record.as_head();
        let installation = &record.envelope().installation;
        match self.heads.get_mut(installation) {
            Some(known) if head.seq <= known.seq => {}
            Some(known) => *known = head,
            None => {
                self.heads.insert(installation.clone(), head);
            }
        }
    }

    /// Every registration that was begun for `course`, by whom and when.
    fn enrolled(&self, course: &str) -> Vec<Own<'_>> {
        let mut all = Vec::new();
        for (id, people) in self.registrations.iter() {
            for (_, progress) in people.iter() {
                let enrolment = progress.enrolment.as_ref();
                all.extend(
                    enrolment
                        .filter(|of| of.course == course)
                        .map(|of| (id, of)),
                );
            }
        }
        all
    }

    /// The registration that `author` goes on with in `course`: of the author's highest attempt the
    /// one that was begun on this installation, where its drafts are; if none was, the earliest.
    #[must_use]
    pub fn registration(&self, course: &str, author: &Author) -> Option<&RegistrationId> {
        let own = self.enrolled(course).into_iter();
        let own = own.filter(|(_, enrolment)| author.actor.is(&enrolment.person));
        let best = own.max_by_key(|(id, enrolment)| {
            let own = enrolment.installation == author.installation;
            (enrolment.attempt, own, Reverse((enrolment.at, *id)))
        });
        best.map(|(id, _)| id)
    }

    /// The registration of a person's highest attempt at `course`, the earliest of several.
    #[must_use]
    pub fn registration_of(&self, course: &str, person: &str) -> Option<&RegistrationId> {
        let all = self.enrolled(course).into_iter();
        let own = all.filter(|(_, enrolment)| enrolment.person == person);
        let best = own.max_by_key(|(id, of)| (of.attempt, Reverse((of.at, *id))));
        best.map(|(id, _)| id)
    }

    /// All registrations that a person began.
    #[must_use]
    pub fn registrations_of(&self, person: &str) -> Vec<RegistrationId> {
        let mut all = Vec::new();
        for (id, people) in self.registrations.iter() {
            if people
                .get(person)
                .is_some_and(|own| own.enrolment.is_some())
            {
                all.push(id.clone());
            }
        }
        all
    }

    /// Everybody's highest attempt at `course`, by person.
    #[must_use]
    pub fn people(&self, course: &str) -> Vec<Progress> {
        let mut people: Sorted<&str, Own<'_>> = Sorted::default();
        for (id, enrolment) in self.enrolled(course) {
            let known = people.get(enrolment.person.as_str());
            if known.is_none_or(|(_, known)| known.attempt < enrolment.attempt) {
                people.insert(&enrolment.person, (id, enrolment));
            }
        }
        let of = |(id, of): Own<'_>| self.progress(id, &of.person).into_owned();
        people.into_values().map(of).collect()
    }

    /// Every attempt of a person at `course`, the first first.
    #[must_use]
    pub fn attempts(&self, course: &str, person: &str) -> Vec<Progress> {
        let mut attempts: Sorted<u32, &RegistrationId> = Sorted::default();
        for (id, enrolment) in self.enrolled(course) {
            if enrolment.person == person {
                attempts.insert(enrolment.attempt, id);
            }
        }
        let ids = attempts.into_values();
        ids.map(|id| self.progress(id, person).into_owned())
            .collect()
    }

    /// The attempts of a person at a course other than that of `registration`, the latest first.
    #[must_use]
    pub fn other_attempts(&self, registration: &RegistrationId, person: &str) -> Vec<Progress> {
        let Some(own) = self.enrolment(registration, person) else {
            return Vec::new();
        };
        let mut others = self.attempts(&own.course, person);
        others.retain(|progress| {
            let enrolment = progress.enrolment.as_ref();
            !enrolment.is_some_and(|other| own.same_attempt(other))
        });
        others.reverse();
        others
    }

    fn of(&self, registration: &RegistrationId, person: &str) -> Option<&Progress> {
        self.registrations.get(registration)?.get(person)
    }

    fn enrolment(&self, registration: &RegistrationId, person: &str) -> Option<&Enrolment> {
        self.of(registration, person)?.enrolment.as_ref()
    }

    /// A person's registrations of the attempt of `registration`, this one among them: whoever
    /// studies one attempt on two computers has two.
    pub fn of_attempt<'a>(
        &'a self,
        registration: &'a RegistrationId,
        person: &'a str,
    ) -> impl Iterator<Item = (&'a RegistrationId, &'a Progress)> {
        let own = self.enrolment(registration, person);
        let all = self.registrations.iter();
        let all = all.filter_map(move |(id, people)| Some((id, people.get(person)?)));
        all.filter(move |(id, progress)| {
            let both = own.zip(progress.enrolment.as_ref());
            *id == registration || both.is_some_and(|(own, other)| own.same_attempt(other))
        })
    }

    /// What a person's registration and the others of the same course and attempt add up to:
    /// whoever studies one attempt on two computers has two registrations, and one progress.
    #[must_use]
    pub fn progress(&self, registration: &RegistrationId, person: &str) -> Cow<'_, Progress> {
        let Some(own) = self.of(registration, person) else {
            return Cow::Owned(Progress::default());
        };
        // Mostly there is one: then nothing is copied.
        let mut whole = Cow::Borrowed(own);
        for (id, other) in self.of_attempt(registration, person) {
            if id != registration {
                whole.to_mut().merge(other);
            }
        }
        whole
    }
}

/// A registration, and who began it when.
type Own<'a> = (&'a RegistrationId, &'a Enrolment);

/// What a person's records in a registration add up to so far; somebody new there finds what
/// others said before.
fn of_person<'a>(people: &'a mut Sorted<String, Progress>, person: &str) -> &'a mut Progress {
    let new = |people: &Sorted<String, Progress>| {
        let mut new = Progress::default();
        people.iter().for_each(|(_, other)| new.hear(other));
        (person.to_owned(), new)
    };
    people.entry_where(|known| known == person, new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::body::{Enrolled, Medium, Note, Studied};
    use crate::domain::hash::Hash;
    use crate::domain::ids::SessionId;
    use crate::domain::ids::{RecordId, Slug};
    use crate::domain::progress::WorkKind;
    use crate::domain::record::Actor;
    use crate::domain::time::Moment;
    use crate::domain::work::{Edits, Post, Submission};
    use proptest::prelude::*;
    use serde_json::json;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn stretch(step: &str, medium: Medium, segments: &[(u64, u64)], elapsed_ms: u64) -> Body {
        Body::Studied(Studied {
            step: slug(step),
            medium,
            session: SessionId::from_random([9; 16]),
            segments: segments.into(),
            started_at: Moment(0),
            elapsed_ms,
            uncounted: Vec::new(),
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
        let (_, people) = fold.registrations.iter().next().unwrap();
        people.get(PERSON).unwrap()
    }

    const PERSON: &str = "tag:x,2026:c|n";

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
    fn the_later_note_stands() {
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
    }

    #[test]
    fn a_post_counts_once_by_its_latest_version() {
        let post = |text: &str, edits: Option<u8>| {
            Body::Post(Post {
                step: slug("d"),
                text: text.into(),
                to: None,
                quote: None,
                course: None,
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

    /// Records of several installations, each with a registration of its own.
    fn fold_of(records: Vec<(u8, Body, i64)>) -> Fold {
        let mut fold = Fold::default();
        for (at, (place, body, when)) in records.into_iter().enumerate() {
            let author = Author {
                actor: Actor {
                    home_page: "tag:x,2026:c".into(),
                    name: "n".into(),
                },
                installation: InstallationId::from_random([place; 16]),
            };
            let id = RecordId::from_random([u8::try_from(at).unwrap(); 16]);
            let registration = RegistrationId::from_random([place; 16]);
            let new = body.into_record(id, registration).unwrap();
            let record = Record::seal(new, &author, None, Moment(when)).unwrap();
            fold.apply(&record, &RuleBook::default());
        }
        fold
    }

    fn enrolled(attempt: u32) -> Body {
        Body::Enrolled(Enrolled {
            course: "tag:x,2026:c".into(),
            course_version: "1".into(),
            course_hash: Hash::of(b""),
            attempt,
        })
    }

    #[test]
    fn the_highest_attempt_goes_on_and_of_one_attempt_what_began_here() {
        let fold = fold_of(vec![
            (3, enrolled(1), 1),
            (4, enrolled(1), 5),
            (5, enrolled(1), 7),
        ]);
        let goes_on = |fold: &Fold, here: u8| {
            let here = Author {
                actor: Actor {
                    home_page: "tag:x,2026:c".into(),
                    name: "n".into(),
                },
                installation: InstallationId::from_random([here; 16]),
            };
            fold.registration("tag:x,2026:c", &here).cloned()
        };
        let of = |place: u8| Some(RegistrationId::from_random([place; 16]));
        assert_eq!(goes_on(&fold, 4), of(4));
        assert_eq!(goes_on(&fold, 5), of(5));
        assert_eq!(goes_on(&fold, 9), of(3), "none began here: the earliest");
        let fold = fold_of(vec![(3, enrolled(1), 1), (4, enrolled(2), 5)]);
        assert_eq!(goes_on(&fold, 3), of(4));
        let none = Fold::default();
        assert_eq!(goes_on(&none, 3), None);
    }

    #[test]
    fn what_two_computers_studied_in_one_attempt_is_one_progress() {
        let video = |segments: &[(u64, u64)]| stretch("v", Medium::Video, segments, 60_000);
        let note = |text: &str| {
            Body::Note(Note {
                step: slug("v"),
                at: None,
                text: text.into(),
            })
        };
        let fold = fold_of(vec![
            (3, enrolled(1), 1),
            (3, video(&[(0, 20_000)]), 2),
            (3, note("later"), 9),
            (4, enrolled(1), 5),
            (4, video(&[(10_000, 30_000)]), 6),
            (4, note("earlier"), 7),
            // Another attempt counts for itself.
            (5, enrolled(2), 8),
            (5, video(&[(40_000, 60_000)]), 9),
        ]);
        for (place, total) in [(3, 30_000), (4, 30_000), (5, 20_000)] {
            let progress = fold.progress(&RegistrationId::from_random([place; 16]), PERSON);
            assert_eq!(progress.step(&slug("v")).media.total(), total, "{place}");
        }
        let of = |place: u8| RegistrationId::from_random([place; 16]);
        let totals = |of: &RegistrationId| {
            let others = fold.other_attempts(of, PERSON);
            let total = |progress: &Progress| progress.step(&slug("v")).media.total();
            others.iter().map(total).collect::<Vec<_>>()
        };
        assert_eq!(
            (totals(&of(3)), totals(&of(5))),
            (vec![20_000], vec![30_000])
        );
        assert!(fold.other_attempts(&of(9), PERSON).is_empty());
        assert_eq!(fold.attempts("tag:x,2026:c", PERSON).len(), 2);
        assert!(fold.attempts("tag:x,2026:d", PERSON).is_empty());
        assert_eq!(fold.of_attempt(&of(3), PERSON).count(), 2);
        let progress = fold.progress(&of(4), PERSON);
        let step = progress.step(&slug("v"));
        assert_eq!(step.notes.get("").unwrap().text, "later");
        assert_eq!(progress.enrolment.as_ref().unwrap().at, Moment(1));
    }

    #[test]
    fn what_another_person_did_is_not_added_up_with_ones_own() {
        let mut fold = fold_of(vec![
            (3, enrolled(1), 1),
            (3, stretch("v", Medium::Video, &[(0, 10_000)], 10_000), 2),
        ]);
        let other = Author {
            actor: Actor {
                home_page: "tag:x,2026:c".into(),
                name: "somebody-else".into(),
            },
            installation: InstallationId::from_random([8; 16]),
        };
        for (at, body) in [
            enrolled(2),
            stretch("v", Medium::Video, &[(0, 50_000)], 50_000),
        ]
        .into_iter()
        .enumerate()
        {
            let id = RecordId::from_random([u8::try_from(at + 90).unwrap(); 16]);
            let new = body
                .into_record(id, RegistrationId::from_random([8; 16]))
                .unwrap();
            let record = Record::seal(new, &other, None, Moment(9)).unwrap();
            fold.apply(&record, &RuleBook::default());
        }
        let own = RegistrationId::from_random([3; 16]);
        let total = |progress: &Progress| progress.step(&slug("v")).media.total();
        assert_eq!(total(&fold.progress(&own, PERSON)), 10_000);
        assert!(fold.other_attempts(&own, PERSON).is_empty());
        let people = fold.people("tag:x,2026:c");
        assert_eq!(
            people.iter().map(total).collect::<Vec<_>>(),
            [10_000, 50_000]
        );
        let goes_on = fold.registration("tag:x,2026:c", &other);
        assert_eq!(goes_on, Some(&RegistrationId::from_random([8; 16])));
    }

    #[test]
    fn what_another_records_in_ones_registration_counts_for_nobody_but_marks_do() {
        let own = Author {
            actor: Actor {
                home_page: "tag:x,2026:c".into(),
                name: "n".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        let other = Author {
            actor: Actor {
                name: "somebody-else".into(),
                ..own.actor.clone()
            },
            installation: InstallationId::from_random([8; 16]),
        };
        let of = RegistrationId::from_random([3; 16]);
        let grade = json!({"indicator": "i", "points": 500});
        let records = [
            (&own, enrolled(1), 5),
            (&own, stretch("v", Medium::Video, &[(0, 10_000)], 10_000), 6),
            // Began before, as it says: it takes nothing over.
            (&other, enrolled(1), 1),
            (
                &other,
                stretch("v", Medium::Video, &[(0, 50_000)], 50_000),
                2,
            ),
            (&other, Body::Assessed("grade", grade), 9),
        ];
        let records = records
            .into_iter()
            .enumerate()
            .map(|(at, (by, body, when))| {
                let id = RecordId::from_random([u8::try_from(at).unwrap(); 16]);
                let new = body.into_record(id, of.clone()).unwrap();
                Record::seal(new, by, None, Moment(when)).unwrap()
            });
        let mut records: Vec<Record> = records.collect();
        for _ in 0..records.len() {
            records.rotate_left(1);
            let fold = fold(&records);
            let progress = fold.progress(&of, PERSON);
            assert_eq!(progress.step(&slug("v")).media.total(), 10_000);
            assert_eq!(progress.enrolment.as_ref().unwrap().at, Moment(5));
            assert_eq!(progress.kept.len(), 1, "a mark counts, whoever gave it");
            assert_eq!(fold.registration("tag:x,2026:c", &own), Some(&of));
        }
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
                course: None,
            })),
            ("[a-c]{0,3}", proptest::option::of(0u8..3)).prop_map(|(text, edits)| Body::Post(
                Post {
                    step: slug("d"),
                    text,
                    to: None,
                    quote: None,
                    course: None,
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
        fn splitting_an_attempt_over_registrations_changes_nothing(
            bodies in proptest::collection::vec((any_body(), 3u8..6), 0..20),
        ) {
            let with = |place: &dyn Fn(u8) -> u8| {
                let mut records: Vec<_> = (3..6).map(|at| (place(at), enrolled(1), 0)).collect();
                records.extend(bodies.iter().map(|((body, at), by)| (place(*by), body.clone(), *at)));
                fold_of(records).progress(&RegistrationId::from_random([3; 16]), PERSON).steps.clone()
            };
            prop_assert_eq!(with(&|by| by), with(&|_| 3));
        }

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
            let rules = Hash::of(b"");
            let row = crate::store::snapshot::write(&rules, 0, &fold(&records[..at]));
            let (_, mut resumed) = crate::store::snapshot::read(&row, &rules).unwrap();
            for record in &records[at..] {
                resumed.apply(record, &RuleBook::default());
            }
            prop_assert_eq!(resumed, fold(&records));
        }
    }
}
