//! The course: modules, topics, steps, files.

use serde::Deserialize;

use super::{
    Calendar, Certificate, CreditHours, Digest, Gate, HoursEarned, Id, Iri, LanguageTag, Many,
    People, Scheme, StepContent, StepGroup, Text, Version, Whole, Window,
};
use crate::package::limits::{MAX_FILES, MAX_LANGUAGES, MAX_MODULES, MAX_STEPS, MAX_TOPICS};

/// A course package of Zhixing: what there is to do, when, and how it counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CourseFile {
    /// The format: `zhixing-course/1`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = "zhixing-course/1")))]
    pub format: String,
    /// Names the course through all its versions.
    pub id: Iri,
    /// The version, as its author writes it.
    pub version: Version,
    /// The languages of the course; the first is the main one, which no text may lack.
    pub languages: Many<LanguageTag, 1, MAX_LANGUAGES>,
    /// Title.
    pub title: Text,
    /// One paragraph about the course.
    pub summary: Text,
    /// Who made it.
    pub authors: Option<Text>,
    /// Under what terms it may be passed on.
    pub licence: Option<Text>,
    /// When things count.
    pub calendar: Calendar,
    /// How study time is counted; every member has a default.
    pub meter: Option<Meter>,
    /// Groups of learners that are assessed or paired, and roles of learners.
    pub people: Option<People>,
    /// Groups of steps, to which rules of the schemes refer, such as assignments of the modules
    /// and assignments from practice.
    #[serde(default)]
    pub step_groups: Many<StepGroup, 0, 50>,
    /// Modules in order.
    pub modules: Many<Module, 1, MAX_MODULES>,
    /// Assessment schemes, each for learners or for one kind of group.
    #[serde(default)]
    pub schemes: Many<Scheme, 0, 20>,
    /// Credit hours (学时) to reach.
    pub credit_hours: Option<CreditHours>,
    /// What the certificate says.
    pub certificate: Option<Certificate>,
    /// Every file of the package but `course.json`; `cargo xtask pack` fills it in.
    pub files: Many<FileEntry, 0, MAX_FILES>,
}

/// How study time is counted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// Highest playing speed that counts, in percent; 200, that is 2.0×, when absent.
    pub max_speed_percent: Option<Whole<100, 400>>,
    /// Reading counts for so many seconds after the last sign of activity; 120 when absent.
    pub idle_seconds: Option<Whole<10, 3600>>,
    /// Reading is credited up to the expected time × this, in percent; 100 when absent.
    pub reading_factor_percent: Option<Whole<10, 1000>>,
}

/// A module (模块).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Unique among modules.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// When it is open; always in the study phase when absent.
    pub open: Option<Window>,
    /// Credit hours that whoever completes it earns.
    pub credit_hours: Option<HoursEarned>,
    /// Topics in order.
    pub topics: Many<Topic, 1, MAX_TOPICS>,
}

/// A topic (专题): one case seen through its steps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// Unique among topics.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// Steps in order.
    pub steps: Many<Step, 1, MAX_STEPS>,
}

/// A step (步骤): one thing to do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Unique among steps.
    pub id: Id,
    /// Title.
    pub title: Text,
    /// One sentence about it.
    pub summary: Option<Text>,
    /// What opens it.
    pub gate: Gate,
    /// What there is to do.
    pub content: StepContent,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FileEntry {
    /// Path relative to `course.json`, with `/` between folders; at most 200 bytes; no `.` or
    /// `..`, no characters that a system or a URL reads in its own way. Extensions: md, txt, mp4,
    /// webm, vtt, png, jpg, webp, gif, pdf, docx, xlsx. No two may differ in case only.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = 200)))]
    pub path: String,
    /// Size in bytes; at most 500 MB, all files together at most 4 GB.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = 500_000_000)))]
    pub bytes: u64,
    /// SHA-256 of the content.
    pub sha256: Digest,
}
