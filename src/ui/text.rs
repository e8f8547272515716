//! The app's own words, in Chinese and English: one table a language, so that a missing word
//! does not compile. Sentences with numbers in them are functions beside the tables.

mod counts;
mod en;
pub mod score;
mod sentences;
mod zh;

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
    /// The screen of the score, in the header.
    pub score: &'static str,
    /// The screen of the courses.
    pub other_courses: &'static str,
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
    pub no_version: &'static str,

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

    pub calendar: &'static str,
    pub warm_up: &'static str,
    pub study: &'static str,
    pub grading: &'static str,
    pub opens_later: &'static str,
    pub open_now: &'static str,
    pub open_no_more: &'static str,
    pub season_not_yet: &'static str,
    pub season_closed: &'static str,
    pub submit: &'static str,
    pub write_here: &'static str,
    pub your_text: &'static str,
    pub draft_note: &'static str,
    pub draft_elsewhere: &'static str,
    pub draft_take: &'static str,
    pub draft_drop: &'static str,
    pub draft_drop_sure: &'static str,
    pub who_reads: &'static str,
    pub for_me: &'static str,
    pub for_tutor: &'static str,
    pub for_class: &'static str,
    pub rubric: &'static str,
    pub points_unit: &'static str,
    pub templates: &'static str,
    pub take_template: &'static str,
    pub from_last: &'static str,
    pub attach: &'static str,
    pub remove: &'static str,
    pub file_unreadable: &'static str,
    pub versions: &'static str,
    pub compare: &'static str,
    pub show_text: &'static str,
    pub receipt: &'static str,
    pub receipt_name: &'static str,
    pub receipt_step: &'static str,
    pub receipt_version: &'static str,
    pub receipt_length: &'static str,
    pub receipt_code: &'static str,
    pub print_receipt: &'static str,
    pub when: &'static str,
    pub new_post: &'static str,
    pub threads: &'static str,
    pub no_posts: &'static str,
    pub me: &'static str,
    pub edited: &'static str,
    pub all_threads: &'static str,
    pub no_such_thread: &'static str,
    pub reply: &'static str,
    pub quote: &'static str,
    pub drop_quote: &'static str,
    pub publish: &'static str,
    pub save_edit: &'static str,
    pub cancel: &'static str,
    pub page_before: &'static str,
    pub page_after: &'static str,
    pub ask_expert: &'static str,
    pub keep_entry: &'static str,
    pub all_reflections: &'static str,
    pub form: &'static str,
    pub live: &'static str,
    pub on_site: &'static str,
    pub time_by_tutor: &'static str,
    pub place: &'static str,
    pub led_by: &'static str,
    pub prepare: &'static str,
    pub to_calendar: &'static str,
    pub attendance: &'static str,
    pub room_code: &'static str,
    pub sign_in: &'static str,
    pub code_missing: &'static str,
    pub i_took_part: &'static str,
    pub by_list: &'static str,
    pub signed_in: &'static str,
    pub signed_in_note: &'static str,
    pub sign_in_again: &'static str,
    pub sign_in_later: &'static str,
    pub exam_practice: &'static str,
    pub exam_closed: &'static str,
    pub exam_clock_note: &'static str,
    pub exam_begin: &'static str,
    pub exam_again: &'static str,
    pub exam_not_open: &'static str,
    pub exam_no_attempts: &'static str,
    pub attempts: &'static str,
    pub time_left: &'static str,
    pub choose_all: &'static str,
    pub your_answer: &'static str,
    pub right_answer: &'static str,
    pub answered: &'static str,
    pub not_answered: &'static str,
    pub exam_check: &'static str,
    pub exam_all_answered: &'static str,
    pub exam_unanswered: &'static str,
    pub exam_back: &'static str,
    pub exam_hand_in: &'static str,
    pub exam_final: &'static str,
    pub exam_sealed: &'static str,
    pub exam_passed: &'static str,
    pub exam_failed: &'static str,
    pub exam_explained: &'static str,
    pub answer_right: &'static str,
    pub answer_wrong: &'static str,
    pub other_attempts: &'static str,
    pub made: &'static str,
    pub to_backend: &'static str,
    pub again_title: &'static str,
    pub again_note: &'static str,
    pub again_do: &'static str,
    pub again_sure: &'static str,
    pub attempt_now: &'static str,
}
