//! The courses of this installation: which is open, and opening another.

use leptos::prelude::*;
use serde_json::Value;

use super::links;
use crate::domain::fields::Fields;
use crate::domain::text::Text;
use crate::package::open::open;
use crate::store::content as rows;
use crate::store::port::{Range, Store as _, Table};
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::state::{COURSES, Device, OPEN_COURSE, Study, content, fetch_text};
use crate::ui::text::score::{ScoreWords, fill};

/// A course on offer.
#[derive(Clone)]
pub struct Offer {
    /// Its folder, ending with `/`.
    pub path: String,
    /// Title.
    pub title: Text,
    /// One paragraph about it.
    pub summary: Text,
    /// The version of one that was opened from a package.
    pub package: Option<String>,
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
            package: None,
        })
    })
}

/// The screen.
pub fn screen(words: ScoreWords) -> El {
    let study = Study::here();
    let found = RwSignal::new(None::<Option<Vec<Offer>>>);
    {
        let study = study.clone();
        leptos::task::spawn_local(async move {
            let (shelf, own) = futures_util::join!(shelf(), imported(&study));
            // Without a network those that were imported are here still.
            let all = match shelf {
                None if own.is_empty() => None,
                shelf => Some(shelf.into_iter().flatten().chain(own).collect()),
            };
            found.try_set(Some(all));
        });
    }
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
        .child(el("p").child(el("a").attr("href", "#/device").text(words.import_course())))
        .child(links(&words, "#/courses"))
}

/// The courses that were imported on this device.
async fn imported(study: &Study) -> Vec<Offer> {
    let mut offers = Vec::new();
    let Some(store) = study.store.try_get_value() else {
        return offers;
    };
    let found = store
        .scan(Table::Content, &Range::all(rows::courses()))
        .await;
    for (key, source) in found.unwrap_or_default() {
        // One that cannot be read is not offered; it opened when it was taken in.
        if let Some((id, course)) = key.last_text().zip(open(source.as_bytes()).ok()) {
            offers.push(Offer {
                path: content::folder(id),
                title: course.title,
                summary: course.summary,
                package: Some(course.version),
            });
        }
    }
    offers
}

fn entry(words: ScoreWords, study: &Study, offer: &Offer) -> El {
    let device = Device::here();
    let path = offer.path.clone();
    let here = *study.base == format!("{COURSES}{path}") || *study.base == path;
    let name = device.text(&offer.title);
    let go = button("secondary", words.courses_open(), move || {
        browser::set_setting(OPEN_COURSE, &path);
        let _ = browser::window().location().set_hash("#/");
        browser::start_anew();
    });
    let go = go.attr("aria-label", &format!("{} {name}", words.courses_open()));
    let package = offer.package.as_ref().map(|version| {
        el("p")
            .class("quiet")
            .text(&fill(words.shelf_package(), &[version]))
    });
    let mark = el("span").class("saved").text(words.courses_here());
    el("li")
        .child(device.write(el("h2"), &offer.title))
        .child(device.write(el("p").class("quiet"), &offer.summary))
        .children(package)
        .child(if here { mark } else { go })
}
