//! Counting a video: the union of played segments in media time.

use super::{Because, Clock, Keeper, Output, Page, Season, Status};
use crate::domain::body::{Medium, Reason};
use crate::domain::course::MeterRules;
use crate::domain::ids::{SessionId, Slug};
use crate::domain::intervals::Intervals;

/// Media time may run ahead of the clocks by so much between two events, in milliseconds:
/// timers and media clocks do not tick together.
const SLACK_MS: u64 = 500;

/// What the video element reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaEvent {
    /// Playback goes on from here (`playing`).
    Playing,
    /// The position advanced (`timeupdate`).
    Advanced,
    /// Playback stopped here (`pause`, `waiting`, `ended`).
    Stopped,
    /// The position is about to jump (`seeking`).
    Seeking,
    /// The page's visibility, sound or turn to count changed.
    PageChanged,
    /// The step is left or the page goes away.
    Left,
}

/// One report of the video element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaReport {
    /// What happened.
    pub event: MediaEvent,
    /// Position in milliseconds of media time.
    pub media_ms: u64,
    /// Playing speed in hundredths.
    pub speed_percent: u32,
    /// Whether it can be heard: neither muted nor at volume 0.
    pub audible: bool,
    /// Both clocks.
    pub clock: Clock,
    /// The page.
    pub page: Page,
}

/// The meter of one visit to one video.
#[derive(Debug, Clone)]
pub struct VideoMeter {
    keeper: Keeper,
    length_ms: u64,
    rules: MeterRules,
    playing: bool,
    last: Option<MediaReport>,
}

impl VideoMeter {
    /// A meter for a video of `length_ms` milliseconds.
    #[must_use]
    pub fn new(step: Slug, session: SessionId, length_ms: u64, rules: MeterRules) -> Self {
        Self {
            keeper: Keeper::new(step, session),
            length_ms,
            rules,
            playing: false,
            last: None,
        }
    }

    /// Takes in a report; answers with what is to be written down, in order.
    pub fn on(&mut self, report: MediaReport) -> Vec<Output> {
        if report.event != MediaEvent::Seeking {
            self.advance(&report);
        }
        self.playing = match report.event {
            MediaEvent::Playing => true,
            MediaEvent::Stopped | MediaEvent::Seeking | MediaEvent::Left => false,
            MediaEvent::Advanced | MediaEvent::PageChanged => self.playing,
        };
        self.last = Some(report);
        let speed = self.rules.max_speed_percent;
        let output = match report.event {
            MediaEvent::Playing | MediaEvent::Advanced => self.keeper.keep(speed),
            MediaEvent::Left => self.keeper.leave(&Medium::Video, speed, report.clock.wall),
            _ => self.keeper.seal(speed),
        };
        output.into_iter().collect()
    }

    /// Whether time is counted now. `credited` is what is credited on this video already.
    #[must_use]
    pub fn status(&self, credited: &Intervals) -> Status {
        let Some(last) = self.last.filter(|_| self.playing) else {
            return Status::NotCounting(Because::Paused);
        };
        let because = if let Some(because) = barred(&last) {
            because
        } else if last.speed_percent > self.rules.max_speed_percent {
            Because::TooFast
        } else if credited.contains(last.media_ms) {
            Because::AlreadyCredited
        } else {
            return Status::Counting;
        };
        Status::NotCounting(because)
    }

