//! The outbox (DESIGN section 9): which records wait to be sent to a backend, what is sent next, and
//! what its answers mean for them. A pure state machine: time, chance and answers are passed in.
//!
//! A record leaves it only when the backend has it, or is put aside, visibly, when the backend was
//! asked and has it not and will not take it. Everything else is tried again.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::domain::ids::RecordId;
use crate::domain::time::Moment;
use crate::sync::retry::wait_ms;
use crate::wire::port::{BATCH, Frozen, Reply, There, Verdict, batch};

/// What waits, and how the backend is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbox {
    waiting: VecDeque<Frozen>,
    aside: Vec<Aside>,
    under_way: Option<UnderWay>,
    /// A record that is looked for before it is put aside: what the backend said of it.
    in_doubt: Option<(Frozen, String)>,
    /// Most records of the next batch: fewer once one was refused, until the bad one is found.
    most: usize,
    failures: u32,
    pause: Pause,
}

/// A record that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The record.
    pub record: Frozen,
    /// What the backend said; empty when another record stands under its id.
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum UnderWay {
    Push(Vec<Frozen>),
    Look(Frozen, String),
}

/// Why nothing is sent right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Nothing stands in the way.
    None,
    /// The backend or the way to it is not well: tried again at this moment.
    Until(Moment),
    /// What answers is no backend; tried again at this moment.
    Strange(Moment),
    /// Somebody has to sign in.
    SignIn,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Send these.
    Push(Vec<Frozen>),
    /// Look whether this is there.
    Look(Frozen),
}

/// What an answer settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The backend has it.
    Accepted(RecordId),
    /// It was put aside.
    Aside(RecordId),
}

/// When something is asked, and a chance for the wait after a failure.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Now.
    pub at: Moment,
    /// Evenly spread over all its values.
    pub random: u32,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            aside: Vec::new(),
            under_way: None,
            in_doubt: None,
            most: BATCH,
            failures: 0,
            pause: Pause::None,
        }
    }
}

impl Outbox {
    /// Takes a record in, after those that wait.
    pub fn add(&mut self, record: Frozen) {
        self.waiting.push_back(record);
    }

    /// Takes in a record that was put aside before.
    pub fn add_aside(&mut self, aside: Aside) {
        self.aside.push(aside);
    }

