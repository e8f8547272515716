//! The records behind the points of an indicator.

use leptos::prelude::*;

use super::rule::Criteria;
use super::{day, step_title};
use crate::domain::assessment::{
    Indicator, IndicatorStanding, Item, NotCounted, Presence, Rule, Scheme, Source,
};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::ids::RecordId;
use crate::domain::points::Points;
use crate::ui::components::said::{fold, written};
use crate::ui::dom::{El, el};
use crate::ui::format::length;
use crate::ui::route::Route;
use crate::ui::state::{Device, Study, reader};
use crate::ui::text::score::{ScoreWords, fill};

/// More items than this are shown when asked for.
const SHOWN: usize = 50;

/// Everything that made an indicator's points, or did not, and why.
pub fn items(
    words: &ScoreWords,
    study: &Study,
    scheme: &Scheme,
    each: &IndicatorStanding<'_>,
    criteria: Criteria,
) -> El {
    let all = &each.earned.items;
    if all.is_empty() {
        let none = if each.indicator.rule.only_falls() {
            words.items_full()
        } else {
            words.items_none()
        };
        return el("p").class("quiet").text(none);
    }
    let list = |items: &[Item<'_>]| {
        let lines = items.iter();
        let lines = lines.map(|item| line(words, study, (scheme, each.indicator, &criteria), item));
        el("ul").class("items").children(lines)
    };
    let (shown, more) = all.split_at(all.len().min(SHOWN));
    let more = (!more.is_empty()).then(|| {
        let label = fill(words.items_more(), &[&more.len().to_string()]);
        fold(&label, vec![list(more)])
    });
    let list = list(shown);
    let of_time = matches!(each.indicator.rule, Rule::Minutes(_));
    let ledger = of_time.then(|| {
        let link = el("a").attr("href", "#/ledger").text(words.to_ledger());
        el("p").child(link)
    });
    el("div").child(list).children(more).children(ledger)
}

/// What an item is of: the scheme, the indicator, what its criteria are called.
type Of<'a> = (&'a Scheme, &'a Indicator, &'a Criteria);

fn line(words: &ScoreWords, study: &Study, of: Of<'_>, item: &Item<'_>) -> El {
    let what = el("span").class("what");
    let what = match &item.source {
        Source::Minutes { .. } => what.text(&minutes(words, study, &item.source)),
        Source::Completed(step) => {
            let title = step_title(&study.course, step);
            what.text(&fill(words.item_completed(), &[&title]))
        }
        Source::Members { reached, all } => what.text(&fill(
            words.item_members(),
            &[&reached.to_string(), &all.to_string()],
        )),
        Source::Sessions { attended, all } => what.text(&fill(
            words.item_sessions(),
            &[&attended.to_string(), &all.to_string()],
        )),
        Source::Record {
            id,
            step,
            about,
            stage,
            presence,
        } => {
            let mut title = el("span").class("title");
            if let Some(step) = step {
                let link = el("a")
                    .attr("href", &Route::to_step(step).href())
                    .text(&step_title(&study.course, step));
                title = title.child(link);
            }
            let about = about.map(|id| called(of, id));
            let stage = stage.map(|id| stage_title(of.0, id));
            let about = [stage, about].into_iter().flatten();
            let word = presence.map(|presence| presence_word(words, presence).to_owned());
            for said in about.chain(word) {
                title = title.text(&format!(" {said}"));
            }
            // A list has no words of its own.
            let said = presence.is_none().then(|| record(words, study, of.2, id));
            what.child(title).children(said)
        }
    };
    let made = if item.not_counted.is_some() {
        String::new()
    } else {
        let sign = if item.points > crate::domain::fraction::Fraction::ZERO {
            "+"
        } else {
            ""
        };
        fill(words.points_plus(), &[&format!("{sign}{}", item.points)])
    };
    let when = item
        .at
        .map_or_else(String::new, |at| day(&study.course, at));
    let why = item
        .not_counted
        .map(|why| el("span").class("why").text(&reason(words, why)));
    let provisional = (item.provisional && item.not_counted.is_none()).then(|| {
        el("span")
            .class("provisional")
            .text(words.provisional_mark())
    });
    el("li")
        .child(what)
        .child(el("span").class("quiet").text(&when))
        .child(el("span").class("number").text(&made))
        .children(why)
        .children(provisional)
}

