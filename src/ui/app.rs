//! The app: what is shown while opening, when stuck, and while studying.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use gloo_timers::future::sleep;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

use super::browser;
use super::components::chrome::{banner, header};
use super::components::stuck::stuck;
use super::dom::{El, el, on_window};
use super::route::Route;
use super::screens;
use super::state::keeper::{self, Inbox, Keeper};
use super::state::{
    Device, Later, Laters, Part, Phase, Rest, Study, Trouble, apart, boot, content, join_part,
    needed_at_once, opens_at,
};
use crate::domain::course::Placed;
use crate::domain::ids::Slug;
use crate::domain::standing;
use crate::store::rows::ProfileRow;
use crate::ui::text::Language;

/// Starts the app in the element `app` of the page, in place of the static shell.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        // What was typed stays on the page; only a word above it says that a reload helps.
        if let Some(note) = browser::element("broken") {
            let _ = note.remove_attribute("hidden");
        }
    }));
    let Some(root) = browser::element("app") else {
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        if needed_at_once() {
            // If it does not arrive, the screens that need it say so.
            let _ = join_part(0).await;
        }
        Device::bring_words(Device::chosen()).await;
        mount(root);
    });
}

fn mount(root: HtmlElement) {
    root.set_inner_html("");
    let page = El::of(root.clone().into());
    leptos::mount::mount_to(root, move || app(page)).forget();
    if let Some(body) = browser::document().body() {
        let _ = body.set_attribute("data-started", "");
    }
}

/// The current screen, and the one before it.
#[derive(Clone, Copy)]
pub struct Here(pub RwSignal<Route>, pub StoredValue<Option<Route>>);

impl Here {
    /// Goes where the address says.
    fn follow(self) {
        let route = current_route();
        let before = self.0.get_untracked();
        if before != route {
            self.1.set_value(Some(before));
            self.0.set(route);
        }
    }

    /// The step that was left for this screen, if it was one.
    pub fn left_step() -> Option<Slug> {
        let Self(_, before) = expect_context();
        match before.get_value() {
            Some(Route::Step { step, .. }) => Some(step),
            _ => None,
        }
    }
}

/// Whether a newer version of the app is on the device and waits to be taken (`public/boot.js`).
#[derive(Clone, Copy)]
struct Newer(RwSignal<bool>);

/// Whether a link to a screen of the app was pressed; the address is then that screen's. The browser would say
/// so only after a while, and that is a part of what every screen may take.
fn goes_to_screen(event: &Event) -> bool {
    let Some(click) = event.dyn_ref::<MouseEvent>() else {
        return false;
    };
    let to_other_window =
        click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if click.button() != 0 || to_other_window || event.default_prevented() {
        return false;
    }
    let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
    let link = at.and_then(|at| at.closest("a[href^='#/']").ok().flatten());
    let address = link.and_then(|link| link.get_attribute("href"));
    let Some(address) = address else { return false };
    event.prevent_default();
    browser::window().location().set_hash(&address).is_ok()
}

fn current_route() -> Route {
    Route::parse(&browser::window().location().hash().unwrap_or_default())
}

