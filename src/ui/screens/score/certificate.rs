//! Completing a programme: the figures and the scheme's digest are frozen in a record, from which
//! the certificate is printed.

use serde_json::{Value, json};

use super::archive::Programme;
use super::{day, sheet};
use crate::domain::assessment::{Scheme, standings};
use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::progress::{Kept, Progress};
use crate::domain::standing;
use crate::ui::browser;
use crate::ui::components::said::{button, sure};
use crate::ui::dom::{El, el};
use crate::ui::format::minutes;
use crate::ui::state::{Device, Study};
use crate::ui::text::score::{ScoreWords, fill};

/// The certificate of a programme, or what is still lacking for it; nothing where the package has
/// none.
pub fn certificate(
    words: ScoreWords,
    study: &Study,
    programme: &Programme,
    own: &[Progress],
) -> Vec<El> {
    let Some(certificate) = &programme.assessment.certificate else {
        return Vec::new();
    };
    let mut schemes = programme.assessment.schemes.iter();
    let Some(scheme) = schemes.find(|scheme| scheme.id == certificate.scheme) else {
        return Vec::new();
    };
    let mut kept = own
        .iter()
        .rev()
        .flat_map(|progress| progress.kept.iter().rev());
    let completion = kept.find(|kept| kept.kind == "completion");
    let heading = el("h3").text(words.certificate());
    if let Some(kept) = completion {
        let frozen = day(&programme.course, kept.at);
        let frozen = el("p")
            .class("quiet")
            .text(&fill(words.certificate_frozen(), &[&frozen]));
        return vec![heading, frozen, sheet_of(&words, programme, scheme, kept)];
    }
    let device = Device::here();
    let attempts: Vec<[&Progress; 1]> = own.iter().map(|progress| [progress]).collect();
    let found = standings(
        &programme.course,
        &programme.assessment,
        scheme,
        &attempts,
        browser::now(),
    );
    let open = study.course.id == programme.course.id;
    let Some((at, found)) = found.filter(|(_, found)| found.passed) else {
        let pass = scheme.levels.iter().find(|level| level.passes);
        let pass = pass.map_or_else(String::new, |level| device.text(&level.title));
        let lacking = el("p")
            .class("quiet")
            .text(&fill(words.certificate_not_yet(), &[&pass]));
        return vec![heading, lacking];
    };
    let Some(progress) = own.get(at).filter(|_| open) else {
        return Vec::new();
    };
    let body = completion_body(programme, scheme, &found, progress);
    let first = programme
        .course
        .steps()
        .next()
        .map(|placed| placed.step.id.clone());
    let study = study.clone();
    let make = sure(
        words.certificate_make(),
        words.certificate_sure(),
        move || {
            let Some(step) = &first else { return };
            study.make(step, Body::Assessed("completion", body.clone()), None, &[]);
        },
    );
    vec![heading, make.class("off")]
}

/// What the record of a completion holds: every figure as it is now, in thousandths, and the
/// digests of the scheme and the course.
fn completion_body(
    programme: &Programme,
    scheme: &Scheme,
    found: &crate::domain::assessment::SchemeStanding<'_>,
    progress: &Progress,
) -> Value {
    let mut indicators = json!({});
    for each in &found.indicators {
        indicators[each.indicator.id.as_str()] =
            each.earned.points.to_points().thousandths().into();
    }
    let level = found.level(scheme).map(|level| level.id.to_string());
    json!({
        "scheme": scheme.id.as_str(),
        "schemeHash": scheme_hash(programme, &scheme.id).to_string(),
        "courseHash": programme.course.hash.to_string(),
        "score": found.score.points.to_points().thousandths(),
        "certain": found.score.certain.to_points().thousandths(),
        "fullMarks": scheme.full_marks.thousandths(),
        "level": level,
        "indicators": indicators,
        "studyMs": standing::credited(&programme.course, progress),
    })
}

/// SHA-256 of a scheme as the package has it, members in the order of their names.
fn scheme_hash(programme: &Programme, id: &Slug) -> Hash {
    let value: Value = serde_json::from_str(&programme.source).unwrap_or_default();
    let schemes = value.get("schemes").and_then(Value::as_array);
    let mut schemes = schemes.into_iter().flatten();
    let found = schemes.find(|scheme| Fields(scheme).text("id") == Some(id.as_str()));
    Hash::of(found.map(Value::to_string).unwrap_or_default().as_bytes())
}

/// The certificate as it is printed.
fn sheet_of(words: &ScoreWords, programme: &Programme, scheme: &Scheme, kept: &Kept) -> El {
    let device = Device::here();
    let at = Fields(&kept.body);
    let figure = |name: &str| Points::from_thousandths(at.whole(name).unwrap_or(0)).to_string();
    let level = at.text("level");
    let level = scheme
        .levels
        .iter()
        .find(|known| level == Some(known.id.as_str()));
    let level = level.map_or_else(String::new, |level| device.text(&level.title));
    let study = minutes(at.positive("studyMs").unwrap_or(0));
    let digest = at.text("schemeHash").unwrap_or_default();
    let marks = [
        digest.get(..12).unwrap_or_default(),
        kept.id.as_str().get(..8).unwrap_or_default(),
    ];
    let changed = digest != scheme_hash(programme, &scheme.id).to_string();
    let mut paper = el("div").class("certificate");
    if let Some(certificate) = &programme.assessment.certificate {
        let name = el("input")
            .attr("type", "text")
            .attr("aria-label", words.certificate_name())
            .attr("placeholder", words.certificate_name_hint());
        paper = paper
            .child(device.write(el("h4"), &certificate.title))
            .child(el("p").class("name").child(name))
            .child(device.write(el("p").class("lead"), &programme.course.title))
            .child(device.write(el("p"), &certificate.body))
            .child(el("p").text(&fill(
                words.certificate_score(),
                &[&figure("score"), &figure("fullMarks"), &level],
            )))
            .child(el("p").text(&fill(words.certificate_minutes(), &[&study])))
            .child(device.write(el("p"), &certificate.issuer))
            .child(el("p").text(&day(&programme.course, kept.at)));
    }
    let unvouched = at.whole("score").unwrap_or(0) - at.whole("certain").unwrap_or(0);
    let unvouched = (unvouched != 0).then(|| {
        let part = Points::from_thousandths(unvouched).to_string();
        el("p")
            .class("provisional")
            .text(&fill(words.provisional_part(), &[&part]))
    });
    paper = paper
        .children(unvouched)
        .child(
            el("p")
                .class("quiet")
                .text(&fill(words.certificate_scheme(), &marks)),
        )
        .child(el("p").class("quiet").text(words.certificate_unsigned()));
    if changed {
        paper = paper.child(el("p").class("quiet").text(words.certificate_changed()));
    }
    let print = button("secondary", words.print(), sheet::print);
    el("div")
        .child(paper)
        .child(el("p").class("off").child(print))
}
