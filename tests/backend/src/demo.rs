//! A class to try the app and the contract with.

use crate::enrol::{Class, Enrolment, Person, Role};
use crate::store::{Store, StoreError};

/// IRI of the class that [`demo`] makes.
pub const DEMO_CLASS: &str = "tag:zhixing.example,2026:class/demo";

/// Makes the class 示范班 ([`DEMO_CLASS`]) of two learners, `li-na` and `wang-wei`, and a tutor,
/// `chen`, whose passwords are their ids with `-2026`. Making it again
/// puts names and passwords back and leaves everything else.
///
/// # Errors
/// What [`Store::enrol`] says.
pub fn demo(store: &Store) -> Result<(), StoreError> {
    store.enrol(&Enrolment::Class(Class {
        iri: DEMO_CLASS.to_owned(),
        title: "示范班".to_owned(),
        path: ["示范省", "示范县", "示范学校"].map(str::to_owned).to_vec(),
    }))?;
    for (name, title, role) in [
        ("li-na", "李娜", Role::Learner),
        ("wang-wei", "王伟", Role::Learner),
        ("chen", "陈老师", Role::Tutor),
    ] {
        let person = Person {
            name: name.to_owned(),
            title: title.to_owned(),
            role,
            class: DEMO_CLASS.to_owned(),
            key: None,
        };
        store.enrol(&Enrolment::Person(person, format!("{name}-2026")))?;
    }
    Ok(())
}
