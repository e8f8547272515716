//! What the keys of a clicker and of a keyboard do.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{Show, jumps, screen};
use crate::ui::browser;
use crate::ui::text::Language;

impl Show {
    /// What a key does; whether it was one of ours.
    pub(super) fn key(&self, event: &KeyboardEvent) -> bool {
        // What an input method is still at is its own.
        let composing = event.is_composing();
        if composing || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let at = event
            .target()
            .and_then(|at| at.dyn_into::<HtmlElement>().ok());
        let tag = at.map(|at| at.tag_name()).unwrap_or_default();
        let on_button = matches!(tag.as_str(), "BUTTON" | "VIDEO");
        if self.list.get_untracked() {
            return match event.key().as_str() {
                "Escape" => {
                    self.list.set(false);
                    true
                }
                "ArrowDown" | "PageDown" => jumps::step(1),
                "ArrowUp" | "PageUp" => jumps::step(-1),
                _ => false,
            };
        }
        // Whoever types there types; a clicker goes on all the same.
        let in_field = matches!(tag.as_str(), "INPUT" | "SELECT");
        if tag == "INPUT" && self.is_of_clicker(&event.key()) {
            self.black.update(|black| *black = !*black);
            return true;
        }
        if in_field
            && !matches!(
                event.key().as_str(),
                "PageDown" | "PageUp" | "Escape" | "F5"
            )
        {
            if event.key() == "Enter" && tag == "INPUT" {
                self.write_down();
                return true;
            }
            return false;
        }
        // Out of the field first.
        if in_field && event.key() == "Escape" {
            let page = browser::document().query_selector(".deck");
            let page = page.ok().flatten().and_then(|page| page.dyn_into().ok());
            return page.is_some_and(|page: HtmlElement| page.focus().is_ok());
        }
        if self.light.key(&event.key()) {
            return true;
        }
        match event.key().as_str() {
            " " | "Enter" if on_button => return false,
            "PageDown" | "ArrowRight" | "ArrowDown" | " " | "Enter" => self.forward(),
            "PageUp" | "ArrowLeft" | "ArrowUp" | "Backspace" => self.back(),
            "b" | "B" | "." => self.black.update(|black| *black = !*black),
            "F5" => screen::whole(),
            "Home" => self.jump(0),
            "End" => self.jump(usize::MAX),
            "l" | "L" => self.list.set(true),
            "p" | "P" => self.clock.pause(),
            "s" | "S" => self.spotlight(),
            "z" | "Z" => self.enlarge(),
            "Escape" if self.light.off() => {}
            "Escape" if self.black.get_untracked() => self.black.set(false),
            "Escape" => self.leave(),
            _ => return false,
        }
        true
    }

    /// Whether a key is more likely that of a clicker for the black screen than the first letter of an answer:
    /// nobody begins with a full stop, and Chinese is typed with an input method, which tells of no letters.
    fn is_of_clicker(&self, key: &str) -> bool {
        let letter = self.language == Language::Zh && matches!(key, "b" | "B");
        self.is_field_empty() && (key == "." || letter)
    }
}
