//! What was made in an attempt, by term, for the archive.

use super::item::presence_word;
use super::{day, last_day, step_title};
use crate::domain::answers::answers;
use crate::domain::assessment::{Assessment, Period, Presence, Rule, takes_place_of};
use crate::domain::course::{Course, StepContent};
use crate::domain::fields::Fields;
use crate::domain::ids::Slug;
use crate::domain::notes::{Highlight, highlights};
use crate::domain::points::Points;
use crate::domain::progress::{Progress, WorkKind};
use crate::domain::record::Audience;
use crate::domain::sorted::{Sorted, in_order};
use crate::domain::time::{Moment, Window};
use crate::ui::dom::{El, el};
use crate::ui::state::Device;
use crate::ui::text::score::{ScoreWords, fill};

/// So many characters of a passage that was marked are in the archive; all of it is in the study notes.
const QUOTED: usize = 80;

/// One line of the archive.
struct Made {
    kind: &'static str,
    what: String,
    at: Moment,
}

/// Everything that was made, by the terms of the course; posts of a discussion are one line. Highlights and notes
/// are there where they are asked for.
pub fn made(
    words: &ScoreWords,
    course: &Course,
    assessment: &Assessment,
    progress: &Progress,
    with_notes: bool,
) -> Vec<El> {
    let mut all = own(words, course, progress, with_notes);
    all.extend(received(words, course, assessment, progress));
    let all = in_order(all, |made| made.at.0);
    let enrolled = progress.enrolment.as_ref().map_or(Moment(0), |of| of.at);
    let study = course.calendar.phases(enrolled).study;
    let terms = assessment.periods.of(Period::Term, study, &course.calendar);
    let mut by_term: Sorted<usize, Vec<Made>> = Sorted::default();
    for made in all {
        let term = terms.iter().position(|term| term.contains(made.at));
        by_term.entry(term.unwrap_or(terms.len())).push(made);
    }
    let mut shown = Vec::new();
    for (term, made) in by_term.iter() {
        if !terms.is_empty() {
            shown.push(el("h4").text(&term_title(words, course, &terms, *term)));
        }
        shown.push(table(words, course, made));
    }
    shown
}

fn term_title(words: &ScoreWords, course: &Course, terms: &[Window], at: usize) -> String {
    match terms.get(at) {
        Some(term) => {
            let dates = format!(
                "{}–{}",
                day(course, term.opens),
                last_day(course, term.closes)
            );
            fill(words.archive_term(), &[&(at + 1).to_string(), &dates])
        }
        None => words.archive_outside().to_owned(),
    }
}

fn table(words: &ScoreWords, course: &Course, made: &[Made]) -> El {
    let heads = [
        words.archive_when(),
        words.archive_kind(),
        words.archive_what(),
    ];
    let heads = heads.map(|head| el("th").attr("scope", "col").text(head));
    let row = |made: &Made| {
        el("tr")
            .child(el("td").class("number").text(&day(course, made.at)))
            .child(el("td").text(made.kind))
            .child(el("td").text(&made.what))
    };
    el("table")
        .class("ledger made")
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").children(made.iter().map(row)))
}

/// What the learner made.
fn own(words: &ScoreWords, course: &Course, progress: &Progress, with_notes: bool) -> Vec<Made> {
    let mut all = Vec::new();
    for (step, known) in progress.steps.iter() {
        let title = step_title(course, step);
        let posts: Vec<_> = known.latest_posts().collect();
        if let Some((last, _)) = posts.last() {
            let count = fill(words.made_posts(), &[&posts.len().to_string()]);
            all.push(Made {
                kind: words.made_post(),
                what: format!("{title} · {count}"),
                at: last.at,
            });
        }
        for work in &known.work {
            let kind = match work.kind {
                WorkKind::Post => continue,
                WorkKind::Submission => words.made_submission(),
                WorkKind::Reflection => words.made_reflection(),
                WorkKind::Question => words.made_question(),
                WorkKind::Attempt => words.made_exam(),
                WorkKind::Attendance => words.made_attendance(),
            };
            let mut what = title.clone();
            if work.kind == WorkKind::Attempt && work.size >= 0 {
                what = format!("{what} · {}%", Points::from_thousandths(work.size));
            }
            if work.audience == Audience::Private {
                what = format!("{what}（{}）", words.made_private());
            }
            all.push(Made {
                kind,
                what,
                at: work.at,
            });
        }
        for (place, note) in known.notes.iter().filter(|_| with_notes) {
            let text = note.text.trim();
            if text.is_empty() {
                continue;
            }
            let asked = asked(course, step, place).map(|asked| format!("{asked} · "));
            all.push(Made {
                kind: words.made_note(),
                what: format!("{title} · {}{text}", asked.unwrap_or_default()),
                at: note.at,
            });
        }
    }
    let marked = with_notes.then(|| highlights(&progress.kept));
    all.extend(marked.into_iter().flatten().map(|one| Made {
        kind: words.made_highlight(),
        what: highlighted(course, &one),
        at: one.at,
    }));
    all.extend(answers(&progress.kept).into_iter().map(|one| Made {
        kind: words.room_said(),
        what: format!("{} · {}", step_title(course, &one.step), one.words),
        at: one.at,
    }));
    all
}

