//! A topic projected to a room (投影): the slides that `projection` makes of it, run with a clicker, keys
//! or touch. Nothing of the learner is on it.

mod clock;
mod film;
mod heard;
mod jumps;
mod kept;
mod keys;
mod light;
mod load;
mod screen;
mod slide;
mod swipe;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, KeyboardEvent, MouseEvent};

use crate::domain::course::Topic;
use crate::domain::ids::Slug;
use crate::domain::standing::StepState;
use crate::projection::{Body, Place, Room, Sheet, Slide, Source, deck as slides_of, leads_back};
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, follow, on_window};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::Language;
use crate::ui::text::deck::DeckWords;
use clock::Clock;
use swipe::{Swipe, Way};

/// The screen.
pub fn deck(_: &'static str, words: &'static str) -> El {
    let Here(route, _) = expect_context();
    let study = Study::here();
    let Some(words) = DeckWords::read(words) else {
        return el("p");
    };
    let Route::Deck(id) = route.get_untracked() else {
        return el("p");
    };
    let topics = study
        .course
        .modules
        .iter()
        .flat_map(|module| &module.topics);
    let Some(topic) = topics.into_iter().find(|topic| topic.id == id).cloned() else {
        return el("p").text(words.no_topic());
    };
    let device = Device::here();
    let title = format!("{} · {}", device.text(&topic.title), device.words().app());
    browser::document().set_title(&title);
    let sources = RwSignal::new(None);
    load::fetch(&study, &topic, sources);
    el("div").live(move || match sources.get() {
        None => vec![
            el("p")
                .class("loading")
                .attr("role", "status")
                .text(words.loading()),
        ],
        Some(Err(())) => {
            let (study, topic) = (study.clone(), topic.clone());
            vec![
                el("p").attr("role", "alert").text(words.failed()),
                button("primary", words.again(), move || {
                    load::fetch(&study, &topic, sources);
                }),
            ]
        }
        Some(Ok(found)) => {
            let show = Show::new(words, &study, &topic, found);
            vec![untrack(|| show.dialog())]
        }
    })
}

