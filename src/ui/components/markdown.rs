//! A course text on the page: the tree of the package reader as elements. Nothing of it is
//! ever parsed as HTML.

use std::sync::Arc;

use leptos::prelude::*;

use crate::package::markdown::{Align, Block, Document, Inline, Target};

/// A document; `base` is where the files of the course are.
#[component]
pub fn Markdown(document: Document, base: Arc<str>) -> impl IntoView {
    blocks(&document.blocks, &base)
}

fn blocks(list: &[Block], base: &Arc<str>) -> AnyView {
    list.iter()
        .map(|each| block(each, base))
        .collect_view()
        .into_any()
}

fn block(block: &Block, base: &Arc<str>) -> AnyView {
    match block {
        // The part's own title is a heading of level 2.
        Block::Heading {
            level: 0..=2,
            content,
        } => view! { <h3>{inlines(content, base)}</h3> }.into_any(),
        Block::Heading { content, .. } => view! { <h4>{inlines(content, base)}</h4> }.into_any(),
        Block::Paragraph(content) => paragraph(content, base),
        Block::List { start: None, items } => {
            view! { <ul>{list_items(items, base)}</ul> }.into_any()
        }
        Block::List {
            start: Some(start),
            items,
        } => view! { <ol start=start.to_string()>{list_items(items, base)}</ol> }.into_any(),
        Block::Quote(content) => {
            view! { <blockquote>{blocks(content, base)}</blockquote> }.into_any()
        }
        Block::Table {
            columns,
            head,
            rows,
        } => table(columns, head, rows, base),
        Block::Code(text) => {
            view! { <pre tabindex="0"><code>{text.clone()}</code></pre> }.into_any()
        }
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn paragraph(content: &[Inline], base: &Arc<str>) -> AnyView {
    match content {
        [image @ Inline::Image { .. }] => {
            view! { <figure>{inline(image, base)}</figure> }.into_any()
        }
        _ => view! { <p>{inlines(content, base)}</p> }.into_any(),
    }
}

fn list_items(items: &[Vec<Block>], base: &Arc<str>) -> AnyView {
    let item = |content: &Vec<Block>| match content.as_slice() {
        // A tight item is no paragraph.
        [Block::Paragraph(line)] => view! { <li>{inlines(line, base)}</li> }.into_any(),
        content => view! { <li>{blocks(content, base)}</li> }.into_any(),
    };
    items.iter().map(item).collect_view().into_any()
}

fn table(
    columns: &[Align],
    head: &[Vec<Inline>],
    rows: &[Vec<Vec<Inline>>],
    base: &Arc<str>,
) -> AnyView {
    let class = |at: usize| match columns.get(at) {
        Some(Align::Center) => "center",
        Some(Align::End) => "end",
        _ => "start",
    };
    let head = head.iter().enumerate().map(|(at, cell)| {
        view! { <th scope="col" class=class(at)>{inlines(cell, base)}</th> }
    });
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter().enumerate().map(|(at, cell)| {
            view! { <td class=class(at)>{inlines(cell, base)}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    view! {
        <div class="table" tabindex="0" role="group">
            <table>
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn inlines(content: &[Inline], base: &Arc<str>) -> AnyView {
    content
        .iter()
        .map(|each| inline(each, base))
        .collect_view()
        .into_any()
}

fn inline(each: &Inline, base: &Arc<str>) -> AnyView {
    match each {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Emphasis(content) => view! { <em>{inlines(content, base)}</em> }.into_any(),
        Inline::Strong(content) => view! { <strong>{inlines(content, base)}</strong> }.into_any(),
        Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Link { target, content } => link(target, content, base),
        Inline::Image { path, alt } => {
            view! { <img src=format!("{base}{path}") alt=alt.clone() /> }.into_any()
        }
    }
}

fn link(target: &Target, content: &[Inline], base: &Arc<str>) -> AnyView {
    let content = inlines(content, base);
    match target {
        Target::Web(address) => {
            view! { <a href=address.clone() target="_blank" rel="noopener noreferrer">{content}</a> }.into_any()
        }
        Target::File(path) => view! { <a href=format!("{base}{path}") download="">{content}</a> }.into_any(),
        Target::Place(fragment) => view! { <a href=fragment.clone()>{content}</a> }.into_any(),
    }
}
