//! Settings of the device: language and colours. They are kept outside the store, because
//! the static page needs them before the app runs.

use leptos::prelude::*;

use crate::domain::text::Text;
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::text::{Language, Words, learn_english};

/// A colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    Auto,
    /// Ink on paper.
    Light,
    /// Light on dark.
    Dark,
    /// Ink on yellowed paper.
    Sepia,
    /// Black and white.
    Contrast,
}

impl Theme {
    /// All, in the order they are offered in.
    pub const ALL: [Self; 5] = [
        Self::Auto,
        Self::Light,
        Self::Sepia,
        Self::Dark,
        Self::Contrast,
    ];

    /// Its name in the `data-theme` attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Sepia => "sepia",
            Self::Contrast => "contrast",
        }
    }

    /// What the learner calls it.
    pub const fn label(self, words: &'static Words) -> &'static str {
        match self {
            Self::Auto => words.theme_auto(),
            Self::Light => words.theme_light(),
            Self::Dark => words.theme_dark(),
            Self::Sepia => words.theme_sepia(),
            Self::Contrast => words.theme_contrast(),
        }
    }

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// The settings of this device.
#[derive(Clone, Copy)]
pub struct Device {
    language: RwSignal<Language>,
    theme: RwSignal<Theme>,
}

const LANGUAGE: &str = "zhixing-language";
/// The setting of the colours, a learner's own.
pub const THEME: &str = "zhixing-theme";

impl Device {
    /// Reads the settings; without any, the language is the browser's if it is one of ours.
    pub fn read() -> Self {
        let language = Self::chosen();
        let theme = browser::setting(THEME).and_then(|name| Theme::named(&name));
        let device = Self {
            language: RwSignal::new(language),
            theme: RwSignal::new(theme.unwrap_or(Theme::Auto)),
        };
        device.show();
        device
    }

    /// The language of a start.
    pub fn chosen() -> Language {
        let chosen =
            browser::setting(LANGUAGE).or_else(|| browser::window().navigator().language());
        let chosen = chosen.and_then(|tag| Language::for_tag(&tag));
        chosen.unwrap_or(Language::Zh)
    }

    /// The device's settings.
    pub fn here() -> Self {
        expect_context()
    }

    /// The language. A screen is built anew when it is switched, so its words are plain values.
    pub fn language(self) -> Language {
        self.language.get_untracked()
    }

    /// The words of the language.
    pub fn words(self) -> &'static Words {
        self.language().words()
    }

    /// A text of the course in the language.
    pub fn text(self, text: &Text) -> String {
        text.get(self.language().tag()).to_owned()
    }

    /// A word that a part of the course is in another language than the screen; nothing when it
    /// is not.
    pub fn foreign(self, text: &Text) -> Option<El> {
        self.other_tag(text)
            .map(|_| el("p").class("quiet").text(self.words().no_version()))
    }

    /// The language of a text when it is another than the screen's.
    fn other_tag(self, text: &Text) -> Option<&str> {
        let tag = self.language().tag();
        let written_in = text.tag(tag);
        (written_in != tag && !written_in.is_empty()).then_some(written_in)
    }

    /// Puts a text of the course into an element, and marks it when it is in another language
    /// than the screen, because the course has it in no other.
    pub fn write(self, into: El, text: &Text) -> El {
        into.attr_if("lang", self.other_tag(text))
            .text(text.get(self.language().tag()))
    }

    /// Builds whatever asks this anew when the language is switched.
    pub fn follow_language(self) {
        self.language.track();
    }

    /// The theme.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Fetches the words of the language, if they are not in the app; where they do not arrive, the
    /// Chinese ones stand in for them.
    pub async fn bring_words(language: Language) {
        if language.is_here() {
            return;
        }
        if let Some(words) = super::fetch_text("words/app.en.txt").await {
            learn_english(words);
        }
    }

    /// Switches the language, once its words are here.
    pub fn set_language(self, language: Language) {
        leptos::task::spawn_local(async move {
            Self::bring_words(language).await;
            if language.is_here() {
                self.switch(language);
            }
        });
    }

    fn switch(self, language: Language) {
        browser::set_setting(LANGUAGE, language.tag());
        self.language.set(language);
        self.show();
        // The button was built anew with everything else: the focus stays on it.
        request_animation_frame(|| {
            if let Some(button) = browser::element("language") {
                let _ = button.focus();
            }
        });
    }

    /// Switches the theme.
    pub fn set_theme(self, theme: Theme) {
        browser::set_setting(THEME, theme.name());
        self.theme.set(theme);
        self.show();
    }

    fn show(self) {
        if let Some(root) = browser::document().document_element() {
            let _ = root.set_attribute("lang", self.language.get_untracked().tag());
            let _ = root.set_attribute("data-theme", self.theme.get_untracked().name());
        }
    }
}
