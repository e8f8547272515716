//! Peer review (互评): whose work is for whom to review, and what a review says.

use serde_json::{Map, Value, json};

use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::{Points, thousandths};
use crate::domain::progress::Kept;
use crate::domain::task::Criterion;

/// Whose work is for `me` to review next, in order: the learners in the order of the roster, turned by
/// a hash of class and step; of those who handed in the `count` that come after `me`, each other's
/// turn coming before anybody's second. When everybody has handed in, everybody's work goes to
/// exactly `count` others. Whoever has fewer than that to choose from gets all there are; nobody gets
/// oneself. It does not matter in which order `handed_in` is given.
#[must_use]
pub fn to_review(
    class: &str,
    step: &Slug,
    roster: &[&str],
    handed_in: &[&str],
    me: &str,
    count: usize,
) -> Vec<String> {
    let circle = turned(class, step, roster);
    let Some(own) = circle.iter().position(|who| *who == me) else {
        return Vec::new();
    };
    let after = circle[own + 1..].iter().chain(&circle[..own]);
    let theirs = after.filter(|who| handed_in.contains(who));
    theirs.take(count).map(|who| (*who).to_owned()).collect()
}

/// The learners turned by as many places as the hash says.
fn turned<'a>(class: &str, step: &Slug, roster: &[&'a str]) -> Vec<&'a str> {
    let mut circle = roster.to_vec();
    if !circle.is_empty() {
        let hash = Hash::of(format!("{class}\n{step}").as_bytes());
        let first: [u8; 4] = hash.as_bytes()[..4].try_into().unwrap_or_default();
        let places = u32::from_le_bytes(first) as usize % circle.len();
        circle.rotate_left(places);
    }
    circle
}

/// `review-assignment`: a tutor gives somebody's work to a learner to review, in whose registration
/// it stands.
#[must_use]
pub fn assignment(step: &Slug, author: &str) -> Value {
    json!({"step": step.as_str(), "author": author})
}

/// Whose work, by their ids in the roster, tutors gave a learner to review at a step, each once.
#[must_use]
pub fn assigned<'a>(kept: &'a [Kept], step: &Slug) -> Vec<&'a str> {
    let mut all = Vec::new();
    for kept in kept {
        let at = Fields(&kept.body);
        let here = kept.kind == "review-assignment" && at.text("step") == Some(step.as_str());
        if let Some(author) = at
            .text("author")
            .filter(|author| here && !all.contains(author))
        {
            all.push(author);
        }
    }
    all
}

/// Whose work a learner is offered to review: what a tutor gave (`assigned`) and is here, first and in
/// any case; then those whose `turn` it is, until `left` are offered. Nobody is offered oneself, nor
/// whom one has reviewed.
#[must_use]
pub fn offered(
    turn: &[String],
    assigned: &[&str],
    handed_in: &[&str],
    reviewed: &[&str],
    me: &str,
    left: usize,
) -> Vec<String> {
    let fits = |id: &str| id != me && handed_in.contains(&id) && !reviewed.contains(&id);
    let given = assigned.iter().copied().filter(|id| fits(id));
    let mut offered: Vec<String> = given.map(str::to_owned).collect();
    for id in turn {
        if offered.len() < left && fits(id) && !offered.contains(id) {
            offered.push(id.clone());
        }
    }
    offered
}

/// `review`: what a learner says of a peer's submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The step.
    pub step: Slug,
    /// The version that was reviewed.
    pub of: RecordId,
    /// Thousandths of points by criterion.
    pub criteria: Vec<(Slug, Points)>,
    /// The words.
    pub text: String,
}

impl Review {
    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut criteria = Map::new();
        for (id, points) in &self.criteria {
            criteria.insert(id.to_string(), points.thousandths().into());
        }
        json!({"step": self.step.as_str(), "of": self.of.as_str(), "criteria": criteria,
            "text": self.text})
    }
}

