//! The agenda: everything of a course that has a time of its own, for one learner.

use crate::domain::course::{Course, Placed};
use crate::domain::progress::Progress;
use crate::domain::sorted::Sorted;
use crate::domain::time::Window;

/// Something that has a time of its own.
#[derive(Debug, Clone)]
pub enum Item<'a> {
    /// Warm-up (预热): everything can be tried, nothing counts.
    WarmUp,
    /// Study (学习): what is done counts.
    Study,
    /// Grading (评定).
    Grading,
    /// A step that is open, or takes place, at its own time.
    Step(Placed<'a>),
}

/// What has a time of its own, by beginning, then by end; windows may overlap. Empty before the
/// enrolment is known, because relative windows count from it.
#[must_use]
pub fn agenda<'a>(course: &'a Course, progress: &Progress) -> Vec<(Item<'a>, Window)> {
    let Some(enrolment) = &progress.enrolment else {
        return Vec::new();
    };
    let phases = course.calendar.phases(enrolment.at);
    let mut all = vec![(Item::Study, phases.study)];
    all.extend(phases.warm_up.map(|window| (Item::WarmUp, window)));
    all.extend(phases.grading.map(|window| (Item::Grading, window)));
    for placed in course.steps() {
        if let Some(opening) = placed.step.content.opening() {
            let window = course.calendar.opening(opening, enrolment.at);
            all.push((Item::Step(placed), window));
        }
    }
    let in_order = all.into_iter().enumerate().map(|(at, (item, window))| {
        let order = (window.opens, window.closes, at);
        (order, (item, window))
    });
    let in_order: Sorted<_, _> = in_order.collect();
    in_order.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::Hash;
    use crate::domain::ids::InstallationId;
    use crate::domain::progress::Enrolment;
    use crate::domain::time::Moment;

    fn names(course: &Course, progress: &Progress) -> Vec<String> {
        let name = |(item, window): (Item<'_>, Window)| {
            let name = match item {
                Item::WarmUp => "warm-up".to_owned(),
                Item::Study => "study".to_owned(),
                Item::Grading => "grading".to_owned(),
                Item::Step(placed) => placed.step.id.to_string(),
            };
            format!("{name} {}", window.opens.to_rfc3339())
        };
        agenda(course, progress).into_iter().map(name).collect()
    }

    fn enrolled(at: &str) -> Progress {
        Progress {
            enrolment: Some(Enrolment {
                at: Moment::parse_rfc3339(at).unwrap(),
                course: String::new(),
                course_version: String::new(),
                course_hash: Hash::of(b""),
                attempt: 1,
                installation: InstallationId::from_random([1; 16]),
                person: String::new(),
            }),
            ..Progress::default()
        }
    }

    const COURSE: &str = r#"{"format": "zhixing-course/1", "id": "tag:a.example,2026:a", "version": "1",
        "languages": ["en"], "title": "A", "summary": "B", "calendar": {"utcOffset": "+08:00", "phases": PHASES},
        "modules": [{"id": "m", "title": "M", "topics": [{"id": "t", "title": "T", "steps": [
            {"id": "always", "title": "S", "gate": {"kind": "free"}, "content": {"kind": "discussion", "prompt": "P"}},
            {"id": "own", "title": "S", "gate": {"kind": "free"}, "content": {"kind": "discussion", "prompt": "P",
                "open": OPEN}}]}]}]}"#;

    fn course(phases: &str, open: &str) -> Course {
        let text = COURSE.replace("PHASES", phases).replace("OPEN", open);
        crate::package::open::open(text.as_bytes()).unwrap()
    }

    #[test]
    fn relative_windows_count_from_the_day_of_enrolment() {
        let course = course(
            r#"{"kind": "relative", "warmUp": {"first": 0, "last": 1}, "study": {"first": 2, "last": 9},
                "grading": {"first": 8, "last": 12}}"#,
            r#"{"kind": "relative", "first": 2, "last": 3}"#,
        );
        assert_eq!(
            // Eight in the morning in China is midnight in UTC.
            names(&course, &enrolled("2026-11-24T10:00:00Z")),
            [
                "warm-up 2026-11-23T16:00:00.000Z",
                "own 2026-11-25T16:00:00.000Z",
                "study 2026-11-25T16:00:00.000Z",
                "grading 2026-12-01T16:00:00.000Z",
            ]
        );
        assert!(names(&course, &Progress::default()).is_empty());
    }

    #[test]
    fn absolute_windows_are_the_same_for_everybody() {
        let course = course(
            r#"{"kind": "absolute", "study": {"opens": "2026-11-15T00:00:00+08:00", "closes": "2027-04-16T00:00:00+08:00"}}"#,
            r#"{"kind": "absolute", "opens": "2026-11-20T19:30:00+08:00", "closes": "2026-11-20T21:00:00+08:00"}"#,
        );
        for at in ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"] {
            assert_eq!(
                names(&course, &enrolled(at)),
                [
                    "study 2026-11-14T16:00:00.000Z",
                    "own 2026-11-20T11:30:00.000Z"
                ]
            );
        }
    }
}
