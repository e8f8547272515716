//! The app: what is shown while opening, when stuck, and while studying.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;

use super::browser;
use super::components::chrome::{Banner, Header};
use super::components::stuck::Stuck;
use super::route::Route;
use super::screens::{Home, NotFound, Outline, Records, StepScreen};
use super::state::{Device, Phase, Study, boot};

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
    root.set_inner_html("");
    mount_to(root.unchecked_into(), App).forget();
    if let Some(body) = browser::document().body() {
        let _ = body.set_attribute("data-started", "");
    }
}

/// The current screen.
#[derive(Clone, Copy)]
pub struct Here(pub RwSignal<Route>);

fn current_route() -> Route {
    Route::parse(&browser::window().location().hash().unwrap_or_default())
}

#[component]
fn App() -> impl IntoView {
    let device = Device::read();
    provide_context(device);
    let here = Here(RwSignal::new(current_route()));
    provide_context(here);
    let on_hash = window_event_listener(leptos::ev::hashchange, move |_| {
        here.0.set(current_route());
    });
    on_cleanup(move || on_hash.remove());
    let phase = RwSignal::new(Phase::Loading);
    let open = move || {
        phase.set(Phase::Loading);
        spawn_local(async move {
            phase.set(match boot().await {
                Ok(study) => Phase::Ready(study),
                Err(trouble) => Phase::Stuck(trouble),
            });
        });
    };
    open();
    move || {
        device.follow_language();
        match phase.get() {
            Phase::Loading => {
                view! { <p class="loading" role="status">{device.words().loading}</p> }.into_any()
            }
            Phase::Stuck(trouble) => {
                view! { <Stuck trouble retry=Callback::new(move |()| open()) /> }.into_any()
            }
            Phase::Ready(study) => {
                provide_context(study);
                view! { <Frame /> }.into_any()
            }
        }
    }
}

/// Header, warnings and the screen.
#[component]
fn Frame() -> impl IntoView {
    let device = Device::here();
    let Here(route) = expect_context::<Here>();
    // A memo, so that turning the part of a reading does not build the step anew.
    let screen = Memo::new(move |_| match route.get() {
        Route::Step { step, .. } => Route::Step { step, part: None },
        other => other,
    });
    view! {
        <a class="skip" href="#main" on:click=skip>{device.words().skip_to_content}</a>
        <Header />
        <Banner />
        <main id="main" tabindex="-1">
            {move || match screen.get() {
                Route::Home => view! { <Home /> }.into_any(),
                Route::Outline => view! { <Outline /> }.into_any(),
                Route::Records => view! { <Records /> }.into_any(),
                Route::Step { step, .. } => match Study::here().course.step(&step) {
                    Some(_) => view! { <StepScreen step /> }.into_any(),
                    None => view! { <NotFound /> }.into_any(),
                },
                Route::Unknown => view! { <NotFound /> }.into_any(),
            }}
        </main>
    }
}

/// `#main` would be read as a route: move the focus instead.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(main) = browser::element("main") {
        let _ = main.focus();
    }
}
