//! The edges: one short, exactly at, caps, ties, nothing at all.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::world::{Learner, MINUTE, World, at};
use crate::domain::assessment::{Case, GateState, Task, hours, standing, standings, what_if};
use crate::domain::fraction::Fraction;

fn minutes_scheme(scoring: &str, cap: Option<u32>) -> World {
    let mut rule = json!({"kind": "minutes", "scoring": scoring, "modules": [
        {"module": "ethics", "minutes": 100}, {"module": "routine", "minutes": 60}]});
    if let Some(cap) = cap {
        rule["dailyCap"] = cap.into();
    }
    World::with_scheme(&scheme(40, &rule))
}

fn scheme(points: u32, rule: &Value) -> Value {
    json!({"id": "s", "title": "考核", "subject": {"kind": "learner"}, "fullMarks": points,
        "indicators": [{"id": "i", "title": "指标", "points": points, "rule": rule}],
        "levels": [{"id": "fail", "title": "不合格", "from": 0, "passes": false},
            {"id": "pass", "title": "合格", "from": points, "passes": true}]})
}

#[test]
fn one_minute_short_of_a_threshold_is_nothing_and_exactly_at_it_is_all() {
    let world = minutes_scheme("threshold", None);
    let earned = |ms: u64| {
        let mut learner = Learner::enrolled(&world);
        learner
            .watch("m1-video", 0, 100 * MINUTE)
            .watch("m2-video", 0, ms);
        world.judge("s", &[&learner.progress()]).score
    };
    assert_eq!(earned(59 * MINUTE), "0");
    assert_eq!(earned(60 * MINUTE - 1), "0");
    assert_eq!(earned(60 * MINUTE), "40");
}

#[test]
fn a_part_counts_to_the_millisecond_and_a_module_stands_in_for_no_other() {
    let world = minutes_scheme("proportional", None);
    let mut learner = Learner::enrolled(&world);
    learner
        .watch("m1-video", 0, 150 * MINUTE)
        .watch("m2-video", 0, 30 * MINUTE);
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "32.5");
    learner.watch("m2-video", 30 * MINUTE, 6);
    let progress = learner.progress();
    let members = [&progress];
    let case = Case::new(
        &world.course,
        &world.assessment,
        world.scheme("s"),
        &members,
        world.now,
    );
    let expected = Fraction::new(40 * (130 * 60_000 + 6), 160 * 60_000);
    assert_eq!(standing(&case).score.points, expected);
}

#[test]
fn a_days_cap_holds_on_that_day_alone_and_what_is_watched_again_is_of_the_first_day() {
    let world = minutes_scheme("proportional", Some(30));
    let mut learner = Learner::enrolled(&world);
    learner
        .at("2016-12-01T10:00:00+08:00")
        .watch("m1-video", 0, 50 * MINUTE);
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "7.5");
    learner
        .at("2016-12-02T10:00:00+08:00")
        .watch("m1-video", 0, 50 * MINUTE);
    assert_eq!(
        world.judge("s", &[&learner.progress()]).score,
        "7.5",
        "the same media again"
    );
    learner.watch("m1-video", 50 * MINUTE, 20 * MINUTE);
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "12.5");
}

#[test]
fn reading_over_midnight_is_of_both_days() {
    let world = minutes_scheme("proportional", Some(10));
    let mut learner = Learner::enrolled(&world);
    learner
        .at("2016-12-01T23:50:00+08:00")
        .read("m1-reading", 20 * MINUTE);
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "5");
}

#[test]
fn nothing_at_all_is_no_points_no_panic_and_a_whole_plan() {
    let world = World::fixture("every-kind");
    let learner = Learner::enrolled(&world).progress();
    let nobody: [&crate::domain::progress::Progress; 0] = [];
    for scheme in &world.assessment.schemes {
        let id = scheme.id.as_str();
        let seen = world.judge(id, &[&learner]);
        let full = seen
            .earned
            .iter()
            .any(|(indicator, _)| indicator == "attendance");
        assert_eq!(seen.score, if full { "10" } else { "0" }, "{id}");
        world.judge(id, &nobody);
    }
}

