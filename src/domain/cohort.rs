//! A class as its members see it: who handed in what, and how each learner of a roster stands.

use crate::domain::assessment::{Assessment, Scheme, SchemeStanding, standings};
use crate::domain::course::Course;
use crate::domain::fields::Fields;
use crate::domain::fold::Fold;
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, RegistrationId, Slug};
use crate::domain::progress::{Progress, Work, WorkKind};
use crate::domain::roster::{Person, Roster};
use crate::domain::standing;
use crate::domain::time::Moment;

/// The latest version of what somebody handed in at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Whose it is ([`crate::domain::record::Actor::person`]).
    pub person: String,
    /// The registration that it belongs to.
    pub registration: RegistrationId,
    /// Its record.
    pub id: RecordId,
    /// When it was handed in.
    pub at: Moment,
    /// How many versions came before it.
    pub earlier: usize,
    /// Whom of the class it was reviewed by; any version counts.
    pub reviewed_by: Vec<String>,
}

/// What was handed in at a step of a course, one a person, in the order of persons. Of registrations
/// whose enrolment is not for this device to see the step's id has to do.
#[must_use]
pub fn handed_in(fold: &Fold, course: &str, step: &Slug) -> Vec<HandedIn> {
    let mut all: Vec<HandedIn> = Vec::new();
    for (registration, people) in fold.registrations.iter() {
        for (person, progress) in people.iter() {
            let other = progress
                .enrolment
                .as_ref()
                .is_some_and(|of| of.course != course);
            let known = progress.steps.get(step).filter(|_| !other);
            let Some(known) = known else { continue };
            // Whoever does not see the enrolment knows it from the submission.
            let here = |work: &&Work| work.place.is_empty() || work.place == course;
            let versions = || known.made(WorkKind::Submission).filter(here);
            let earlier = versions().count();
            let Some(last) = versions().next_back() else {
                continue;
            };
            let handed = HandedIn {
                person: person.clone(),
                registration: registration.clone(),
                id: last.id.clone(),
                at: last.at,
                earlier: earlier - 1,
                reviewed_by: Vec::new(),
            };
            let twin = all.iter_mut().find(|twin| twin.person == *person);
            match twin {
                Some(twin) if twin.at < handed.at => *twin = handed,
                Some(_) => {}
                None => all.push(handed),
            }
        }
    }
    let reviews = reviews(fold);
    for one in &mut all {
        one.reviewed_by = reviewers(fold, step, &reviews, &one.registration, &one.person);
    }
    all.sort_unstable_by(|one, two| one.person.cmp(&two.person));
    all
}

/// What every review is of, and who wrote it: looked for once, and not once a submission.
fn reviews(fold: &Fold) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    for (_, people) in fold.registrations.iter() {
        for (by, progress) in people.iter() {
            let reviews = progress.kept.iter().filter(|kept| kept.kind == "review");
            let of = reviews.filter_map(|kept| Fields(&kept.body).text("of"));
            all.extend(of.map(|of| (of, by.as_str())));
        }
    }
    all
}

/// Who reviewed a person's submissions at a step.
fn reviewers(
    fold: &Fold,
    step: &Slug,
    reviews: &[(&str, &str)],
    registration: &RegistrationId,
    person: &str,
) -> Vec<String> {
    let people = fold.registrations.get(registration);
    let author = people.and_then(|people| people.get(person));
    let known = author.and_then(|author| author.steps.get(step));
    let ids: Vec<&str> = known.map_or_else(Vec::new, |known| {
        let versions = known.made(WorkKind::Submission);
        versions.map(|work| work.id.as_str()).collect()
    });
    let mut reviewers: Vec<String> = Vec::new();
    for (of, by) in reviews {
        let new = *by != person && !reviewers.iter().any(|known| known == by);
        if new && ids.contains(of) {
            reviewers.push((*by).to_owned());
        }
    }
    reviewers
}

