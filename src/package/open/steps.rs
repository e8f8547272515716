//! Steps and what there is to do in them.

use super::OpenFault;
use super::calendar;
use super::cursor::Cursor;
use crate::domain::course::{
    Activity, Assignment, Discussion, Exam, Gate, LengthLimits, Opening, PartRole, Reading,
    ReadingPart, Reflection, ReflectionPrompt, Step, StepContent, ThinkPrompt, Video, VideoSource,
    Visibility,
};
use crate::package::path;

/// A step.
pub fn step(at: &Cursor<'_>) -> Result<Step, OpenFault> {
    Ok(Step {
        id: at.at("id")?.slug()?,
        title: at.at("title")?.words()?,
        gate: gate(&at.at("gate")?)?,
        content: content(&at.at("content")?)?,
    })
}

fn gate(at: &Cursor<'_>) -> Result<Gate, OpenFault> {
    let kind = at.at("kind")?;
    match kind.text()? {
        "free" => Ok(Gate::Free),
        "after_previous" => Ok(Gate::AfterPrevious),
        "after_minutes" => Ok(Gate::AfterMinutes(at.at("minutes")?.whole()?)),
        _ => Err(kind.unfit()),
    }
}

fn content(at: &Cursor<'_>) -> Result<StepContent, OpenFault> {
    let kind = at.at("kind")?;
    Ok(match kind.text()? {
        "video" => StepContent::Video(video(at)?),
        "reading" => StepContent::Reading(reading(at)?),
        "assignment" => StepContent::Assignment(assignment(at)?),
        "discussion" => StepContent::Discussion(Discussion {
            prompt: at.at("prompt")?.words()?,
            min_characters: at.whole_or("minCharacters", 0)?,
            open: opening(at, "open")?,
        }),
        "reflection" => StepContent::Reflection(Reflection {
            prompts: {
                let otherwise = visibility(at)?.unwrap_or_default();
                let prompt = |each: &Cursor<'_>| reflection_prompt(each, otherwise);
                at.at("prompts")?.list(prompt)?
            },
        }),
        "exam" => StepContent::Exam(Exam {
            minutes: at.at("minutes")?.whole()?,
            questions: at.at("questions")?.count()?,
            attempts: at.whole_or("attempts", 1)?,
            open: opening(at, "open")?,
            practice: at.at("mode")?.text()? == "practice",
        }),
        "activity" => StepContent::Activity(Activity {
            when: opening(at, "when")?,
            place: at.words_or_none("place")?,
            description: at.at("description")?.words()?,
        }),
        _ => return Err(kind.unfit()),
    })
}

fn video(at: &Cursor<'_>) -> Result<Video, OpenFault> {
    Ok(Video {
        length_ms: at.at("seconds")?.milliseconds()?,
        sources: at.at("sources")?.list(source)?,
        captions: at.find("captions").map(|at| at.file()).transpose()?,
        poster: at.find("poster").map(|at| at.file()).transpose()?,
        prompts: at.list_or_none("prompts", |at| {
            Ok(ThinkPrompt {
                id: at.at("id")?.slug()?,
                at_ms: at.at("at")?.milliseconds()?,
                question: at.at("question")?.words()?,
            })
        })?,
        complete_percent: at.percent_or("completePercent", 90)?,
    })
}

fn source(at: &Cursor<'_>) -> Result<VideoSource, OpenFault> {
    let file = at.at("file")?.file()?;
    let mime = match at.find("type") {
        Some(mime) => mime.text()?.to_owned(),
        None => format!(
            "video/{}",
            file.languages()
                .next()
                .map_or("", |(_, file)| path::extension(file))
        ),
    };
    Ok(VideoSource { file, mime })
}

fn reading(at: &Cursor<'_>) -> Result<Reading, OpenFault> {
    Ok(Reading {
        parts: at.at("parts")?.list(|at| {
            Ok(ReadingPart {
                id: at.at("id")?.slug()?,
                role: role(&at.at("role")?)?,
                title: at.at("title")?.words()?,
                file: at.at("file")?.file()?,
            })
        })?,
        expected_minutes: at.at("expectedMinutes")?.whole()?,
        complete_percent: at.percent_or("completePercent", 50)?,
    })
}

fn role(at: &Cursor<'_>) -> Result<PartRole, OpenFault> {
    Ok(match at.text()? {
        "think_first" => PartRole::ThinkFirst,
        "case" => PartRole::Case,
        "interaction" => PartRole::Interaction,
        "analysis" => PartRole::Analysis,
        "further_case" => PartRole::FurtherCase,
        "commentary" => PartRole::Commentary,
        "links" => PartRole::Links,
        "assignment" => PartRole::Assignment,
        "plain" => PartRole::Plain,
        _ => return Err(at.unfit()),
    })
}

fn assignment(at: &Cursor<'_>) -> Result<Assignment, OpenFault> {
    let length = at.at("length")?;
    Ok(Assignment {
        prompt: at.at("prompt")?.words()?,
        length: LengthLimits {
            min: length.at("min")?.whole()?,
            max: length.at("max")?.whole()?,
        },
        open: opening(at, "open")?,
        peer_reviews: match at.find("peerReviews") {
            Some(reviews) => reviews.at("count")?.whole()?,
            None => 0,
        },
    })
}

fn reflection_prompt(
    at: &Cursor<'_>,
    otherwise: Visibility,
) -> Result<ReflectionPrompt, OpenFault> {
    Ok(ReflectionPrompt {
        id: at.at("id")?.slug()?,
        prompt: at.at("prompt")?.words()?,
        is_question: at.flag("isQuestion")?,
        min_characters: at.whole_or("minCharacters", 0)?,
        visibility: visibility(at)?.unwrap_or(otherwise),
    })
}

fn visibility(at: &Cursor<'_>) -> Result<Option<Visibility>, OpenFault> {
    let Some(found) = at.find("visibility") else {
        return Ok(None);
    };
    match found.text()? {
        "private" => Ok(Some(Visibility::Private)),
        "shared" => Ok(Some(Visibility::Shared)),
        "either" => Ok(Some(Visibility::Either)),
        _ => Err(found.unfit()),
    }
}

fn opening(at: &Cursor<'_>, member: &str) -> Result<Option<Opening>, OpenFault> {
    let Some(found) = at.find(member) else {
        return Ok(None);
    };
    let kind = found.at("kind")?;
    let opening = match kind.text()? {
        "absolute" => Opening::Fixed(calendar::window(&found, found.offset_minutes())?),
        "relative" => Opening::Days(calendar::days(&found)?),
        "relative_session" => Opening::Session {
            day: found.at("day")?.whole()?,
            at_minute: calendar::minute_of_day(&found.at("at")?)?,
            minutes: found.at("minutes")?.whole()?,
        },
        _ => return Err(kind.unfit()),
    };
    Ok(Some(opening))
}
