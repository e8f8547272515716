//! How an indicator is judged, as the package says it: criteria, rungs, tasks, and who judges when.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::assessment::{Indicator, Scheme};
use crate::domain::fields::Fields;
use crate::ui::components::said::fold;
use crate::ui::dom::{El, el};
use crate::ui::state::Device;
use crate::ui::text::score::{ScoreWords, fill};

/// The lists of a rule whose parts carry points of their own.
const LISTS: [&str; 3] = ["criteria", "rungs", "tasks"];

/// The parts by which an indicator is judged; nothing where its title says it all.
pub fn rule(words: &ScoreWords, json: &Value, scheme: &Scheme, of: &Indicator) -> Option<El> {
    let rule = rule_of(json, scheme, of)?;
    let lists = LISTS.iter().filter_map(|list| rule[*list].as_array());
    let parts = lists
        .flatten()
        .filter_map(|part| self::part(words, Fields(part)));
    let parts: Vec<El> = parts.collect();
    (!parts.is_empty()).then(|| fold(words.rule(), vec![el("ul").children(parts)]))
}

/// The criteria of an indicator: their ids, and what they are called.
pub type Criteria = Arc<[(String, String)]>;

/// The criteria of an indicator.
pub fn criteria(json: &Value, scheme: &Scheme, of: &Indicator) -> Criteria {
    let device = Device::here();
    let all = rule_of(json, scheme, of).and_then(|rule| rule["criteria"].as_array());
    let all = all.into_iter().flatten();
    let each = all.filter_map(|part| {
        let at = Fields(part);
        let title = at.title("title", "zh-CN")?;
        Some((at.text("id")?.to_owned(), device.text(&title)))
    });
    each.collect()
}

/// The rule of an indicator as the `course.json` has it.
fn rule_of<'a>(json: &'a Value, scheme: &Scheme, of: &Indicator) -> Option<&'a Value> {
    let scheme = with_id(json, "schemes", scheme.id.as_str())?;
    with_id(scheme, "indicators", of.id.as_str())?.get("rule")
}

fn with_id<'a>(json: &'a Value, list: &str, id: &str) -> Option<&'a Value> {
    let mut all = json[list].as_array()?.iter();
    all.find(|each| each["id"] == id)
}

/// A criterion, a rung or a task: what it is called, its points, what is asked.
fn part(words: &ScoreWords, at: Fields<'_>) -> Option<El> {
    let device = Device::here();
    let points = fill(words.points_plus(), &[&at.points("points")?.to_string()]);
    let said = ["title", "description"];
    let said = said.map(|name| at.title(name, "zh-CN").map(|text| device.text(&text)));
    let [title, description] = said;
    let all: Vec<String> = title
        .into_iter()
        .chain([points])
        .chain(description)
        .collect();
    Some(el("li").text(&all.join(" · ")))
}

/// The stages of a scheme: their weights, and who judges at each.
pub fn stages(words: &ScoreWords, scheme: &Scheme) -> Option<El> {
    let device = Device::here();
    if scheme.stages.is_empty() {
        return None;
    }
    let percent = |weight: u32, all: u32| (weight * 100 / all.max(1)).to_string();
    let all = scheme.stages.iter().map(|stage| stage.weight).sum();
    let lines = scheme.stages.iter().map(|stage| {
        let whole = stage.judges.iter().map(|(_, weight)| *weight).sum();
        let judges = stage.judges.iter().map(|(id, weight)| {
            let found = scheme.judges.iter().find(|judge| judge.id == *id);
            let name = found.map_or_else(|| id.to_string(), |judge| device.text(&judge.title));
            format!("{name} {}%", percent(*weight, whole))
        });
        let judges: Vec<String> = judges.collect();
        let figures = [
            device.text(&stage.title),
            percent(stage.weight, all),
            judges.join(" · "),
        ];
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        el("li").text(&fill(words.stage_line(), &figures))
    });
    Some(el("ul").class("quiet").children(lines))
}
