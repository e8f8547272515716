//! The mark that a download is under way, in the browser's settings: a start that finds it goes on with
//! the download, once no other page is at it.

use std::cell::Cell;
use std::time::Duration;

use gloo_timers::future::sleep;

use crate::ui::browser;
use crate::ui::dom::on_window;
use crate::ui::state::Study;

/// When a page was last at it, in milliseconds since 1970; the folder of the course follows the name.
const UNDERWAY: &str = "zhixing-download@";
/// How often a page says that it is at it, in milliseconds.
const BEAT_MS: i64 = 5_000;
/// A page that said nothing for so long is gone, in milliseconds.
const GONE_MS: i64 = 15_000;

thread_local! {
    /// When this page said so last.
    static SAID: Cell<i64> = const { Cell::new(0) };
}

/// Says that this page is at it, or that there is nothing more to do.
pub fn mark(study: &Study, at_it: bool) {
    let now = browser::now().0;
    let name = name(study);
    if !at_it {
        SAID.set(0);
        browser::forget_setting(&name);
        return;
    }
    let said = SAID.get();
    if (said..said + BEAT_MS).contains(&now) {
        return;
    }
    SAID.set(now);
    browser::set_setting(&name, &now.to_string());
}

/// Whether a start finds the mark.
pub fn is_marked(study: &Study) -> bool {
    browser::setting(&name(study)).is_some()
}

/// Takes the time off the mark when the page is left: the next one need not wait.
pub fn watch(study: &Study) {
    let name = name(study);
    on_window("pagehide", move |_| {
        if SAID.replace(0) != 0 {
            browser::set_setting(&name, "0");
        }
    });
}

fn name(study: &Study) -> String {
    format!("{UNDERWAY}{}", study.base)
}

/// Waits while another page is at the download of the course. A mark may be lost with a browser that is
/// killed, so without one there may be something to go on with as well.
pub async fn free(study: &Study) {
    loop {
        let said = browser::setting(&name(study));
        let at = said.and_then(|said| said.parse().ok()).unwrap_or(0);
        if !(at..at + GONE_MS).contains(&browser::now().0) {
            return;
        }
        sleep(Duration::from_secs(1)).await;
    }
}
