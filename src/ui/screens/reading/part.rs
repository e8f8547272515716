//! One part of a reading: fetched, read and laid out; then the place is found again.

use std::ops::Range;

use futures_channel::oneshot::{self, Receiver};
use leptos::prelude::*;

use super::spot::{Opening, UNFINISHED, show};
use super::visit::{Visit, scroll_to};
use crate::domain::course::{PartRole, ReadingPart, StepKind};
use crate::domain::ids::Slug;
use crate::package::markdown::{Block, around, head, read};
use crate::store::rows::Spot;
use crate::ui::browser;
use crate::ui::components::markdown::blocks;
use crate::ui::dom::{El, el, follow};
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

/// Where a part is read on.
#[derive(Debug, Clone, Copy)]
pub enum Resume {
    /// Where the page was scrolled so far, in thousandths.
    Scrolled(u32),
    /// At a spot of the text.
    At(Spot),
}

/// One part. When it was turned to, its heading takes the focus, so that keys and screen readers
/// go on from there; `resume` is where it was read the last time; `laid` is told the part
/// once its text stands on the page, and `visit` whether any of it does.
pub fn part_view(
    study: &Study,
    step: &Slug,
    part: &ReadingPart,
    resume: Resume,
    turned: bool,
    (laid, visit): (RwSignal<String>, Visit),
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
    let is_here = move |text: &Fetched| visit.text(matches!(text, Fetched::Here(_)));
    follow(Box::new(move || text.with(is_here)));
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
            let (path, of, id) = (path.clone(), of.clone(), id.clone());
            let begun = begin(body.clone(), (&path, &text), resume, &of);
            if begun.is_whole() {
                laid.set(id.to_string());
                return vec![body];
            }
            let body = body.attr(UNFINISHED, "");
            let into = body.clone();
            leptos::task::spawn_local(async move {
                if begun.goes_on(&into, (&path, &text), &of).await {
                    laid.try_set(id.to_string());
                }
            });
            vec![body]
        }
    });
    let mut all = vec![heading];
    all.extend(device.foreign(&part.file));
    all.push(prose);
    all.extend(onward(study, step, part.role));
    all
}

/// What of a text was put onto the page at first.
struct Begun {
    /// All of its blocks, where they are known already.
    blocks: Option<Vec<Block>>,
    /// Which of them.
    shown: Range<usize>,
    /// Tells when its middle has been brought into sight.
    opened: Option<Receiver<Opening>>,
}

/// Puts what is seen first of a text onto the page: all of it where it is short.
fn begin(into: El, (path, text): (&str, &str), resume: Resume, study: &Study) -> Begun {
    if let (Resume::Scrolled(0), Some(begins)) = (resume, head(text)) {
        let first = read(path, begins).blocks;
        // The last may go on behind the beginning.
        let known = first.len().saturating_sub(1);
        let _ = blocks(into, first.get(..known).unwrap_or_default(), study);
        return Begun {
            blocks: None,
            shown: 0..known,
            opened: None,
        };
    }
    let whole = read(path, text).blocks;
    let (shown, spot) = match resume {
        Resume::At(spot) => (around(&whole, spot.block as usize), Some(spot)),
        Resume::Scrolled(far) => {
            if far > 0 {
                request_animation_frame(move || scroll_to(far));
            }
            (0..whole.len(), None)
        }
    };
    let text = into.element().clone();
    let _ = blocks(into, whole.get(shown.clone()).unwrap_or_default(), study);
    let opened = spot.map(|spot| {
        let (tell, opened) = oneshot::channel();
        let (first, count) = (shown.start, whole.len());
        // It stands in the page by then, and nothing of it has been drawn.
        request_animation_frame(move || {
            let opening = Opening::new(&text, first, count);
            show(&text, spot, first);
            let _ = tell.send(opening);
        });
        opened
    });
    Begun {
        blocks: Some(whole),
        shown,
        opened,
    }
}

impl Begun {
    fn is_whole(&self) -> bool {
        let all = self.blocks.as_ref().map(Vec::len);
        all == Some(self.shown.len())
    }

    /// Puts the rest onto the page, piece by piece, so that nothing else waits for it; whether the text is
    /// still there in the end.
    async fn goes_on(self, into: &El, (path, text): (&str, &str), study: &Study) -> bool {
        let opening = match self.opened {
            Some(opened) => opened.await.ok(),
            None => None,
        };
        // What the first frame sets going comes before all of this.
        browser::after_frame().await;
        browser::after_frame().await;
        let whole = self.blocks.unwrap_or_else(|| read(path, text).blocks);
        let Range { mut start, mut end } = self.shown;
        while start > 0 || end < whole.len() {
            browser::after_frame().await;
            if !into.element().is_connected() {
                return false;
            }
            let before = start.saturating_sub(PIECE)..start;
            let behind = end..(end + PIECE).min(whole.len());
            (start, end) = (before.start, behind.end);
            let put = || {
                prepend(into, whole.get(before).unwrap_or_default(), study);
                let _ = blocks(into.clone(), whole.get(behind).unwrap_or_default(), study);
            };
            match &opening {
                Some(opening) => opening.more(put, start, whole.len() - end),
                None => put(),
            }
        }
        let _ = into.element().remove_attribute(UNFINISHED);
        into.element().is_connected()
    }
}

/// Puts blocks before those that are there.
fn prepend(into: &El, list: &[Block], study: &Study) {
    let before = blocks(el("div"), list, study);
    let first = into.element().first_child();
    while let Some(child) = before.element().first_child() {
        let _ = into.element().insert_before(&child, first.as_ref());
    }
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
        .child(
            el("p").child(
                el("a")
                    .attr("href", &Route::Device.href())
                    .text(words.to_device()),
            ),
        )
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
