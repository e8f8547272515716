//! A reading step: its parts, one at a time, the place remembered, the minutes counted.

use std::time::Duration;

use leptos::html::H2;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::domain::course::{PartRole, Reading, ReadingPart, StepKind};
use crate::domain::ids::{SessionId, Slug};
use crate::domain::meter::reading::{ReadingEvent, ReadingMeter};
use crate::domain::meter::{Because, Status};
use crate::domain::standing::StepStanding;
use crate::package::markdown::{self, Document};
use crate::store::rows::PlaceRow;
use crate::ui::app::Here;
use crate::ui::browser;
use crate::ui::components::icon::{Icon, Pic};
use crate::ui::components::markdown::Markdown;
use crate::ui::components::meter::MeterLine;
use crate::ui::route::Route;
use crate::ui::state::{Device, Intent, Study, fetch_text};

/// The place is remembered when scrolling has rested for so long.
const REST: Duration = Duration::from_millis(400);

const TICK: Duration = Duration::from_secs(1);

/// A reading with everything around it.
#[component]
pub fn ReadingStep(step: Slug, reading: Reading, standing: Signal<StepStanding>) -> impl IntoView {
    let study = Study::here();
    let Here(route) = expect_context::<Here>();
    let parts = StoredValue::new(reading.parts);
    let remembered = study
        .places
        .with_value(|places| places.get(&step).cloned())
        .unwrap_or_default();
    let place = remembered.clone();
    let open = Memo::new(move |_| {
        let named = match route.get() {
            Route::Step { part, .. } => part,
            _ => None,
        };
        let wanted = named.or_else(|| place.part.clone());
        parts.with_value(|parts| {
            let at = parts
                .iter()
                .position(|part| Some(&part.id) == wanted.as_ref());
            at.unwrap_or(0)
        })
    });
    let first =
        parts.with_value(|parts| parts.get(open.get_untracked()).map(|part| part.id.clone()))?;
    let visit = Visit::new(&study, step.clone(), first, standing);
    let part_of = move || parts.with_value(|parts| parts.get(open.get()).cloned());
    Effect::new(move |_| {
        if let Some(part) = part_of() {
            visit.turn(part.id);
        }
    });
    let turned = StoredValue::new(false);
    let for_list = step.clone();
    let for_turns = step.clone();
    Some(view! {
        <div class="reading">
            <PartsNav step=for_list parts open />
            <div class="text">
                <MeterLine status=visit.status.into() standing />
                {move || part_of().map(|part| {
                    let resume = (Some(&part.id) == remembered.part.as_ref()).then_some(remembered.scrolled_permille);
                    let turned = turned.try_update_value(|turned| std::mem::replace(turned, true));
                    view! { <Part part resume=resume.unwrap_or(0) turned=turned.unwrap_or(false) /> }
                })}
                <Turns step=for_turns parts open />
            </div>
        </div>
    })
}

/// One visit to a reading: its meter and its place.
#[derive(Clone, Copy)]
struct Visit {
    status: RwSignal<Status>,
    inner: StoredValue<VisitState>,
}

struct VisitState {
    study: Study,
    step: Slug,
    part: Slug,
    meter: ReadingMeter,
    standing: Signal<StepStanding>,
    resting: Option<TimeoutHandle>,
}

impl Visit {
    fn new(study: &Study, step: Slug, part: Slug, standing: Signal<StepStanding>) -> Self {
        study.counter.claim();
        let meter = ReadingMeter::new(
            step.clone(),
            SessionId::from_random(browser::random()),
            study.course.meter,
            part.clone(),
            browser::clock(),
            study.page(),
        );
        let state = VisitState {
            study: study.clone(),
            step,
            part,
            meter,
            standing,
            resting: None,
        };
        let visit = Self {
            status: RwSignal::new(Status::NotCounting(Because::Idle)),
            inner: StoredValue::new(state),
        };
        visit.tell(ReadingEvent::Tick);
        visit.follow_page();
        visit
    }

