//! A topic projected to a room (投影): the slides that `projection` makes of it, run with a clicker, keys
//! or touch. Nothing of the learner is on it.

mod clock;
mod heard;
mod light;
mod load;
mod slide;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlDialogElement, HtmlElement, HtmlVideoElement, KeyboardEvent, MouseEvent};

use crate::domain::answers::is_of_lesson;
use crate::domain::course::{Step, StepContent, Topic};
use crate::domain::ids::Slug;
use crate::domain::standing::StepState;
use crate::domain::time::Moment;
use crate::projection::{Body, Place, Room, Slide, Source, deck as slides_of, starts};
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, follow, on_window};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};
use crate::ui::text::deck::DeckWords;
use clock::Clock;

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
    sources: StoredValue<Vec<Source>>,
    room: RwSignal<Room>,
    slides: RwSignal<Vec<Slide>>,
    place: RwSignal<Place>,
    black: RwSignal<bool>,
    list: RwSignal<bool>,
    clock: Clock,
    /// The activity that the topic is projected for, if it has one.
    activity: Option<Slug>,
    /// Whether the room signs in to it with a code.
    signs: Option<Slug>,
    heard: heard::Heard,
    light: light::Light,
    /// How far the film was that was shown last, in seconds.
    film: StoredValue<Option<(Slug, f64)>>,
    /// The step that was left for the deck, if it was one.
    left: Option<Slug>,
    /// What had the focus when the list was opened.
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
}

/// Where the controls stand below the slide: where nothing hovers, and in a low window (`deck.css`).
const CONTROLS_BELOW: &str = "(hover: none), (max-height: 480px)";
/// What they take there.
const CONTROLS_PX: f64 = 64.0;

/// The picture as it is now.
fn room_now() -> Room {
    let window = browser::window();
    let size = |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64());
    let below = window.match_media(CONTROLS_BELOW).ok().flatten();
    let taken = if below.is_some_and(|below| below.matches()) {
        CONTROLS_PX
    } else {
        0.0
    };
    Room {
        width: size(window.inner_width()).unwrap_or(1024.0),
        height: size(window.inner_height()).unwrap_or(768.0) - taken,
    }
}

impl Show {
    fn new(words: DeckWords, study: &Study, topic: &Topic, found: Vec<Source>) -> Self {
        let title = Device::here().text(&topic.title);
        let room = room_now();
        let (activity, signs) = heard::activity(study, topic);
        let mut found = found;
        heard::fill(study, &mut found);
        let slides = slides_of(&title, signs.as_ref(), &found, room);
        let place = place_before(topic, &slides);
        let clock = Clock::new();
        clock.begin(timed(&slides, place.slide));
        Self {
            words,
            study: study.clone(),
            topic: topic.clone(),
            slides: RwSignal::new(slides),
            title,
            sources: StoredValue::new(found),
            room: RwSignal::new(room),
            place: RwSignal::new(place),
            black: RwSignal::new(false),
            list: RwSignal::new(false),
            clock,
            activity,
            signs,
            heard: heard::Heard::new(),
            light: light::Light::new(),
            film: StoredValue::new(None),
            left: Here::left_step(),
            opener: StoredValue::new_local(None),
        }
    }

    fn laid_out(&self, room: Room) -> Vec<Slide> {
        let signs = self.signs.as_ref();
        let sources = self.sources;
        sources.with_value(|sources| slides_of(&self.title, signs, sources, room))
    }

    fn resized(&self) {
        let room = room_now();
        if room == self.room.get_untracked() {
            return;
        }
        let before = self.slides.get_untracked();
        let after = self.laid_out(room);
        let place = self.place.get_untracked().moved(&before, &after);
        self.room.set(room);
        self.slides.set(after);
        self.place.set(place);
    }

    fn go(&self, to: impl FnOnce(Place, &[Slide]) -> Place) {
        if self.black.get_untracked() {
            self.black.set(false);
            return;
        }
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
        let steps = &self.topic.steps;
        let left = steps
            .iter()
            .find(|step| Some(&step.id) == self.left.as_ref());
        let reading = steps
            .iter()
            .find(|step| matches!(step.content, StepContent::Reading(_)));
        let to = left.or(reading).or(steps.first());
        let is_open = |step: &&Step| {
            let placed = self.study.course.step(&step.id);
            let standing = placed.map(|placed| untrack(|| self.study.standing(&placed)));
            standing.is_some_and(|standing| !matches!(standing.state, StepState::Locked(_)))
        };
        let to = to.filter(is_open).map(|step| Route::to_step(&step.id));
        if browser::document().fullscreen_element().is_some() {
            browser::document().exit_fullscreen();
        }
        let to = to.unwrap_or(Route::Outline).href();
        let _ = browser::window().location().set_hash(&to);
    }

