//! Choosing a package: a zip or a folder, by a picker or dropped onto the page.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, File, FileList, HtmlInputElement};

use super::import::{Import, State};
use crate::ui::browser;
use crate::ui::components::chrome::language_button;
use crate::ui::components::said::button;
use crate::ui::components::title::title;
use crate::ui::dom::{El, el};
use crate::ui::format::bytes;
use crate::ui::state::Device;
use crate::ui::text::score::{ScoreWords, fill};
use crate::ui::text::store_trouble;

/// The part of the screen where a package is taken in.
pub fn choose(words: ScoreWords) -> El {
    let language = Device::here().language().tag();
    let import = Import::of_page();
    let take = {
        let import = import.clone();
        move |files: &FileList| match chosen(files) {
            Chosen::Nothing => {}
            Chosen::One(name, open) => import.begin(open, &name, language),
            Chosen::Several => import.say(State::Several),
        }
    };
    let zip = picker(words.import_zip(), take.clone()).attr("accept", ".zip,application/zip");
    let folder = picker(words.import_folder(), take.clone()).attr("webkitdirectory", "");
    let import_of_folder = import.clone();
    let drop = move |event: &Event| {
        event.prevent_default();
        let dropped = member(event, "dataTransfer");
        if let Some(folder) = dropped::folder(&dropped) {
            let import = import_of_folder.clone();
            if dropped::several(&dropped) {
                import.say(State::Several);
                return;
            }
            let name = member(&folder, "name").as_string().unwrap_or_default();
            leptos::task::spawn_local(async move {
                if let Some(open) = dropped::files(folder).await {
                    import.begin(open, &name, language);
                }
            });
        } else if let Some(files) = member(&dropped, "files").dyn_ref::<FileList>() {
            take(files);
        }
    };
    el("section")
        .class("drop")
        .on("dragover", Event::prevent_default)
        .on("drop", drop)
        .child(el("h2").text(words.import_course()))
        .child(el("p").class("quiet").text(words.import_course_note()))
        .child(
            el("div")
                .class("row")
                .child(labelled(words.import_zip(), zip))
                .child(labelled(words.import_folder(), folder)),
        )
        .child(progress(words, &import))
}

/// The first course of a device; one that came with the portable edition is opened by itself.
pub fn first(words: ScoreWords) -> El {
    let packed = Reflect::get(&browser::window(), &"zhixingPackage".into());
    let packed = packed
        .ok()
        .and_then(|packed| packed.dyn_into::<js_sys::Function>().ok());
    let packed = packed.and_then(|packed| packed.call0(&JsValue::NULL).ok());
    if let Some(packed) = packed.filter(JsValue::is_object) {
        let language = Device::here().language().tag();
        Import::of_page().begin(packed, "", language);
    }
    let kept = browser::is_portable().then(|| el("p").text(words.carry_note()));
    let words_of_app = Device::here().words();
    el("div")
        .child(
            el("p")
                .class("quiet")
                .child(el("strong").text(words_of_app.app()))
                .text(" ")
                .child(language_button(Device::here())),
        )
        .child(title(words.first_course()))
        .child(el("p").text(words.first_course_note()))
        .children(kept)
        .child(choose(words))
}

/// A file picker that looks like a button.
fn picker(label: &str, take: impl Fn(&FileList) + 'static) -> El {
    el("input")
        .attr("type", "file")
        .attr("aria-label", label)
        .class("unseen")
        .on("change", move |event| {
            let input = event.target();
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                if let Some(files) = input.files() {
                    take(&files);
                }
                // So that the same file can be chosen again.
                input.set_value("");
            }
        })
}

fn labelled(label: &str, input: El) -> El {
    el("label").class("secondary").text(label).child(input)
}

fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A folder that was dropped: what it holds is asked for entry by entry.
mod dropped {
    use js_sys::{Array, Function, Promise};
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::member;

    /// More files than a package may have: the worker refuses them, so the rest need not be looked at.
    const MOST: u32 = 5_000;

    /// The first thing that was dropped, if it is a folder.
    pub fn folder(dropped: &JsValue) -> Option<JsValue> {
        let items = member(dropped, "items");
        let first = member(&items, "0");
        let entry = method(&first, "webkitGetAsEntry")?.call0(&first).ok()?;
        member(&entry, "isDirectory").is_truthy().then_some(entry)
    }

    /// Whether something else was dropped with it.
    pub fn several(dropped: &JsValue) -> bool {
        member(&member(dropped, "items"), "length").as_f64() > Some(1.0)
    }

