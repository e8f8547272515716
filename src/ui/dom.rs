//! Elements, built once and kept current by signals.
//!
//! The views of Leptos are types: every element, attribute and closure is compiled anew wherever
//! it stands. Here an element is one type over the browser's own, and what changes is a boxed
//! closure that Leptos' reactive graph runs again; that keeps the screens, of which there are
//! many, out of the bundle's weight. Nothing is ever parsed as HTML.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use super::browser;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element under construction, or in the page; a cheap handle.
#[derive(Clone)]
pub struct El(Element);

/// A new element of HTML.
pub fn el(tag: &str) -> El {
    El(made(browser::document().create_element(tag)))
}

/// A new element of SVG.
pub fn svg(tag: &str) -> El {
    El(made(browser::document().create_element_ns(Some(SVG), tag)))
}

/// The tags are our own, so a browser makes every one of them.
fn made(element: Result<Element, wasm_bindgen::JsValue>) -> Element {
    element.unwrap_or_else(JsCast::unchecked_into)
}

impl El {
    /// An element that is there already.
    pub fn of(element: Element) -> Self {
        Self(element)
    }

    /// The browser's element.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The browser's element as what its tag makes it.
    pub fn cast<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// Sets its classes.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets an attribute if there is a value.
    pub fn attr_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Adds a text.
    pub fn text(self, text: &str) -> Self {
        append(&self.0, &browser::document().create_text_node(text));
        self
    }

    /// Adds a child.
    pub fn child(self, child: El) -> Self {
        append(&self.0, &child.0);
        self
    }

    /// Adds children, of which there may be none: a list, or a child that may be absent.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            append(&self.0, &child.0);
        }
        self
    }

    /// Adds a text that follows what `text` reads.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        let node = browser::document().create_text_node("");
        append(&self.0, &node);
        follow(Box::new(move || {
            let text = text();
            if node.data() != text {
                node.set_data(&text);
            }
        }));
        self
    }

    /// An attribute that follows what `value` reads; it is absent while there is none.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// A class that is there while `on` says so.
    pub fn live_class(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            let _ = element.class_list().toggle_with_force(name, on());
        }));
        self
    }

    /// The value of a field that follows what `value` reads. What the person types stands until
    /// the next change.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || set_value(&element, &value())));
        self
    }

    /// Sets the value of a field.
    pub fn value(self, value: &str) -> Self {
        set_value(&self.0, value);
        self
    }

    /// Adds a place that holds whatever `content` makes, made anew whenever what it reads
    /// changes; signals and listeners of the earlier content go with it.
    pub fn live(self, content: impl Fn() -> Vec<El> + 'static) -> Self {
        let end: Node = browser::document().create_comment("").into();
        append(&self.0, &end);
        let shown: std::cell::RefCell<Vec<El>> = std::cell::RefCell::default();
        follow(Box::new(move || {
            let next = content();
            let before = shown.replace(next.clone());
            for old in before {
                old.0.remove();
            }
            if let Some(parent) = end.parent_node() {
                for new in next {
                    let _ = parent.insert_before(&new.0, Some(&end));
                }
            }
        }));
        self
    }

    /// Calls `act` at every event of this name, as long as the element's surroundings live.
    pub fn on(self, event: &'static str, act: impl FnMut(&Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Keeps what is typed or chosen in a signal.
    pub fn fills(self, event: &'static str, signal: RwSignal<String>) -> Self {
        self.on(event, move |event| signal.set(value_of(event)))
    }

    /// Gives it the focus once it stands in the page.
    pub fn focus_soon(&self) {
        let element: web_sys::HtmlElement = self.cast();
        leptos::task::spawn_local(async move {
            let _ = element.focus();
        });
    }
}

/// Calls `act` at every event of the window (and those that rise to it).
pub fn on_window(event: &'static str, act: impl FnMut(&Event) + 'static) {
    listen(&browser::window(), event, Box::new(act));
}

/// Runs `act` now and whenever what it reads changes, until the surroundings are gone.
pub fn follow(act: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_: Option<()>| act());
    StoredValue::new_local(effect);
}

/// What a person typed or chose in the field that an event comes from.
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    js_sys::Reflect::get(&target, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Whether the box that an event comes from is ticked.
pub fn is_checked(event: &Event) -> bool {
    let target = event.target();
    target.is_some_and(|target| {
        target
            .unchecked_into::<web_sys::HtmlInputElement>()
            .checked()
    })
}

fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

fn set_value(element: &Element, value: &str) {
    let _ = js_sys::Reflect::set(element, &"value".into(), &value.into());
}

/// The listener goes with the reactive owner that it was made under.
fn listen(target: &web_sys::EventTarget, event: &'static str, act: Box<dyn FnMut(&Event)>) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(target, event, options, act);
    StoredValue::new_local(listener);
}