    /// Everything that the backend is not known to have and that was not put aside.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let under_way = match &self.under_way {
            Some(UnderWay::Push(batch)) => batch.len(),
            Some(UnderWay::Look(..)) => 1,
            None => 0,
        };
        self.waiting.len() + under_way + usize::from(self.in_doubt.is_some())
    }

    /// What was put aside.
    #[must_use]
    pub fn aside(&self) -> &[Aside] {
        &self.aside
    }

    /// Why nothing is sent right now.
    #[must_use]
    pub fn pause(&self) -> Pause {
        self.pause
    }

    /// What to do now; nothing while something is under way, or there is a pause.
    pub fn next(&mut self, now: Moment) -> Option<Act> {
        let paused = match self.pause {
            Pause::None => false,
            Pause::Until(at) | Pause::Strange(at) => now < at,
            Pause::SignIn => true,
        };
        if paused || self.under_way.is_some() {
            return None;
        }
        if let Some((record, why)) = self.in_doubt.take() {
            self.under_way = Some(UnderWay::Look(record.clone(), why));
            return Some(Act::Look(record));
        }
        let next = batch(self.waiting.iter().take(self.most));
        if next.is_empty() {
            return None;
        }
        self.waiting.drain(..next.len());
        self.under_way = Some(UnderWay::Push(next.clone()));
        Some(Act::Push(next))
    }

    /// Takes in the answer to a batch, and says what it settled.
    pub fn pushed(&mut self, reply: Reply, now: Now) -> Vec<Settled> {
        let Some(UnderWay::Push(batch)) = self.under_way.take() else {
            return Vec::new();
        };
        match reply {
            Reply::Accepted => {
                self.went_well();
                let ids = batch.into_iter().map(|record| record.id);
                ids.map(Settled::Accepted).collect()
            }
            Reply::Each(verdicts) => self.each(batch, &verdicts, now),
            Reply::Refused(why) => self.narrow(batch, why),
            Reply::Conflict => self.narrow(batch, String::new()),
            held_up => {
                self.back(batch);
                self.hold(&held_up, now);
                Vec::new()
            }
        }
    }

    fn each(
        &mut self,
        batch: Vec<Frozen>,
        verdicts: &[(RecordId, Verdict)],
        now: Now,
    ) -> Vec<Settled> {
        let mut settled = Vec::new();
        let mut unnamed = Vec::new();
        for record in batch {
            let verdict = verdicts.iter().find(|(id, _)| *id == record.id);
            match verdict {
                Some((id, Verdict::Accepted)) => settled.push(Settled::Accepted(id.clone())),
                Some((id, Verdict::Refused(why))) => {
                    settled.push(Settled::Aside(id.clone()));
                    let why = why.clone();
                    self.aside.push(Aside { record, why });
                }
                None => unnamed.push(record),
            }
        }
        if unnamed.is_empty() {
            self.went_well();
        } else {
            self.back(unnamed);
            self.hold(&Reply::Later(None), now);
        }
        settled
    }

    /// Something in the batch is not taken: half of it is tried next, and a single record is
    /// looked for before it is put aside.
    fn narrow(&mut self, mut batch: Vec<Frozen>, why: String) -> Vec<Settled> {
        self.failures = 0;
        self.pause = Pause::None;
        if batch.len() > 1 {
            self.most = batch.len() / 2;
            self.back(batch);
        } else {
            self.in_doubt = batch.pop().map(|record| (record, why));
        }
        Vec::new()
    }

    /// Takes in whether the record in doubt is there, and says what that settled.
    pub fn looked(&mut self, there: &There, now: Now) -> Vec<Settled> {
        let Some(UnderWay::Look(record, why)) = self.under_way.take() else {
            return Vec::new();
        };
        let id = record.id.clone();
        match there {
            There::Same => {
                self.went_well();
                vec![Settled::Accepted(id)]
            }
            There::Absent if why.is_empty() => {
                // In conflict a moment ago, and gone: it is sent again.
                self.waiting.push_front(record);
                self.hold(&Reply::Later(None), now);
                Vec::new()
            }
            There::Other | There::Absent => {
                self.went_well();
                self.aside.push(Aside { record, why });
                vec![Settled::Aside(id)]
            }
            There::Unknown(Reply::SignIn) => {
                // Some say of a batch that it is bad when nobody is signed in: it may be good.
                self.waiting.push_front(record);
                self.hold(&Reply::SignIn, now);
                Vec::new()
            }
            There::Unknown(reply) => {
                self.in_doubt = Some((record, why));
                self.hold(reply, now);
                Vec::new()
            }
        }
    }

    /// Somebody signed in, or the network is back: whatever waits is tried now.
    pub fn resume(&mut self) {
        self.failures = 0;
        self.pause = Pause::None;
    }

    fn went_well(&mut self) {
        self.failures = 0;
        self.pause = Pause::None;
        self.most = (self.most * 2).min(BATCH);
    }

    fn back(&mut self, batch: Vec<Frozen>) {
        for record in batch.into_iter().rev() {
            self.waiting.push_front(record);
        }
    }

    fn hold(&mut self, reply: &Reply, now: Now) {
        self.failures = self.failures.saturating_add(1);
        let after = |asked| {
            let wait = wait_ms(self.failures, asked, now.random);
            Moment(now.at.0.saturating_add_unsigned(wait))
        };
        self.pause = match reply {
            Reply::SignIn => Pause::SignIn,
            Reply::Later(asked) => Pause::Until(after(*asked)),
            _ => Pause::Strange(after(None)),
        };
    }
}
