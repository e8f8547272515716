//! What screens know of the class beside the log: what people are called, and which of one's own
//! records a backend has. The screens of the class tell it; every other only asks.

use std::cell::RefCell;

use crate::domain::ids::RecordId;

/// What is known.
#[derive(Default)]
struct Known {
    /// Names by account ([`crate::domain::record::Actor::account`]).
    names: Vec<(String, String)>,
    /// Titles of partner classes by IRI.
    partners: Vec<(String, String)>,
    /// What it would not take.
    aside: Vec<RecordId>,
}

thread_local! {
    static KNOWN: RefCell<Known> = const {
        RefCell::new(Known { names: Vec::new(), partners: Vec::new(), aside: Vec::new() })
    };
}

/// Takes in what people and partner classes are called.
pub fn tell_names(names: Vec<(String, String)>, partners: Vec<(String, String)>) {
    KNOWN.with_borrow_mut(|known| (known.names, known.partners) = (names, partners));
}

/// Takes in what the backend would not take.
pub fn tell_aside(aside: Vec<RecordId>) {
    KNOWN.with_borrow_mut(|known| known.aside = aside);
}

/// What somebody is called; `otherwise` where the roster does not say.
pub fn name_of(account: &str, otherwise: &str) -> String {
    KNOWN.with_borrow(|known| {
        let found = known.names.iter().find(|(of, _)| of == account);
        if let Some((_, name)) = found {
            return name.clone();
        }
        // Of partner classes no roster is known, but what they are called.
        let (class, id) = account.rsplit_once('|').unwrap_or_default();
        let found = known.partners.iter().find(|(of, _)| of == class);
        found.map_or_else(
            || otherwise.to_owned(),
            |(_, title)| format!("{title} · {id}"),
        )
    })
}

/// Whether the backend, which has everything up to `settled`, has a record that arrived with this
/// number.
pub fn is_accepted(id: &RecordId, arrival: u64, settled: u64) -> bool {
    let reached = (1..=settled).contains(&arrival);
    reached && KNOWN.with_borrow(|known| !known.aside.contains(id))
}
