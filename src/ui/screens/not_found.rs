//! An address that names no screen.

use leptos::prelude::*;

use crate::ui::components::title::Title;
use crate::ui::state::Device;

/// Says so, and leads home.
#[component]
pub fn NotFound() -> impl IntoView {
    let device = Device::here();
    view! {
        <article class="narrow">
            <Title text=device.words().not_found />
            <p>{device.words().not_found_way}</p>
            <a class="primary" href="#/">{device.words().home}</a>
        </article>
    }
}
