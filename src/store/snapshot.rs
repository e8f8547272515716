//! The snapshot of the fold as it is stored, apart from the fold's own types: lists in a fixed
//! order, which are short and quick to read at every start. Readers made by serde of all these
//! types would be 20 KB of the module that every start waits for.
//!
//! A row that does not read as it should (damaged, or of another version) reads as absent: then
//! the log is read from its beginning, which is slower and nothing else.

use serde_json::Value;

use crate::domain::fold::Fold;
use crate::domain::hash::Hash;
use crate::domain::ids::{InstallationId, RecordId, RegistrationId, Slug};
use crate::domain::intervals::Intervals;
use crate::domain::progress::{
    Enrolment, Kept, LatestNote, Progress, StepProgress, Work, WorkKind,
};
use crate::domain::record::{Audience, Head};
use crate::domain::time::Moment;

/// The version of the row.
const VERSION: u64 = 6;

/// The row of a fold into which the records up to the arrival number `arrivals` went, folded by
/// the rules of this fingerprint.
#[must_use]
pub fn write(rules: &Hash, arrivals: u64, fold: &Fold) -> String {
    let heads = fold.heads.iter().map(|(installation, head)| {
        list([
            installation.as_str().into(),
            head.seq.into(),
            head.hash.to_string().into(),
        ])
    });
    let mut registrations = Vec::new();
    for (id, people) in fold.registrations.iter() {
        for (person, progress) in people.iter() {
            let steps = progress.steps.iter();
            registrations.push(list([
                id.as_str().into(),
                person.as_str().into(),
                progress.enrolment.as_ref().map_or(Value::Null, enrolment),
                list(steps.map(|(id, known)| step(id, known))),
                list(progress.kept.iter().map(kept)),
            ]));
        }
    }
    let row = list([
        VERSION.into(),
        rules.to_string().into(),
        arrivals.into(),
        fold.records.into(),
        fold.unknown.into(),
        fold.account.as_str().into(),
        list(heads),
        list(registrations),
    ]);
    row.to_string()
}

