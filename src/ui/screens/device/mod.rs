//! On this device (本机内容): what of the open course is here, fetching it, taking it off.

mod carry;
mod choose;
mod import;
mod job;
mod row;
mod shelf;
mod storage;
mod underway;

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::course::Module;
use crate::domain::ids::Slug;
use crate::package::kept::Files;
use crate::ui::browser;
use crate::ui::components::said::{button, fold};
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, svg};
use crate::ui::format::bytes;
use crate::ui::state::{Device, Laters, Study, content};
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::store_trouble;
use job::{Job, Phase, Told};
use row::{List, Wanted, row};

pub use carry::{CARRIED, alone, forget};
pub use underway::is_marked;

/// Where there is no course yet: opening one.
pub fn first_course(words: &'static str) -> El {
    match ScoreWords::read(words) {
        Some(words) => choose::first(words),
        None => el("p"),
    }
}

/// The screen.
pub fn device(words: &'static str, _: &'static str) -> El {
    match ScoreWords::read(words) {
        Some(words) => screen(words),
        None => el("p"),
    }
}

fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    let job = Job::of_page();
    {
        let (job, study) = (job.clone(), study.clone());
        leptos::task::spawn_local(async move { job.look(&study).await });
    }
    // Without a network every screen is wanted, also those that were not opened yet.
    let Laters(_, notes, class, deck) = expect_context();
    class.part(Device::here().language());
    deck.part(Device::here().language());
    notes.part(Device::here().language());
    {
        let study = study.clone();
        leptos::task::spawn_local(async move {
            if let Some(store) = study.store.try_get_value() {
                import::sweep(&store).await;
            }
        });
    }
    let is_imported = content::imported_id(&study.base).is_some();
    let list = match Files::read(&study.source) {
        _ if is_imported => el("p").text(words.import_here()),
        _ if study.volatile => el("p").text(words.device_volatile()),
        Some(files) => contents(&List {
            study: study.clone(),
            files: Arc::new(files),
            job: job.clone(),
            words,
        }),
        None => el("p").attr("role", "alert").text(words.device_unlisted()),
    };
    el("article")
        .class("narrow")
        .child(title(words.device()))
        .child(el("p").text(words.device_intro()))
        .child(promises(words))
        .child(progress(words, &job))
        .child(list)
        .children((!study.volatile).then(|| shelf::shelf(words, &study, &job)))
        .children((!study.volatile).then(|| choose::choose(words)))
        .child(
            el("p").child(
                el("a")
                    .attr("href", "#/records")
                    .text(words.device_records()),
            ),
        )
}

/// What holds for everything that is kept here.
fn promises(words: ScoreWords) -> El {
    let room = RwSignal::new(None::<storage::Room>);
    let kept = RwSignal::new(None::<bool>);
    leptos::task::spawn_local(async move {
        let found = (storage::room().await, storage::is_kept().await);
        room.try_set(found.0);
        kept.try_set(found.1);
    });
    let reopens = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        if storage::reopens().await.is_some() {
            reopens.try_set(true);
        }
    });
    let lasting = move || {
        let opens = if browser::is_portable() {
            words.carry_note()
        } else if reopens.get() {
            words.device_reopens()
        } else {
            words.device_stays()
        };
        let mut lines = vec![el("li").text(opens)];
        if let Some(room) = room.get() {
            lines.push(el("li").text(&fill(words.device_room(), &[&bytes(room.left)])));
        }
        match kept.get() {
            Some(true) => lines.push(el("li").text(words.device_lasting())),
            _ => lines.push(el("li").text(words.device_fleeting())),
        }
        lines
    };
    let refused = RwSignal::new(false);
    let ask = move || {
        let mut asked = Vec::new();
        if kept.get() == Some(false) {
            let ask = button("secondary", words.device_ask(), move || {
                leptos::task::spawn_local(async move {
                    let answer = storage::keep().await;
                    kept.try_set(answer);
                    refused.try_set(answer != Some(true));
                });
            });
            asked.push(el("p").child(ask));
        }
        let answer = el("p").attr("role", "status").live_text(move || {
            let said = refused.get().then(|| words.device_refused());
            said.unwrap_or_default().to_owned()
        });
        asked.push(answer);
        asked
    };
    el("div")
        .child(el("ul").live(lasting))
        .child(el("div").live(ask))
}

