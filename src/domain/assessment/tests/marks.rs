//! Marks by others: their form, their stages and parties, whose place they take.

use serde_json::json;

use super::world::{Learner, World, at, count, reasons, scheme, world};
use crate::domain::assessment::{standing, takes_place_of};

#[test]
fn marks_of_the_wrong_form_count_for_nothing() {
    let rubric = json!({"kind": "rubric", "criteria": [{"id": "a", "points": 10}],
        "judges": [{"judge": "experts", "weight": 1}]});
    let exam = json!({"kind": "exam", "step": "practice-exam", "counts": "best"});
    let mut scheme = scheme(&[
        (
            "graded",
            10,
            json!({"kind": "graded", "of": {"kind": "overall"}}),
        ),
        ("rubric", 10, rubric),
        ("exam", 10, exam),
        (
            "ladder",
            10,
            json!({"kind": "ladder", "of": {"kind": "step", "step": "practice"},
                "rungs": [{"points": 10}, {"points": 5}]}),
        ),
        ("reviews", 10, count(&json!({"kind": "reviews"}), 5.0)),
        ("salons", 10, count(&json!({"kind": "attendances"}), 5.0)),
    ]);
    scheme["judges"] = json!([{"id": "experts", "title": "专家", "role": "expert"}]);
    let world = World::with_scheme(&scheme);
    let mut learner = Learner::enrolled(&world);
    let criteria = json!({"criteria": {"a": 9_000}});
    learner
        .record(
            "grade",
            "x",
            json!({"indicator": "graded", "criteria": {"a": 9_000}}),
        )
        .graded("rubric", 9_000, json!({"judge": "experts"}))
        .graded("exam", 9_000, json!({}))
        .record(
            "grade",
            "x",
            json!({"indicator": "exam", "percent": 90_000, "step": "closed-book"}),
        )
        .record(
            "grade",
            "x",
            json!({"indicator": "ladder", "points": 10_000, "step": "typical-case"}),
        )
        .record(
            "grade",
            "x",
            json!({"indicator": "ladder", "criteria": criteria["criteria"]}),
        )
        .record("grade", "x", json!({"indicator": "graded"}))
        .record("grade", "x", json!({"indicator": "graded", "points": -5}))
        .record(
            "grade",
            "x",
            json!({"indicator": "nowhere", "points": 5_000}),
        )
        // A status is read of an attendance list alone; a review of nothing reviews nothing.
        .record(
            "grade",
            "x",
            json!({"step": "salon-1", "status": "absent", "indicator": "i"}),
        )
        .record(
            "review",
            "learner",
            json!({"step": "m1-assignment", "text": "好"}),
        );
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "0");
    // The same marks in their right form.
    learner
        .graded("graded", 8_000, json!({}))
        .record(
            "grade",
            "e",
            json!({"indicator": "rubric", "judge": "experts", "criteria": {"a": 7_000}}),
        )
        .record(
            "grade",
            "e",
            json!({"indicator": "exam", "percent": 50_000, "step": "practice-exam"}),
        )
        .graded("ladder", 10_000, json!({"step": "practice"}))
        .grade_by("second", "ladder", 5_000, json!({"step": "practice"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "25", "8 + 7 + 5 + 5: {seen:#?}");
}

#[test]
fn of_several_who_grade_the_whole_the_newest_stands() {
    let world = world(&[(
        "i",
        10,
        json!({"kind": "graded", "of": {"kind": "overall"}}),
    )]);
    let mut learner = Learner::enrolled(&world);
    learner
        .graded("i", 8_000, json!({"step": "practice"}))
        .grade_by("second", "i", 6_000, json!({"step": "typical-case"}))
        .grade_by("third", "i", 7_000, json!({"step": "m1-assignment"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!((seen.score.as_str(), seen.not_counted.len()), ("7", 2));
    assert!(seen.plan.is_empty(), "a mark was given");
}

#[test]
fn what_was_graded_at_one_stage_does_not_count_at_the_other() {
    let mut scheme = scheme(&[
        (
            "g",
            10,
            json!({"kind": "graded", "of": {"kind": "overall"}}),
        ),
        (
            "l",
            10,
            json!({"kind": "ladder", "of": {"kind": "overall"}, "rungs": [{"points": 10}, {"points": 4}]}),
        ),
    ]);
    let stage = |id: &str, weight: u32| {
        json!({"id": id, "title": id, "weight": weight, "judges": [],
            "when": {"kind": "relative", "days": {"first": 1, "last": 2}}})
    };
    scheme["stages"] = json!([stage("mid-term", 40), stage("final", 60)]);
    let world = World::with_scheme(&scheme);
    let mut learner = Learner::enrolled(&world);
    learner
        .graded("g", 10_000, json!({"stage": "mid-term"}))
        .graded("l", 10_000, json!({"stage": "mid-term"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!((seen.of_indicator("g"), seen.of_indicator("l")), ("4", "4"));
    learner
        .graded("g", 5_000, json!({"stage": "final"}))
        .graded("l", 4_000, json!({"stage": "final"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(
        (seen.of_indicator("g"), seen.of_indicator("l")),
        ("7", "6.4")
    );
}

#[test]
fn a_bulletin_of_the_tutor_counts_provisionally_and_ones_own_for_certain() {
    let world = world(&[("i", 4, count(&json!({"kind": "bulletins"}), 2.0))]);
    let mut learner = Learner::enrolled(&world);
    learner.record("bulletin", "tutor", json!({"text": "第一期"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!((seen.score.as_str(), seen.certain.as_str()), ("2", "0"));
    learner.record("bulletin", "learner", json!({"text": "第二期"}));
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!((seen.score.as_str(), seen.certain.as_str()), ("4", "2"));
}

#[test]
fn of_one_persons_marks_on_a_group_the_latest_stands_whoever_carried_it() {
    let world = World::fixture("every-kind");
    let mut one = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    let mut two = Learner::numbered(&world, 2, at("2016-11-15T09:00:00+08:00"));
    let mark = |points: u32| {
        json!({"indicator": "planning", "group": "studio", "stage": "mid-term", "judge": "self",
            "criteria": {"a1": points}})
    };
    one.at("2017-01-05T09:00:00+08:00")
        .record("grade", "host", mark(8_000));
    two.at("2017-01-02T09:00:00+08:00")
        .record("grade", "host", mark(2_000));
    let (one, two) = (one.progress(), two.progress());
    for members in [[&one, &two], [&two, &one]] {
        let seen = world.judge("p5-studio", &members);
        // 8 points × 40 % of the self-judgement × 40 % of the stage.
        assert_eq!(seen.of_indicator("planning"), "1.28");
        assert_eq!(
            seen.not_counted,
            [("planning".to_owned(), "Again".to_owned())]
        );
    }
}

#[test]
fn nobody_grades_oneself_and_a_group_may() {
    let world = world(&[(
        "i",
        10,
        json!({"kind": "graded", "of": {"kind": "overall"}}),
    )]);
    let mut learner = Learner::enrolled(&world);
    learner.grade_by("learner", "i", 10_000, json!({})).record(
        "attendance",
        "learner",
        json!({"step": "salon-1", "status": "present"}),
    );
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "0");
    assert_eq!(reasons(&world, &learner), ["OwnWord"]);
    learner.graded("i", 4_000, json!({}));
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "4");
    // A studio's own judgement is one among several.
    let world = World::fixture("every-kind");
    let mut host = Learner::enrolled(&world);
    let own = json!({"indicator": "planning", "group": "studio", "stage": "mid-term", "judge": "self",
        "criteria": {"a1": 8_000}});
    host.record("grade", "learner", own);
    assert_ne!(world.judge("p5-studio", &[&host.progress()]).score, "0");
}

#[test]
fn what_each_judgement_made_adds_up_and_unknown_parties_made_nothing() {
    let world = World::fixture("every-kind");
    let mut host = Learner::enrolled(&world);
    let mut judged = |by: &str, judge: &str, stage: &str, a1: u32| {
        let body = json!({"indicator": "planning", "group": "studio", "stage": stage, "judge": judge,
            "criteria": {"a1": a1, "a2": 6_000}});
        host.record("grade", by, body);
    };
    judged("a", "experts", "mid-term", 8_000);
    judged("b", "experts", "mid-term", 4_000);
    judged("c", "experts", "final", 8_000);
    judged("d", "parents", "final", 8_000);
    judged("e", "experts", "some-day", 8_000);
    let progress = host.progress();
    let members = [&progress];
    let case = world.case("p5-studio", &members);
    let found = standing(&case);
    let earned = &found.indicators[0].earned;
    let made: Vec<String> = earned
        .items
        .iter()
        .map(|item| item.points.to_string())
        .collect();
    // 14 and 10 are averaged, × 60 % × 40 %; 14 × 50 % × 60 %.
    assert_eq!(made, ["1.68", "1.2", "4.2", "0", "0"]);
    assert_eq!(earned.points.to_string(), "7.08");
    let why = |at: usize| format!("{:?}", earned.items[at].not_counted.unwrap());
    assert_eq!(
        (why(3), why(4)),
        ("NoParty".to_owned(), "NoParty".to_owned())
    );
}

#[test]
fn a_later_word_takes_the_place_of_what_the_standing_leaves_out() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .graded("notes", 8_000, json!({}))
        .grade_by("second", "notes", 6_000, json!({}))
        .graded("notes", 10_000, json!({}))
        .graded("notes", -5, json!({}))
        .listed("training-1", "late")
        .record(
            "attendance",
            "second",
            json!({"step": "training-1", "status": "absent"}),
        );
    let progress = learner.progress();
    let replaced = |at: usize| {
        let mut all = progress.kept.iter();
        all.any(|later| takes_place_of(later, &progress.kept[at]))
    };
    let seen: Vec<bool> = (0..6).map(replaced).collect();
    assert_eq!(seen, [true, false, false, false, true, false]);
}

#[test]
fn a_word_of_ones_own_is_no_attendance_list() {
    let rule = json!({"kind": "deduction", "groups": ["organised"],
        "minus": [{"event": "absence", "points": 2}]});
    let world = world(&[("i", 10, rule)]);
    let mut learner = Learner::enrolled(&world);
    learner.record(
        "attendance",
        "learner",
        json!({"step": "salon-1", "status": "absent"}),
    );
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "10");
    learner.listed("salon-1", "absent");
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "8");
}

#[test]
fn a_mark_that_somebody_vouches_for_is_certain_and_no_other_stands_beside_it() {
    let graded = json!({"kind": "graded", "of": {"kind": "overall"}});
    let deduction = json!({"kind": "deduction", "groups": [],
        "minus": [{"event": "absence", "points": 4}]});
    let world = world(&[("graded", 10, graded), ("attendance", 10, deduction)]);
    let mut learner = Learner::enrolled(&world);
    let figures = |learner: &Learner| {
        let progress = learner.progress();
        let seen = world.judge("s", &[&progress]);
        (seen.score, seen.certain)
    };
    learner.graded("graded", 9_000, json!({}));
    assert_eq!(figures(&learner), ("19".into(), "10".into()), "provisional");
    learner.vouched = true;
    learner
        .graded("graded", 6_000, json!({}))
        .listed("salon-1", "absent");
    assert_eq!(figures(&learner), ("12".into(), "12".into()));
    // Later, in the tutor's name and in another's, but nobody vouches for it.
    learner.vouched = false;
    learner.graded("graded", 10_000, json!({}));
    learner.grade_by("forger", "graded", 10_000, json!({}));
    learner.listed("salon-1", "present");
    assert_eq!(figures(&learner), ("12".into(), "12".into()));
    assert!(
        reasons(&world, &learner)
            .iter()
            .any(|why| why.contains("OwnWord"))
    );
}
