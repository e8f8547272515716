//! A course text on the page: the tree of the package reader as elements. Nothing of it is
//! ever parsed as HTML.

use crate::package::markdown::{Align, Block, Document, Inline, Target};
use crate::ui::dom::{El, el};
use crate::ui::state::Study;

/// A document, put into `into`; `study` knows where the files of the course are.
pub fn markdown(into: El, document: &Document, study: &Study) -> El {
    blocks(into, &document.blocks, study)
}

/// Blocks of a document, put into `into`.
pub fn blocks(into: El, list: &[Block], study: &Study) -> El {
    into.children(list.iter().map(|each| block(each, study)))
}

fn block(block: &Block, study: &Study) -> El {
    match block {
        // The part's own title is a heading of level 2.
        Block::Heading { level, content } => {
            let tag = if *level <= 2 { "h3" } else { "h4" };
            inlines(el(tag), content, study)
        }
        Block::Paragraph(content) => match content.as_slice() {
            [Inline::Image { .. }] => inlines(el("figure"), content, study),
            _ => inlines(el("p"), content, study),
        },
        Block::List { start, items } => {
            let list = match start {
                None => el("ul"),
                Some(start) => el("ol").attr("start", &start.to_string()),
            };
            list.children(items.iter().map(|item| list_item(item, study)))
        }
        Block::Quote(content) => blocks(el("blockquote"), content, study),
        Block::Table {
            columns,
            head,
            rows,
        } => table(columns, head, rows, study),
        Block::Code(text) => el("pre").attr("tabindex", "0").child(el("code").text(text)),
        Block::Rule => el("hr"),
    }
}

fn list_item(content: &[Block], study: &Study) -> El {
    match content {
        // A tight item is no paragraph.
        [Block::Paragraph(line)] => inlines(el("li"), line, study),
        content => blocks(el("li"), content, study),
    }
}

fn table(columns: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], study: &Study) -> El {
    let table = filled(el("table"), columns, head, rows, study);
    el("div")
        .class("table")
        .attr("tabindex", "0")
        .attr("role", "group")
        .child(table)
}

/// A table, put into `into`.
pub fn filled(
    into: El,
    columns: &[Align],
    head: &[Vec<Inline>],
    rows: &[Vec<Vec<Inline>>],
    study: &Study,
) -> El {
    let row = |tag: &str, cells: &[Vec<Inline>]| {
        let cells = cells.iter().enumerate().map(|(at, cell)| {
            let class = match columns.get(at) {
                Some(Align::Center) => "center",
                Some(Align::End) => "end",
                _ => "start",
            };
            let scope = (tag == "th").then_some("col");
            inlines(el(tag).class(class).attr_if("scope", scope), cell, study)
        });
        el("tr").children(cells)
    };
    let body = rows.iter().map(|cells| row("td", cells));
    into.child(el("thead").child(row("th", head)))
        .child(el("tbody").children(body))
}

/// A line of text, put into `into`.
pub fn inlines(into: El, content: &[Inline], study: &Study) -> El {
    content
        .iter()
        .fold(into, |into, each| inline(into, each, study))
}

fn inline(into: El, each: &Inline, study: &Study) -> El {
    let child = match each {
        Inline::Text(text) => return into.text(text),
        Inline::Emphasis(content) => inlines(el("em"), content, study),
        Inline::Strong(content) => inlines(el("strong"), content, study),
        Inline::Code(text) => el("code").text(text),
        Inline::Break => el("br"),
        Inline::Link { target, content } => inlines(link(target, study), content, study),
        Inline::Image { path, alt } => el("img").attr("src", &study.file(path)).attr("alt", alt),
    };
    into.child(child)
}

fn link(target: &Target, study: &Study) -> El {
    match target {
        Target::Web(address) => el("a")
            .attr("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer"),
        Target::File(path) => el("a")
            .attr("href", &study.file(path))
            .attr("download", path.rsplit('/').next().unwrap_or_default()),
        Target::Place(fragment) => el("a").attr("href", fragment),
    }
}
