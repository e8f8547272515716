//! Whose the records of a packet are. A record's own actor is a device's until somebody signed in
//! there; `binding` records say whose the device is.

use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::record::{Actor, LOCAL_HOME_PAGE, Record, Sender};
use crate::domain::sorted::Sorted;

/// The records of a packet with their senders, as the packet itself says: nobody vouches for it.
///
/// A device of which the packet says nothing is the learner's own while nobody has signed in here,
/// for then packets come from one's other computers; afterwards it is a stranger's. `own` is the
/// device's own name, `signed_in` whether somebody has signed in here.
#[must_use]
pub fn attributed(records: Vec<Record>, own: &str, signed_in: bool) -> Vec<Record> {
    let mut owners: Sorted<String, Actor> = Sorted::default();
    for record in &records {
        if let Body::Assessed("binding", body) = record.body()
            && let Some(account) = Fields(body).find("account").and_then(Actor::read)
        {
            let name = record.envelope().actor.name.clone();
            // The first stands, as everywhere.
            if owners.get(&name).is_none() {
                owners.insert(name, account);
            }
        }
    }
    let mut all = Vec::with_capacity(records.len());
    for record in records {
        let actor = &record.envelope().actor;
        let foreign = actor.home_page == LOCAL_HOME_PAGE && actor.name != own;
        let account = match owners.get(&actor.name) {
            Some(account) => Some(account.clone()),
            None => signed_in.then(|| actor.clone()),
        };
        all.push(match account.filter(|_| foreign) {
            Some(account) => record.from(Sender {
                account,
                verified: false,
            }),
            None => record,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::{Fold, RuleBook};
    use crate::domain::ids::{InstallationId, RecordId, RegistrationId};
    use crate::domain::record::Author;
    use crate::domain::time::Moment;
    use serde_json::json;

    fn record(device: &str, id: u8, body: Body) -> Record {
        let author = Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.into(),
                name: device.into(),
            },
            installation: InstallationId::from_random([id; 16]),
        };
        let id = RecordId::from_random([id; 16]);
        let new = body
            .into_record(id, RegistrationId::from_random([1; 16]))
            .unwrap();
        Record::seal(new, &author, None, Moment(0)).unwrap()
    }

    fn binding(device: &str, id: u8, name: &str) -> Record {
        let account = json!({"homePage": "tag:x,2026:c", "name": name});
        record(
            device,
            id,
            Body::Assessed("binding", json!({"account": account})),
        )
    }

    fn notice(device: &str, id: u8) -> Record {
        record(device, id, Body::Assessed("notice", json!({"text": "x"})))
    }

    fn persons(records: Vec<Record>, signed_in: bool) -> Vec<String> {
        let all = attributed(records, "own", signed_in);
        all.iter()
            .map(|record| record.person("").into_owned())
            .collect()
    }

    #[test]
    fn a_packet_says_whose_its_devices_are_and_nobody_vouches_for_it() {
        let packet = || {
            vec![
                notice("a", 1),
                binding("a", 2, "li"),
                notice("own", 3),
                notice("b", 4),
            ]
        };
        let li = "tag:x,2026:c|li".to_owned();
        let nobody = String::new();
        assert_eq!(
            persons(packet(), false),
            [li.clone(), li.clone(), nobody.clone(), nobody.clone()]
        );
        let stranger = format!("{LOCAL_HOME_PAGE}|b");
        assert_eq!(persons(packet(), true), [li.clone(), li, nobody, stranger]);
        let all = attributed(packet(), "own", true);
        let verified = all
            .iter()
            .filter_map(Record::sender)
            .any(|sender| sender.verified);
        assert!(!verified);
    }

    #[test]
    fn a_second_binding_takes_nobody_over() {
        let packet = vec![
            binding("a", 1, "li"),
            binding("a", 2, "thief"),
            notice("a", 3),
        ];
        assert_eq!(
            persons(packet, true).last().map(String::as_str),
            Some("tag:x,2026:c|li")
        );
    }

    #[test]
    fn what_came_from_the_learners_other_computer_is_theirs_once_they_sign_in() {
        let theirs = attributed(vec![binding("a", 2, "li"), notice("a", 1)], "own", false);
        let mut fold = Fold::default();
        for record in &theirs {
            fold.apply(record, &RuleBook::default());
        }
        assert!(fold.account.is_empty(), "a packet binds nobody");
        fold.apply(&binding("own", 3, "li"), &RuleBook::default());
        assert_eq!(fold.account, "tag:x,2026:c|li");
        let (_, people) = fold.registrations.iter().next().unwrap();
        let people: Vec<&str> = people.iter().map(|(person, _)| person.as_str()).collect();
        assert_eq!(people, [""]);
    }
}
