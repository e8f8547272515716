//! A course as the rest of the core sees it: read from a package, checked, and immutable.

use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::record::Audience;
use crate::domain::text::Text;
use crate::domain::time::{Moment, Window};

/// A checked course.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// IRI that names the course through all its versions.
    pub id: String,
    /// Version as its author writes it.
    pub version: String,
    /// SHA-256 of `course.json` as it was read: what a registration pins.
    pub hash: Hash,
    /// BCP 47 tags of the languages it is written in; the first is the main one. Never empty.
    pub languages: Vec<String>,
    /// Title.
    pub title: Text,
    /// One paragraph about the course.
    pub summary: Text,
    /// When things count.
    pub calendar: Calendar,
    /// How the meter counts.
    pub meter: MeterRules,
    /// Modules in order.
    pub modules: Vec<Module>,
}

/// A module (模块).
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// Unique in the course.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Text,
    /// Topics in order.
    pub topics: Vec<Topic>,
}

/// A topic (专题): one case seen through its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Unique in the course.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Text,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// A step (步骤): one thing to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Unique in the course.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// What opens it.
    pub gate: Gate,
    /// What there is to do.
    pub content: StepContent,
}

/// What opens a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Open from the start.
    Free,
    /// Open when the step before it in the topic is complete.
    AfterPrevious,
    /// Open when so many minutes are credited on the step before it.
    AfterMinutes(u32),
}

/// What there is to do in a step. Boxed where large, as most of a course is text.
#[derive(Debug, Clone, PartialEq)]
pub enum StepContent {
    /// Watch.
    Video(Video),
    /// Read.
    Reading(Reading),
    /// Write and submit.
    Assignment(Assignment),
    /// Discuss.
    Discussion(Discussion),
    /// Reflect.
    Reflection(Reflection),
    /// Sit an exam.
    Exam(Exam),
    /// Take part in a live or on-site session.
    Activity(Activity),
}

/// The kind of a step, where its content does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepKind {
    /// 视频
    Video,
    /// 阅读
    Reading,
    /// 作业
    Assignment,
    /// 研讨
    Discussion,
    /// 反思
    Reflection,
    /// 考试
    Exam,
    /// 活动
    Activity,
}

/// A file of the package: its path inside it, in each language (often one for all).
pub type FileText = Text;

/// A video step.
#[derive(Debug, Clone, PartialEq)]
pub struct Video {
    /// Length in milliseconds; the credit can never exceed it.
    pub length_ms: u64,
    /// Alternatives, best first: path and MIME type.
    pub sources: Vec<VideoSource>,
    /// `WebVTT` captions, if any.
    pub captions: Option<FileText>,
    /// Poster picture, if any.
    pub poster: Option<FileText>,
    /// Questions that pause the video, in order of time.
    pub prompts: Vec<ThinkPrompt>,
    /// Share of the length in percent (1–100) that must be covered for the step to be complete.
    pub complete_percent: u8,
}

/// One alternative of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoSource {
    /// Path in the package.
    pub file: FileText,
    /// MIME type, such as `video/mp4`.
    pub mime: String,
}

/// A question that pauses the video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThinkPrompt {
    /// Unique in the step.
    pub id: Slug,
    /// Media time in milliseconds.
    pub at_ms: u64,
    /// The question.
    pub question: Text,
}

/// A reading step.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Parts in order.
    pub parts: Vec<ReadingPart>,
    /// Expected reading time in minutes; with the factor of [`MeterRules`] it caps the credit.
    pub expected_minutes: u32,
    /// Share of the expected time in percent (0–100) needed for the step to be complete,
    /// next to every part having been opened.
    pub complete_percent: u8,
}

/// One part of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingPart {
    /// Unique in the step.
    pub id: Slug,
    /// Its role in the topic.
    pub role: PartRole,
    /// Title.
    pub title: Text,
    /// Markdown file.
    pub file: FileText,
}

/// The role of a reading part (programme P2's order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// An assignment step. Templates, rubric and what may be attached are read when the step is
/// opened ([`crate::domain::task::AssignmentTask`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// What to write.
    pub prompt: Text,
    /// Characters of the text, least and most.
    pub length: LengthLimits,
    /// When it may be submitted, if not in the whole study phase.
    pub open: Option<Opening>,
    /// Peers' submissions to review.
    pub peer_reviews: u32,
}

/// A discussion step.
#[derive(Debug, Clone, PartialEq)]
pub struct Discussion {
    /// What to discuss.
    pub prompt: Text,
    /// Fewest characters of a post that counts.
    pub min_characters: u32,
    /// When it takes posts, if not always.
    pub open: Option<Opening>,
}

impl Discussion {
    /// Fewest characters that are asked of a post. Of a reply none is: it may be one question; from
    /// [`Discussion::min_characters`] on it counts all the same.
    #[must_use]
    pub fn least(&self, is_reply: bool) -> u32 {
        if is_reply { 0 } else { self.min_characters }
    }
}

/// A reflection step.
#[derive(Debug, Clone, PartialEq)]
pub struct Reflection {
    /// Prompts in order.
    pub prompts: Vec<ReflectionPrompt>,
}