/// The question of a video that a note answers, if it does.
fn asked(course: &Course, step: &Slug, place: &str) -> Option<String> {
    let placed = course.step(step)?;
    let StepContent::Video(video) = &placed.step.content else {
        return None;
    };
    let mut prompts = video.prompts.iter();
    let prompt = prompts.find(|prompt| prompt.id.as_str() == place)?;
    Some(Device::here().text(&prompt.question))
}

/// A highlight in one line: where, the beginning of the passage, and all of the words beside it.
fn highlighted(course: &Course, one: &Highlight) -> String {
    let title = step_title(course, &one.step);
    let mut letters = one.anchor.quote.chars();
    let mut quote: String = letters.by_ref().take(QUOTED).collect();
    if letters.next().is_some() {
        quote.push('…');
    }
    let words = one.words.trim();
    let said = if words.is_empty() { "" } else { " · " };
    // What is quoted may begin with a quotation mark itself.
    let quote = quote.trim_matches(['“', '”']);
    format!("{title} · “{quote}”{said}{words}")
}

/// What others said, and what was reviewed or shown.
fn received(
    words: &ScoreWords,
    course: &Course,
    assessment: &Assessment,
    progress: &Progress,
) -> Vec<Made> {
    let line = |kept: &crate::domain::progress::Kept| {
        let at = Fields(&kept.body);
        let step = at.slug("step").map(|step| match course.step(&step) {
            Some(_) => step_title(course, &step),
            None => words.made_unknown().to_owned(),
        });
        let (kind, said) = match kept.kind.as_str() {
            "grade" => {
                let figure = |name: &str| at.whole(name).filter(|value| *value >= 0);
                let points = figure("points").map(Points::from_thousandths);
                // More than everything counts as everything.
                let percent =
                    figure("percent").map(|all| Points::from_thousandths(all.min(100_000)));
                let said = points.map(|points| points.to_string());
                let said = said.or_else(|| percent.map(|percent| format!("{percent}%")));
                let criteria = at.find("criteria").map(|_| String::new());
                let unfit = || words.made_unfit().to_owned();
                let said = said.or(criteria).unwrap_or_else(unfit);
                (
                    words.made_grade(),
                    Some(said).filter(|said| !said.is_empty()),
                )
            }
            "attendance" => {
                let presence = at.text("status").and_then(Presence::parse);
                let word = presence.map(|presence| presence_word(words, presence).to_owned());
                (words.made_attendance(), word)
            }
            "review" => (words.made_review(), None),
            "showcase" => (words.made_showcase(), None),
            _ => return None,
        };
        let graded = (kept.kind == "grade").then(|| {
            let unknown = || words.made_unknown().to_owned();
            graded(assessment, at).unwrap_or_else(unknown)
        });
        let replaced = progress
            .kept
            .iter()
            .any(|other| takes_place_of(other, kept));
        let replaced = replaced.then(|| words.made_replaced().to_owned());
        let what = graded.into_iter().chain(step).chain(said).chain(replaced);
        let what: Vec<String> = what.collect();
        Some(Made {
            kind,
            what: what.join(" · "),
            at: kept.at,
        })
    };
    progress.kept.iter().filter_map(line).collect()
}

/// What a grade is of: the task of a plan, or the indicator.
fn graded(assessment: &Assessment, at: Fields<'_>) -> Option<String> {
    let device = Device::here();
    let id = at.text("indicator")?;
    let mut indicators = assessment
        .schemes
        .iter()
        .flat_map(|scheme| &scheme.indicators);
    let found = indicators.find(|indicator| indicator.id.as_str() == id)?;
    let task = match &found.rule {
        Rule::TaskPoints(tasks) => at.text("task").and_then(|task| tasks.title(task)),
        _ => None,
    };
    Some(device.text(task.unwrap_or(&found.title)))
}