    /// Its files with their paths, as the worker wants them.
    pub async fn files(folder: JsValue) -> Option<JsValue> {
        let all = Array::new();
        let mut open = vec![folder];
        while let Some(entry) = open.pop() {
            if member(&entry, "isFile").is_truthy() {
                let path = member(&entry, "fullPath").as_string()?;
                let file = answer(&entry, "file").await?;
                all.push(&Array::of2(&path.trim_start_matches('/').into(), &file));
            } else {
                let reader = method(&entry, "createReader")?.call0(&entry).ok()?;
                loop {
                    let some = Array::from(&answer(&reader, "readEntries").await?);
                    if some.length() == 0 || all.length() > MOST {
                        break;
                    }
                    open.extend(some.iter());
                }
            }
        }
        Some(all.into())
    }

    fn method(of: &JsValue, name: &str) -> Option<Function> {
        member(of, name).dyn_into().ok()
    }

    /// What a method gives to the function that it is called with.
    async fn answer(of: &JsValue, name: &str) -> Option<JsValue> {
        let method = method(of, name)?;
        let promise = Promise::new(&mut |resolve, reject| {
            let _ = method.call2(of, &resolve, &reject);
        });
        JsFuture::from(promise).await.ok()
    }
}

/// What was chosen.
enum Chosen {
    Nothing,
    /// Its name, and what the worker is to open: one zip, or the files of a folder with their paths.
    One(String, JsValue),
    /// More than one zip.
    Several,
}

fn chosen(files: &FileList) -> Chosen {
    let Some(first) = files.get(0) else {
        return Chosen::Nothing;
    };
    let path = |file: &File| {
        let path = Reflect::get(file, &"webkitRelativePath".into()).unwrap_or_default();
        path.as_string().unwrap_or_default()
    };
    let of_first = path(&first);
    if of_first.is_empty() {
        if files.length() > 1 {
            return Chosen::Several;
        }
        return Chosen::One(first.name(), first.into());
    }
    let all = Array::new();
    for at in 0..files.length() {
        if let Some(file) = files.get(at) {
            all.push(&Array::of2(&path(&file).into(), &file));
        }
    }
    let folder = of_first.split('/').next().unwrap_or_default();
    Chosen::One(folder.to_owned(), all.into())
}

fn progress(words: ScoreWords, import: &Import) -> El {
    let figures = {
        let import = import.clone();
        Memo::new(move |_| match import.state.get() {
            State::Running(here, whole) => (here, whole),
            _ => (0, 0),
        })
    };
    // Without the figures, so that the button under the finger stays.
    let state = {
        let import = import.clone();
        Memo::new(move |_| match import.state.get() {
            State::Running(..) => State::Running(0, 0),
            other => other,
        })
    };
    let import = import.clone();
    el("div").live(move || {
        let cancel = || {
            let import = import.clone();
            button("secondary", words.import_cancel(), move || import.cancel())
        };
        let alert = |text: &str| vec![el("p").class("fault").attr("role", "alert").text(text)];
        match state.get() {
            State::Idle => Vec::new(),
            State::Opening => vec![
                el("p").attr("role", "status").text(words.import_opening()),
                cancel(),
            ],
            State::Running(..) => {
                let line = move || {
                    let (here, whole) = figures.get();
                    fill(words.import_running(), &[&bytes(here), &bytes(whole)])
                };
                let percent = move || {
                    let (here, whole) = figures.get();
                    (here * 100 / whole.max(1)).min(100).to_string()
                };
                vec![
                    el("p").class("number").live_text(line),
                    super::filled(words, percent),
                    cancel(),
                ]
            }
            State::Refused(name, lines) => {
                let all = lines.iter().map(|line| el("li").text(line));
                vec![
                    el("p")
                        .class("fault")
                        .attr("role", "alert")
                        .text(&fill(words.import_refused(), &[&name])),
                    el("ul").children(all),
                ]
            }
            State::NoRoom(wanted, left) => alert(&fill(
                words.device_no_room(),
                &[&bytes(wanted), &bytes(left)],
            )),
            State::Store(error) => alert(store_trouble(Device::here().language(), &error)),
            State::Several => alert(words.import_several()),
            State::Volatile => alert(words.device_volatile()),
            State::NoWorker => alert(words.import_no_worker()),
            State::Cancelled => vec![
                el("p")
                    .attr("role", "status")
                    .text(words.import_cancelled()),
            ],
        }
    })
}
