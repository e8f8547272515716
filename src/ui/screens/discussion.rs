//! A discussion: its threads in pages, one thread with its replies, posts and edits of one's own.

use leptos::prelude::*;

use crate::domain::body::Body;
use crate::domain::course::Discussion;
use crate::domain::discussion::Entry;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::standing::StepStanding;
use crate::domain::work::{Edits, MAX_CHARACTERS, Post, Quote};
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::editor::Editor;
use crate::ui::components::meter::completion;
use crate::ui::components::said::{button, fault_line, saved_mark, written};
use crate::ui::components::window::{Now, moment, now_in, season_note, window_note};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study, reader};
use crate::ui::text::replies_label;

/// Threads or replies on one page.
const PAGE: usize = 20;

/// Characters of a quotation.
const QUOTED: usize = 200;

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
    let Here(route) = expect_context::<Here>();
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
        entry.registration == self.study.registration
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
            all.push(self.form(None, words.new_post));
        }
        all.push(el("h2").text(words.threads));
        let room = self.clone();
        all.push(el("div").live(move || {
            let (posts, more, read) = shown.get();
            let language = Device::here().language();
            let words = language.words();
            if posts.is_empty() {
                let empty = if read {
                    words.no_posts
                } else {
                    words.part_loading
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
        el("li")
            .child(el("p").class("thread-title").child(link))
            .child(
                self.about(post)
                    .text(" · ")
                    .text(&replies_label(language, replies)),
            )
    }

    /// Who, when, edited or not, and where it is kept.
    fn about(&self, post: &Entry) -> El {
        let words = Device::here().words();
        let author = if self.is_mine(post) {
            words.me
        } else {
            &post.author
        };
        let mut line = el("p")
            .class("quiet")
            .text(author)
            .text(" · ")
            .text(&moment(&self.study, post.at));
        if post.is_edited() {
            line = line.text(" · ").text(words.edited);
        }
        if self.is_mine(post) {
            line = line.text(" · ").child(saved_mark());
        }
        line
    }

    /// One thread: the post that opened it, its replies, and a field for another.
    fn thread(&self, thread: &RecordId) -> Vec<El> {
        let words = Device::here().words();
        let back = el("a")
            .attr("href", &Route::to_step(&self.step).href())
            .text(words.all_threads);
        let posts = RwSignal::new((None::<Entry>, Vec::<Entry>::new(), false, false));
        let pages = RwSignal::new(vec![None::<u64>]);
        let (study, step, id) = (self.study.clone(), self.step.clone(), thread.clone());
        crate::ui::dom::follow(Box::new(move || {
            study.facts.track();
            let from = pages.with(|pages| pages.last().copied().flatten());
            let (study, step, id) = (study.clone(), step.clone(), id.clone());
            leptos::task::spawn_local(async move {
                let opening = reader::thread(&study, &step, &id).await;
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
                    words.no_such_thread
                } else {
                    words.part_loading
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
            all.push(self.form(Some(thread), words.reply));
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
            row = row.child(button("plain", words.quote, move || {
                let text: String = quoted.text.chars().take(QUOTED).collect();
                let id = quoted.id.clone();
                quote.set(Some(Quote { id, text }));
                if let Some(field) = browser::element("reply-field") {
                    let _ = field.focus();
                }
            }));
            if self.is_mine(post) {
                row = row.child(button("plain", words.change, move || editing.set(true)));
            }
        }
        el("div")
            .class("post")
            .child(self.about(post))
            .child(body)
            .child(row)
    }

    /// A field for the words of a post that is edited. Every version stays.
    fn edit(&self, post: &Entry, thread: &RecordId, editing: RwSignal<bool>) -> El {
        let language = Device::here().language();
        let words = language.words();
        let least = self.discussion.min_characters;
        let Some(field) = Slug::parse(&format!("edit-{}", post.id)) else {
            return el("p");
        };
        let editor = Editor::open(&self.study, &self.step, &field, &post.text, words.change);
        editor.field.focus_soon();
        let fault = RwSignal::new(String::new());
        let (room, post, thread) = (self.clone(), post.clone(), thread.clone());
        let saving = editor.clone();
        let save = move || {
            if let Some(wrong) = saving.fault(language, least, MAX_CHARACTERS) {
                fault.set(wrong);
                return;
            }
            let edited = Post {
                step: room.step.clone(),
                text: saving.draft.take(),
                to: (post.id != thread).then(|| thread.clone()),
                quote: None,
                edits: Some(Edits {
                    id: post.id.clone(),
                    at: post.at,
                }),
            };
            room.study
                .make(&room.step, Body::Post(edited), None, &[&field]);
            editing.set(false);
        };
        let row = el("div")
            .class("row")
            .child(button("primary", words.save_edit, save))
            .child(button("secondary", words.cancel, move || {
                editing.set(false);
            }));
        el("div")
            .child(editor.field.clone())
            .child(editor.length_line(least, 0))
            .child(fault_line(fault))
            .child(row)
    }

    /// A field for a new thread, or for a reply.
    fn form(&self, thread: Option<&RecordId>, label: &'static str) -> El {
        let language = Device::here().language();
        let words = language.words();
        let least = self.discussion.min_characters;
        let name = thread.map_or_else(|| "post".to_owned(), |thread| format!("reply-{thread}"));
        let Some(field) = Slug::parse(&name) else {
            return el("p");
        };
        let editor = Editor::open(&self.study, &self.step, &field, "", label);
        let _ = editor.field.clone().attr("id", "reply-field");
        let fault = RwSignal::new(String::new());
        let (room, thread, sending) = (self.clone(), thread.cloned(), editor.clone());
        let send = move || {
            if let Some(wrong) = sending.fault(language, least, MAX_CHARACTERS) {
                fault.set(wrong);
                return;
            }
            fault.set(String::new());
            let post = Post {
                step: room.step.clone(),
                text: sending.draft.take(),
                to: thread.clone(),
                quote: room.quote.get_untracked(),
                edits: None,
            };
            room.study
                .make(&room.step, Body::Post(post), None, &[&field]);
            room.quote.set(None);
            sending.clear();
        };
        let quote = self.quote;
        let quoted = el("div").live(move || {
            let Some(quoted) = quote.get() else {
                return Vec::new();
            };
            let drop = button("plain", words.drop_quote, move || quote.set(None));
            vec![el("blockquote").child(written(&quoted.text)).child(drop)]
        });
        el("section")
            .class("write")
            .child(el("h2").text(label))
            .child(quoted)
            .child(editor.field.clone())
            .child(editor.length_line(least, 0))
            .child(fault_line(fault))
            .child(button("primary", words.publish, send))
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
    let back = back.then(|| button("secondary", words.page_before, move || turn(None)));
    let on = on.map(|next| button("secondary", words.page_after, move || turn(Some(next))));
    el("p").class("turns").children(back).children(on)
}