/// The arrival number and the fold of a row that was folded by these rules.
#[must_use]
pub fn read(row: &str, rules: &Hash) -> Option<(u64, Fold)> {
    let row: Value = serde_json::from_str(row).ok()?;
    let mut row = Row::of(&row)?;
    if row.number()? != VERSION || row.hash()? != *rules {
        return None;
    }
    let arrivals = row.number()?;
    let mut fold = Fold {
        records: row.number()?,
        unknown: row.number()?,
        account: row.text()?.to_owned(),
        ..Fold::default()
    };
    row.each(|row| {
        let installation = InstallationId::parse(row.text()?)?;
        let (seq, hash) = (row.number()?, row.hash()?);
        fold.heads.insert(installation, Head { seq, hash });
        Some(())
    })?;
    row.each(|row| {
        let id = RegistrationId::parse(row.text()?)?;
        let person = row.text()?.to_owned();
        let mut progress = Progress {
            enrolment: match row.next()? {
                Value::Null => None,
                known => Some(read_enrolment(&mut Row::of(known)?)?),
            },
            ..Progress::default()
        };
        row.each(|row| {
            let step = row.slug()?;
            progress.steps.insert(step, read_step(row)?);
            Some(())
        })?;
        row.each(|row| {
            progress.add_kept(Kept {
                at: row.moment()?,
                id: RecordId::parse(row.text()?)?,
                kind: row.text()?.to_owned(),
                by: row.text()?.to_owned(),
                verified: row.next()?.as_bool()?,
                body: row.next()?.clone(),
            });
            Some(())
        })?;
        fold.registrations.entry(id).insert(person, progress);
        Some(())
    })?;
    Some((arrivals, fold))
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

fn enrolment(enrolment: &Enrolment) -> Value {
    list([
        enrolment.at.0.into(),
        enrolment.course.as_str().into(),
        enrolment.course_version.as_str().into(),
        enrolment.course_hash.to_string().into(),
        enrolment.attempt.into(),
        enrolment.installation.as_str().into(),
        enrolment.person.as_str().into(),
    ])
}

fn read_enrolment(row: &mut Row<'_>) -> Option<Enrolment> {
    Some(Enrolment {
        at: row.moment()?,
        course: row.text()?.to_owned(),
        course_version: row.text()?.to_owned(),
        course_hash: row.hash()?,
        attempt: u32::try_from(row.number()?).ok()?,
        installation: InstallationId::parse(row.text()?)?,
        person: row.text()?.to_owned(),
    })
}

fn kept(kept: &Kept) -> Value {
    list([
        kept.at.0.into(),
        kept.id.as_str().into(),
        kept.kind.as_str().into(),
        kept.by.as_str().into(),
        kept.verified.into(),
        kept.body.clone(),
    ])
}

fn step(id: &Slug, step: &StepProgress) -> Value {
    let parts = step.parts.iter().map(|part| part.as_str().into());
    let notes = step.notes.iter().map(|(place, note)| {
        list([
            place.as_str().into(),
            note.at.0.into(),
            note.id.as_str().into(),
            note.text.as_str().into(),
        ])
    });
    let work = step.work.iter().map(|work| {
        list([
            work.at.0.into(),
            work.id.as_str().into(),
            u8::from(work.kind).into(),
            work.place.as_str().into(),
            work.size.into(),
            (work.audience as u8).into(),
        ])
    });
    list([
        id.as_str().into(),
        intervals(&step.media),
        intervals(&step.active),
        list(parts),
        step.completed_at.map_or(Value::Null, |at| at.0.into()),
        list(notes),
        list(work),
        list(
            step.days
                .iter()
                .map(|(day, media)| list([(*day).into(), intervals(media)])),
        ),
    ])
}

fn read_step(row: &mut Row<'_>) -> Option<StepProgress> {
    let mut step = StepProgress {
        media: row.intervals()?,
        active: row.intervals()?,
        ..StepProgress::default()
    };
    for part in row.items()? {
        step.parts.push(Slug::parse(part.as_str()?)?);
    }
    step.completed_at = match row.next()? {
        Value::Null => None,
        at => Some(Moment(at.as_i64()?)),
    };
    row.each(|row| {
        let place = row.text()?.to_owned();
        let note = LatestNote {
            at: row.moment()?,
            id: RecordId::parse(row.text()?)?,
            text: row.text()?.to_owned(),
        };
        step.notes.insert(place, note);
        Some(())
    })?;
    row.each(|row| {
        step.work.push(Work {
            at: row.moment()?,
            id: RecordId::parse(row.text()?)?,
            kind: WorkKind::try_from(u8::try_from(row.number()?).ok()?).ok()?,
            place: row.text()?.to_owned(),
            size: row.next()?.as_i64()?,
            audience: *Audience::ALL.get(usize::try_from(row.number()?).ok()?)?,
        });
        Some(())
    })?;
    row.each(|row| {
        let day = row.next()?.as_i64()?;
        step.days.insert(day, row.intervals()?);
        Some(())
    })?;
    Some(step)
}

/// Borders one after the other: from, to, from, to.
fn intervals(intervals: &Intervals) -> Value {
    let borders = intervals.as_slice().iter();
    list(borders.flat_map(|(from, to)| [Value::from(*from), Value::from(*to)]))
}

/// The items of a list that is read in order.
struct Row<'a>(std::slice::Iter<'a, Value>);

