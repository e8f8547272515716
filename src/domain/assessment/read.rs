//! Reading what a `course.json` says of assessment. A package was checked as a whole when it was
//! packed; here nothing is trusted all the same: a scheme that does not read, adds up wrong or
//! contradicts itself is refused with the field and the reason, and none is used.

use serde_json::Value;

use crate::domain::assessment::gates::{Gate, GateWhen};
use crate::domain::assessment::periods::PeriodRules;
use crate::domain::assessment::rules::{Rule, weighted};
use crate::domain::assessment::scheme::{
    Assessment, AttemptCounts, Certificate, HoursCategory, HoursDue, HoursEarned, Indicator, Judge,
    Level, Scheme, Stage, StepFacts, Who,
};
use crate::domain::fields::Fields;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::sorted::Sorted;
use crate::domain::text::Text;

/// What keeps the schemes of a package from being used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, such as `schemes[0].indicators[2]`.
    pub field: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is missing, of another type, out of range or unknown.
    Unfit,
    /// The points add up to another sum.
    WrongSum {
        /// What they add up to.
        sum: Points,
        /// What they should.
        expected: Points,
    },
    /// Levels do not rise, or one above a pass is none.
    Levels,
    /// It names something that is not there.
    Unknown,
    /// A rule for groups in a scheme for learners.
    GroupsOnly,
}

/// What a `course.json` says of assessment; `offset_minutes` is the zone of its days.
///
/// # Errors
/// [`Fault`]; any input is safe to give.
pub fn read(course_json: &Value, offset_minutes: i32) -> Result<Assessment, Fault> {
    let root = Fields(course_json);
    let main = root
        .items("languages")
        .and_then(|all| all.first()?.as_str())
        .unwrap_or("");
    let unfit = |field: &str| Fault {
        field: field.to_owned(),
        why: Why::Unfit,
    };
    let calendar = root.find("calendar").ok_or_else(|| unfit("calendar"))?;
    let titles = |name: &str| {
        let Some(people) = root.find("people") else {
            return Some(Sorted::default());
        };
        let titles =
            people.list_or_none(name, |at| Some((at.slug("id")?, at.title("title", main)?)));
        titles.map(|titles| titles.into_iter().collect())
    };
    let group_kinds = titles("groups").ok_or_else(|| unfit("people.groups"))?;
    let roles = titles("roles").ok_or_else(|| unfit("people.roles"))?;
    let hours = match root.find("creditHours") {
        Some(at) => at
            .list("categories", |at| category(at, &roles, main))
            .ok_or_else(|| unfit("creditHours"))?,
        None => Vec::new(),
    };
    let mut read = Assessment {
        periods: PeriodRules::read(calendar, offset_minutes).ok_or_else(|| unfit("calendar"))?,
        group_kinds,
        hours,
        certificate: root
            .optional("certificate", |at| certificate(at, main))
            .ok_or_else(|| unfit("certificate"))?,
        ..Assessment::default()
    };
    modules(root, &mut read).ok_or_else(|| unfit("modules"))?;
    for (at, value) in root.items("schemes").into_iter().flatten().enumerate() {
        let field = format!("schemes[{at}]");
        let scheme = scheme(Fields(value), main, &field)?;
        check(&scheme, &read, &field)?;
        read.schemes.push(scheme);
    }
    Ok(read)
}

/// What schemes need to know of modules and steps.
fn modules(root: Fields<'_>, read: &mut Assessment) -> Option<()> {
    for module in root.items("modules")? {
        let module = Fields(module);
        read.modules.push(module.slug("id")?);
        if let Some(at) = module.find("creditHours") {
            let earned = HoursEarned {
                category: at.slug("category")?,
                hours: at.points("hours")?,
            };
            read.earned_hours.insert(module.slug("id")?, earned);
        }
        for topic in module.items("topics")? {
            for step in Fields(topic).items("steps")? {
                let step = Fields(step);
                let facts = facts(step.find("content")?)?;
                read.steps.insert(step.slug("id")?, facts);
            }
        }
    }
    Some(())
}

