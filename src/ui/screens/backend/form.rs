//! Where the backend is and who signs in; both are checked before anything is sent.

use leptos::prelude::*;

use super::check::{Steps, check, shown};
use super::driver::start;
use super::{SETTINGS, keep_password};
use crate::domain::record::Actor;
use crate::sync::backend::{Backend, BadAddress, Kind, address};
use crate::ui::browser;
use crate::ui::components::said::{button, fold};
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::{Study, fetch_text};
use crate::ui::text::score::ScoreWords;

/// What is being filled in.
#[derive(Clone)]
struct Typed {
    kind: Kind,
    address: String,
    class: String,
    name: String,
    user: String,
    password: String,
}

/// What the check found, in words.
type Found = RwSignal<Option<String>>;

/// What is preset.
#[derive(Clone)]
enum Preset {
    /// Nobody has looked yet.
    Unread,
    /// What there is, if anything.
    Read(Option<Backend>),
}

/// The form, once it is known what whoever set the app up presets.
pub fn form(words: ScoreWords, study: &Study) -> El {
    let preset = RwSignal::new(Preset::Unread);
    leptos::task::spawn_local(async move {
        let config = fetch_text("config.json").await;
        let page = browser::window().location().href().unwrap_or_default();
        let found = config.and_then(|config| Backend::preset(&config, &page));
        preset.try_set(Preset::Read(found));
    });
    let study = study.clone();
    el("section")
        .class("backend")
        .live(move || match preset.get() {
            Preset::Unread => Vec::new(),
            Preset::Read(preset) => untrack(|| fields(words, &study, preset)),
        })
}

fn fields(words: ScoreWords, study: &Study, preset: Option<Backend>) -> Vec<El> {
    let is_preset = preset.is_some();
    let known = browser::setting(SETTINGS);
    let known = known.and_then(|known| Backend::read(&known));
    let known = known.filter(|known| known.kind != Kind::File).or(preset);
    let typed = StoredValue::new(known.map_or_else(
        || Typed {
            kind: Kind::Xapi1,
            address: String::new(),
            class: String::new(),
            name: String::new(),
            user: String::new(),
            password: String::new(),
        },
        |known| Typed {
            kind: known.kind,
            address: known.address,
            class: known.account.home_page,
            name: known.account.name,
            user: known.user,
            password: String::new(),
        },
    ));
    // The place of the kind among all.
    let kind = RwSignal::new(place(typed.with_value(|typed| typed.kind)));
    let found: Found = RwSignal::new(None);
    let steps: Steps = RwSignal::new(Vec::new());
    let field = |label: &str, kind: &str, part: fn(&mut Typed) -> &mut String| {
        let now = typed.try_update_value(|typed| part(typed).clone());
        let input = el("input")
            .attr("type", kind)
            .attr("autocomplete", "off")
            .value(&now.unwrap_or_default())
            .on("input", move |event| {
                let value = value_of(event);
                typed.update_value(|typed| *part(typed) = value);
            });
        el("label").class("field").text(label).child(input)
    };
    let begin = {
        let study = study.clone();
        button("primary", words.be_start(), move || {
            found.set(Some(words.be_checking().to_owned()));
            let (study, typed) = (study.clone(), typed.get_value());
            leptos::task::spawn_local(async move {
                let said = checked(words, &study, typed, steps).await;
                found.try_set(Some(said.to_owned()));
            });
        })
    };
    let of_roster = vec![
        field(words.be_class(), "text", |typed| &mut typed.class),
        field(words.be_name(), "text", |typed| &mut typed.name),
    ];
    // The plain contract knows by itself whose the records are.
    let of_roster = el("div")
        .live_attr("hidden", move || {
            (kind.get() == place(Kind::Plain)).then(String::new)
        })
        .children(of_roster);
    let where_ = vec![
        kinds(words, kind, typed),
        field(words.be_address(), "url", |typed| &mut typed.address),
        of_roster,
        el("p").class("quiet").live(move || {
            let chosen = Kind::ALL.get(kind.get());
            let shared = chosen.is_some_and(|(kind, _)| !kind.enforces_audiences());
            let said = shared.then(|| el("span").text(words.be_shared()));
            said.into_iter().collect()
        }),
    ];
    let who = vec![
        field(words.be_user(), "text", |typed| &mut typed.user),
        field(words.be_password(), "password", |typed| &mut typed.password),
        el("p").class("quiet").text(words.be_password_note()),
    ];
    // Where all is preset, a name and a password are what is asked for.
    let mut all = if is_preset {
        let mut all = who;
        all.push(fold(words.be_other_settings(), where_));
        all
    } else {
        where_.into_iter().chain(who).collect()
    };
    all.push(begin);
    all.push(shown(words, steps));
    all.push(el("div").attr("role", "status").live(move || {
        let found = found.get().map(|said| {
            let well = said == words.be_good() || said == words.be_checking();
            let class = if well { "saved" } else { "fault" };
            el("p").class(class).text(&said)
        });
        found.into_iter().collect()
    }));
    all
}

fn place(kind: Kind) -> usize {
    let found = Kind::ALL.iter().position(|(known, _)| *known == kind);
    found.unwrap_or(0)
}

fn kinds(words: ScoreWords, kind: RwSignal<usize>, typed: StoredValue<Typed>) -> El {
    let label = |each: Kind| match each {
        Kind::Xapi1 => words.be_xapi1(),
        Kind::Xapi2 => words.be_xapi2(),
        Kind::Plain | Kind::File => words.be_plain(),
    };
    let option = |(each, word): (Kind, &str)| {
        let chosen = (place(each) == kind.get_untracked()).then_some("");
        el("option")
            .attr("value", word)
            .attr_if("selected", chosen)
            .text(label(each))
    };
    let select = el("select")
        .children(
            Kind::ALL
                .into_iter()
                .filter(|(kind, _)| *kind != Kind::File)
                .map(option),
        )
        .on("change", move |event| {
            let chosen = Kind::parse(&value_of(event)).unwrap_or(Kind::Xapi1);
            typed.update_value(|typed| typed.kind = chosen);
            kind.set(place(chosen));
        });
    el("label")
        .class("field")
        .text(words.be_kind())
        .child(select)
}

/// Checks what was typed at the backend itself, and begins to send if all is well.
async fn checked(words: ScoreWords, study: &Study, typed: Typed, steps: Steps) -> &'static str {
    let secure = browser::window().location().protocol().ok();
    let address = match address(&typed.address, secure.as_deref() == Some("https:")) {
        Ok(address) => address,
        Err(BadAddress::Unreadable) => return words.be_bad_address(),
        Err(BadAddress::Mixed) => return words.be_mixed(),
    };
    let backend = Backend {
        kind: typed.kind,
        address,
        user: typed.user,
        account: Actor {
            home_page: typed.class.trim().to_owned(),
            name: typed.name.trim().to_owned(),
        },
    };
    if backend.kind != Kind::Plain && !backend.is_whole() {
        return words.be_account();
    }
    let Some(backend) = check(study, backend, &typed.password, steps).await else {
        return words.be_not_used();
    };
    browser::set_setting(SETTINGS, &backend.write());
    keep_password(Some(&typed.password));
    start(study, backend, typed.password);
    words.be_good()
}
