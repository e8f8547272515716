//! The spot of a text that is in sight, and the way back to it.

use std::cell::Cell;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use crate::store::rows::Spot;
use crate::ui::browser;

/// Reading goes on below what stays at the top of the window, in pixels from there.
const TOP: f64 = 64.0;

/// What a text is marked with until all of it is on the page.
pub const UNFINISHED: &str = "data-unfinished";

/// The text of the open part, if it is on the page: its children are its blocks.
pub fn text() -> Option<Element> {
    let found = browser::document().query_selector(".reading .prose > [lang]");
    found.ok().flatten()
}

/// What of a text is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSight {
    /// Its beginning or its end: who opens it again begins at the top.
    Edge,
    /// Something between.
    Middle(Spot),
}

/// What of the text of the open part is in sight; nothing where that cannot be said.
pub fn in_sight() -> Option<InSight> {
    let text = text()?;
    if text.has_attribute(UNFINISHED) {
        return None;
    }
    let blocks = text.children();
    let rect = |at: u32| {
        blocks
            .item(at)
            .map(|block| block.get_bounding_client_rect())
    };
    // The first of which the end is in sight.
    let (mut from, mut to) = (0, blocks.length());
    while from < to {
        let middle = from.midpoint(to);
        if rect(middle)?.bottom() > TOP {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    let height = browser::window().inner_height().ok()?.as_f64()?;
    if rect(blocks.length().checked_sub(1)?)?.bottom() <= height {
        return Some(InSight::Edge);
    }
    let first = rect(from)?;
    let hidden = (TOP - first.top()).max(0.0);
    if from == 0 && hidden <= 0.0 {
        return Some(InSight::Edge);
    }
    let permille = (hidden / first.height().max(1.0) * 1_000.0).round();
    Some(InSight::Middle(Spot {
        block: from,
        permille: u32::try_from(browser::to_ms(permille)).unwrap_or(0),
    }))
}

/// Brings a spot into sight; `first` says which block of the whole text the first on the page is.
pub fn show(text: &Element, spot: Spot, first: usize) {
    let blocks = text.children();
    let at = (spot.block as usize).saturating_sub(first);
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let last = blocks.length().saturating_sub(1);
    if let Some(block) = blocks.item(at.min(last)) {
        let rect = block.get_bounding_client_rect();
        let by = rect.top() + rect.height() * f64::from(spot.permille) / 1_000.0 - TOP;
        browser::window().scroll_by_with_x_and_y(0.0, by);
    }
}

/// A text of which the middle is on the page first: blanks stand for what is yet to come, and what is in sight
/// stays where it is while that comes.
pub struct Opening {
    text: HtmlElement,
    /// The height of a block as it was found, in pixels.
    height: usize,
    /// How far what is in sight has moved, in pixels: the page scrolls by whole ones.
    off: Cell<f64>,
}

impl Opening {
    /// A text of `count` blocks of which some, on from `first`, are on the page.
    pub fn new(text: &Element, first: usize, count: usize) -> Self {
        let text: HtmlElement = text.clone().unchecked_into();
        let shown = text.children().length();
        let shown = shown as usize;
        let height = text.offset_height().unsigned_abs() as usize / shown.max(1);
        let off = Cell::new(0.0);
        let opening = Self { text, height, off };
        opening.leave_blank(first, count.saturating_sub(first + shown));
        opening
    }

    /// Blanks for so many blocks before and behind.
    fn leave_blank(&self, before: usize, behind: usize) {
        for (name, count) in [("padding-top", before), ("padding-bottom", behind)] {
            let blank = (count > 0).then(|| format!("{}px", count * self.height));
            set(&self.text, name, blank.as_deref());
        }
    }

    /// Puts more of the text onto the page with `put`; then so many blocks are missing before and behind.
    pub fn more(&self, put: impl FnOnce(), before: usize, behind: usize) {
        let Some(held) = self.text.first_element_child() else {
            return;
        };
        let top = held.get_bounding_client_rect().top();
        put();
        self.leave_blank(before, behind);
        let moved = || held.get_bounding_client_rect().top() - top + self.off.get();
        browser::window().scroll_by_with_x_and_y(0.0, moved());
        self.off.set(moved());
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.leave_blank(0, 0);
    }
}

fn set(element: &HtmlElement, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.style().set_property(name, value),
        None => element.style().remove_property(name).map(drop),
    };
}
