//! What rules count: posts, submissions, attendances and whatever else is done.

use crate::domain::assessment::case::{Case, Item, NotCounted, Source};
use crate::domain::assessment::received::Presence;
use crate::domain::assessment::scheme::Assessment;
use crate::domain::count::Count;
use crate::domain::course::{Step, StepContent, StepKind};
use crate::domain::fields::Fields;
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::{Kept, Progress, StepProgress, Work, WorkKind};
use crate::domain::sorted::{Sorted, in_order};
use crate::domain::time::Moment;

/// What counts. Where groups of steps are named, only what belongs to them does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What is counted.
    pub what: What,
    /// Groups of steps; all steps when empty.
    pub groups: Vec<Slug>,
    /// Fewest characters; the step's own when absent.
    pub least: Option<u32>,
    /// Only what is shared with the partner groups of this pairing.
    pub partnership: Option<Slug>,
    /// Kinds of steps; all when empty. Only for steps.
    pub kinds: Vec<StepKind>,
}

/// Kinds of things that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Posts and replies.
    Posts,
    /// Submissions, one a step.
    Submissions,
    /// Reviews of peers' submissions, one a submission.
    Reviews,
    /// Sessions attended.
    Attendances,
    /// Sessions held, for groups.
    Sessions,
    /// Reflections, one a step.
    Reflections,
    /// Questions to the experts.
    Questions,
    /// Study notes.
    Notes,
    /// Works that were showcased.
    Showcases,
    /// Steps completed.
    Steps,
    /// Exams passed.
    ExamsPassed,
    /// Bulletins, for groups.
    Bulletins,
}

impl What {
    /// Whether a step counts once, however often it is done.
    pub(super) fn once_a_step(self) -> bool {
        !matches!(
            self,
            Self::Posts | Self::Reviews | Self::Questions | Self::Notes | Self::Bulletins
        )
    }

    /// The kind of step in which it is done.
    pub(super) fn kind(self) -> Option<StepKind> {
        Some(match self {
            Self::Posts => StepKind::Discussion,
            Self::Submissions | Self::Reviews => StepKind::Assignment,
            Self::Attendances | Self::Sessions => StepKind::Activity,
            Self::Reflections | Self::Questions => StepKind::Reflection,
            Self::ExamsPassed => StepKind::Exam,
            Self::Notes | Self::Showcases | Self::Steps | Self::Bulletins => return None,
        })
    }
}

impl Counted {
    /// Reads one.
    #[must_use]
    pub fn read(at: Fields<'_>) -> Option<Self> {
        let what = match at.text("kind")? {
            "posts" => What::Posts,
            "submissions" => What::Submissions,
            "reviews" => What::Reviews,
            "attendances" => What::Attendances,
            "sessions" => What::Sessions,
            "reflections" => What::Reflections,
            "questions" => What::Questions,
            "notes" => What::Notes,
            "showcases" => What::Showcases,
            "steps" => What::Steps,
            "exams_passed" => What::ExamsPassed,
            "bulletins" => What::Bulletins,
            _ => return None,
        };
        Some(Self {
            what,
            groups: at.slugs("groups")?,
            least: at.optional("minCharacters", |at| u32::try_from(at.0.as_u64()?).ok())?,
            partnership: at.optional("partnership", |at| Slug::parse(at.0.as_str()?))?,
            kinds: at.list_or_none("kinds", |at| kind(at.0.as_str()?))?,
        })
    }

    /// Whether the groups that it names are in the package.
    pub(super) fn is_of(&self, package: &Assessment) -> bool {
        self.groups.iter().all(|group| package.has_group(group))
    }

    /// Whether it can be done in a step.
    pub(super) fn fits(&self, case: &Case<'_>, step: &Step) -> bool {
        let kind = step.content.kind();
        let partnership = case
            .facts(&step.id)
            .and_then(|facts| facts.partnership.as_ref());
        self.what.kind().is_none_or(|of| of == kind)
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && case.in_groups(&step.id, &self.groups)
            && (self.partnership.is_none() || self.partnership.as_ref() == partnership)
    }

