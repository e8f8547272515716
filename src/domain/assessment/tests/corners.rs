//! What seldom happens: things outside their time, groups, schemes at their ends.

use serde_json::{Value, json};

use super::world::{Learner, World, at, count, every_kind, reasons, scheme, world};
use crate::domain::assessment::{GateState, Period, Task, read, standing, standings};
use crate::domain::time::{Moment, Window};

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
    let case = world.case("s", &members);
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
    let case = world.case("p1-county", &members);
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
