//! What a rule judges by: the course, the scheme, and what the subject's records add up to.

use crate::domain::assessment::periods::Period;
use crate::domain::assessment::received::{self, Mark, Marks, Presence};
use crate::domain::assessment::scheme::{Assessment, Indicator, Scheme, StepFacts};
use crate::domain::course::{Course, Placed, StepContent};
use crate::domain::fraction::Fraction;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::{Kept, Progress, WorkKind};
use crate::domain::time::{Moment, Window};

/// What a scheme is judged by.
pub struct Case<'a> {
    /// The course.
    pub course: &'a Course,
    /// What its package says of assessment.
    pub assessment: &'a Assessment,
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The learner, or the members of the group.
    pub members: &'a [&'a Progress],
    /// Now.
    pub now: Moment,
    /// When the subject enrolled; of a group the first member.
    pub enrolled: Moment,
    /// The study phase of the subject.
    pub study: Window,
    /// Until when grades are given: the end of the grading phase, or of the study phase.
    pub ends: Moment,
    /// Grades; when only what is certain counts, those that somebody vouches for.
    pub marks: Marks<'a>,
    /// Whether what others say counts although nobody vouches for it yet.
    pub provisional: bool,
}

/// Something that made points, or did not.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    /// What it is.
    pub source: Source<'a>,
    /// When it was recorded.
    pub at: Option<Moment>,
    /// The points that it made; below 0 where it cost some.
    pub points: Fraction,
    /// Whether it rests on what others say, for which nobody vouches yet.
    pub provisional: bool,
    /// Why it does not count, if it does not.
    pub not_counted: Option<NotCounted>,
}

/// What made points, or did not.
#[derive(Debug, Clone, PartialEq)]
pub enum Source<'a> {
    /// A record, mostly of a step.
    Record {
        /// The record.
        id: &'a RecordId,
        /// The step, if it is about one.
        step: Option<Slug>,
        /// The party that judged, the task that was graded, or nothing.
        about: Option<&'a str>,
        /// The stage at which it was judged.
        stage: Option<&'a str>,
        /// What happened at a session.
        presence: Option<Presence>,
    },
    /// Study time of a module, in milliseconds: credited, and of that counted towards the target.
    Minutes {
        /// The module.
        module: &'a Slug,
        /// Credited.
        credited_ms: u64,
        /// Counted, after daily caps and up to the target.
        counted_ms: u64,
        /// The target.
        target_ms: u64,
        /// Left out because of the daily cap.
        over_day_ms: u64,
        /// Left out because it was outside the study phase.
        outside_ms: u64,
        /// All that the content of the module can give.
        content_ms: u64,
    },
    /// A step that was completed.
    Completed(&'a Slug),
    /// Members who reached something, of all members.
    Members {
        /// Who reached it.
        reached: u64,
        /// All.
        all: u64,
    },
    /// Sessions attended, of all sessions.
    Sessions {
        /// Attended.
        attended: Fraction,
        /// All.
        all: u64,
    },
}

/// Why something does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCounted {
    /// Fewer characters than these.
    TooShort {
        /// Fewest that count.
        least: u32,
    },
    /// The same step counts once.
    Again,
    /// So many in a module count, and they are there.
    ModuleFull,
    /// So many in a term, year or month count, and they are there.
    PeriodFull,
    /// The indicator has all the points that it can have.
    Full,
    /// Outside the study phase or its periods.
    OutOfSeason,
    /// No rung of the ladder.
    NoRung,
    /// The list says that the learner was not there.
    ListSaysNo,
    /// Another attempt counts.
    OtherAttempt,
    /// Said of oneself, or by somebody who has not signed in.
    OwnWord,
    /// By a party, or at a stage, that the scheme does not know.
    NoParty,
    /// No work of the course: a showcase of nothing.
    NoWork,
}

impl<'a> Item<'a> {
    /// An item for a grade.
    pub(super) fn of_mark(mark: &Mark<'a>, points: Fraction) -> Self {
        Self {
            source: Source::Record {
                id: mark.id,
                step: mark.step.clone(),
                about: mark.judge.or(mark.task),
                stage: mark.stage,
                presence: None,
            },
            at: Some(mark.at),
            points,
            provisional: !mark.verified,
            not_counted: None,
        }
    }
}

