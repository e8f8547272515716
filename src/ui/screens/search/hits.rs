//! What was found, in a list.

use std::ops::Range;

use super::corpus::{Corpus, Target};
use super::jump::{Goal, follow, goal, opens_elsewhere};
use crate::domain::search::{Document, Kind, Place, Query, Snippet, places, whole};
use crate::ui::dom::{El, el};
use crate::ui::format::clock;
use crate::ui::text::notes::NotesWords;

/// The id of a hit, counted from 0.
pub fn id_of(number: usize) -> String {
    format!("search-hit-{number}")
}

/// Some of the hits, in a list.
pub fn items(words: NotesWords, corpus: &Corpus, which: Range<usize>) -> Vec<El> {
    let hits = corpus.found.hits.iter().enumerate();
    let shown = hits.take(which.end).skip(which.start);
    let items = shown.filter_map(|(number, hit)| {
        let document = corpus.documents.get(hit.document)?;
        let target = corpus.targets.get(hit.document)?;
        Some(item(words, number, document, target, &corpus.query))
    });
    items.collect()
}

fn item(
    words: NotesWords,
    number: usize,
    document: &Document,
    target: &Target,
    query: &Query,
) -> El {
    let kind = el("span")
        .class("kind")
        .text(kind_label(words, document.kind));
    let heading = el("p").class("search-of").child(kind);
    let heading = match target.within.as_str() {
        "" => heading,
        within => heading.child(el("span").text(within)),
    };
    let title = whole(&document.title, query);
    let found = places(document, query);
    let id = id_of(number);
    if found.is_empty() {
        let link = link(target, Goal::Top).attr("id", &id);
        return el("li").child(heading.child(marked(link, &title)));
    }
    let heading = if title.text.is_empty() {
        heading
    } else {
        heading.child(marked(el("span"), &title))
    };
    let place = |(nth, place): (usize, &Place)| {
        let link = place_link(target, place).attr_if("id", (nth == 0).then_some(id.as_str()));
        el("p").child(link)
    };
    el("li")
        .child(heading)
        .children(found.iter().enumerate().map(place))
}

/// A link to a place of a text.
fn link(target: &Target, goal: Goal) -> El {
    let href = target.href();
    el("a").attr("href", &href).on("click", move |event| {
        if !opens_elsewhere(event) {
            follow(href.clone(), goal.clone());
        }
    })
}

/// A link to a place of a text, with its words; when a caption appears stands before them.
fn place_link(target: &Target, place: &Place) -> El {
    let goal = goal(&target.spot, place.at);
    let time = match &goal {
        Goal::Moment(starts_ms) => Some(clock(*starts_ms)),
        _ => None,
    };
    let mut link = link(target, goal).attr_if("lang", target.lang.as_deref());
    if let Some(time) = time {
        let time = el("span").class("search-time number").text(&time);
        link = link.child(time).text(" ");
    }
    marked(link, &place.snippet)
}

/// A snippet, put into `into`.
fn marked(into: El, snippet: &Snippet) -> El {
    let text = |from: usize, to: usize| snippet.text.get(from..to).unwrap_or_default();
    let mut into = into;
    let mut from = 0;
    for mark in &snippet.marks {
        into = into
            .text(text(from, mark.start))
            .child(el("mark").text(text(mark.start, mark.end)));
        from = mark.end;
    }
    into.text(text(from, snippet.text.len()))
}

fn kind_label(words: NotesWords, kind: Kind) -> &'static str {
    match kind {
        Kind::Module => words.search_kind_module(),
        Kind::Topic => words.search_kind_topic(),
        Kind::Step => words.search_kind_step(),
        Kind::Reading => words.search_kind_reading(),
        Kind::Caption => words.search_kind_caption(),
        Kind::Note => words.search_kind_note(),
        Kind::Work => words.search_kind_work(),
        Kind::Post => words.search_kind_post(),
    }
}
