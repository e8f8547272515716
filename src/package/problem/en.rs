//! Problems in English.

use super::what::What;
use super::words::{Form, Of, Shape};
use super::{quote as cut, size};
use crate::package::path::PathFault;

/// What is wrong, and what to do about it.
#[allow(clippy::too_many_lines, reason = "a table: one sentence for each kind")]
pub(super) fn sentence(what: &What) -> String {
    match what {
        What::FileTooLarge { limit } => {
            format!("the file is too large; at most {} are allowed. Make it smaller.", size(*limit))
        }
        What::PackageTooLarge { limit } => format!(
            "all files together are too large; at most {} are allowed. Split the course.",
            size(*limit)
        ),
        What::NotJson { line, column } => {
            format!("not valid JSON at line {line}, column {column}. Correct it there.")
        }
        What::NumberTooLarge => "this number is too large to be read. Correct it.".into(),
        What::TooDeep { limit } => format!("nested deeper than {limit} levels. Flatten it."),
        What::TooManyMembers { limit } => format!("more than {limit} members. Remove some."),
        What::GivenTwice => "this stands twice in the same object. Remove one.".into(),
        What::WrongFormat { found, known } => format!(
            "the format is “{}”, and this version reads “{known}”. Update the app, or correct the name.",
            cut(found)
        ),
        What::WrongType { expected, found } => format!(
            "{} is expected, and {} stands here. Correct it.",
            shape(*expected),
            shape(*found)
        ),
        What::Missing => "this is missing. Add it.".into(),
        What::UnknownField { allowed } => {
            format!("there is no such field. Known here: {}.", allowed.join(", "))
        }
        What::UnknownKind { found, allowed } => format!(
            "“{}” is unknown. Known here: {}.",
            cut(found),
            allowed.join(", ")
        ),
        What::Negative => "a number below 0 makes no sense here. Correct it.".into(),
        What::OutOfRange { range } => format!("the number must be in the range {range}. Correct it."),
        What::WrongCount { range, found } => {
            format!("{found} entries, and it must be {range}. Add or remove some.")
        }
        What::BadForm(form) => format!("{} is expected. Correct it.", form_of(*form)),
        What::MainLanguageMissing => "the text in the main language is missing. Add it.".into(),
        What::LanguageNotDeclared => {
            "this language is not among the languages of the course. Declare or remove it.".into()
        }
        What::NotTranslated { language } => {
            format!("there is no text in {language}; readers see the main language.")
        }
        What::EmptyText => "the text is empty. Write it, or remove the field.".into(),
        What::TextTooLong { limit } => {
            format!("the text has more than {limit} characters. Shorten it, or move it into a file.")
        }
        What::ControlCharacter => "the text has a control character. Remove it.".into(),
        What::BadPath { path, fault } => {
            format!("“{}” can't be the path of a file: {}.", cut(path), fault_of(*fault))
        }
        What::WrongFileType { path, allowed } => format!(
            "“{}” has the wrong type of file. Allowed here: {}.",
            cut(path),
            allowed.join(", ")
        ),
        What::NotListed { path } => format!(
            "the file “{}” is not in the package. Add it, or correct the path.",
            cut(path)
        ),
        What::NotPlainFile => "this is a link, not a file. Put the file itself there.".into(),
        What::FileMissing => "the file is missing. Add it, or remove it from the list.".into(),
        What::SamePath { other } => format!(
            "the path is the same as “{}”, or differs only in case. Rename one.",
            cut(other)
        ),
        What::WrongSize { listed, found } => format!(
            "the file has {found} bytes, and {listed} are listed. Get it again, or pack the course again."
        ),
        What::WrongDigest => {
            "the file has been changed since it was packed. Get it again, or pack the course again.".into()
        }
        What::NotAZip => "this is no zip but something else. A course package has a name that ends with .zip: choose another file.".into(),
        What::CutZip => "this zip is empty, was not copied whole, or is broken. Copy it again, or download it again.".into(),
        What::Packet => "these are exported records, not a course. Import them on the page “My records”.".into(),
        What::TooManyFiles { limit } => {
            format!("there are more than {limit} files in it, so it does not look like a course; it was not opened.")
        }
        What::EntryPath(fault) => format!("a file name that cannot be used: {}. It was not opened.", fault_of(*fault)),
        What::EntryTwice => "this name stands in the package twice; it was not opened. Pack the course again.".into(),
        What::NoCourse => "there is no course.json in it, so it is no course. Choose the zip of a course, or its folder.".into(),
        What::NotPacked => "this file is listed and not in the package. Get it again, or pack the course again.".into(),
        What::EntryMethod => "this file is encrypted, or compressed in a way that is not read here. Pack it again as a plain zip.".into(),
        What::Unreadable => "it cannot be read: the file is damaged, or the stick was pulled out. Get the file again.".into(),
        What::NotUsed => "nothing in the course uses this file.".into(),
        What::NotText => "the text is not UTF-8. Save it as UTF-8.".into(),
        What::RawHtml { html } => format!("HTML is shown as text: {}", cut(html)),
        What::RefusedLink { target } => format!(
            "this link is shown as text, as only https, http, mailto and files of the package may be linked: {}",
            cut(target)
        ),
        What::RefusedImage { target } => format!(
            "this picture is not shown, as only pictures of the package are: {}",
            cut(target)
        ),
        What::DuplicateId { id } => format!("the id “{id}” is used twice. Rename one."),
        What::UnknownId { id, of } => format!("there is no {} “{id}”. Correct the id.", owner(*of)),
        What::Cycle => "this kind of group lies within itself. Correct “within”.".into(),
        What::ClosesBeforeOpens => "it ends before it begins. Correct one of the two.".into(),
        What::NotAscending => "it must be greater than the one before it. Reorder or correct.".into(),
        What::NotDescending => "it must be less than the one before it. Reorder or correct.".into(),
        What::MinAboveMax => "the fewest are more than the most. Correct one of the two.".into(),
        What::BeyondEnd => "this lies beyond the end of the video. Correct it.".into(),
        What::NeverOpens { minutes } => format!(
            "the step would never open: the one before it has {minutes} minutes to credit. Ask for fewer."
        ),
        What::FirstStepGated => "the first step of a topic has none before it, so it is open.".into(),
        What::HiddenFromReviewers => {
            "peers can't review what only the tutor may read. Set the visibility to class, or ask for no reviews.".into()
        }
        What::KeyMissing => "a question of a practice exam needs its key. Add it.".into(),
        What::KeyInClosedBook => {
            "a closed-book exam must not carry keys or explanations, as every learner gets the package. Remove it.".into()
        }
        What::MoreThan { limit } => format!("this is more than the {limit} there are. Correct it."),
        What::WrongSum { sum, expected } => {
            format!("the points add up to {sum}, and must to {expected}. Correct them.")
        }
        What::MustBe { expected } => format!("this must be {expected} points. Correct it."),
        What::NoPass => {
            "the highest level must pass, and every level above one that passes too. Correct “passes”.".into()
        }
        What::GroupsOnly => "this rule is for schemes that assess groups. Choose another.".into(),
        What::NeedsTerms => "the calendar has no terms. Add them to it.".into(),
        What::NobodyJudges => "nobody judges it. Add judges here or to every stage.".into(),
        What::AboveContent { holds } => {
            format!("the target is above what the course holds, which is {holds}.")
        }
        What::Unreachable { reachable } => {
            format!("no more than {reachable} points can be reached by this rule.")
        }
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Null => "null",
        Shape::Flag => "true or false",
        Shape::WholeNumber => "a whole number",
        Shape::Number => "a number",
        Shape::Text => "a text",
        Shape::List => "a list",
        Shape::Object => "an object",
    }
}

