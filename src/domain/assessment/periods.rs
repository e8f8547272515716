//! Terms, years and months, for what is counted in each of them.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::course::Calendar;
use crate::domain::fields::Fields;
use crate::domain::time::{Moment, Window};

const MINUTE_MS: i64 = 60_000;
/// More periods than these are not listed: eighty years of months.
const MOST: usize = 1_000;

/// A recurring period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A term (学期).
    Term,
    /// A year (年度).
    Year,
    /// A calendar month.
    Month,
}

/// So often in each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every {
    /// The period.
    pub period: Period,
    /// How often.
    pub times: u32,
}

/// Terms and the beginning of years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodRules {
    /// Terms.
    pub terms: Terms,
    /// Month and day on which years begin; years begin with the study phase when absent.
    pub year_starts: Option<(u32, u32)>,
}

/// Terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Terms {
    /// None.
    #[default]
    None,
    /// Terms with their dates, in order.
    List(Vec<Window>),
    /// Terms that begin on the same days (month, day) of every year.
    Yearly(Vec<(u32, u32)>),
    /// Terms of so many days each, beginning with the study phase.
    EveryDays(u32),
}

impl Every {
    /// Reads one.
    #[must_use]
    pub fn read(at: Fields<'_>) -> Option<Self> {
        let period = match at.text("period")? {
            "term" => Period::Term,
            "year" => Period::Year,
            "month" => Period::Month,
            _ => return None,
        };
        Some(Self {
            period,
            times: at.count("times")?,
        })
    }
}

impl PeriodRules {
    /// Reads the calendar of a package whose days begin `offset_minutes` before UTC's.
    #[must_use]
    pub fn read(calendar: Fields<'_>, offset_minutes: i32) -> Option<Self> {
        let day_of_year = |at: Fields<'_>| Some((at.count("month")?, at.count("day")?));
        let terms = match calendar.find("terms") {
            None => Terms::None,
            Some(at) => match at.text("kind")? {
                "list" => {
                    Terms::List(at.list("terms", |at| dates(at.find("dates")?, offset_minutes))?)
                }
                "yearly" => Terms::Yearly(at.list("starts", |at| day_of_year(at.find("starts")?))?),
                "every_days" => Terms::EveryDays(at.count("days")?.max(1)),
                _ => return None,
            },
        };
        Some(Self {
            terms,
            year_starts: calendar.optional("yearStarts", day_of_year)?,
        })
    }

    /// The periods that a study phase reaches into, in order.
    #[must_use]
    pub fn of(&self, period: Period, study: Window, calendar: &Calendar) -> Vec<Window> {
        let zone = Zone(calendar.utc_offset_minutes);
        let Some(first) = zone.day(study.opens) else {
            return Vec::new();
        };
        let starts: Box<dyn Fn(u32) -> Option<NaiveDate>> = match period {
            Period::Month => {
                Box::new(move |at| first.with_day(1)?.checked_add_months(Months::new(at)))
            }
            Period::Year => match self.year_starts {
                Some(start) => return between(&yearly(&[start], first, zone), study),
                None => {
                    Box::new(move |at| first.checked_add_months(Months::new(at.checked_mul(12)?)))
                }
            },
            Period::Term => match &self.terms {
                Terms::None => return Vec::new(),
                Terms::List(terms) => return overlapping(terms.iter().copied(), study),
                Terms::Yearly(starts) => return between(&yearly(starts, first, zone), study),
                Terms::EveryDays(days) => {
                    let days = u64::from(*days);
                    Box::new(move |at| first.checked_add_days(Days::new(days * u64::from(at))))
                }
            },
        };
        let mut moments = Vec::new();
        for at in 0.. {
            let Some(start) = starts(at).map(|day| zone.midnight(day)) else {
                break;
            };
            moments.push(start);
            if start >= study.closes || moments.len() > MOST {
                break;
            }
        }
        between(&moments, study)
    }
}

/// The beginnings on these days of the year, from the year before `first` on.
fn yearly(starts: &[(u32, u32)], first: NaiveDate, zone: Zone) -> Vec<Moment> {
    let mut moments = Vec::new();
    for year in (first.year() - 1)..(first.year() + 82) {
        for (month, day) in starts {
            // A day that the month does not have means its last.
            let found = (0..4)
                .find_map(|less| NaiveDate::from_ymd_opt(year, *month, day.saturating_sub(less)));
            moments.extend(found.map(|day| zone.midnight(day)));
        }
    }
    moments
}