/// Study time of a module, and what of it does not count.
fn minutes(words: &ScoreWords, study: &Study, source: &Source<'_>) -> String {
    let Source::Minutes {
        module,
        credited_ms,
        target_ms,
        over_day_ms,
        outside_ms,
        content_ms,
        ..
    } = source
    else {
        return String::new();
    };
    let device = Device::here();
    let mut modules = study.course.modules.iter();
    let found = modules.find(|known| known.id == **module);
    let title = found.map_or_else(String::new, |module| device.text(&module.title));
    let spoken = |ms: u64| length(device.language(), ms);
    let inside = credited_ms.saturating_sub(over_day_ms + outside_ms);
    let figures = [title, spoken(inside), spoken(*target_ms)];
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let mut said = vec![fill(words.item_minutes(), &figures)];
    let left_out = [
        (words.item_over_day(), *over_day_ms),
        (words.item_outside(), *outside_ms),
    ];
    let left_out = left_out.into_iter().filter(|(_, ms)| *ms > 0);
    said.extend(left_out.map(|(why, ms)| fill(why, &[&spoken(ms)])));
    if content_ms < target_ms {
        said.push(fill(words.item_content(), &[&spoken(*content_ms)]));
    }
    said.join(" · ")
}

fn stage_title(scheme: &Scheme, id: &str) -> String {
    let mut stages = scheme.stages.iter();
    let found = stages.find(|stage| stage.id.as_str() == id);
    found.map_or_else(|| id.to_owned(), |stage| Device::here().text(&stage.title))
}

/// What a party or a task is called.
fn called((scheme, of, _): Of<'_>, id: &str) -> String {
    let device = Device::here();
    if let Rule::TaskPoints(tasks) = &of.rule
        && let Some(title) = tasks.title(id)
    {
        return device.text(title);
    }
    let mut judges = scheme.judges.iter();
    let found = judges.find(|judge| judge.id.as_str() == id);
    found.map_or_else(|| id.to_owned(), |judge| device.text(&judge.title))
}

/// The words of a record, read when they are asked for.
fn record(words: &ScoreWords, study: &Study, criteria: &Criteria, id: &RecordId) -> El {
    let criteria = criteria.clone();
    let text = RwSignal::new(None::<String>);
    let (study, id) = (study.clone(), id.clone());
    let (words, label) = (*words, words.show_words());
    el("details")
        .class("words")
        .child(el("summary").text(label))
        .on("toggle", move |_| {
            if text.get_untracked().is_some() {
                return;
            }
            let (study, id) = (study.clone(), id.clone());
            let criteria = criteria.clone();
            leptos::task::spawn_local(async move {
                let body = reader::body(&study, &id).await;
                let said = body.map_or_else(String::new, |body| said(&words, &body, &criteria));
                let number = id.as_str().get(..8).unwrap_or_default();
                let none = || fill(words.no_words(), &[number]);
                text.try_set(Some(if said.is_empty() { none() } else { said }));
            });
        })
        .child(written("").live_text(move || text.get().unwrap_or_default()))
}

/// What a record says: its words, and of a mark its figures.
fn said(words: &ScoreWords, body: &Body, criteria: &[(String, String)]) -> String {
    let figure = match body {
        Body::Assessed(_, body) => {
            let at = Fields(body);
            let points = at.whole("points").map(|points| {
                fill(
                    words.mark_points(),
                    &[&Points::from_thousandths(points).to_string()],
                )
            });
            let percent = at.whole("percent");
            // More than everything counts as everything.
            let percent = percent.map(|percent| Points::from_thousandths(percent.min(100_000)));
            let of_each = |(id, title): &(String, String)| {
                let given = at.find("criteria")?.whole(id)?;
                Some(format!("{title} {}", Points::from_thousandths(given)))
            };
            let all: Vec<String> = criteria.iter().filter_map(of_each).collect();
            let all = (!all.is_empty()).then(|| all.join(" · "));
            points
                .or_else(|| percent.map(|percent| format!("{percent}%")))
                .or(all)
        }
        _ => None,
    };
    let said = [figure.as_deref().unwrap_or_default(), body.words()];
    let said: Vec<&str> = said.into_iter().filter(|each| !each.is_empty()).collect();
    said.join(" · ")
}

/// What a list says, in a word.
pub fn presence_word(words: &ScoreWords, presence: Presence) -> &'static str {
    match presence {
        Presence::Present => words.present(),
        Presence::Late => words.late(),
        Presence::EarlyLeave => words.early(),
        Presence::Absent => words.absent(),
    }
}

fn reason(words: &ScoreWords, why: NotCounted) -> String {
    let text = match why {
        NotCounted::TooShort { least } => {
            return fill(words.not_too_short(), &[&least.to_string()]);
        }
        NotCounted::Again => words.not_again(),
        NotCounted::ModuleFull => words.not_module(),
        NotCounted::PeriodFull => words.not_period(),
        NotCounted::Full => words.not_full(),
        NotCounted::OutOfSeason => words.not_season(),
        NotCounted::NoRung => words.not_rung(),
        NotCounted::ListSaysNo => words.not_list(),
        NotCounted::OtherAttempt => words.not_attempt(),
        NotCounted::OwnWord => words.not_own(),
        NotCounted::NoParty => words.not_party(),
        NotCounted::NoWork => words.not_work(),
    };
    text.to_owned()
}
