//! One slide on the page. What is covered is not on it.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Show, film, heard, left};
use crate::package::markdown::Inline;
use crate::projection::{Body, Item, Sheet, Shown, Slide, TableSheet, uncovered};
use crate::ui::components::markdown;
use crate::ui::dom::{El, el};
use crate::ui::state::Study;
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
        Body::Video(step) => film::film(show, step),
        Body::Code => heard::code(show),
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
        Shown::Cell(false) => el("p").class("cell"),
        Shown::Cell(true) => el("p").class("cell last"),
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