fn form_of(form: Form) -> &'static str {
    match form {
        Form::Id => "an id of a–z, 0–9 and -, at most 64 long",
        Form::Iri => "an IRI such as tag:example.org,2026:course/growth",
        Form::Version => "a version of at most 40 letters, digits and signs without blanks",
        Form::Language => "a language tag such as zh-CN or en",
        Form::Offset => "an offset from UTC such as +08:00",
        Form::Date => "a date such as 2016-11-15, or a moment such as 2016-11-15T19:30:00+08:00",
        Form::ClockTime => "a time of the day such as 19:30",
        Form::Ratio => "a fraction such as 1/3, not above 1",
        Form::Digest => "a SHA-256 of 64 digits 0–9 and a–f",
        Form::VideoType => "video/mp4 or video/webm",
        Form::ThreePlaces => "a number with at most three decimal places",
        Form::Other => "something else",
    }
}

fn fault_of(fault: PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "it is empty or has an empty part; use folder/file.md",
        PathFault::Dots => "no part may begin with a dot, and none may lead out of the package",
        PathFault::Character => "it has a character that not every system takes",
        PathFault::Name => "Windows does not take this name",
        PathFault::Long => "it is longer than 200 bytes",
    }
}

fn owner(of: Of) -> &'static str {
    match of {
        Of::Module => "module",
        Of::Step => "step",
        Of::ExamStep => "exam step",
        Of::StepGroup => "group of steps",
        Of::GroupKind => "kind of group",
        Of::Partnership => "partnership",
        Of::Role => "role",
        Of::Scheme => "scheme",
        Of::LearnerScheme => "scheme for learners",
        Of::Indicator => "indicator",
        Of::Level => "level",
        Of::Judge => "judge",
        Of::Stage => "stage",
        Of::Option => "option",
        Of::HoursCategory => "category of credit hours",
    }
}
