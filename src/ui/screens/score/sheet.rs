//! What leaves the screen: printed sheets and files.

use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::ui::browser;
use crate::ui::dom::{El, el, value_of};
use crate::ui::text::score::ScoreWords;

/// The styles of a saved page: it must look right without the app.
const STYLES: &str = "body{font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;\
max-width:780px;margin:24px auto;padding:0 16px;color:#20262b}h1{font-size:26px}h2{font-size:20px;\
margin-top:28px;border-top:1px solid #ddd6c8;padding-top:14px}table{width:100%;border-collapse:collapse}\
td,th{overflow-wrap:anywhere;text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid #ddd6c8;font-weight:400}\
th{color:#545d64}.quiet{color:#545d64;font-size:14px}.mine{white-space:pre-wrap}\
.certificate{border:3px double #1d5c66;padding:40px;text-align:center;page-break-inside:avoid}\
@page{size:A4;margin:18mm}";

/// Saves what is shown as one HTML file that needs nothing else: under its title a line that says
/// when it was made, without what only a screen needs.
pub fn save(name: &str, (title, made): (&str, &str), language: &str, content: &El) {
    let inside = on_paper(content);
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLES}</style></head><body><h1>{title}</h1><p class=\"quiet\">{made}</p>{inside}</body></html>"
    );
    let _ = browser::save_file(name, "text/html", html.as_bytes());
}

/// The markup of what is shown, without what only a screen needs; what was typed is text.
fn on_paper(content: &El) -> String {
    let Ok(copy) = content.element().clone_node_with_deep(true) else {
        return String::new();
    };
    let copy: Element = copy.unchecked_into();
    while let Ok(Some(field)) = copy.query_selector("input") {
        // An empty one leaves a line to write on.
        let typed = field
            .get_attribute("value")
            .filter(|typed| !typed.is_empty());
        let typed = typed.unwrap_or_else(|| format!(" {}", "_".repeat(16)));
        let _ = field.replace_with_with_node_1(&browser::document().create_text_node(&typed));
    }
    while let Ok(Some(only_screen)) = copy.query_selector("button, .off") {
        only_screen.remove();
    }
    copy.inner_html()
}

/// A field for a name that is printed and saved along, and kept nowhere; what the learner is called stands in it
/// at first.
pub fn name_input(words: &ScoreWords, called: &str) -> El {
    let name = el("input")
        .attr("type", "text")
        .attr("aria-label", words.certificate_name())
        .attr("placeholder", words.certificate_name_hint())
        .attr_if("value", (!called.is_empty()).then_some(called));
    // A copy of the sheet, as a file, takes attributes along and not what was typed.
    let typed = name.clone();
    name.on("input", move |event| {
        let _ = typed.element().set_attribute("value", &value_of(event));
    })
}

/// The name with its label.
pub fn name_field(words: &ScoreWords, called: &str) -> El {
    el("label")
        .class("choice named")
        .text(words.archive_name())
        .child(name_input(words, called))
}

/// Prints the page; the styles for paper leave out what only a screen needs.
pub fn print() {
    let _ = browser::window().print();
}
