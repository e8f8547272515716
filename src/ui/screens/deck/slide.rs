//! One slide on the page. What is covered is not on it.

use leptos::prelude::*;
use web_sys::{HtmlElement, HtmlVideoElement};

use super::{Show, heard, left};
use crate::domain::course::{StepContent, Video};
use crate::domain::ids::Slug;
use crate::package::markdown::Inline;
use crate::projection::{Body, Item, Sheet, Shown, Slide, TableSheet, uncovered};
use crate::ui::components::markdown;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Study};
use crate::ui::text::score::fill;

/// The slide.
pub fn slide(show: &Show, slide: &Slide) -> El {
    let words = show.words;
    match &slide.body {
        Body::Cover => el("div")
            .class("cover")
            .child(el("h1").text(&show.title))
            .child(el("p").text(words.begin_said()))
            .child(el("p").class("keys").text(words.keys_said())),
        Body::End => el("div")
            .class("cover")
            .child(el("p").text(words.end_said())),
        Body::Video(step) => video(show, step),
        Body::Code(step) => heard::code(show, step),
        Body::Question(sheet, _, larger) => {
            let asked = asked(show, words.question(), sheet);
            if *larger {
                asked.class("ask larger")
            } else {
                asked
            }
        }
        Body::Group(sheet, _) => asked(show, words.group(), sheet),
        Body::Answers(sheet, last) => {
            let field = last.then(|| heard::field(show, slide.part)).flatten();
            el("div")
                .class("answers")
                .child(el("p").class("lead-in").text(words.heard()))
                .child(covered(show, sheet, 0))
                .children(field)
        }
        Body::Sheet(sheet, _) => covered(show, sheet, slide.points()),
    }
}

/// Something to do, and the time for it.
fn asked(show: &Show, what: &str, sheet: &Sheet) -> El {
    let above = el("p").class("lead-in").text(what).child(countdown(show));
    el("div")
        .class("ask")
        .child(above)
        .child(covered(show, sheet, 0))
}

/// A sheet of so many points, as far as they are uncovered.
fn covered(show: &Show, sheet: &Sheet, points: usize) -> El {
    let place = show.place;
    let seen = Memo::new(move |_| {
        if points == 0 {
            usize::MAX
        } else {
            place.get().points
        }
    });
    let (study, sheet, words) = (show.study.clone(), sheet.clone(), show.words);
    el("div").class("told").live(move || {
        let seen = seen.get();
        let mut shown: Vec<El> = match &sheet {
            Sheet::Texts(items) => {
                let items = if points == 0 {
                    items
                } else {
                    uncovered(items, seen)
                };
                items.iter().map(|item| text(item, &study)).collect()
            }
            Sheet::Table(whole) => {
                let mut table = whole.clone();
                table.rows.truncate(seen);
                if table.rows.is_empty() {
                    Vec::new()
                } else {
                    vec![rows(&table, &study)]
                }
            }
            Sheet::Picture { .. } if seen == 0 => Vec::new(),
            Sheet::Picture { title, path, alt } => {
                let heading = (!title.is_empty()).then(|| heading(title, &study));
                let picture =
                    el("figure").child(el("img").attr("src", &study.file(path)).attr("alt", alt));
                heading.into_iter().chain([picture]).collect()
            }
        };
        let left = points.saturating_sub(seen);
        if left > 0 && shown.is_empty() {
            let count = left.to_string();
            let said = fill(words.covered(), &[&count]);
            shown.push(el("p").class("still").text(&said));
        }
        shown
    })
}

fn heading(content: &[Inline], study: &Study) -> El {
    markdown::inlines(el("h2"), content, study)
}

fn text(item: &Item, study: &Study) -> El {
    let into = match &item.shown {
        Shown::Heading => return heading(&item.content, study),
        Shown::Paragraph => el("p"),
        Shown::Quote => el("blockquote"),
        Shown::Code => el("pre"),
        Shown::Cell => el("p").class("cell"),
        Shown::Point(mark, depth) => {
            let point = el("p").class("point");
            // Whole numbers: the app does without the printing of others.
            let indent = format!("{}.{}em", depth * 12 / 10, depth * 12 % 10);
            let node: HtmlElement = point.cast();
            let _ = node.style().set_property("margin-left", &indent);
            return point
                .child(el("span").class("mark").text(mark))
                .child(markdown::inlines(el("span"), &item.content, study));
        }
    };
    markdown::inlines(into, &item.content, study)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a column is some em wide"
)]
fn hundredths(em: f64) -> u32 {
    (em * 100.0) as u32
}

fn rows(table: &TableSheet, study: &Study) -> El {
    let columns = table.widths.iter().map(|wide| {
        let column = el("col");
        let node: HtmlElement = column.cast();
        let wide = hundredths(*wide);
        let wide = format!("{}.{:02}em", wide / 100, wide % 100);
        let _ = node.style().set_property("width", &wide);
        column
    });
    let made = el("table").child(el("colgroup").children(columns));
    let made = markdown::filled(made, &table.columns, &table.head, &table.rows, study);
    let title = (!table.title.is_empty()).then(|| heading(&table.title, study));
    el("div").children(title).child(made)
}

/// What is left of the time, as large as the question.
fn countdown(show: &Show) -> El {
    let (clock, words) = (show.clock, show.words);
    el("span")
        .class("number clock")
        .attr("role", "timer")
        .live_text(move || match clock.left_ms.get() {
            None => String::new(),
            Some(0) => words.time_up().to_owned(),
            Some(ms) => left(ms.div_ceil(1_000)),
        })
}

/// A video: the first step on plays it, the next goes past it.
fn video(show: &Show, step: &Slug) -> El {
    let study = &show.study;
    let placed = study.course.step(step);
    let content = placed.as_ref().map(|placed| &placed.step.content);
    let Some(StepContent::Video(video)) = content else {
        return el("p");
    };
    let player = player(study, video);
    let node: HtmlVideoElement = player.cast();
    // Who comes back to it sees it go on.
    let before = show.film.get_value();
    if let Some((_, seconds)) = before.filter(|(known, _)| known == step) {
        node.set_current_time(seconds);
    }
    let (film, of, left) = (
        show.film,
        step.clone(),
        StoredValue::new_local(node.clone()),
    );
    on_cleanup(move || {
        let seconds = left.try_with_value(|film| film.current_time());
        film.try_set_value(seconds.map(|seconds| (of, seconds)));
    });
    let place = show.place;
    Effect::new(move || {
        if place.get().points > 0 {
            play(&node);
        }
    });
    el("div").class("film").child(player)
}

/// Plays a film. A browser that does not let it begin by itself leaves the button.
pub fn play(film: &HtmlVideoElement) {
    if let Ok(playing) = film.play() {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(playing).await;
        });
    }
}

fn player(study: &Study, video: &Video) -> El {
    let tag = Device::here().language().tag();
    let sources = video.sources.iter().map(|source| {
        el("source")
            .attr("src", &study.file(source.file.get(tag)))
            .attr("type", &source.mime)
    });
    let captions = video.captions.as_ref().map(|captions| {
        el("track")
            .attr("kind", "captions")
            .attr("default", "")
            .attr("srclang", captions.tag(tag))
            .attr("src", &study.file(captions.get(tag)))
    });
    let poster = video
        .poster
        .as_ref()
        .map(|poster| study.file(poster.get(tag)));
    el("video")
        .attr("controls", "")
        .attr("preload", "metadata")
        .attr_if("poster", poster.as_deref())
        .children(sources)
        .children(captions)
}
