//! The worked examples, to the decimal.

use serde_json::json;

use super::world::{Learner, World, at};
use crate::domain::assessment::{GateState, Task};
use crate::domain::fraction::Fraction;

/// P2: 520 / 430 / 300 / 120 minutes and the rest of it.
fn p2_learner(world: &World) -> Learner {
    let mut learner = Learner::enrolled(world);
    for (module, minutes) in [("m1", 520), ("m2", 430), ("m3", 300), ("m4", 120)] {
        // A day a module keeps the daily cap of 480 minutes out of it, but for the first.
        learner.study(module, minutes.min(400));
        learner.clock_forward(24 * 60);
        if minutes > 400 {
            learner.read(
                &format!("{module}-reading"),
                (minutes - 400) * super::world::MINUTE,
            );
            learner.clock_forward(24 * 60);
        }
    }
    learner.attend("salon-1").attend("salon-2");
    for _ in 0..11 {
        learner.post("m1-discussion", 30);
    }
    learner.post("m1-discussion", 29);
    for module in ["m1", "m2", "m3"] {
        learner.submit(&format!("{module}-assignment"));
    }
    for (module, reviews) in [("m1", 3), ("m2", 1), ("m3", 4)] {
        for of in 0..reviews {
            learner.review(&format!("{module}-assignment"), of, 50);
        }
    }
    learner.submit("practice");
    learner.graded("practice", 6_000, json!({"step": "practice"}));
    learner
}

#[test]
fn p2_the_city_programme_gives_75_25_and_a_pass() {
    let world = World::fixture("every-kind");
    let learner = p2_learner(&world);
    let seen = world.judge("p2-learner", &[&learner.progress()]);
    let expected = [
        ("study-time", "33.75"),
        ("activities", "8"),
        ("posts", "5.5"),
        ("assignments", "15"),
        ("reviews", "7"),
        ("practice", "6"),
    ];
    for (indicator, points) in expected {
        assert_eq!(seen.of_indicator(indicator), points, "{indicator}");
    }
    assert_eq!((seen.score.as_str(), seen.passed), ("75.25", true));
    assert_eq!(seen.level, "pass");
    // The grade is another's word; the rest is the learner's own.
    assert_eq!(seen.certain, "69.25");
    // The planner fills every gap, and no more.
    let gains: Fraction = seen.plan.iter().map(|todo| todo.gain).sum();
    let awaited = seen.plan.iter().any(|todo| todo.task == Task::Await);
    assert_eq!((gains.to_string().as_str(), awaited), ("22.75", false));
    let study = seen.plan.iter().filter(|todo| todo.task == Task::Study);
    let study: Vec<_> = study
        .map(|todo| (todo.minutes, todo.gain.to_string()))
        .collect();
    assert_eq!(study, [(70, "1.75".to_owned()), (180, "4.5".to_owned())]);
}

#[test]
fn p2_as_a_threshold_gives_nothing_for_a_part() {
    let world = World::fixture("every-kind");
    let learner = p2_learner(&world);
    let seen = world.judge("p2-graded", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("study-time"), "0");
    assert_eq!(seen.of_indicator("assignments"), "0");
}

#[test]
fn p3_the_school_programme_gives_73_2_and_a_pass() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    learner
        .listed("training-1", "absent")
        .listed("training-2", "late")
        .listed("training-3", "late")
        .listed("training-4", "present")
        .graded("notes", 8_000, json!({}))
        .sat("exam", 72_000)
        .graded("assignments", 16_000, json!({}));
    let seen = world.judge("p3-round", &[&learner.progress()]);
    let expected = [
        ("attendance", "6"),
        ("notes", "8"),
        ("exam", "43.2"),
        ("assignments", "16"),
    ];
    for (indicator, points) in expected {
        assert_eq!(seen.of_indicator(indicator), points, "{indicator}");
    }
    assert_eq!(
        (seen.score.as_str(), seen.level.as_str(), seen.passed),
        ("73.2", "pass", true)
    );
    assert_eq!(seen.gates, [GateState::Open]);
    // Nobody vouches for any of it yet: a full attendance is all that is certain.
    assert_eq!(seen.certain, "10");
}

