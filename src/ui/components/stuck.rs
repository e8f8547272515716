//! When the app cannot go on by itself: what happened, and the way on.

use crate::ui::dom::{El, el};
use crate::ui::state::{Device, Trouble};
use crate::ui::text::{open_fault, store_trouble};

/// Says what happened and offers to try again.
pub fn stuck(trouble: &Trouble, retry: impl Fn() + 'static) -> El {
    let language = Device::here().language();
    let words = language.words();
    let (heading, way) = match trouble {
        Trouble::Unreachable => (
            words.course_unreachable(),
            words.course_unreachable_way().to_owned(),
        ),
        Trouble::Faulty(fault) => (words.course_faulty(), open_fault(language, fault)),
        // It has a screen of its own.
        Trouble::Locked(_) | Trouble::NoCourse => (words.app(), String::new()),
        Trouble::Store(error) => (words.not_saved(), store_trouble(language, error).to_owned()),
    };
    let told = el("div")
        .attr("role", "alert")
        .child(el("h1").text(heading))
        .child(el("p").text(&way));
    let again = el("button")
        .class("primary")
        .text(words.try_again())
        .on("click", move |_| retry());
    el("main")
        .attr("id", "main")
        .class("stuck")
        .child(told)
        .child(again)
}