    /// What a key does; whether it was one of ours.
    fn key(&self, event: &KeyboardEvent) -> bool {
        // What an input method is still at is its own.
        let composing = event.is_composing();
        if composing || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let at = event
            .target()
            .and_then(|at| at.dyn_into::<HtmlElement>().ok());
        let tag = at.map(|at| at.tag_name()).unwrap_or_default();
        let on_button = matches!(tag.as_str(), "BUTTON" | "VIDEO");
        if self.list.get_untracked() {
            return match event.key().as_str() {
                "Escape" => {
                    self.list.set(false);
                    true
                }
                "ArrowDown" | "PageDown" => move_in_list(1),
                "ArrowUp" | "PageUp" => move_in_list(-1),
                _ => false,
            };
        }
        // Whoever types there types; a clicker goes on all the same.
        if tag == "INPUT"
            && !matches!(
                event.key().as_str(),
                "PageDown" | "PageUp" | "Escape" | "F5"
            )
        {
            if event.key() == "Enter" {
                self.write_down();
                return true;
            }
            return false;
        }
        // Out of the field first.
        if tag == "INPUT" && event.key() == "Escape" {
            let page = browser::document().query_selector(".deck");
            let page = page.ok().flatten().and_then(|page| page.dyn_into().ok());
            return page.is_some_and(|page: HtmlElement| page.focus().is_ok());
        }
        if self.light.key(&event.key()) {
            return true;
        }
        match event.key().as_str() {
            " " | "Enter" if on_button => return false,
            "PageDown" | "ArrowRight" | "ArrowDown" | " " | "Enter" => self.forward(),
            "PageUp" | "ArrowLeft" | "ArrowUp" | "Backspace" => self.back(),
            "b" | "B" | "." => self.black.update(|black| *black = !*black),
            "F5" => whole_screen(),
            "Home" => self.jump(0),
            "End" => self.jump(usize::MAX),
            "l" | "L" => self.list.set(true),
            "p" | "P" => self.clock.pause(),
            "s" | "S" => self.spotlight(),
            "z" | "Z" => self.enlarge(),
            "Escape" if self.light.off() => {}
            "Escape" if self.black.get_untracked() => self.black.set(false),
            "Escape" => self.leave(),
            _ => return false,
        }
        true
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
        Effect::new(move || {
            let size = format!("{}px", room.get().type_px());
            let _ = sized.style().set_property("font-size", &size);
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
        follow(Box::new(move || {
            let (Place { slide, points }, Moment(now)) = (place.get(), browser::now());
            browser::keep(PLACE, &format!("{topic} {slide} {points} {now}"));
        }));
        // It takes the page over, so that nothing else is reached, seen or read out.
        request_animation_frame(move || {
            let _ = node.show_modal();
            let _ = node.focus();
        });
        awake();
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

    /// A film stands still while the screen is black or the clock is stopped.
    fn hold_film(&self) {
        let show = self.clone();
        let held = StoredValue::new_local(None::<HtmlVideoElement>);
        follow(Box::new(move || {
            let still = show.black.get() || show.clock.paused.get();
            if still {
                let film = browser::document().query_selector(".deck video");
                let film = film.ok().flatten().and_then(|film| film.dyn_into().ok());
                let film = film.filter(|film: &HtmlVideoElement| !film.paused());
                if let Some(film) = film {
                    let _ = film.pause();
                    held.set_value(Some(film));
                }
            } else if let Some(film) = held.try_update_value(Option::take).flatten() {
                slide::play(&film);
            }
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
                slide.map_or_else(String::new, |slide| match slide.body {
                    Body::Cover | Body::Code(_) | Body::End => String::new(),
                    _ => slide.title.clone(),
                })
            })
        };
        let touched = self.clone();
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
            .on("click", move |event: &Event| {
                let of_button = event
                    .target()
                    .and_then(|at| at.dyn_into::<web_sys::Element>().ok())
                    .is_some_and(|at| {
                        at.closest("button, video, a, input")
                            .ok()
                            .flatten()
                            .is_some()
                    });
                let Some(click) = event.dyn_ref::<MouseEvent>().filter(|_| !of_button) else {
                    return;
                };
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

    /// The list to jump by.
    fn jumps(&self) -> El {
        let show = self.clone();
        el("div").live(move || {
            if !show.list.get() {
                return Vec::new();
            }
            let words = show.words;
            let shown = show.place.get_untracked().slide;
            let items: Vec<El> = show.slides.with(|slides| {
                let starts = starts(slides);
                let here = starts.iter().rfind(|at| **at <= shown).copied();
                let item = |at: usize| {
                    let to = show.clone();
                    let title = slides.get(at).map_or("", |slide| slide.title.as_str());
                    let label = format!("{} · {title}", at + 1);
                    let jump = button("secondary", &label, move || to.jump(at));
                    if here == Some(at) {
                        jump.focus_soon();
                        el("li").child(jump.attr("aria-current", "true"))
                    } else {
                        el("li").child(jump)
                    }
                };
                starts.into_iter().map(item).collect()
            });
            let close = show.list;
            let close = button("secondary", words.close_list(), move || close.set(false));
            let list = el("nav")
                .class("jumps")
                .attr("aria-label", words.list())
                .child(el("h2").text(words.list()))
                .child(el("ol").children(items))
                .child(close);
            vec![list]
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
        el("div")
            .class("reach")
            .attr("role", "toolbar")
            .attr("aria-label", words.controls())
            .child(act(words.back(), Self::back))
            .child(act(words.forward(), Self::forward))
            .child(act(words.list(), |show| show.list.set(true)))
            .child(pressed(black, self.black))
            .child(pressed(pause, self.clock.paused))
            .child(pressed(spotlight, self.light.on))
            .child(act(words.enlarge(), Self::enlarge))
            .child(button("secondary", words.whole_screen(), whole_screen))
            .child(act(words.leave(), Self::leave))
            .child(self.clock.said(self.words))
    }
}

/// Moves the focus so many entries on in the list to jump by.
fn move_in_list(by: i32) -> bool {
    let page = browser::document();
    let Ok(Some(list)) = page.query_selector(".deck .jumps") else {
        return false;
    };
    let entries = list.get_elements_by_tag_name("button");
    let entries: Vec<HtmlElement> = (0..entries.length())
        .filter_map(|at| entries.item(at)?.dyn_into().ok())
        .collect();
    let active = page.active_element();
    let at = entries
        .iter()
        .position(|entry| Some(entry.as_ref()) == active.as_ref());
    let to = at.and_then(|at| at.checked_add_signed(by.try_into().ok()?));
    if let Some(entry) = to.and_then(|to| entries.get(to)) {
        let _ = entry.focus();
    }
    true
}

/// Takes the whole screen, or gives it back. It is the page that takes it: no browser lets a dialog, and what is
/// modal stays above the page.
fn whole_screen() {
    let page = browser::document();
    if page.fullscreen_element().is_some() {
        page.exit_fullscreen();
    } else if let Some(root) = page.document_element() {
        let _ = root.request_fullscreen();
    }
}

/// Keeps the screen awake where the browser lets pages do that.
fn awake() {
    use js_sys::{Function, Reflect};
    let navigator = browser::window().navigator();
    let lock = Reflect::get(&navigator, &"wakeLock".into()).unwrap_or_default();
    let ask = Reflect::get(&lock, &"request".into());
    if let Some(ask) = ask.ok().and_then(|ask| ask.dyn_into::<Function>().ok()) {
        // It lets go when the page is left; one that is refused changes nothing.
        if let Ok(asked) = ask.call1(&lock, &"screen".into()) {
            let asked: js_sys::Promise = asked.unchecked_into();
            leptos::task::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
            });
        }
    }
}

/// What this tab keeps of the place in the deck that was shown last: topic, slide, points, when.
const PLACE: &str = "zhixing-deck";

/// Where a lesson that goes on was in this topic; the beginning for another, and after the end.
fn place_before(topic: &Topic, slides: &[Slide]) -> Place {
    let kept = browser::kept(PLACE).unwrap_or_default();
    let mut kept = kept.split(' ');
    let mut next = || kept.next().unwrap_or_default();
    let is_topic = next() == topic.id.as_str();
    let (slide, points, at) = (next().parse(), next().parse(), next().parse());
    let (true, Ok(slide), Ok(points), Ok(at)) = (is_topic, slide, points, at) else {
        return Place::default();
    };
    let last = slides.len().saturating_sub(1);
    if slide >= last || !is_of_lesson(Moment(at), browser::now()) {
        return Place::default();
    }
    Place { slide, points }
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
