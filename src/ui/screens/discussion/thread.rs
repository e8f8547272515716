//! One thread with its replies.

use std::cell::Cell;

use leptos::prelude::*;

use super::{PAGE, REPLIES_FROM, Room, pager};
use crate::domain::discussion::Entry;
use crate::domain::ids::RecordId;
use crate::domain::work::Quote;
use crate::ui::browser;
use crate::ui::components::said::{button, written};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::{Device, reader};

/// Characters of a quotation.
const QUOTED: usize = 200;

impl Room {
    /// One thread: the post that opened it, its replies, and a field for another.
    pub fn thread(&self, thread: &RecordId) -> Vec<El> {
        let words = Device::here().words();
        let back = el("a")
            .attr("href", &Route::to_step(&self.step).href())
            .text(words.all_threads());
        let posts = RwSignal::new((None::<Entry>, Vec::<Entry>::new(), false, false));
        let mut turned = vec![None::<u64>];
        turned.extend(
            Some(REPLIES_FROM.with(Cell::take))
                .filter(|from| *from > 0)
                .map(Some),
        );
        let pages = RwSignal::new(turned);
        let (study, step, id) = (self.study.clone(), self.step.clone(), thread.clone());
        let room = self.clone();
        crate::ui::dom::follow(Box::new(move || {
            study.facts.track();
            let room = room.clone();
            let from = pages.with(|pages| pages.last().copied().flatten());
            let (study, step, id) = (study.clone(), step.clone(), id.clone());
            leptos::task::spawn_local(async move {
                let opening = reader::thread(&study, &step, &id).await;
                if opening.is_some() {
                    room.saw(&id, reader::reply_count(&study, &step, &id).await);
                }
                if let Ok(page) = reader::replies(&study, &step, &id, from, PAGE).await {
                    posts.try_set((opening, page.posts, page.more, true));
                }
            });
        }));
        let room = self.clone();
        let thread_id = thread.clone();
        let shown = el("div").live(move || {
            let (opening, replies, more, read) = posts.get();
            let words = Device::here().words();
            let Some(opening) = opening else {
                let said = if read {
                    words.no_such_thread()
                } else {
                    words.part_loading()
                };
                return vec![el("p").class("quiet").text(said)];
            };
            let last = replies
                .last()
                .and_then(|post| u64::try_from(post.at.0 + 1).ok());
            let items = replies
                .iter()
                .map(|post| el("li").child(room.post(post, &thread_id)));
            let first = el("article")
                .class("opening")
                .child(room.post(&opening, &thread_id));
            let newer = pages.with_untracked(|pages| pages.len() > 1);
            let replies = el("ol").class("replies").children(items);
            vec![first, replies, pager(pages, newer, last.filter(|_| more))]
        });
        let mut all = vec![el("p").child(back), shown];
        if self.takes_posts() {
            all.push(self.form(Some(thread), words.reply()));
        }
        all
    }

    /// One post with what can be done with it.
    fn post(&self, post: &Entry, thread: &RecordId) -> El {
        let words = Device::here().words();
        let editing = RwSignal::new(false);
        let (room, shown, to) = (self.clone(), post.clone(), thread.clone());
        let body = el("div").live(move || {
            let editing_now = editing.get();
            untrack(|| {
                if editing_now {
                    vec![room.edit(&shown, &to, editing)]
                } else {
                    let quote = shown.quote.as_deref();
                    let quote = quote.map(|quote| el("blockquote").child(written(quote)));
                    quote.into_iter().chain([written(&shown.text)]).collect()
                }
            })
        });
        let mut row = el("div").class("row");
        if self.takes_posts() {
            let (quote, quoted) = (self.quote, post.clone());
            row = row.child(button("plain", words.quote(), move || {
                let text: String = quoted.text.chars().take(QUOTED).collect();
                let id = quoted.id.clone();
                quote.set(Some(Quote { id, text }));
                if let Some(field) = browser::element("reply-field") {
                    let _ = field.focus();
                }
            }));
            if self.is_mine(post) {
                row = row.child(button("plain", words.change(), move || editing.set(true)));
            }
        }
        el("div")
            .class("post")
            .attr("id", post.id.as_str())
            .child(self.about(post))
            .child(body)
            .child(row)
    }
}
