//! The rows of the mutable tables as they are stored: versioned, apart from the domain's types.
//! A row that does not read (damaged, or of a newer version) is treated as absent, never as an error.

use serde_json::{Value, json};

use crate::domain::body::Studied;
use crate::domain::canonical::canonical;
use crate::domain::fields::Fields;
use crate::domain::ids::{InstallationId, ProfileKey, RecordId, RegistrationId, Slug};
use crate::domain::lock::Lock;
use crate::domain::sorted::Sorted;
use crate::domain::time::Moment;

/// The version that rows are written in; rows of other versions are converted by a migration
/// or left alone.
pub const ROW_VERSION: u32 = 1;

/// A row, as it stands in its table.
pub trait Row: Sized {
    /// Its members.
    fn write(&self) -> Value;

    /// The row of these members, if it is whole.
    fn read(at: Fields<'_>) -> Option<Self>;
}

/// A row as text. Rows hold plain data, so this cannot fail; were it to, an empty row reads as absent.
#[must_use]
pub fn write<T: Row>(row: &T) -> String {
    text(row.write())
}

fn text(mut row: Value) -> String {
    row["v"] = ROW_VERSION.into();
    canonical(&row).unwrap_or_default()
}

/// The row that `text` holds, if it is of this version and whole.
#[must_use]
pub fn read<T: Row>(text: &str) -> Option<T> {
    T::read(Fields(&members(text)?))
}

fn members(text: &str) -> Option<Value> {
    let row: Value = serde_json::from_str(text).ok()?;
    (row.get("v")?.as_u64() == Some(u64::from(ROW_VERSION))).then_some(row)
}

/// A profile of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    /// Its key.
    pub profile: ProfileKey,
    /// The installation that writes its chain here.
    pub installation: InstallationId,
    /// Device clock when it was made.
    pub created_at: Moment,
    /// What the learner is called on this device; empty while nobody said.
    pub name: String,
    /// What keeps others from looking.
    pub lock: Option<Lock>,
    /// When the lock was last taken away by somebody who did not know the PIN.
    pub lock_lost_at: Option<Moment>,
}

/// Which profile to open when nobody chose one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultProfileRow {
    /// Its key.
    pub profile: ProfileKey,
}

/// Where a record stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdRow {
    /// Its arrival number.
    pub arrival: u64,
}

/// A running stretch: the record that it will become, saved strictly at every checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningRow {
    /// The id that its record will have.
    pub record: RecordId,
    /// The registration that it counts for.
    pub registration: RegistrationId,
    /// What was studied until now.
    pub studied: Studied,
}

/// A draft: words that were typed and not submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The words.
    pub text: String,
    /// Device clock of the last keystroke saved.
    pub at: Moment,
}

/// The place where a learner was in a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceRow {
    /// The open part of a reading.
    pub part: Option<Slug>,
    /// How far the page was scrolled, in thousandths of what can be scrolled.
    pub scrolled_permille: u32,
    /// Position in a video, in milliseconds.
    pub media_ms: u64,
    /// Where each part of a reading was read last; none of a part that was not scrolled, or was read to its
    /// end. Rows written before there were spots have none.
    pub spots: Sorted<Slug, Spot>,
}

/// A spot in a text, whatever size it is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The block (paragraph, heading, table…) that was first in sight, counted from 0.
    pub block: u32,
    /// How much of its height was out of sight, in thousandths.
    pub permille: u32,
}

impl Row for ProfileRow {
    fn write(&self) -> Value {
        let mut row = json!({"profile": self.profile.as_str(),
            "installation": self.installation.as_str(), "createdAt": self.created_at.0});
        if !self.name.is_empty() {
            row["name"] = self.name.as_str().into();
        }
        if let Some(lock) = &self.lock {
            row["lock"] = lock.write();
        }
        if let Some(at) = self.lock_lost_at {
            row["lockLostAt"] = at.0.into();
        }
        row
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            profile: ProfileKey::parse(at.text("profile")?)?,
            installation: InstallationId::parse(at.text("installation")?)?,
            created_at: Moment(at.whole("createdAt")?),
            name: at.words("name").unwrap_or_default(),
            lock: at.optional("lock", Lock::read)?,
            lock_lost_at: at.whole("lockLostAt").map(Moment),
        })
    }
}

impl Row for DefaultProfileRow {
    fn write(&self) -> Value {
        json!({"profile": self.profile.as_str()})
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            profile: ProfileKey::parse(at.text("profile")?)?,
        })
    }
}

