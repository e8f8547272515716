//! Asking a backend step by step whether it can be used, and showing each answer as it comes.

use leptos::prelude::*;

use super::driver::wire;
use super::hear::bound;
use super::http::{ask, fetch, reaches};
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::RecordId;
use crate::domain::record::{Actor, Record};
use crate::domain::time::Moment;
use crate::domain::work::AttachedFile;
use crate::sync::backend::{Backend, Kind};
use crate::sync::check::{Found, Step, Why, drops_ids, silence};
use crate::ui::browser;
use crate::ui::dom::{El, el};
use crate::ui::state::{Study, reader};
use crate::ui::text::score::ScoreWords;
use crate::wire::plain::Plain;
use crate::wire::port::{Answer, FileReply, Frozen, Method, Request, Upload, Wire, json};
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
    let asking = backend.clone();
    let trying = Trying {
        backend: &asking,
        password,
        steps,
    };
    let about = trying.reach().await?;
    let version = Found::version(backend.kind, json(&about).as_ref());
    trying.tell(Step::Version, version);
    if matches!(version, Found::Fails(_)) {
        return None;
    }
    if backend.kind == Kind::Plain {
        let judge = |answer: &Answer| Found::of(&Plain::account(answer));
        let answer = trying.step(Step::SignIn, &Plain::me(), &judge).await?;
        backend.account = Plain::account(&answer).ok()?;
    }
    let wire = wire(&backend);
    let judge = |answer: &Answer| Found::of(&wire.pulled(answer));
    let step = if backend.kind == Kind::Plain {
        Step::Read
    } else {
        Step::SignIn
    };
    let (read, found) = trying.ask(&wire.pull(None), &judge).await;
    trying.tell(step, found);
    if found != Found::Well {
        trying.generic(study, &*wire, &read).await;
        return None;
    }
    let owner = Found::bound(bound(study).await.as_ref(), &backend.account);
    if owner != Found::Well {
        trying.tell(Step::SignIn, owner);
        return None;
    }
    // The enrolment: a real record, which goes there first of all in any case.
    let frozen = freeze(study, &backend, &first_own(study).await?);
    let batch = [frozen.clone()];
    let written = |answer: &Answer| Found::written(&wire.pushed(&batch, answer));
    for step in [Step::Write, Step::Again] {
        trying.step(step, &wire.push(&batch), &written).await?;
    }
    let back = |answer: &Answer| Found::back(&wire.looked(&frozen, answer));
    let stored = trying.step(Step::Back, &wire.look(&frozen), &back).await?;
    match wire.pulled(&read).ok().and_then(|page| page.next) {
        None => trying.tell(Step::Page, Found::Untried),
        Some(next) => {
            trying.step(Step::Page, &wire.more(&next), &judge).await?;
        }
    }
    let theirs = clock(&backend, &about, &stored);
    trying.tell(Step::Clock, Found::clock(theirs, browser::now()));
    let kept_apart = backend.kind.enforces_audiences();
    let found = if kept_apart {
        Found::Well
    } else {
        Found::Lacks
    };
    trying.tell(Step::Audience, found);
    let files = trying.files(&*wire, &backend.account, &frozen.id).await;
    trying.tell(Step::Files, files);
    Some(backend)
}

/// Asks a backend, and tells what was found.
struct Trying<'a> {
    backend: &'a Backend,
    password: &'a str,
    steps: Steps,
}

