//! Exams.

use serde::Deserialize;

use super::{Id, ImageFile, Many, PercentOrNone, Text, Whole, Window, Worth};

/// Sit an exam.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Exam {
    /// The group of steps it belongs to.
    pub group: Option<Id>,
    /// Practice or closed-book.
    pub mode: ExamMode,
    /// Time limit.
    pub minutes: Whole<1, 600>,
    /// How often it may be sat; once when absent.
    pub attempts: Option<Whole<1, 100>>,
    /// When it may be sat; always in the study phase when absent.
    pub open: Option<Window>,
    /// Whether questions and options come in another order each time; no when absent.
    pub shuffle: Option<bool>,
    /// So many questions are drawn each time; all when absent.
    pub draw: Option<Whole<1, 500>>,
    /// Share of the points that passes; 60 when absent.
    pub pass_percent: Option<PercentOrNone>,
    /// The questions.
    pub questions: Many<Question, 1, 500>,
}

/// Practice or closed-book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExamMode {
    /// Every question carries its key; it is marked at once, on the device.
    Practice,
    /// No question carries a key or an explanation: these stay in the tutor's file.
    ClosedBook,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Unique in the exam.
    pub id: Id,
    /// Its points.
    pub points: Worth,
    /// The question.
    pub text: Text,
    /// A picture that belongs to it.
    pub image: Option<QuestionImage>,
    /// How it is answered.
    pub answer: Answer,
    /// Shown after a practice exam was marked.
    pub explanation: Option<Text>,
}

/// A picture of a question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionImage {
    /// The file.
    pub file: ImageFile,
    /// What it shows, for those who can't see it.
    pub alt: Text,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Answer {
    /// One option is right.
    Single {
        /// The options.
        options: Many<AnswerOption, 2, 20>,
        /// The id of the right one; practice exams only.
        key: Option<Id>,
    },
    /// One or more options are right.
    Multiple {
        /// The options.
        options: Many<AnswerOption, 2, 20>,
        /// The ids of the right ones; practice exams only.
        key: Option<Many<Id, 1, 20>>,
        /// Whether some of the right ones, and no wrong one, earn part of the points; no when
        /// absent.
        partial: Option<bool>,
    },
    /// True or false.
    TrueFalse {
        /// What is right; practice exams only.
        key: Option<bool>,
    },
    /// A few words.
    ShortAnswer {
        /// Answers that are right, compared without regard to case, blanks and full or half
        /// width; practice exams only.
        key: Option<Many<Text, 1, 20>>,
        /// Most characters; 200 when absent.
        max_characters: Option<Whole<1, 2000>>,
    },
}

/// An option.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerOption {
    /// Unique in the question.
    pub id: Id,
    /// The option.
    pub text: Text,
}
