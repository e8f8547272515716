//! Choosing how texts are set (`domain/typeset.rs`).

use leptos::prelude::*;

use crate::domain::typeset::Typeset;
use crate::ui::browser;
use crate::ui::components::said::{button, fold_later};
use crate::ui::dom::{El, el, value_of};
use crate::ui::text::score::ScoreWords;

/// The setting, a learner's own.
pub const TYPESET: &str = "zhixing-typeset";

/// The choices, folded away.
pub fn choices(words: &'static str, set: RwSignal<String>) -> El {
    let Some(words) = ScoreWords::read(words) else {
        return el("p");
    };
    let choose = move |change: fn(&mut Typeset, u8), to: u8| {
        let mut typeset = Typeset::read(&set.get_untracked());
        change(&mut typeset, to);
        let chosen = typeset.write();
        browser::set_setting(TYPESET, &chosen);
        set.set(chosen);
    };
    let size = [
        words.type_small(),
        words.type_usual(),
        words.type_large(),
        words.type_largest(),
    ];
    let spacing = [words.type_tight(), words.type_usual(), words.type_loose()];
    let width = [words.type_narrow(), words.type_usual(), words.type_wide()];
    let choices = move || {
        vec![
            one_of(
                words.type_size(),
                &size,
                move || Typeset::read(&set.get()).size,
                move |to| choose(|typeset, to| typeset.size = to, to),
            ),
            one_of(
                words.type_spacing(),
                &spacing,
                move || Typeset::read(&set.get()).spacing,
                move |to| choose(|typeset, to| typeset.spacing = to, to),
            ),
            one_of(
                words.type_width(),
                &width,
                move || Typeset::read(&set.get()).width,
                move |to| choose(|typeset, to| typeset.width = to, to),
            ),
            button("secondary", words.type_reset(), move || {
                set.set(String::new());
                browser::set_setting(TYPESET, "");
            }),
        ]
    };
    fold_later(el("summary").text(words.type_set()), choices).class("typeset")
}

fn one_of(
    label: &str,
    names: &[&str],
    now: impl Fn() -> u8 + 'static,
    choose: impl Fn(u8) + 'static,
) -> El {
    let options = names
        .iter()
        .enumerate()
        .map(|(at, name)| el("option").attr("value", &at.to_string()).text(name));
    let select = el("select")
        .children(options)
        .live_value(move || now().to_string())
        .on("change", move |event| {
            if let Ok(to) = value_of(event).parse() {
                choose(to);
            }
        });
    el("label").class("field").text(label).child(select)
}
