//! Where a lesson goes on after the deck was left or the page was opened anew: the tab keeps it.

use crate::domain::answers::is_of_lesson;
use crate::domain::course::Topic;
use crate::domain::ids::Slug;
use crate::domain::time::Moment;
use crate::projection::{Place, Slide};
use crate::ui::browser;

/// What this tab keeps of the deck that was shown last: topic, slide, points, when, milliseconds shown.
const PLACE: &str = "zhixing-deck";

/// Where a lesson that goes on was in this topic, and for how many milliseconds the deck was shown; the beginning
/// for another, and after the end.
pub fn place(topic: &Topic, slides: &[Slide]) -> (Place, u64) {
    let kept = browser::kept(PLACE).unwrap_or_default();
    let mut kept = kept.split(' ');
    let mut next = || kept.next().unwrap_or_default();
    let is_topic = next() == topic.id.as_str();
    let (slide, points, at) = (next().parse(), next().parse(), next().parse());
    let shown_ms = next().parse().unwrap_or(0);
    let (true, Ok(slide), Ok(points), Ok(at)) = (is_topic, slide, points, at) else {
        return Default::default();
    };
    let last = slides.len().saturating_sub(1);
    if slide >= last || !is_of_lesson(Moment(at), browser::now()) {
        return Default::default();
    }
    (Place { slide, points }, shown_ms)
}

/// Keeps where one is, and for how many milliseconds the deck was shown.
pub fn keep(topic: &Slug, place: Place, shown_ms: u64) {
    let (Place { slide, points }, Moment(now)) = (place, browser::now());
    browser::keep(PLACE, &format!("{topic} {slide} {points} {now} {shown_ms}"));
}
