//! Completing a programme: the figures and the scheme's digest are frozen in a record, from which
//! the certificate is printed.

use super::archive::Programme;
use super::{day, sheet};
use crate::domain::assessment::{Completion, Scheme, scheme_hash, standings};
use crate::domain::body::Body;
use crate::domain::fraction::Fraction;
use crate::domain::progress::{Kept, Progress};
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
        let none = el("p").class("quiet off").text(words.certificate_none());
        return vec![none];
    };
    let mut schemes = programme.assessment.schemes.iter();
    let Some(scheme) = schemes.find(|scheme| scheme.id == certificate.scheme) else {
        return Vec::new();
    };
    let mut kept = own
        .iter()
        .rev()
        .flat_map(|progress| progress.kept.iter().rev());
    let completion = kept.find_map(|kept| {
        let of = (kept.kind == "completion").then(|| Completion::read(&kept.body))??;
        (of.scheme == scheme.id).then_some((kept, of))
    });
    let heading = el("h3").text(words.certificate());
    if let Some((kept, completion)) = completion {
        let frozen = day(&programme.course, kept.at);
        let frozen = el("p")
            .class("quiet")
            .text(&fill(words.certificate_frozen(), &[&frozen]));
        return vec![
            heading,
            frozen,
            sheet_of(&words, programme, scheme, kept, &completion),
        ];
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
    let completion = Completion::of(&programme.course, &programme.json, scheme, &found, progress);
    let Some(body) = completion.map(|completion| completion.write()) else {
        return Vec::new();
    };
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

/// The certificate as it is printed.
fn sheet_of(
    words: &ScoreWords,
    programme: &Programme,
    scheme: &Scheme,
    kept: &Kept,
    completion: &Completion,
) -> El {
    let device = Device::here();
    let level = scheme
        .levels
        .iter()
        .find(|known| known.id == completion.level);
    let level = level.map_or_else(String::new, |level| device.text(&level.title));
    let study = minutes(completion.study_ms);
    let digest = completion.scheme_hash.to_string();
    let marks = [
        digest.get(..12).unwrap_or_default(),
        kept.id.as_str().get(..8).unwrap_or_default(),
    ];
    let changed = completion.scheme_hash != scheme_hash(&programme.json, &scheme.id);
    let mut paper = el("div").class("certificate");
    if let Some(certificate) = &programme.assessment.certificate {
        let name = sheet::name_input(words, "");
        paper = paper
            .child(device.write(el("h4"), &certificate.title))
            .child(el("p").class("name").child(name))
            .child(device.write(el("p").class("lead"), &programme.course.title))
            .child(device.write(el("p"), &certificate.body))
            .child(el("p").text(&fill(
                words.certificate_score(),
                &[
                    &completion.score.to_string(),
                    &completion.full_marks.to_string(),
                    &level,
                ],
            )))
            .child(el("p").text(&fill(words.certificate_minutes(), &[&study])))
            .child(device.write(el("p"), &certificate.issuer))
            .child(el("p").text(&day(&programme.course, kept.at)));
    }
    let unvouched = Fraction::from(completion.score) - completion.certain.into();
    let unvouched = (!unvouched.is_zero()).then(|| {
        let part = fill(words.provisional_part(), &[&unvouched.to_string()]);
        el("p").class("provisional").text(&part)
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
