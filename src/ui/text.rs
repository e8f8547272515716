//! The app's own words, in Chinese and English: one table a language, so that a missing word
//! does not compile. Sentences with numbers in them are functions beside the tables.

mod en;
mod sentences;
mod zh;

pub use sentences::{because, lock_reason, needs, open_fault, packet_fault, store_trouble};

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

    /// Its words.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Zh => &zh::WORDS,
            Self::En => &en::WORDS,
        }
    }
}

/// The app's words in one language.
#[allow(missing_docs, reason = "each field is the English of what it says")]
#[derive(Debug)]
pub struct Words {
    pub app: &'static str,
    /// What stands between a label and what it is about.
    pub colon: &'static str,
    pub skip_to_content: &'static str,
    pub home: &'static str,
    pub outline: &'static str,
    pub records: &'static str,
    pub other_language: &'static str,
    pub theme: &'static str,
    pub theme_auto: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub theme_contrast: &'static str,

    pub loading: &'static str,
    pub try_again: &'static str,
    pub not_found: &'static str,
    pub not_found_way: &'static str,
    pub course_unreachable: &'static str,
    pub course_unreachable_way: &'static str,
    pub screen_unreachable: &'static str,
    pub course_faulty: &'static str,
    pub no_storage: &'static str,
    pub damaged_rows: &'static str,

    pub saved_here: &'static str,
    pub saving: &'static str,
    pub not_saved: &'static str,

    pub next_up: &'static str,
    pub begin: &'static str,
    pub go_on: &'static str,
    pub all_done: &'static str,
    pub all_done_way: &'static str,
    pub modules: &'static str,
    pub study_time: &'static str,
    pub study_time_note: &'static str,
    pub steps_done: &'static str,
    pub minutes_unit: &'static str,
    pub not_started: &'static str,
    pub work_safe: &'static str,
    pub work_safe_note: &'static str,

    pub state_locked: &'static str,
    pub state_open: &'static str,
    pub state_started: &'static str,
    pub state_complete: &'static str,

    pub kind_video: &'static str,
    pub kind_reading: &'static str,
    pub kind_assignment: &'static str,
    pub kind_discussion: &'static str,
    pub kind_reflection: &'static str,
    pub kind_exam: &'static str,
    pub kind_activity: &'static str,
    pub steps_of_topic: &'static str,
    pub next_step: &'static str,
    pub previous_step: &'static str,
    pub back_to_outline: &'static str,
    pub locked: &'static str,
    pub go_there: &'static str,
    pub step_complete: &'static str,
    pub later_version: &'static str,

    pub counting: &'static str,
    pub not_counting: &'static str,
    pub credited: &'static str,
    pub of: &'static str,
    pub covered_strip: &'static str,

    pub play: &'static str,
    pub pause: &'static str,
    pub back_10: &'static str,
    pub forward_10: &'static str,
    pub position: &'static str,
    pub speed: &'static str,
    pub captions: &'static str,
    pub mute: &'static str,
    pub full_screen: &'static str,
    pub player: &'static str,
    pub keys: &'static str,
    pub resumed_at: &'static str,
    pub video_failed: &'static str,
    pub video_failed_way: &'static str,
    pub think: &'static str,
    pub think_label: &'static str,
    pub think_private: &'static str,
    pub think_keep: &'static str,
    pub think_skip: &'static str,
    pub my_thoughts: &'static str,
    pub change: &'static str,

    pub parts: &'static str,
    pub next_part: &'static str,
    pub previous_part: &'static str,
    pub part_read: &'static str,
    pub part_loading: &'static str,
    pub part_failed: &'static str,
    pub to_discussion: &'static str,
    pub to_assignment: &'static str,
    pub picture: &'static str,

    pub records_intro: &'static str,
    pub records_count: &'static str,
    pub records_head: &'static str,
    pub records_head_note: &'static str,
    pub export: &'static str,
    pub export_note: &'static str,
    pub import: &'static str,
    pub import_note: &'static str,
    pub import_done: &'static str,
    pub import_nothing: &'static str,
    pub import_added: &'static str,
    pub import_known: &'static str,
    pub import_conflicting: &'static str,
    pub import_refused: &'static str,
    pub export_done: &'static str,
    pub failed: &'static str,
}
