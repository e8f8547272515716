//! What a part of a reading is worked on with: its text, what is marked in it, and what is open.

use std::cell::RefCell;
use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::laid::Laid;
use crate::domain::body::Body;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::notes::{Anchor, Colour, Highlight, KIND, MAX_QUOTE, Plain, highlights, locate};
use crate::domain::progress::Progress;
use crate::ui::browser;
use crate::ui::dom::{El, el};
pub use crate::ui::screens::reading::text as root;
use crate::ui::state::Study;
use crate::ui::text::notes::NotesWords;

/// What is worked on.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Nothing.
    None,
    /// A passage that is not marked yet.
    Chosen(Range<usize>),
    /// A passage that is longer than may be.
    TooLong,
    /// A highlight.
    Known(RecordId),
    /// One that was taken away just now.
    Removed(Box<Highlight>),
}

/// The highlights of a step in the order of time, and where each stands in the open part.
#[derive(Clone, Default)]
pub struct Known {
    /// All of the open part.
    pub all: Vec<Highlight>,
    /// Those of which the place was not found.
    pub lost: Vec<RecordId>,
}

thread_local! {
    /// The highlight that a link leads to, until its text is there.
    static WANTED: RefCell<Option<RecordId>> = const { RefCell::new(None) };
}

/// Remembers the highlight that the link just followed leads to.
pub fn want(id: &RecordId) {
    WANTED.with(|wanted| wanted.replace(Some(id.clone())));
}

/// The desk of an open step.
#[derive(Clone)]
pub struct Desk {
    /// Words of the screens.
    pub words: NotesWords,
    /// The course.
    pub study: Study,
    /// The step.
    pub step: Slug,
    /// The part whose text stands on the page; empty while none does.
    pub laid: RwSignal<String>,
    /// What is worked on.
    pub work: RwSignal<Work>,
    /// What is known of the open part.
    pub known: RwSignal<Known>,
    /// Whether sentences are chosen with buttons.
    pub by_keys: RwSignal<bool>,
    /// On which text was drawn, and how many records of highlights there were.
    pub drawn: StoredValue<Option<(Element, usize)>, LocalStorage>,
}

impl Desk {
    /// The open part.
    pub fn part(&self) -> Option<Slug> {
        Slug::parse(&self.laid.get_untracked())
    }

    /// Draws what is marked, anew where it is something else: what is selected in the text stays, whatever
    /// else the learner's records tell.
    pub fn draw(&self) {
        let (Some(root), Some(part)) = (root(), self.part()) else {
            self.known.set(Known::default());
            return;
        };
        let progress = self.study.progress.get_untracked();
        // Whatever becomes of a highlight is one more record.
        let records = progress.kept.iter().filter(|kept| kept.kind == KIND);
        let now = Some((root.clone(), records.count()));
        if self
            .drawn
            .try_update_value(|drawn| std::mem::replace(drawn, now.clone()))
            == Some(now)
        {
            return;
        }
        let mut all = of_part(&progress, &self.step, &part);
        clear(&root, "mark.hl");
        let places = lay_over(&root, &all, |one, last| self.mark(one, last));
        let place = |one: &Highlight| places.iter().find(|(id, _)| *id == one.id);
        let lost = all.iter().filter(|one| place(one).is_none());
        let lost = lost.map(|one| one.id.clone()).collect();
        // As they stand in the text; what was not found comes last.
        all.sort_by_key(|one| place(one).map_or(usize::MAX, |(_, range)| range.start));
        let known = Known { all, lost };
        self.known.set(known);
    }

    fn mark(&self, one: &Highlight, last: bool) -> Element {
        let words = !one.words.is_empty();
        // No text of its own: the text of the part stays as it is.
        let noted = (last && words).then(|| {
            let label = format!("{}{}", self.words.noted(), one.words);
            el("button")
                .class("hl-noted")
                .attr("type", "button")
                .attr("aria-label", &label)
        });
        mark(one).children(noted).element().clone()
    }

    /// Shows a highlight, where its place is known, and opens it.
    pub fn show(&self, id: &RecordId) {
        if let Some(mark) = mark_of(id) {
            mark.scroll_into_view();
        }
        self.by_keys.set(false);
        self.work.set(Work::Known(id.clone()));
    }

    /// Shows the highlight that a link led to, if one did and it is of this part.
    pub fn show_wanted(&self) {
        let here = self.known.with_untracked(|known| {
            WANTED.with(|wanted| {
                let id = wanted.borrow().clone()?;
                known.all.iter().any(|one| one.id == id).then_some(id)
            })
        });
        if let Some(id) = here {
            WANTED.with(|wanted| wanted.replace(None));
            let desk = self.clone();
            // Once the place where it was read last is found again.
            request_animation_frame(move || {
                request_animation_frame(move || desk.show(&id));
            });
        }
    }

    /// Takes the selection of the page as what is chosen.
    pub fn take_selection(&self) {
        let Some(root) = root() else { return };
        let selection = browser::window().get_selection().ok().flatten();
        let span = selection.filter(|selection| !selection.is_collapsed());
        let span = span.and_then(|selection| selection.get_range_at(0).ok());
        let touches = |span: &web_sys::Range| span.intersects_node(&root).unwrap_or(false);
        let range = span
            .filter(touches)
            .and_then(|span| Laid::of(&root).covered(&span));
        let work = match range {
            Some(range) if range.len() > MAX_QUOTE => Work::TooLong,
            Some(range) => Work::Chosen(range),
            None if matches!(self.work.get_untracked(), Work::Chosen(_) | Work::TooLong) => {
                Work::None
            }
            None => return,
        };
        if self.work.get_untracked() != work {
            self.work.set(work);
        }
    }

