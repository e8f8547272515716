//! Search (搜索): the texts of the course, captions, and what the learner and the class wrote.

mod corpus;
mod hits;
mod jump;
mod load;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::domain::search::{MAX_QUERY, Query};
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::Study;
use crate::ui::text::notes::{NotesWords, fill};
use corpus::Corpus;
use hits::items;
use load::{Tell, gather, read_all};

/// Hits that are listed at first, and with every further push.
const AT_ONCE: usize = 10;

/// Hits of the first frame after a key: those that are in sight. The others follow it.
const IN_SIGHT: usize = 4;

thread_local! {
    /// What was last typed here, for who comes back from what was found.
    static TYPED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What the parts of the screen share.
#[derive(Clone)]
struct Desk {
    words: NotesWords,
    corpus: StoredValue<Corpus, LocalStorage>,
    /// How many hits are listed.
    listed: StoredValue<usize>,
    /// Something else is to be shown.
    changed: Trigger,
    /// What is said of it.
    said: RwSignal<String>,
    field: HtmlInputElement,
}

/// The screen.
pub fn search(_: &'static str, words: &'static str) -> El {
    let Some(words) = NotesWords::read(words) else {
        return el("p");
    };
    let study = Study::here();
    let heading = title(words.search());
    let field = el("input")
        .attr("type", "search")
        .attr("id", "search-field")
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "search")
        .attr("maxlength", &MAX_QUERY.to_string())
        .value(&TYPED.with_borrow(String::clone));
    let desk = Desk {
        words,
        corpus: StoredValue::new_local(gather(&study)),
        listed: StoredValue::new(AT_ONCE),
        changed: Trigger::new(),
        said: RwSignal::new(String::new()),
        field: field.cast(),
    };
    let field = [("input", false), ("compositionend", true)]
        .into_iter()
        .fold(field, |field, (name, ends)| {
            let desk = desk.clone();
            field.on(name, move |event| {
                if ends || !is_composing(event) {
                    desk.type_in(value_of(event));
                }
            })
        });
    field.focus_soon();
    // Another word takes the place of the last.
    desk.field.select();
    desk.type_in(desk.field.value());
    let again = desk.reading(&study);
    let label = el("label")
        .attr("for", "search-field")
        .text(words.search_label());
    let form = el("div")
        .class("search-form")
        .attr("role", "search")
        .child(label)
        .child(field);
    let said = desk.said;
    let count = el("p")
        .class("quiet search-count")
        .attr("role", "status")
        .live_text(move || said.get());
    let (shown, missing) = (desk.clone(), desk.clone());
    let found = el("div").live(move || {
        shown.changed.track();
        untrack(|| shown.results())
    });
    let missing = el("div").live(move || {
        missing.changed.track();
        untrack(|| missing.missing(again.clone()))
    });
    el("article")
        .class("search")
        .child(heading)
        .child(form)
        .child(count)
        .child(found)
        .child(missing)
}

/// Goes to a moment of the video at this address, in milliseconds; the link itself leads there.
pub fn to_moment(href: String, ms: u64) {
    jump::follow(href, jump::Goal::Moment(ms));
}

/// What is in the field when the screen is opened the next time.
pub fn look_for(words: String) {
    TYPED.set(words);
}

/// Whether an input method is still at work on what an event tells of.
pub fn is_composing(event: &Event) -> bool {
    js_sys::Reflect::get(event, &"isComposing".into()).is_ok_and(|now| now.is_truthy())
}

impl Desk {
    /// Begins to read the texts; gives back what reads those again that could not be had.
    fn reading(&self, study: &Study) -> Tell {
        let told = self.clone();
        let tell: Tell = Rc::new(move || told.has_read());
        read_all(study, self.corpus, &tell);
        let (study, corpus) = (study.clone(), self.corpus);
        Rc::new(move || {
            corpus.update_value(Corpus::again);
            read_all(&study, corpus, &tell);
            tell();
        })
    }

    /// Searches for what was typed.
    fn type_in(&self, typed: String) {
        let query = Query::read(&typed);
        TYPED.set(typed);
        self.listed.set_value(AT_ONCE);
        let _ = self.corpus.try_update_value(|corpus| {
            corpus.query = query;
            corpus.search();
        });
        self.show();
    }