#[test]
fn a_count_is_capped_per_module_in_all_and_by_the_points() {
    let rule = json!({"kind": "count", "what": {"kind": "posts", "minCharacters": 5},
        "pointsEach": 3, "mostPerModule": 2, "most": 3});
    let world = World::with_scheme(&scheme(10, &rule));
    let mut learner = Learner::enrolled(&world);
    for _ in 0..3 {
        learner.post("m1-discussion", 5).post("m2-discussion", 5);
    }
    learner.post("m3-discussion", 4);
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "9");
    let reasons: Vec<&str> = seen
        .not_counted
        .iter()
        .map(|(_, why)| why.as_str())
        .collect();
    assert_eq!(
        reasons,
        ["Full", "ModuleFull", "Full", "TooShort { least: 5 }"]
    );
    // The last that counts is cut to what is left of the indicator's points.
    let rule =
        json!({"kind": "count", "what": {"kind": "posts", "minCharacters": 5}, "pointsEach": 3});
    let world = World::with_scheme(&scheme(10, &rule));
    let mut learner = Learner::enrolled(&world);
    for _ in 0..5 {
        learner.post("m1-discussion", 5);
    }
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!((seen.score.as_str(), seen.not_counted.len()), ("10", 1));
}

#[test]
fn an_edit_counts_by_its_latest_words_and_a_second_version_of_an_assignment_not_again() {
    use crate::domain::body::Body;
    use crate::domain::ids::RecordId;
    use crate::domain::work::{Edits, Post};
    let rule =
        json!({"kind": "count", "what": {"kind": "posts", "minCharacters": 5}, "pointsEach": 5});
    let world = World::with_scheme(&scheme(10, &rule));
    let mut learner = Learner::enrolled(&world);
    learner.post("m1-discussion", 9);
    let mut bytes = [1; 16];
    bytes[..4].copy_from_slice(&2u32.to_be_bytes());
    learner.body(Body::Post(Post {
        step: super::world::slug("m1-discussion"),
        text: "短".into(),
        to: None,
        quote: None,
        course: None,
        edits: Some(Edits {
            id: RecordId::from_random(bytes),
            at: at("2016-11-15T09:02:00+08:00"),
        }),
    }));
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "0");
    let rule = json!({"kind": "count", "what": {"kind": "submissions"}, "pointsEach": 5});
    let world = World::with_scheme(&scheme(10, &rule));
    let mut learner = Learner::enrolled(&world);
    learner.submit("m1-assignment").submit("m1-assignment");
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "5");
    assert_eq!(seen.not_counted, [("i".to_owned(), "Again".to_owned())]);
}

#[test]
fn a_reflection_counts_once_a_step_if_it_is_long_enough() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    let prompt = world
        .course
        .steps()
        .find_map(|placed| match &placed.step.content {
            crate::domain::course::StepContent::Reflection(reflection) => {
                Some(reflection.prompts[0].clone())
            }
            _ => None,
        });
    let prompt = prompt.unwrap();
    let least = prompt.min_characters as usize;
    if least > 0 {
        learner.reflect("m1-reflection", prompt.id.as_str(), least - 1);
        assert_eq!(
            world
                .judge("p1-learner", &[&learner.progress()])
                .of_indicator("reflections"),
            "0"
        );
    }
    learner.reflect("m1-reflection", prompt.id.as_str(), least.max(1));
    learner.reflect("m1-reflection", prompt.id.as_str(), least.max(1));
    assert_eq!(
        world
            .judge("p1-learner", &[&learner.progress()])
            .of_indicator("reflections"),
        "2.5"
    );
}

#[test]
fn a_review_counts_once_a_submission_and_by_its_length() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .review("m1-assignment", 1, 50)
        .review("m1-assignment", 1, 80)
        .review("m1-assignment", 2, 49);
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("reviews"), "1");
}

#[test]
fn recurring_counts_start_anew_in_each_term_and_once_a_step_means_once_a_period() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .at("2016-12-01T10:00:00+08:00")
        .submit("book")
        .submit("book");
    let seen = world.judge("p3-five-ones", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("book"), "2");
    learner.at("2017-02-25T10:00:00+08:00").submit("book");
    let seen = world.judge("p3-five-ones", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("book"), "4");
}

