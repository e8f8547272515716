//! One counter among the tabs of a browser: the tab that was last told to count does, the
//! others hold back until it stops or falls silent.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Intent;
use crate::ui::browser;

const CHANNEL: &str = "zhixing";

/// A tab that counts says so at least this often; one that is silent for longer has gone.
const SILENCE_MS: u64 = 5_000;

/// What tabs tell each other.
const COUNTING: &str = "counting";
const STOPPED: &str = "stopped";
const LOGGED: &str = "logged";
const DRAFTED: &str = "drafted";

/// This tab's part in the agreement. Where the browser has no channel, every tab counts, and
/// the fold sees to it that no stretch counts twice.
#[derive(Clone, Copy)]
pub struct Counter(StoredValue<Inner, LocalStorage>);

struct Inner {
    channel: Option<BroadcastChannel>,
    /// Until when another tab counts, by the steady clock.
    foreign_until: Rc<Cell<u64>>,
    _listener: Option<Closure<dyn FnMut(MessageEvent)>>,
}

impl Counter {
    /// Joins the other tabs; `tell` is given what is to be done when one of them wrote something.
    pub fn join(tell: impl Fn(Intent) + 'static) -> Self {
        let foreign_until = Rc::new(Cell::new(0));
        let until = Rc::clone(&foreign_until);
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let listener = channel.as_ref().map(|channel| {
            let hear = move |event: MessageEvent| match event.data().as_string().as_deref() {
                Some(COUNTING) => until.set(browser::steady_ms() + SILENCE_MS),
                Some(STOPPED) => until.set(0),
                Some(LOGGED) => tell(Intent::CatchUp),
                Some(DRAFTED) => tell(Intent::Redraft),
                _ => {}
            };
            let listener = Closure::<dyn FnMut(MessageEvent)>::new(hear);
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener
        });
        Self(StoredValue::new_local(Inner {
            channel,
            foreign_until,
            _listener: listener,
        }))
    }

    /// Whether this tab may count.
    pub fn mine(self) -> bool {
        self.0
            .with_value(|inner| browser::steady_ms() >= inner.foreign_until.get())
    }

    /// The learner is active in this tab: it counts from now on.
    pub fn claim(self) {
        self.0.with_value(|inner| inner.foreign_until.set(0));
        self.say(COUNTING);
    }

    /// This tab goes on counting.
    pub fn renew(self) {
        if self.mine() {
            self.say(COUNTING);
        }
    }

    /// This tab has stopped counting.
    pub fn release(self) {
        if self.mine() {
            self.say(STOPPED);
        }
    }

    /// This tab wrote to the log.
    pub fn logged(self) {
        self.say(LOGGED);
    }

    /// This tab wrote a draft.
    pub fn drafted(self) {
        self.say(DRAFTED);
    }

    fn say(self, word: &str) {
        self.0.with_value(|inner| {
            if let Some(channel) = &inner.channel {
                let _ = channel.post_message(&word.into());
            }
        });
    }
}
