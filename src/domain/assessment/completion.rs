//! A completion (`completion`): the figures with which somebody completed a programme, frozen, with
//! the digests of the scheme and the course that they came from.

use serde_json::{Value, json};

use crate::domain::assessment::judged::SchemeStanding;
use crate::domain::assessment::scheme::Scheme;
use crate::domain::course::Course;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::progress::Progress;
use crate::domain::standing;

/// The figures of a completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The scheme that was passed.
    pub scheme: Slug,
    /// Its digest ([`scheme_hash`]).
    pub scheme_hash: Hash,
    /// SHA-256 of the `course.json`.
    pub course_hash: Hash,
    /// The score.
    pub score: Points,
    /// The score without what rests on others' word alone.
    pub certain: Points,
    /// Full marks.
    pub full_marks: Points,
    /// The level that was reached.
    pub level: Slug,
    /// Points by indicator, in the order of the scheme.
    pub indicators: Vec<(Slug, Points)>,
    /// Credited study time in milliseconds.
    pub study_ms: u64,
}

impl Completion {
    /// The figures as they are now; `None` where nothing is passed.
    #[must_use]
    pub fn of(
        course: &Course,
        course_json: &Value,
        scheme: &Scheme,
        standing: &SchemeStanding<'_>,
        progress: &Progress,
    ) -> Option<Self> {
        let level = standing.level(scheme).filter(|_| standing.passed)?;
        let points = standing.indicators.iter();
        let points = points.map(|each| (each.indicator.id.clone(), each.earned.points.to_points()));
        Some(Self {
            scheme: scheme.id.clone(),
            scheme_hash: scheme_hash(course_json, &scheme.id),
            course_hash: course.hash,
            score: standing.score.points.to_points(),
            certain: standing.score.certain.to_points(),
            full_marks: scheme.full_marks,
            level: level.id.clone(),
            indicators: points.collect(),
            study_ms: standing::credited(course, progress),
        })
    }

    /// Reads the body of a record.
    #[must_use]
    pub fn read(body: &Value) -> Option<Self> {
        let at = Fields(body);
        let points = |name| at.whole(name).map(Points::from_thousandths);
        let mut indicators = Vec::new();
        for (id, points) in at.find("indicators")?.0.as_object()? {
            indicators.push((Slug::parse(id)?, Points::from_thousandths(points.as_i64()?)));
        }
        Some(Self {
            scheme: at.slug("scheme")?,
            scheme_hash: Hash::parse(at.text("schemeHash")?)?,
            course_hash: Hash::parse(at.text("courseHash")?)?,
            score: points("score")?,
            certain: points("certain")?,
            full_marks: points("fullMarks")?,
            level: at.slug("level")?,
            indicators,
            study_ms: at.positive("studyMs")?,
        })
    }

    /// The body of a record.
    #[must_use]
    pub fn write(&self) -> Value {
        let mut indicators = json!({});
        for (id, points) in &self.indicators {
            indicators[id.as_str()] = points.thousandths().into();
        }
        json!({
            "scheme": self.scheme.as_str(),
            "schemeHash": self.scheme_hash.to_string(),
            "courseHash": self.course_hash.to_string(),
            "score": self.score.thousandths(),
            "certain": self.certain.thousandths(),
            "fullMarks": self.full_marks.thousandths(),
            "level": self.level.as_str(),
            "indicators": indicators,
            "studyMs": self.study_ms,
        })
    }
}

/// SHA-256 of a scheme as the package has it, members in the order of their names.
#[must_use]
pub fn scheme_hash(course_json: &Value, id: &Slug) -> Hash {
    let mut schemes = Fields(course_json).items("schemes").into_iter().flatten();
    let found = schemes.find(|scheme| Fields(scheme).text("id") == Some(id.as_str()));
    Hash::of(found.map(Value::to_string).unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_fixed_and_a_malformed_one_is_none() {
        let slug = |text| Slug::parse(text).unwrap();
        let points = Points::from_thousandths;
        let completion = Completion {
            scheme: slug("year"),
            scheme_hash: Hash::of(b"scheme"),
            course_hash: Hash::of(b"course"),
            score: points(78_000),
            certain: points(0),
            full_marks: points(100_000),
            level: slug("pass"),
            indicators: vec![
                (slug("process"), points(140_000)),
                (slug("result"), points(55_000)),
            ],
            study_ms: 7,
        };
        let body = completion.write();
        let expected = json!({"certain": 0, "courseHash": Hash::of(b"course").to_string(),
            "fullMarks": 100_000, "indicators": {"process": 140_000, "result": 55_000},
            "level": "pass", "schemeHash": Hash::of(b"scheme").to_string(), "scheme": "year",
            "score": 78_000, "studyMs": 7});
        assert_eq!(body, expected);
        assert_eq!(Completion::read(&body), Some(completion));
        for member in ["score", "level", "indicators", "schemeHash", "studyMs"] {
            let mut bad = expected.clone();
            bad[member] = json!("?");
            assert_eq!(Completion::read(&bad), None, "{member}");
        }
    }

    #[test]
    fn the_digest_is_that_of_the_named_scheme_alone() {
        let course = json!({"title": "a", "schemes": [{"id": "one", "n": 1}, {"id": "two"}]});
        let hash = |course: &Value| scheme_hash(course, &Slug::parse("one").unwrap());
        let mut other = course.clone();
        other["title"] = json!("b");
        other["schemes"][1]["n"] = json!(2);
        assert_eq!(hash(&course), hash(&other));
        other["schemes"][0]["n"] = json!(2);
        assert_ne!(hash(&course), hash(&other));
    }
}
