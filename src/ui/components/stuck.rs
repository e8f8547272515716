//! When the app cannot go on by itself: what happened, and the way on.

use leptos::prelude::*;

use crate::ui::state::{Device, Trouble};
use crate::ui::text::{open_fault, store_trouble};

/// Says what happened and offers to try again.
#[component]
pub fn Stuck(trouble: Trouble, retry: Callback<()>) -> impl IntoView {
    let device = Device::here();
    let heading = {
        let words = device.words();
        match &trouble {
            Trouble::Unreachable => words.course_unreachable,
            Trouble::Faulty(_) => words.course_faulty,
            Trouble::Store(_) => words.not_saved,
        }
    };
    let way = {
        let language = device.language();
        match &trouble {
            Trouble::Unreachable => language.words().course_unreachable_way.to_owned(),
            Trouble::Faulty(fault) => open_fault(language, fault),
            Trouble::Store(error) => store_trouble(language, error).to_owned(),
        }
    };
    view! {
        <main id="main" class="stuck">
            <div role="alert">
                <h1>{heading}</h1>
                <p>{way}</p>
            </div>
            <button class="primary" on:click=move |_| retry.run(())>{device.words().try_again}</button>
        </main>
    }
}
