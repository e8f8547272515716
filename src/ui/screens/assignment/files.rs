//! Files of a submission: taken in, kept on the device at once, listed, shown.

use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::task::AttachmentRules;
use crate::domain::work::AttachedFile;
use crate::ui::browser;
use crate::ui::components::said::{button, fault_line};
use crate::ui::dom::{El, el};
use crate::ui::format::bytes;
use crate::ui::state::{Device, Intent, Study, reader};
use crate::ui::text::{Language, attachment_rules, refused_file};

/// The draft field that lists the files.
const FIELD: &str = "files";

/// The files of the draft.
#[derive(Clone)]
pub struct Files {
    study: Study,
    step: Slug,
    field: Rc<Slug>,
    rules: Option<AttachmentRules>,
    language: Language,
    listed: RwSignal<Vec<AttachedFile>>,
    fault: RwSignal<String>,
}

impl Files {
    /// The files that the draft of a step lists.
    pub fn open(study: &Study, step: &Slug, rules: Option<AttachmentRules>) -> Self {
        // `FIELD` is a slug.
        let field = Slug::parse(FIELD).unwrap_or_else(|| step.clone());
        let row = study.draft(step, &field);
        let row = row.and_then(|row| serde_json::from_str::<Value>(&row).ok());
        let items = row.as_ref().and_then(Value::as_array);
        let listed = items.into_iter().flatten().filter_map(AttachedFile::read);
        Self {
            study: study.clone(),
            step: step.clone(),
            field: Rc::new(field),
            rules,
            language: Device::here().language(),
            listed: RwSignal::new(listed.collect()),
            fault: RwSignal::new(String::new()),
        }
    }

    /// The draft field that lists them.
    pub fn field(&self) -> &Slug {
        &self.field
    }

    /// The files, to be submitted; the list is empty afterwards.
    pub fn take(&self) -> Vec<AttachedFile> {
        let taken = self.listed.get_untracked();
        self.listed.set(Vec::new());
        taken
    }

    /// Takes these files in place of those that the draft had.
    pub fn list(&self, files: Vec<AttachedFile>) {
        let row = Value::from(files.iter().map(AttachedFile::write).collect::<Vec<_>>());
        self.listed.set(files);
        self.study
            .keep_row(&self.step, &self.field, row.to_string());
    }

    /// The button to choose files, and the list; nothing where none may be attached.
    pub fn view(&self) -> El {
        let Some(rules) = self.rules.clone() else {
            return el("div");
        };
        let language = self.language;
        let words = language.words();
        let extensions: Vec<String> = rules
            .extensions()
            .iter()
            .map(|each| format!(".{each}"))
            .collect();
        let taking = self.clone();
        let field = el("input")
            .attr("type", "file")
            .attr("multiple", "")
            .attr("accept", &extensions.join(","))
            .on("change", move |event| taking.chosen(event));
        let choose = el("label")
            .class("secondary file")
            .text(words.attach())
            .child(field);
        let files = self.clone();
        let list = el("ul").class("files").live(move || {
            let listed = files.listed.get();
            listed.iter().map(|file| files.row(file)).collect()
        });
        el("div")
            .class("attachments")
            .child(choose)
            .child(
                el("p")
                    .class("quiet")
                    .text(&attachment_rules(language, &rules)),
            )
            .child(fault_line(self.fault))
            .child(list)
    }

    fn row(&self, file: &AttachedFile) -> El {
        let words = Device::here().words();
        let (files, gone) = (self.clone(), file.sha256);
        let remove = button("plain", words.remove(), move || {
            let mut left = files.listed.get_untracked();
            left.retain(|file| file.sha256 != gone);
            files.list(left);
        });
        attached(&self.study, file).child(remove)
    }

