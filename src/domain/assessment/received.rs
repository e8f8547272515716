//! What tutors, experts and peers say of a learner or a group, as it comes in records: grades and
//! attendance lists. Bodies are read here, when a standing is worked out; the fold keeps them as
//! they are ([`crate::domain::progress::Kept`]).

use crate::domain::assessment::case::NotCounted;
use crate::domain::fields::Fields;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::{Kept, Progress};
use crate::domain::time::Moment;

/// A grade (`grade`): points, rungs, percentages or criteria for one indicator.
///
/// In JSON: `indicator`, and where they matter `scheme`, `group` (the kind of group that is
/// graded; a learner otherwise), `step`, `task`, `stage`, `judge`; then one of `points` and
/// `percent` (whole thousandths), or `criteria` (whole thousandths by the criterion's id).
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<'a> {
    /// When it was given.
    pub at: Moment,
    /// Its record.
    pub id: &'a RecordId,
    /// Who gave it.
    pub by: &'a str,
    /// The indicator.
    pub indicator: &'a str,
    /// The step whose work was graded.
    pub step: Option<Slug>,
    /// The task of a plan.
    pub task: Option<&'a str>,
    /// The stage at which it was given.
    pub stage: Option<&'a str>,
    /// The party for which it was given.
    pub judge: Option<&'a str>,
    /// What it says.
    pub value: MarkValue<'a>,
    /// Whether somebody vouches for who gave it.
    pub verified: bool,
}

/// What a grade says.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkValue<'a> {
    /// Points.
    Points(Points),
    /// Thousandths of a percent of what was possible.
    Percent(Points),
    /// Points by criterion.
    Criteria(Vec<(&'a str, Points)>),
}

impl<'a> Mark<'a> {
    /// Reads one that is about the subject of a scheme: a learner, or a kind of group.
    #[must_use]
    pub fn read(kept: &'a Kept, scheme: &Slug, group: Option<&Slug>) -> Option<Self> {
        if kept.kind != "grade" {
            return None;
        }
        let at = Fields(&kept.body);
        let of_scheme = at.text("scheme").is_none_or(|id| id == scheme.as_str());
        if !of_scheme || at.text("group") != group.map(Slug::as_str) {
            return None;
        }
        Some(Self {
            at: kept.at,
            id: &kept.id,
            by: &kept.by,
            indicator: at.text("indicator")?,
            step: at.slug("step"),
            task: at.text("task"),
            stage: at.text("stage"),
            judge: at.text("judge"),
            value: value(at)?,
            verified: kept.verified,
        })
    }

    /// What it is about: a later one about the same by the same person takes its place.
    fn about(&self) -> impl PartialEq + use<'_, 'a> {
        (self.by, self.verified, self.place())
    }

    /// What it is about, whoever gave it.
    fn place(&self) -> impl PartialEq + use<'_, 'a> {
        let of = (self.indicator, self.step.as_ref(), self.task);
        (of, self.stage, self.judge)
    }
}

/// The tutor's last word (总评, `final-grade`: `scheme`, `level` and its words) on a learner by a scheme:
/// of several the latest, but where somebody vouches for one, of those. It stands beside the score
/// and changes nothing of it. `person` is whose progress it is: nobody judges oneself.
#[must_use]
pub fn final_grade<'a>(kept: &'a [Kept], scheme: &Slug, person: &str) -> Option<&'a Kept> {
    let mut latest: Option<&Kept> = None;
    for one in kept {
        let of_scheme = Fields(&one.body).text("scheme") == Some(scheme.as_str());
        if one.kind != "final-grade" || !of_scheme || one.by == person {
            continue;
        }
        if latest.is_none_or(|latest| !one.is_doubted() || latest.is_doubted()) {
            latest = Some(one);
        }
    }
    latest
}

fn value(at: Fields<'_>) -> Option<MarkValue<'_>> {
    let thousandths = |name: &str| at.whole(name).filter(|value| *value >= 0);
    if let Some(points) = thousandths("points") {
        return Some(MarkValue::Points(Points::from_thousandths(points)));
    }
    if let Some(percent) = thousandths("percent") {
        let percent = Points::from_thousandths(percent.min(100_000));
        return Some(MarkValue::Percent(percent));
    }
    let criteria = at.find("criteria")?.0.as_object()?.iter();
    let criteria = criteria.map(|(id, points)| {
        let points = points.as_i64().filter(|value| *value >= 0)?;
        Some((id.as_str(), Points::from_thousandths(points)))
    });
    criteria.collect::<Option<_>>().map(MarkValue::Criteria)
}

/// Grades in order of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks<'a> {
    /// Those that stand: of those by one person about the same, the latest.
    pub standing: Vec<Mark<'a>>,
    /// Those that do not, and why.
    pub left_out: Vec<(Mark<'a>, NotCounted)>,
}

/// The grades of a subject by a scheme; where only what is `certain` counts, those that somebody
/// vouches for. Where there is one of those, others about the same do not count (DESIGN section 6).
#[must_use]
pub fn marks<'a>(
    members: &[&'a Progress],
    scheme: &Slug,
    group: Option<&Slug>,
    certain: bool,
) -> Marks<'a> {
    let (mut standing, mut left_out): (Vec<Mark<'a>>, Vec<_>) = Default::default();
    let kept = |member: &&'a Progress| {
        let person = member.person();
        member.kept.iter().map(move |kept| (person, kept))
    };
    for (person, kept) in members.iter().flat_map(kept) {
        let mark = Mark::read(kept, scheme, group);
        let Some(mark) = mark.filter(|mark| mark.verified || !certain) else {
            continue;
        };
        // Nobody grades oneself; of a group its own judgement may be one among several.
        if group.is_none() && mark.by == person {
            left_out.push((mark, NotCounted::OwnWord));
            continue;
        }
        if let Some(before) = standing
            .iter()
            .position(|known| known.about() == mark.about())
        {
            let known = &standing[before];
            if (known.at, known.id) > (mark.at, mark.id) {
                left_out.push((mark, NotCounted::Again));
                continue;
            }
            left_out.push((standing.remove(before), NotCounted::Again));
        }
        let at = standing.partition_point(|known| (known.at, known.id) < (mark.at, mark.id));
        standing.insert(at, mark);
    }
    let mut at = 0;
    while let Some(mark) = standing.get(at) {
        let vouched = |known: &Mark<'_>| known.verified && known.place() == mark.place();
        if !mark.verified && standing.iter().any(vouched) {
            left_out.push((standing.remove(at), NotCounted::OwnWord));
        } else {
            at += 1;
        }
    }
    Marks { standing, left_out }
}