fn app(page: El) {
    let device = Device::read();
    provide_context(device);
    let here = Here(RwSignal::new(current_route()), StoredValue::new(None));
    provide_context(here);
    on_window("hashchange", move |_| here.follow());
    on_window("click", move |event| {
        if goes_to_screen(event) {
            here.follow();
        }
    });
    let newer = Newer(RwSignal::new(false));
    provide_context(newer);
    on_window("zhixing-newer", move |_| newer.0.set(true));
    let rest = Rest::new();
    provide_context(rest);
    let later = Laters::new();
    provide_context(later);
    let phase = RwSignal::new(Phase::Loading);
    let open = move || {
        phase.set(Phase::Loading);
        spawn_local(async move {
            phase.set(match boot().await {
                Ok((study, keeper, inbox)) => {
                    // Nothing is made on the home, so the keeper can begin with the rest.
                    let start: fn(Keeper, Inbox) = keeper::start;
                    let find: fn(Study) -> LocalBoxFuture<'static, ()> = content::find;
                    let finding = study.clone();
                    rest.then(move || {
                        apart(start)(keeper, inbox);
                        apart(find)(finding)
                    });
                    Phase::Ready(Box::new(study))
                }
                Err(trouble) => Phase::Stuck(trouble),
            });
            // The home first: it is what is waited for.
            sleep(Duration::ZERO).await;
            rest.fetch().await;
            if let Phase::Ready(study) = phase.get_untracked()
                && study.locks
                && later.0.bring(untrack(|| device.language())).await
            {
                let watch: fn(&Study) = screens::watch_lock;
                apart(watch)(&study);
            }
            // So that the language can be switched without a network.
            Device::bring_words(Language::En).await;
            if let Phase::Ready(study) = phase.get_untracked() {
                bring_next_text(device, &study);
                resume(later, device, &study).await;
            }
        });
    };
    open();
    page.live(move || {
        device.follow_language();
        match phase.get() {
            Phase::Loading => vec![loading()],
            Phase::Stuck(Trouble::Locked(profile)) => vec![untrack(|| locked(*profile, open))],
            Phase::Stuck(Trouble::NoCourse) => vec![untrack(first_course)],
            // A newer version may be what gets it going again.
            Phase::Stuck(trouble) => {
                let told = stuck(&trouble, open);
                let told = match trouble {
                    Trouble::Store(_) => told.child(untrack(|| third_screen(screens::rescue))),
                    _ => told,
                };
                vec![el("div").live(newer_offer), told]
            }
            Phase::Ready(study) => {
                provide_context(*study);
                untrack(frame)
            }
        }
    });
}

/// Asks for somebody's PIN; `open` opens what it keeps.
fn locked(profile: ProfileRow, open: impl Fn() + Copy + 'static) -> El {
    let Laters(third, ..) = expect_context();
    let ask: screens::Ask = screens::locked;
    let asked = with_third(move || apart(ask)(third.words(), &profile, Box::new(open)));
    el("main").attr("id", "main").class("stuck").child(asked)
}

/// Where there is no course yet, one is opened.
fn first_course() -> El {
    let made = third_screen(screens::first_course);
    el("main").attr("id", "main").class("stuck").child(made)
}

