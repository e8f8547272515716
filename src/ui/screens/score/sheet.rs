//! What leaves the screen: printed sheets and files.

use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::ui::browser;
use crate::ui::dom::El;

/// The styles of a saved page: it must look right without the app.
const STYLES: &str = "body{font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;\
max-width:780px;margin:24px auto;padding:0 16px;color:#20262b}h1{font-size:26px}h2{font-size:20px;\
margin-top:28px;border-top:1px solid #ddd6c8;padding-top:14px}table{width:100%;border-collapse:collapse}\
td,th{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid #ddd6c8;font-weight:400}\
th{color:#545d64}.quiet{color:#545d64;font-size:14px}.mine{white-space:pre-wrap}\
.certificate{border:3px double #1d5c66;padding:40px;text-align:center;page-break-inside:avoid}\
@page{size:A4;margin:18mm}";

/// Saves what is shown as one HTML file that needs nothing else: under its title a line that says
/// when it was made, without what only a screen needs.
pub fn save(name: &str, (title, made): (&str, &str), language: &str, content: &El) {
    let inside = on_paper(content);
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
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
        let typed = field.get_attribute("value").unwrap_or_default();
        let _ = field.replace_with_with_node_1(&browser::document().create_text_node(&typed));
    }
    while let Ok(Some(only_screen)) = copy.query_selector("button, .off") {
        only_screen.remove();
    }
    copy.inner_html()
}

/// Prints the page; the styles for paper leave out what only a screen needs.
pub fn print() {
    let _ = browser::window().print();
}
