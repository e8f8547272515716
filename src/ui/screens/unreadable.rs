//! A step whose details cannot be read.

use crate::package::open::OpenFault;
use crate::ui::dom::{El, el};
use crate::ui::state::Device;
use crate::ui::text::open_fault;

/// Says what is wrong with the package.
pub fn unreadable(fault: &OpenFault) -> El {
    let language = Device::here().language();
    el("div")
        .class("trouble")
        .attr("role", "alert")
        .child(el("p").child(el("strong").text(language.words().course_faulty())))
        .child(el("p").text(&open_fault(language, fault)))
}