/// How a learner of the roster stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who.
    pub person: Person,
    /// The registration of the highest attempt; `None` when nothing came from them yet.
    pub registration: Option<RegistrationId>,
    /// Study time that is credited, in milliseconds.
    pub credited_ms: u64,
    /// Steps that are complete.
    pub steps_done: usize,
    /// Score so far by the scheme, if there is one.
    pub points: Option<Fraction>,
    /// The place of the level among the scheme's.
    pub level: usize,
    /// Whether that passes.
    pub passed: bool,
    /// Indicators that are not full, with what they have and what they can have.
    pub lacks: Vec<(Slug, Fraction, Fraction)>,
    /// When something was last recorded that counts; `None` if nothing was.
    pub last: Option<Moment>,
}

/// How the learners of a roster stand in a course, in the order of the roster.
#[must_use]
pub fn rows(
    fold: &Fold,
    course: &Course,
    assessment: &Assessment,
    scheme: Option<&Scheme>,
    roster: &Roster,
    now: Moment,
) -> Vec<Row> {
    let learners = roster.people.iter().filter(|person| !person.is_tutor());
    let row = |person: &Person| {
        let account = roster.account(&person.id).account();
        row(fold, course, assessment, scheme, person, &account, now)
    };
    learners.map(row).collect()
}

/// How one learner stands in a course, known by their account.
#[must_use]
pub fn row(
    fold: &Fold,
    course: &Course,
    assessment: &Assessment,
    scheme: Option<&Scheme>,
    person: &Person,
    account: &str,
    now: Moment,
) -> Row {
    let attempts = fold.attempts(&course.id, account);
    let singles: Vec<[&Progress; 1]> = attempts.iter().map(|progress| [progress]).collect();
    let judged = scheme.and_then(|scheme| standings(course, assessment, scheme, &singles, now));
    let judged = judged.map(|(_, judged)| judged);
    let progress = attempts.last();
    let steps = || course.steps().map(|placed| placed.step);
    Row {
        person: person.clone(),
        registration: fold.registration_of(&course.id, account).cloned(),
        credited_ms: progress.map_or(0, |progress| standing::credited(course, progress)),
        steps_done: progress.map_or(0, |progress| {
            let done = |id: &Slug| progress.step(id).completed_at.is_some();
            steps().filter(|step| done(&step.id)).count()
        }),
        points: judged.as_ref().map(|judged| judged.score.points),
        level: judged.as_ref().map_or(0, |judged| judged.level),
        passed: judged.as_ref().is_some_and(|judged| judged.passed),
        lacks: judged.as_ref().map_or_else(Vec::new, lacks),
        last: progress.and_then(last),
    }
}

fn lacks(judged: &SchemeStanding<'_>) -> Vec<(Slug, Fraction, Fraction)> {
    let mut lacks = Vec::new();
    for each in &judged.indicators {
        let possible = Fraction::from(each.indicator.points);
        if each.earned.points < possible {
            lacks.push((each.indicator.id.clone(), each.earned.points, possible));
        }
    }
    lacks
}

