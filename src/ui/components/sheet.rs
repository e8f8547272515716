//! Printing something alone: a sheet at the end of the page that only paper shows.

use gloo_events::EventListener;

use crate::ui::browser;
use crate::ui::dom::{El, el};

/// Puts an empty sheet at the end of the page; what is to be printed is put into it.
#[must_use]
pub fn sheet() -> El {
    let sheet = el("div").class("sheet");
    if let Some(body) = browser::document().body() {
        let _ = body.append_child(sheet.element());
    }
    sheet
}

/// Prints a sheet and nothing else, and takes it away.
pub fn print(sheet: &El) {
    let Some(body) = browser::document().body() else {
        return;
    };
    let sheet = sheet.element().clone();
    let _ = body.set_attribute("data-printing", "");
    // Some browsers print later: only then may the sheet go.
    let printed = move |_: &web_sys::Event| {
        sheet.remove();
        let _ = body.remove_attribute("data-printing");
    };
    EventListener::once(&browser::window(), "afterprint", printed).forget();
    let _ = browser::window().print();
}

/// Prints copies of these parts of the page, and nothing else.
pub fn print_copies(parts: &[El]) {
    let sheet = sheet();
    for part in parts {
        if let Ok(copy) = part.element().clone_node_with_deep(true) {
            let _ = sheet.element().append_child(&copy);
        }
    }
    print(&sheet);
}
