//! A sitting: the clock, the questions, and a look at all answers before they are handed in.

use std::time::Duration;

use super::Desk;
use super::question::question;
use crate::domain::body::Body;
use crate::domain::exam::{Question, Sitting};
use crate::domain::ids::Slug;
use crate::domain::text::Text;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, on_window};
use crate::ui::format::clock;
use crate::ui::state::Device;
use crate::ui::text::exam_left;
use leptos::prelude::*;

const TICK: Duration = Duration::from_secs(1);

/// The time used is saved at least so often, in milliseconds.
const SAVE_MS: u64 = 5_000;

/// A sitting under way, as the page sees it.
#[derive(Clone, Copy)]
pub struct Live(StoredValue<State>);

struct State {
    desk: Desk,
    sitting: Sitting,
    /// The steady clock when time was last added, and when the row was last saved.
    steady_ms: u64,
    saved_ms: u64,
}

impl Live {
    fn new(desk: &Desk, mut sitting: Sitting) -> Self {
        // What passed while the page was closed counts too.
        sitting.pass(browser::now(), 0);
        desk.save(&sitting);
        let now = browser::steady_ms();
        Self(StoredValue::new(State {
            desk: desk.clone(),
            sitting,
            steady_ms: now,
            saved_ms: now,
        }))
    }

    /// Lets the clock go on; answers the time left in milliseconds.
    fn tick(self) -> u64 {
        let left = self.0.try_update_value(|state| {
            let now = browser::steady_ms();
            state
                .sitting
                .pass(browser::now(), now.saturating_sub(state.steady_ms));
            state.steady_ms = now;
            if now >= state.saved_ms + SAVE_MS {
                state.saved_ms = now;
                state.desk.save(&state.sitting);
            }
            state.sitting.left_ms(state.desk.exam.minutes)
        });
        left.unwrap_or(0)
    }

    fn save(self) {
        self.tick();
        self.0
            .try_update_value(|state| state.desk.save(&state.sitting));
    }

    /// Takes an answer and saves it.
    pub fn answer(self, question: &Slug, given: Vec<String>) {
        self.0
            .update_value(|state| state.sitting.set_answer(question, given));
        self.save();
    }

    /// What was answered to a question so far.
    pub fn given(self, question: &Slug) -> Vec<String> {
        self.0
            .with_value(|state| state.sitting.answer(question).to_vec())
    }

    fn hand_in(self) {
        self.tick();
        self.0.update_value(|state| {
            let desk = &state.desk;
            let attempt = desk
                .paper
                .with_value(|paper| state.sitting.hand_in(&desk.step, paper));
            // The record has the id that the sitting has had from the beginning.
            let id = state.sitting.id.clone();
            let field = Desk::field();
            let fields: Vec<&Slug> = field.iter().collect();
            let body = Body::ExamAttempt(attempt);
            desk.study.make_as(id, &desk.step, body, None, &fields);
        });
        let sitting = self.0.with_value(|state| state.desk.sitting);
        sitting.set(None);
    }
}

/// The screen of a sitting.
pub fn sitting(desk: &Desk, stored: Sitting) -> El {
    let id = stored.id.clone();
    let live = Live::new(desk, stored);
    let left = RwSignal::new(live.tick());
    let checking = RwSignal::new(false);
    let ticking = set_interval_with_handle(
        move || {
            let now = live.tick();
            left.set(now);
            if now == 0 {
                live.hand_in();
            }
        },
        TICK,
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    on_window("pagehide", move |_| live.save());
    on_window("visibilitychange", move |_| live.save());
    let questions: Vec<(Question, Vec<(Slug, Text)>)> = desk.paper.with_value(|paper| {
        let drawn = paper.drawn(&id).into_iter();
        let with_options = |question: &Question| {
            let options = paper.options(&id, question);
            (question.clone(), options.into_iter().cloned().collect())
        };
        drawn.map(with_options).collect()
    });
    let desk = desk.clone();
    el("div")
        .class("sitting")
        .child(time_left(left))
        .live(move || {
            let checking_now = checking.get();
            untrack(|| {
                if checking_now {
                    vec![check(live, &questions, checking)]
                } else {
                    vec![paper(&desk, live, &questions, checking)]
                }
            })
        })
}

fn time_left(left: RwSignal<u64>) -> El {
    let language = Device::here().language();
    // Said aloud once a minute, not once a second.
    let minutes = Memo::new(move |_| left.get().div_ceil(60_000));
    let said = el("span")
        .class("unseen")
        .attr("role", "status")
        .live_text(move || exam_left(language, minutes.get()));
    el("p")
        .class("time-left number")
        .live_class("soon", move || left.get() < 60_000)
        .text(language.words().time_left())
        .text(language.words().colon())
        .child(
            el("span")
                .attr("aria-hidden", "true")
                .live_text(move || clock(left.get())),
        )
        .child(said)
}

type Drawn = (Question, Vec<(Slug, Text)>);

fn paper(desk: &Desk, live: Live, questions: &[Drawn], checking: RwSignal<bool>) -> El {
    let words = Device::here().words();
    let numbered = questions.iter().enumerate();
    let items = numbered.map(|(at, (asked, options))| question(desk, live, at, asked, options));
    el("div")
        .child(el("ol").class("questions").children(items))
        .child(button("primary", words.exam_check(), move || {
            checking.set(true);
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
        }))
}

/// All questions at a glance, before they are handed in.
fn check(live: Live, questions: &[Drawn], checking: RwSignal<bool>) -> El {
    let device = Device::here();
    let words = device.words();
    let open = questions
        .iter()
        .filter(|(asked, _)| live.given(&asked.id).is_empty())
        .count();
    let item = |(at, (asked, _)): (usize, &Drawn)| {
        let answered = !live.given(&asked.id).is_empty();
        let state = if answered {
            words.answered()
        } else {
            words.not_answered()
        };
        let go = asked.id.clone();
        let number = format!("{}{}{state}", at + 1, words.colon());
        let back = button("plain", &number, move || {
            checking.set(false);
            let id = format!("question-{go}");
            request_animation_frame(move || {
                if let Some(question) = browser::element(&id) {
                    question.scroll_into_view();
                }
            });
        });
        el("li").live_class("open", move || !answered).child(back)
    };
    let summary = if open == 0 {
        words.exam_all_answered().to_owned()
    } else {
        format!("{}{}{open}", words.exam_unanswered(), words.colon())
    };
    let heading = el("h2").attr("tabindex", "-1").text(words.exam_check());
    heading.focus_soon();
    let row = el("div")
        .class("row")
        .child(button("secondary", words.exam_back(), move || {
            checking.set(false);
        }))
        .child(button("primary", words.exam_hand_in(), move || {
            live.hand_in();
        }));
    el("section")
        .child(heading)
        .child(el("p").text(&summary))
        .child(
            el("ol")
                .class("check")
                .children(questions.iter().enumerate().map(item)),
        )
        .child(el("p").class("quiet").text(words.exam_final()))
        .child(row)
}