/// A deck that is shown.
#[derive(Clone)]
pub(super) struct Show {
    words: DeckWords,
    study: Study,
    topic: Topic,
    title: String,
    language: Language,
    sources: StoredValue<Vec<Source>>,
    room: RwSignal<Room>,
    slides: RwSignal<Vec<Slide>>,
    place: RwSignal<Place>,
    /// Since the picture changed its size: the slides before, and the place in them.
    settled: StoredValue<Option<(Vec<Slide>, Place)>>,
    black: RwSignal<bool>,
    list: RwSignal<bool>,
    clock: Clock,
    sessions: heard::Sessions,
    heard: heard::Heard,
    light: light::Light,
    /// How far the film was that was shown last, in seconds.
    film: StoredValue<Option<(Slug, f64)>>,
    /// The step that was left for the deck, if it was one.
    left: Option<Slug>,
    /// What had the focus when the list was opened.
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Show {
    fn new(words: DeckWords, study: &Study, topic: &Topic, found: Vec<Source>) -> Self {
        let device = Device::here();
        let title = device.text(&topic.title);
        let room = screen::room();
        let sessions = heard::Sessions::of(study, topic);
        let mut found = found;
        heard::fill(study, &mut found);
        let slides = slides_of(&title, sessions.sign(), &found, room);
        let (place, shown_ms) = kept::place(topic, &slides);
        let clock = Clock::new(shown_ms);
        clock.begin(timed(&slides, place.slide));
        Self {
            words,
            study: study.clone(),
            topic: topic.clone(),
            slides: RwSignal::new(slides),
            title,
            language: device.language(),
            sources: StoredValue::new(found),
            room: RwSignal::new(room),
            place: RwSignal::new(place),
            settled: StoredValue::new(None),
            black: RwSignal::new(false),
            list: RwSignal::new(false),
            clock,
            sessions,
            heard: heard::Heard::new(),
            light: light::Light::new(),
            film: StoredValue::new(None),
            left: Here::left_step(),
            opener: StoredValue::new_local(None),
        }
    }

    fn laid_out(&self, room: Room) -> Vec<Slide> {
        let signs = self.sessions.sign();
        let sources = self.sources;
        sources.with_value(|sources| slides_of(&self.title, signs, sources, room))
    }

    fn resized(&self) {
        let room = screen::room();
        if room == self.room.get_untracked() {
            return;
        }
        let after = self.laid_out(room);
        // From where somebody went to: one change after the other would lead away from there.
        let settled = self.settled.get_value();
        let (before, place) =
            settled.unwrap_or_else(|| (self.slides.get_untracked(), self.place.get_untracked()));
        let moved = place.moved(&before, &after);
        self.settled.set_value(Some((before, place)));
        self.room.set(room);
        self.slides.set(after);
        self.place.set(moved);
    }

    fn go(&self, to: impl FnOnce(Place, &[Slide]) -> Place) {
        if self.black.get_untracked() {
            self.black.set(false);
            return;
        }
        self.settled.set_value(None);
        // What was typed and not written down yet is.
        self.write_down();
        self.heard.typing.set_value(false);
        let place = self.place.get_untracked();
        let (to, timed) = self.slides.with_untracked(|slides| {
            let to = to(place, slides);
            (to, timed(slides, to.slide))
        });
        if to.slide != place.slide {
            self.light.off();
            self.clock.begin(timed);
        }
        self.place.set(to);
    }

    fn forward(&self) {
        self.go(Place::forward);
    }

    fn back(&self) {
        self.go(Place::back);
    }

    fn jump(&self, slide: usize) {
        self.opener.set_value(None);
        self.list.set(false);
        self.go(|_, slides| Place::jump(slide, slides));
    }

    /// Back into the flow: to the step that was left for the deck, else to the topic's reading, else to its
    /// first step; to the outline where that is still locked.
    fn leave(&self) {
        let open = |step: &Slug| {
            let placed = self.study.course.step(step);
            let standing = placed.map(|placed| untrack(|| self.study.standing(&placed)));
            standing.is_some_and(|standing| !matches!(standing.state, StepState::Locked(_)))
        };
        let to = leads_back(&self.topic, self.left.as_ref(), open);
        if browser::document().fullscreen_element().is_some() {
            browser::document().exit_fullscreen();
        }
        let to = to.map_or(Route::Outline, Route::to_step).href();
        let _ = browser::window().location().set_hash(&to);
    }

    fn dialog(&self) -> El {
        let room = self.room;
        let black = self.black;
        let dialog = el("dialog")
            .class("deck")
            .live_class("black", move || black.get())
            .attr("tabindex", "-1")
            .attr("aria-label", &self.title);
        let node: HtmlDialogElement = dialog.cast();
        let page: HtmlElement = dialog.cast();
        let sized = page.clone();
        let (slides, place) = (self.slides, self.place);
        Effect::new(move || {
            let room = room.get();
            let title = slides.with(|slides| {
                let slide = slides.get(place.get().slide);
                slide.map_or(1, |slide| room.title_lines(&slide.above))
            });
            let style = sized.style();
            let _ = style.set_property("font-size", &format!("{}px", room.type_px()));
            // What the title takes beyond a line is not there for pictures.
            let more = title.saturating_sub(1) * 3;
            let more = format!("{}.{}em", more / 2, more % 2 * 5);
            let _ = style.set_property("--more", &more);
        });
        let show = self.clone();
        on_window("resize", move |_| show.resized());
        let show = self.clone();
        on_window("keydown", move |event: &Event| {
            if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                && show.key(key)
            {
                event.prevent_default();
            }
        });
        let dialog = dialog
            .on("cancel", Event::prevent_default)
            .child(self.frame())
            .child(self.lights())
            .child(self.curtain())
            .child(self.jumps())
            .child(self.controls());
        self.hold_focus(&page);
        self.hold_film();
        let (topic, place) = (self.topic.id.clone(), self.place);
        let shown_ms = self.clock.shown_ms;
        let tens = Memo::new(move |_| shown_ms.get() / 10_000);
        follow(Box::new(move || {
            tens.track();
            kept::keep(&topic, place.get(), shown_ms.get_untracked());
        }));
        // It takes the page over, so that nothing else is reached, seen or read out.
        request_animation_frame(move || {
            let _ = node.show_modal();
            let _ = node.focus();
        });
        screen::awake();
        // What is out of sight lets the screen sleep again.
        on_window("visibilitychange", |_| screen::awake());
        dialog
    }

    /// Keeps the focus in the deck when what had it is gone: with whoever opened the list, else with the
    /// deck itself.
    fn hold_focus(&self, page: &HtmlElement) {
        let (show, page) = (self.clone(), page.clone());
        follow(Box::new(move || {
            show.black.track();
            show.place.track();
            show.slides.track();
            if show.list.get() {
                let active = browser::document().active_element();
                show.opener
                    .set_value(active.and_then(|at| at.dyn_into().ok()));
                return;
            }
            let (opener, page) = (show.opener, page.clone());
            leptos::task::spawn_local(async move {
                browser::after_frame().await;
                let active = browser::document().active_element();
                let within = active.and_then(|active| active.closest(".deck").ok().flatten());
                if within.is_some() {
                    return;
                }
                let opener = opener.try_update_value(Option::take).flatten();
                let to = opener.filter(|opener| opener.is_connected());
                let _ = to.unwrap_or(page).focus();
            });
        }));
    }

    /// The slide.
    fn frame(&self) -> El {
        let show = self.clone();
        let (slides, place) = (self.slides, self.place);
        let at = Memo::new(move |_| place.get().slide);
        // A memo, so that a film goes on where the picture alone changed its size.
        let slide = Memo::new(move |_| slides.with(|slides| slides.get(at.get()).cloned()));
        let count = move || {
            let all = slides.with(Vec::len);
            format!("{} / {all}", at.get() + 1)
        };
        let title = move || {
            slides.with(|slides| {
                let slide = slides.get(at.get());
                slide.map_or_else(String::new, |slide| slide.above.clone())
            })
        };
        let touched = self.clone();
        let (swipe, swiped) = (Swipe::new(self.light.on), self.clone());
        let (black, list) = (self.black, self.list);
        el("div")
            .class("frame")
            // Nothing is reached that something else lies over.
            .live_attr("inert", move || {
                (black.get() || list.get()).then(String::new)
            })
            .child(
                el("p")
                    .class("above")
                    .child(el("span").live_text(title))
                    .child(el("span").class("number").live_text(count)),
            )
            .child(
                el("div")
                    .class("slide")
                    .attr("aria-live", "polite")
                    .live(move || {
                        let made = slide
                            .get()
                            .map(|slide| untrack(|| slide::slide(&show, &slide)));
                        made.into_iter().collect()
                    }),
            )
            .on("pointerdown", move |event| swipe.begin(event))
            .on("pointerup", move |event| match swipe.end(event) {
                Some(Way::On) => swiped.forward(),
                Some(Way::Back) => swiped.back(),
                None => {}
            })
            .on("click", move |event: &Event| {
                let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
                let on = |what: &str| {
                    let found = at.as_ref().map(|at| at.closest(what));
                    matches!(found, Some(Ok(Some(_))))
                };
                let Some(click) = event.dyn_ref::<MouseEvent>() else {
                    return;
                };
                if on("button, video, a, input, select") {
                    return;
                }
                if on("img") {
                    return touched.enlarge_at(click);
                }
                let width = touched.room.get_untracked().width;
                if f64::from(click.client_x()) < width / 4.0 {
                    touched.back();
                } else {
                    touched.forward();
                }
            })
    }

    /// What hides everything.
    fn curtain(&self) -> El {
        let (black, words) = (self.black, self.words);
        el("div").attr("role", "status").live(move || {
            let shown = black.get().then(|| {
                let lift = el("button")
                    .attr("type", "button")
                    .attr("aria-label", words.black_said())
                    .on("click", move |_| black.set(false));
                el("div").class("curtain").child(lift)
            });
            shown.into_iter().collect()
        })
    }

    /// Buttons for mouse, touch and Tab; they show when they are reached.
    fn controls(&self) -> El {
        let words = self.words;
        let act = |label: &str, act: fn(&Self)| {
            let show = self.clone();
            button("secondary", label, move || act(&show))
        };
        let pressed = |button: El, of: RwSignal<bool>| {
            button.live_attr("aria-pressed", move || Some(of.get().to_string()))
        };
        let black = act(words.black(), |show| {
            show.black.update(|black| *black = !*black);
        });
        let pause = act(words.pause(), |show| show.clock.pause());
        let spotlight = act(words.spotlight(), Self::spotlight);
        let (slides, place) = (self.slides, self.place);
        let no_picture = move || {
            let Place { slide, points } = place.get();
            let picture = |slide: &Slide| match &slide.body {
                Body::Sheet(Sheet::Picture { .. }, covered) => !covered || points > 0,
                _ => false,
            };
            !slides.with(|slides| slides.get(slide).is_some_and(picture))
        };
        let enlarge = act(words.enlarge(), Self::enlarge)
            .live_attr("hidden", move || no_picture().then(String::new));
        el("div")
            .class("reach")
            .attr("role", "toolbar")
            .attr("aria-label", words.controls())
            .child(act(words.back(), Self::back))
            .child(act(words.forward(), Self::forward))
            .child(act(words.list(), |show| show.list.set(true)))
            .child(act(words.leave(), Self::leave))
            .child(pressed(black, self.black))
            .child(pressed(pause, self.clock.paused))
            .child(pressed(spotlight, self.light.on))
            .child(enlarge)
            .child(button("secondary", words.whole_screen(), screen::whole))
            .child(self.clock.said(self.words))
    }
}

/// The minutes of a slide, and which of the slides with minutes it is; this stays when the deck is laid out anew.
fn timed(slides: &[Slide], at: usize) -> Option<(usize, u32)> {
    let minutes = slides.get(at)?.minutes()?;
    let before = slides.iter().take(at);
    Some((before.filter_map(Slide::minutes).count(), minutes))
}

/// What is left, as "2:30".
fn left(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
