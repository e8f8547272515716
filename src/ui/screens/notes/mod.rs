//! Study notes (学习笔记): highlights in readings, the words beside them, and answers to the questions in
//! videos, gathered by step, to be gone back to, printed and taken along.

mod card;
mod desk;
mod find;
mod laid;
mod paper;
mod reading;

pub use reading::over;

use leptos::prelude::*;

use crate::domain::course::{Module, Step, StepContent};
use crate::domain::ids::RecordId;
use crate::domain::notes::{Colour, Entry, Highlight, Section, highlights, markdown};
use crate::domain::progress::Progress;
use crate::ui::browser;
use crate::ui::components::said::{button, written};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::format::{date_time, day};
use crate::ui::route::Route;
use crate::ui::screens::search::to_moment;
use crate::ui::state::{Device, Study};
use crate::ui::text::notes::NotesWords;
use crate::ui::text::score::fill;
use desk::{colour_name, swatch, want};

/// One note, and where it was made.
struct Line {
    entry: Entry,
    /// Where it leads to.
    href: String,
    /// Only a highlight has them.
    mark: Option<(RecordId, Colour)>,
    /// When the question appears that it answers, in milliseconds of the video.
    at_ms: Option<u64>,
}

/// The notes of a step, or of a part of one.
struct Place {
    title: String,
    lines: Vec<Line>,
}

/// The language and the place of the notes.
#[derive(Clone)]
struct Room {
    words: NotesWords,
    device: Device,
    study: Study,
}

/// The screen.
pub fn notes(_: &'static str, words: &'static str) -> El {
    let Some(words) = NotesWords::read(words) else {
        return el("p");
    };
    let room = Room {
        words,
        device: Device::here(),
        study: Study::here(),
    };
    let only = RwSignal::new(String::new());
    let of = room.clone();
    let content = el("div").live(move || {
        let (progress, only) = (room.study.progress.get(), only.get());
        untrack(|| shown(&room, &gathered(&room, &progress, &only)))
    });
    let save = button("secondary", words.as_markdown(), move || {
        let progress = of.study.progress.get_untracked();
        save(&of, gathered(&of, &progress, &only.get_untracked()));
    });
    let print = button("secondary", words.print(), || {
        let _ = browser::window().print();
    });
    el("article")
        .class("study-notes")
        .child(title(words.notes()))
        .child(el("p").class("quiet off").text(words.notes_intro()))
        .child(
            el("div")
                .class("row off")
                .child(filter(words, only))
                .child(save)
                .child(print),
        )
        .child(content)
}

fn filter(words: NotesWords, only: RwSignal<String>) -> El {
    let option = |value: &str, label: &str| el("option").attr("value", value).text(label);
    let mut select = el("select").child(option("", words.all_kinds()));
    for colour in Colour::ALL {
        select = select.child(option(colour.name(), colour_name(words, colour)));
    }
    let select = select
        .child(option("note", words.answers()))
        .fills("change", only);
    el("label").class("field").text(words.show()).child(select)
}

/// Everything in the order of the course; `only` names a colour, or `note` for what has none.
fn gathered(room: &Room, progress: &Progress, only: &str) -> Vec<Place> {
    let marked = highlights(&progress.kept);
    let mut all = Vec::new();
    for module in &room.study.course.modules {
        for step in module.topics.iter().flat_map(|topic| &topic.steps) {
            all.extend(of_step(room, progress, (module, step), &marked));
        }
    }
    for place in &mut all {
        place.lines.retain(|line| match &line.mark {
            Some((_, colour)) => only.is_empty() || only == colour.name(),
            None => only.is_empty() || only == "note",
        });
    }
    all.retain(|place| !place.lines.is_empty());
    all
}