fn facts(content: Fields<'_>) -> Option<StepFacts> {
    let attendance = content.items("attendance").into_iter().flatten();
    let reviews = content.find("peerReviews");
    Some(StepFacts {
        group: content.optional("group", |at| Slug::parse(at.0.as_str()?))?,
        review_least: reviews
            .and_then(|at| at.count("minCharacters"))
            .unwrap_or(0),
        partnership: content.optional("partnership", |at| Slug::parse(at.0.as_str()?))?,
        own_word: attendance
            .into_iter()
            .any(|by| by.as_str() == Some("learner")),
        pass_percent: content.count("passPercent").unwrap_or(60),
    })
}

fn scheme(at: Fields<'_>, main: &str, field: &str) -> Result<Scheme, Fault> {
    let unfit = |member: &str| Fault {
        field: format!("{field}.{member}"),
        why: Why::Unfit,
    };
    let mut indicators = Vec::new();
    for (index, value) in at
        .items("indicators")
        .ok_or_else(|| unfit("indicators"))?
        .iter()
        .enumerate()
    {
        let read = indicator(Fields(value), main);
        indicators.push(read.ok_or_else(|| unfit(&format!("indicators[{index}]")))?);
    }
    let full_marks = at.points("fullMarks").ok_or_else(|| unfit("fullMarks"))?;
    let plain = indicators.iter().filter(|each| !each.rule.is_bonus());
    let sum: Points = plain.map(|each| each.points).sum();
    let percent_of = match at.find("conversion") {
        None => None,
        Some(conversion) if conversion.text("kind") == Some("percent_of") => {
            let total = conversion.optional("total", |at| Points::read(at.0));
            Some(total.ok_or_else(|| unfit("conversion"))?.unwrap_or(sum))
        }
        Some(_) => return Err(unfit("conversion")),
    };
    let attempts = at.find("attempts");
    let subject = at.find("subject").ok_or_else(|| unfit("subject"))?;
    Ok(Scheme {
        id: at.slug("id").ok_or_else(|| unfit("id"))?,
        title: at.title("title", main).ok_or_else(|| unfit("title"))?,
        summary: at.title("summary", main).unwrap_or_default(),
        group: match subject.text("kind") {
            Some("learner") => None,
            Some("group") => Some(
                subject
                    .slug("group")
                    .ok_or_else(|| unfit("subject.group"))?,
            ),
            _ => return Err(unfit("subject")),
        },
        full_marks,
        percent_of,
        bonus_may_exceed: at
            .0
            .get("bonusMayExceed")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        indicators,
        gates: at
            .list_or_none("gates", |at| Gate::read(at, main))
            .ok_or_else(|| unfit("gates"))?,
        levels: at
            .list("levels", |at| level(at, main))
            .ok_or_else(|| unfit("levels"))?,
        judges: at
            .list_or_none("judges", |at| {
                Some(Judge {
                    id: at.slug("id")?,
                    title: at.title("title", main)?,
                })
            })
            .ok_or_else(|| unfit("judges"))?,
        stages: at
            .list_or_none("stages", |at| stage(at, main))
            .ok_or_else(|| unfit("stages"))?,
        counts: match attempts {
            Some(at) => AttemptCounts::read(at).ok_or_else(|| unfit("attempts"))?,
            None => AttemptCounts::Last,
        },
        max_attempts: attempts.and_then(|at| at.count("max")),
    })
}

fn indicator(at: Fields<'_>, main: &str) -> Option<Indicator> {
    Some(Indicator {
        id: at.slug("id")?,
        title: at.title("title", main)?,
        points: at.points("points")?,
        rule: Rule::read(at.find("rule")?, main)?,
        stages: at.slugs("stages")?,
    })
}

fn level(at: Fields<'_>, main: &str) -> Option<Level> {
    Some(Level {
        id: at.slug("id")?,
        title: at.title("title", main)?,
        from: at.points("from")?,
        passes: at.0.get("passes")?.as_bool()?,
    })
}

fn stage(at: Fields<'_>, main: &str) -> Option<Stage> {
    Some(Stage {
        id: at.slug("id")?,
        title: at.title("title", main)?,
        weight: at.count("weight").filter(|weight| *weight > 0)?,
        judges: at.list_or_none("judges", weighted)?,
    })
}