    /// Counts from the last report to this one, if playback went on between them.
    fn advance(&mut self, report: &MediaReport) {
        let Some(last) = self.last else {
            return;
        };
        let elapsed = report.clock.since(&last.clock);
        let reason = match barred(&last) {
            _ if !self.playing => Some(Reason::Paused),
            Some(Because::NotOpenYet | Because::Closed) => Some(Reason::OutOfSeason),
            Some(Because::AnotherTab) => Some(Reason::AnotherTab),
            Some(_) => Some(Reason::HiddenMuted),
            None => None,
        };
        if let Some(reason) = reason {
            self.keeper.pass(reason, elapsed);
            return;
        }
        let fastest = u64::from(last.speed_percent.max(report.speed_percent).max(100));
        let reach = elapsed.saturating_mul(fastest) / 100 + SLACK_MS;
        let to = report.media_ms.min(self.length_ms);
        let advanced = to.saturating_sub(last.media_ms);
        if advanced == 0 || advanced > reach {
            return;
        }
        // Sleep and stalls pass on the clocks without the media moving: they add no allowance.
        let slowest = u64::from(last.speed_percent.min(report.speed_percent).max(1));
        let needed = advanced.saturating_mul(100) / slowest + SLACK_MS;
        let spent = elapsed.min(needed);
        self.keeper
            .grow(&Medium::Video, last.media_ms, to, spent, last.clock.wall);
    }
}

