//! Groups, pairings, roles, credit hours, certificate.

use std::collections::BTreeMap;

use super::{Report, Scope};
use crate::package::problem::{Of, What};
use crate::package::v1::{GroupKind, People, Who};

pub(super) fn check(scope: &Scope<'_>, report: &mut Report) {
    if let Some(people) = &scope.course.people {
        check_people(scope, people, report);
    }
    if let Some(hours) = &scope.course.credit_hours {
        let categories = hours.categories.iter();
        report.unique_ids("creditHours.categories", categories.map(|each| &each.id));
        for (index, category) in hours.categories.iter().enumerate() {
            let at = format!("creditHours.categories[{index}]");
            check_who(scope, &at, category.who.as_ref(), report);
            if category
                .offered
                .is_some_and(|offered| offered < category.hours)
            {
                let limit = category
                    .offered
                    .map_or(category.hours, |offered| offered)
                    .points();
                report.wrong(&format!("{at}.hours"), What::MoreThan { limit });
            }
        }
    }
    if let Some(certificate) = &scope.course.certificate {
        let id = certificate.scheme.get().as_str();
        if !scope.names.is_learner_scheme(id) {
            let (id, of) = (id.to_owned(), Of::LearnerScheme);
            report.wrong("certificate.scheme", What::UnknownId { id, of });
        }
    }
}

pub(super) fn check_who(scope: &Scope<'_>, at: &str, who: Option<&Who>, report: &mut Report) {
    if let Some(who) = who {
        let at = format!("{at}.who.roles");
        report.all_known(&at, &who.roles, &scope.names.roles, Of::Role);
    }
}

fn check_people(scope: &Scope<'_>, people: &People, report: &mut Report) {
    report.unique_ids("people.groups", people.groups.iter().map(|each| &each.id));
    let partnerships = people.partnerships.iter();
    report.unique_ids("people.partnerships", partnerships.map(|each| &each.id));
    report.unique_ids("people.roles", people.roles.iter().map(|each| &each.id));
    for (index, each) in people.partnerships.iter().enumerate() {
        let at = format!("people.partnerships[{index}].between");
        report.known(&at, &each.between, &scope.names.group_kinds, Of::GroupKind);
    }
    let within: BTreeMap<&str, &str> = people.groups.iter().filter_map(parent).collect();
    for (index, group) in people.groups.iter().enumerate() {
        let at = format!("people.groups[{index}].within");
        if let Some(parent) = &group.within {
            report.known(&at, parent, &scope.names.group_kinds, Of::GroupKind);
        }
        if lies_in_itself(group.id.get().as_str(), &within) {
            report.wrong(&at, What::Cycle);
        }
    }
}

fn parent(group: &GroupKind) -> Option<(&str, &str)> {
    let within = group.within.as_ref()?;
    Some((group.id.get().as_str(), within.get().as_str()))
}

fn lies_in_itself(id: &str, within: &BTreeMap<&str, &str>) -> bool {
    let mut above = within.get(id);
    for _ in 0..within.len() {
        match above {
            Some(group) if *group == id => return true,
            Some(group) => above = within.get(group),
            None => return false,
        }
    }
    false
}
