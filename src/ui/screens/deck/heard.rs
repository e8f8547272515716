//! What the room says, written down on a sheet as it is said; and the code with which it signs in.

use leptos::prelude::*;
use serde_json::Value;

use super::Show;
use crate::domain::answers::{Answer, KIND, MAX_WORDS, body, is_of_lesson, of_lesson, removal};
use crate::domain::body::Body;
use crate::domain::course::{Module, Step, Topic};
use crate::domain::ids::{RecordId, Slug};
use crate::domain::progress::WorkKind;
use crate::domain::task::AttendanceBy;
use crate::domain::work::Attendance;
use crate::package::open::details;
use crate::projection::{Body as Shown, Place, Source, activities, next_activity};
use crate::ui::browser;
use crate::ui::components::draft::Draft;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Device, Study, reader};
use crate::ui::text::deck::DeckWords;
use crate::ui::text::score::fill as filled;

/// What is heard while a deck is shown.
#[derive(Clone, Copy)]
pub struct Heard {
    /// The field that is open, with the part that it is for.
    open: StoredValue<Option<(usize, Draft)>, LocalStorage>,
    /// Whether the field takes the focus when it is built anew.
    pub typing: StoredValue<bool>,
    /// The code, once it is shown.
    code: RwSignal<String>,
}

impl Heard {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            open: StoredValue::new_local(None),
            typing: StoredValue::new(false),
            code: RwSignal::new(String::new()),
        }
    }
}

/// The activities that a topic is projected in, and which of them takes place.
#[derive(Clone, Copy)]
pub struct Sessions {
    /// Those that the room signs in to with a code: their ids and titles.
    by_code: StoredValue<Vec<(Slug, String)>>,
    /// The one that takes place, if there are any.
    pub now: RwSignal<Option<Slug>>,
}

impl Sessions {
    /// Those of a topic.
    pub fn of(study: &Study, topic: &Topic) -> Self {
        let modules = study.course.modules.iter();
        let holds = |module: &&Module| module.topics.iter().any(|each| each.id == topic.id);
        let module = modules.into_iter().find(holds);
        let all = module.map_or_else(Vec::new, |module| activities(module, topic));
        let device = Device::here();
        let signs = |step: &&&Step| {
            let task = details::activity(&study.source, &step.id).ok();
            task.is_some_and(|task| task.attendance.contains(&AttendanceBy::RoomCode))
        };
        let signed: Vec<&Step> = all.iter().filter(signs).copied().collect();
        let among = if signed.is_empty() { &all } else { &signed };
        let progress = study.progress.get_untracked();
        let was_at = |step: &&Step| {
            let known = progress.step(&step.id);
            let mut attended = known.made(WorkKind::Attendance);
            // Of this lesson: the page was opened anew.
            attended.any(|work| !is_of_lesson(work.at, browser::now()))
        };
        let were_at: Vec<bool> = among.iter().map(was_at).collect();
        let now = next_activity(&were_at).and_then(|at| among.get(at));
        let named = signed
            .iter()
            .map(|step| (step.id.clone(), device.text(&step.title)));
        Self {
            by_code: StoredValue::new(named.collect()),
            now: RwSignal::new(now.map(|step| step.id.clone())),
        }
    }

    /// Whether the room signs in with a code.
    pub fn sign(self) -> bool {
        self.by_code.with_value(|all| !all.is_empty())
    }
}

/// Puts what was said in this lesson already to the parts that it is about.
pub fn fill(study: &Study, sources: &mut [Source]) {
    let said = of_lesson(&study.progress.get_untracked().kept, browser::now());
    for source in sources {
        if let Source::Text { of, answers, .. } = source {
            let here = said.iter().filter(|answer| answer.of == **of);
            *answers = here.map(|answer| answer.words.clone()).collect();
        }
    }
}

/// The reading and the part that a slide's part is.
fn of_part(show: &Show, part: usize) -> Option<(Slug, Slug)> {
    show.sources.with_value(|sources| match sources.get(part) {
        Some(Source::Text { of, .. }) => Some(of.as_ref().clone()),
        _ => None,
    })
}

impl Show {
    /// Writes down what stands in the open field.
    pub(super) fn write_down(&self) {
        let Some((part, draft)) = self.heard.open.get_value() else {
            return;
        };
        if draft.text().trim().is_empty() {
            return;
        }
        let Some(of) = of_part(self, part) else {
            return;
        };
        let words: String = draft.take().trim().chars().take(MAX_WORDS).collect();
        let activity = self.sessions.now.get_untracked();
        let step = activity.as_ref().unwrap_or(&of.0);
        let body = body(step, (&of.0, &of.1), &words);
        let id = RecordId::from_random(browser::random());
        self.keep(id, &of.0, body, &[&field_of(&of.1)]);
        self.change(part, |answers| answers.push(words));
    }

    /// Whether nothing stands in the open field.
    pub(super) fn is_field_empty(&self) -> bool {
        let open = self.heard.open.get_value();
        open.is_some_and(|(_, draft)| draft.text().is_empty())
    }

    /// Takes the last answer to a part back.
    fn take_back(&self, part: usize) {
        let Some(of) = of_part(self, part) else {
            return;
        };
        let all = of_lesson(&self.study.progress.get_untracked().kept, browser::now());
        let shown = self.sources.with_value(|sources| match sources.get(part) {
            Some(Source::Text { answers, .. }) => answers.last().cloned(),
            _ => None,
        });
        // One that was written down a moment ago may not be known yet.
        let is_last = |answer: &&Answer| answer.of == of && Some(&answer.words) == shown.as_ref();
        let last = all.iter().rfind(is_last);
        if let Some(last) = last {
            let id = RecordId::from_random(browser::random());
            self.keep(id, &of.0, removal(last), &[]);
            self.change(part, |answers| {
                answers.pop();
            });
        }
    }