#[test]
fn a_term_without_its_book_closes_the_gate_when_it_is_over_and_is_a_risk_until_then() {
    let mut world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    let gate = |world: &World, learner: &Learner| {
        world.judge("p3-five-ones", &[&learner.progress()]).gates[0]
    };
    world.now = at("2016-12-01T10:00:00+08:00");
    assert!(matches!(gate(&world, &learner), GateState::AtRisk { .. }));
    learner.at("2016-12-02T10:00:00+08:00").submit("book");
    assert_eq!(
        gate(&world, &learner),
        GateState::Open,
        "this term has its book"
    );
    world.now = at("2017-02-20T00:00:00+08:00");
    assert!(
        matches!(gate(&world, &learner), GateState::AtRisk { .. }),
        "the next has not"
    );
    world.now = at("2017-04-16T00:00:00+08:00");
    assert!(
        matches!(gate(&world, &learner), GateState::Closed { .. }),
        "the course is over"
    );
}

#[test]
fn what_a_list_says_weighs_more_than_ones_own_word() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner.attend("salon-1").attend("training-1");
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("activities"), "4");
    assert_eq!(
        seen.certain, "4",
        "the package takes the learner's word at salons"
    );
    learner.listed("salon-1", "absent");
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("activities"), "0");
    learner.listed("salon-1", "late");
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    assert_eq!(
        seen.of_indicator("activities"),
        "4",
        "the latest list stands"
    );
    let seen = world.judge("p5-learner", &[&learner.progress()]);
    assert_eq!(
        (seen.score.as_str(), seen.certain.as_str()),
        ("1", "0"),
        "a claim until the list"
    );
}

#[test]
fn a_ladder_takes_rungs_only_and_the_latest_of_them() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .graded("notes", 8_000, json!({}))
        .graded("notes", 7_000, json!({}))
        .grade_by("another", "notes", 6_000, json!({}));
    let seen = world.judge("p3-round", &[&learner.progress()]);
    // The tutor's 7 took the place of the tutor's 8, and is no rung.
    assert_eq!(seen.of_indicator("notes"), "6");
    assert_eq!(
        seen.not_counted,
        [
            ("notes".to_owned(), "Again".to_owned()),
            ("notes".to_owned(), "NoRung".to_owned())
        ]
    );
}

#[test]
fn grades_step_by_step_add_up_the_best_of_each_module() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    for (step, points) in [
        ("m1-assignment", 4_000),
        ("m2-assignment", 9_000),
        ("m3-assignment", 2_500),
    ] {
        learner.graded("assignments", points, json!({"step": step}));
    }
    learner.graded("assignments", 5_000, json!({"step": "practice"}));
    let seen = world.judge("p2-graded", &[&learner.progress()]);
    // 4 + 5 (no more than five each) + 2.5; practice is of another group.
    assert_eq!(seen.of_indicator("assignments"), "11.5");
    let left: Vec<_> = seen
        .plan
        .iter()
        .filter(|todo| todo.indicators[0].as_str() == "assignments")
        .collect();
    assert_eq!(
        (left.len(), left[0].task, left[0].gain.to_string().as_str()),
        (1, Task::Submit, "5")
    );
}

#[test]
fn of_several_results_of_an_exam_the_one_counts_that_the_rule_names() {
    let rule = |counts: &str| json!({"kind": "exam", "counts": counts});
    let earned = |counts: &str| {
        let world = World::with_scheme(&scheme(50, &rule(counts)));
        let mut learner = Learner::enrolled(&world);
        for (by, percent) in [("a", 60_000), ("b", 90_000), ("c", 70_000)] {
            learner.record("grade", by, json!({"indicator": "i", "percent": percent}));
        }
        world.judge("s", &[&learner.progress()]).score
    };
    assert_eq!(
        (
            earned("first").as_str(),
            earned("best").as_str(),
            earned("last").as_str()
        ),
        ("30", "45", "35")
    );
}

