//! A sitting: the clock, the questions, and a look at all answers before they are handed in.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::Desk;
use crate::domain::body::Body;
use crate::domain::exam::{Answer, Question, Sitting};
use crate::domain::ids::Slug;
use crate::domain::text::Text;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, on_window, value_of};
use crate::ui::format::clock;
use crate::ui::state::{Device, Intent, Making};
use crate::ui::text::{exam_left, question_number};

const TICK: Duration = Duration::from_secs(1);

/// The time used is saved at least so often, in milliseconds.
const SAVE_MS: u64 = 5_000;

/// A sitting under way, as the page sees it.
#[derive(Clone, Copy)]
struct Live(StoredValue<State>);

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

    fn answer(self, question: &Slug, given: Vec<String>) {
        self.0
            .update_value(|state| state.sitting.set_answer(question, given));
        self.save();
    }

    fn given(self, question: &Slug) -> Vec<String> {
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
            desk.study.send(Intent::Make(Making {
                id: state.sitting.id.clone(),
                body: Body::ExamAttempt(attempt),
                audience: None,
                step: desk.step.clone(),
                fields: Desk::field().into_iter().collect(),
            }));
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
        .text(language.words().time_left)
        .text(language.words().colon)
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
        .child(button("primary", words.exam_check, move || {
            checking.set(true);
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
        }))
}

fn question(desk: &Desk, live: Live, at: usize, asked: &Question, options: &[(Slug, Text)]) -> El {
    let device = Device::here();
    let language = device.language();
    let number = question_number(language, at + 1, &asked.points.to_string());
    let legend = el("legend")
        .child(el("span").class("quiet").text(&number))
        .child(device.write(el("span").class("question"), &asked.text));
    let mut set = el("fieldset")
        .attr("id", &format!("question-{}", asked.id))
        .child(legend);
    if let Some((file, alt)) = &asked.image {
        let address = desk.study.file(&device.text(file));
        set = set.child(
            el("img")
                .attr("src", &address)
                .attr("alt", &device.text(alt)),
        );
    }
    let set = match &asked.answer {
        Answer::Single { .. } => set.children(choices(live, asked, options, "radio")),
        Answer::Multiple { .. } => set
            .child(el("p").class("quiet").text(language.words().choose_all))
            .children(choices(live, asked, options, "checkbox")),
        Answer::TrueFalse { .. } => set.children(choices(live, asked, &true_false(), "radio")),
        Answer::Short { max, .. } => set.child(short(live, asked, *max)),
    };
    el("li").child(set)
}

/// The options of a statement.
pub fn true_false() -> Vec<(Slug, Text)> {
    let option = |id: &str, zh: &str, en: &str| {
        let text = Text::new([
            ("zh-CN".to_owned(), zh.to_owned()),
            ("en".to_owned(), en.to_owned()),
        ]);
        Slug::parse(id).map(|id| (id, text))
    };
    let both = [option("true", "对", "True"), option("false", "错", "False")];
    both.into_iter().flatten().collect()
}

fn choices(live: Live, asked: &Question, options: &[(Slug, Text)], kind: &'static str) -> Vec<El> {
    let device = Device::here();
    let given = live.given(&asked.id);
    let option = |(id, text): &(Slug, Text)| {
        let (question, option) = (asked.id.clone(), id.to_string());
        let chosen = given.iter().any(|each| each == id.as_str());
        let field = el("input")
            .attr("type", kind)
            .attr("name", &format!("answer-{question}"))
            .attr("value", id.as_str())
            .attr_if("checked", chosen.then_some(""))
            .on("change", move |event| {
                let on = is_checked(event);
                let mut given = live.given(&question);
                if kind == "radio" {
                    given = vec![option.clone()];
                } else {
                    given.retain(|each| *each != option);
                    given.extend(on.then(|| option.clone()));
                }
                live.answer(&question, given);
            });
        el("label")
            .class("option")
            .child(field)
            .child(device.write(el("span"), text))
    };
    options.iter().map(option).collect()
}

fn is_checked(event: &web_sys::Event) -> bool {
    let target = event.target();
    target.is_some_and(|target| {
        target
            .unchecked_into::<web_sys::HtmlInputElement>()
            .checked()
    })
}

fn short(live: Live, asked: &Question, max: u32) -> El {
    let question = asked.id.clone();
    let given = live.given(&question);
    el("input")
        .class("answer")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", &max.to_string())
        .attr("aria-label", Device::here().words().your_answer)
        .value(given.first().map_or("", String::as_str))
        .on("input", move |event| {
            let words = value_of(event);
            let given = if words.trim().is_empty() {
                Vec::new()
            } else {
                vec![words]
            };
            live.answer(&question, given);
        })
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
            words.answered
        } else {
            words.not_answered
        };
        let go = asked.id.clone();
        let number = format!("{}{}{state}", at + 1, words.colon);
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
        words.exam_all_answered.to_owned()
    } else {
        format!("{}{}{open}", words.exam_unanswered, words.colon)
    };
    let heading = el("h2").attr("tabindex", "-1").text(words.exam_check);
    heading.focus_soon();
    let row = el("div")
        .class("row")
        .child(button("secondary", words.exam_back, move || {
            checking.set(false);
        }))
        .child(button("primary", words.exam_hand_in, move || {
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
        .child(el("p").class("quiet").text(words.exam_final))
        .child(row)
}