    fn keep(&self, id: RecordId, reading: &Slug, body: Value, fields: &[&Slug]) {
        let body = Body::Assessed(KIND, body);
        self.study.make_as(id, reading, body, None, fields);
    }

    /// Lays out what was said anew, and goes to where more is written down.
    fn change(&self, part: usize, change: impl FnOnce(&mut Vec<String>)) {
        self.sources.update_value(|sources| {
            if let Some(Source::Text { answers, .. }) = sources.get_mut(part) {
                change(answers);
            }
        });
        self.heard.typing.set_value(true);
        self.heard.open.set_value(None);
        self.settled.set_value(None);
        let slides = self.laid_out(self.room.get_untracked());
        let last = slides
            .iter()
            .position(|slide| slide.part == part && matches!(slide.body, Shown::Answers(_, true)));
        self.slides.set(slides);
        if let Some(slide) = last {
            self.place.set(Place { slide, points: 0 });
        }
    }
}

/// The field of a part, as drafts name it.
fn field_of(part: &Slug) -> Slug {
    Slug::parse(&format!("room-{part}")).unwrap_or_else(|| part.clone())
}

/// Where the room signs in to an activity.
pub fn code(show: &Show) -> El {
    let (words, code) = (show.words, show.heard.code);
    let Sessions { by_code, now } = show.sessions;
    let all = by_code.get_value();
    let titles = all.clone();
    let of = show.study.clone();
    let look = move || {
        if let Some(step) = now.get_untracked() {
            leptos::task::spawn_local(shown_before(of.clone(), step, (now, code)));
        }
    };
    look();
    let chosen = move |step| {
        now.set(step);
        code.set(String::new());
        look();
    };
    let several = all.len() > 1;
    let how = move || {
        // With the code there is room for the whole title.
        if several && code.with(String::is_empty) {
            return words.sign_in_how_here().to_owned();
        }
        let step = now.get();
        let title = titles
            .iter()
            .find(|(known, _)| Some(known) == step.as_ref());
        let title = title.map_or("", |(_, title)| title.as_str());
        filled(words.sign_in_how(), &[title])
    };
    let study = show.study.clone();
    let shown = el("div").live(move || {
        let known = code.get();
        if !known.is_empty() {
            return vec![el("p").class("code number").text(&known)];
        }
        let study = study.clone();
        let begin = button("secondary", words.sign_in_begin(), move || {
            let Some(step) = now.get_untracked() else {
                return;
            };
            let [high, low, ..] = browser::random();
            let made = 1_000 + u16::from_be_bytes([high, low]) % 9_000;
            code.set(made.to_string());
            // The record of whoever leads tells which code it was.
            let attendance = Attendance {
                step: step.clone(),
                code: Some(made.to_string()),
            };
            study.make(&step, Body::Attendance(attendance), None, &[]);
        });
        vec![begin, el("p").class("quiet").text(words.sign_in_note())]
    });
    el("div")
        .class("cover code-of")
        .child(el("h1").text(words.sign_in()))
        .children(several.then(|| which(words, &all, now.get_untracked(), chosen)))
        .child(el("p").live_text(how))
        .child(shown)
}

/// Which of several activities takes place, to be chosen.
fn which(
    words: DeckWords,
    all: &[(Slug, String)],
    now: Option<Slug>,
    chosen: impl Fn(Option<Slug>) + 'static,
) -> El {
    let options = all.iter().map(|(step, title)| {
        let is_now = now.as_ref() == Some(step);
        el("option")
            .attr("value", step.as_str())
            .attr_if("selected", is_now.then_some(""))
            .text(title)
    });
    let choice = el("select")
        .attr("aria-label", words.sign_in_which())
        .children(options)
        .on("change", move |event| chosen(Slug::parse(&value_of(event))));
    el("p").child(choice)
}

/// The code that was shown in this lesson before the page was opened anew: the leader's own record has it.
async fn shown_before(
    study: Study,
    step: Slug,
    (now, code): (RwSignal<Option<Slug>>, RwSignal<String>),
) {
    let signed = study.progress.with_untracked(|progress| {
        let known = progress.step(&step);
        let last = known.made(WorkKind::Attendance).next_back();
        let last = last.filter(|work| is_of_lesson(work.at, browser::now()));
        last.map(|work| work.id.clone())
    });
    let Some(signed) = signed else { return };
    if let Some(Body::Attendance(Attendance {
        code: Some(known), ..
    })) = reader::body(&study, &signed).await
        && code.try_with_untracked(String::is_empty) == Some(true)
        && now.try_get_untracked().flatten() == Some(step)
    {
        code.try_set(known);
    }
}

/// Where more is written down.
pub fn field(show: &Show, part: usize) -> Option<El> {
    let words = show.words;
    let of = of_part(show, part)?;
    let draft = Draft::open(&show.study, &of.0, &field_of(&of.1), "");
    let open = show.heard.open;
    open.set_value(Some((part, draft)));
    on_cleanup(move || {
        open.try_set_value(None);
    });
    let input = el("input")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", &MAX_WORDS.to_string())
        .attr("aria-label", words.hear())
        .attr("placeholder", words.hear())
        .value(&draft.text())
        .on("input", move |event| draft.typed(value_of(event)));
    if show.heard.typing.try_update_value(std::mem::take) == Some(true) {
        input.focus_soon();
    }
    let (add, back) = (show.clone(), show.clone());
    let row = el("div")
        .class("hear")
        .child(input)
        .child(button("secondary", words.hear_add(), move || {
            add.write_down();
        }))
        .child(button("secondary", words.hear_back(), move || {
            back.take_back(part);
        }));
    Some(row)
}
