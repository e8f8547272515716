//! The ledger (学时明细): by day and step, what was credited and what was not, and why; and whether
//! the chains of the records hold.
//!
//! What is credited comes from the same place as the standing ([`standing::credit_by_day`]), so
//! both can never differ; what was spent beside it is read from the records of the log.

use crate::domain::body::{Body, Reason};
use crate::domain::course::Course;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RegistrationId, SessionId, Slug};
use crate::domain::progress::Progress;
use crate::domain::record::{Actor, Head, Record};
use crate::domain::sorted::Sorted;
use crate::domain::standing;
use crate::domain::time::Moment;

/// What the log says of study time, as it is read record by record in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The account that the learner of this device signed in with; empty before.
    account: String,
    /// By beginning, visit and person: a stretch that was written down twice (under way when its step was
    /// completed, or recovered by another tab) is one.
    stretches: Sorted<Key, Stretch>,
    chains: Sorted<InstallationId, Chain>,
    damaged: u64,
}

/// One stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    /// Covered: media time of a video, wall time of a reading, in milliseconds.
    covered: u64,
    uncounted: Vec<(Reason, u64)>,
    step: Slug,
    registration: RegistrationId,
}

/// When a stretch began, in which visit, and whose it is ([`crate::domain::record::Actor::person`]).
type Key = (Moment, SessionId, String);

impl Stretch {
    fn size(&self) -> (u64, u64) {
        (self.covered, self.uncounted.iter().map(|(_, ms)| *ms).sum())
    }
}

/// The registrations of an attempt, and the person.
pub type Whose<'a> = (&'a [&'a RegistrationId], &'a str);

/// The chain of one installation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// Records of it.
    pub records: u64,
    /// Its end as far as it was read.
    pub head: Option<Head>,
    /// The first sequence number that does not follow the one before it.
    pub broken_at: Option<u64>,
    waiting: Sorted<u64, (Option<Hash>, Hash)>,
}

impl Chain {
    /// Takes in a record; one that comes before its predecessor waits for it.
    fn take(&mut self, record: &Record) {
        self.records += 1;
        let envelope = record.envelope();
        self.waiting
            .insert(envelope.seq, (envelope.prev, record.hash()));
        while self.broken_at.is_none() {
            let next = self.head.map_or(1, |head| head.seq + 1);
            let Some((prev, hash)) = self.waiting.remove(&next) else {
                break;
            };
            if prev == self.head.map(|head| head.hash) {
                self.head = Some(Head { seq: next, hash });
            } else {
                self.broken_at = Some(next);
            }
        }
    }

    /// Once everything was read: the first sequence number that is missing or does not fit.
    #[must_use]
    pub fn fault(&self) -> Option<u64> {
        let missing = || self.head.map_or(1, |head| head.seq + 1);
        self.broken_at
            .or_else(|| (!self.waiting.is_empty()).then(missing))
    }
}

/// One line of the ledger: a step on a day. All in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The day, counted from 1970 in the course's zone.
    pub day: i64,
    /// The step.
    pub step: Option<Slug>,
    /// Credited on this day.
    pub credited: u64,
    /// Whether the day is outside the study phase, so that the score does not count it.
    pub outside: bool,
    /// Covered but credited before, or more than the step can give.
    pub again: u64,
    /// Not counted, by reason.
    pub uncounted: Vec<(Reason, u64)>,
}

impl Line {
    fn pass(&mut self, reason: Reason, ms: u64) {
        match self
            .uncounted
            .iter_mut()
            .find(|(known, _)| *known == reason)
        {
            Some((_, sum)) => *sum = sum.saturating_add(ms),
            None => self.uncounted.push((reason, ms)),
        }
    }
}

impl Ledger {
    /// Takes in a row of the log that could not be read.
    pub fn take_damaged(&mut self) {
        self.damaged += 1;
    }