    fn follow_page(self) {
        let active = [
            "pointerdown",
            "pointermove",
            "keydown",
            "wheel",
            "touchstart",
        ];
        let mut listeners: Vec<_> = active
            .into_iter()
            .map(|name| window_event_listener_untyped(name, move |_| self.active()))
            .collect();
        listeners.push(window_event_listener_untyped("scroll", move |_| {
            self.scrolled();
        }));
        listeners.push(window_event_listener_untyped(
            "visibilitychange",
            move |_| {
                self.tell(ReadingEvent::PageChanged);
            },
        ));
        listeners.push(window_event_listener_untyped("pagehide", move |_| {
            self.tell(ReadingEvent::Left);
            self.inner.with_value(|state| state.study.counter.release());
        }));
        let ticking = set_interval_with_handle(move || self.tell(ReadingEvent::Tick), TICK).ok();
        on_cleanup(move || {
            for listener in listeners {
                listener.remove();
            }
            if let Some(ticking) = ticking {
                ticking.clear();
            }
            self.tell(ReadingEvent::Left);
            self.inner.with_value(|state| state.study.counter.release());
        });
    }

    /// Feeds the meter and shows the answer.
    fn tell(self, event: ReadingEvent) {
        self.inner.try_update_value(|state| {
            let page = state.study.page();
            for output in state.meter.on(event, browser::clock(), page) {
                state.study.send(Intent::Keep(output));
            }
            let full = state
                .standing
                .try_get_untracked()
                .is_some_and(|standing| standing.credited_ms >= standing.creditable_ms);
            let status = state.meter.status(full);
            if self.status.try_get_untracked() != Some(status) {
                self.status.try_set(status);
            }
        });
    }

    fn active(self) {
        self.inner.with_value(|state| {
            if !state.study.counter.mine() {
                state.study.counter.claim();
            }
        });
        self.tell(ReadingEvent::Active);
    }

    fn turn(self, part: Slug) {
        let turned = self.inner.try_update_value(|state| {
            let turned = state.part != part;
            state.part = part.clone();
            turned
        });
        if turned == Some(true) {
            self.tell(ReadingEvent::Part(part));
            self.remember();
        }
    }

    fn scrolled(self) {
        self.active();
        let later = set_timeout_with_handle(move || self.remember(), REST).ok();
        self.inner.update_value(|state| {
            if let Some(earlier) = state.resting.take() {
                earlier.clear();
            }
            state.resting = later;
        });
    }

    fn remember(self) {
        self.inner.try_update_value(|state| {
            let row = PlaceRow {
                part: Some(state.part.clone()),
                scrolled_permille: scrolled_permille(),
                media_ms: 0,
            };
            state.study.send(Intent::Place(state.step.clone(), row));
        });
    }
}

/// How far the page is scrolled, in thousandths of what can be scrolled.
fn scrolled_permille() -> u32 {
    let window = browser::window();
    let top = window.scroll_y().unwrap_or(0.0);
    let far = scrollable();
    if far <= 0.0 {
        return 0;
    }
    u32::try_from(browser::to_ms((top / far * 1_000.0).clamp(0.0, 1_000.0))).unwrap_or(0)
}

fn scrollable() -> f64 {
    let whole = browser::document()
        .document_element()
        .map_or(0, |root| root.scroll_height());
    let seen = browser::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    f64::from(whole) - seen.unwrap_or(0.0)
}

