//! From the types of the format to the course of the domain.

use crate::domain::course as domain;
use crate::domain::hash::Hash;
use crate::domain::text::Text;

use super::path;
use super::v1;

/// The course of a checked file; `hash` is the digest of the file as it was read.
pub(super) fn course(file: &v1::CourseFile, hash: Hash) -> domain::Course {
    let languages: Vec<String> = file
        .languages
        .iter()
        .map(|each| each.get().clone())
        .collect();
    let from = Builder {
        main: languages.first().cloned().unwrap_or_default(),
        offset_minutes: *file.calendar.utc_offset.get(),
    };
    domain::Course {
        id: file.id.get().clone(),
        version: file.version.get().clone(),
        hash,
        title: from.text(&file.title),
        summary: from.text(&file.summary),
        calendar: from.calendar(&file.calendar),
        meter: meter(file.meter.as_ref(), from.offset_minutes),
        modules: file.modules.iter().map(|each| from.module(each)).collect(),
        languages,
    }
}

fn meter(file: Option<&v1::Meter>, utc_offset_minutes: i32) -> domain::MeterRules {
    domain::MeterRules {
        utc_offset_minutes,
        ..counting(file)
    }
}

fn counting(file: Option<&v1::Meter>) -> domain::MeterRules {
    let default = domain::MeterRules::default();
    let Some(file) = file else {
        return default;
    };
    domain::MeterRules {
        max_speed_percent: file
            .max_speed_percent
            .map_or(default.max_speed_percent, v1::Whole::get),
        idle_ms: file
            .idle_seconds
            .map_or(default.idle_ms, |seconds| u64::from(seconds.get()) * 1000),
        reading_factor_percent: file
            .reading_factor_percent
            .map_or(default.reading_factor_percent, v1::Whole::get),
        ..default
    }
}

struct Builder {
    main: String,
    offset_minutes: i32,
}

impl Builder {
    fn text(&self, text: &v1::Text) -> Text {
        text.text(&self.main)
    }

