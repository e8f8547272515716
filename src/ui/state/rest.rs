//! The later parts of the app's module (`xtask/src/split`). The second holds everything that the
//! course home does without; it is fetched once the home stands, and every other screen waits for
//! it. The third holds the screens of the score, the fourth notes and search, the fifth the class and
//! backends, the sixth projection; they are fetched, with their words and styles, when one of theirs is first opened.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::ui::browser;
use crate::ui::text::Language;

/// Where the second part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// On its way, or not asked for yet.
    Underway,
    /// Here.
    Here,
    /// It did not arrive.
    Failed,
}

/// The second part, as the screens see it.
#[derive(Clone, Copy)]
pub struct Rest {
    /// Where it is.
    pub part: RwSignal<Part>,
    /// What begins once it is here.
    waiting: StoredValue<Option<Begin>, LocalStorage>,
}

/// Something that the second part holds, to be begun, and done before anything of it is shown.
type Begin = Box<dyn FnOnce() -> LocalBoxFuture<'static, ()>>;

impl Rest {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self {
            part: RwSignal::new(Part::Underway),
            waiting: StoredValue::new_local(None),
        }
    }

    /// Begins something when it is here.
    pub fn then(self, begin: impl FnOnce() -> LocalBoxFuture<'static, ()> + 'static) {
        self.waiting.set_value(Some(Box::new(begin)));
    }

    /// Fetches it. Asking for what is there already costs nothing.
    pub async fn fetch(self) {
        self.part.set(Part::Underway);
        if join(0).await.is_err() {
            self.part.set(Part::Failed);
            return;
        }
        if let Some(Some(begin)) = self.waiting.try_update_value(Option::take) {
            begin().await;
        }
        self.part.set(Part::Here);
    }
}

/// Whether an earlier start in this tab found that it needs the whole (`public/boot.js`).
pub fn needed_at_once() -> bool {
    browser::kept("zhixing-whole").is_some()
}

/// Joins a later part, counted from 0, to the first, as the page's own script knows how.
pub async fn join(part: u32) -> Result<(), JsValue> {
    let window = browser::window();
    let join: js_sys::Function =
        js_sys::Reflect::get(&window, &"zhixingRest".into())?.dyn_into()?;
    let joining: js_sys::Promise = join.call1(&window, &part.into())?.unchecked_into();
    JsFuture::from(joining).await.map(|_| ())
}

/// A part that a start does not wait for, with the words of its screens.
#[derive(Clone, Copy)]
pub struct Later {
    /// Counted from 0, as [`join`] does, and what its file of words is called.
    name: (u32, &'static str),
    part: RwSignal<Part>,
    /// The words that are here, or on their way, and their language.
    words: StoredValue<(Option<Language>, &'static str)>,
}

/// The third part, of the score; and those that need it: the fourth, of notes and search, the fifth, of the
/// class, and the sixth, of projection.
#[derive(Clone, Copy)]
pub struct Laters(pub Later, pub Later, pub Later, pub Later);

impl Laters {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self(
            Later::new(1, "score"),
            Later::new(2, "notes"),
            Later::new(3, "class"),
            Later::new(4, "deck"),
        )
    }
}

impl Later {
    fn new(part: u32, words: &'static str) -> Self {
        Self {
            name: (part, words),
            part: RwSignal::new(Part::Underway),
            words: StoredValue::new((None, "")),
        }
    }

    /// Where it is, with the words of a language; asks for both when that is new.
    pub fn part(self, language: Language) -> Part {
        let part = self.part.get();
        if self.words.with_value(|(known, _)| *known == Some(language)) {
            return part;
        }
        self.fetch(language);
        Part::Underway
    }

    /// Asks for it, also where it did not arrive before.
    pub fn want(self, language: Language) {
        let known = self.words.with_value(|(known, _)| *known == Some(language));
        if !known || self.part.get_untracked() == Part::Failed {
            self.fetch(language);
        }
    }

    /// Whether it is here; asks for nothing.
    pub fn is_here(self) -> bool {
        self.part.get() == Part::Here
    }

    /// The words of its screens.
    pub fn words(self) -> &'static str {
        self.words.with_value(|(_, words)| *words)
    }

    /// Fetches it. What is there already costs nothing.
    pub fn fetch(self, language: Language) {
        self.words.set_value((Some(language), ""));
        leptos::task::spawn_local(async move {
            self.bring(language).await;
        });
    }

    /// Fetches it; whether it is here.
    pub async fn bring(self, language: Language) -> bool {
        let (part, name) = self.name;
        self.words.set_value((Some(language), ""));
        self.part.set(Part::Underway);
        let address = format!("words/{name}.{}.txt", language.tag());
        let (joined, words) = futures_util::join!(join(part), super::fetch::text(&address));
        let (Ok(()), Some(words)) = (joined, words) else {
            self.part.set(Part::Failed);
            return false;
        };
        // One text a language and start: its words are used wherever they are shown.
        self.words.set_value((Some(language), words.leak()));
        self.part.set(Part::Here);
        true
    }
}

/// An entry of a later part. Calls from an earlier one go through the table of functions, which
/// the later part fills: the compiler must not see what is called.
pub fn apart<F>(entry: F) -> F {
    std::hint::black_box(entry)
}