    /// Takes in a record.
    pub fn take(&mut self, record: &Record) {
        let envelope = record.envelope();
        self.chains.entry_of(&envelope.installation).take(record);
        if let (Body::Assessed("binding", body), None) = (record.body(), record.sender()) {
            let account = Fields(body).find("account").and_then(Actor::read);
            self.account = account.map_or_else(String::new, |account| account.account());
        }
        let Body::Studied(body) = record.body() else {
            return;
        };
        let covered = body
            .segments
            .iter()
            .map(|(from, to)| to.saturating_sub(*from));
        let stretch = Stretch {
            covered: covered.fold(0, u64::saturating_add),
            uncounted: body.uncounted.clone(),
            step: body.step.clone(),
            registration: envelope.registration.clone(),
        };
        let person = record.person("").into_owned();
        let key = (body.started_at, body.session.clone(), person);
        let known = self.stretches.get(&key);
        if known.is_none_or(|known| known.size() < stretch.size()) {
            self.stretches.insert(key, stretch);
        }
    }

    /// The chains by installation.
    pub fn chains(&self) -> impl Iterator<Item = (&InstallationId, &Chain)> {
        self.chains.iter()
    }

    /// Rows that could not be read.
    #[must_use]
    pub fn damaged(&self) -> u64 {
        self.damaged
    }

    fn of<'a>(
        &'a self,
        (of, person): Whose<'a>,
        own: bool,
    ) -> impl Iterator<Item = (&'a Key, &'a Stretch)> {
        let all = self.stretches.iter();
        let all = all.filter(|(_, each)| of.contains(&&each.registration));
        // What came from another of the learner's computers is the learner's own.
        let of_person = move |by: &str| by == person || person.is_empty() && by == self.account;
        all.filter(move |((_, _, by), _)| of_person(by) == own)
    }

    /// How many stretches other persons wrote into an attempt: they count for nobody.
    #[must_use]
    pub fn strangers(&self, whose: Whose<'_>) -> usize {
        self.of(whose, false).count()
    }

    /// The lines of an attempt by its registrations and what they add up to: the latest day first,
    /// and on it in the order of the course.
    #[must_use]
    pub fn lines(&self, course: &Course, progress: &Progress, whose: Whose<'_>) -> Vec<Line> {
        let enrolled = progress.enrolment.as_ref().map(|of| of.at);
        let study = enrolled.map(|at| course.calendar.phases(at).study);
        let outside = |day: i64| {
            let of = |at| course.meter.day_of(at);
            study.is_some_and(|study| !(of(study.opens)..=of(study.closes)).contains(&day))
        };
        let own = self.of(whose, true);
        let own: Vec<_> = own.collect();
        let mut days: Sorted<i64, Vec<Line>> = Sorted::default();
        for placed in course.steps() {
            let id = &placed.step.id;
            let known = progress.step(id);
            let mut lines: Sorted<i64, Line> = Sorted::default();
            for (day, credited) in standing::credit_by_day(placed.step, &known, course) {
                lines.entry(day).credited += credited;
            }
            for ((at, _, _), stretch) in own.iter().filter(|(_, each)| each.step == *id) {
                let line = lines.entry(course.meter.day_of(*at));
                line.again = line.again.saturating_add(stretch.covered);
                for (reason, ms) in &stretch.uncounted {
                    line.pass(*reason, *ms);
                }
            }
            for (day, line) in lines.iter() {
                let line = Line {
                    again: line.again.saturating_sub(line.credited),
                    ..line.clone()
                };
                let shown = line.credited + line.again + line.uncounted.len() as u64;
                if shown > 0 {
                    days.entry(*day).push(Line {
                        day: *day,
                        outside: outside(*day),
                        step: Some(id.clone()),
                        ..line
                    });
                }
            }
        }
        let mut all: Vec<Vec<Line>> = days.into_values().collect();
        all.reverse();
        all.into_iter().flatten().collect()
    }
}

/// A code of eight signs for the end of a chain, short enough to be read out: `3f2a-91bc`.
#[must_use]
pub fn head_code(head: &Head) -> String {
    let hash = head.hash.to_string();
    let (one, two) = hash.split_at_checked(4).unwrap_or_default();
    format!("{one}-{}", two.get(..4).unwrap_or_default())
}