/// Whom a category concerns. A role without a title is called by its id.
fn who(at: Fields<'_>, roles: &Sorted<Slug, Text>, main: &str) -> Option<Who> {
    let title = |id: &Slug| {
        let unnamed = || Text::read(&Value::from(id.as_str()), main).unwrap_or_default();
        roles.get(id).cloned().unwrap_or_else(unnamed)
    };
    Some(Who {
        roles: at.slugs("roles")?.iter().map(title).collect(),
        under_age: at.optional("underAge", |at| u32::try_from(at.0.as_u64()?).ok())?,
    })
}

fn category(at: Fields<'_>, roles: &Sorted<Slug, Text>, main: &str) -> Option<HoursCategory> {
    let due = at.find("due")?;
    Some(HoursCategory {
        id: at.slug("id")?,
        title: at.title("title", main)?,
        hours: at.points("hours")?,
        who: at.optional("who", |at| who(at, roles, main))?,
        due: match due.text("kind")? {
            "plan_end" => HoursDue::PlanEnd,
            "each_year" => HoursDue::EachYear,
            "date" => HoursDue::Date(due.text("date")?.to_owned()),
            "before" => HoursDue::Before(due.title("event", main)?),
            _ => return None,
        },
    })
}

fn certificate(at: Fields<'_>, main: &str) -> Option<Certificate> {
    Some(Certificate {
        scheme: at.slug("scheme")?,
        title: at.title("title", main)?,
        body: at.title("body", main)?,
        issuer: at.title("issuer", main).unwrap_or_default(),
    })
}

impl AttemptCounts {
    /// Reads the member `counts`.
    #[must_use]
    pub fn read(at: Fields<'_>) -> Option<Self> {
        Some(match at.text("counts")? {
            "first" => Self::First,
            "best" => Self::Best,
            "last" => Self::Last,
            _ => return None,
        })
    }
}

/// Whether a scheme adds up and does not contradict itself.
fn check(scheme: &Scheme, package: &Assessment, field: &str) -> Result<(), Fault> {
    let fault = |member: &str, why| Fault {
        field: format!("{field}.{member}"),
        why,
    };
    let plain = scheme
        .indicators
        .iter()
        .filter(|each| !each.rule.is_bonus());
    let sum: Points = plain.map(|each| each.points).sum();
    let expected = scheme.full_marks;
    if scheme.percent_of.is_none() && sum != expected {
        return Err(fault("fullMarks", Why::WrongSum { sum, expected }));
    }
    if scheme
        .percent_of
        .is_some_and(|total| total > sum || total == Points::ZERO)
    {
        return Err(fault("conversion", Why::Unfit));
    }
    let rising = scheme
        .levels
        .windows(2)
        .all(|pair| pair[0].from < pair[1].from && (!pair[0].passes || pair[1].passes));
    let passable = scheme
        .levels
        .last()
        .is_some_and(|level| level.passes && level.from <= expected);
    if !rising || !passable {
        return Err(fault("levels", Why::Levels));
    }
    for (at, indicator) in scheme.indicators.iter().enumerate() {
        let place = format!("indicators[{at}]");
        if scheme.group.is_none() && indicator.rule.is_for_groups_only() {
            return Err(fault(&place, Why::GroupsOnly));
        }
        if let Some(sum) = indicator
            .rule
            .own_sum()
            .filter(|sum| *sum != indicator.points)
        {
            let expected = indicator.points;
            return Err(fault(&place, Why::WrongSum { sum, expected }));
        }
        let before = scheme.indicators.iter().take(at);
        let twice = before.clone().any(|other| other.id == indicator.id);
        if twice || !indicator.rule.is_of(package) {
            return Err(fault(&place, Why::Unknown));
        }
        let known = |id: &Slug| scheme.stages.iter().any(|stage| stage.id == *id);
        if !indicator.stages.iter().all(known) {
            return Err(fault(&place, Why::Unknown));
        }
    }
    for (at, gate) in scheme.gates.iter().enumerate() {
        if let GateWhen::IndicatorBelow { indicator, points } = &gate.when {
            let found = scheme.indicator(indicator);
            if found.is_none_or(|found| *points > found.points) {
                return Err(fault(&format!("gates[{at}]"), Why::Unknown));
            }
        }
    }
    Ok(())
}
