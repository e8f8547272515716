//! The words that kinds of problems are made of.

use crate::package::read::{Json, Number};

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