#[test]
fn p3_four_absences_and_one_late_fail_whatever_the_total() {
    let world = World::fixture("every-kind");
    let mut learner = Learner::enrolled(&world);
    for session in 1..=4 {
        learner.listed(&format!("training-{session}"), "absent");
    }
    learner
        .listed("training-5", "late")
        .graded("notes", 10_000, json!({}))
        .sat("exam", 100_000)
        .graded("assignments", 20_000, json!({}));
    let seen = world.judge("p3-round", &[&learner.progress()]);
    assert_eq!(seen.of_indicator("attendance"), "1");
    assert_eq!(
        (seen.score.as_str(), seen.level.as_str(), seen.passed),
        ("91", "excellent", false)
    );
    let closed = GateState::Closed {
        have: Fraction::whole(1),
        need: Fraction::whole(2),
    };
    assert_eq!(seen.gates, [closed]);
}

#[test]
fn p4_the_prefecture_converts_195_of_250_to_78_and_225_to_exactly_90() {
    let world = World::fixture("every-kind");
    let graded = |tasks: [(&str, i64); 3]| {
        let mut learner = Learner::enrolled(&world);
        for (task, points) in tasks {
            learner.graded("plan", points * 1_000, json!({"task": task}));
        }
        world.judge("p4-year", &[&learner.progress()])
    };
    let seen = graded([("courses", 120), ("lesson", 40), ("paper", 35)]);
    assert_eq!(seen.of_indicator("plan"), "195");
    assert_eq!(
        (seen.score.as_str(), seen.level.as_str(), seen.passed),
        ("78", "pass", true)
    );
    let seen = graded([("courses", 150), ("lesson", 45), ("paper", 30)]);
    assert_eq!(
        (seen.score.as_str(), seen.level.as_str()),
        ("90", "excellent")
    );
    // No task brings more than it has.
    let seen = graded([("courses", 999), ("lesson", 999), ("paper", 999)]);
    assert_eq!(seen.score, "100");
}

#[test]
fn p5_missing_exactly_one_third_is_not_completed() {
    let world = World::fixture("every-kind");
    let missed = |absences: u32| {
        let mut learner = Learner::enrolled(&world);
        for session in 1..=12 {
            let status = if session <= absences {
                "absent"
            } else {
                "present"
            };
            learner.listed(&format!("training-{session}"), status);
        }
        world.judge("p5-learner", &[&learner.progress()])
    };
    let seen = missed(4);
    assert!(!seen.passed);
    assert_eq!(seen.score, "8");
    let closed = GateState::Closed {
        have: Fraction::whole(4),
        need: Fraction::whole(4),
    };
    assert_eq!(seen.gates, [closed]);
    let seen = missed(3);
    assert!(seen.passed);
    assert!(
        matches!(seen.gates[..], [GateState::AtRisk { .. }]),
        "one more closes it"
    );
    assert_eq!(missed(2).gates, [GateState::Open]);
}

