//! What leaves the screen: printed sheets and files.

use crate::ui::browser;
use crate::ui::dom::El;

/// The styles of a saved page: it must look right without the app.
const STYLES: &str = "body{font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;\
max-width:780px;margin:24px auto;padding:0 16px;color:#20262b}h1{font-size:26px}h2{font-size:20px;\
margin-top:28px;border-top:1px solid #ddd6c8;padding-top:14px}table{width:100%;border-collapse:collapse}\
td,th{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid #ddd6c8;font-weight:400}\
th{color:#545d64}.quiet{color:#545d64;font-size:14px}.mine{white-space:pre-wrap}button,.off{display:none}\
.certificate{border:3px double #1d5c66;padding:40px;text-align:center;page-break-inside:avoid}\
@page{size:A4;margin:18mm}";

/// Saves what is shown as one HTML file that needs nothing else.
pub fn save(name: &str, title: &str, language: &str, content: &El) {
    let inside = content.element().inner_html();
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLES}</style></head><body>{inside}</body></html>"
    );
    let _ = browser::save_file(name, "text/html", html.as_bytes());
}

/// Prints the page; the styles for paper leave out what only a screen needs.
pub fn print() {
    let _ = browser::window().print();
}