/// One prompt of a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectionPrompt {
    /// Unique in the step.
    pub id: Slug,
    /// The prompt.
    pub prompt: Text,
    /// Whether what is written here is a question to the experts.
    pub is_question: bool,
    /// Fewest characters of an entry that counts.
    pub min_characters: u32,
    /// Who may read an entry.
    pub visibility: Visibility,
}

impl ReflectionPrompt {
    /// Who reads an entry: the class if it is shared; otherwise the learner alone, but a question
    /// goes to the tutor, for nobody would answer it on the device.
    #[must_use]
    pub fn audience(&self, shared: bool) -> Audience {
        if shared {
            Audience::Class
        } else if self.is_question {
            Audience::Tutor
        } else {
            Audience::Private
        }
    }
}

/// Who may read a reflection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody else: it never leaves the device.
    Private,
    /// The class.
    Shared,
    /// Whom the learner chooses.
    #[default]
    Either,
}

/// An exam step; its questions are read when it is opened ([`crate::domain::exam::Paper`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Exam {
    /// Time limit in minutes.
    pub minutes: u32,
    /// How many questions.
    pub questions: u32,
    /// How often it may be sat.
    pub attempts: u32,
    /// When it may be sat, if not in the whole study phase.
    pub open: Option<Opening>,
    /// Whether its keys travel with it and it is marked at once.
    pub practice: bool,
}

/// An activity step; what to prepare and how attendance is taken is read when it is opened
/// ([`crate::domain::task::ActivityTask`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// When it takes place; when the tutor announces it, if absent.
    pub when: Option<Opening>,
    /// Place or address.
    pub place: Text,
    /// What it is.
    pub description: Text,
}

/// When something is open or takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// From one moment to another.
    Fixed(Window),
    /// Whole days since enrolment.
    Days(DayRange),
    /// Some minutes of one day since enrolment.
    Session {
        /// The day.
        day: u32,
        /// Minutes since its midnight at which it begins.
        at_minute: u32,
        /// Minutes that it takes.
        minutes: u32,
    },
}

/// Fewest and most characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LengthLimits {
    /// Fewest; 0 for none.
    pub min: u32,
    /// Most.
    pub max: u32,
}

/// When things count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Offset from UTC in minutes, for days and for showing times.
    pub utc_offset_minutes: i32,
    /// The windows.
    pub windows: Windows,
}

/// Windows fixed in time, or counted from the day of enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Windows {
    /// Fixed dates.
    Absolute(Phases<Window>),
    /// Days since the day of enrolment, which is day 0: opens on the first, closes after the second.
    Relative(Phases<DayRange>),
}

/// The phases of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phases<W> {
    /// Warm-up: everything can be tried, nothing counts.
    pub warm_up: Option<W>,
    /// Study: what is done counts.
    pub study: W,
    /// Grading.
    pub grading: Option<W>,
}

/// Whole days since enrolment, from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// First day.
    pub first: u32,
    /// Last day.
    pub last: u32,
}

/// How the meter counts in this course (DESIGN section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterRules {
    /// Highest playing speed that counts, in hundredths (200 = 2.0×).
    pub max_speed_percent: u32,
    /// Reading counts for so long after the last sign of activity, in milliseconds.
    pub idle_ms: u64,
    /// Reading credit is capped at the expected time × this, in hundredths (100 = 1.0×).
    pub reading_factor_percent: u32,
    /// Offset from UTC in minutes, for what counts by the day.
    pub utc_offset_minutes: i32,
}

impl MeterRules {
    /// The day of a moment, counted from 1970 in the course's zone.
    #[must_use]
    pub fn day_of(&self, moment: Moment) -> i64 {
        let local = moment
            .0
            .saturating_add(i64::from(self.utc_offset_minutes) * MINUTE_MS);
        local.div_euclid(DAY_MS)
    }

    /// The first moment of a day, in milliseconds since 1970; 0 for days before that.
    #[must_use]
    pub fn day_begins(&self, day: i64) -> u64 {
        let begins = day.saturating_mul(DAY_MS) - i64::from(self.utc_offset_minutes) * MINUTE_MS;
        u64::try_from(begins).unwrap_or(0)
    }
}

impl Default for MeterRules {
    /// Speed 2.0×, idle after 120 s, reading capped at the expected time, days of Beijing.
    fn default() -> Self {
        Self {
            max_speed_percent: 200,
            idle_ms: 120_000,
            reading_factor_percent: 100,
            utc_offset_minutes: 480,
        }
    }
}

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

impl Calendar {
    /// The phases in time for somebody who enrolled at `enrolled`.
    #[must_use]
    pub fn phases(&self, enrolled: Moment) -> Phases<Window> {
        match &self.windows {
            Windows::Absolute(phases) => *phases,
            Windows::Relative(phases) => phases.map(|days| self.window_of(enrolled, days)),
        }
    }

    /// The first moment of the calendar day in which `moment` lies.
    #[must_use]
    pub fn day_start(&self, moment: Moment) -> Moment {
        let offset = i64::from(self.utc_offset_minutes) * 60_000;
        let local = moment.0.saturating_add(offset);
        Moment(local.div_euclid(DAY_MS) * DAY_MS - offset)
    }