impl Trying<'_> {
    fn tell(&self, step: Step, found: Found) {
        self.steps.try_update(|all| all.push((step, found)));
    }

    /// Whether a file that is handed in comes back.
    async fn files(&self, wire: &dyn Wire, account: &Actor, of: &RecordId) -> Found {
        let bytes = b"Zhixing";
        let file = AttachedFile {
            sha256: Hash::of(bytes),
            name: "zhixing.txt".to_owned(),
            mime: "text/plain".to_owned(),
            bytes: bytes.len() as u64,
        };
        let upload = Upload {
            of,
            // The same each time, so that the statement about it is.
            by: (account, Moment(0)),
            file: &file,
            bytes,
            received: 0,
        };
        let judge = |answer: &Answer| match wire.file_sent(&upload, answer) {
            FileReply::Whole => Found::Well,
            FileReply::Going(_) | FileReply::Lacks => Found::Lacks,
            FileReply::Unknown(reply) => Found::of::<()>(&Err(reply)),
        };
        let (_, sent) = self.ask(&wire.send_file(&upload), &judge).await;
        if sent != Found::Well {
            return Found::Lacks;
        }
        let request = wire.fetch_file(of, &file.sha256);
        let answer = fetch(self.backend, self.password, &request).await;
        match wire.file_fetched(&file.sha256, answer) {
            Some(_) => Found::Well,
            None => Found::Lacks,
        }
    }

    /// A server of lists for anything talks no contract, and would not keep a record as it is: whether
    /// that is what answered is found out with a record of its own kind of request.
    async fn generic(&self, study: &Study, wire: &dyn Wire, read: &Answer) -> Option<()> {
        json(read)?.as_array()?;
        let record = first_own(study).await?;
        let frozen = freeze(study, self.backend, &record);
        let mut request = wire.push(std::slice::from_ref(&frozen));
        request.body = Some(frozen.text.clone().into_bytes());
        let answer = ask(self.backend, self.password, &request).await;
        if drops_ids(&answer, &frozen.id) {
            self.tell(Step::Back, Found::Fails(Why::Changes));
        }
        Some(())
    }

    /// Whether something is there at all, and lets itself be read.
    async fn reach(&self) -> Option<Answer> {
        let judge = |answer: &Answer| match answer.status {
            0 => Found::Fails(Why::Silent),
            _ => Found::Well,
        };
        let (answer, mut found) = self.ask(&about(self.backend), &judge).await;
        if found != Found::Well {
            let page = browser::window().location().href().unwrap_or_default();
            let reached = reaches(&self.backend.address).await;
            found = Found::Fails(silence(&page, &self.backend.address, reached));
        }
        self.tell(Step::Reach, found);
        (found == Found::Well).then_some(answer)
    }

    /// Takes a step; its answer, if that was well.
    async fn step(
        &self,
        step: Step,
        request: &Request,
        judge: &dyn Fn(&Answer) -> Found,
    ) -> Option<Answer> {
        let (answer, found) = self.ask(request, judge).await;
        self.tell(step, found);
        (found == Found::Well).then_some(answer)
    }

    /// Asks, and asks again where only the way there may have failed. A password is tried once, and so
    /// is what was refused for good.
    async fn ask(&self, request: &Request, judge: &dyn Fn(&Answer) -> Found) -> (Answer, Found) {
        const TRIES: usize = 3;
        let mut tries = 1;
        loop {
            let answer = ask(self.backend, self.password, request).await;
            let found = judge(&answer);
            let passing = matches!(
                found,
                Found::Fails(Why::Silent | Why::Unwell | Why::Strange)
            );
            if !passing || tries == TRIES {
                return (answer, found);
            }
            tries += 1;
        }
    }
}

/// The first question: what it is, which needs no credentials.
fn about(backend: &Backend) -> Request {
    Request {
        method: Method::Get,
        path: "about".to_owned(),
        headers: match backend.kind {
            Kind::Plain | Kind::File => Vec::new(),
            Kind::Xapi1 => vec![("X-Experience-API-Version", "1.0.3".to_owned())],
            Kind::Xapi2 => vec![("X-Experience-API-Version", "2.0.0".to_owned())],
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
    el("ol").class("probe").live(move || {
        let line = |(step, found): &(Step, Found)| {
            let (class, mark) = match found {
                Found::Well => ("saved", "✓"),
                Found::Fails(_) => ("fault", "✗"),
                Found::Lacks | Found::Untried => ("quiet", "–"),
            };
            let said = said(words, *step, *found);
            el("li").class(class).text(&format!("{mark} {said}"))
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
        (Step::Files, Found::Well) => words.ck_files_well(),
        (Step::Files, _) => words.ck_files(),
        (Step::Version, Found::Well) => words.ck_version(),
        (Step::Version, _) => words.ck_version_untried(),
    }
}

/// Why a backend cannot be used, and what to ask the administrator for.
fn failed(words: ScoreWords, why: Why) -> &'static str {
    match why {
        Why::NullOrigin => words.ck_null_origin(),
        Why::Private => words.ck_private(),
        Why::Silent => words.be_unreachable(),
        Why::Version => words.ck_version_other(),
        Why::Cors => words.ck_cors(),
        Why::SignIn => words.be_refused(),
        Why::Unwell => words.be_unwell(),
        Why::Strange => words.be_strange(),
        Why::Refuses => words.ck_refuses(),
        Why::Changes => words.ck_changes(),
        Why::OtherPerson => words.be_other_person(),
    }
}
