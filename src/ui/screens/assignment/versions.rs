//! The versions of an assignment: a receipt for each, its words and files, two side by side.

use leptos::prelude::*;

use super::files::attached;
use crate::domain::body::Body;
use crate::domain::compare::sentences;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::Work;
use crate::domain::work::Submission;
use crate::ui::components::said::{button, fold, saved_mark, written};
use crate::ui::components::sheet::print_copies;
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study, reader};
use crate::ui::text::{characters_of, version_label};

/// The versions, the latest first; nothing before the first was handed in.
pub fn versions(study: &Study, step: &Slug, submissions: Memo<Vec<Work>>) -> El {
    let (study, step) = (study.clone(), step.clone());
    el("div").live(move || {
        let words = Device::here().words();
        let all = submissions.get();
        if all.is_empty() {
            return Vec::new();
        }
        let rows = all.iter().enumerate().rev();
        let rows = rows.map(|(at, work)| version(&study, &step, at + 1, work));
        let list = el("ol").class("entries").children(rows);
        let mut content = vec![el("h2").text(words.versions()), list];
        if all.len() > 1 {
            content.push(fold(words.compare(), vec![compare(&study, &all)]));
        }
        vec![el("section").children(content)]
    })
}

/// One version with its receipt.
fn version(study: &Study, step: &Slug, number: usize, work: &Work) -> El {
    let device = Device::here();
    let language = device.language();
    let words = language.words();
    let placed = study.course.step(step);
    let title = placed.map_or_else(String::new, |placed| device.text(&placed.step.title));
    let row = |term: &str, text: &str| [el("dt").text(term), el("dd").text(text)];
    let code: String = work.id.as_str().chars().take(8).collect();
    let facts = el("dl")
        .class("facts")
        .children(row(words.receipt_step(), &title))
        .children(row(
            words.receipt_version(),
            &version_label(language, number),
        ))
        .children(row(words.when(), &moment(study, work.at)))
        .children(row(
            words.receipt_length(),
            &characters_of(language, work.size),
        ))
        .children(row(words.receipt_code(), &code));
    let receipt = el("div")
        .class("receipt")
        .child(facts)
        .child(el("p").child(saved_mark()));
    let text = submitted(study, &work.id, None);
    let topic = placed.map_or_else(String::new, |placed| device.text(&placed.topic.title));
    let course = device.write(el("p"), &study.course.title);
    let printed = [
        el("h1").text(words.receipt()),
        course.text(" · ").text(&topic),
        el("p").text(words.receipt_name()),
        receipt.clone(),
        text.clone(),
    ];
    let print = button("secondary", words.print_receipt(), move || {
        print_copies(&printed);
    });
    let text = fold(words.show_text(), vec![text]);
    el("li")
        .child(receipt)
        .child(text)
        .child(el("p").child(print))
}

/// The words and files of a version, read from its record.
fn submitted(study: &Study, id: &RecordId, compared: Option<Compared>) -> El {
    let read = RwSignal::new(None::<Submission>);
    let (from, wanted) = (study.clone(), id.clone());
    leptos::task::spawn_local(async move {
        if let Some(Body::Submission(body)) = reader::body(&from, &wanted).await {
            if let Some(compared) = compared {
                compared.own.try_set(body.text.clone());
            }
            read.try_set(Some(body));
        }
    });
    let study = study.clone();
    el("div").live(move || {
        let Some(submission) = read.get() else {
            return Vec::new();
        };
        untrack(|| {
            let files = submission.files.iter().map(|file| attached(&study, file));
            let files = el("ul").class("files").children(files);
            let text = match compared {
                Some(compared) => marked(submission.text.clone(), compared.other),
                None => written(&submission.text),
            };
            vec![text, files]
        })
    })
}

/// A text and the one that it is compared with.
#[derive(Clone, Copy)]
struct Compared {
    own: RwSignal<String>,
    other: RwSignal<String>,
}

/// A text with the sentences marked that the other does not have.
fn marked(text: String, other: RwSignal<String>) -> El {
    written("").live(move || {
        let other = other.get();
        let part = |(sentence, same): (&str, bool)| {
            let tag = if same || other.is_empty() {
                "span"
            } else {
                "mark"
            };
            el(tag).text(sentence)
        };
        sentences(&text, &other).map(part).collect()
    })
}

/// Two versions side by side; the last two to begin with.
fn compare(study: &Study, all: &[Work]) -> El {
    let last = all.len() - 1;
    let (left, right) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let of = |own, other| Compared { own, other };
    el("div")
        .class("side-by-side")
        .child(side(study, all, last - 1, of(left, right)))
        .child(side(study, all, last, of(right, left)))
}

fn side(study: &Study, all: &[Work], first: usize, compared: Compared) -> El {
    let language = Device::here().language();
    let chosen = RwSignal::new(first);
    let option = |at: usize| {
        el("option")
            .attr("value", &at.to_string())
            .text(&version_label(language, at + 1))
    };
    let choice = el("select")
        .attr("aria-label", language.words().versions())
        .children((0..all.len()).map(option))
        .live_value(move || chosen.get().to_string())
        .on("change", move |event| {
            if let Ok(at) = value_of(event).parse() {
                chosen.set(at);
            }
        });
    let ids: Vec<RecordId> = all.iter().map(|work| work.id.clone()).collect();
    let study = study.clone();
    let shown = el("div").live(move || {
        let id = ids.get(chosen.get());
        untrack(|| {
            let shown = id.map(|id| submitted(&study, id, Some(compared)));
            shown.into_iter().collect()
        })
    });
    el("div").child(choice).child(shown)
}
