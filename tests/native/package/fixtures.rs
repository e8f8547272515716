//! The fixtures, which use everything that the format has, are taken as they are.

use zhixing::domain::course::{Gate, StepContent, Windows};
use zhixing::domain::ids::Slug;
use zhixing::package::{PackageFile, check_course, check_file};

use super::fixture;

#[test]
fn every_kind_of_everything_is_read_without_a_remark() {
    for name in ["every-kind", "relative", "terms"] {
        let checked = check_course(&fixture(name)).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(|each| each.describe("en")).collect();
            panic!("{name}:\n{}", lines.join("\n"))
        });
        let remarks: Vec<String> = checked
            .warnings
            .iter()
            .map(|each| each.describe("en"))
            .collect();
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
    }
}

#[test]
fn the_course_of_the_domain_has_what_the_file_says() {
    let checked = check_course(&fixture("every-kind")).unwrap();
    let course = &checked.course;
    assert_eq!(course.id, "tag:zhixing.example,2026:course/every-kind");
    assert_eq!(course.languages, ["zh-CN", "en"]);
    assert_eq!(course.title.get("en"), "All five programmes");
    assert_eq!(course.summary.get("en"), course.summary.get("zh-CN"));
    assert_eq!(course.modules.len(), 5);
    let step = |id: &str| course.step(&Slug::parse(id).unwrap()).unwrap().step.clone();
    assert_eq!(step("m1-reading").gate, Gate::AfterMinutes(5));
    let StepContent::Video(video) = step("m1-video").content else {
        panic!("not a video");
    };
    assert_eq!(video.length_ms, 12_000_000);
    assert_eq!(video.prompts[0].at_ms, 90_500);
    assert_eq!(video.sources[0].mime, "video/webm; codecs=\"vp9, opus\"");
    assert_eq!(video.sources[1].mime, "video/mp4");
    assert_eq!(video.captions.unwrap().get("en"), "media/m1.en.vtt");
    let StepContent::Assignment(assignment) = step("m1-assignment").content else {
        panic!("not an assignment");
    };
    assert_eq!((assignment.length.min, assignment.length.max), (600, 3000));
    assert_eq!(assignment.peer_reviews, 3);
}

#[test]
fn dates_are_days_of_the_courses_time_zone() {
    let checked = check_course(&fixture("every-kind")).unwrap();
    let Windows::Absolute(phases) = checked.course.calendar.windows else {
        panic!("not absolute");
    };
    assert_eq!(phases.study.opens.to_rfc3339(), "2016-11-14T16:00:00.000Z");
    assert_eq!(phases.study.closes.to_rfc3339(), "2017-04-15T16:00:00.000Z");
    let relative = check_course(&fixture("relative")).unwrap().course.calendar;
    assert_eq!(relative.utc_offset_minutes, -210);
    assert!(matches!(relative.windows, Windows::Relative(days) if days.study.last == 150));
}

#[test]
fn a_file_is_taken_by_size_and_digest() {
    let listed = PackageFile {
        path: "text/a.md".into(),
        bytes: 3,
        sha256: zhixing::domain::hash::Hash::of(b"abc"),
    };
    assert_eq!(check_file(&listed, b"abc"), Ok(()));
    for (bytes, what) in [
        (b"abx".as_slice(), "has been changed"),
        (b"abcd", "4 bytes, and 3"),
    ] {
        let problem = check_file(&listed, bytes).unwrap_err();
        assert_eq!(problem.file, "text/a.md");
        assert!(
            problem.describe("en").contains(what),
            "{}",
            problem.describe("en")
        );
    }
}