/// Points for a criterion as somebody typed them; `None` when they are none, or more than it has.
#[must_use]
pub fn points(typed: &str, criterion: &Criterion) -> Option<Points> {
    let thousandths = i64::try_from(thousandths(typed.trim())?).ok()?;
    let points = Points::from_thousandths(thousandths);
    (points <= criterion.points).then_some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step() -> Slug {
        Slug::parse("m1-assignment").unwrap()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("l{at}")).collect()
    }

    #[test]
    fn what_a_tutor_gave_to_review_is_read_back_once() {
        let kept = |kind: &str, body: Value| Kept {
            at: crate::domain::time::Moment(0),
            id: RecordId::from_random([1; 16]),
            kind: kind.to_owned(),
            by: "t".to_owned(),
            verified: true,
            body,
        };
        let other = Slug::parse("other").unwrap();
        let all = [
            kept("review-assignment", assignment(&step(), "li")),
            kept("review-assignment", assignment(&step(), "li")),
            kept("review-assignment", assignment(&other, "wang")),
            kept("review-assignment", json!({"step": step().as_str()})),
            kept("grade", assignment(&step(), "zhao")),
        ];
        assert_eq!(assigned(&all, &step()), ["li"]);
    }

    #[test]
    fn what_a_tutor_gave_is_offered_first_and_on_top_of_ones_turn() {
        let turn = ["a", "b", "c"].map(str::to_owned);
        let handed = ["a", "b", "c", "d", "me"];
        for (assigned, reviewed, left, expected) in [
            (&[][..], &[][..], 2, &["a", "b"][..]),
            (&["d"], &[], 2, &["d", "a"]),
            (&["d", "c"], &[], 1, &["d", "c"]),
            (&["d"], &["d", "a"], 1, &["b"]),
            (&["not-here", "me"], &[], 1, &["a"]),
            (&["a"], &[], 3, &["a", "b", "c"]),
        ] {
            let found = offered(&turn, assigned, &handed, reviewed, "me", left);
            assert_eq!(found, expected, "{assigned:?} {reviewed:?} {left}");
        }
    }

    proptest! {
        #[test]
        fn when_all_have_handed_in_everybody_is_reviewed_by_exactly_so_many_others(
            learners in 2usize..101, count in 1usize..5, class in "[a-z]{1,8}"
        ) {
            let names = names(learners);
            let roster: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut given: Vec<String> = Vec::new();
            for me in &roster {
                let mine = to_review(&class, &step(), &roster, &roster, me, count);
                prop_assert!(!mine.iter().any(|who| who == me), "never one's own");
                prop_assert_eq!(mine.len(), count.min(learners - 1));
                given.extend(mine);
            }
            for who in &roster {
                let times = given.iter().filter(|given| given == who).count();
                prop_assert_eq!(times, count.min(learners - 1));
            }
        }

        #[test]
        fn only_what_was_handed_in_is_given_and_as_much_as_there_is(
            learners in 1usize..30, handed in prop::collection::vec(any::<bool>(), 30), count in 1usize..5
        ) {
            let names = names(learners);
            let roster: Vec<&str> = names.iter().map(String::as_str).collect();
            let all: Vec<&str> = roster.iter().zip(&handed).filter(|(_, in_)| **in_).map(|(who, _)| *who).collect();
            let mut other = all.clone();
            other.reverse();
            for me in &roster {
                let mine = to_review("c", &step(), &roster, &all, me, count);
                let others = all.iter().filter(|who| *who != me).count();
                prop_assert_eq!(mine.len(), count.min(others));
                prop_assert!(mine.iter().all(|who| all.contains(&who.as_str())));
                prop_assert_eq!(&mine, &to_review("c", &step(), &roster, &other, me, count));
            }
        }
    }

    #[test]
    fn classes_and_steps_have_orders_of_their_own_and_strangers_get_nothing() {
        let names = names(40);
        let roster: Vec<&str> = names.iter().map(String::as_str).collect();
        let first = |class: &str, step: &str| {
            turned(class, &Slug::parse(step).unwrap(), &roster)[0].to_owned()
        };
        assert_ne!(first("a", "s"), first("b", "s"));
        assert_ne!(first("a", "s"), first("a", "t"));
        assert!(to_review("a", &step(), &roster, &roster, "stranger", 3).is_empty());
        assert!(to_review("a", &step(), &[], &[], "l1", 3).is_empty());
    }

    #[test]
    fn a_review_reads_as_assessment_reads_it_and_no_criterion_gets_too_much() {
        let review = Review {
            step: step(),
            of: RecordId::from_random([1; 16]),
            criteria: vec![(
                Slug::parse("clear").unwrap(),
                Points::from_thousandths(2_500),
            )],
            text: "具体".into(),
        };
        let body = review.write();
        assert_eq!(body["of"], review.of.as_str());
        assert_eq!(body["criteria"]["clear"], 2_500);
        let criterion = Criterion {
            id: Slug::parse("clear").unwrap(),
            title: crate::domain::text::Text::default(),
            description: crate::domain::text::Text::default(),
            points: Points::from_thousandths(3_000),
        };
        for (typed, expected) in [
            (" 2.5 ", Some(2_500)),
            ("3", Some(3_000)),
            ("3.001", None),
            ("-1", None),
            ("好", None),
            ("", None),
        ] {
            let points = points(typed, &criterion);
            assert_eq!(points.map(Points::thousandths), expected, "{typed}");
        }
    }
}
