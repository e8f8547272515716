//! What seldom happens: marks of the wrong form, things outside their time, schemes at their ends.

use serde_json::{Value, json};

use super::world::{Learner, World, at};
use crate::domain::assessment::{
    Case, GateState, Period, Task, read, standing, standings, takes_place_of, what_if,
};
use crate::domain::time::{Moment, Window};

/// A scheme for learners with these indicators: id, points, rule.
fn scheme(indicators: &[(&str, u32, Value)]) -> Value {
    let full: u32 = indicators.iter().map(|(_, points, _)| points).sum();
    let indicators: Vec<Value> = indicators
        .iter()
        .map(|(id, points, rule)| json!({"id": id, "title": id, "points": points, "rule": rule}))
        .collect();
    json!({"id": "s", "title": "考核", "subject": {"kind": "learner"}, "fullMarks": full,
        "indicators": indicators,
        "levels": [{"id": "fail", "title": "不合格", "from": 0, "passes": false},
            {"id": "pass", "title": "合格", "from": full, "passes": true}]})
}

fn world(indicators: &[(&str, u32, Value)]) -> World {
    World::with_scheme(&scheme(indicators))
}

/// The `course.json` of the fixture.
fn every_kind() -> Value {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read(format!(
        "{root}/tests/native/fixtures/every-kind/course.json"
    ));
    serde_json::from_slice(&text.unwrap()).unwrap()
}

fn count(what: &Value, each: f64) -> Value {
    json!({"kind": "count", "what": what, "pointsEach": each})
}

/// What did not count, and why.
fn reasons(world: &World, learner: &Learner) -> Vec<String> {
    let seen = world.judge("s", &[&learner.progress()]);
    seen.not_counted.into_iter().map(|(_, why)| why).collect()
}

#[test]
fn what_is_done_outside_the_study_phase_does_not_count_and_says_so() {
    let world = world(&[("i", 10, count(&json!({"kind": "posts"}), 1.0))]);
    let mut learner = Learner::enrolled(&world);
    learner
        .at("2016-11-11T09:00:00+08:00")
        .post("m1-discussion", 60)
        .post("m1-discussion", 3)
        .at("2016-12-01T09:00:00+08:00")
        .post("m1-discussion", 60)
        .at("2017-06-01T09:00:00+08:00")
        .post("m1-discussion", 60);
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "1");
    let reasons = reasons(&world, &learner);
    assert_eq!(reasons.len(), 3);
    assert_eq!((&*reasons[0], &*reasons[2]), ("OutOfSeason", "OutOfSeason"));
    assert!(reasons[1].starts_with("TooShort"), "too short comes first");
}

#[test]
fn minutes_of_a_day_outside_the_study_phase_are_credited_and_not_counted() {
    let rule = json!({"kind": "minutes", "scoring": "proportional",
        "modules": [{"module": "ethics", "minutes": 10}]});
    let world = world(&[("i", 10, rule)]);
    let mut learner = Learner::enrolled(&world);
    learner
        .at("2016-11-11T09:00:00+08:00")
        .watch("m1-video", 0, 300_000)
        .at("2016-12-01T09:00:00+08:00")
        .watch("m1-video", 300_000, 120_000);
    let progress = learner.progress();
    let members = [&progress];
    let scheme = world.scheme("s");
    let case = Case::new(
        &world.course,
        &world.assessment,
        scheme,
        &members,
        world.now,
    );
    let found = standing(&case);
    assert_eq!(found.score.points.to_string(), "2");
    let crate::domain::assessment::Source::Minutes {
        credited_ms,
        counted_ms,
        outside_ms,
        ..
    } = found.indicators[0].earned.items[0].source
    else {
        panic!("no minutes");
    };
    assert_eq!(
        (credited_ms, counted_ms, outside_ms),
        (420_000, 120_000, 300_000)
    );
}