impl<'a> Case<'a> {
    /// The case of a scheme.
    #[must_use]
    pub fn new(
        course: &'a Course,
        assessment: &'a Assessment,
        scheme: &'a Scheme,
        members: &'a [&'a Progress],
        now: Moment,
    ) -> Self {
        let enrolled = members
            .iter()
            .filter_map(|member| member.enrolment.as_ref());
        let enrolled = enrolled.map(|enrolment| enrolment.at).min().unwrap_or(now);
        let phases = course.calendar.phases(enrolled);
        let ends = phases
            .grading
            .map_or(phases.study.closes, |grading| grading.closes);
        Self {
            course,
            assessment,
            scheme,
            members,
            now,
            enrolled,
            study: phases.study,
            ends: ends.max(phases.study.closes),
            marks: received::marks(members, &scheme.id, scheme.group.as_ref(), false),
            provisional: true,
        }
    }

    /// The same case without what rests on others' word alone.
    #[must_use]
    pub fn certain(&self) -> Case<'a> {
        let Scheme { id, group, .. } = self.scheme;
        Case {
            marks: received::marks(self.members, id, group.as_ref(), true),
            provisional: false,
            ..*self
        }
    }

    /// The same case with one of its members alone.
    pub(super) fn of(&self, one: &'a [&'a Progress]) -> Case<'a> {
        Case {
            members: one,
            marks: Marks::default(),
            ..*self
        }
    }

    /// The grades of an indicator.
    pub(super) fn marks_of<'s>(
        &'s self,
        indicator: &'s Indicator,
    ) -> impl DoubleEndedIterator<Item = &'s Mark<'a>> {
        let of = move |mark: &&Mark<'a>| mark.indicator == indicator.id.as_str();
        self.marks.standing.iter().filter(of)
    }

    /// The grades of an indicator that do not stand, as items.
    pub(super) fn left_out<'s>(
        &'s self,
        indicator: &'s Indicator,
    ) -> impl Iterator<Item = Item<'a>> + 's {
        let all = self.marks.left_out.iter();
        let of = all.filter(move |(mark, _)| mark.indicator == indicator.id.as_str());
        of.map(|(mark, why)| Item {
            not_counted: Some(*why),
            ..Item::of_mark(mark, Fraction::ZERO)
        })
    }

    /// What schemes know of a step.
    pub(super) fn facts(&self, step: &Slug) -> Option<&'a StepFacts> {
        self.assessment.steps.get(step)
    }

    /// Whether a step belongs to one of these groups; every step does when there are none.
    pub(super) fn in_groups(&self, step: &Slug, groups: &[Slug]) -> bool {
        let group = self.facts(step).and_then(|facts| facts.group.as_ref());
        groups.is_empty() || group.is_some_and(|group| groups.contains(group))
    }

    /// The module of a step, as its place in the course.
    pub(super) fn module_of(&self, step: &Slug) -> Option<usize> {
        self.course.modules.iter().position(|module| {
            let mut steps = module.topics.iter().flat_map(|topic| &topic.steps);
            steps.any(|each| each.id == *step)
        })
    }

    /// The activities of these groups, in order.
    pub(super) fn sessions<'s>(
        &'s self,
        groups: &'s [Slug],
    ) -> impl Iterator<Item = Placed<'a>> + 's {
        self.course.steps().filter(move |placed| {
            let is_activity = matches!(placed.step.content, StepContent::Activity(_));
            is_activity && self.in_groups(&placed.step.id, groups)
        })
    }

    /// When a session begins and ends, if that is known.
    pub(super) fn session_time(&self, placed: &Placed<'_>) -> Option<Window> {
        let StepContent::Activity(activity) = &placed.step.content else {
            return None;
        };
        let opening = activity.when.as_ref()?;
        Some(self.course.calendar.opening(opening, self.enrolled))
    }

    /// What lists say of a member at each session.
    pub(super) fn presences(&self, member: &'a Progress) -> Vec<(Slug, Presence, &'a Kept)> {
        received::presences(member, !self.provisional)
    }

    /// Whether a member was at a session: by a list, else by the learner's own word.
    /// `None` if nobody says so; otherwise the time, the record and what they say.
    pub(super) fn presence(&self, member: &'a Progress, step: &Slug) -> Option<Attended<'a>> {
        let mut lists = self.presences(member).into_iter();
        if let Some((_, presence, kept)) = lists.find(|(known, _, _)| known == step) {
            return Some(Attended {
                at: kept.at,
                id: &kept.id,
                presence,
                provisional: !kept.verified,
            });
        }
        let own_word = self.facts(step).is_some_and(|facts| facts.own_word);
        if !own_word && !self.provisional {
            return None;
        }
        let known = member.steps.get(step)?;
        let claim = known.made(WorkKind::Attendance).next()?;
        Some(Attended {
            at: claim.at,
            id: &claim.id,
            presence: Presence::Present,
            provisional: !own_word,
        })
    }

    /// The periods of the study phase.
    pub(super) fn periods(&self, period: Period) -> Vec<Window> {
        let rules = &self.assessment.periods;
        rules.of(period, self.study, &self.course.calendar)
    }
}

/// What is known of somebody at a session.
pub(super) struct Attended<'a> {
    pub at: Moment,
    pub id: &'a RecordId,
    pub presence: Presence,
    pub provisional: bool,
}

/// Points as an exact number.
pub(super) fn exact(points: Points) -> Fraction {
    points.into()
}
