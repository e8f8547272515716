//! What there is to do in a step; assignments and exams have files of their own.

use serde::Deserialize;

use super::{
    Assignment, CaptionsFile, Characters, Decimal, Exam, Id, ImageFile, Many, MarkdownFile,
    Percent, PercentOrNone, Text, VideoFile, VideoType, Whole, Window,
};

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

/// Watch a lecture or a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Video {
    /// Length in seconds, at most 24 hours; no more than this is ever credited.
    pub seconds: Decimal<1, 86_400_000>,
    /// The same video in several encodings, the best first.
    pub sources: Many<VideoSource, 1, 8>,
    /// Captions.
    pub captions: Option<CaptionsFile>,
    /// What is shown before it plays.
    pub poster: Option<ImageFile>,
    /// Questions that pause the video, in order of time.
    #[serde(default)]
    pub prompts: Many<ThinkPrompt, 0, 50>,
    /// Share of the length that must be covered for the step to be complete; 90 when absent.
    pub complete_percent: Option<Percent>,
}

/// One encoding of a video.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VideoSource {
    /// The file.
    pub file: VideoFile,
    /// Its type; told from the extension when absent.
    #[serde(rename = "type")]
    pub mime: Option<VideoType>,
}

/// A question that pauses the video.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ThinkPrompt {
    /// Unique in the step.
    pub id: Id,
    /// At how many seconds.
    pub at: Decimal<0, 86_400_000>,
    /// The question.
    pub question: Text,
}

/// Read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// Expected reading time; it caps what is credited.
    pub expected_minutes: Whole<1, 1440>,
    /// Parts in order.
    pub parts: Many<ReadingPart, 1, 50>,
    /// Share of the expected time that must be credited for the step to be complete, besides
    /// every part having been opened; 50 when absent.
    pub complete_percent: Option<PercentOrNone>,
}

/// A part of a reading.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReadingPart {
    /// Unique in the step.
    pub id: Id,
    /// Its role in the topic.
    pub role: PartRole,
    /// Title.
    pub title: Text,
    /// The text. Pictures and links are relative to the folder of this file. A thematic break
    /// (`---`) begins a new sheet when it is projected.
    pub file: MarkdownFile,
    /// How it is projected.
    pub deck: Option<Deck>,
}

/// The role of a reading part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartRole {
    /// 问题思考
    ThinkFirst,
    /// 案例故事
    Case,
    /// 互动园地: leads to the topic's discussion.
    Interaction,
    /// 分析与建议
    Analysis,
    /// 拓展案例
    FurtherCase,
    /// 多角度评点
    Commentary,
    /// 相关链接
    Links,
    /// 作业: leads to the topic's assignment.
    Assignment,
    /// Anything else.
    Plain,
}

/// How a reading part is projected to a room.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Deck {
    /// Whether it is projected at all; yes when absent.
    pub show: Option<bool>,
    /// How its sheets appear; `points` for analysis and commentary and `whole` for the rest when
    /// absent.
    pub reveal: Option<Reveal>,
    /// Minutes of thinking before it, with a countdown.
    pub think_minutes: Option<Whole<1, 60>>,
    /// What groups in the room do with it.
    pub group_task: Option<GroupTask>,
    /// For whoever projects it; not shown to the room.
    pub notes: Option<Text>,
}

/// How a sheet appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reveal {
    /// All at once.
    Whole,
    /// Covered, and uncovered point by point: a paragraph, a list item, a table row.
    Points,
}

/// What groups in the room do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupTask {
    /// The task.
    pub prompt: Text,
    /// How long, with a countdown.
    pub minutes: Whole<1, 180>,
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