fn of_step(
    room: &Room,
    progress: &Progress,
    (module, step): (&Module, &Step),
    marked: &[Highlight],
) -> Vec<Place> {
    let Room {
        words,
        device,
        study,
    } = room;
    let when = |at| {
        date_time(
            device.language(),
            at,
            study.course.calendar.utc_offset_minutes,
        )
    };
    let title = format!(
        "{} · {}",
        device.text(&module.title),
        device.text(&step.title)
    );
    let mut all = Vec::new();
    let known = progress.step(&step.id);
    let answers: Vec<Line> = known
        .notes
        .iter()
        .map(|(at, note)| {
            let question = match &step.content {
                StepContent::Video(video) => {
                    let asked = video.prompts.iter().find(|prompt| prompt.id.as_str() == at);
                    asked.map(|prompt| (device.text(&prompt.question), prompt.at_ms))
                }
                _ => None,
            };
            let (question, at_ms) = question.unzip();
            Line {
                entry: Entry {
                    label: question.unwrap_or_else(|| words.answers().to_owned()),
                    when: when(note.at),
                    quote: String::new(),
                    words: note.text.clone(),
                },
                href: Route::to_step(&step.id).href(),
                mark: None,
                at_ms,
            }
        })
        .collect();
    all.push(Place {
        title: title.clone(),
        lines: answers,
    });
    let StepContent::Reading(reading) = &step.content else {
        return all;
    };
    let mut left: Vec<&Highlight> = marked.iter().filter(|one| one.step == step.id).collect();
    let line = |one: &Highlight| Line {
        entry: Entry {
            label: colour_name(*words, one.colour).to_owned(),
            when: when(one.at),
            quote: one.anchor.quote.clone(),
            words: one.words.clone(),
        },
        href: Route::Step {
            step: step.id.clone(),
            part: Some(one.part.clone()),
        }
        .href(),
        mark: Some((one.id.clone(), one.colour)),
        at_ms: None,
    };
    for part in &reading.parts {
        let mut here: Vec<&Highlight> = Vec::new();
        left.retain(|one| {
            let is_here = one.part == part.id;
            if is_here {
                here.push(one);
            }
            !is_here
        });
        here.sort_by_key(|one| one.anchor.offset);
        all.push(Place {
            title: format!("{title} · {}", device.text(&part.title)),
            lines: here.into_iter().map(line).collect(),
        });
    }
    // Of parts that the course has no more.
    all.push(Place {
        title,
        lines: left.into_iter().map(line).collect(),
    });
    all
}

fn shown(room: &Room, places: &[Place]) -> Vec<El> {
    let Room { words, study, .. } = room;
    if places.is_empty() {
        return vec![el("p").text(words.notes_none())];
    }
    let section = |place: &Place| {
        let lines = place.lines.iter().map(|line| item(*words, line));
        el("section")
            .child(el("h2").text(&place.title))
            .child(el("ul").class("feed").children(lines))
    };
    let today = day(browser::now(), study.course.calendar.utc_offset_minutes);
    let course = room.device.text(&study.course.title);
    let made = fill(words.made(), &[&today]);
    let name = study.name.as_ref();
    let head = [course.as_str(), name, &made];
    let head = head.into_iter().filter(|part| !part.is_empty());
    let head: Vec<&str> = head.collect();
    let head = el("p").class("quiet").text(&head.join(" · "));
    [head]
        .into_iter()
        .chain(places.iter().map(section))
        .collect()
}

fn item(words: NotesWords, line: &Line) -> El {
    let Entry {
        label,
        when,
        quote,
        words: mine,
    } = &line.entry;
    let head = el("p")
        .class("quiet")
        .children(line.mark.as_ref().map(|(_, colour)| swatch(*colour)))
        .child(el("strong").text(label))
        .text(&format!(" · {when}"));
    let quote = (!quote.is_empty()).then(|| written(quote).class("mine quote"));
    let mine = (!mine.is_empty()).then(|| written(mine));
    let id = line.mark.as_ref().map(|(id, _)| id.clone());
    let (href, at_ms) = (line.href.clone(), line.at_ms);
    let back = el("a")
        .class("off")
        .attr("href", &line.href)
        .text(words.to_place())
        .on("click", move |_| {
            if let Some(ms) = at_ms {
                to_moment(href.clone(), ms);
            }
            if let Some(id) = &id {
                want(id);
            }
        });
    el("li")
        .child(head)
        .children(quote)
        .children(mine)
        .child(back)
}

/// Offers the notes as a file.
fn save(room: &Room, places: Vec<Place>) {
    let Room {
        words,
        device,
        study,
    } = room;
    let today = day(browser::now(), study.course.calendar.utc_offset_minutes);
    let title = format!("{} · {}", words.notes(), device.text(&study.course.title));
    let sections: Vec<Section> = places
        .into_iter()
        .map(|place| Section {
            title: place.title,
            entries: place.lines.into_iter().map(|line| line.entry).collect(),
        })
        .collect();
    let text = markdown(&title, &fill(words.made(), &[&today]), &sections);
    let _ = browser::save_file(
        &format!("zhixing-notes-{today}.md"),
        "text/markdown",
        text.as_bytes(),
    );
}
