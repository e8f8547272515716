//! One question of a sitting, and the ways to answer it.

use super::Desk;
use super::sitting::Live;
use crate::domain::exam::{Answer, Question};
use crate::domain::ids::Slug;
use crate::domain::text::Text;
use crate::ui::dom::{El, el, is_checked, value_of};
use crate::ui::state::Device;
use crate::ui::text::question_number;

/// One question with the ways to answer it.
pub fn question(
    desk: &Desk,
    live: Live,
    at: usize,
    asked: &Question,
    options: &[(Slug, Text)],
) -> El {
    let device = Device::here();
    let language = device.language();
    let number = question_number(language, at + 1, &asked.points.to_string());
    let legend = el("legend")
        .child(el("span").class("quiet").text(&number))
        .child(device.write(el("span").class("question"), &asked.text));
    let mut set = el("fieldset")
        .attr("id", &format!("question-{}", asked.id))
        .child(legend);
    if let Some((file, alt)) = &asked.image {
        let address = desk.study.file(&device.text(file));
        set = set.child(
            el("img")
                .attr("src", &address)
                .attr("alt", &device.text(alt)),
        );
    }
    let set = match &asked.answer {
        Answer::Single { .. } => set.children(choices(live, asked, options, "radio")),
        Answer::Multiple { .. } => set
            .child(el("p").class("quiet").text(language.words().choose_all()))
            .children(choices(live, asked, options, "checkbox")),
        Answer::TrueFalse { .. } => set.children(choices(live, asked, &true_false(), "radio")),
        Answer::Short { max, .. } => set.child(short(live, asked, *max)),
    };
    el("li").child(set)
}

/// The options of a statement.
pub fn true_false() -> Vec<(Slug, Text)> {
    let option = |id: &str, zh: &str, en: &str| {
        let text = Text::new([
            ("zh-CN".to_owned(), zh.to_owned()),
            ("en".to_owned(), en.to_owned()),
        ]);
        Slug::parse(id).map(|id| (id, text))
    };
    let both = [option("true", "对", "True"), option("false", "错", "False")];
    both.into_iter().flatten().collect()
}

fn choices(live: Live, asked: &Question, options: &[(Slug, Text)], kind: &'static str) -> Vec<El> {
    let device = Device::here();
    let given = live.given(&asked.id);
    let option = |(id, text): &(Slug, Text)| {
        let (question, option) = (asked.id.clone(), id.to_string());
        let chosen = given.iter().any(|each| each == id.as_str());
        let field = el("input")
            .attr("type", kind)
            .attr("name", &format!("answer-{question}"))
            .attr("value", id.as_str())
            .attr_if("checked", chosen.then_some(""))
            .on("change", move |event| {
                let on = is_checked(event);
                let mut given = live.given(&question);
                if kind == "radio" {
                    given = vec![option.clone()];
                } else {
                    given.retain(|each| *each != option);
                    given.extend(on.then(|| option.clone()));
                }
                live.answer(&question, given);
            });
        el("label")
            .class("option")
            .child(field)
            .child(device.write(el("span"), text))
    };
    options.iter().map(option).collect()
}

fn short(live: Live, asked: &Question, max: u32) -> El {
    let question = asked.id.clone();
    let given = live.given(&question);
    el("input")
        .class("answer")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", &max.to_string())
        .attr("aria-label", Device::here().words().your_answer())
        .value(given.first().map_or("", String::as_str))
        .on("input", move |event| {
            let words = value_of(event);
            let given = if words.trim().is_empty() {
                Vec::new()
            } else {
                vec![words]
            };
            live.answer(&question, given);
        })
}