/// What is on its way, and what went wrong.
fn progress(words: ScoreWords, job: &Job) -> El {
    let phase = {
        let job = job.clone();
        Memo::new(move |_| job.status(|status| status.phase))
    };
    let figures = {
        let job = job.clone();
        Memo::new(move |_| {
            job.status(|status| {
                let whole: u64 = status.queue.iter().map(|file| file.bytes).sum();
                let here = status.done + status.arrived;
                (here, status.done + whole, status.queue.len())
            })
        })
    };
    let bar = move || {
        let (here, whole, _) = figures.get();
        (here * 100 / whole.max(1)).min(100).to_string()
    };
    let told = {
        let job = job.clone();
        Memo::new(move |_| job.status(|status| status.told.clone()))
    };
    let job = job.clone();
    el("div")
        .child(el("div").live(move || match phase.get() {
            Phase::Idle => Vec::new(),
            now => vec![under_way(words, &job, now, figures, bar)],
        }))
        .child(
            el("p")
                .class("fault")
                .attr("role", "alert")
                .live_text(move || {
                    told.get()
                        .map_or_else(String::new, |told| say(words, &told))
                }),
        )
}

fn under_way(
    words: ScoreWords,
    job: &Job,
    phase: Phase,
    figures: Memo<(u64, u64, usize)>,
    bar: impl Fn() -> String + Copy + 'static,
) -> El {
    let said = match phase {
        Phase::Paused => words.device_paused(),
        Phase::Waiting => words.device_waiting(),
        Phase::Running | Phase::Idle => words.device_running(),
    };
    let line = move || {
        let (here, whole, files) = figures.get();
        fill(
            words.device_progress(),
            &[&bytes(here), &bytes(whole), &files.to_string()],
        )
    };
    let names = {
        let (job, colon) = (job.clone(), Device::here().words().colon());
        move || {
            job.status(|status| format!("{said}{colon}{}", status.names.join(words.look_comma())))
        }
    };
    let study = Study::here();
    let (pausing, stopping) = ((job.clone(), study.clone()), (job.clone(), study));
    let paused = phase == Phase::Paused;
    let pause = if paused {
        words.device_go_on()
    } else {
        words.device_pause()
    };
    el("div")
        .class("headline")
        .child(el("p").attr("role", "status").live_text(names))
        .child(el("p").class("number").live_text(line))
        .child(filled(words, bar))
        .child(
            el("div")
                .class("row")
                .child(button("secondary", pause, move || {
                    pausing.0.pause(&pausing.1, !paused);
                }))
                .child(button("secondary", words.device_stop(), move || {
                    stopping.0.stop(&stopping.1);
                })),
        )
}

/// A bar that is filled to so many hundredths.
fn filled(words: ScoreWords, percent: impl Fn() -> String + Copy + 'static) -> El {
    let fill = svg("rect")
        .attr("height", "8")
        .live_attr("width", move || Some(percent()));
    let bar = svg("svg")
        .attr("class", "bar")
        .attr("viewBox", "0 0 100 8")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(fill);
    el("div")
        .attr("role", "progressbar")
        .attr("aria-label", words.device_running())
        .live_attr("aria-valuenow", move || Some(percent()))
        .child(bar)
}

fn say(words: ScoreWords, told: &Told) -> String {
    match told {
        Told::Missing(path) => fill(words.device_missing(), &[path]),
        Told::Other(path) => fill(words.device_other(), &[path]),
        Told::Full => words.device_full().to_owned(),
        Told::NoRoom(wanted, left) => {
            fill(words.device_no_room(), &[&bytes(*wanted), &bytes(*left)])
        }
        Told::Store(error) => store_trouble(Device::here().language(), error).to_owned(),
    }
}

/// The course, its modules and their steps.
fn contents(list: &List) -> El {
    let device = Device::here();
    let words = list.words;
    let course = &list.study.course;
    let whole = el("section")
        .child(device.write(el("h2"), &course.title))
        .child(row(list, &Wanted(None), words.device_course(), true));
    let modules = course.modules.iter().map(|module| of_module(list, module));
    el("div")
        .child(whole)
        .child(el("ul").class("courses").children(modules))
}

fn of_module(list: &List, module: &Module) -> El {
    let device = Device::here();
    let steps: Vec<_> = module
        .topics
        .iter()
        .flat_map(|topic| &topic.steps)
        .collect();
    let ids: Vec<Slug> = steps.iter().map(|step| step.id.clone()).collect();
    let each = steps.iter().map(|step| {
        let name = device.text(&step.title);
        el("li")
            .child(device.write(el("span"), &step.title))
            .child(row(
                list,
                &Wanted(Some(vec![step.id.clone()])),
                &name,
                false,
            ))
    });
    let each = el("ul").class("courses").children(each);
    let name = device.text(&module.title);
    el("li")
        .child(device.write(el("h3"), &module.title))
        .child(row(list, &Wanted(Some(ids)), &name, true))
        .child(fold(list.words.device_by_step(), vec![each]))
}