/// Whether a later word takes the place of an earlier one: of lists on a session the latest stands,
/// whoever kept it; of grades the latest of one person about the same.
#[must_use]
pub fn takes_place_of(later: &Kept, earlier: &Kept) -> bool {
    let at = Fields(&later.body);
    // What says nothing takes no place.
    let about: &[&str] = match later.kind.as_str() {
        "attendance" if at.text("status").and_then(Presence::parse).is_some() => &["step"],
        "grade" if later.by == earlier.by && value(at).is_some() => &[
            "scheme",
            "group",
            "indicator",
            "step",
            "task",
            "stage",
            "judge",
        ],
        _ => return false,
    };
    let same = |name: &&str| later.body.get(name) == earlier.body.get(name);
    let order = (later.at, &later.id) > (earlier.at, &earlier.id);
    order && later.kind == earlier.kind && about.iter().all(same)
}

/// What a list says of a learner at a session (`attendance` with a `status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// There.
    Present,
    /// There too late.
    Late,
    /// Gone too early.
    EarlyLeave,
    /// Not there.
    Absent,
}

impl Presence {
    /// The word of a list.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "present" => Self::Present,
            "late" => Self::Late,
            "early_leave" => Self::EarlyLeave,
            "absent" => Self::Absent,
            _ => return None,
        })
    }
}

/// The latest word of a list on each session; one that somebody vouches for stands above others, and
/// alone where only what is `certain` counts.
#[must_use]
pub fn presences(member: &Progress, certain: bool) -> Vec<(Slug, Presence, &Kept)> {
    let mut latest: Vec<(Slug, Presence, &Kept)> = Vec::new();
    for kept in &member.kept {
        let at = Fields(&kept.body);
        let word = at.text("status").and_then(Presence::parse);
        let Some((step, presence)) = at.slug("step").zip(word) else {
            continue;
        };
        if kept.kind != "attendance" || kept.by == member.person() || certain && !kept.verified {
            continue;
        }
        let vouched = |(known, _, by): &(Slug, Presence, &Kept)| *known == step && by.verified;
        if !kept.verified && latest.iter().any(vouched) {
            continue;
        }
        // They are in order of time.
        latest.retain(|(known, _, _)| *known != step);
        latest.push((step, presence, kept));
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn final_grade_by(by: &str, verified: bool, scheme: &str, level: &str) -> Kept {
        Kept {
            at: Moment(0),
            id: RecordId::from_random([1; 16]),
            kind: "final-grade".to_owned(),
            by: by.to_owned(),
            verified,
            body: serde_json::json!({"scheme": scheme, "level": level}),
        }
    }

    #[test]
    fn the_last_word_is_the_latest_that_somebody_vouches_for() {
        let scheme = Slug::parse("learner").unwrap();
        let level = |kept: &[Kept], person: &str| {
            let found = final_grade(kept, &scheme, person)?;
            Some(found.body["level"].as_str()?.to_owned())
        };
        let chen = |verified, level| final_grade_by("chen", verified, "learner", level);
        assert_eq!(level(&[], ""), None);
        let doubted = [chen(false, "pass"), chen(false, "good")];
        assert_eq!(level(&doubted, "").as_deref(), Some("good"), "the latest");
        let vouched = [chen(true, "pass"), chen(false, "good")];
        assert_eq!(level(&vouched, "").as_deref(), Some("pass"));
        let own_hand = [
            chen(true, "pass"),
            final_grade_by("", false, "learner", "good"),
        ];
        assert_eq!(
            level(&own_hand, "li").as_deref(),
            Some("good"),
            "at the desk"
        );
        assert_eq!(
            level(&own_hand, "").as_deref(),
            Some("pass"),
            "not one's own"
        );
        let other = [final_grade_by("chen", true, "studio", "good")];
        assert_eq!(level(&other, ""), None, "another scheme's");
    }
}