    fn chosen(&self, event: &Event) {
        let Some(input) = event.target() else { return };
        let input: HtmlInputElement = input.unchecked_into();
        let chosen: Vec<File> = input.files().map_or_else(Vec::new, |list| {
            (0..list.length()).filter_map(|at| list.get(at)).collect()
        });
        // The same file may be chosen again.
        let files = self.clone();
        files.fault.set(String::new());
        leptos::task::spawn_local(async move {
            for file in chosen {
                files.take_in(&file).await;
            }
            input.set_value("");
        });
    }

    async fn take_in(&self, file: &File) {
        let language = self.language;
        let Some(rules) = &self.rules else { return };
        let size = browser::to_ms(file.size());
        let mut listed = self.listed.get_untracked();
        if let Some(why) = rules.refuse(&file.name(), size, listed.len()) {
            self.fault
                .set(refused_file(language, &file.name(), why, rules));
            return;
        }
        let Ok((bytes, sha256)) = read(file).await else {
            self.fault.set(format!(
                "{}{}",
                language.words().file_unreadable(),
                file.name()
            ));
            return;
        };
        if listed.iter().any(|known| known.sha256 == sha256) {
            return;
        }
        self.study.send(Intent::File(sha256, bytes.into()));
        listed.push(AttachedFile {
            sha256,
            name: file.name(),
            mime: file.type_(),
            bytes: size,
        });
        self.list(listed);
    }
}

/// The bytes of a file and their digest: the browser's own where there is one, which is many
/// times as fast.
async fn read(file: &File) -> Result<(Vec<u8>, Hash), JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let crypto = js_sys::Reflect::get(&browser::window(), &"crypto".into())?;
    let subtle = js_sys::Reflect::get(&crypto, &"subtle".into())?;
    if subtle.is_undefined() {
        let digest = Hash::of(&bytes);
        return Ok((bytes, digest));
    }
    let digest: js_sys::Function = js_sys::Reflect::get(&subtle, &"digest".into())?.dyn_into()?;
    let promise: js_sys::Promise = digest
        .call2(&subtle, &"SHA-256".into(), &buffer)?
        .unchecked_into();
    let digest = js_sys::Uint8Array::new(&JsFuture::from(promise).await?).to_vec();
    let digest = <[u8; 32]>::try_from(digest).map_err(|_| JsValue::NULL)?;
    Ok((bytes, Hash::from_bytes(digest)))
}

/// How often, and how long apart, a file that is not there yet is looked for.
const LOOKS: usize = 50;
const LOOK: Duration = Duration::from_millis(200);

/// A file with a picture of it where the browser can show one, and a way to open it.
pub fn attached(study: &Study, file: &AttachedFile) -> El {
    let address = RwSignal::new(None::<String>);
    let (from, wanted) = (study.clone(), file.clone());
    leptos::task::spawn_local(async move {
        // One that was chosen a moment ago waits its turn to be written down.
        for _ in 0..LOOKS {
            let Some(bytes) = reader::file(&from, &wanted.sha256).await else {
                sleep(LOOK).await;
                continue;
            };
            let made = browser::object_url(&wanted.mime, &bytes);
            if let Some(Some(unused)) = address.try_set(made) {
                let _ = web_sys::Url::revoke_object_url(&unused);
            }
            return;
        }
    });
    on_cleanup(move || {
        if let Some(Some(address)) = address.try_get_untracked() {
            let _ = web_sys::Url::revoke_object_url(&address);
        }
    });
    let name = file.name.clone();
    let is_image = file.mime.starts_with("image/");
    let shown = el("span").live(move || {
        let Some(address) = address.get() else {
            return vec![el("span").text(&name)];
        };
        let picture = is_image.then(|| el("img").attr("src", &address).attr("alt", ""));
        let link = el("a")
            .attr("href", &address)
            .attr("target", "_blank")
            .attr("download", &name)
            .children(picture)
            .text(&name);
        vec![link]
    });
    let size = format!(" {}", bytes(file.bytes));
    el("li")
        .child(shown)
        .child(el("span").class("quiet number").text(&size))
}
