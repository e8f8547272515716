//! A discussion: its threads in pages; beside it one thread, and the fields to write in.

mod thread;
mod write;

use std::cell::Cell;

use leptos::prelude::*;

use crate::domain::course::Discussion;
use crate::domain::discussion::Entry;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::WorkKind;
use crate::domain::standing::StepStanding;
use crate::domain::work::Quote;
use crate::store::rows::PlaceRow;
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::meter::completion;
use crate::ui::components::said::{button, kept_mark};
use crate::ui::components::window::{Now, moment, now_in, season_note, window_note};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::{Device, Intent, Study, people, reader};
use crate::ui::text::replies_label;

/// Threads or replies on one page.
const PAGE: usize = 20;

thread_local! {
    /// The moment from which on the next thread that is opened shows its replies; 0 is the first.
    static REPLIES_FROM: Cell<u64> = const { Cell::new(0) };
}

/// The next thread that is opened shows its replies from a moment on.
pub fn show_replies_from(moment: u64) {
    REPLIES_FROM.with(|from| from.set(moment));
}

/// What the parts of the screen share.
#[derive(Clone)]
struct Room {
    study: Study,
    step: Slug,
    discussion: Discussion,
    /// What the next reply quotes.
    quote: RwSignal<Option<Quote>>,
}

/// A discussion with everything around it.
pub fn discussion(
    study: &Study,
    step: &Slug,
    discussion: &Discussion,
    standing: Memo<StepStanding>,
) -> Vec<El> {
    let device = Device::here();
    let room = Room {
        study: study.clone(),
        step: step.clone(),
        discussion: discussion.clone(),
        quote: RwSignal::new(None),
    };
    let Here(route, _) = expect_context::<Here>();
    let open = Memo::new(move |_| match route.get() {
        Route::Step {
            part: Some(part), ..
        } => RecordId::parse(part.as_str()),
        _ => None,
    });
    let prompt = device.write(el("p").class("mine"), &discussion.prompt);
    let mut all = vec![el("section").class("asked").child(prompt)];
    all.extend(window_note(study, discussion.open.as_ref()));
    all.extend(season_note(study));
    all.push(el("div").class("meter").child(completion(standing)));
    all.push(el("div").live(move || {
        let open = open.get();
        untrack(|| match &open {
            Some(thread) => room.thread(thread),
            None => room.threads(),
        })
    }));
    all
}

impl Room {
    fn is_mine(&self, entry: &Entry) -> bool {
        // By what she made, not by the registration: an attempt may have several.
        let progress = self.study.progress.get_untracked();
        let step = progress.step(&self.step);
        step.made(WorkKind::Post)
            .any(|post| post.place == entry.id.as_str())
    }

    fn takes_posts(&self) -> bool {
        now_in(&self.study, self.discussion.open.as_ref()) == Now::Inside
    }

    /// The list of threads, and a field to open one.
    fn threads(&self) -> Vec<El> {
        let words = Device::here().words();
        let pages = RwSignal::new(vec![None::<u64>]);
        let shown = RwSignal::new((Vec::<(Entry, u64)>::new(), false, false));
        let (study, step) = (self.study.clone(), self.step.clone());
        crate::ui::dom::follow(Box::new(move || {
            // Read again whenever the log has grown.
            study.facts.track();
            let before = pages.with(|pages| pages.last().copied().flatten());
            let (study, step) = (study.clone(), step.clone());
            leptos::task::spawn_local(async move {
                if let Ok((page, counts)) = reader::threads(&study, &step, before, PAGE).await {
                    let posts = page.posts.into_iter().zip(counts).collect();
                    shown.try_set((posts, page.more, true));
                }
            });
        }));
        let mut all = Vec::new();
        if self.takes_posts() {
            all.push(self.form(None, words.new_post()));
        }
        all.push(el("h2").text(words.threads()));
        let room = self.clone();
        all.push(el("div").live(move || {
            let (posts, more, read) = shown.get();
            let language = Device::here().language();
            let words = language.words();
            if posts.is_empty() {
                let empty = if read {
                    words.no_posts()
                } else {
                    words.part_loading()
                };
                return vec![el("p").class("quiet").text(empty)];
            }
            let oldest = posts
                .last()
                .and_then(|(post, _)| u64::try_from(post.at.0).ok());
            let items = posts
                .iter()
                .map(|(post, replies)| room.thread_row(post, *replies));
            let list = el("ol").class("threads").children(items);
            let newer = pages.with_untracked(|pages| pages.len() > 1);
            vec![list, pager(pages, newer, oldest.filter(|_| more))]
        }));
        all
    }