#[test]
fn p5_a_studio_is_judged_at_two_stages_by_weighted_parties() {
    let world = World::fixture("every-kind");
    let mut host = Learner::enrolled(&world);
    let full = |indicator: &str| match indicator {
        "planning" => json!({"a1": 8_000, "a2": 6_000, "a3": 6_000}),
        "organisation" => json!({"b1": 10_000, "b2": 5_000, "b3": 5_000}),
        "training" => json!({"c1": 5_000, "c2": 10_000, "c3": 10_000}),
        "research" => json!({"d1": 10_000, "d2": 10_000}),
        "influence" => json!({"e1": 8_000, "e2": 7_000}),
        _ => json!({"f1": 10_000}),
    };
    let mut judge =
        |by: &str, judge: &str, stage: &str, indicator: &str, criteria: serde_json::Value| {
            host.record(
                "grade",
                by,
                json!({"indicator": indicator, "group": "studio", "judge": judge, "stage": stage,
                "criteria": criteria}),
            );
        };
    for indicator in ["planning", "organisation", "training"] {
        for (party, stage) in [
            ("self", "mid-term"),
            ("experts", "mid-term"),
            ("self", "final"),
            ("learners", "final"),
            ("experts", "final"),
        ] {
            judge(party, party, stage, indicator, full(indicator));
        }
    }
    for party in ["self", "learners", "experts"] {
        judge(party, party, "final", "research", full("research"));
    }
    // Two experts of one party are averaged: (15 + 5) / 2 of 15, at a quarter of the weight.
    for stage in ["mid-term", "final"] {
        judge("one", "experts", stage, "influence", full("influence"));
        judge("two", "experts", stage, "influence", json!({"e1": 5_000}));
    }
    // The studio judges itself half as good at mid-term: 5 × 40 % of 40 %.
    judge("self", "self", "mid-term", "features", json!({"f1": 5_000}));
    let seen = world.judge("p5-studio", &[&host.progress()]);
    for indicator in ["planning", "organisation", "research"] {
        assert_eq!(seen.of_indicator(indicator), "20", "{indicator}");
    }
    assert_eq!(seen.of_indicator("training"), "25");
    assert_eq!(seen.of_indicator("influence"), "2.5");
    assert_eq!(seen.of_indicator("features"), "0.8");
    assert_eq!(
        (seen.score.as_str(), seen.level.as_str()),
        ("88.3", "excellent")
    );
    assert_eq!(seen.certain, "0");
    let awaited: Vec<_> = seen
        .plan
        .iter()
        .map(|todo| todo.indicators[0].as_str())
        .collect();
    assert_eq!(awaited, ["influence"], "three parties have not judged it");
}

#[test]
fn p1_a_county_is_judged_by_what_its_learners_do_together() {
    let world = World::fixture("every-kind");
    let mut one = Learner::numbered(&world, 1, at("2016-11-15T09:00:00+08:00"));
    let mut two = Learner::numbered(&world, 2, at("2016-11-15T09:00:00+08:00"));
    one.listed("conference-1", "present")
        .listed("conference-2", "absent");
    two.listed("conference-1", "present");
    // Ten exchanges: five posts each in the shared space; others' posts there are not exchanges.
    for _ in 0..5 {
        one.post("partner-salon", 60);
        two.post("partner-salon", 60);
        two.post("salon", 60);
    }
    // One of the two passes as a learner.
    for placed in world.course.steps() {
        one.complete(placed.step.id.as_str());
    }
    one.submit("typical-case")
        .graded("case", 20_000, json!({"step": "typical-case"}));
    let (one, two) = (one.progress(), two.progress());
    let learner = world.judge("p1-learner", &[&one]);
    assert_eq!(
        (
            learner.of_indicator("tasks"),
            learner.of_indicator("exchange")
        ),
        ("40", "10")
    );
    assert!(learner.passed, "{learner:?}");
    assert!(!world.judge("p1-learner", &[&two]).passed);
    let seen = world.judge("p1-county", &[&one, &two]);
    // One of two conferences.
    assert_eq!(seen.of_indicator("conferences"), "10");
    // The members were at half of them, which is under the threshold of 80 %.
    assert_eq!(seen.of_indicator("members"), "0");
    // Ten posts and one conference of the pairing, which two attended: 12 of 40.
    assert_eq!(seen.of_indicator("pairing"), "9");
    // Half of its members passed; 95 % earn all.
    assert_eq!(seen.of_indicator("share"), "21.05");
    assert_eq!(seen.score, "40.05");
}

#[test]
fn p2_a_class_counts_bulletins_and_sessions_a_month() {
    let world = World::fixture("every-kind");
    let mut tutor = Learner::enrolled(&world);
    tutor.at("2016-12-03T20:00:00+08:00").attend("salon-1");
    tutor.at("2017-01-07T20:00:00+08:00").attend("salon-2");
    tutor.at("2017-01-08T20:00:00+08:00").attend("salon-3");
    tutor.record("bulletin", "tutor", json!({"text": "第一期"}));
    let seen = world.judge("p2-class", &[&tutor.progress()]);
    assert_eq!(seen.of_indicator("bulletins"), "2");
    assert_eq!(seen.of_indicator("sessions"), "4");
    assert_eq!(
        seen.not_counted,
        [("sessions".to_owned(), "PeriodFull".to_owned())]
    );
}
