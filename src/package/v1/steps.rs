//! What there is to do in a step; assignments and exams have files of their own.

use serde::Deserialize;

use super::{Assignment, Characters, Exam, Id, Many, Reading, Text, Video, Whole, Window};

/// What opens a step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// It is open from the start.
    Free {},
    /// The step before it in the topic is complete.
    AfterPrevious {},
    /// So many minutes are credited on the step before it in the topic, a video or reading.
    AfterMinutes {
        /// The minutes.
        minutes: Whole<1, 1440>,
    },
}

/// What there is to do in a step.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(tag = "kind")
)]
#[serde(rename_all = "snake_case")]
pub enum StepContent {
    /// Watch a lecture or a case.
    Video(Video),
    /// Read.
    Reading(Reading),
    /// Write and submit.
    Assignment(Assignment),
    /// Discuss.
    Discussion(Discussion),
    /// Reflect, and raise questions.
    Reflection(Reflection),
    /// Sit an exam.
    Exam(Exam),
    /// Take part in a live or on-site session.
    Activity(Activity),
}

/// Discuss.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Discussion {
    /// The group of steps it belongs to, such as salons.
    pub group: Option<Id>,
    /// What to discuss.
    pub prompt: Text,
    /// Fewest characters of a post that counts; 0 when absent.
    pub min_characters: Option<Characters>,
    /// When it takes posts; always in the study phase when absent.
    pub open: Option<Window>,
    /// The pairing whose groups discuss together; the own class alone when absent.
    pub partnership: Option<Id>,
}

/// Reflect, and raise questions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Reflection {
    /// The group of steps it belongs to.
    pub group: Option<Id>,
    /// Prompts in order.
    pub prompts: Many<ReflectionPrompt, 1, 30>,
    /// Who may read it; `either` when absent.
    pub visibility: Option<ReflectionVisibility>,
}

/// A prompt of a reflection.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReflectionPrompt {
    /// Unique in the step.
    pub id: Id,
    /// The prompt.
    pub prompt: Text,
    /// Whether what is written here is a question to the experts; no when absent.
    pub is_question: Option<bool>,
    /// Fewest characters of an answer that counts; 0 when absent.
    pub min_characters: Option<Characters>,
    /// Who may read what is written here; as the step says when absent.
    pub visibility: Option<ReflectionVisibility>,
}

/// Who may read a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReflectionVisibility {
    /// Nobody else: it never leaves the device.
    Private,
    /// The class.
    Shared,
    /// Whom the learner chooses.
    Either,
}

/// Take part in a live or on-site session.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The group of steps it belongs to, such as training days.
    pub group: Option<Id>,
    /// Whether it is live at a distance or on site.
    pub form: ActivityForm,
    /// When it takes place; when the tutor announces it, if absent.
    pub when: Option<Window>,
    /// Room or address.
    pub place: Option<Text>,
    /// What it is.
    pub description: Text,
    /// What to prepare.
    pub prepare: Option<Text>,
    /// Who leads it, such as an expert who answers questions.
    pub led_by: Option<Text>,
    /// Whether it lies outside working days; no when absent.
    pub outside_working_days: Option<bool>,
    /// The pairing whose groups meet; the own class alone when absent.
    pub partnership: Option<Id>,
    /// Ways in which attendance may be taken.
    pub attendance: Many<AttendanceBy, 1, 3>,
}

/// Where a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActivityForm {
    /// At a distance: a video conference, a chat.
    Live,
    /// In one place.
    OnSite,
}

/// How attendance is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttendanceBy {
    /// The learner types a code that is shown in the room.
    RoomCode,
    /// The tutor ticks a list: present, absent, late, left early.
    TutorList,
    /// The learner says so.
    Learner,
}
