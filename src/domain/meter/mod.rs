//! The study meter (DESIGN section 7): turns what happens on the page into stretches of study,
//! and says at any moment whether time is counted, and if not, why.
//!
//! Both meters are fed with events and two clocks, keep at most one open stretch, and answer
//! each event with what is to be written down: [`Output`].

pub mod reading;
pub mod video;

use crate::domain::body::{Medium, Reason, Segments, Studied};
use crate::domain::ids::{SessionId, Slug};
use crate::domain::intervals::cut;
use crate::domain::time::Moment;

/// A stretch is sealed at the latest when it is so long, in milliseconds.
pub const LONGEST_STRETCH_MS: u64 = 60_000;

/// The open stretch is written down again when so much was added, in milliseconds: well under
/// the 2 s that may be lost when the browser is killed.
pub const CHECKPOINT_MS: u64 = 1_000;

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The device clock, which can be set.
    pub wall: Moment,
    /// Milliseconds of a clock that only goes forward, from any beginning.
    pub steady_ms: u64,
}

impl Clock {
    /// Milliseconds since `earlier` by the slower of both clocks; 0 when one went back.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> u64 {
        let wall = u64::try_from(self.wall.since(earlier.wall)).unwrap_or(0);
        wall.min(self.steady_ms.saturating_sub(earlier.steady_ms))
    }
}

/// What of the page bears on counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The browser calls the page hidden (another tab, minimised, covered on Windows).
    pub hidden: bool,
    /// This tab is the one that counts on this device.
    pub counter: bool,
    /// Where now lies in the course's study window.
    pub season: Season,
}

/// Where now lies in the course's study window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// Before it, warm-up included: nothing counts yet.
    NotYet,
    /// Inside.
    Open,
    /// After it.
    Closed,
}

/// Whether time is counted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Counting.
    Counting,
    /// Not counting, because …
    NotCounting(Because),
}

/// Why time is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The video is paused or at its end.
    Paused,
    /// The page is hidden and the video has no sound.
    HiddenMuted,
    /// The page is hidden, so nobody reads it.
    Hidden,
    /// The text is not on the page: it is on its way, or cannot be had.
    NoText,
    /// This place of the video is credited already.
    AlreadyCredited,
    /// No scroll, key, pointer or page turn for longer than the course allows.
    Idle,
    /// All the time that this step can give is credited.
    StepFull,
    /// The study window has not opened yet.
    NotOpenYet,
    /// The study window has closed.
    Closed,
    /// Another tab of this device is counting.
    AnotherTab,
    /// The video plays faster than the highest counted speed: the surplus is cut off.
    TooFast,
}

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Keep this as the running stretch, in place of what was kept before.
    Checkpoint(Studied),
    /// The running stretch has ended: make it a record.
    Seal(Studied),
}

/// A visit in which nothing was counted is written down if it lasted so long, in milliseconds.
const WORTH_A_RECORD_MS: u64 = 10_000;

/// A stretch that is still growing.
#[derive(Debug, Clone)]
struct Open {
    studied: Studied,
    kept_ms: u64,
}

/// What both meters share: one step, one visit, and the open stretch.
#[derive(Debug, Clone)]
struct Keeper {
    step: Slug,
    session: SessionId,
    open: Option<Open>,
    /// What was not counted since the last stretch was sealed, by reason, in milliseconds.
    uncounted: Vec<(Reason, u64)>,
}

impl Keeper {
    fn new(step: Slug, session: SessionId) -> Self {
        Self {
            step,
            session,
            open: None,
            uncounted: Vec::new(),
        }
    }

    /// Adds time that was not counted.
    fn pass(&mut self, reason: Reason, ms: u64) {
        if ms == 0 {
            return;
        }
        let at = self.uncounted.partition_point(|(known, _)| *known < reason);
        match self.uncounted.get_mut(at) {
            Some((known, sum)) if *known == reason => *sum = sum.saturating_add(ms),
            _ => self.uncounted.insert(at, (reason, ms)),
        }
    }