/// When a learner last made or completed something, or studied on which day.
fn last(progress: &Progress) -> Option<Moment> {
    let mut latest = None;
    for (_, step) in progress.steps.iter() {
        let made = step.work.last().map(|work| work.at);
        latest = latest.max(made).max(step.completed_at);
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::read;
    use crate::domain::body::{Body, Enrolled};
    use crate::domain::fold::RuleBook;
    use crate::domain::ids::InstallationId;
    use crate::domain::record::{Author, Record, Sender};
    use crate::domain::review::Review;
    use crate::domain::work::Submission;
    use crate::package::open::open;
    use serde_json::{Value, json};

    const COURSE: &[u8] = include_bytes!("../../public/courses/p2-growth/course.json");

    fn roster() -> Roster {
        let people = json!([{"id": "chen", "name": "陈老师", "role": "tutor"},
            {"id": "li", "name": "李娜", "role": "learner"},
            {"id": "wang", "name": "王伟", "role": "learner"}]);
        Roster::read(&json!({"class": "tag:x,2026:c", "title": "示范班", "people": people}))
            .unwrap()
    }

    fn step() -> Slug {
        Slug::parse("m1t1-assignment").unwrap()
    }

    fn id(number: u8) -> RecordId {
        RecordId::from_random([number; 16])
    }

    /// Takes in a record of a member's own registration.
    fn hear(fold: &mut Fold, who: &str, number: u8, body: Body) {
        let account = roster().account(who);
        let place = u8::try_from(who.len()).unwrap();
        let registration = RegistrationId::from_random([place; 16]);
        let author = Author {
            actor: account.clone(),
            installation: InstallationId::from_random([place; 16]),
        };
        let new = body.into_record(id(number), registration).unwrap();
        let record = Record::seal(new, &author, None, Moment(i64::from(number) * 1_000)).unwrap();
        let verified = true;
        fold.apply(
            &record.from(Sender { account, verified }),
            &RuleBook::default(),
        );
    }

    fn enrolled(course: &Course) -> Body {
        Body::Enrolled(Enrolled {
            course: course.id.clone(),
            course_version: course.version.clone(),
            course_hash: course.hash,
            attempt: 1,
        })
    }

    fn submission() -> Body {
        Body::Submission(Submission {
            step: step(),
            text: "具体".into(),
            files: Vec::new(),
            course: None,
        })
    }

    #[test]
    fn what_was_handed_in_in_another_course_under_a_step_of_this_name_is_not_here() {
        let course = open(COURSE).unwrap();
        let of = |course: &str| {
            let Body::Submission(mut submission) = submission() else {
                panic!("it is one");
            };
            submission.course = Some(course.to_owned());
            Body::Submission(submission)
        };
        let mut fold = Fold::default();
        hear(&mut fold, "wang", 1, of("tag:another"));
        assert!(handed_in(&fold, &course.id, &step()).is_empty());
        hear(&mut fold, "wang", 2, of(&course.id));
        let handed = handed_in(&fold, &course.id, &step());
        assert_eq!((&handed[0].id, handed[0].earlier), (&id(2), 0));
    }

    #[test]
    fn the_latest_version_is_what_was_handed_in_and_a_review_of_any_version_counts() {
        let course = open(COURSE).unwrap();
        let mut fold = Fold::default();
        // Of whom no enrolment is for this device to see.
        hear(&mut fold, "wang", 1, submission());
        hear(&mut fold, "wang", 2, submission());
        let review = Review {
            step: step(),
            of: id(1),
            criteria: Vec::new(),
            text: "好".into(),
        };
        hear(&mut fold, "li", 3, Body::Assessed("review", review.write()));
        let all = handed_in(&fold, &course.id, &step());
        let [one] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!((&one.id, one.earlier), (&id(2), 1));
        assert_eq!(one.person, roster().account("wang").account());
        assert_eq!(one.reviewed_by, [roster().account("li").account()]);
        // Another course has such a step, too.
        let other = Body::Enrolled(Enrolled {
            course: "tag:x,2026:other".into(),
            course_version: "1".into(),
            course_hash: course.hash,
            attempt: 1,
        });
        hear(&mut fold, "wang", 4, other);
        assert!(handed_in(&fold, &course.id, &step()).is_empty());
    }

    #[test]
    fn every_learner_of_the_roster_has_a_row_and_the_tutor_has_none() {
        let course = open(COURSE).unwrap();
        let json: Value = serde_json::from_slice(COURSE).unwrap();
        let assessment = read(&json, 480).unwrap();
        let mut fold = Fold::default();
        hear(&mut fold, "wang", 1, enrolled(&course));
        hear(&mut fold, "wang", 2, submission());
        hear(&mut fold, "chen", 3, enrolled(&course));
        let scheme = assessment.schemes.first();
        let rows = rows(
            &fold,
            &course,
            &assessment,
            scheme,
            &roster(),
            Moment(5_000),
        );
        let names: Vec<&str> = rows.iter().map(|row| row.person.id.as_str()).collect();
        assert_eq!(names, ["li", "wang"]);
        let [li, wang] = rows.as_slice() else {
            panic!()
        };
        assert_eq!((&li.registration, li.points, li.last), (&None, None, None));
        assert_eq!(
            wang.points
                .map(|points| points.to_points().to_string())
                .as_deref(),
            Some("5")
        );
        assert!(!wang.passed);
        assert_eq!(wang.last, Some(Moment(2_000)));
        let lacks = wang
            .lacks
            .iter()
            .map(|(id, has, of)| format!("{id} {}/{}", has.to_points(), of.to_points()));
        let lacks: Vec<String> = lacks.collect();
        assert!(lacks.contains(&"assignments 5/20".to_owned()), "{lacks:?}");
    }
}
