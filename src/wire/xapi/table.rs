//! The one table of what kinds of record are called in xAPI: verb and type of activity.
//!
//! Where the field has a registered word it is used (the ADL vocabulary, Activity Streams 1.0, the
//! registry of Tin Can, the Video Profile); kinds that no vocabulary knows have words of this
//! product's own, below [`OWN`].

/// Where this product's own IRIs begin.
pub const OWN: &str = "tag:zhixing.example,2026:";

/// How a kind of record is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// IRI of the verb; below [`OWN`] when it begins with none.
    pub verb: &'static str,
    /// The verb in English, for reports of the backend.
    pub display: &'static str,
    /// IRI of the type of activity.
    pub activity: &'static str,
}

const COURSE: &str = "http://adlnet.gov/expapi/activities/course";
const STEP: &str = "http://id.tincanapi.com/activitytype/step";
const ASSIGNMENT: &str = "http://id.tincanapi.com/activitytype/school-assignment";
const DISCUSSION: &str = "http://id.tincanapi.com/activitytype/discussion";
const MEETING: &str = "http://adlnet.gov/expapi/activities/meeting";

/// Kind, verb, its display, type of activity.
const WORDS: [(&str, &str, &str, &str); 26] = [
    (
        "enrolled",
        "http://adlnet.gov/expapi/verbs/registered",
        "registered",
        COURSE,
    ),
    (
        "studied",
        "http://activitystrea.ms/schema/1.0/read",
        "read",
        "http://activitystrea.ms/schema/1.0/article",
    ),
    (
        "step-completed",
        "http://adlnet.gov/expapi/verbs/completed",
        "completed",
        STEP,
    ),
    (
        "submission",
        "http://activitystrea.ms/schema/1.0/submit",
        "submitted",
        ASSIGNMENT,
    ),
    (
        "attachment",
        "http://activitystrea.ms/schema/1.0/attach",
        "attached",
        "http://activitystrea.ms/schema/1.0/file",
    ),
    (
        "post",
        "http://activitystrea.ms/schema/1.0/post",
        "posted",
        DISCUSSION,
    ),
    (
        "reply",
        "http://id.tincanapi.com/verb/replied",
        "replied",
        DISCUSSION,
    ),
    (
        "reflection",
        "http://activitystrea.ms/schema/1.0/create",
        "created",
        "http://id.tincanapi.com/activitytype/essay",
    ),
    (
        "note",
        "http://risc-inc.com/annotator/verbs/annotated",
        "annotated",
        STEP,
    ),
    (
        "highlight",
        "http://risc-inc.com/annotator/verbs/highlighted",
        "highlighted",
        STEP,
    ),
    (
        "question",
        "http://adlnet.gov/expapi/verbs/asked",
        "asked",
        "http://adlnet.gov/expapi/activities/question",
    ),
    (
        "exam-attempt",
        "http://adlnet.gov/expapi/verbs/attempted",
        "attempted",
        "http://adlnet.gov/expapi/activities/assessment",
    ),
    (
        "review",
        "http://id.tincanapi.com/verb/reviewed",
        "reviewed",
        ASSIGNMENT,
    ),
    (
        "grade",
        "http://adlnet.gov/expapi/verbs/scored",
        "scored",
        STEP,
    ),
    (
        "comment",
        "http://adlnet.gov/expapi/verbs/commented",
        "commented",
        STEP,
    ),
    (
        "attendance",
        "http://adlnet.gov/expapi/verbs/attended",
        "attended",
        MEETING,
    ),
    ("notice", "verb/announced", "announced", COURSE),
    ("bulletin", "verb/published", "published", COURSE),
    (
        "showcase",
        "http://adlnet.gov/expapi/verbs/shared",
        "shared",
        ASSIGNMENT,
    ),
    (
        "countersignature",
        "verb/countersigned",
        "countersigned",
        COURSE,
    ),
    (
        "completion",
        "http://adlnet.gov/expapi/verbs/completed",
        "completed",
        COURSE,
    ),
    ("binding", "verb/bound", "bound", COURSE),
    ("key", "verb/signs-with", "signs with", COURSE),
    ("review-assignment", "verb/assigned", "assigned", ASSIGNMENT),
    ("final-grade", "verb/judged", "assessed", COURSE),
    (
        "room-answer",
        "http://adlnet.gov/expapi/verbs/answered",
        "answered",
        STEP,
    ),
];

/// How records of a kind are told; those of a kind that this version does not know as well.
#[must_use]
pub fn word(kind: &str) -> Word {
    let found = WORDS.iter().find(|(known, ..)| *known == kind);
    let (_, verb, display, activity) =
        found
            .copied()
            .unwrap_or(("", "verb/recorded", "recorded", STEP));
    Word {
        verb,
        display,
        activity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::body::KINDS;

    #[test]
    fn every_kind_of_record_has_its_words_once() {
        for (kind, _) in KINDS {
            let found = WORDS.iter().filter(|(known, ..)| *known == kind);
            assert_eq!(found.count(), 1, "{kind}");
        }
        assert_eq!(WORDS.len(), KINDS.len());
        assert_eq!(word("later").verb, "verb/recorded");
    }
}
