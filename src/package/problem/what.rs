//! The kinds of problems.

use super::words::{Form, Of, Shape};
use crate::domain::points::Points;
use crate::package::path::PathFault;

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
    /// What was chosen is no zip.
    NotAZip,
    /// A zip whose end is missing, or that is broken; an empty file, too.
    CutZip,
    /// Records that a learner exported, not a course.
    Packet,
    /// A zip, or a folder, with more than `limit` files.
    TooManyFiles {
        /// Most files.
        limit: usize,
    },
    /// A file of the zip whose name leads out of the package, or means another on some system.
    EntryPath(PathFault),
    /// A name that stands in the zip twice.
    EntryTwice,
    /// No `course.json` in what was chosen.
    NoCourse,
    /// A listed file that is not in what was chosen.
    NotPacked,
    /// A file of the zip that is encrypted, or compressed in a way that is not read here.
    EntryMethod,
    /// A file whose bytes cannot be read.
    Unreadable,
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
