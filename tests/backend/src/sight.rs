//! Who sees a record.

use rusqlite::ToSql;
use zhixing::domain::record::Audience;

use crate::auth::Asker;
use crate::enrol::Role;

/// Kinds of record that a tutor makes about a learner.
pub const ABOUT_A_LEARNER: &str = "('grade', 'final-grade', 'review-assignment', 'comment',
    'attendance', 'countersignature')";

/// Whether `:account` of class `:class`, a tutor if `:tutor`, sees the record `r` that `s`, a row
/// of `people`, sent first: one's own; what its audience lets one see; and as a learner what a tutor
/// made about one's registration.
pub fn seen() -> String {
    let [_, tutor, class, partner, public] = Audience::ALL.map(Audience::word);
    format!(
        "(EXISTS (SELECT 1 FROM sent WHERE record = r.id AND account = :account)
        OR r.audience = '{tutor}' AND s.class = :class AND :tutor
        OR r.audience IN ('{class}', '{partner}') AND s.class = :class
        OR r.audience = '{partner}' AND EXISTS
            (SELECT 1 FROM partners WHERE class = s.class AND partner = :class)
        OR r.audience = '{public}'
        OR r.kind IN {ABOUT_A_LEARNER} AND s.role = 'tutor' AND EXISTS
            (SELECT 1 FROM registrations o
             WHERE o.registration = r.registration AND o.account = :account))"
    )
}

/// Who asks, as [`seen`] wants it; `tutor` comes from [`is_tutor`].
pub fn asks<'a>(asker: &'a Asker, tutor: &'a bool) -> [(&'static str, &'a dyn ToSql); 3] {
    [
        (":account", &asker.name),
        (":class", &asker.class),
        (":tutor", tutor),
    ]
}

/// Whether the asker is a tutor.
pub fn is_tutor(asker: &Asker) -> bool {
    asker.role == Role::Tutor
}
