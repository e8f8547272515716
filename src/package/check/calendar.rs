//! Windows must not end before they begin; terms follow one another.

use super::{Report, Scope};
use crate::package::problem::What;
use crate::package::v1::{Dates, Day, Days, Phases, StageTime, Terms, When, Window, window};

pub(super) fn check(scope: &Scope<'_>, report: &mut Report) {
    match &scope.course.calendar.phases {
        Phases::Absolute {
            warm_up,
            study,
            grading,
        } => {
            for (name, dates) in [
                ("warmUp", warm_up.as_ref()),
                ("study", Some(study)),
                ("grading", grading.as_ref()),
            ] {
                if let Some(dates) = dates {
                    check_dates(scope, &format!("calendar.phases.{name}"), dates, report);
                }
            }
        }
        Phases::Relative {
            warm_up,
            study,
            grading,
        } => {
            for (name, days) in [
                ("warmUp", warm_up.as_ref()),
                ("study", Some(study)),
                ("grading", grading.as_ref()),
            ] {
                if let Some(days) = days {
                    check_days(&format!("calendar.phases.{name}"), days, report);
                }
            }
        }
    }
    if let Some(terms) = &scope.course.calendar.terms {
        check_terms(scope, terms, report);
    }
}

pub(super) fn check_window(scope: &Scope<'_>, at: &str, open: &Window, report: &mut Report) {
    match open {
        Window::Absolute(each) => in_order(scope, at, &each.opens, &each.closes, report),
        Window::Relative(each) => days_in_order(at, each.first, each.last, report),
        Window::RelativeSession(_) => {}
    }
}

pub(super) fn check_stage(scope: &Scope<'_>, at: &str, when: &StageTime, report: &mut Report) {
    match when {
        StageTime::Absolute { dates } => check_dates(scope, &format!("{at}.dates"), dates, report),
        StageTime::Relative { days } => check_days(&format!("{at}.days"), days, report),
    }
}

fn check_dates(scope: &Scope<'_>, at: &str, dates: &Dates, report: &mut Report) {
    in_order(scope, at, &dates.opens, &dates.closes, report);
}

fn check_days(at: &str, days: &Days, report: &mut Report) {
    days_in_order(at, days.first, days.last, report);
}

fn in_order(scope: &Scope<'_>, at: &str, opens: &When, closes: &When, report: &mut Report) {
    let window = window(opens, closes, scope.offset_minutes);
    if window.closes <= window.opens {
        report.wrong(&format!("{at}.closes"), What::ClosesBeforeOpens);
    }
}

fn days_in_order(at: &str, first: Day, last: Day, report: &mut Report) {
    if last < first {
        report.wrong(&format!("{at}.last"), What::ClosesBeforeOpens);
    }
}

fn check_terms(scope: &Scope<'_>, terms: &Terms, report: &mut Report) {
    match terms {
        Terms::List { terms } => {
            report.unique_ids("calendar.terms.terms", terms.iter().map(|each| &each.id));
            let mut last = None;
            for (index, term) in terms.iter().enumerate() {
                let at = format!("calendar.terms.terms[{index}].dates");
                check_dates(scope, &at, &term.dates, report);
                let window = window(&term.dates.opens, &term.dates.closes, scope.offset_minutes);
                if last.is_some_and(|last| window.opens < last) {
                    report.wrong(&format!("{at}.opens"), What::NotAscending);
                }
                last = Some(window.closes);
            }
        }
        Terms::Yearly { starts } => {
            report.unique_ids("calendar.terms.starts", starts.iter().map(|each| &each.id));
            for (index, pair) in starts.windows(2).enumerate() {
                if pair[1].starts <= pair[0].starts {
                    let field = format!("calendar.terms.starts[{}].starts", index + 1);
                    report.wrong(&field, What::NotAscending);
                }
            }
        }
        Terms::EveryDays { .. } => {}
    }
}
