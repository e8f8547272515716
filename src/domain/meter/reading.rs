//! Counting a reading: time in which the text is visible and the reader was lately active.

use super::{Because, Clock, Keeper, Output, Page, Season, Status};
use crate::domain::body::{Medium, Reason};
use crate::domain::course::MeterRules;
use crate::domain::ids::{SessionId, Slug};

/// Ticks further apart than this, in milliseconds, mean that the device slept or the page was
/// frozen: what lies between them is not counted.
const LONGEST_GAP_MS: u64 = 10_000;

/// What happens on the page of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingEvent {
    /// A scroll, key, pointer or page turn.
    Active,
    /// Time passed; to be sent every second.
    Tick,
    /// Another part is open now; its text is not there until that is told.
    Part(Slug),
    /// The text of the part is on the page from now on, or it is not: on its way, or not to be had.
    Text(bool),
    /// The page's visibility or turn to count changed.
    PageChanged,
    /// The step is left or the page goes away.
    Left,
}

/// The meter of one visit to one reading.
#[derive(Debug, Clone)]
pub struct ReadingMeter {
    keeper: Keeper,
    rules: MeterRules,
    part: Slug,
    text: bool,
    active: Clock,
    last: (Clock, Page),
}

impl ReadingMeter {
    /// A meter for a visit that begins now at `part`, whose text is not there until that is told. Opening the page
    /// is a sign of activity.
    #[must_use]
    pub fn new(
        step: Slug,
        session: SessionId,
        rules: MeterRules,
        part: Slug,
        clock: Clock,
        page: Page,
    ) -> Self {
        Self {
            keeper: Keeper::new(step, session),
            rules,
            part,
            text: false,
            active: clock,
            last: (clock, page),
        }
    }

    /// Takes in an event; answers with what is to be written down, in order.
    pub fn on(&mut self, event: ReadingEvent, clock: Clock, page: Page) -> Vec<Output> {
        let mut outputs = Vec::new();
        if !self.advance(clock) {
            outputs.extend(self.keeper.seal(100));
        }
        self.last = (clock, page);
        match event {
            ReadingEvent::Active => {
                self.active = clock;
                outputs.extend(self.keeper.keep(100));
            }
            ReadingEvent::Tick => outputs.extend(self.keeper.keep(100)),
            ReadingEvent::Part(part) => {
                outputs.extend(self.keeper.seal(100));
                self.part = part;
                self.text = false;
                self.active = clock;
            }
            ReadingEvent::Text(here) if here == self.text => {}
            ReadingEvent::Text(here) => {
                outputs.extend(self.keeper.seal(100));
                self.text = here;
            }
            ReadingEvent::PageChanged => outputs.extend(self.keeper.seal(100)),
            ReadingEvent::Left => {
                let medium = Medium::Reading {
                    part: self.part.clone(),
                };
                outputs.extend(self.keeper.leave(&medium, 100, clock.wall));
            }
        }
        outputs
    }

    /// Whether time is counted now. `full` says that the step's time is credited already.
    #[must_use]
    pub fn status(&self, full: bool) -> Status {
        let (clock, page) = self.last;
        let because = if let Some(because) = barred(page) {
            because
        } else if !self.text {
            Because::NoText
        } else if clock.since(&self.active) >= self.rules.idle_ms {
            Because::Idle
        } else if full {
            Because::StepFull
        } else {
            return Status::Counting;
        };
        Status::NotCounting(because)
    }

    /// Counts from the last event to this one; `false` when counting was interrupted.
    fn advance(&mut self, clock: Clock) -> bool {
        let (last, page) = self.last;
        let elapsed = clock.since(&last);
        let reason = match barred(page) {
            Some(Because::NotOpenYet | Because::Closed) => Some(Reason::OutOfSeason),
            Some(Because::AnotherTab) => Some(Reason::AnotherTab),
            Some(_) => Some(Reason::Hidden),
            None if elapsed > LONGEST_GAP_MS => Some(Reason::Asleep),
            None => None,
        };
        if let Some(reason) = reason {
            self.keeper.pass(reason, elapsed);
            return false;
        }
        if !self.text {
            return false;
        }
        let left = self.rules.idle_ms.saturating_sub(last.since(&self.active));
        let counted = elapsed.min(left);
        if counted > 0 {
            let from = u64::try_from(last.wall.0).unwrap_or(0);
            let medium = Medium::Reading {
                part: self.part.clone(),
            };
            self.keeper
                .grow(&medium, from, from + counted, counted, last.wall);
        }
        self.keeper.pass(Reason::Idle, elapsed - counted);
        counted == elapsed
    }
}

