//! Routes in the URL fragment, so that any static host, sub-folder or file serves every screen.

use crate::domain::ids::Slug;

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Course home (课程首页).
    Home,
    /// Outline (目录).
    Outline,
    /// A step, and a part of it if it is a reading.
    Step {
        /// The step.
        step: Slug,
        /// The part, if named.
        part: Option<Slug>,
    },
    /// My records (我的记录): what is kept on this device, packet out and in.
    Records,
    /// Score and plan (成绩与计划).
    Standing,
    /// Study ledger (学时明细).
    Ledger,
    /// On this device (本机内容): what of the courses is here.
    Device,
    /// Learners on this device (本机学员).
    People,
    /// Growth archive (成长档案).
    Archive,
    /// The courses of this installation.
    Courses,
    /// Sending to a backend (交给后台).
    Backend,
    /// The class (班级), and what of it: the path as its own screens read it.
    Class(String),
    /// Study notes (学习笔记): highlights and notes of the course.
    Notes,
    /// Search (搜索).
    Search,
    /// A topic projected to a room (投影): its id.
    Deck(Slug),
    /// A fragment that names no screen.
    Unknown,
}

impl Route {
    /// Reads the path after `#`, with or without it. Any text is safe to give.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#');
        let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match segments.as_slice() {
            [] => Self::Home,
            ["outline"] => Self::Outline,
            ["records"] => Self::Records,
            ["standing"] => Self::Standing,
            ["ledger"] => Self::Ledger,
            ["device"] => Self::Device,
            ["people"] => Self::People,
            ["notes"] => Self::Notes,
            ["search"] => Self::Search,
            ["archive"] => Self::Archive,
            ["courses"] => Self::Courses,
            ["backend"] => Self::Backend,
            ["class", rest @ ..] => Self::Class(rest.join("/")),
            ["deck", topic] => Slug::parse(topic).map_or(Self::Unknown, Self::Deck),
            ["step", step] => Self::step(step, None),
            ["step", step, part] => Self::step(step, Some(part)),
            _ => Self::Unknown,
        }
    }

    fn step(step: &str, part: Option<&str>) -> Self {
        let part = match part.map(Slug::parse) {
            Some(None) => return Self::Unknown,
            Some(part) => part,
            None => None,
        };
        Slug::parse(step).map_or(Self::Unknown, |step| Self::Step { step, part })
    }

    /// The fragment of this screen, with `#`.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "#/".to_owned(),
            Self::Outline => "#/outline".to_owned(),
            Self::Records => "#/records".to_owned(),
            Self::Standing => "#/standing".to_owned(),
            Self::Ledger => "#/ledger".to_owned(),
            Self::Device => "#/device".to_owned(),
            Self::People => "#/people".to_owned(),
            Self::Notes => "#/notes".to_owned(),
            Self::Search => "#/search".to_owned(),
            Self::Archive => "#/archive".to_owned(),
            Self::Courses => "#/courses".to_owned(),
            Self::Backend => "#/backend".to_owned(),
            Self::Class(path) if path.is_empty() => "#/class".to_owned(),
            Self::Class(path) => format!("#/class/{path}"),
            Self::Deck(topic) => format!("#/deck/{topic}"),
            Self::Step { step, part: None } => format!("#/step/{step}"),
            Self::Step {
                step,
                part: Some(part),
            } => format!("#/step/{step}/{part}"),
        }
    }

    /// Whether nothing is written, played or sat on this screen, so that a newer version of the app
    /// may be offered there.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        !matches!(
            self,
            Self::Step { .. } | Self::Class(_) | Self::Backend | Self::Deck(_)
        )
    }

    /// The screen of a step.
    #[must_use]
    pub fn to_step(step: &Slug) -> Self {
        Self::Step {
            step: step.clone(),
            part: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_is_offered_only_where_nothing_is_under_way() {
        let calm = ["#/", "#/outline", "#/records", "#/standing", "#/nowhere"];
        assert!(calm.iter().all(|address| Route::parse(address).is_calm()));
        let busy = [
            "#/step/m1-exam",
            "#/step/m1-read/case",
            "#/class/desk",
            "#/backend",
        ];
        assert!(!busy.iter().any(|address| Route::parse(address).is_calm()));
    }

    #[test]
    fn every_screen_reads_back_from_its_address() {
        let step = Slug::parse("m2-video").unwrap();
        for route in [
            Route::Home,
            Route::Outline,
            Route::Records,
            Route::Standing,
            Route::Ledger,
            Route::Archive,
            Route::Device,
            Route::People,
            Route::Courses,
            Route::Backend,
            Route::Class(String::new()),
            Route::Deck(step.clone()),
            Route::Class("review/m1-work".to_owned()),
            Route::to_step(&step),
            Route::Step {
                step: step.clone(),
                part: Slug::parse("case"),
            },
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn a_hostile_fragment_is_no_screen() {
        for bad in [
            "#/step",
            "#/step/../x",
            "#/step/A",
            "#/x",
            "#/step/a/b/c",
            "#/step/<script>",
        ] {
            assert_eq!(Route::parse(bad), Route::Unknown, "{bad}");
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#"), Route::Home);
    }
}