#[test]
fn absences_are_a_risk_before_they_are_final() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .listed("training-1", "absent")
        .listed("training-2", "present");
    let seen = world.judge("p5-learner", &[&learner.progress()]);
    // What was missed is not planned any more; what is to come is.
    let planned = |step: &str| {
        let of = |todo: &crate::domain::assessment::Todo| {
            todo.step
                .as_ref()
                .is_some_and(|known| known.as_str() == step)
        };
        seen.plan.iter().any(of)
    };
    assert!(!planned("training-1") && planned("training-3"));
    // Half of what was held so far, but one of twelve in all.
    assert!(matches!(seen.gates[..], [GateState::AtRisk { .. }]));
    learner
        .listed("training-3", "present")
        .listed("training-4", "present");
    assert_eq!(
        world.judge("p5-learner", &[&learner.progress()]).gates,
        [GateState::Open]
    );
}

#[test]
fn a_grade_is_taken_back_by_the_same_person_only() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner.submit("practice");
    learner.graded("practice", 8_000, json!({"step": "practice"}));
    learner.graded("practice", 3_000, json!({"step": "practice"}));
    assert_eq!(
        world
            .judge("p2-learner", &[&learner.progress()])
            .of_indicator("practice"),
        "3"
    );
    // Another's later word stands before an earlier one; both are shown.
    learner.grade_by("expert", "practice", 7_000, json!({"step": "practice"}));
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("practice"), "7");
    let again = || ("practice".to_owned(), "Again".to_owned());
    assert_eq!(seen.not_counted, [again(), again()]);
}

#[test]
fn malformed_grades_count_for_nothing() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    for body in [
        json!({"indicator": "practice", "points": -1}),
        json!({"indicator": "practice", "points": "8"}),
        json!({"indicator": 7, "points": 8_000}),
        json!({"indicator": "practice"}),
        json!({"indicator": "practice", "scheme": "another", "points": 8_000}),
        json!({"indicator": "practice", "group": "studio", "points": 8_000}),
        json!({"indicator": "practice", "criteria": {"a": "b"}}),
    ] {
        learner.record("grade", "tutor", body);
    }
    assert_eq!(
        world
            .judge("p2-learner", &[&learner.progress()])
            .of_indicator("practice"),
        "0"
    );
}

#[test]
fn of_several_attempts_the_one_counts_that_the_scheme_names() {
    let world = World::fixture("every-kind");
    let of = |place: u8, percent: i64| {
        let mut learner = Learner::numbered(&world, place, at("2016-11-15T09:00:00+08:00"));
        learner.sat("exam", percent);
        learner.progress()
    };
    let (one, two) = (of(1, 100_000), of(2, 50_000));
    let attempts = [[&one], [&two]];
    let chosen = |id: &str| {
        let found = standings(
            &world.course,
            &world.assessment,
            world.scheme(id),
            &attempts,
            world.now,
        );
        found.map(|(at, standing)| (at, standing.score.points.to_string()))
    };
    assert_eq!(chosen("p3-round"), Some((1, "40".to_owned())), "the last");
    assert_eq!(chosen("p4-year").map(|(at, _)| at), Some(0), "the first");
    assert_eq!(
        chosen("p3-five-ones").map(|(at, _)| at),
        Some(0),
        "the best; the earliest of equals"
    );
    assert!(
        standings(
            &world.course,
            &world.assessment,
            world.scheme("p3-round"),
            &[],
            world.now
        )
        .is_none()
    );
}

#[test]
fn credit_hours_are_earned_by_whole_modules() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    let module = &world.course.modules[0];
    for step in module.topics.iter().flat_map(|topic| &topic.steps).skip(1) {
        learner.complete(step.id.as_str());
    }
    let earned = |learner: &Learner| {
        let all = hours(&world.course, &world.assessment, &learner.progress());
        (all[0].earned.to_string(), all[0].modules.len(), all.len())
    };
    assert_eq!(earned(&learner), ("0".to_owned(), 0, 10));
    learner.complete("m1-video");
    assert_eq!(earned(&learner), ("20".to_owned(), 1, 10));
}