    /// Everything of the kind that the subject did, in order of time; what does not count says
    /// why. Points are not given yet.
    pub(super) fn things<'a>(&self, case: &Case<'a>) -> Vec<Thing<'a>> {
        let mut things = Vec::new();
        for member in case.members {
            match self.what {
                What::Showcases | What::Bulletins => self.kept(case, member, &mut things),
                _ => self.of_member(case, member, &mut things),
            }
        }
        let mut things = in_order(things, |thing| thing.at.0);
        if self.what == What::Sessions {
            // A session is held once, whoever of the group was there.
            let mut held: Vec<&Slug> = Vec::new();
            things.retain(|thing| {
                let step = thing.step;
                let first = step.is_none_or(|step| !held.contains(&step));
                held.extend(step);
                first
            });
        }
        for thing in &mut things {
            let inside = case.study.opens <= thing.at && thing.at < case.ends;
            if !inside && thing.not_counted.is_none() {
                thing.not_counted = Some(NotCounted::OutOfSeason);
            }
        }
        things
    }

    fn of_member<'a>(&self, case: &Case<'a>, member: &'a Progress, things: &mut Vec<Thing<'a>>) {
        let course = case.course;
        for placed in course.steps().filter(|placed| self.fits(case, placed.step)) {
            let step = placed.step;
            match self.what {
                What::Attendances | What::Sessions => attended(case, member, &step.id, things),
                What::Reviews => self.reviews(case, member, &step.id, things),
                _ => {
                    if let Some(known) = member.steps.get(&step.id) {
                        self.of_step(case, step, known, things);
                    }
                }
            }
        }
    }

    fn of_step<'a>(
        &self,
        case: &Case<'a>,
        step: &'a Step,
        known: &'a StepProgress,
        things: &mut Vec<Thing<'a>>,
    ) {
        let id = &step.id;
        let of = |work: &'a Work| Thing::of(id, work.at, &work.id);
        match self.what {
            What::Posts => {
                let StepContent::Discussion(discussion) = &step.content else {
                    return;
                };
                let least = self.least.unwrap_or(discussion.min_characters);
                let posts = known.latest_posts();
                things.extend(posts.map(|(work, size)| of(work).at_least(size, least)));
            }
            What::Submissions => things.extend(known.made(WorkKind::Submission).map(of)),
            What::Questions => things.extend(known.made(WorkKind::Question).map(of)),
            What::Reflections => {
                let least = least_of_prompts(step);
                let entries = known.made(WorkKind::Reflection);
                things.extend(entries.map(|work| of(work).at_least(work.size, least(&work.place))));
            }
            What::Notes => {
                let least = self.least.unwrap_or(0);
                things.extend(known.notes.iter().map(|(_, note)| {
                    let size = Count::characters_of(&note.text);
                    Thing::of(id, note.at, &note.id).at_least(size.into(), least)
                }));
            }
            What::Steps => {
                let completed = known.completed_at;
                things.extend(completed.map(|at| Thing::bare(Some(id), at)));
            }
            What::ExamsPassed => {
                let pass = case.facts(id).map_or(60, |facts| facts.pass_percent);
                let passed = known.made(WorkKind::Attempt);
                let passed = passed.filter(|work| work.size >= i64::from(pass) * 1_000);
                things.extend(passed.map(of));
            }
            What::Attendances
            | What::Sessions
            | What::Reviews
            | What::Showcases
            | What::Bulletins => {}
        }
    }

    fn reviews<'a>(
        &self,
        case: &Case<'a>,
        member: &'a Progress,
        step: &'a Slug,
        things: &mut Vec<Thing<'a>>,
    ) {
        let own = case.facts(step).map_or(0, |facts| facts.review_least);
        let least = self.least.unwrap_or(own);
        // Of several reviews of one submission the latest stands.
        let mut latest: Sorted<&str, &Kept> = Sorted::default();
        for kept in &member.kept {
            let at = Fields(&kept.body);
            if kept.kind == "review"
                && at.text("step") == Some(step.as_str())
                && let Some(of) = at.text("of")
            {
                latest.insert(of, kept);
            }
        }
        things.extend(latest.iter().map(|(_, kept)| {
            let size = Fields(&kept.body).whole("characters").unwrap_or(0);
            Thing::of(step, kept.at, &kept.id).at_least(size, least)
        }));
    }

    fn kept<'a>(&self, case: &Case<'a>, member: &'a Progress, things: &mut Vec<Thing<'a>>) {
        let kind = if self.what == What::Showcases {
            "showcase"
        } else {
            "bulletin"
        };
        for kept in member.kept.iter().filter(|kept| kept.kind == kind) {
            let provisional = kept.by != member.person() && !kept.verified;
            if provisional && !case.provisional {
                continue;
            }
            let step = Fields(&kept.body).slug("step");
            let step = step.and_then(|step| case.course.step(&step));
            let step = step.map(|placed| placed.step);
            // What is shown is a work of the learner's, in a step that the rule is about.
            let is_work = |step: &&Step| {
                let made = member.steps.get(&step.id);
                self.fits(case, step) && made.is_some_and(|made| !made.work.is_empty())
            };
            let nothing =
                self.what == What::Showcases && step.as_ref().is_none_or(|step| !is_work(step));
            let step = step.map(|step| &step.id);
            things.push(Thing {
                provisional,
                not_counted: nothing.then_some(NotCounted::NoWork),
                ..Thing::bare(step, kept.at).with(&kept.id)
            });
        }
    }
}