    fn thread_row(&self, post: &Entry, replies: u64) -> El {
        let language = Device::here().language();
        let href = Route::Step {
            step: self.step.clone(),
            part: Slug::parse(post.id.as_str()),
        }
        .href();
        let excerpt: String = post.text.chars().take(120).collect();
        let link = el("a").attr("href", &href).text(&excerpt);
        let about = self.about(post).text(" · ");
        let about = about.text(&replies_label(language, replies));
        el("li")
            .child(el("p").class("thread-title").child(link))
            .child(about.children(self.unread_mark(post, replies)))
    }

    /// How many posts of a thread came since it was last opened.
    fn unread_mark(&self, post: &Entry, replies: u64) -> Option<El> {
        let opened = Slug::parse(post.id.as_str())
            .is_some_and(|id| self.study.place(&id).scrolled_permille > 0);
        let opening = !opened && !self.is_mine(post);
        let unread = replies.saturating_sub(self.seen(&post.id)) + u64::from(opening);
        (unread > 0).then(|| {
            let said = format!("{unread} {}", Device::here().words().unread());
            el("strong").class("unread").text(&said)
        })
    }

    /// How many replies a thread had when it was last looked at.
    fn seen(&self, thread: &RecordId) -> u64 {
        let place = Slug::parse(thread.as_str()).map(|id| self.study.place(&id));
        place.unwrap_or_default().media_ms
    }

    /// Remembers that a thread was looked at when it had so many replies.
    fn saw(&self, thread: &RecordId, replies: u64) {
        let Some(place) = Slug::parse(thread.as_str()) else {
            return;
        };
        let seen = PlaceRow {
            scrolled_permille: 1,
            media_ms: replies,
            ..PlaceRow::default()
        };
        if self.study.place(&place) != seen {
            self.study.send(Intent::Place(place, seen));
        }
    }

    /// Who, when, edited or not, and where it is kept.
    fn about(&self, post: &Entry) -> El {
        let words = Device::here().words();
        let mine = self.is_mine(post);
        let author = if mine {
            words.me().to_owned()
        } else if post.person.is_empty() {
            post.author.clone()
        } else {
            people::name_of(&post.person, words.someone())
        };
        let mut line = el("p")
            .class("quiet")
            .text(&author)
            .text(" · ")
            .text(&moment(&self.study, post.at));
        if post.is_edited() {
            line = line.text(" · ").text(words.edited());
        }
        if mine {
            let settled = self.study.facts.get_untracked().settled;
            let accepted = people::is_accepted(&post.version, post.arrival, settled);
            line = line.text(" · ").child(kept_mark(accepted));
        }
        line
    }
}

/// To the page before and the page after.
fn pager(pages: RwSignal<Vec<Option<u64>>>, back: bool, on: Option<u64>) -> El {
    let words = Device::here().words();
    let turn = move |change: Option<u64>| {
        pages.update(|pages| match change {
            Some(next) => pages.push(Some(next)),
            None => {
                pages.pop();
            }
        });
        browser::window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    let back = back.then(|| button("secondary", words.page_before(), move || turn(None)));
    let on = on.map(|next| button("secondary", words.page_after(), move || turn(Some(next))));
    el("p").class("turns").children(back).children(on)
}
