//! The app's own words. The Chinese table is part of the app, so a missing word does not compile;
//! the English one is fetched (`public/words/app.en.txt`, one line a word), so that nobody waits for
//! two languages. Sentences with numbers in them are functions beside the tables.

pub mod class;
mod counts;
pub mod deck;
mod fetched;
pub mod notes;
pub mod score;
mod sentences;
mod zh;

use std::cell::Cell;

pub use zh::Words;

pub use counts::{
    attachment_rules, attempt_figures, attempt_label, attempt_title, begins, characters_of,
    counted, ends, exam_facts, exam_left, question_number, refused_file, replies_label,
    reply_counts, version_label,
};
pub use sentences::{because, lock_reason, needs, open_fault, packet_fault, sent, store_trouble};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Language {
    /// Its BCP 47 tag, as courses and the page's `lang` attribute use it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language for a BCP 47 tag: Chinese for any `zh`, English for any `en`.
    #[must_use]
    pub fn for_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()? {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// Its words; the Chinese ones where the English did not arrive.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &zh::CHINESE,
            Self::En => english().unwrap_or(&zh::CHINESE),
        }
    }

    /// Whether its words are here.
    #[must_use]
    pub fn is_here(self) -> bool {
        self == Self::Zh || english().is_some()
    }
}

thread_local! {
    /// The English words, once they were fetched.
    static ENGLISH: Cell<Option<&'static Words>> = const { Cell::new(None) };
}

fn english() -> Option<&'static Words> {
    ENGLISH.with(Cell::get)
}

/// Takes in the file of the English words, if it is one of this version of the app.
pub fn learn_english(text: String) {
    // One table a start: its words are used wherever they are shown.
    let words = Words::read(text.leak());
    if let Some(words) = words {
        ENGLISH.with(|known| known.set(Some(Box::leak(Box::new(words)))));
    }
}

/// The list of words by name, in the order of the lines of the file.
macro_rules! words {
    ($($name:ident: $zh:literal),+ $(,)?) => {
        /// Names of words, as places in the table.
        #[allow(non_camel_case_types, reason = "they are the names of words")]
        enum At { $($name),+ }

        const NAMES: &[&str] = &[$(stringify!($name)),+];

        const COUNT: usize = NAMES.len();

        /// The app's words in one language.
        #[derive(Debug)]
        pub struct Words(&'static [&'static str; COUNT]);

        /// The Chinese words.
        pub(super) static CHINESE: Words = Words(&[$($zh),+]);

        impl Words {
            /// Reads a file of words; `None` when it is not of this version of the app.
            pub(super) fn read(text: &'static str) -> Option<Self> {
                const MARK: u32 = super::fetched::mark(NAMES);
                let words = super::fetched::table(text, MARK, COUNT)?;
                let words: Box<[&str; COUNT]> = words.into_boxed_slice().try_into().ok()?;
                Some(Self(Box::leak(words)))
            }

            $(
                #[doc = concat!("`", stringify!($name), "`")]
                #[must_use]
                pub const fn $name(&self) -> &'static str {
                    self.0[At::$name as usize]
                }
            )+
        }

        #[cfg(test)]
        pub(super) const ALL: &[&str] = NAMES;
    };
}
use words;

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = include_str!("../../public/words/app.en.txt");

    #[test]
    fn the_english_words_are_whole_and_in_their_places() {
        fetched::whole(zh::ALL, EN, EN);
        learn_english(EN.to_owned());
        let words = Language::En.words();
        assert_eq!(
            (words.app(), words.colon(), words.attempt_now()),
            ("Zhixing", ": ", "Attempt")
        );
        for line in EN.lines().skip(1) {
            let (name, said) = line.split_once(" = ").unwrap();
            assert!(!said.trim().is_empty(), "{name}");
        }
        assert!(Words::read("1\napp = Zhixing").is_none());
        assert!(Words::read("").is_none());
    }
}
