//! One part of a reading: fetched, read and laid out; then the place is found again.

use leptos::prelude::*;

use super::visit::scroll_to;
use crate::domain::course::{PartRole, ReadingPart, StepKind};
use crate::domain::ids::Slug;
use crate::package::markdown::{head, read};
use crate::ui::browser;
use crate::ui::components::markdown::{blocks, markdown};
use crate::ui::dom::{El, el};
use crate::ui::route::Route;
use crate::ui::state::{Device, Study};

/// So many blocks of a long text are put onto the page in one turn.
const PIECE: usize = 16;

/// The text of a part on its way.
#[derive(Clone)]
enum Fetched {
    Underway,
    Here(String),
    Failed,
}

/// One part. When it was turned to, its heading takes the focus, so that keys and screen readers
/// go on from there; `resume` is how far it was scrolled the last time, in thousandths; `laid` is told the part
/// once its text stands on the page.
pub fn part_view(
    study: &Study,
    step: &Slug,
    part: &ReadingPart,
    resume: Option<u32>,
    turned: bool,
    laid: RwSignal<String>,
) -> Vec<El> {
    laid.set(String::new());
    let device = Device::here();
    let language = device.language();
    let heading = el("h2").class("part-title").attr("tabindex", "-1");
    let heading = device.write(heading, &part.title);
    if turned {
        heading.focus_soon();
    }
    let path = part.file.get(language.tag()).to_owned();
    let address = study.file(&path);
    let texts = study.texts;
    let known = texts.at_hand(&address);
    let is_known = known.is_some();
    let text = RwSignal::new(known.map_or(Fetched::Underway, Fetched::Here));
    let fetch = move || {
        let address = address.clone();
        text.set(Fetched::Underway);
        leptos::task::spawn_local(async move {
            let fetched = match texts.bring(address).await {
                Some(fetched) => Fetched::Here(fetched),
                None => Fetched::Failed,
            };
            text.try_set(fetched);
        });
    };
    if !is_known {
        fetch();
    }
    let of = study.clone();
    let id = part.id.clone();
    let written_in = part.file.tag(language.tag()).to_owned();
    let prose = el("div").class("prose").live(move || match text.get() {
        Fetched::Underway => vec![
            el("p")
                .class("quiet")
                .attr("role", "status")
                .text(language.words().part_loading()),
        ],
        Fetched::Failed => vec![failed(fetch.clone())],
        Fetched::Here(text) => {
            let body = el("div").attr("lang", &written_in);
            let resume = resume.filter(|resume| *resume > 0);
            if let Some(resume) = resume {
                request_animation_frame(move || scroll_to(resume));
            }
            // A place further on has to be there to be found again.
            let begins = head(&text).filter(|_| resume.is_none());
            if let Some(begins) = begins {
                let first = read(&path, begins).blocks;
                // The last may go on behind the beginning.
                let known = first.len().saturating_sub(1);
                let body = blocks(body, first.get(..known).unwrap_or_default(), &of);
                let (path, of, id, into) = (path.clone(), of.clone(), id.clone(), body.clone());
                leptos::task::spawn_local(async move {
                    if goes_on(&into, known, (&path, &text), &of).await {
                        laid.try_set(id.to_string());
                    }
                });
                return vec![body];
            }
            laid.set(id.to_string());
            vec![markdown(body, &read(&path, &text), &of)]
        }
    });
    let mut all = vec![heading];
    all.extend(device.foreign(&part.file));
    all.push(prose);
    all.extend(onward(study, step, part.role));
    all
}

/// Puts the rest of a long text behind its first blocks, piece by piece, so that nothing else waits for it;
/// whether the text is still there in the end.
async fn goes_on(into: &El, from: usize, (path, text): (&str, &str), study: &Study) -> bool {
    // What the first frame sets going comes before all of this.
    browser::after_frame().await;
    browser::after_frame().await;
    let whole = read(path, text).blocks;
    for piece in whole.get(from..).unwrap_or_default().chunks(PIECE) {
        browser::after_frame().await;
        if !into.element().is_connected() {
            return false;
        }
        let _ = blocks(into.clone(), piece, study);
    }
    into.element().is_connected()
}

fn failed(retry: impl Fn() + 'static) -> El {
    let words = Device::here().words();
    let again = el("button")
        .class("primary")
        .text(words.try_again())
        .on("click", move |_| retry());
    el("div")
        .class("trouble")
        .attr("role", "alert")
        .child(el("p").child(el("strong").text(words.part_failed())))
        .child(el("p").text(words.course_unreachable_way()))
        .child(again)
}

/// The interaction part leads to the topic's discussion, the assignment part to its assignment.
fn onward(study: &Study, step: &Slug, role: PartRole) -> Option<El> {
    let words = Device::here().words();
    let (kind, label) = match role {
        PartRole::Interaction => (StepKind::Discussion, words.to_discussion()),
        PartRole::Assignment => (StepKind::Assignment, words.to_assignment()),
        _ => return None,
    };
    let placed = study.course.step(step)?;
    let mut steps = placed.topic.steps.iter();
    let target = steps.find(|step| step.content.kind() == kind)?;
    let link = el("a")
        .class("secondary")
        .attr("href", &Route::to_step(&target.id).href())
        .text(label);
    Some(el("p").child(link))
}
