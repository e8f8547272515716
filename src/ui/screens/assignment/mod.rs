//! An assignment: what is asked, the editor, files, and the versions that were handed in.

mod files;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;

use super::unreadable::unreadable;
use crate::domain::body::Body;
use crate::domain::course::Assignment;
use crate::domain::ids::Slug;
use crate::domain::progress::{Work, WorkKind};
use crate::domain::record::Audience;
use crate::domain::standing::StepStanding;
use crate::domain::task::AssignmentTask;
use crate::domain::text::Text;
use crate::domain::work::Submission;
use crate::package::open::details;
use crate::package::path::extension;
use crate::ui::components::editor::Editor;
use crate::ui::components::meter::completion;
use crate::ui::components::said::{button, fault_line, fold};
use crate::ui::components::window::{Now, now_in, season_note, window_note};
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Study, fetch_text, reader};
use files::Files;
pub use files::attached;
use versions::versions;

/// The draft field of the text.
const TEXT: &str = "text";

/// An assignment with everything around it.
pub fn assignment(
    study: &Study,
    step: &Slug,
    assignment: &Assignment,
    standing: Memo<StepStanding>,
) -> Vec<El> {
    let device = Device::here();
    let task = match details::assignment(&study.source, step) {
        Ok(task) => task,
        Err(fault) => return vec![unreadable(&fault)],
    };
    let prompt = device.write(el("p").class("mine"), &assignment.prompt);
    let mut all = vec![el("section").class("asked").child(prompt)];
    all.extend(window_note(study, assignment.open.as_ref()));
    all.extend(season_note(study));
    all.extend(rubric(&task));
    all.push(el("div").class("meter").child(completion(standing)));
    let submissions = submissions(study, step);
    if now_in(study, assignment.open.as_ref()) == Now::Inside {
        all.push(form(study, step, assignment, &task, submissions));
    }
    all.push(versions(study, step, submissions));
    let link = el("a").attr("href", &format!("#/class/work/{step}"));
    all.push(el("p").child(link.text(device.words().to_feedback())));
    all
}

/// The versions that were handed in, in order.
fn submissions(study: &Study, step: &Slug) -> Memo<Vec<Work>> {
    let (progress, step) = (study.progress, step.clone());
    Memo::new(move |_| {
        let progress = progress.get();
        let step = progress.step(&step);
        step.made(WorkKind::Submission).cloned().collect()
    })
}

/// What a good submission shows, to be unfolded.
fn rubric(task: &AssignmentTask) -> Option<El> {
    if task.rubric.is_empty() {
        return None;
    }
    let device = Device::here();
    let words = device.words();
    let item = |criterion: &crate::domain::task::Criterion| {
        let points = format!(" · {} {}", criterion.points, words.points_unit());
        let title = device.write(el("strong"), &criterion.title);
        el("li")
            .child(el("p").child(title).text(&points))
            .child(device.write(el("p").class("quiet"), &criterion.description))
    };
    let list = el("ul")
        .class("rubric")
        .children(task.rubric.iter().map(item));
    Some(fold(words.rubric(), vec![list]))
}

/// The editor with its files, templates and the button.
fn form(
    study: &Study,
    step: &Slug,
    assignment: &Assignment,
    task: &AssignmentTask,
    submissions: Memo<Vec<Work>>,
) -> El {
    let language = Device::here().language();
    let words = language.words();
    let Some(field) = Slug::parse(TEXT) else {
        return el("div");
    };
    let limits = assignment.length;
    let editor = Editor::open(study, step, &field, "", words.your_text());
    let files = Files::open(study, step, task.attachments.clone());
    let fault = RwSignal::new(String::new());
    let audience = if task.for_class {
        Audience::Class
    } else {
        Audience::Tutor
    };
    let submit = {
        let (study, step) = (study.clone(), step.clone());
        let (editor, files) = (editor.clone(), files.clone());
        move || {
            if let Some(wrong) = editor.fault(language, limits.min, limits.max) {
                fault.set(wrong);
                return;
            }
            fault.set(String::new());
            let submission = Submission {
                step: step.clone(),
                text: editor.draft.take(),
                files: files.take(),
                course: Some(study.course.id.clone()),
            };
            let fields = [&field, files.field()];
            study.make(&step, Body::Submission(submission), Some(audience), &fields);
            editor.clear();
        }
    };
    let reader = if task.for_class {
        words.for_class()
    } else {
        words.for_tutor()
    };
    el("section")
        .class("write")
        .child(el("h2").text(words.write_here()))
        .children(templates(study, &task.templates, &editor))
        .child(from_last(study, submissions, &editor, &files))
        .child(editor.draft.beside())
        .child(editor.field.clone().attr("rows", "14"))
        .child(editor.length_line(limits.min, limits.max))
        .child(el("p").class("quiet").text(words.draft_note()))
        .child(files.view())
        .child(el("p").class("quiet").text(words.who_reads()).text(reader))
        .child(fault_line(fault))
        .child(button("primary", words.submit(), submit))
}

/// Templates: to open, and to begin with where they are plain text.
fn templates(study: &Study, templates: &[(Text, Text)], editor: &Editor) -> Option<El> {
    if templates.is_empty() {
        return None;
    }
    let device = Device::here();
    let words = device.words();
    let item = |(title, file): &(Text, Text)| {
        let path = device.text(file);
        let address: Arc<str> = study.file(&path).into();
        let link = el("a").attr("href", &address).attr("download", "");
        let plain = matches!(extension(&path), "md" | "txt");
        let editor = editor.clone();
        let take = plain.then(|| {
            button("plain", words.take_template(), move || {
                let (editor, address) = (editor.clone(), Arc::clone(&address));
                leptos::task::spawn_local(async move {
                    // What is written already stays, above the template.
                    if let Some(text) = fetch_text(&address).await {
                        let written = editor.draft.text();
                        let both = format!("{written}\n\n{text}");
                        editor.draft.put(both.trim_start());
                    }
                });
            })
        });
        el("li").child(device.write(link, title)).children(take)
    };
    let list = el("ul").children(templates.iter().map(item));
    Some(
        el("div")
            .child(el("h3").text(words.templates()))
            .child(list),
    )
}

/// Offers to go on from the last version while nothing is written.
fn from_last(study: &Study, submissions: Memo<Vec<Work>>, editor: &Editor, files: &Files) -> El {
    let (study, editor, files) = (study.clone(), editor.clone(), files.clone());
    let empty = Memo::new({
        let count = editor.count;
        move |_| count.get().characters == 0
    });
    el("div").live(move || {
        let last = submissions.with(|all| all.last().cloned());
        let Some(last) = last.filter(|_| empty.get()) else {
            return Vec::new();
        };
        let (study, editor, files) = (study.clone(), editor.clone(), files.clone());
        let label = Device::here().words().from_last();
        vec![button("secondary", label, move || {
            let (study, editor, id) = (study.clone(), editor.clone(), last.id.clone());
            let files = files.clone();
            leptos::task::spawn_local(async move {
                if let Some(Body::Submission(last)) = reader::body(&study, &id).await {
                    editor.draft.put(&last.text);
                    files.list(last.files);
                }
            });
        })]
    })
}
