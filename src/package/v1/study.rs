//! What there is to watch and to read, and how it is projected.

use serde::Deserialize;

use super::{
    CaptionsFile, Decimal, Id, ImageFile, Many, MarkdownFile, Percent, PercentOrNone, Text,
    VideoFile, VideoType, Whole,
};

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
