//! Going to what was found: once the screen of the step shows it, it is marked and has the focus.
//!
//! The screens know nothing of it. They show their texts when those have arrived, so it is looked
//! for until it is there, as long as the learner stays.

use std::time::Duration;

use futures_channel::oneshot;
use gloo_timers::future::sleep;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement, HtmlVideoElement};

use super::corpus::Spot;
use crate::domain::ids::RecordId;
use crate::ui::browser;
use crate::ui::screens::discussion::show_replies_from;

/// The page is looked at so often.
const LOOK: Duration = Duration::from_millis(50);

/// Where nothing was found for so long, nothing will be.
const PATIENCE_MS: u64 = 20_000;

/// Characters of a text by which it is found again.
const SOUGHT: usize = 80;

/// After so long without having left, the learner stays here: the link was opened in another tab.
const LEAVING_MS: u64 = 2_000;

/// What is gone to.
#[derive(Debug, Clone)]
pub enum Goal {
    /// The beginning of the step.
    Top,
    /// The block of the reading with this number, in it the line that begins so.
    Line(usize, String),
    /// The video at this moment.
    Moment(u64),
    /// The post, and the moment from which on replies are to be shown.
    Post(RecordId, u64),
    /// Where these words are shown.
    Words(String),
    /// The highlight.
    Mark(RecordId),
}

/// What a place of a text is on the screen of its step.
pub fn goal(spot: &Spot, at: usize) -> Goal {
    match spot {
        Spot::Top => Goal::Top,
        Spot::Lines(lines) => {
            let here = lines.partition_point(|(begins, ..)| *begins <= at);
            let line = here.checked_sub(1).and_then(|here| lines.get(here));
            line.map_or(Goal::Top, |(_, block, words)| {
                Goal::Line(*block, words.clone())
            })
        }
        Spot::Cues(cues) => {
            let here = cues.partition_point(|(begins, _)| *begins <= at);
            let cue = here.checked_sub(1).and_then(|here| cues.get(here));
            Goal::Moment(cue.map_or(0, |(_, starts_ms)| *starts_ms))
        }
        Spot::Mark(id) => Goal::Mark(id.clone()),
        Spot::Words(words) => Goal::Words(words.chars().take(SOUGHT).collect()),
        Spot::Post { id, from } => Goal::Post(id.clone(), *from),
    }
}

/// Goes there once the screen at this address shows it; the link itself leads there.
pub fn follow(href: String, goal: Goal) {
    match goal {
        Goal::Top => return,
        Goal::Post(_, from) => show_replies_from(from),
        _ => {}
    }
    leptos::task::spawn_local(async move {
        if let Some(found) = look(&href, &goal).await {
            // The screen may still be about to scroll to where the learner was the last time.
            next_frame().await;
            arrive(&goal, &found).await;
        }
        show_replies_from(0);
    });
}

/// Looks until it is there, or the learner has gone on.
async fn look(href: &str, goal: &Goal) -> Option<HtmlElement> {
    let began = browser::steady_ms();
    let mut here = false;
    loop {
        let waited = browser::steady_ms() - began;
        if browser::window().location().hash().ok()? == href {
            here = true;
            if let Some(found) = find(goal) {
                return Some(found);
            }
        } else if here || waited > LEAVING_MS {
            return None;
        }
        if waited > PATIENCE_MS {
            return None;
        }
        sleep(LOOK).await;
    }
}

async fn next_frame() {
    let (tell, told) = oneshot::channel::<()>();
    request_animation_frame(move || {
        let _ = tell.send(());
    });
    let _ = told.await;
}

fn find(goal: &Goal) -> Option<HtmlElement> {
    let found = match goal {
        Goal::Line(block, words) => {
            // Its children are its blocks once all of it is there.
            let prose = query(".prose > [lang]:not([data-unfinished])")?;
            let block = child(&prose, *block)?;
            with_words(&block, words).unwrap_or(block)
        }
        Goal::Moment(_) => video()
            .filter(|video| video.ready_state() > 0)?
            .unchecked_into(),
        Goal::Post(id, _) => return browser::element(id.as_str()),
        Goal::Top => return None,
        Goal::Mark(id) => query(&format!("mark.hl[data-of='{id}']"))?,
        Goal::Words(words) => with_words(&query("#main .body")?, words)?,
    };
    found.dyn_into().ok()
}

fn query(selector: &str) -> Option<Element> {
    browser::document().query_selector(selector).ok()?
}

fn video() -> Option<HtmlVideoElement> {
    query(".player video")?.dyn_into().ok()
}

fn child(parent: &Element, number: usize) -> Option<Element> {
    let mut child = parent.first_element_child()?;
    for _ in 0..number {
        child = child.next_element_sibling()?;
    }
    Some(child)
}

/// The innermost element with these words, below one.
fn with_words(within: &Element, words: &str) -> Option<Element> {
    let words = dense(words);
    let mut found = None;
    let mut next = Some(within.clone());
    while let Some(here) = next {
        let inner = here
            .text_content()
            .is_some_and(|text| dense(&text).contains(&words));
        next = if inner {
            found = Some(here.clone());
            here.first_element_child()
        } else {
            here.next_element_sibling()
        };
    }
    // Inside of a line nothing is gone to: the words of a link, a field of a form.
    let mut found = found?;
    while found
        .matches("em, strong, code, a, span, mark")
        .unwrap_or(false)
        && found != *within
    {
        found = found.parent_element()?;
    }
    Some(found)
}

/// A text without its blanks, which are laid out in their own way.
fn dense(text: &str) -> String {
    text.chars()
        .filter(|each| !each.is_whitespace())
        .take(4_000)
        .collect()
}

async fn arrive(goal: &Goal, found: &HtmlElement) {
    if let Goal::Moment(ms) = goal {
        seek(*ms).await;
        if let Some(frame) = query(".player") {
            frame.scroll_into_view();
        }
        let button = query(".player .controls button");
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
        return;
    }
    if let Ok(Some(fold)) = found.closest("details") {
        let _ = fold.set_attribute("open", "");
    }
    let _ = found.class_list().add_1("search-place");
    if !found.has_attribute("tabindex") {
        let _ = found.set_attribute("tabindex", "-1");
    }
    found.scroll_into_view();
    let _ = found.focus();
}

/// Moves the video; again where the player itself goes on from the last time just then.
async fn seek(to_ms: u64) {
    #[allow(
        clippy::cast_precision_loss,
        reason = "a position in a video is far below 2^53 ms"
    )]
    let to = to_ms as f64 / 1_000.0;
    for _ in 0..3 {
        let Some(video) = video() else { return };
        video.set_current_time(to);
        while video.seeking() && video.is_connected() {
            sleep(LOOK).await;
        }
        if (video.current_time() - to).abs() < 1.0 {
            return;
        }
    }
}

/// Whether a click opens a link elsewhere than here.
pub fn opens_elsewhere(event: &JsValue) -> bool {
    ["ctrlKey", "metaKey", "shiftKey"].iter().any(|key| {
        js_sys::Reflect::get(event, &(*key).into()).is_ok_and(|pressed| pressed.is_truthy())
    })
}