fn barred(page: Page) -> Option<Because> {
    match page {
        Page {
            season: Season::NotYet,
            ..
        } => Some(Because::NotOpenYet),
        Page {
            season: Season::Closed,
            ..
        } => Some(Because::Closed),
        Page { counter: false, .. } => Some(Because::AnotherTab),
        Page { hidden: true, .. } => Some(Because::Hidden),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{VISIBLE, at, sealed};
    use super::*;
    use proptest::prelude::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    /// A meter of a part whose text has not come.
    fn without_text(page: Page) -> ReadingMeter {
        ReadingMeter::new(
            slug("r"),
            SessionId::from_random([1; 16]),
            MeterRules::default(),
            slug("p1"),
            at(0),
            page,
        )
    }

    fn meter(page: Page) -> ReadingMeter {
        let mut meter = without_text(page);
        assert_eq!(meter.on(ReadingEvent::Text(true), at(0), page), []);
        meter
    }

    fn total(outputs: &[Output]) -> u64 {
        sealed(outputs).iter().map(|(from, to)| to - from).sum()
    }

    fn ticks(meter: &mut ReadingMeter, from_s: u64, to_s: u64, page: Page) -> Vec<Output> {
        (from_s + 1..=to_s)
            .flat_map(|second| meter.on(ReadingEvent::Tick, at(second * 1_000), page))
            .collect()
    }

    #[test]
    fn reading_counts_until_two_minutes_after_the_last_activity() {
        let mut meter = meter(VISIBLE);
        let mut outputs = ticks(&mut meter, 0, 30, VISIBLE);
        outputs.extend(meter.on(ReadingEvent::Active, at(30_000), VISIBLE));
        outputs.extend(ticks(&mut meter, 30, 200, VISIBLE));
        assert_eq!(meter.status(false), Status::NotCounting(Because::Idle));
        assert_eq!(total(&outputs), 150_000);
        outputs.extend(meter.on(ReadingEvent::Active, at(200_000), VISIBLE));
        assert_eq!(meter.status(false), Status::Counting);
        outputs.extend(ticks(&mut meter, 200, 210, VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Left, at(210_000), VISIBLE));
        assert_eq!(total(&outputs), 160_000);
    }

    #[test]
    fn each_part_gets_its_own_stretch() {
        let mut meter = meter(VISIBLE);
        let mut outputs = ticks(&mut meter, 0, 5, VISIBLE);
        outputs.extend(meter.on(ReadingEvent::Part(slug("p2")), at(5_500), VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Text(true), at(5_500), VISIBLE));
        outputs.extend(ticks(&mut meter, 6, 8, VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Left, at(8_000), VISIBLE));
        let parts: Vec<_> = outputs
            .iter()
            .filter_map(|output| match output {
                Output::Seal(studied) => Some((studied.medium.clone(), studied.elapsed_ms)),
                Output::Checkpoint(_) => None,
            })
            .collect();
        assert_eq!(
            parts,
            [
                (Medium::Reading { part: slug("p1") }, 5_500),
                (Medium::Reading { part: slug("p2") }, 2_500)
            ]
        );
    }

    #[test]
    fn each_reason_is_told_and_earns_nothing() {
        for (page, because) in [
            (
                Page {
                    hidden: true,
                    ..VISIBLE
                },
                Because::Hidden,
            ),
            (
                Page {
                    counter: false,
                    ..VISIBLE
                },
                Because::AnotherTab,
            ),
            (
                Page {
                    season: Season::NotYet,
                    ..VISIBLE
                },
                Because::NotOpenYet,
            ),
            (
                Page {
                    season: Season::Closed,
                    ..VISIBLE
                },
                Because::Closed,
            ),
        ] {
            let mut meter = meter(page);
            let mut outputs = ticks(&mut meter, 0, 5, page);
            assert_eq!(meter.status(false), Status::NotCounting(because));
            outputs.extend(meter.on(ReadingEvent::Left, at(5_000), page));
            assert_eq!(total(&outputs), 0);
        }
        assert_eq!(
            meter(VISIBLE).status(true),
            Status::NotCounting(Because::StepFull)
        );
    }

    #[test]
    fn what_is_not_on_the_page_is_not_read() {
        let mut meter = without_text(VISIBLE);
        let mut outputs = meter.on(ReadingEvent::Text(false), at(20), VISIBLE);
        outputs.extend(ticks(&mut meter, 0, 5, VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Active, at(5_000), VISIBLE));
        assert_eq!(meter.status(false), Status::NotCounting(Because::NoText));
        outputs.extend(meter.on(ReadingEvent::Text(true), at(5_500), VISIBLE));
        assert_eq!(meter.status(false), Status::Counting);
        outputs.extend(ticks(&mut meter, 6, 8, VISIBLE));
        // Said once more, it breaks nothing off.
        outputs.extend(meter.on(ReadingEvent::Text(true), at(8_000), VISIBLE));
        // Nor is the text of a part that was turned to, until it is told.
        outputs.extend(meter.on(ReadingEvent::Part(slug("p2")), at(8_000), VISIBLE));
        assert_eq!(meter.status(false), Status::NotCounting(Because::NoText));
        outputs.extend(meter.on(ReadingEvent::Text(false), at(8_020), VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Left, at(9_000), VISIBLE));
        assert_eq!((sealed(&outputs).len(), total(&outputs)), (1, 2_500));
    }

    #[test]
    fn a_gap_between_ticks_is_not_counted() {
        let mut meter = meter(VISIBLE);
        let mut outputs = ticks(&mut meter, 0, 5, VISIBLE);
        outputs.extend(meter.on(ReadingEvent::Tick, at(60_000), VISIBLE));
        outputs.extend(meter.on(ReadingEvent::Left, at(61_000), VISIBLE));
        assert_eq!(total(&outputs), 6_000);
    }

    proptest! {
        #[test]
        fn no_stream_of_events_earns_more_than_the_clocks_allow(
            events in proptest::collection::vec((0u8..6, 0u64..15_000, -15_000i64..15_000), 0..60)
        ) {
            let mut meter = meter(VISIBLE);
            let mut clock = at(0);
            let mut outputs = Vec::new();
            for (event, step, drift) in events {
                clock.steady_ms += step;
                clock.wall.0 += i64::try_from(step).unwrap() + drift;
                let event = match event {
                    0 => ReadingEvent::Active,
                    1 => ReadingEvent::Tick,
                    2 => ReadingEvent::Part(slug("p2")),
                    3 => ReadingEvent::Text(false),
                    4 => ReadingEvent::Text(true),
                    _ => ReadingEvent::PageChanged,
                };
                outputs.extend(meter.on(event, clock, VISIBLE));
            }
            outputs.extend(meter.on(ReadingEvent::Left, clock, VISIBLE));
            prop_assert!(total(&outputs) <= clock.steady_ms);
        }
    }
}
