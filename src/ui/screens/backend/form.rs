//! Where the backend is and who signs in; both are checked before anything is sent.

use leptos::prelude::*;

use super::driver::{start, wire};
use super::http::ask;
use super::{SETTINGS, keep_password};
use crate::domain::record::Actor;
use crate::sync::backend::{Backend, BadAddress, Kind, address};
use crate::ui::browser;
use crate::ui::components::said::button;
use crate::ui::dom::{El, el, value_of};
use crate::ui::state::Study;
use crate::ui::text::score::ScoreWords;
use crate::wire::plain::Plain;
use crate::wire::port::Reply;

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

/// The form.
pub fn form(words: ScoreWords, study: &Study) -> El {
    let known = browser::setting(SETTINGS);
    let known = known.and_then(|known| Backend::read(&known));
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
                let said = checked(words, &study, typed).await;
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
    el("section")
        .class("backend")
        .child(kinds(words, kind, typed))
        .child(field(words.be_address(), "url", |typed| &mut typed.address))
        .child(of_roster)
        .child(field(words.be_user(), "text", |typed| &mut typed.user))
        .child(field(words.be_password(), "password", |typed| {
            &mut typed.password
        }))
        .child(el("p").class("quiet").text(words.be_password_note()))
        .child(el("p").class("quiet").live(move || {
            let chosen = Kind::ALL.get(kind.get());
            let shared = chosen.is_some_and(|(kind, _)| !kind.enforces_audiences());
            let said = shared.then(|| el("span").text(words.be_shared()));
            said.into_iter().collect()
        }))
        .child(begin)
        .child(el("div").attr("role", "status").live(move || {
            let found = found.get().map(|said| {
                let well = said == words.be_good() || said == words.be_checking();
                let class = if well { "saved" } else { "fault" };
                el("p").class(class).text(&said)
            });
            found.into_iter().collect()
        }))
}

fn place(kind: Kind) -> usize {
    let found = Kind::ALL.iter().position(|(known, _)| *known == kind);
    found.unwrap_or(0)
}

fn kinds(words: ScoreWords, kind: RwSignal<usize>, typed: StoredValue<Typed>) -> El {
    let label = |each: Kind| match each {
        Kind::Xapi1 => words.be_xapi1(),
        Kind::Xapi2 => words.be_xapi2(),
        Kind::Plain => words.be_plain(),
    };
    let option = |(each, word): (Kind, &str)| {
        let chosen = (place(each) == kind.get_untracked()).then_some("");
        el("option")
            .attr("value", word)
            .attr_if("selected", chosen)
            .text(label(each))
    };
    let select = el("select")
        .children(Kind::ALL.map(option))
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
async fn checked(words: ScoreWords, study: &Study, typed: Typed) -> &'static str {
    let secure = browser::window().location().protocol().ok();
    let address = match address(&typed.address, secure.as_deref() == Some("https:")) {
        Ok(address) => address,
        Err(BadAddress::Unreadable) => return words.be_bad_address(),
        Err(BadAddress::Mixed) => return words.be_mixed(),
    };
    let mut backend = Backend {
        kind: typed.kind,
        address,
        user: typed.user,
        account: Actor {
            home_page: typed.class.trim().to_owned(),
            name: typed.name.trim().to_owned(),
        },
    };
    if backend.kind == Kind::Plain {
        let answer = ask(&backend, &typed.password, &Plain::me()).await;
        match Plain::account(&answer) {
            Ok(account) => backend.account = account,
            Err(reply) => return said(words, &reply),
        }
    }
    if !backend.is_whole() {
        return words.be_account();
    }
    let wire = wire(&backend);
    let answer = ask(&backend, &typed.password, &wire.pull(None)).await;
    if answer.status == 0 {
        return words.be_unreachable();
    }
    if let Err(reply) = wire.pulled(&answer) {
        return said(words, &reply);
    }
    if let Some(bound) = super::hear::bound(study).await
        && bound != backend.account
    {
        return words.be_other_person();
    }
    browser::set_setting(SETTINGS, &backend.write());
    keep_password(Some(&typed.password));
    start(study, backend, typed.password);
    words.be_good()
}

fn said(words: ScoreWords, reply: &Reply) -> &'static str {
    match reply {
        Reply::SignIn | Reply::Refused(_) => words.be_refused(),
        Reply::Later(_) => words.be_unwell(),
        _ => words.be_strange(),
    }
}
