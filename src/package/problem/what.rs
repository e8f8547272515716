//! The kinds of problems.

use crate::domain::points::Points;
use crate::package::path::PathFault;
use crate::package::read::{Json, Number};

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The file has more than `limit` bytes.
    FileTooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// All files together have more than `limit` bytes.
    PackageTooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// The text is not JSON from this place on.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A number that no computer holds exactly enough.
    NumberTooLarge,
    /// Nested deeper than `limit`.
    TooDeep {
        /// Most levels.
        limit: usize,
    },
    /// An object with more than `limit` members.
    TooManyMembers {
        /// Most members.
        limit: usize,
    },
    /// A member with the same name stands before it in the same object.
    GivenTwice,
    /// Not the format that this reader knows.
    WrongFormat {
        /// What the file says it is.
        found: String,
        /// The format that this reader knows.
        known: &'static str,
    },
    /// Another type of JSON value.
    WrongType {
        /// What the format has here.
        expected: Shape,
        /// What stands here.
        found: Shape,
    },
    /// A member that must be there is not.
    Missing,
    /// A member that the format does not know.
    UnknownField {
        /// Those it knows here.
        allowed: &'static [&'static str],
    },
    /// A kind or a name out of a fixed list that the format does not know.
    UnknownKind {
        /// What stands here.
        found: String,
        /// Those it knows here.
        allowed: &'static [&'static str],
    },
    /// A number below 0.
    Negative,
    /// A number outside its range, such as `1–90`.
    OutOfRange {
        /// The range.
        range: String,
    },
    /// A list that is too short or too long.
    WrongCount {
        /// How many there may be, such as `1–200`.
        range: String,
        /// How many there are.
        found: usize,
    },
    /// A string that has not the form of what belongs here.
    BadForm(Form),
    /// A text without the main language.
    MainLanguageMissing,
    /// A text in a language that the course does not declare.
    LanguageNotDeclared,
    /// A text without the other language; only a remark.
    NotTranslated {
        /// The language.
        language: String,
    },
    /// A text of blanks, or of nothing.
    EmptyText,
    /// A text longer than `limit` characters.
    TextTooLong {
        /// Most characters.
        limit: usize,
    },
    /// A text with a control character other than line end and tab.
    ControlCharacter,
    /// A path that may not name a file of a package.
    BadPath {
        /// The path.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// A file of a type that does not belong here.
    WrongFileType {
        /// The path.
        path: String,
        /// Extensions that do.
        allowed: &'static [&'static str],
    },
    /// A file that is spoken of, and not in the list of files.
    NotListed {
        /// The path.
        path: String,
    },
    /// A link or something else that is not a plain file.
    NotPlainFile,
    /// A file of the list that is not there.
    FileMissing,
    /// Two files whose paths are the same, or differ only in case.
    SamePath {
        /// The other path.
        other: String,
    },
    /// A file of another size than listed.
    WrongSize {
        /// Bytes as listed.
        listed: u64,
        /// Bytes as found.
        found: u64,
    },
    /// A file of another content than listed.
    WrongDigest,
    /// A file that nothing speaks of; only a remark.
    NotUsed,
    /// A Markdown file that is not UTF-8.
    NotText,
    /// HTML in Markdown, which is shown as text; only a remark.
    RawHtml {
        /// Its beginning.
        html: String,
    },
    /// A link that is shown as text; only a remark.
    RefusedLink {
        /// Its target.
        target: String,
    },
    /// A picture that is not one of the package, and shown as its text; only a remark.
    RefusedImage {
        /// Its target.
        target: String,
    },
    /// An id that another of its kind has already.
    DuplicateId {
        /// The id.
        id: String,
    },
    /// An id that nothing has.
    UnknownId {
        /// The id.
        id: String,
        /// What should have it.
        of: Of,
    },
    /// A kind of group that lies, over others, within itself.
    Cycle,
    /// A window that ends before it begins.
    ClosesBeforeOpens,
    /// An item that is not greater than the one before it.
    NotAscending,
    /// An item that is not less than the one before it.
    NotDescending,
    /// Fewest is more than most.
    MinAboveMax,
    /// A moment beyond the end of the video.
    BeyondEnd,
    /// A gate that asks for minutes that the step before it does not have.
    NeverOpens {
        /// Minutes that it has.
        minutes: u32,
    },
    /// A gate on the step before it, on the first step; only a remark.
    FirstStepGated,
    /// Reviews of submissions that peers may not see.
    HiddenFromReviewers,
    /// A question of a practice exam without a key.
    KeyMissing,
    /// A key or an explanation in a closed-book exam.
    KeyInClosedBook,
    /// A number larger than what it is a part of.
    MoreThan {
        /// The most it may be.
        limit: Points,
    },
    /// Points that do not add up.
    WrongSum {
        /// What they add up to.
        sum: Points,
        /// What they should.
        expected: Points,
    },
    /// Points that must be these.
    MustBe {
        /// These.
        expected: Points,
    },
    /// A scheme without a level that passes, or with one above it that does not.
    NoPass,
    /// A rule for groups in a scheme for learners.
    GroupsOnly,
    /// Something per term in a calendar without terms.
    NeedsTerms,
    /// A rubric that nobody judges.
    NobodyJudges,
    /// A target above what the course holds; only a remark.
    AboveContent {
        /// What it holds.
        holds: Points,
    },
    /// Points that can't be reached by the rule; only a remark.
    Unreachable {
        /// What can.
        reachable: Points,
    },
}

