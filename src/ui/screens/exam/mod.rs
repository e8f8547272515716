//! An exam: what it is, a sitting with its clock, and the attempts that were handed in.

mod question;
mod result;
mod sitting;

use leptos::prelude::*;

use super::unreadable::unreadable;
use crate::domain::course::Exam;
use crate::domain::exam::{Paper, Sitting};
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::{Work, WorkKind};
use crate::domain::standing::StepStanding;
use crate::package::open::details;
use crate::ui::browser;
use crate::ui::components::meter::completion;
use crate::ui::components::said::button;
use crate::ui::components::window::{Now, now_in, season_note, window_note};
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Study};
use crate::ui::text::exam_facts;
use result::results;
use sitting::sitting;

/// The draft field that holds a sitting.
const FIELD: &str = "sitting";

/// What the parts of the exam screen share.
#[derive(Clone)]
struct Desk {
    study: Study,
    step: Slug,
    exam: Exam,
    paper: StoredValue<Paper>,
    /// The sitting that is under way.
    sitting: RwSignal<Option<RecordId>>,
}

/// An exam with everything around it.
pub fn exam(study: &Study, step: &Slug, exam: &Exam, standing: Memo<StepStanding>) -> Vec<El> {
    let paper = match details::paper(&study.source, step) {
        Ok(paper) => paper,
        Err(fault) => return vec![unreadable(&fault)],
    };
    let desk = Desk {
        study: study.clone(),
        step: step.clone(),
        exam: exam.clone(),
        paper: StoredValue::new(paper),
        sitting: RwSignal::new(None),
    };
    desk.sitting.set(desk.stored().map(|sitting| sitting.id));
    let meter = el("div").class("meter").child(completion(standing));
    let body = {
        let desk = desk.clone();
        // Anew when a sitting begins or ends, and when an attempt has been written down.
        let attempts = desk.attempts();
        el("div").live(move || {
            let under_way = desk.sitting.get().is_some();
            let attempts = attempts.get();
            untrack(|| match desk.stored().filter(|_| under_way) {
                Some(stored) => vec![sitting(&desk, stored)],
                None => before(&desk, &attempts),
            })
        })
    };
    vec![meter, body]
}

/// What it is, the way in, and earlier attempts.
fn before(desk: &Desk, attempts: &[Work]) -> Vec<El> {
    let language = Device::here().language();
    let words = language.words();
    let exam = &desk.exam;
    let facts = exam_facts(language, exam.minutes, exam.questions, exam.attempts);
    let rule = if exam.practice {
        words.exam_practice()
    } else {
        words.exam_closed()
    };
    let mut all = vec![el("p").class("lead").text(&facts), el("p").text(rule)];
    all.extend(window_note(&desk.study, exam.open.as_ref()));
    all.extend(season_note(&desk.study));
    let used = attempts.len();
    let left = (exam.attempts as usize).saturating_sub(used);
    if now_in(&desk.study, exam.open.as_ref()) != Now::Inside {
        all.push(el("p").class("quiet").text(words.exam_not_open()));
    } else if left == 0 {
        all.push(el("p").class("quiet").text(words.exam_no_attempts()));
    } else {
        let label = if used == 0 {
            words.exam_begin()
        } else {
            words.exam_again()
        };
        let starting = desk.clone();
        all.push(el("p").class("quiet").text(words.exam_clock_note()));
        all.push(button("primary", label, move || starting.begin(used + 1)));
    }
    all.push(results(desk, attempts));
    all
}

impl Desk {
    fn field() -> Option<Slug> {
        Slug::parse(FIELD)
    }

    /// The sitting that was saved last, if one is under way.
    fn stored(&self) -> Option<Sitting> {
        let row = self.study.draft(&self.step, &Self::field()?)?;
        Sitting::read(&row)
    }

    /// Attempts that were handed in, in order.
    fn attempts(&self) -> Memo<Vec<Work>> {
        let (progress, step) = (self.study.progress, self.step.clone());
        Memo::new(move |_| {
            let progress = progress.get();
            let step = progress.step(&step);
            step.made(WorkKind::Attempt).cloned().collect()
        })
    }

    fn begin(&self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let id = RecordId::from_random(browser::random());
        self.save(&Sitting::begin(id.clone(), number, browser::now()));
        self.sitting.set(Some(id));
    }

    fn save(&self, sitting: &Sitting) {
        if let Some(field) = Self::field() {
            self.study.keep_row(&self.step, &field, sitting.write());
        }
    }
}