/// What keeps a playing video from counting.
fn barred(report: &MediaReport) -> Option<Because> {
    match report.page {
        Page {
            season: Season::NotYet,
            ..
        } => Some(Because::NotOpenYet),
        Page {
            season: Season::Closed,
            ..
        } => Some(Because::Closed),
        Page { counter: false, .. } => Some(Because::AnotherTab),
        Page { hidden: true, .. } if !report.audible => Some(Because::HiddenMuted),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{VISIBLE, at, sealed};
    use super::*;
    use crate::domain::time::Moment;
    use proptest::prelude::*;

    fn meter() -> VideoMeter {
        VideoMeter::new(
            Slug::parse("v").unwrap(),
            SessionId::from_random([1; 16]),
            100_000,
            MeterRules::default(),
        )
    }

    fn report(event: MediaEvent, media_ms: u64, clock: Clock) -> MediaReport {
        MediaReport {
            event,
            media_ms,
            speed_percent: 100,
            audible: true,
            clock,
            page: VISIBLE,
        }
    }

    /// Plays from `from` to `to` with an event every 250 ms, beginning at `start` on the clocks.
    fn play(meter: &mut VideoMeter, from: u64, to: u64, start: u64) -> Vec<Output> {
        let mut outputs = meter.on(report(MediaEvent::Playing, from, at(start)));
        let mut media = from;
        while media < to {
            media = (media + 250).min(to);
            outputs.extend(meter.on(report(
                MediaEvent::Advanced,
                media,
                at(start + media - from),
            )));
        }
        outputs
    }

    #[test]
    fn what_was_played_is_what_is_sealed() {
        let mut meter = meter();
        let mut outputs = play(&mut meter, 2_000, 9_000, 0);
        outputs.extend(meter.on(report(MediaEvent::Stopped, 9_000, at(7_000))));
        assert_eq!(sealed(&outputs), [(2_000, 9_000)]);
    }

    #[test]
    fn what_is_not_counted_is_written_beside_what_is_with_the_reason() {
        let mut meter = meter();
        play(&mut meter, 0, 3_000, 0);
        meter.on(report(MediaEvent::Stopped, 3_000, at(3_000)));
        meter.on(report(MediaEvent::Playing, 3_000, at(43_000)));
        let muted = |media_ms, clock| MediaReport {
            audible: false,
            page: Page {
                hidden: true,
                ..VISIBLE
            },
            ..report(MediaEvent::PageChanged, media_ms, clock)
        };
        meter.on(muted(4_000, at(44_000)));
        meter.on(muted(9_000, at(49_000)));
        let outputs = meter.on(report(MediaEvent::Left, 9_000, at(49_000)));
        assert_eq!(outputs, [], "five seconds are not worth a record");
        meter.on(report(MediaEvent::Playing, 9_000, at(50_000)));
        meter.on(muted(9_000, at(50_000)));
        let outputs = meter.on(report(MediaEvent::Left, 19_000, at(60_000)));
        let [Output::Seal(studied)] = outputs.as_slice() else {
            panic!("nothing was written down: {outputs:?}");
        };
        assert!(studied.segments.is_empty());
        assert_eq!(
            studied.uncounted,
            [(Reason::Paused, 1_000), (Reason::HiddenMuted, 15_000)]
        );
    }

    #[test]
    fn what_was_paused_stands_with_the_next_stretch_and_the_surplus_of_speed_too() {
        let mut meter = meter();
        meter.on(report(MediaEvent::Stopped, 0, at(0)));
        let fast = |event, media_ms, clock| MediaReport {
            speed_percent: 300,
            ..report(event, media_ms, clock)
        };
        meter.on(fast(MediaEvent::Playing, 0, at(20_000)));
        for second in 1..=10 {
            meter.on(fast(
                MediaEvent::Advanced,
                second * 3_000,
                at(20_000 + second * 1_000),
            ));
        }
        let outputs = meter.on(fast(MediaEvent::Stopped, 30_000, at(30_000)));
        let [Output::Seal(studied)] = outputs.as_slice() else {
            panic!("{outputs:?}");
        };
        assert_eq!(studied.segments.as_slice(), [(0, 20_000)]);
        assert_eq!(
            studied.uncounted,
            [(Reason::Paused, 20_000), (Reason::TooFast, 10_000)]
        );
    }

    #[test]
    fn at_most_two_seconds_are_ever_unwritten() {
        let mut meter = meter();
        let mut written = 0;
        meter.on(report(MediaEvent::Playing, 0, at(0)));
        for media in (250..=90_000).step_by(250) {
            for output in meter.on(report(MediaEvent::Advanced, media, at(media))) {
                let (Output::Checkpoint(studied) | Output::Seal(studied)) = output;
                written = studied.segments.last().unwrap().1;
            }
            assert!(media - written < 2_000, "{media} {written}");
        }
    }

    #[test]
    fn a_long_play_is_sealed_every_minute_without_a_gap() {
        let mut meter = meter();
        let mut outputs = play(&mut meter, 0, 100_000, 0);
        outputs.extend(meter.on(report(MediaEvent::Left, 100_000, at(100_000))));
        assert_eq!(sealed(&outputs), [(0, 60_000), (60_000, 100_000)]);
    }

    #[test]
    fn a_seek_ends_the_stretch_and_earns_nothing_for_the_jump() {
        let mut meter = meter();
        let mut outputs = play(&mut meter, 0, 3_000, 0);
        outputs.extend(meter.on(report(MediaEvent::Seeking, 50_000, at(3_010))));
        outputs.extend(play(&mut meter, 50_000, 52_000, 3_200));
        outputs.extend(meter.on(report(MediaEvent::Stopped, 52_000, at(5_200))));
        assert_eq!(sealed(&outputs), [(0, 3_000), (50_000, 52_000)]);
    }

    #[test]
    fn a_jump_without_a_seek_event_earns_nothing() {
        let mut meter = meter();
        meter.on(report(MediaEvent::Playing, 0, at(0)));
        let mut outputs = meter.on(report(MediaEvent::Advanced, 60_000, at(1_000)));
        outputs.extend(meter.on(report(MediaEvent::Stopped, 60_000, at(1_000))));
        assert_eq!(sealed(&outputs), []);
    }

    #[test]
    fn double_speed_earns_media_time_and_more_is_cut() {
        for (speed, expected) in [(200, 8_000), (400, 8_000)] {
            let mut meter = meter();
            let fast = |event, media_ms, clock| MediaReport {
                speed_percent: speed,
                ..report(event, media_ms, clock)
            };
            meter.on(fast(MediaEvent::Playing, 0, at(0)));
            let factor = u64::from(speed) / 100;
            let mut outputs = Vec::new();
            for ms in (250..=4_000).step_by(250) {
                outputs.extend(meter.on(fast(MediaEvent::Advanced, ms * factor, at(ms))));
            }
            let too_fast = meter.status(&Intervals::new()) == Status::NotCounting(Because::TooFast);
            assert_eq!(too_fast, speed > 200);
            outputs.extend(meter.on(fast(MediaEvent::Stopped, 4_000 * factor, at(4_000))));
            assert_eq!(sealed(&outputs), [(0, expected)]);
        }
    }

    #[test]
    fn each_reason_is_told_and_earns_nothing() {
        let hidden = Page {
            hidden: true,
            ..VISIBLE
        };
        for (page, audible, because) in [
            (hidden, false, Some(Because::HiddenMuted)),
            (hidden, true, None),
            (VISIBLE, false, None),
            (
                Page {
                    counter: false,
                    ..VISIBLE
                },
                true,
                Some(Because::AnotherTab),
            ),
            (
                Page {
                    season: Season::NotYet,
                    ..VISIBLE
                },
                true,
                Some(Because::NotOpenYet),
            ),
            (
                Page {
                    season: Season::Closed,
                    ..VISIBLE
                },
                true,
                Some(Because::Closed),
            ),
        ] {
            let mut meter = meter();
            let make = |event, media_ms, clock| MediaReport {
                audible,
                page,
                ..report(event, media_ms, clock)
            };
            meter.on(make(MediaEvent::Playing, 0, at(0)));
            meter.on(make(MediaEvent::Advanced, 1_000, at(1_000)));
            let expected = because.map_or(Status::Counting, Status::NotCounting);
            assert_eq!(meter.status(&Intervals::new()), expected);
            let outputs = meter.on(make(MediaEvent::Stopped, 1_000, at(1_000)));
            assert_eq!(
                sealed(&outputs).is_empty(),
                because.is_some(),
                "{because:?}"
            );
        }
    }

    #[test]
    fn what_is_credited_already_is_told_and_a_pause_too() {
        let mut meter = meter();
        assert_eq!(
            meter.status(&Intervals::new()),
            Status::NotCounting(Because::Paused)
        );
        play(&mut meter, 0, 1_000, 0);
        let mut credited = Intervals::new();
        credited.insert(500, 2_000);
        assert_eq!(
            meter.status(&credited),
            Status::NotCounting(Because::AlreadyCredited)
        );
    }

    #[test]
    fn a_laptop_that_slept_earns_nothing_for_the_sleep() {
        let mut meter = meter();
        play(&mut meter, 0, 1_000, 0);
        // On Windows both clocks go on through sleep; the media clock does not.
        meter.on(report(MediaEvent::Advanced, 1_250, at(3_600_000)));
        let outputs = meter.on(report(MediaEvent::Stopped, 1_250, at(3_600_000)));
        assert_eq!(sealed(&outputs), [(0, 1_250)]);
    }

    fn any_event() -> impl Strategy<Value = MediaEvent> {
        prop_oneof![
            Just(MediaEvent::Playing),
            Just(MediaEvent::Advanced),
            Just(MediaEvent::Stopped),
            Just(MediaEvent::Seeking),
            Just(MediaEvent::PageChanged),
        ]
    }

    proptest! {
        #[test]
        fn no_stream_of_events_earns_more_than_the_clocks_and_the_length_allow(
            events in proptest::collection::vec(
                (any_event(), 0u64..200_000, 0u64..5_000, -5_000i64..5_000, 25u32..1_600), 0..60)
        ) {
            let mut meter = meter();
            let (mut steady, mut wall) = (0u64, 0i64);
            let mut outputs = Vec::new();
            for (event, media_ms, step, drift, speed_percent) in events {
                steady += step;
                wall += i64::try_from(step).unwrap() + drift;
                outputs.extend(meter.on(MediaReport {
                    speed_percent,
                    ..report(event, media_ms, Clock { wall: Moment(wall), steady_ms: steady })
                }));
            }
            let last = report(MediaEvent::Left, 0, Clock { wall: Moment(wall), steady_ms: steady });
            outputs.extend(meter.on(last));
            let segments = sealed(&outputs);
            let earned: u64 = segments.iter().map(|(from, to)| to - from).sum();
            prop_assert!(earned <= steady * 2);
            prop_assert!(segments.iter().all(|&(_, to)| to <= 100_000));
        }
    }
}