/// The list of parts.
#[component]
fn PartsNav(step: Slug, parts: StoredValue<Vec<ReadingPart>>, open: Memo<usize>) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let read = {
        let step = step.clone();
        Memo::new(move |_| study.progress_now().step(&step).parts.clone())
    };
    let item = move |(at, part): (usize, ReadingPart)| {
        let href = Route::Step {
            step: step.clone(),
            part: Some(part.id.clone()),
        }
        .href();
        let (title, id) = (part.title, part.id);
        let known = Memo::new(move |_| read.get().contains(&id));
        view! {
            <li class:on=move || open.get() == at>
                <a href=href aria-current=move || (open.get() == at).then_some("true")>
                    {device.text(&title)}
                    {move || known.get().then(|| view! {
                        <Pic icon=Icon::Check /><span class="unseen">{device.words().part_read}</span>
                    })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="parts" aria-label=device.words().parts>
            <ol>{parts.get_value().into_iter().enumerate().map(item).collect_view()}</ol>
        </nav>
    }
}

/// The text of a part on its way.
#[derive(Clone)]
enum Fetched {
    Underway,
    Here(Document),
    Failed,
}

/// One part: fetched, read and laid out; then the place is found again. When it was turned to,
/// its heading takes the focus, so that keys and screen readers go on from there.
#[component]
fn Part(part: ReadingPart, resume: u32, turned: bool) -> impl IntoView {
    let device = Device::here();
    let study = Study::here();
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| turned) {
            let _ = heading.focus();
        }
    });
    let (title, file, role) = (part.title, part.file, part.role);
    let again = RwSignal::new(0u32);
    let base = study.base.clone();
    let text = RwSignal::new(Fetched::Underway);
    Effect::new(move |_| {
        again.track();
        let path = device.text(&file);
        let address = study.file(&path);
        text.set(Fetched::Underway);
        leptos::task::spawn_local(async move {
            let fetched = match fetch_text(&address).await {
                Some(fetched) => Fetched::Here(markdown::read(&path, &fetched)),
                None => Fetched::Failed,
            };
            text.try_set(fetched);
        });
    });
    let laid_out = move || match text.get() {
        Fetched::Underway => {
            view! { <p class="quiet" role="status">{device.words().part_loading}</p> }.into_any()
        }
        Fetched::Failed => view! { <PartFailed retry=again /> }.into_any(),
        Fetched::Here(document) => {
            // Only to find the place again: who turns the part may have moved on already.
            if resume > 0 && !turned {
                request_animation_frame(move || scroll_to(resume));
            }
            view! { <Markdown document base=base.clone() /> }.into_any()
        }
    };
    let onward = onward(&Study::here(), role);
    view! {
        <h2 class="part-title" node_ref=heading tabindex="-1">{device.text(&title)}</h2>
        <div class="prose">{laid_out}</div>
        {onward}
    }
}

#[component]
fn PartFailed(retry: RwSignal<u32>) -> impl IntoView {
    let device = Device::here();
    view! {
        <div class="trouble" role="alert">
            <p><strong>{device.words().part_failed}</strong></p>
            <p>{device.words().course_unreachable_way}</p>
            <button class="primary" on:click=move |_| retry.update(|tries| *tries += 1)>
                {device.words().try_again}
            </button>
        </div>
    }
}

fn scroll_to(permille: u32) {
    let top = scrollable() * f64::from(permille) / 1_000.0;
    browser::window().scroll_to_with_x_and_y(0.0, top);
}

/// The interaction part leads to the topic's discussion, the assignment part to its assignment.
fn onward(study: &Study, role: PartRole) -> Option<AnyView> {
    let device = Device::here();
    let kind = match role {
        PartRole::Interaction => StepKind::Discussion,
        PartRole::Assignment => StepKind::Assignment,
        _ => return None,
    };
    let Here(route) = expect_context::<Here>();
    let Route::Step { step, .. } = route.get_untracked() else {
        return None;
    };
    let placed = study.course.step(&step)?;
    let target = placed
        .topic
        .steps
        .iter()
        .find(|step| step.content.kind() == kind)?;
    let href = Route::to_step(&target.id).href();
    let label = move || match kind {
        StepKind::Discussion => device.words().to_discussion,
        _ => device.words().to_assignment,
    };
    Some(view! { <p><a class="secondary" href=href>{label}</a></p> }.into_any())
}

/// To the part before and the part after.
#[component]
fn Turns(step: Slug, parts: StoredValue<Vec<ReadingPart>>, open: Memo<usize>) -> impl IntoView {
    let device = Device::here();
    let link = move |at: Option<usize>, label: &'static str| {
        let part = at.and_then(|at| parts.with_value(|parts| parts.get(at).cloned()))?;
        let href = Route::Step {
            step: step.clone(),
            part: Some(part.id),
        }
        .href();
        let title = device.text(&part.title);
        Some(
            view! { <a class="secondary" href=href on:click=|_| scroll_to(0)>{label}{device.words().colon}{title}</a> },
        )
    };
    move || {
        view! {
            <p class="turns">
                {link(open.get().checked_sub(1), device.words().previous_part)}
                {link(Some(open.get() + 1), device.words().next_part)}
            </p>
        }
    }
}
