//! The rows of the mutable tables as they are stored: versioned, apart from the domain's types.
//! A row that does not read (damaged, or of a newer version) is treated as absent, never as an error.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::domain::body::Studied;
use crate::domain::canonical::canonical;
use crate::domain::ids::{InstallationId, ProfileKey, RecordId, RegistrationId, Slug};
use crate::domain::json;
use crate::domain::time::Moment;

/// The version that rows are written in; rows of other versions are converted by a migration
/// or left alone.
pub const ROW_VERSION: u32 = 1;

/// A row as text. Rows hold plain data, so this cannot fail; were it to, an empty row reads as absent.
#[must_use]
pub fn write<T: Serialize>(row: &T) -> String {
    let Ok(Value::Object(mut members)) = serde_json::to_value(row) else {
        return String::new();
    };
    members.insert("v".to_owned(), Value::from(ROW_VERSION));
    canonical(&Value::Object(members)).unwrap_or_default()
}

/// The row that `text` holds, if it is of this version and whole.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let row: Value = serde_json::from_str(text).ok()?;
    if row.get("v")?.as_u64() != Some(u64::from(ROW_VERSION)) {
        return None;
    }
    json::typed(&row).ok()
}

/// A profile of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileRow {
    /// Its key.
    pub profile: ProfileKey,
    /// The installation that writes its chain here.
    pub installation: InstallationId,
    /// Device clock when it was made.
    pub created_at: Moment,
}

/// Which profile to open when nobody chose one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultProfileRow {
    /// Its key.
    pub profile: ProfileKey,
}

/// Where a record stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdRow {
    /// Its arrival number.
    pub arrival: u64,
}

/// A running stretch: the record that it will become, saved strictly at every checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningRow {
    /// The id that its record will have.
    pub record: RecordId,
    /// The registration that it counts for.
    pub registration: RegistrationId,
    /// What was studied until now.
    pub studied: Studied,
}

/// A draft: words that were typed and not submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// The words.
    pub text: String,
    /// Device clock of the last keystroke saved.
    pub at: Moment,
}

/// The place where a learner was in a step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceRow {
    /// The open part of a reading.
    pub part: Option<Slug>,
    /// How far the part was scrolled, in thousandths of its height.
    pub scrolled_permille: u32,
    /// Position in a video, in milliseconds.
    pub media_ms: u64,
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
        };
        for (written, expected) in [
            (
                write(&ProfileRow {
                    profile: profile.clone(),
                    installation: InstallationId::from_random([2; 16]),
                    created_at: Moment(5),
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
        ] {
            assert_eq!(written, expected);
        }
        assert_eq!(read::<PlaceRow>(&write(&place)), Some(place));
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