#[test]
fn the_planner_puts_the_most_points_per_minute_first_and_waiting_last() {
    let world = World::fixture("every-kind");
    let learner = Learner::enrolled(&world).progress();
    let members = [&learner];
    let case = Case::new(
        &world.course,
        &world.assessment,
        world.scheme("p2-learner"),
        &members,
        world.now,
    );
    let standing = standing(&case);
    let plan = standing.plan(&case);
    let rate = |todo: &crate::domain::assessment::Todo| {
        todo.gain.over(Fraction::whole(todo.minutes.into()))
    };
    assert!(
        plan.windows(2).all(|pair| rate(&pair[0]) >= rate(&pair[1])),
        "{plan:#?}"
    );
    assert_eq!(
        what_if(&case, &standing, plan.iter()).to_string(),
        "92",
        "one salon is still to come"
    );
    assert_eq!(
        what_if(&case, &standing, plan.iter().take(0)).to_string(),
        "0"
    );
    // Salons whose time is over cannot be attended any more.
    let attend: Vec<_> = plan
        .iter()
        .filter(|todo| todo.task == Task::Attend)
        .collect();
    assert_eq!(attend.len(), 1);
}

#[test]
fn what_serves_two_indicators_is_planned_once_and_brings_both() {
    let submitted = json!({"kind": "count", "what": {"kind": "submissions", "groups": ["module"]},
        "pointsEach": 5, "mostPerModule": 1});
    let mut scheme = scheme(30, &submitted);
    scheme["indicators"] = json!([
        {"id": "i", "title": "交作业", "points": 20, "rule": submitted},
        {"id": "good", "title": "作业质量", "points": 10,
            "rule": {"kind": "graded", "of": {"kind": "step", "step": "m1-assignment"}}}]);
    let world = World::with_scheme(&scheme);
    let mut learner = Learner::enrolled(&world);
    let of_step = |learner: &Learner| {
        let plan = world.judge("s", &[&learner.progress()]).plan;
        let of = |todo: &&crate::domain::assessment::Todo| {
            todo.indicators.iter().any(|id| id.as_str() == "good")
        };
        let found: Vec<_> = plan.iter().filter(of).cloned().collect();
        let [todo] = found.as_slice() else {
            panic!("{found:#?}");
        };
        (todo.task, todo.indicators.len(), todo.gain.to_string())
    };
    assert_eq!(of_step(&learner), (Task::Submit, 2, "15".to_owned()));
    // Once it is handed in, the mark alone is waited for.
    learner.submit("m1-assignment");
    assert_eq!(of_step(&learner), (Task::Await, 1, "10".to_owned()));
}

proptest! {
    #[test]
    fn more_work_never_lowers_a_score(acts in proptest::collection::vec((0usize..6, 1u64..40), 0..25)) {
        static WORLD: std::sync::LazyLock<World> = std::sync::LazyLock::new(|| World::fixture("every-kind"));
        let world = &*WORLD;
        let mut learner = Learner::enrolled(world);
        let mut last = Fraction::ZERO;
        for (act, amount) in acts {
            match act {
                0 => learner.watch("m1-video", amount * MINUTE, amount * MINUTE),
                1 => learner.read("m2-reading", amount * MINUTE),
                2 => learner.post("m1-discussion", usize::try_from(amount).unwrap()),
                3 => learner.submit("m3-assignment"),
                4 => learner.review("m1-assignment", u8::try_from(amount).unwrap(), 50),
                _ => learner.attend("salon-1"),
            };
            let progress = learner.progress();
            let members = [&progress];
            let case = Case::new(&world.course, &world.assessment, world.scheme("p2-learner"), &members, world.now);
            let standing = standing(&case);
            prop_assert!(standing.score.points >= last);
            prop_assert!(standing.score.points <= Fraction::whole(100));
            for each in &standing.indicators {
                let most = Fraction::from(each.indicator.points);
                let made: Fraction = each.earned.items.iter().map(|item| item.points).sum();
                prop_assert!(each.earned.points <= most);
                prop_assert_eq!(each.earned.points, made, "the items make the points");
            }
            let all = what_if(&case, &standing, standing.plan(&case).iter());
            prop_assert!(all <= Fraction::whole(100));
            last = standing.score.points;
        }
    }
}