    fn text_or_empty(&self, text: Option<&v1::Text>) -> Text {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    fn calendar(&self, file: &v1::Calendar) -> domain::Calendar {
        let dates =
            |dates: &v1::Dates| v1::window(&dates.opens, &dates.closes, self.offset_minutes);
        let days = |days: &v1::Days| domain::DayRange {
            first: days.first.get(),
            last: days.last.get(),
        };
        let windows = match &file.phases {
            v1::Phases::Absolute {
                warm_up,
                study,
                grading,
            } => domain::Windows::Absolute(domain::Phases {
                warm_up: warm_up.as_ref().map(dates),
                study: dates(study),
                grading: grading.as_ref().map(dates),
            }),
            v1::Phases::Relative {
                warm_up,
                study,
                grading,
            } => domain::Windows::Relative(domain::Phases {
                warm_up: warm_up.as_ref().map(days),
                study: days(study),
                grading: grading.as_ref().map(days),
            }),
        };
        domain::Calendar {
            utc_offset_minutes: self.offset_minutes,
            windows,
        }
    }

    fn module(&self, file: &v1::Module) -> domain::Module {
        domain::Module {
            id: file.id.get().clone(),
            title: self.text(&file.title),
            summary: self.text_or_empty(file.summary.as_ref()),
            topics: file.topics.iter().map(|each| self.topic(each)).collect(),
        }
    }

    fn topic(&self, file: &v1::Topic) -> domain::Topic {
        domain::Topic {
            id: file.id.get().clone(),
            title: self.text(&file.title),
            summary: self.text_or_empty(file.summary.as_ref()),
            steps: file.steps.iter().map(|each| self.step(each)).collect(),
        }
    }

    fn step(&self, file: &v1::Step) -> domain::Step {
        domain::Step {
            id: file.id.get().clone(),
            title: self.text(&file.title),
            gate: match &file.gate {
                v1::Gate::Free {} => domain::Gate::Free,
                v1::Gate::AfterPrevious {} => domain::Gate::AfterPrevious,
                v1::Gate::AfterMinutes { minutes } => domain::Gate::AfterMinutes(minutes.get()),
            },
            content: self.content(&file.content),
        }
    }

    fn content(&self, file: &v1::StepContent) -> domain::StepContent {
        match file {
            v1::StepContent::Video(each) => domain::StepContent::Video(self.video(each)),
            v1::StepContent::Reading(each) => domain::StepContent::Reading(self.reading(each)),
            v1::StepContent::Assignment(each) => {
                domain::StepContent::Assignment(domain::Assignment {
                    prompt: self.text(&each.prompt),
                    length: domain::LengthLimits {
                        min: each.length.min.get(),
                        max: each.length.max.get(),
                    },
                    open: self.opening(each.open.as_ref()),
                    peer_reviews: each
                        .peer_reviews
                        .as_ref()
                        .map_or(0, |reviews| reviews.count.get()),
                })
            }
            v1::StepContent::Discussion(each) => {
                domain::StepContent::Discussion(domain::Discussion {
                    prompt: self.text(&each.prompt),
                    min_characters: each.min_characters.map_or(0, v1::Whole::get),
                    open: self.opening(each.open.as_ref()),
                })
            }
            v1::StepContent::Reflection(each) => {
                domain::StepContent::Reflection(self.reflection(each))
            }
            v1::StepContent::Exam(each) => domain::StepContent::Exam(domain::Exam {
                minutes: each.minutes.get(),
                questions: u32::try_from(each.questions.len()).unwrap_or(u32::MAX),
                attempts: each.attempts.map_or(1, v1::Whole::get),
                open: self.opening(each.open.as_ref()),
                practice: each.mode == v1::ExamMode::Practice,
            }),
            v1::StepContent::Activity(each) => domain::StepContent::Activity(domain::Activity {
                when: self.opening(each.when.as_ref()),
                place: self.text_or_empty(each.place.as_ref()),
                description: self.text(&each.description),
            }),
        }
    }

    fn opening(&self, file: Option<&v1::Window>) -> Option<domain::Opening> {
        Some(match file? {
            v1::Window::Absolute(each) => {
                domain::Opening::Fixed(v1::window(&each.opens, &each.closes, self.offset_minutes))
            }
            v1::Window::Relative(each) => domain::Opening::Days(domain::DayRange {
                first: each.first.get(),
                last: each.last.get(),
            }),
            v1::Window::RelativeSession(each) => domain::Opening::Session {
                day: each.day.get(),
                at_minute: *each.at.get(),
                minutes: each.minutes.get(),
            },
        })
    }

    fn video(&self, file: &v1::Video) -> domain::Video {
        domain::Video {
            length_ms: file.seconds.thousandths().into(),
            sources: file.sources.iter().map(|each| self.source(each)).collect(),
            captions: file.captions.as_ref().map(|each| each.text(&self.main)),
            poster: file.poster.as_ref().map(|each| each.text(&self.main)),
            prompts: file
                .prompts
                .iter()
                .map(|each| domain::ThinkPrompt {
                    id: each.id.get().clone(),
                    at_ms: each.at.thousandths().into(),
                    question: self.text(&each.question),
                })
                .collect(),
            complete_percent: percent(file.complete_percent, 90),
        }
    }

    fn source(&self, file: &v1::VideoSource) -> domain::VideoSource {
        let path = file.file.text(&self.main);
        let mime = file.mime.as_ref().map_or_else(
            || format!("video/{}", path::extension(path.get(&self.main))),
            |mime| mime.get().clone(),
        );
        domain::VideoSource { file: path, mime }
    }

    fn reading(&self, file: &v1::Reading) -> domain::Reading {
        domain::Reading {
            parts: file
                .parts
                .iter()
                .map(|each| domain::ReadingPart {
                    id: each.id.get().clone(),
                    role: role(each.role),
                    title: self.text(&each.title),
                    file: each.file.text(&self.main),
                })
                .collect(),
            expected_minutes: file.expected_minutes.get(),
            complete_percent: percent(file.complete_percent, 50),
        }
    }

    fn reflection(&self, file: &v1::Reflection) -> domain::Reflection {
        let prompts = file.prompts.iter().map(|each| domain::ReflectionPrompt {
            id: each.id.get().clone(),
            prompt: self.text(&each.prompt),
            is_question: each.is_question.unwrap_or(false),
            min_characters: each.min_characters.map_or(0, v1::Whole::get),
            visibility: match each.visibility.or(file.visibility) {
                Some(v1::ReflectionVisibility::Private) => domain::Visibility::Private,
                Some(v1::ReflectionVisibility::Shared) => domain::Visibility::Shared,
                Some(v1::ReflectionVisibility::Either) | None => domain::Visibility::Either,
            },
        });
        domain::Reflection {
            prompts: prompts.collect(),
        }
    }
}

/// A share in percent; its type keeps it at 100 at most.
fn percent<const MIN: u32>(file: Option<v1::Whole<MIN, 100>>, default: u8) -> u8 {
    file.and_then(|percent| u8::try_from(percent.get()).ok())
        .unwrap_or(default)
}

fn role(file: v1::PartRole) -> domain::PartRole {
    match file {
        v1::PartRole::ThinkFirst => domain::PartRole::ThinkFirst,
        v1::PartRole::Case => domain::PartRole::Case,
        v1::PartRole::Interaction => domain::PartRole::Interaction,
        v1::PartRole::Analysis => domain::PartRole::Analysis,
        v1::PartRole::FurtherCase => domain::PartRole::FurtherCase,
        v1::PartRole::Commentary => domain::PartRole::Commentary,
        v1::PartRole::Links => domain::PartRole::Links,
        v1::PartRole::Assignment => domain::PartRole::Assignment,
        v1::PartRole::Plain => domain::PartRole::Plain,
    }
}