    /// Some text was read. What is listed stays under the fingers of who has gone into it, until
    /// everything is here.
    fn has_read(&self) {
        let whole = self.corpus.try_with_value(Corpus::is_whole);
        let field: &HtmlElement = &self.field;
        let typing = browser::document().active_element().as_ref() == Some(field.as_ref());
        if whole == Some(true) || (whole == Some(false) && typing) {
            self.corpus.update_value(Corpus::search);
            self.show();
        }
    }

    fn show(&self) {
        let said = self.corpus.try_with_value(|corpus| self.summary(corpus));
        if let Some(said) = said {
            self.said.set(said);
            self.changed.notify();
        }
    }

    /// How much was found, in words.
    fn summary(&self, corpus: &Corpus) -> String {
        let words = &self.words;
        let total = corpus.found.total;
        let mut said = match total {
            _ if corpus.query.is_empty() => String::new(),
            0 if corpus.is_whole() => words.search_none().to_owned(),
            _ => fill(words.search_count(), &[&total.to_string()]),
        };
        let given = corpus.found.hits.len();
        if given < total {
            said.push_str(&fill(words.search_best(), &[&given.to_string()]));
        }
        if !corpus.is_whole() {
            if !said.is_empty() {
                said.push_str(words.search_and());
            }
            said.push_str(words.search_reading());
        }
        said
    }

    /// What was found, or what is searched, or what else to try.
    fn results(&self) -> Vec<El> {
        let words = self.words;
        let listed = self.listed.get_value();
        self.corpus.with_value(|corpus| {
            if corpus.query.is_empty() {
                return vec![el("p").text(words.search_what())];
            }
            if corpus.found.hits.is_empty() {
                if !corpus.is_whole() {
                    return Vec::new();
                }
                let outline = el("a")
                    .attr("href", "#/outline")
                    .text(words.search_to_outline());
                return vec![
                    el("p").text(words.search_none_way()),
                    el("p").child(outline),
                ];
            }
            let first = if listed > AT_ONCE { listed } else { IN_SIGHT };
            let list = el("ol")
                .class("search-hits")
                .children(items(words, corpus, 0..first));
            if first < corpus.found.hits.len().min(listed) {
                self.follow(list.clone(), first..listed);
            }
            let left = corpus.found.hits.len().saturating_sub(listed);
            let more = (left > 0).then(|| self.more(left.min(AT_ONCE)));
            std::iter::once(list).chain(more).collect()
        })
    }

    /// Lists further hits once the first ones have been shown.
    fn follow(&self, list: El, which: Range<usize>) {
        let (words, corpus) = (self.words, self.corpus);
        leptos::task::spawn_local(async move {
            browser::after_frame().await;
            if list.element().is_connected() {
                corpus.try_with_value(|corpus| {
                    let _ = list.children(items(words, corpus, which));
                });
            }
        });
    }

    /// Lists more; the focus goes to the first of them.
    fn more(&self, count: usize) -> El {
        let label = fill(self.words.search_more(), &[&count.to_string()]);
        let desk = self.clone();
        button("secondary", &label, move || {
            let before = desk.listed.get_value();
            desk.listed.set_value(before + AT_ONCE);
            desk.changed.notify();
            leptos::task::spawn_local(async move {
                if let Some(first) = browser::element(&hits::id_of(before)) {
                    let _ = first.focus();
                }
            });
        })
    }

    /// What could not be had and was not searched.
    fn missing(&self, again: Tell) -> Vec<El> {
        let words = self.words;
        let titles = self.corpus.with_value(|corpus| {
            let missing = corpus.missing.iter();
            missing
                .map(|each| format!("{} {}", each.within, each.title))
                .collect::<Vec<_>>()
        });
        if titles.is_empty() {
            return Vec::new();
        }
        let count = fill(words.search_missing(), &[&titles.len().to_string()]);
        let items = titles.iter().map(|title| el("li").text(title));
        let device = el("a")
            .attr("href", "#/device")
            .text(words.search_to_device());
        let told = el("section")
            .class("trouble")
            .child(el("p").child(el("strong").text(&count)))
            .child(el("ul").children(items))
            .child(el("p").text(words.search_missing_way()).child(device))
            .child(button("secondary", words.search_again(), move || again()));
        vec![told]
    }
}