#[test]
fn only_steps_of_the_named_kinds_count_and_study_stays_beside_completing() {
    let minutes = json!({"kind": "minutes", "scoring": "proportional",
        "modules": [{"module": "ethics", "minutes": 100}]});
    let steps = count(&json!({"kind": "steps", "kinds": ["video"]}), 5.0);
    for order in [[0, 1], [1, 0]] {
        let both = [("time", 40, minutes.clone()), ("steps", 20, steps.clone())];
        let world = world(&order.map(|at| both[at].clone()));
        let mut learner = Learner::enrolled(&world);
        learner.complete("m2-video").complete("m1-assignment");
        let seen = world.judge("s", &[&learner.progress()]);
        assert_eq!(seen.of_indicator("steps"), "5");
        // Studying a module and completing one of its steps are two things, in one place or not.
        let of = |task| seen.plan.iter().filter(|todo| todo.task == task).count();
        assert_eq!((of(Task::Study), of(Task::Complete)), (1, 3));
    }
}

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
fn works_graded_one_by_one_are_planned_until_the_points_are_full() {
    let of = json!({"kind": "group", "group": "module"});
    let world = world(&[(
        "i",
        10,
        json!({"kind": "graded", "of": of, "pointsEach": 5, "mostPerModule": 1}),
    )]);
    let mut learner = Learner::enrolled(&world);
    let planned = |learner: &Learner| world.judge("s", &[&learner.progress()]).plan.len();
    assert_eq!(planned(&learner), 2, "two of four fill it");
    learner
        .graded("i", 5_000, json!({"step": "m1-assignment"}))
        .graded("i", 5_000, json!({"step": "m2-assignment"}));
    assert_eq!(planned(&learner), 0);
    // Points each, and no limit to a module: what is left is one thing to do.
    let each =
        json!({"kind": "graded", "of": {"kind": "group", "group": "module"}, "pointsEach": 5});
    let world = self::world(&[("i", 20, each)]);
    let mut learner = Learner::enrolled(&world);
    learner.graded("i", 5_000, json!({"step": "m1-assignment"}));
    let plan = world.judge("s", &[&learner.progress()]).plan;
    assert_eq!((plan.len(), plan[0].gain.to_string().as_str()), (1, "15"));
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
fn an_exam_is_planned_as_long_as_another_try_can_help() {
    let exam = |step: Value, counts: &str| {
        let mut rule = json!({"kind": "exam", "counts": counts});
        if !step.is_null() {
            rule["step"] = step;
        }
        world(&[("i", 10, rule)])
    };
    let sat = |learner: &mut Learner, step: &str, number: u32, score: Value| {
        let mut body = json!({"step": step, "number": number, "startedAt": 7, "spentMs": 9,
            "setBack": false, "answers": {}});
        if !score.is_null() {
            body["score"] = score;
        }
        learner.record("exam-attempt", "learner", body);
    };
    let tasks = |world: &World, learner: &Learner| -> Vec<Task> {
        let seen = world.judge("s", &[&learner.progress()]);
        seen.plan.iter().map(|todo| todo.task).collect()
    };
    let world = exam(json!("practice-exam"), "best");
    let mut learner = Learner::enrolled(&world);
    assert_eq!(tasks(&world, &learner), [Task::Sit]);
    sat(
        &mut learner,
        "practice-exam",
        1,
        json!({"earned": 500, "possible": 1_000}),
    );
    assert_eq!(tasks(&world, &learner), [Task::Sit], "five tries");
    let first = exam(json!("practice-exam"), "first");
    assert_eq!(tasks(&first, &learner), [], "the first one counts");
    // Sat, and marked by nobody yet.
    let world = exam(json!("closed-book"), "last");
    let mut learner = Learner::enrolled(&world);
    sat(&mut learner, "closed-book", 1, Value::Null);
    assert_eq!(tasks(&world, &learner), [Task::Await]);
    learner.sat("i", 80_000);
    assert_eq!(tasks(&world, &learner), []);
    // Held elsewhere: the tutor enters the percentage, of whatever step.
    let world = exam(Value::Null, "last");
    let mut learner = Learner::enrolled(&world);
    assert_eq!(tasks(&world, &learner), [Task::Await]);
    learner.record(
        "grade",
        "tutor",
        json!({"indicator": "i", "percent": 80_000, "step": "closed-book"}),
    );
    assert_eq!(tasks(&world, &learner), []);
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "8");
    // One of five tries, of which nobody has said yet what it was worth.
    let world = exam(json!("practice-exam"), "best");
    let mut learner = Learner::enrolled(&world);
    sat(&mut learner, "practice-exam", 1, Value::Null);
    assert_eq!(tasks(&world, &learner), [Task::Await]);
    // A step that is no exam gives nothing to sit.
    let world = exam(json!("m1-video"), "last");
    assert_eq!(tasks(&world, &Learner::enrolled(&world)), []);
}