impl Row for IdRow {
    fn write(&self) -> Value {
        json!({"arrival": self.arrival})
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            arrival: at.positive("arrival")?,
        })
    }
}

impl Row for RunningRow {
    fn write(&self) -> Value {
        json!({"record": self.record.as_str(), "registration": self.registration.as_str(),
            "studied": self.studied.write()})
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            record: at.id("record")?,
            registration: RegistrationId::parse(at.text("registration")?)?,
            studied: Studied::read(at.find("studied")?.0)?,
        })
    }
}

impl Row for DraftRow {
    fn write(&self) -> Value {
        json!({"text": self.text, "at": self.at.0})
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            text: at.text("text")?.to_owned(),
            at: Moment(at.whole("at")?),
        })
    }
}

impl Row for PlaceRow {
    fn write(&self) -> Value {
        let mut row = json!({"part": self.part.as_ref().map(Slug::as_str),
            "scrolledPermille": self.scrolled_permille, "mediaMs": self.media_ms});
        if !self.spots.is_empty() {
            let spot = |(part, spot): (&Slug, &Spot)| json!({"part": part.as_str(), "block": spot.block, "permille": spot.permille});
            row["spots"] = self.spots.iter().map(spot).collect();
        }
        row
    }

    fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            part: at.optional("part", |at| Slug::parse(at.0.as_str()?))?,
            scrolled_permille: at.count("scrolledPermille")?,
            media_ms: at.positive("mediaMs")?,
            spots: spots(at)?,
        })
    }
}

fn spots(at: Fields<'_>) -> Option<Sorted<Slug, Spot>> {
    let mut spots = Sorted::default();
    let read = |at: Fields<'_>| {
        let (block, permille) = (at.count("block")?, at.count("permille")?);
        Some((at.slug("part")?, Spot { block, permille }))
    };
    for (part, spot) in at.list_or_none("spots", read)? {
        spots.insert(part, spot);
    }
    Some(spots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_serialised_rows_are_fixed() {
        let profile = ProfileKey::from_random([1; 16]);
        let place = PlaceRow {
            part: Slug::parse("p"),
            scrolled_permille: 500,
            media_ms: 7,
            ..PlaceRow::default()
        };
        let mut within = place.clone();
        let spot = Spot {
            block: 12,
            permille: 250,
        };
        within.spots.insert(Slug::parse("p").expect("a slug"), spot);
        for (written, expected) in [
            (
                write(&ProfileRow {
                    profile: profile.clone(),
                    installation: InstallationId::from_random([2; 16]),
                    created_at: Moment(5),
                    name: String::new(),
                    lock: None,
                    lock_lost_at: None,
                }),
                r#"{"createdAt":5,"installation":"02020202-0202-4202-8202-020202020202","profile":"01010101-0101-4101-8101-010101010101","v":1}"#,
            ),
            (
                write(&DefaultProfileRow { profile }),
                r#"{"profile":"01010101-0101-4101-8101-010101010101","v":1}"#,
            ),
            (write(&IdRow { arrival: 3 }), r#"{"arrival":3,"v":1}"#),
            (
                write(&DraftRow {
                    text: "想".into(),
                    at: Moment(5),
                }),
                r#"{"at":5,"text":"想","v":1}"#,
            ),
            (
                write(&place),
                r#"{"mediaMs":7,"part":"p","scrolledPermille":500,"v":1}"#,
            ),
            (
                write(&within),
                r#"{"mediaMs":7,"part":"p","scrolledPermille":500,"spots":[{"block":12,"part":"p","permille":250}],"v":1}"#,
            ),
        ] {
            assert_eq!(written, expected);
        }
        assert_eq!(read::<PlaceRow>(&write(&place)), Some(place));
        assert_eq!(read::<PlaceRow>(&write(&within)), Some(within));
        let locked = ProfileRow {
            profile: ProfileKey::from_random([1; 16]),
            installation: InstallationId::from_random([2; 16]),
            created_at: Moment(5),
            name: "李娜".into(),
            lock: Lock::new("1234", &[3; 16], 10),
            lock_lost_at: Some(Moment(6)),
        };
        assert_eq!(read::<ProfileRow>(&write(&locked)), Some(locked));
    }

    #[test]
    fn a_damaged_or_newer_row_reads_as_absent() {
        for text in [
            "",
            "{",
            "null",
            r#"{"text":"x","at":1}"#,
            r#"{"v":2,"text":"x","at":1}"#,
            r#"{"v":1}"#,
        ] {
            assert_eq!(read::<DraftRow>(text), None, "{text}");
        }
    }
}