/// Something of the third part, once that is here.
fn third_screen(make: fn(&'static str) -> El) -> El {
    let Laters(third, ..) = expect_context();
    with_third(move || apart(make)(third.words()))
}

/// Brings the text of what the home offers next, if that is a reading.
fn bring_next_text(device: Device, study: &Study) {
    let progress = study.progress.get_untracked();
    let next = standing::next_step(&study.course, &progress);
    let address = next.and_then(|next| opens_at(study, next.step, untrack(|| device.language())));
    study.texts.bring_ahead(address.into_iter().collect());
}

/// Goes on with sending to a backend, where somebody asked for that before. Where there was something and
/// nothing is left, that is told at once, and where the last page was cut off, what it tore is mended.
async fn resume(later: Laters, device: Device, study: &Study) {
    let empty = study.facts.with_untracked(|facts| facts.records < 2);
    let lost = empty && browser::setting(screens::device::CARRIED).is_some();
    let told = browser::kept(browser::TOLD).is_some();
    if lost || told || browser::was_cut_off() || screens::device::is_marked(study) {
        later.0.want(untrack(|| device.language()));
    }
    if browser::setting(screens::backend::SETTINGS).is_none_or(|known| known.is_empty()) {
        return;
    }
    let language = untrack(|| device.language());
    if later.0.bring(language).await && later.2.bring(language).await {
        let resume: fn(&Study) = screens::backend::resume;
        apart(resume)(study);
    }
}

/// Header, warnings and the screen.
fn frame() -> Vec<El> {
    let device = Device::here();
    let Here(route, _) = expect_context::<Here>();
    // A memo, so that turning the part of a reading does not build the step anew.
    let screen = Memo::new(move |_| match route.get() {
        Route::Step { step, .. } => Route::Step { step, part: None },
        other => other,
    });
    let skip_link = el("a")
        .class("skip")
        .attr("href", "#main")
        .text(device.words().skip_to_content())
        .on("click", skip);
    let rest = expect_context::<Rest>();
    let main = el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .live(move || {
            let route = screen.get();
            if route == Route::Home {
                return untrack(|| vec![screens::home()]);
            }
            // From the first step on score and export are at hand, should the network go.
            untrack(|| expect_context::<Laters>().0.want(device.language()));
            match rest.part.get() {
                Part::Underway => vec![loading()],
                Part::Failed => vec![rest_failed(rest)],
                Part::Here => match later_screen(&route) {
                    Some(screen) => vec![when_here(screen)],
                    // What a screen reads while it is built must not build it anew.
                    None => untrack(|| vec![screen_of(&route)]),
                },
            }
        });
    let offer = el("div").live(move || {
        if screen.get().is_calm() {
            newer_offer()
        } else {
            Vec::new()
        }
    });
    let Laters(third, ..) = expect_context();
    if browser::is_portable() {
        third.want(device.language());
    }
    // No start waits for it: it is told once the third part is here anyway.
    let alone = el("div").live(move || {
        let alone: fn(&'static str) -> El = screens::alone;
        let made = third
            .is_here()
            .then(|| untrack(|| apart(alone)(third.words())));
        made.into_iter().collect()
    });
    vec![skip_link, header(), banner(), offer, alone, main]
}

/// The offer of a newer version, when one waits.
fn newer_offer() -> Vec<El> {
    let Newer(newer) = expect_context();
    let offer: fn() -> El = screens::newer;
    let made = newer.get().then(|| untrack(|| apart(offer)()));
    made.into_iter().collect()
}

fn loading() -> El {
    el("p")
        .class("loading")
        .attr("role", "status")
        .text(Device::here().words().loading())
}

/// A screen of a later part, given the words of the third and of its own.
type LaterScreen = fn(&'static str, &'static str) -> El;

/// The screen of a route, if it is one of a later part, and of which: 0 is the third.
fn later_screen(route: &Route) -> Option<(LaterScreen, u8)> {
    let screen: (LaterScreen, u8) = match route {
        Route::Standing => (screens::score::standing, 0),
        Route::Ledger => (screens::score::ledger, 0),
        Route::Archive => (screens::score::archive, 0),
        Route::Courses => (screens::score::courses, 0),
        Route::Records => (screens::records, 0),
        Route::Device => (screens::device, 0),
        Route::People => (screens::people, 0),
        Route::Notes => (screens::notes, 1),
        Route::Search => (screens::search, 1),
        Route::Backend => (screens::backend::backend, 2),
        Route::Class(_) => (screens::class::class, 2),
        Route::Deck(_) => (screens::deck, 3),
        _ => return None,
    };
    Some(screen)
}

/// A screen of a later part, once that is here.
fn when_here((screen, part): (LaterScreen, u8)) -> El {
    let Laters(score, notes, class, deck) = expect_context();
    let own = match part {
        3 => deck,
        2 => class,
        _ => notes,
    };
    let parts = [Some(score), (part > 0).then_some(own)];
    once_here(parts, move || apart(screen)(score.words(), own.words()))
}

/// What the third part makes, once that is here.
pub fn with_third(make: impl Fn() -> El + 'static) -> El {
    let Laters(third, ..) = expect_context();
    once_here([Some(third), None], make)
}

fn once_here(parts: [Option<Later>; 2], make: impl Fn() -> El + 'static) -> El {
    let language = Device::here().language();
    el("div").live(move || {
        for later in parts.into_iter().flatten() {
            match later.part(language) {
                Part::Underway => return vec![loading()],
                Part::Failed => return vec![failed(move || later.fetch(language))],
                Part::Here => {}
            }
        }
        vec![untrack(&make)]
    })
}

fn rest_failed(rest: Rest) -> El {
    failed(move || spawn_local(rest.fetch()))
}

fn failed(again: impl Fn() + 'static) -> El {
    let words = Device::here().words();
    let again = el("button")
        .class("primary")
        .text(words.try_again())
        .on("click", move |_| again());
    el("div")
        .class("trouble")
        .attr("role", "alert")
        .child(el("p").child(el("strong").text(words.screen_unreachable())))
        .child(el("p").text(words.course_unreachable_way()))
        .child(again)
}

/// The screen of a route; the course home, which needs no second part, is not among them.
fn screen_of(route: &Route) -> El {
    let plain: fn() -> El = match route {
        Route::Outline => screens::outline,
        Route::Step { step, .. } => {
            let study = Study::here();
            if let Some(placed) = study.course.step(step) {
                let screen: fn(&Study, &Placed<'_>) -> El = screens::step;
                return apart(screen)(&study, &placed);
            }
            screens::not_found
        }
        _ => screens::not_found,
    };
    apart(plain)()
}

/// `#main` would be read as a route: move the focus instead.
fn skip(event: &Event) {
    event.prevent_default();
    if let Some(main) = browser::element("main") {
        let _ = main.focus();
    }
}
