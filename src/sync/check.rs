//! The connection check: what each answer of a backend means for whoever wants to send there. It is
//! asked step by step ([`Step`]); the first step that fails ends it.

use crate::domain::record::Actor;
use crate::domain::time::Moment;
use crate::wire::port::{Reply, There, Verdict};

/// A step of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something answers at the address.
    Reach,
    /// The credentials are taken, and whose they are is known.
    SignIn,
    /// What others sent can be read.
    Read,
    /// A record can be handed in.
    Write,
    /// The same once more changes nothing.
    Again,
    /// It is there, word for word, under its own id.
    Back,
    /// What is left of a list can be asked for.
    Page,
    /// Both clocks agree.
    Clock,
    /// Who may read what is seen to.
    Audience,
    /// Attached files can be handed in.
    Files,
}

/// What a step found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is as it should be.
    Well,
    /// The backend can be used, but lacks this.
    Lacks,
    /// It could not be tried.
    Untried,
    /// The backend cannot be used.
    Fails(Why),
}

/// Why a backend cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing answers.
    Silent,
    /// Something answers, but the browser may not read it (CORS).
    Cors,
    /// Name or password is not taken, or not for this.
    SignIn,
    /// Not now.
    Unwell,
    /// Something else is there.
    Strange,
    /// It would not take a record that every backend must take.
    Refuses,
    /// It gave the record another id, or changed it: then nothing could ever be found again.
    Changes,
    /// The records of this device are another person's.
    OtherPerson,
}

impl Found {
    /// What an answer means that has to be well.
    #[must_use]
    pub fn of<T>(answer: &Result<T, Reply>) -> Self {
        match answer {
            Ok(_) => Self::Well,
            Err(reply) => Self::Fails(why(reply)),
        }
    }

    /// What the answer to a record means that was handed in.
    #[must_use]
    pub fn written(reply: &Reply) -> Self {
        match reply {
            Reply::Accepted | Reply::Conflict => Self::Well,
            Reply::Each(verdicts) => match verdicts.first() {
                Some((_, Verdict::Accepted)) => Self::Well,
                Some((_, Verdict::Refused(_))) => Self::Fails(Why::Refuses),
                None => Self::Fails(Why::Strange),
            },
            other => Self::Fails(why(other)),
        }
    }

    /// What looking for a record means that was handed in a moment ago. A store that takes its time
    /// has it soon; one that says so of something else has changed it.
    #[must_use]
    pub fn back(there: &There) -> Self {
        match there {
            There::Same => Self::Well,
            There::Absent | There::Other => Self::Fails(Why::Changes),
            There::Unknown(reply) => Self::Fails(why(reply)),
        }
    }

    /// What the backend's clock means; `None` where it does not tell.
    #[must_use]
    pub fn clock(theirs: Option<Moment>, ours: Moment) -> Self {
        const MOST_MS: u64 = 5 * 60_000;
        match theirs {
            None => Self::Untried,
            Some(theirs) if theirs.0.abs_diff(ours.0) <= MOST_MS => Self::Well,
            Some(_) => Self::Lacks,
        }
    }

    /// Whether the device, if it is bound to anybody, is the account's.
    #[must_use]
    pub fn bound(bound: Option<&Actor>, account: &Actor) -> Self {
        match bound {
            Some(bound) if bound != account => Self::Fails(Why::OtherPerson),
            _ => Self::Well,
        }
    }
}

fn why(reply: &Reply) -> Why {
    match reply {
        Reply::SignIn => Why::SignIn,
        Reply::Later(_) => Why::Unwell,
        Reply::Refused(_) => Why::Refuses,
        _ => Why::Strange,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RecordId;

    #[test]
    fn only_a_backend_that_keeps_a_record_as_it_is_can_be_used() {
        let id = || RecordId::from_random([1; 16]);
        for (reply, found) in [
            (Reply::Accepted, Found::Well),
            (Reply::Conflict, Found::Well),
            (Reply::Each(vec![(id(), Verdict::Accepted)]), Found::Well),
            (
                Reply::Each(vec![(id(), Verdict::Refused("no".into()))]),
                Found::Fails(Why::Refuses),
            ),
            (Reply::Each(Vec::new()), Found::Fails(Why::Strange)),
            (Reply::Refused("400".into()), Found::Fails(Why::Refuses)),
            (Reply::SignIn, Found::Fails(Why::SignIn)),
            (Reply::Later(None), Found::Fails(Why::Unwell)),
            (Reply::Strange, Found::Fails(Why::Strange)),
        ] {
            assert_eq!(Found::written(&reply), found, "{reply:?}");
        }
        for (there, found) in [
            (There::Same, Found::Well),
            (There::Absent, Found::Fails(Why::Changes)),
            (There::Other, Found::Fails(Why::Changes)),
            (There::Unknown(Reply::Strange), Found::Fails(Why::Strange)),
        ] {
            assert_eq!(Found::back(&there), found, "{there:?}");
        }
    }

    #[test]
    fn a_clock_may_be_five_minutes_off_and_a_device_is_one_persons() {
        let ours = Moment(1_000_000_000);
        for (theirs, found) in [
            (None, Found::Untried),
            (Some(1_000_300_000), Found::Well),
            (Some(1_000_300_001), Found::Lacks),
            (Some(999_699_999), Found::Lacks),
        ] {
            assert_eq!(Found::clock(theirs.map(Moment), ours), found);
        }
        let account = |name: &str| Actor {
            home_page: "tag:x,2026:c".into(),
            name: name.into(),
        };
        assert_eq!(Found::bound(None, &account("li")), Found::Well);
        assert_eq!(
            Found::bound(Some(&account("li")), &account("li")),
            Found::Well
        );
        let other = Found::bound(Some(&account("wang")), &account("li"));
        assert_eq!(other, Found::Fails(Why::OtherPerson));
    }
}