/// What is known of a learner at a session.
fn attended<'a>(
    case: &Case<'a>,
    member: &'a Progress,
    step: &'a Slug,
    things: &mut Vec<Thing<'a>>,
) {
    if let Some(known) = case.presence(member, step) {
        let absent = known.presence == Presence::Absent;
        things.push(Thing {
            provisional: known.provisional,
            presence: Some(known.presence),
            not_counted: absent.then_some(NotCounted::ListSaysNo),
            ..Thing::of(step, known.at, known.id)
        });
    }
}

/// Something that somebody did.
pub(super) struct Thing<'a> {
    pub id: Option<&'a RecordId>,
    pub step: Option<&'a Slug>,
    pub at: Moment,
    pub provisional: bool,
    pub presence: Option<Presence>,
    pub not_counted: Option<NotCounted>,
}

impl<'a> Thing<'a> {
    fn bare(step: Option<&'a Slug>, at: Moment) -> Self {
        Self {
            id: None,
            step,
            at,
            provisional: false,
            presence: None,
            not_counted: None,
        }
    }

    fn of(step: &'a Slug, at: Moment, id: &'a RecordId) -> Self {
        Self::bare(Some(step), at).with(id)
    }

    fn with(self, id: &'a RecordId) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }

    fn at_least(self, size: i64, least: u32) -> Self {
        let short = size < i64::from(least);
        Self {
            not_counted: short.then_some(NotCounted::TooShort { least }),
            ..self
        }
    }

    /// As an item that made `points`.
    pub(super) fn into_item(self, points: Fraction) -> Item<'a> {
        let source = match (self.id, self.step) {
            (None, Some(step)) => Source::Completed(step),
            (Some(id), step) => Source::Record {
                id,
                step: step.cloned(),
                about: None,
                stage: None,
                presence: self.presence,
            },
            (None, None) => Source::Members { reached: 0, all: 0 },
        };
        Item {
            source,
            at: Some(self.at),
            points,
            provisional: self.provisional,
            not_counted: self.not_counted,
        }
    }
}

/// Fewest characters of each prompt of a reflection.
fn least_of_prompts(step: &Step) -> impl Fn(&str) -> u32 {
    let prompts = match &step.content {
        StepContent::Reflection(reflection) => reflection.prompts.as_slice(),
        _ => &[],
    };
    move |place| {
        let found = prompts.iter().find(|prompt| prompt.id.as_str() == place);
        found.map_or(0, |prompt| prompt.min_characters)
    }
}

fn kind(word: &str) -> Option<StepKind> {
    Some(match word {
        "video" => StepKind::Video,
        "reading" => StepKind::Reading,
        "assignment" => StepKind::Assignment,
        "discussion" => StepKind::Discussion,
        "reflection" => StepKind::Reflection,
        "exam" => StepKind::Exam,
        "activity" => StepKind::Activity,
        _ => return None,
    })
}