impl<'a> Row<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_array().map(|items| Self(items.iter()))
    }

    fn next(&mut self) -> Option<&'a Value> {
        self.0.next()
    }

    fn items(&mut self) -> Option<std::slice::Iter<'a, Value>> {
        self.next()?.as_array().map(|items| items.iter())
    }

    fn text(&mut self) -> Option<&'a str> {
        self.next()?.as_str()
    }

    fn number(&mut self) -> Option<u64> {
        self.next()?.as_u64()
    }

    fn moment(&mut self) -> Option<Moment> {
        self.next()?.as_i64().map(Moment)
    }

    fn hash(&mut self) -> Option<Hash> {
        Hash::parse(self.text()?)
    }

    fn slug(&mut self) -> Option<Slug> {
        Slug::parse(self.text()?)
    }

    fn intervals(&mut self) -> Option<Intervals> {
        let mut all = Intervals::new();
        let mut borders = self.items()?;
        while let Some(from) = borders.next() {
            all.insert(from.as_u64()?, borders.next()?.as_u64()?);
        }
        Some(all)
    }

    /// Shows `read` every list in the next item.
    fn each(&mut self, mut read: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        for item in self.items()? {
            read(&mut Self::of(item)?)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn uuid(number: u8) -> [u8; 16] {
        [number; 16]
    }

    fn full() -> Fold {
        let mut fold = Fold {
            records: 9,
            unknown: 2,
            ..Fold::default()
        };
        let head = Head {
            seq: 7,
            hash: Hash::of(b"head"),
        };
        fold.heads
            .insert(InstallationId::from_random(uuid(1)), head);
        let mut step = StepProgress {
            parts: vec![Slug::parse("a").unwrap(), Slug::parse("b").unwrap()],
            completed_at: Some(Moment(-5)),
            ..StepProgress::default()
        };
        step.media.extend(&[(0, 10), (20, 30)]);
        step.active.insert(1, 2);
        step.days.entry(-3).insert(20, 30);
        let note = LatestNote {
            at: Moment(3),
            id: RecordId::from_random(uuid(2)),
            text: "想\"\n".into(),
        };
        step.notes.insert("q".into(), note);
        step.work = Audience::ALL
            .into_iter()
            .zip([
                WorkKind::Submission,
                WorkKind::Post,
                WorkKind::Reflection,
                WorkKind::Question,
                WorkKind::Attempt,
            ])
            .zip(0..)
            .map(|((audience, kind), at)| Work {
                at: Moment(at),
                id: RecordId::from_random(uuid(3)),
                kind,
                place: "p".into(),
                size: -1,
                audience,
            })
            .collect();
        let mut progress = Progress {
            enrolment: Some(Enrolment {
                at: Moment(1),
                course: "tag:x,2026:c".into(),
                course_version: "1".into(),
                course_hash: Hash::of(b"course"),
                attempt: 2,
                installation: InstallationId::from_random(uuid(1)),
                person: "h|n".into(),
            }),
            ..Progress::default()
        };
        progress.steps.insert(Slug::parse("s").unwrap(), step);
        progress.add_kept(Kept {
            at: Moment(4),
            id: RecordId::from_random(uuid(6)),
            kind: "grade".into(),
            verified: true,
            by: "h|n".into(),
            body: serde_json::json!({"indicator": "i", "points": 500}),
        });
        let mut put = |id: u8, person: &str, progress: Progress| {
            let of = fold
                .registrations
                .entry(RegistrationId::from_random(uuid(id)));
            of.insert(person.to_owned(), progress);
        };
        put(4, "h|n", progress);
        put(4, "h|tutor", Progress::default());
        put(5, "", Progress::default());
        fold
    }

    #[test]
    fn what_was_written_is_read() {
        let rules = Hash::of(b"rules");
        for fold in [Fold::default(), full()] {
            let row = write(&rules, 12, &fold);
            assert_eq!(read(&row, &rules), Some((12, fold)));
            assert_eq!(read(&row, &Hash::of(b"others")), None);
        }
    }

    #[test]
    fn the_row_is_fixed() {
        let row = write(&Hash::of(b"rules"), 12, &full());
        assert_eq!(
            Hash::of(row.as_bytes()).to_string(),
            "264900524128c5b68d3f3ba23e5e97852dfd1775d1db1fbf8d63fddeffeacb72",
            "a change of the row needs another VERSION: {row}"
        );
    }

    #[test]
    fn intervals_of_a_damaged_row_are_a_proper_union() {
        let rules = Hash::of(b"rules");
        let row = write(&rules, 12, &full());
        let row = row.replace("[0,10,20,30]", "[5,1,10,20,15,18,20,25]");
        let (_, fold) = read(&row, &rules).unwrap();
        let (_, people) = fold.registrations.iter().next().unwrap();
        let progress = people.get("h|n").unwrap();
        let step = progress.step(&Slug::parse("s").unwrap());
        assert_eq!(step.media.as_slice(), [(10, 25)]);
        let odd = row.replace("[1,2]", "[1,2,3]");
        assert_eq!(read(&odd, &rules), None);
    }

    proptest! {
        #[test]
        fn a_damaged_row_reads_as_absent_or_as_something(at in 0usize..2_000, byte in any::<u8>()) {
            let rules = Hash::of(b"rules");
            let mut row = write(&rules, 12, &full()).into_bytes();
            let at = at % row.len();
            row[at] = byte;
            let cut = String::from_utf8_lossy(&row[..at]).into_owned();
            prop_assert_eq!(read(&cut, &rules), None);
            // No panic, whatever it reads.
            let _ = read(&String::from_utf8_lossy(&row), &rules);
        }
    }
}