    /// The time of an opening for somebody who enrolled at `enrolled`.
    #[must_use]
    pub fn opening(&self, opening: &Opening, enrolled: Moment) -> Window {
        match *opening {
            Opening::Fixed(window) => window,
            Opening::Days(days) => self.window_of(enrolled, days),
            Opening::Session {
                day,
                at_minute,
                minutes,
            } => {
                let midnight = self.day_start(enrolled).0 + i64::from(day) * DAY_MS;
                let opens = midnight + i64::from(at_minute) * MINUTE_MS;
                Window {
                    opens: Moment(opens),
                    closes: Moment(opens + i64::from(minutes) * MINUTE_MS),
                }
            }
        }
    }

    fn window_of(&self, enrolled: Moment, days: DayRange) -> Window {
        let day_zero = self.day_start(enrolled).0;
        Window {
            opens: Moment(day_zero + i64::from(days.first) * DAY_MS),
            closes: Moment(day_zero + (i64::from(days.last) + 1) * DAY_MS),
        }
    }
}

impl<W: Copy> Phases<W> {
    fn map<V>(&self, each: impl Fn(W) -> V) -> Phases<V> {
        Phases {
            warm_up: self.warm_up.map(&each),
            study: each(self.study),
            grading: self.grading.map(&each),
        }
    }
}

impl StepContent {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Video(_) => StepKind::Video,
            Self::Reading(_) => StepKind::Reading,
            Self::Assignment(_) => StepKind::Assignment,
            Self::Discussion(_) => StepKind::Discussion,
            Self::Reflection(_) => StepKind::Reflection,
            Self::Exam(_) => StepKind::Exam,
            Self::Activity(_) => StepKind::Activity,
        }
    }

    /// When it is open or takes place, if it has a time of its own.
    #[must_use]
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Self::Assignment(assignment) => assignment.open.as_ref(),
            Self::Discussion(discussion) => discussion.open.as_ref(),
            Self::Exam(exam) => exam.open.as_ref(),
            Self::Activity(activity) => activity.when.as_ref(),
            Self::Video(_) | Self::Reading(_) | Self::Reflection(_) => None,
        }
    }
}

impl Course {
    /// Every step in order, with the module and topic it stands in. A list: an iterator over
    /// three levels is compiled anew wherever it is used, and courses have some dozens of steps.
    #[must_use]
    pub fn steps(&self) -> std::vec::IntoIter<Placed<'_>> {
        let mut all = Vec::new();
        for module in &self.modules {
            for topic in &module.topics {
                all.extend(topic.steps.iter().map(|step| Placed {
                    module,
                    topic,
                    step,
                }));
            }
        }
        all.into_iter()
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &Slug) -> Option<Placed<'_>> {
        self.steps().find(|placed| placed.step.id == *id)
    }
}

/// A step and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// Its module.
    pub module: &'a Module,
    /// Its topic.
    pub topic: &'a Topic,
    /// The step.
    pub step: &'a Step,
}

impl<'a> Placed<'a> {
    /// The step before it in the same topic.
    #[must_use]
    pub fn previous(&self) -> Option<&'a Step> {
        let at = self
            .topic
            .steps
            .iter()
            .position(|step| step.id == self.step.id)?;
        at.checked_sub(1)
            .and_then(|before| self.topic.steps.get(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_an_entry_follows_from_its_prompt_and_whether_it_is_shared() {
        let table = [
            (false, false, Audience::Private),
            (false, true, Audience::Class),
            (true, false, Audience::Tutor),
            (true, true, Audience::Class),
        ];
        for (is_question, shared, audience) in table {
            let prompt = ReflectionPrompt {
                id: Slug::parse("p").unwrap(),
                prompt: Text::single("en", "What will you try?"),
                is_question,
                min_characters: 0,
                visibility: Visibility::Either,
            };
            assert_eq!(prompt.audience(shared), audience);
        }
    }

    #[test]
    fn a_relative_calendar_counts_whole_local_days() {
        let calendar = Calendar {
            utc_offset_minutes: 480,
            windows: Windows::Relative(Phases {
                warm_up: None,
                study: DayRange { first: 0, last: 1 },
                grading: None,
            }),
        };
        // 23:30 in China on 15 November 2016.
        let enrolled = Moment::parse_rfc3339("2016-11-15T23:30:00+08:00").unwrap();
        let study = calendar.phases(enrolled).study;
        assert_eq!(study.opens.to_rfc3339(), "2016-11-14T16:00:00.000Z");
        assert_eq!(study.closes.to_rfc3339(), "2016-11-16T16:00:00.000Z");
        assert!(study.contains(enrolled));
        assert!(!study.contains(study.closes));
        let session = Opening::Session {
            day: 1,
            at_minute: 19 * 60 + 30,
            minutes: 90,
        };
        let session = calendar.opening(&session, enrolled);
        assert_eq!(session.opens.to_rfc3339(), "2016-11-16T11:30:00.000Z");
        assert_eq!(session.closes.since(session.opens), 90 * 60_000);
    }
}
