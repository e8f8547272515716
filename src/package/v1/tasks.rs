//! Assignments and rubrics.

use serde::Deserialize;

use super::{Characters, DocumentFile, Id, Many, Score, Text, Whole, Window, Worth};

/// Write and submit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(inline)
)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// The group of steps it belongs to, such as assignments of the modules or from practice.
    pub group: Option<Id>,
    /// What to write.
    pub prompt: Text,
    /// How long the text is to be.
    pub length: LengthLimits,
    /// When it may be submitted; always in the study phase when absent.
    pub open: Option<Window>,
    /// Forms to fill in or examples to follow.
    #[serde(default)]
    pub templates: Many<Template, 0, 10>,
    /// What may be attached; nothing when absent.
    pub attachments: Option<Attachments>,
    /// Reviewing of peers' submissions; none when absent.
    pub peer_reviews: Option<PeerReviews>,
    /// What a good submission shows, for authors, reviewers and tutors.
    #[serde(default)]
    pub rubric: Many<Criterion, 0, 20>,
    /// Who may read submissions; `class` when absent.
    pub visibility: Option<SubmissionVisibility>,
}

/// Fewest and most characters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LengthLimits {
    /// Fewest; 0 for none.
    pub min: Characters,
    /// Most; at least 1.
    pub max: Whole<1, 100_000>,
}

/// A form to fill in or an example to follow.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Title.
    pub title: Text,
    /// The file. One in Markdown or plain text can be taken over into the editor.
    pub file: DocumentFile,
}

/// What may be attached to a submission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attachments {
    /// At most so many files.
    pub max_files: Whole<1, 20>,
    /// At most so many bytes each; 200 MB at most.
    pub max_bytes: Whole<1, 200_000_000>,
    /// Kinds of files.
    pub types: Many<AttachmentType, 1, 10>,
}

/// A kind of file that may be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttachmentType {
    /// png, jpg, webp, gif
    Image,
    /// mp4, webm
    Video,
    /// mp3, m4a
    Audio,
    /// pdf
    Pdf,
    /// docx
    Document,
    /// xlsx
    Spreadsheet,
    /// pptx
    Slides,
    /// txt, md
    PlainText,
}

/// Reviewing of peers' submissions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PeerReviews {
    /// How many each learner is to review.
    pub count: Whole<1, 20>,
    /// Fewest characters of a review that counts; 0 when absent.
    pub min_characters: Option<Characters>,
    /// Whether the reviewer's name is kept from the author; no when absent.
    pub anonymous: Option<bool>,
    /// What to look at; the assignment's own rubric when empty.
    #[serde(default)]
    pub rubric: Many<Criterion, 0, 20>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// Unique in the rubric.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// What is looked at.
    pub description: Option<Text>,
    /// Most points for it.
    pub points: Worth,
    /// Described levels, the highest first; any points up to the most when empty.
    #[serde(default)]
    pub levels: Many<CriterionLevel, 0, 10>,
}

/// A described level of a criterion.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CriterionLevel {
    /// Its points.
    pub points: Score,
    /// What it looks like.
    pub description: Text,
}

/// Who may read submissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubmissionVisibility {
    /// The tutor alone; then nobody reviews it.
    Tutor,
    /// The class.
    Class,
    /// The class, and the partner groups when it is showcased.
    Partner,
}
