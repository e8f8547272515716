//! The courses of this installation: which is open, and opening another.

use leptos::prelude::*;
use serde_json::Value;

use super::links;
use crate::domain::fields::Fields;
use crate::domain::text::Text;
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::{COURSES, Device, OPEN_COURSE, Study, fetch_text};
use crate::ui::text::score::ScoreWords;

/// A course on offer.
#[derive(Clone)]
pub struct Offer {
    /// Its folder, ending with `/`.
    pub path: String,
    /// Title.
    pub title: Text,
    /// One paragraph about it.
    pub summary: Text,
}

/// The list of courses; `None` when it cannot be had.
pub async fn shelf() -> Option<Vec<Offer>> {
    let text = fetch_text(&format!("{COURSES}index.json")).await?;
    let value: Value = serde_json::from_str(&text).ok()?;
    Fields(&value).list("courses", |at| {
        Some(Offer {
            path: at.text("path")?.to_owned(),
            title: at.title("title", "zh-CN")?,
            summary: at.title("summary", "zh-CN")?,
        })
    })
}

/// The screen.
pub fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    let found = RwSignal::new(None::<Option<Vec<Offer>>>);
    leptos::task::spawn_local(async move {
        let shelf = shelf().await;
        found.try_set(Some(shelf));
    });
    el("article")
        .class("narrow")
        .child(title(words.courses()))
        .child(el("p").text(words.courses_intro()))
        .child(el("div").live(move || match found.get() {
            None => Vec::new(),
            Some(None) => vec![el("p").attr("role", "alert").text(words.courses_failed())],
            Some(Some(offers)) => {
                let all = offers.iter().map(|offer| entry(words, &study, offer));
                vec![el("ul").class("courses").children(all)]
            }
        }))
        .child(links(&words, "#/courses"))
}

fn entry(words: ScoreWords, study: &Study, offer: &Offer) -> El {
    let device = Device::here();
    let path = offer.path.clone();
    let here = *study.base == format!("{COURSES}{path}");
    let name = device.text(&offer.title);
    let open = button("secondary", words.courses_open(), move || {
        browser::set_setting(OPEN_COURSE, &path);
        let _ = browser::window().location().set_hash("#/");
        browser::start_anew();
    });
    let open = open.attr("aria-label", &format!("{} {name}", words.courses_open()));
    let mark = el("span").class("saved").text(words.courses_here());
    el("li")
        .child(device.write(el("h2"), &offer.title))
        .child(device.write(el("p").class("quiet"), &offer.summary))
        .child(if here { mark } else { open })
}