    /// Selects characters on the page.
    pub fn select(&self, range: &Range<usize>) {
        let Some(root) = root() else { return };
        let Some(span) = Laid::of(&root).span(range) else {
            return;
        };
        if let Ok(Some(selection)) = browser::window().get_selection() {
            let _ = selection.remove_all_ranges();
            let _ = selection.add_range(&span);
        }
        if let Some(at) = span
            .start_container()
            .ok()
            .and_then(|at| at.parent_element())
        {
            at.scroll_into_view_with_bool(true);
        }
        self.work.set(Work::Chosen(range.clone()));
    }

    /// Nothing is worked on any more; the focus goes back to where work begins, without a move of the page.
    pub fn leave(&self) {
        self.work.set(Work::None);
        let begin = browser::element("hl-by-keys").filter(|_| self.by_keys.get_untracked());
        let to = begin.or_else(|| browser::element("hl-summary"));
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        if let Some(to) = to {
            let _ = to.focus_with_options(&still);
        }
    }

    /// Marks what is chosen.
    pub fn highlight(&self, range: &Range<usize>, colour: Colour) {
        let (Some(root), Some(part)) = (root(), self.part()) else {
            return;
        };
        let made = Highlight {
            id: RecordId::from_random(browser::random()),
            step: self.step.clone(),
            part,
            colour,
            anchor: Anchor::of(&Laid::of(&root).text, range.clone()),
            words: String::new(),
            at: browser::now(),
        };
        self.by_keys.set(false);
        self.work.set(Work::Known(made.id.clone()));
        if let Ok(Some(selection)) = browser::window().get_selection() {
            let _ = selection.remove_all_ranges();
        }
        self.keep(made.id.clone(), made.body(false), &[]);
    }

    /// Writes another word on a highlight; `fields` are the drafts that it takes up.
    pub fn change(&self, one: &Highlight, fields: &[&Slug]) {
        let id = RecordId::from_random(browser::random());
        self.keep(id, one.body(true), fields);
    }

    /// Takes a highlight away.
    pub fn remove(&self, one: &Highlight) {
        let id = RecordId::from_random(browser::random());
        self.work.set(Work::Removed(Box::new(one.clone())));
        self.keep(id, one.removal(), &[]);
    }

    fn keep(&self, id: RecordId, body: serde_json::Value, fields: &[&Slug]) {
        let body = Body::Assessed(KIND, body);
        self.study.make_as(id, &self.step, body, None, fields);
    }

    /// The name of a colour.
    pub fn colour(&self, colour: Colour) -> &'static str {
        colour_name(self.words, colour)
    }
}

/// What a passage was marked for, in words.
pub fn colour_name(words: NotesWords, colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => words.yellow(),
        Colour::Green => words.green(),
        Colour::Blue => words.blue(),
        Colour::Pink => words.pink(),
    }
}

/// The highlights of a part, in the order of time.
pub fn of_part(progress: &Progress, step: &Slug, part: &Slug) -> Vec<Highlight> {
    let mut all = highlights(&progress.kept);
    all.retain(|one| one.step == *step && one.part == *part);
    all
}

/// Puts what `mark` makes around the letters of each highlight of a text; `mark` is told whether it is the
/// last piece. Returns where each stands that was found.
pub fn lay_over(
    root: &Element,
    all: &[Highlight],
    mark: impl Fn(&Highlight, bool) -> Element,
) -> Vec<(RecordId, Range<usize>)> {
    let plain = Plain::new(&Laid::of(root).text);
    let place = |one: &Highlight| Some((one.id.clone(), locate(&plain, &one.anchor)?));
    let places: Vec<_> = all.iter().filter_map(place).collect();
    // What is put around last lies above: a short one stays in sight within a longer one.
    let mut left: Vec<usize> = (0..places.len()).collect();
    let long = |at: &usize| places.get(*at).map_or(0, |(_, range)| range.len());
    while let Some(longest) = left.iter().copied().max_by_key(long) {
        left.retain(|at| *at != longest);
        let Some((id, range)) = places.get(longest) else {
            continue;
        };
        if let Some(one) = all.iter().find(|one| one.id == *id) {
            // The nodes are others after each.
            Laid::of(root).wrap(range, |last| mark(one, last));
        }
    }
    places
}

/// The mark of a highlight, with nothing in it yet.
pub fn mark(one: &Highlight) -> El {
    let class = format!("hl hl-{}", one.colour.name());
    el("mark").class(&class).attr("data-of", one.id.as_str())
}

/// The field of a highlight's words, as drafts name it.
pub fn field(id: &RecordId) -> Option<Slug> {
    Slug::parse(id.as_str())
}

/// Takes marks of one kind off the text.
pub fn clear(root: &Element, kind: &str) {
    while let Ok(Some(mark)) = root.query_selector(kind) {
        let Some(parent) = mark.parent_node() else {
            return;
        };
        while let Some(child) = mark.first_child() {
            // What is no text of the part was put there with the mark.
            if child.node_name() == "BUTTON" {
                child.unchecked_ref::<Element>().remove();
            } else {
                let _ = parent.insert_before(&child, Some(&mark));
            }
        }
        mark.remove();
    }
    root.normalize();
}

/// A swatch of a colour.
pub fn swatch(colour: Colour) -> El {
    el("span").class(&format!("swatch hl-{}", colour.name()))
}

/// The mark of a highlight on the page.
fn mark_of(id: &RecordId) -> Option<HtmlElement> {
    let mark = format!("mark[data-of='{id}']");
    root()?.query_selector(&mark).ok()??.dyn_into().ok()
}