#[test]
fn works_shown_are_planned_while_more_of_them_count() {
    let rule = json!({"kind": "count", "what": {"kind": "showcases"}, "pointsEach": 2, "most": 1});
    let world = world(&[("i", 4, rule)]);
    let mut learner = Learner::enrolled(&world);
    let planned = |learner: &Learner| {
        let plan = world.judge("s", &[&learner.progress()]).plan;
        plan.iter().map(|todo| todo.task).collect::<Vec<_>>()
    };
    assert_eq!(planned(&learner), [Task::Showcase]);
    // A showcase of nothing, and of what was not made.
    learner.record("showcase", "learner", json!({})).record(
        "showcase",
        "learner",
        json!({"step": "practice"}),
    );
    assert_eq!(reasons(&world, &learner), ["NoWork", "NoWork"]);
    assert_eq!(planned(&learner), [Task::Showcase]);
    learner.submit("practice");
    let seen = world.judge("s", &[&learner.progress()]);
    assert_eq!(seen.score, "2", "shown once the work is there");
    assert_eq!(planned(&learner), [], "no more than one counts");
    let full = self::world(&[("i", 2, count(&json!({"kind": "showcases"}), 2.0))]);
    assert!(full.judge("s", &[&learner.progress()]).plan.is_empty());
    assert_eq!(full.judge("s", &[&learner.progress()]).certain, "2");
    // Shown by somebody else in this learner's name: it counts for nobody.
    let mut other = Learner::enrolled(&full);
    other.record("showcase", "somebody", json!({"step": "practice"}));
    assert_eq!(full.judge("s", &[&other.progress()]).score, "0");
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
fn things_between_the_terms_of_a_list_belong_to_none() {
    let rule = json!({"kind": "count", "what": {"kind": "submissions", "groups": ["book"]},
        "pointsEach": 5, "every": {"period": "term", "times": 1}});
    let mut value = every_kind();
    value["schemes"] = json!([scheme(&[("i", 10, rule)])]);
    let term = |opens: &str, closes: &str| json!({"id": opens, "title": opens, "dates": {"opens": opens, "closes": closes}});
    value["calendar"]["terms"] = json!({"kind": "list", "terms": [
        term("2016-11-15", "2017-01-10"), term("2017-02-20", "2017-04-10")]});
    let world = World::of(value.to_string().as_bytes());
    let mut learner = Learner::enrolled(&world);
    learner.at("2017-01-20T09:00:00+08:00").submit("book");
    assert_eq!(reasons(&world, &learner), ["OutOfSeason"]);
    learner.at("2016-12-20T09:00:00+08:00").submit("book");
    assert_eq!(world.judge("s", &[&learner.progress()]).score, "5");
}

#[test]
fn a_gate_on_an_indicator_that_can_rise_is_at_risk_until_the_end() {
    let mut scheme = scheme(&[("i", 10, count(&json!({"kind": "posts"}), 1.0))]);
    scheme["gates"] = json!([
        {"id": "g", "title": "门", "outcome": "fail",
            "when": {"kind": "indicator_below", "indicator": "i", "points": 3}},
        {"id": "m", "title": "帖", "outcome": "not_completed",
            "when": {"kind": "missing", "what": {"kind": "posts"}, "asked": {"times": 2}}}]);
    let mut world = World::with_scheme(&scheme);
    let mut learner = Learner::enrolled(&world);
    learner
        .post("m1-discussion", 60)
        .post("m1-discussion", 60)
        .post("m1-discussion", 2);
    let gates = |world: &World, learner: &Learner| world.judge("s", &[&learner.progress()]).gates;
    let now = gates(&world, &learner);
    assert!(matches!(now[0], GateState::AtRisk { have, .. } if have.to_string() == "2"));
    assert_eq!(now[1], GateState::Open, "two posts, though in one step");
    world.now = at("2017-05-01T00:00:00+08:00");
    assert!(matches!(
        gates(&world, &learner)[0],
        GateState::Closed { .. }
    ));
    learner
        .at("2016-12-01T09:00:00+08:00")
        .post("m2-discussion", 60);
    assert_eq!(gates(&world, &learner)[0], GateState::Open);
}

#[test]
fn a_ratio_that_is_none_is_refused() {
    for ratio in ["1/3", "0/3", "1/0", "4/3", "1", "a/b"] {
        let mut scheme = scheme(&[("i", 10, count(&json!({"kind": "posts"}), 1.0))]);
        scheme["gates"] = json!([{"id": "g", "title": "门", "outcome": "fail",
            "when": {"kind": "absence_ratio_at_least", "ratio": ratio, "groups": []}}]);
        let mut value = every_kind();
        value["schemes"] = json!([scheme]);
        assert_eq!(read(&value, 480).is_ok(), ratio == "1/3", "{ratio}");
    }
}

#[test]
fn a_group_is_judged_by_what_is_certain_as_well_and_by_a_level() {
    let world = World::fixture("every-kind");
    let mut one = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    let mut two = Learner::numbered(&world, 2, at("2016-11-15T09:00:00+08:00"));
    for learner in [&mut one, &mut two] {
        for _ in 0..50 {
            learner.post("partner-salon", 60);
        }
        learner.post("partner-salon", 1);
    }
    one.listed("conference-1", "absent");
    let (one, two) = (one.progress(), two.progress());
    let members = [&one, &two];
    let scheme = world.scheme("p1-county");
    let case = Case::new(
        &world.course,
        &world.assessment,
        scheme,
        &members,
        world.now,
    );
    let certain = standing(&case.certain());
    assert_eq!(certain.score.points, certain.score.certain);
    let seen = world.judge("p1-county", &members);
    // A hundred and two exchanges of the forty that are asked.
    assert_eq!(seen.of_indicator("pairing"), "30");
    assert!(
        !seen
            .plan
            .iter()
            .any(|todo| todo.indicators[0].as_str() == "pairing")
    );
    let full = seen.not_counted.iter().filter(|(_, why)| why == "Full");
    assert_eq!(full.count(), 62, "a hundred and two of forty");
}

#[test]
fn one_who_failed_at_a_gate_has_reached_no_level() {
    let mut learners = scheme(&[(
        "i",
        10,
        json!({"kind": "deduction", "groups": ["training-day"],
        "minus": [{"event": "absence", "points": 1}]}),
    )]);
    learners["levels"] = json!([{"id": "fail", "title": "不合格", "from": 0, "passes": false},
        {"id": "pass", "title": "合格", "from": 5, "passes": true}]);
    learners["gates"] = json!([{"id": "g", "title": "门", "outcome": "fail",
        "when": {"kind": "indicator_below", "indicator": "i", "points": 9}}]);
    let share = json!({"id": "county", "title": "县", "subject": {"kind": "group", "group": "county"},
        "fullMarks": 10, "levels": [{"id": "pass", "title": "合格", "from": 5, "passes": true}],
        "indicators": [{"id": "share", "title": "率", "points": 10, "rule": {"kind": "share_of_members",
            "scheme": "s", "level": "pass", "targetPercent": 100, "scoring": "proportional"}}]});
    let mut value = every_kind();
    value["schemes"] = json!([share, learners]);
    let world = World::of(value.to_string().as_bytes());
    let good = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    let mut bad = Learner::numbered(&world, 2, at("2016-11-15T09:00:00+08:00"));
    let judged = |members: &[&crate::domain::progress::Progress]| world.judge("county", members);
    let all = judged(&[&good.progress(), &bad.progress()]);
    assert_eq!(
        (all.score.as_str(), all.plan.len()),
        ("10", 0),
        "nothing is left to do"
    );
    bad.listed("training-1", "absent")
        .listed("training-2", "absent");
    let seen = judged(&[&good.progress(), &bad.progress()]);
    assert_eq!(seen.score, "5");
    assert_eq!(seen.plan[0].task, Task::Members);
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
fn bonuses_lift_what_if_above_full_marks_where_the_scheme_says_so() {
    let world = World::fixture("every-kind");
    let learner = Learner::enrolled(&world).progress();
    let members = [&learner];
    let scheme = world.scheme("p5-studio");
    let case = Case::new(
        &world.course,
        &world.assessment,
        scheme,
        &members,
        world.now,
    );
    let found = standing(&case);
    let mut plan = found.plan(&case);
    for todo in &mut plan {
        todo.gain = crate::domain::fraction::Fraction::whole(60);
    }
    assert!(plan.len() >= 2);
    let all = what_if(&case, &found, plan.iter().take(2));
    assert_eq!(all.to_string(), "120");
}

#[test]
fn periods_of_a_time_beyond_every_calendar_are_none() {
    let world = World::fixture("every-kind");
    let of = |opens: i64, closes: i64| {
        let study = Window {
            opens: Moment(opens),
            closes: Moment(closes),
        };
        let rules = &world.assessment.periods;
        rules.of(Period::Month, study, &world.course.calendar).len()
    };
    assert_eq!(of(i64::MAX - 1, i64::MAX), 0);
    let last = 8_210_266_876_000_000;
    assert!(of(last, i64::MAX) < 24, "the calendar ends");
    assert!(of(0, last) <= 1_001, "so many and no more");
}

#[test]
fn no_attempt_is_no_standing() {
    let world = World::fixture("every-kind");
    let scheme = world.scheme("p2-learner");
    let none: [[&crate::domain::progress::Progress; 1]; 0] = [];
    assert!(standings(&world.course, &world.assessment, scheme, &none, world.now).is_none());
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
    let scheme = world.scheme("p5-studio");
    let case = Case::new(
        &world.course,
        &world.assessment,
        scheme,
        &members,
        world.now,
    );
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
fn reviewing_a_step_does_not_complete_it_and_submitting_does() {
    let reviews = json!({"kind": "count", "what": {"kind": "reviews", "groups": ["practice"]},
        "pointsEach": 2, "most": 4});
    let steps = count(&json!({"kind": "steps", "groups": ["practice"]}), 4.0);
    let world = self::world(&[("reviews", 8, reviews), ("steps", 4, steps)]);
    let plan = world
        .judge("s", &[&Learner::enrolled(&world).progress()])
        .plan;
    let of = |task: Task| plan.iter().find(|todo| todo.task == task).unwrap();
    assert_eq!(of(Task::Review).gain.to_string(), "8");
    assert_eq!(of(Task::Complete).gain.to_string(), "4");
}

#[test]
fn a_session_is_worth_what_it_would_add_to_the_average() {
    let world = World::fixture("every-kind");
    let mut one = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    let two = Learner::numbered(&world, 2, at("2016-11-15T09:00:00+08:00"));
    one.listed("conference-1", "present");
    let (one, two) = (one.progress(), two.progress());
    let members = [&one, &two];
    let seen = world.judge("p1-county", &members);
    let gain = |step: &str| {
        let of = |todo: &&crate::domain::assessment::Todo| {
            todo.step
                .as_ref()
                .is_some_and(|known| known.as_str() == step)
        };
        seen.plan.iter().find(of).unwrap().gain.to_string()
    };
    // The group was there once of two times: 10 more of 20. Its members were there a quarter of
    // the time; both times would earn the 10 of the threshold.
    assert_eq!(gain("conference-2"), "20");
}

#[test]
fn what_the_content_cannot_give_is_nothing_to_do() {
    let minutes = |scoring: &str| json!({"kind": "minutes", "scoring": scoring, "modules": [{"module": "ethics", "minutes": 5_000}]});
    let world = self::world(&[("i", 50, minutes("proportional"))]);
    let learner = Learner::enrolled(&world).progress();
    let seen = world.judge("s", &[&learner]);
    let [todo] = seen.plan.as_slice() else {
        panic!("{:?}", seen.plan);
    };
    let content = u64::from(todo.minutes);
    assert!(content < 5_000, "{content}");
    let share = crate::domain::fraction::Fraction::new(u64::into(content), 100);
    assert_eq!(todo.gain, share);
    let world = self::world(&[("i", 50, minutes("threshold"))]);
    assert!(world.judge("s", &[&learner]).plan.is_empty());
}

#[test]
fn schemes_that_name_what_is_not_there_are_refused() {
    let refused = |indicators: &[(&str, u32, Value)]| {
        let mut value = every_kind();
        value["schemes"] = json!([scheme(indicators)]);
        read(&value, 480).map(|_| ()).unwrap_err().field
    };
    let minutes = json!({"kind": "minutes", "scoring": "proportional",
        "modules": [{"module": "nowhere", "minutes": 5}]});
    let of_group = |rule: Value| ("i", 10, rule);
    for rule in [
        minutes,
        count(&json!({"kind": "posts", "groups": ["nowhere"]}), 1.0),
        json!({"kind": "graded", "of": {"kind": "group", "group": "nowhere"}}),
        json!({"kind": "graded", "of": {"kind": "step", "step": "nowhere"}}),
        json!({"kind": "ladder", "of": {"kind": "step", "step": "nowhere"}, "rungs": [{"points": 10}]}),
        json!({"kind": "exam", "step": "nowhere", "counts": "last"}),
        json!({"kind": "deduction", "groups": ["nowhere"], "minus": []}),
        json!({"kind": "task_points", "tasks": [{"id": "t", "title": "t", "points": 10, "step": "nowhere"}]}),
    ] {
        assert_eq!(
            refused(&[of_group(rule.clone())]),
            "schemes[0].indicators[0]",
            "{rule}"
        );
    }
    let posts = || count(&json!({"kind": "posts"}), 1.0);
    let twice = refused(&[("i", 5, posts()), ("i", 5, posts())]);
    assert_eq!(twice, "schemes[0].indicators[1]");
}

#[test]
fn in_a_pairing_a_work_is_shown_once_and_only_what_is_shared_with_the_partner() {
    let world = World::fixture("every-kind");
    let mut one = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    one.submit("typical-case").post("partner-salon", 60);
    for step in ["typical-case", "partner-salon", "partner-salon"] {
        one.record("showcase", "learner", json!({"step": step}));
    }
    let progress = one.progress();
    let seen = world.judge("p1-county", &[&progress]);
    // The post and one showcase of what stands in the shared space: 2 of 40 of 30 points.
    assert_eq!(seen.of_indicator("pairing"), "1.5");
    let why: Vec<&str> = seen
        .not_counted
        .iter()
        .map(|(_, why)| why.as_str())
        .collect();
    assert_eq!(why, ["NoWork", "Again"]);
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
