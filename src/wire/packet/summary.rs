//! What a packet holds, told before it is taken in.

use super::Packet;
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::ids::{InstallationId, RecordId};
use crate::domain::record::{Actor, LOCAL_HOME_PAGE};
use crate::domain::time::Moment;

/// What a packet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// When it was made; `None` where it does not say so in a form that is known.
    pub made: Option<Moment>,
    /// What the learner is called, as they say.
    pub name: String,
    /// The installation that made it.
    pub installation: InstallationId,
    /// Kinds of records, and how many of each; most first.
    pub kinds: Vec<(String, usize)>,
    /// When the first and the last record were made.
    pub span: Option<(Moment, Moment)>,
    /// Who made them, as far as it says so, in order of their first record.
    pub people: Vec<Actor>,
    /// The ids of the records.
    pub ids: Vec<RecordId>,
    /// How many files it holds.
    pub files: usize,
    /// Their bytes.
    pub file_bytes: u64,
    /// Bytes of what is damaged in it.
    pub damaged: u64,
}

impl Summary {
    /// Sums a packet up.
    #[must_use]
    pub fn of(packet: &Packet) -> Self {
        let mut kinds: Vec<(String, usize)> = Vec::new();
        let mut people: Vec<Actor> = Vec::new();
        let mut span: Option<(Moment, Moment)> = None;
        for record in &packet.records {
            let envelope = record.envelope();
            match kinds.iter_mut().find(|(kind, _)| *kind == envelope.kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((envelope.kind.clone(), 1)),
            }
            let at = envelope.recorded_at;
            let (first, last) = span.unwrap_or((at, at));
            span = Some((first.min(at), last.max(at)));
            // A device that nobody signed in on has no name; a binding says whose it is.
            let bound = match record.body() {
                Body::Assessed("binding", body) => {
                    Fields(body).find("account").and_then(Actor::read)
                }
                _ => None,
            };
            let named = (envelope.actor.home_page != LOCAL_HOME_PAGE).then_some(&envelope.actor);
            for person in named.into_iter().chain(&bound) {
                if !people.contains(person) {
                    people.push(person.clone());
                }
            }
        }
        kinds.sort_by(|(_, one), (_, other)| other.cmp(one));
        let ids = packet.records.iter();
        Self {
            made: Moment::parse_rfc3339(&packet.header.created_at),
            name: packet.header.name.clone(),
            installation: packet.header.installation.clone(),
            kinds,
            span,
            people,
            ids: ids.map(|record| record.envelope().id.clone()).collect(),
            files: packet.files.len(),
            file_bytes: packet
                .files
                .iter()
                .map(|(_, bytes)| bytes.len() as u64)
                .sum(),
            damaged: packet.damaged,
        }
    }
}