/// A table as CSV for spreadsheets: UTF-8 with a byte order mark, without which Excel reads
/// Chinese as something else; CRLF; what could be taken for a formula is marked as text.
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1;
        let text = if formula {
            format!("'{text}")
        } else {
            text.clone()
        };
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(cell).collect();
        cells.join(",") + "\r\n"
    };
    let lines: String = rows.iter().map(line).collect();
    format!("\u{feff}{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::body::{Medium, Studied};
    use crate::domain::fold::{Fold, RuleBook};
    use crate::domain::ids::RecordId;
    use crate::domain::record::{Actor, Author};
    use proptest::prelude::*;

    fn course() -> Course {
        let root = env!("CARGO_MANIFEST_DIR");
        let text = std::fs::read(format!(
            "{root}/tests/native/fixtures/every-kind/course.json"
        ));
        crate::package::open::open(&text.unwrap()).unwrap()
    }

    static OWN: std::sync::LazyLock<RegistrationId> =
        std::sync::LazyLock::new(|| RegistrationId::from_random([2; 16]));

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    /// Records of one chain: step, media from and to in seconds, day, seconds idle.
    fn chain(stretches: &[(&str, u64, u64, i64, u64)]) -> Vec<Record> {
        let author = Author {
            actor: Actor {
                home_page: "h".into(),
                name: "n".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        let mut head = None;
        let mut records = Vec::new();
        for (at, (step, from, to, day, idle)) in stretches.iter().enumerate() {
            let started = Moment(day * 86_400_000 + 1_000_000 * i64::try_from(at).unwrap());
            let body = Body::Studied(Studied {
                step: slug(step),
                medium: Medium::Video,
                session: SessionId::from_random([9; 16]),
                segments: smallvec::smallvec![(from * 1_000, to * 1_000)],
                started_at: started,
                elapsed_ms: (to - from) * 1_000,
                uncounted: if *idle > 0 {
                    vec![(Reason::Idle, idle * 1_000)]
                } else {
                    Vec::new()
                },
            });
            let id = RecordId::from_random([u8::try_from(at).unwrap(); 16]);
            let new = body
                .into_record(id, RegistrationId::from_random([2; 16]))
                .unwrap();
            let record = Record::seal(new, &author, head.as_ref(), started).unwrap();
            head = Some(record.as_head());
            records.push(record);
        }
        records
    }

    fn ledger(records: &[Record]) -> (Ledger, Progress) {
        let (mut ledger, mut fold) = (Ledger::default(), Fold::default());
        let of = RegistrationId::from_random([2; 16]);
        for record in records {
            ledger.take(record);
            fold.apply(record, &RuleBook::default());
        }
        let progress = fold.progress(&of, "h|n").into_owned();
        (ledger, progress)
    }

    #[test]
    fn each_day_and_step_says_what_counted_what_not_and_why() {
        let course = course();
        let records = chain(&[
            ("m1-video", 0, 100, 10, 0),
            ("m1-video", 50, 150, 11, 7),
            ("m2-video", 0, 10, 11, 0),
            ("m1-video", 60, 70, 11, 3),
        ]);
        let (ledger, progress) = ledger(&records);
        let lines = ledger.lines(&course, &progress, (&[&OWN], "h|n"));
        let shown: Vec<_> = lines
            .iter()
            .map(|line| {
                let step = line.step.as_ref().unwrap().as_str();
                (
                    line.day,
                    step,
                    line.credited / 1_000,
                    line.again / 1_000,
                    line.uncounted.clone(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (11, "m1-video", 50, 60, vec![(Reason::Idle, 10_000)]),
                (11, "m2-video", 10, 0, vec![]),
                (10, "m1-video", 100, 0, vec![]),
            ]
        );
        let total: u64 = lines.iter().map(|line| line.credited).sum();
        assert_eq!(total, standing::credited(&course, &progress));
        let other = RegistrationId::from_random([3; 16]);
        let nothing = ledger.lines(&course, &Progress::default(), (&[&other], "h|n"));
        assert!(nothing.is_empty(), "another's stretches are no lines");
        let strangers = |person: &str| ledger.strangers((&[&OWN], person));
        assert_eq!((strangers("h|n"), strangers("h|m")), (0, 4));
    }

    #[test]
    fn a_stretch_that_was_written_down_twice_is_one() {
        let course = course();
        let mut records = chain(&[("m1-video", 0, 40, 10, 5)]);
        let Body::Studied(first) = records[0].body().clone() else {
            panic!("no stretch");
        };
        let longer = Body::Studied(Studied {
            segments: smallvec::smallvec![(0, 55_000)],
            elapsed_ms: 55_000,
            ..first
        });
        let id = RecordId::from_random([77; 16]);
        let new = longer
            .into_record(id, RegistrationId::from_random([2; 16]))
            .unwrap();
        let author = Author {
            actor: Actor {
                home_page: "h".into(),
                name: "n".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        let head = records[0].as_head();
        records.push(Record::seal(new, &author, Some(&head), Moment(0)).unwrap());
        let (ledger, progress) = ledger(&records);
        let lines = ledger.lines(&course, &progress, (&[&OWN], "h|n"));
        let [line] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert_eq!((line.credited, line.again), (55_000, 0));
        assert_eq!(line.uncounted, [(Reason::Idle, 5_000)]);
    }

    #[test]
    fn a_record_that_was_changed_or_left_out_breaks_the_chain_where_it_stood() {
        let records = chain(&[("m1-video", 0, 1, 1, 0); 5]);
        let fault = |records: &[Record]| {
            let (ledger, _) = ledger(records);
            let (_, chain) = ledger.chains().next().unwrap();
            (chain.fault(), chain.records)
        };
        assert_eq!(fault(&records), (None, 5));
        let without: Vec<Record> = records
            .iter()
            .take(2)
            .chain(records.iter().skip(3))
            .cloned()
            .collect();
        assert_eq!(fault(&without), (Some(3), 4));
        let mut changed = records.clone();
        let text = records[2]
            .canonical()
            .replace("\"elapsedMs\":1000", "\"elapsedMs\":1001");
        changed[2] = Record::parse(&text).unwrap();
        assert_eq!(
            fault(&changed),
            (Some(4), 5),
            "what follows it does not fit it"
        );
    }

    #[test]
    fn a_table_opens_in_a_spreadsheet_and_holds_no_formula() {
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let text = csv(&[row(&["日期", "说“好”\"的"]), row(&["=1+1", "-"])]);
        assert_eq!(
            text,
            "\u{feff}\"日期\",\"说“好”\"\"的\"\r\n\"'=1+1\",\"-\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn the_order_of_reading_does_not_matter_and_the_days_add_up(
            stretches in proptest::collection::vec((0usize..2, 0u64..200, 1u64..100, 0i64..4, 0u64..3), 1..12),
            order in proptest::collection::vec(any::<u32>(), 12),
        ) {
            static COURSE: std::sync::LazyLock<Course> = std::sync::LazyLock::new(course);
            let steps = ["m1-video", "m2-video"];
            let stretches: Vec<_> = stretches.into_iter()
                .map(|(step, from, length, day, idle)| (steps[step], from, from + length, day, idle))
                .collect();
            let records = chain(&stretches);
            let mut shuffled: Vec<_> = records.iter().cloned().zip(order).collect();
            shuffled.sort_by_key(|(_, key)| *key);
            let shuffled: Vec<_> = shuffled.into_iter().map(|(record, _)| record).collect();
            let (one, progress) = ledger(&records);
            let (other, _) = ledger(&shuffled);
            let lines = one.lines(&COURSE, &progress, (&[&OWN], "h|n"));
            prop_assert_eq!(&lines, &other.lines(&COURSE, &progress, (&[&OWN], "h|n")));
            let total: u64 = lines.iter().map(|line| line.credited).sum();
            prop_assert_eq!(total, standing::credited(&COURSE, &progress));
            prop_assert!(other.chains().all(|(_, chain)| chain.fault().is_none()));
        }
    }
}
