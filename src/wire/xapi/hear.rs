//! Statements as records.

use serde_json::Value;

use super::RECORD;
use crate::domain::fields::Fields;
use crate::domain::record::{Actor, Record};
use crate::domain::time::Moment;

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The record that it carries.
    pub record: Record,
    /// The account that the statement names as its actor.
    pub account: Actor,
    /// When the backend took it in, by its own clock.
    pub stored: Option<Moment>,
}

/// The record of a statement; `None` for statements of other tools, for those that stand beside a
/// record's own, and for whatever does not hold together: a record under another's id.
#[must_use]
pub fn hear(statement: &Value) -> Option<Heard> {
    let at = Fields(statement);
    let text = at.find("context")?.find("extensions")?.text(RECORD)?;
    let record = Record::parse(text).ok()?;
    let own = at
        .text("id")?
        .eq_ignore_ascii_case(record.envelope().id.as_str());
    let account = Actor::read(at.find("actor")?.find("account")?)?;
    let stored = at.text("stored").and_then(Moment::parse_rfc3339);
    own.then_some(Heard {
        record,
        account,
        stored,
    })
}