    /// Adds `[from, to)` that took `elapsed_ms`, begun at `started`.
    fn grow(&mut self, medium: &Medium, from: u64, to: u64, elapsed_ms: u64, started: Moment) {
        let open = self.open.get_or_insert_with(|| Open {
            studied: Studied {
                step: self.step.clone(),
                medium: medium.clone(),
                session: self.session.clone(),
                segments: Segments::new(),
                started_at: started,
                elapsed_ms: 0,
                uncounted: Vec::new(),
            },
            kept_ms: 0,
        });
        match open.studied.segments.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ => open.studied.segments.push((from, to)),
        }
        open.studied.elapsed_ms += elapsed_ms;
    }

    /// Seals a stretch that is long enough, or checkpoints one that has grown enough.
    fn keep(&mut self, max_speed_percent: u32) -> Option<Output> {
        let open = self.open.as_mut()?;
        let elapsed = open.studied.elapsed_ms;
        if elapsed >= LONGEST_STRETCH_MS {
            return self.seal(max_speed_percent);
        }
        if elapsed < open.kept_ms + CHECKPOINT_MS {
            return None;
        }
        open.kept_ms = elapsed;
        let mut studied = trimmed(&open.studied, max_speed_percent);
        studied.uncounted.clone_from(&self.uncounted);
        Some(Output::Checkpoint(studied))
    }

    /// Ends the open stretch, if there is one.
    fn seal(&mut self, max_speed_percent: u32) -> Option<Output> {
        let open = self.open.take()?;
        let mut studied = trimmed(&open.studied, max_speed_percent);
        let kept = covered(&studied.segments);
        let surplus = covered(&open.studied.segments).saturating_sub(kept);
        self.pass(Reason::TooFast, surplus);
        studied.uncounted = std::mem::take(&mut self.uncounted);
        Some(Output::Seal(studied))
    }

    /// Ends the visit: if no stretch is open, what was not counted is written down by itself, so
    /// that the ledger can say why.
    fn leave(&mut self, medium: &Medium, max_speed_percent: u32, now: Moment) -> Option<Output> {
        if self.open.is_none() {
            let sum: u64 = self.uncounted.iter().map(|(_, ms)| *ms).sum();
            if sum < WORTH_A_RECORD_MS {
                return None;
            }
            self.open = Some(Open {
                studied: Studied {
                    step: self.step.clone(),
                    medium: medium.clone(),
                    session: self.session.clone(),
                    segments: Segments::new(),
                    started_at: now,
                    elapsed_ms: 0,
                    uncounted: Vec::new(),
                },
                kept_ms: 0,
            });
        }
        self.seal(max_speed_percent)
    }
}

/// Length of segments in milliseconds.
fn covered(segments: &[(u64, u64)]) -> u64 {
    segments
        .iter()
        .map(|(from, to)| to.saturating_sub(*from))
        .sum()
}

/// The stretch cut to the time that passed × the highest counted speed.
fn trimmed(studied: &Studied, max_speed_percent: u32) -> Studied {
    let budget = studied
        .elapsed_ms
        .saturating_mul(u64::from(max_speed_percent))
        / 100;
    Studied {
        segments: cut(&studied.segments, budget).into(),
        ..studied.clone()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Both clocks going together from a fixed beginning.
    pub(crate) fn at(ms: u64) -> Clock {
        Clock {
            wall: Moment(1_000_000 + i64::try_from(ms).unwrap()),
            steady_ms: ms,
        }
    }

    pub(crate) const VISIBLE: Page = Page {
        hidden: false,
        counter: true,
        season: Season::Open,
    };

    /// Everything sealed, as one list of segments.
    pub(crate) fn sealed(outputs: &[Output]) -> Vec<(u64, u64)> {
        outputs
            .iter()
            .filter_map(|output| match output {
                Output::Seal(studied) => Some(studied.segments.to_vec()),
                Output::Checkpoint(_) => None,
            })
            .flatten()
            .collect()
    }

    #[test]
    fn elapsed_time_is_the_smaller_of_both_clocks() {
        let from = at(0);
        for (wall, steady, expected) in [
            (10, 10, 10),
            (3_600_000, 10, 10),
            (10, 3_600_000, 10),
            (-3_600_000, 10, 0),
        ] {
            let to = Clock {
                wall: Moment(from.wall.0 + wall),
                steady_ms: steady,
            };
            assert_eq!(to.since(&from), expected);
        }
    }
}