/// The windows between each moment and the next that a study phase reaches into.
fn between(moments: &[Moment], study: Window) -> Vec<Window> {
    let pairs = moments.windows(2).map(|pair| Window {
        opens: pair[0],
        closes: pair[1],
    });
    overlapping(pairs, study)
}

fn overlapping(windows: impl Iterator<Item = Window>, study: Window) -> Vec<Window> {
    windows
        .filter(|window| window.opens < study.closes && study.opens < window.closes)
        .take(MOST)
        .collect()
}

#[derive(Clone, Copy)]
struct Zone(i32);

impl Zone {
    fn day(self, moment: Moment) -> Option<NaiveDate> {
        let local = moment.0.checked_add(i64::from(self.0) * MINUTE_MS)?;
        chrono::DateTime::from_timestamp_millis(local).map(|at| at.date_naive())
    }

    fn midnight(self, day: NaiveDate) -> Moment {
        Moment::of_day(day, self.0)
    }
}

/// From one date or moment to another; a last day is included.
#[must_use]
pub fn dates(at: Fields<'_>, offset_minutes: i32) -> Option<Window> {
    let written = |name| Moment::parse_written(at.text(name)?, offset_minutes);
    Some(Window {
        opens: written("opens")?.begins(),
        closes: written("closes")?.ends(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::course::{DayRange, Phases, Windows};

    fn calendar() -> Calendar {
        let study = DayRange { first: 0, last: 1 };
        Calendar {
            utc_offset_minutes: 480,
            windows: Windows::Relative(Phases {
                warm_up: None,
                study,
                grading: None,
            }),
        }
    }

    fn window(opens: &str, closes: &str) -> Window {
        Window {
            opens: Moment::parse_written(opens, 480).unwrap().begins(),
            closes: Moment::parse_written(closes, 480).unwrap().ends(),
        }
    }

    fn shown(windows: &[Window]) -> Vec<String> {
        let day = |at: Moment| Zone(480).day(at).unwrap().to_string();
        windows
            .iter()
            .map(|each| format!("{} {}", day(each.opens), day(each.closes)))
            .collect()
    }

    #[test]
    fn yearly_terms_reach_from_one_beginning_to_the_next() {
        let rules = PeriodRules {
            terms: Terms::Yearly(vec![(2, 20), (9, 1)]),
            year_starts: Some((9, 1)),
        };
        let study = window("2016-11-15", "2017-04-15");
        let terms = rules.of(Period::Term, study, &calendar());
        assert_eq!(
            shown(&terms),
            ["2016-09-01 2017-02-20", "2017-02-20 2017-09-01"]
        );
        let years = rules.of(Period::Year, study, &calendar());
        assert_eq!(shown(&years), ["2016-09-01 2017-09-01"]);
        let months = rules.of(Period::Month, study, &calendar());
        assert_eq!(months.len(), 6);
        assert_eq!(shown(&months[..1]), ["2016-11-01 2016-12-01"]);
    }

    #[test]
    fn terms_of_days_begin_with_the_study_phase() {
        let rules = PeriodRules {
            terms: Terms::EveryDays(75),
            year_starts: None,
        };
        let study = window("2026-03-01", "2026-07-28");
        let terms = rules.of(Period::Term, study, &calendar());
        assert_eq!(
            shown(&terms),
            ["2026-03-01 2026-05-15", "2026-05-15 2026-07-29"]
        );
        assert_eq!(rules.of(Period::Year, study, &calendar()).len(), 1);
    }

    #[test]
    fn listed_terms_are_those_that_the_phase_reaches_into() {
        let list = vec![
            window("2016-02-01", "2016-07-01"),
            window("2016-09-01", "2017-01-20"),
        ];
        let rules = PeriodRules {
            terms: Terms::List(list),
            year_starts: None,
        };
        let terms = rules.of(
            Period::Term,
            window("2016-11-15", "2017-04-15"),
            &calendar(),
        );
        assert_eq!(shown(&terms), ["2016-09-01 2017-01-21"]);
        assert!(
            PeriodRules::default()
                .of(Period::Term, terms[0], &calendar())
                .is_empty()
        );
    }

    #[test]
    fn a_day_that_a_month_lacks_is_its_last() {
        let rules = PeriodRules {
            terms: Terms::Yearly(vec![(2, 31)]),
            year_starts: None,
        };
        let terms = rules.of(
            Period::Term,
            window("2026-01-01", "2026-03-02"),
            &calendar(),
        );
        assert_eq!(
            shown(&terms),
            ["2025-02-28 2026-02-28", "2026-02-28 2027-02-28"]
        );
    }
}
