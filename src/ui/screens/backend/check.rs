//! Asking a backend step by step whether it can be used, and showing each answer as it comes.

use leptos::prelude::*;

use super::driver::wire;
use super::hear::bound;
use super::http::{ask, reaches};
use crate::domain::fields::Fields;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::sync::backend::{Backend, Kind};
use crate::sync::check::{Found, Step, Why};
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::state::{Study, reader};
use crate::ui::text::score::ScoreWords;
use crate::wire::plain::Plain;
use crate::wire::port::{Answer, Frozen, Method, Request, json};
use crate::wire::xapi::Telling;

/// What was found so far.
pub type Steps = RwSignal<Vec<(Step, Found)>>;

/// Asks everything; the backend as it is to be kept, if it can be used.
pub async fn check(
    study: &Study,
    mut backend: Backend,
    password: &str,
    steps: Steps,
) -> Option<Backend> {
    steps.try_set(Vec::new());
    let tell = |step: Step, found: Found| {
        steps.try_update(|all| all.push((step, found)));
        !matches!(found, Found::Fails(_))
    };
    let first = ask(&backend, password, &about(&backend)).await;
    let found = match first.status {
        0 if reaches(&backend.address).await => Found::Fails(Why::Cors),
        0 => Found::Fails(Why::Silent),
        _ => Found::Well,
    };
    if !tell(Step::Reach, found) {
        return None;
    }
    if backend.kind == Kind::Plain {
        let account = Plain::account(&ask(&backend, password, &Plain::me()).await);
        if !tell(Step::SignIn, Found::of(&account)) {
            return None;
        }
        backend.account = account.ok()?;
    }
    let wire = wire(&backend);
    let read = wire.pulled(&ask(&backend, password, &wire.pull(None)).await);
    let step = if backend.kind == Kind::Plain {
        Step::Read
    } else {
        Step::SignIn
    };
    if !tell(step, Found::of(&read)) {
        return None;
    }
    let owner = Found::bound(bound(study).await.as_ref(), &backend.account);
    if owner != Found::Well {
        tell(Step::SignIn, owner);
        return None;
    }
    // The enrolment: a real record, which goes there first of all in any case.
    let record = first_own(study).await?;
    let frozen = freeze(study, &backend, &record);
    let batch = [frozen.clone()];
    for step in [Step::Write, Step::Again] {
        let answer = ask(&backend, password, &wire.push(&batch)).await;
        if !tell(step, Found::written(&wire.pushed(&batch, &answer))) {
            return None;
        }
    }
    let answer = ask(&backend, password, &wire.look(&frozen)).await;
    if !tell(Step::Back, Found::back(&wire.looked(&frozen, &answer))) {
        return None;
    }
    let found = match read.ok().and_then(|page| page.next) {
        None => Found::Untried,
        Some(next) => Found::of(&wire.pulled(&ask(&backend, password, &wire.more(&next)).await)),
    };
    if !tell(Step::Page, found) {
        return None;
    }
    tell(
        Step::Clock,
        Found::clock(clock(&backend, &first, &answer), browser::now()),
    );
    let kept_apart = backend.kind.enforces_audiences();
    tell(
        Step::Audience,
        if kept_apart {
            Found::Well
        } else {
            Found::Lacks
        },
    );
    tell(Step::Files, Found::Lacks);
    Some(backend)
}

/// The first question: what it is, which needs no credentials.
fn about(backend: &Backend) -> Request {
    Request {
        method: Method::Get,
        path: "about".to_owned(),
        headers: match backend.kind {
            Kind::Plain => Vec::new(),
            Kind::Xapi1 => vec![("X-Experience-API-Version", "1.0.3")],
            Kind::Xapi2 => vec![("X-Experience-API-Version", "2.0.0")],
        },
        body: None,
    }
}

/// What time it is there: of the plain contract it is said, a store stamps what it takes in; one that
/// had the record before tells nothing.
fn clock(backend: &Backend, about: &Answer, stored: &Answer) -> Option<Moment> {
    let (answer, name) = match backend.kind {
        Kind::Plain => (about, "clock"),
        _ => (stored, "stored"),
    };
    let value = json(answer)?;
    let said = Moment::parse_rfc3339(Fields(&value).text(name)?)?;
    let old = backend.kind != Kind::Plain && browser::now().since(said) > 86_400_000;
    (!old).then_some(said)
}

async fn first_own(study: &Study) -> Option<Record> {
    let rows = reader::log_page(study, 0, 25).await?;
    let own = |record: &Record| record.sender().is_none() && record.envelope().kind == "enrolled";
    rows.into_iter().filter_map(|(_, record)| record).find(own)
}

fn freeze(study: &Study, backend: &Backend, record: &Record) -> Frozen {
    if backend.kind == Kind::Plain {
        return Plain::freeze(record);
    }
    let own = record.envelope().registration == study.registration;
    let course = own.then_some(&*study.course);
    Telling { open: None }.freeze(record, &backend.account, course)
}

/// The steps that were taken, each with what it found.
pub fn shown(words: ScoreWords, steps: Steps) -> El {
    el("ol").class("check").live(move || {
        let line = |(step, found): &(Step, Found)| {
            let class = match found {
                Found::Well => "saved",
                Found::Fails(_) => "fault",
                Found::Lacks | Found::Untried => "quiet",
            };
            el("li").class(class).text(said(words, *step, *found))
        };
        steps.get().iter().map(line).collect()
    })
}

/// What a step found, in words.
fn said(words: ScoreWords, step: Step, found: Found) -> &'static str {
    match (step, found) {
        (_, Found::Fails(why)) => failed(words, why),
        (Step::Reach, _) => words.ck_reach(),
        (Step::SignIn, _) => words.ck_sign_in(),
        (Step::Read, _) => words.ck_read(),
        (Step::Write, _) => words.ck_write(),
        (Step::Again, _) => words.ck_again(),
        (Step::Back, _) => words.ck_back(),
        (Step::Page, Found::Untried) => words.ck_page_untried(),
        (Step::Page, _) => words.ck_page(),
        (Step::Clock, Found::Well) => words.ck_clock(),
        (Step::Clock, Found::Lacks) => words.ck_clock_off(),
        (Step::Clock, _) => words.ck_clock_untried(),
        (Step::Audience, Found::Well) => words.ck_audience(),
        (Step::Audience, _) => words.be_shared(),
        (Step::Files, _) => words.ck_files(),
    }
}

/// Why a backend cannot be used, and what to ask the administrator for.
fn failed(words: ScoreWords, why: Why) -> &'static str {
    match why {
        Why::Silent if browser::window().location().protocol().as_deref() == Ok("file:") => {
            words.ck_null_origin()
        }
        Why::Silent => words.be_unreachable(),
        Why::Cors => words.ck_cors(),
        Why::SignIn => words.be_refused(),
        Why::Unwell => words.be_unwell(),
        Why::Strange => words.be_strange(),
        Why::Refuses => words.ck_refuses(),
        Why::Changes => words.ck_changes(),
        Why::OtherPerson => words.be_other_person(),
    }
}
