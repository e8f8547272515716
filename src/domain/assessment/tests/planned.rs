//! What is left to do, and what it would bring.

use serde_json::{Value, json};

use super::world::{Learner, World, at, count, reasons, world};
use crate::domain::assessment::{Task, standing, what_if};

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
    let world = super::world::world(&[("i", 20, each)]);
    let mut learner = Learner::enrolled(&world);
    learner.graded("i", 5_000, json!({"step": "m1-assignment"}));
    let plan = world.judge("s", &[&learner.progress()]).plan;
    assert_eq!((plan.len(), plan[0].gain.to_string().as_str()), (1, "15"));
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
    let full = super::world::world(&[("i", 2, count(&json!({"kind": "showcases"}), 2.0))]);
    assert!(full.judge("s", &[&learner.progress()]).plan.is_empty());
    assert_eq!(full.judge("s", &[&learner.progress()]).certain, "2");
    // Shown by somebody else in this learner's name: it counts for nobody.
    let mut other = Learner::enrolled(&full);
    other.record("showcase", "somebody", json!({"step": "practice"}));
    assert_eq!(full.judge("s", &[&other.progress()]).score, "0");
}

#[test]
fn bonuses_lift_what_if_above_full_marks_where_the_scheme_says_so() {
    let world = World::fixture("every-kind");
    let learner = Learner::enrolled(&world).progress();
    let members = [&learner];
    let case = world.case("p5-studio", &members);
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
fn reviewing_a_step_does_not_complete_it_and_submitting_does() {
    let reviews = json!({"kind": "count", "what": {"kind": "reviews", "groups": ["practice"]},
        "pointsEach": 2, "most": 4});
    let steps = count(&json!({"kind": "steps", "groups": ["practice"]}), 4.0);
    let world = super::world::world(&[("reviews", 8, reviews), ("steps", 4, steps)]);
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
    let world = super::world::world(&[("i", 50, minutes("proportional"))]);
    let learner = Learner::enrolled(&world).progress();
    let seen = world.judge("s", &[&learner]);
    let [todo] = seen.plan.as_slice() else {
        panic!("{:?}", seen.plan);
    };
    let content = u64::from(todo.minutes);
    assert!(content < 5_000, "{content}");
    let share = crate::domain::fraction::Fraction::new(u64::into(content), 100);
    assert_eq!(todo.gain, share);
    let world = super::world::world(&[("i", 50, minutes("threshold"))]);
    assert!(world.judge("s", &[&learner]).plan.is_empty());
}