/// A type of JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `null`
    Null,
    /// true or false
    Flag,
    /// a whole number
    WholeNumber,
    /// a number
    Number,
    /// a string
    Text,
    /// a list
    List,
    /// an object
    Object,
}

impl Shape {
    /// The type of a value.
    #[must_use]
    pub fn of(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Flag(_) => Self::Flag,
            Json::Number(Number::Float(_)) => Self::Number,
            Json::Number(_) => Self::WholeNumber,
            Json::Text(_) => Self::Text,
            Json::List(_) => Self::List,
            Json::Object(_) => Self::Object,
        }
    }
}

/// The form of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An id.
    Id,
    /// An IRI.
    Iri,
    /// A version.
    Version,
    /// A language tag.
    Language,
    /// An offset from UTC.
    Offset,
    /// A date or moment.
    Date,
    /// A time of the day.
    ClockTime,
    /// A fraction.
    Ratio,
    /// A SHA-256.
    Digest,
    /// A MIME type of video.
    VideoType,
    /// A number with at most three decimal places.
    ThreePlaces,
    /// Whatever else could not be read.
    Other,
}

impl Form {
    const ALL: [Self; 11] = [
        Self::Id,
        Self::Iri,
        Self::Version,
        Self::Language,
        Self::Offset,
        Self::Date,
        Self::ClockTime,
        Self::Ratio,
        Self::Digest,
        Self::VideoType,
        Self::ThreePlaces,
    ];

    /// The name under which a type tells its form to the reader.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Iri => "IRI",
            Self::Version => "version",
            Self::Language => "language",
            Self::Offset => "offset",
            Self::Date => "date",
            Self::ClockTime => "clock time",
            Self::Ratio => "ratio",
            Self::Digest => "digest",
            Self::VideoType => "video type",
            Self::ThreePlaces => "three places",
            Self::Other => "other",
        }
    }

    /// The form with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// What an id should belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A module.
    Module,
    /// A step.
    Step,
    /// An exam step.
    ExamStep,
    /// A group of steps.
    StepGroup,
    /// A kind of group.
    GroupKind,
    /// A pairing.
    Partnership,
    /// A role.
    Role,
    /// A scheme.
    Scheme,
    /// A scheme for learners.
    LearnerScheme,
    /// An indicator of the scheme.
    Indicator,
    /// A level of the scheme.
    Level,
    /// A judge of the scheme.
    Judge,
    /// A stage of the scheme.
    Stage,
    /// An option of the question.
    Option,
    /// A category of credit hours.
    HoursCategory,
}
