//! A topic as a deck: what comes on which slide, and how far it is uncovered.

use super::fill::{sheets_below, sheets_of};
use super::hints::Hints;
use super::items::{Item, Sheet, Shown, lines_em};
use super::lines::flat;
use super::room::Room;
use crate::domain::course::{Module, PartRole, Step, StepContent, Topic};
use crate::domain::ids::Slug;
use crate::package::markdown::{Block, Document, Inline};

/// What the clock above a question takes, in em.
const CLOCK_EM: f64 = 2.4;
/// What the words above answers and the field below them take, in em.
const FIELD_EM: f64 = 5.2;
/// How much larger a question is than other texts, where it fits.
const LARGER: f64 = 1.5;

/// A part of a topic, as it is fetched.
#[derive(Debug, Clone)]
pub enum Source {
    /// A video step: its id and title.
    Video(Slug, String),
    /// A part of a reading.
    Text {
        /// The reading, and the part of it.
        of: Box<(Slug, Slug)>,
        /// What the room said about it, in order.
        answers: Vec<String>,
        /// Its title.
        title: String,
        /// Its role.
        role: PartRole,
        /// What the package says of projecting it.
        hints: Hints,
        /// Its text.
        document: Document,
    },
}

/// What a slide shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The topic itself, at the beginning.
    Cover,
    /// A video step.
    Video(Slug),
    /// Where the room signs in to an activity, with a code that is shown.
    Code,
    /// A question alone, with minutes to think about it, if they are counted; whether it is larger than
    /// other texts, because every question of its part takes one sheet even so.
    Question(Sheet, Option<u32>, bool),
    /// A sheet; whether it is covered, and uncovered point by point.
    Sheet(Sheet, bool),
    /// What groups do, for so many minutes.
    Group(Sheet, u32),
    /// What the room says to the questions or the task before it; whether it is the last such sheet, where
    /// more is written down.
    Answers(Sheet, bool),
    /// Nothing comes any more.
    End,
}

/// What a room sees at once, with the title of the part that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// Title of the part.
    pub title: String,
    /// What stands above it: the title, and the heading that its text is below where that is on a slide before.
    pub above: String,
    /// The part that it is of, counted from 0; the cover is of the first.
    pub part: usize,
    /// What it shows.
    pub body: Body,
}

impl Slide {
    /// Minutes that run down while it is shown, if some do.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        match &self.body {
            Body::Question(_, minutes, _) => *minutes,
            Body::Group(_, minutes) => Some(*minutes),
            _ => None,
        }
    }

    /// How many points are uncovered one by one; 0 where it is shown at once.
    #[must_use]
    pub fn points(&self) -> usize {
        match &self.body {
            Body::Sheet(Sheet::Texts(items), true) => {
                items.iter().filter(|item| counts(item)).count()
            }
            Body::Sheet(Sheet::Table(table), true) => table.rows.len(),
            Body::Sheet(Sheet::Picture { .. }, true) | Body::Video(_) => 1,
            _ => 0,
        }
    }
}

/// Whether a text is a point of its own; headings come with the first point below them.
fn counts(item: &Item) -> bool {
    item.shown != Shown::Heading
}

/// The texts of a sheet that are uncovered when so many points are.
#[must_use]
pub fn uncovered(items: &[Item], points: usize) -> &[Item] {
    let mut seen = 0;
    let end = items.iter().position(|item| {
        seen += usize::from(counts(item));
        seen > points
    });
    let mut end = end.unwrap_or(items.len());
    // A heading alone would tell what comes.
    while end > 0 && items.get(end - 1).is_some_and(|item| !counts(item)) {
        end -= 1;
    }
    items.get(..end).unwrap_or(items)
}

/// The deck of a topic for a room; `signs` is whether the room signs in with a code.
#[must_use]
pub fn deck(topic: &str, signs: bool, sources: &[Source], room: Room) -> Vec<Slide> {
    let mut slides = vec![Slide {
        title: topic.to_owned(),
        above: String::new(),
        part: 0,
        body: Body::Cover,
    }];
    slides.extend(signs.then(|| Slide {
        title: topic.to_owned(),
        above: String::new(),
        part: 0,
        body: Body::Code,
    }));
    for (part, source) in sources.iter().enumerate() {
        match source {
            Source::Video(step, title) => slides.push(Slide {
                title: title.clone(),
                above: title.clone(),
                part,
                body: Body::Video(step.clone()),
            }),
            Source::Text {
                title,
                role,
                hints,
                document,
                answers,
                ..
            } => {
                let taken = lines_em(room.title_lines(title).saturating_sub(1));
                let mut bodies = bodies(*role, hints, document, room, taken);
                let asks = |body: &Body| matches!(body, Body::Question(..) | Body::Group(..));
                if bodies.iter().any(asks) {
                    // Last: what the part says of how to answer comes before.
                    bodies.extend(said(answers, room, taken));
                }
                let mut heading = String::new();
                slides.extend(bodies.into_iter().map(|body| Slide {
                    title: title.clone(),
                    above: above(title, &body, &mut heading, room),
                    part,
                    body,
                }));
            }
        }
    }
    let part = sources.len().saturating_sub(1);
    slides.push(Slide {
        title: topic.to_owned(),
        above: String::new(),
        part,
        body: Body::End,
    });
    slides
}

/// What stands above a slide; `heading` is the last one before it, and the last on it afterwards.
fn above(title: &str, body: &Body, heading: &mut String, room: Room) -> String {
    let Body::Sheet(sheet, _) = body else {
        return title.to_owned();
    };
    let (first, last) = match sheet {
        Sheet::Texts(items) => {
            let mut headings = items.iter().filter(|item| item.shown == Shown::Heading);
            let first = items
                .first()
                .is_some_and(|item| item.shown == Shown::Heading);
            (first, headings.next_back().map(|item| &item.content))
        }
        Sheet::Table(table) => (!table.title.is_empty(), Some(&table.title)),
        Sheet::Picture { title, .. } => (!title.is_empty(), Some(title)),
    };
    let both = format!("{title} · {heading}");
    // It takes no line of its own.
    let fits = room.title_lines(&both) == room.title_lines(title);
    let above = if first || heading.is_empty() || !fits {
        title.to_owned()
    } else {
        both
    };
    if let Some(last) = last.filter(|last| !last.is_empty()) {
        *heading = flat(last).into_iter().collect();
    }
    above
}

/// What is shown of a part whose title takes so many em more than a line.
fn bodies(role: PartRole, hints: &Hints, document: &Document, room: Room, taken: f64) -> Vec<Body> {
    if !hints.show {
        return Vec::new();
    }
    let mut all = Vec::new();
    if role == PartRole::ThinkFirst {
        let parts = questions(document);
        let taken_em = CLOCK_EM + taken;
        // All of one size.
        let larger = |(document, question): &(Document, bool)| {
            !question || sheets_of(document, room, taken_em, LARGER).len() == 1
        };
        let larger = parts.iter().all(larger);
        let times = if larger { LARGER } else { 1.0 };
        for (document, question) in parts {
            if question {
                let laid = sheets_of(&document, room, taken_em, times);
                let question = |sheet| Body::Question(sheet, hints.think_minutes, larger);
                all.extend(laid.into_iter().map(question));
            } else {
                let laid = sheets_below(&document, room, taken).into_iter();
                all.extend(laid.map(|sheet| Body::Sheet(sheet, false)));
            }
        }
    } else {
        let laid = sheets_below(document, room, taken).into_iter();
        all.extend(laid.map(|sheet| Body::Sheet(sheet, hints.points)));
    }
    if let Some((prompt, minutes)) = &hints.group {
        let prompt = Document {
            blocks: vec![Block::Paragraph(vec![Inline::Text(prompt.clone())])],
            ..Document::default()
        };
        let laid = sheets_below(&prompt, room, CLOCK_EM + taken).into_iter();
        all.extend(laid.map(|sheet| Body::Group(sheet, *minutes)));
    }
    all
}

/// What a room said, with room to write more on the last sheet.
fn said(answers: &[String], room: Room, taken: f64) -> Vec<Body> {
    let item = |words: &String| vec![Block::Paragraph(vec![Inline::Text(words.clone())])];
    let list = Document {
        blocks: vec![Block::List {
            start: Some(1),
            items: answers.iter().map(item).collect(),
        }],
        ..Document::default()
    };
    let mut laid = sheets_below(&list, room, FIELD_EM + taken);
    if laid.is_empty() {
        laid.push(Sheet::Texts(Vec::new()));
    }
    let count = laid.len();
    let all = laid.into_iter().enumerate();
    all.map(|(at, sheet)| Body::Answers(sheet, at + 1 == count))
        .collect()
}

/// The text before, between and after the items of lists, and each of these alone: the questions.
fn questions(document: &Document) -> Vec<(Document, bool)> {
    let alone = |blocks: Vec<Block>| Document {
        blocks,
        ..Document::default()
    };
    let mut all = Vec::new();
    let mut text = Vec::new();
    for block in &document.blocks {
        let Block::List { start, items } = block else {
            text.push(block.clone());
            continue;
        };
        if !text.is_empty() {
            all.push((alone(std::mem::take(&mut text)), false));
        }
        for (at, item) in (0_u64..).zip(items) {
            let list = Block::List {
                start: start.map(|start| start + at),
                items: vec![item.clone()],
            };
            all.push((alone(vec![list]), true));
        }
    }
    if !text.is_empty() {
        all.push((alone(text), false));
    }
    all
}

/// Where to jump to: the cover, and the first slide of each part.
#[must_use]
pub fn starts(slides: &[Slide]) -> Vec<usize> {
    let mut all = Vec::new();
    let mut last = None;
    for (at, slide) in slides.iter().enumerate() {
        let part = (!matches!(slide.body, Body::Cover | Body::Code)).then_some(slide.part);
        if at == 0 || part != last {
            all.push(at);
        }
        last = part;
    }
    all
}

/// Whether there is something of a topic to show to a room.
#[must_use]
pub fn is_shown(topic: &Topic) -> bool {
    let shows = |step: &Step| {
        use StepContent::{Activity, Reading, Video};
        matches!(step.content, Video(_) | Reading(_) | Activity(_))
    };
    topic.steps.iter().any(shows)
}

/// The activities that a topic may be projected in: its own, else those of its module.
#[must_use]
pub fn activities<'a>(module: &'a Module, topic: &'a Topic) -> Vec<&'a Step> {
    let of = |topics: &'a [Topic]| -> Vec<&'a Step> {
        let steps = topics.iter().flat_map(|topic| &topic.steps);
        steps
            .filter(|step| matches!(step.content, StepContent::Activity(_)))
            .collect()
    };
    let own = of(std::slice::from_ref(topic));
    if own.is_empty() {
        of(&module.topics)
    } else {
        own
    }
}

/// Which of several activities in order takes place, as far as can be told: the first that whoever leads was not at
/// yet, else the last.
#[must_use]
pub fn next_activity(were_at: &[bool]) -> Option<usize> {
    let next = were_at.iter().position(|was_at| !was_at);
    next.or_else(|| were_at.len().checked_sub(1))
}

/// The step that a deck of a topic leads back to: the one that was left for it, else the topic's reading, else its
/// first step; none where that is not open to the learner.
#[must_use]
pub fn leads_back<'a>(
    topic: &'a Topic,
    left: Option<&Slug>,
    open: impl Fn(&Slug) -> bool,
) -> Option<&'a Slug> {
    let steps = topic.steps.iter();
    let was_left = steps.clone().find(|step| Some(&step.id) == left);
    let is_reading = |step: &&Step| matches!(step.content, StepContent::Reading(_));
    let reading = was_left.or_else(|| steps.clone().find(is_reading));
    let step = reading.or_else(|| topic.steps.first())?;
    Some(&step.id).filter(|step| open(step))
}

/// Where somebody is in a deck.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The slide, counted from 0.
    pub slide: usize,
    /// How many of its points are uncovered.
    pub points: usize,
}

impl Place {
    /// One step on: the next point, else the next slide.
    #[must_use]
    pub fn forward(self, slides: &[Slide]) -> Self {
        let points = slides.get(self.slide).map_or(0, Slide::points);
        if self.points < points {
            return Self {
                points: self.points + 1,
                ..self
            };
        }
        let Some(next) = slides.get(self.slide + 1) else {
            return self;
        };
        // Somebody who goes on from the last point of a sheet asks for the next, on whichever sheet it is.
        let covered = |slide: &Slide| matches!(slide.body, Body::Sheet(_, true));
        let here = slides.get(self.slide);
        let goes_on = here.is_some_and(|here| here.part == next.part && covered(here));
        Self {
            slide: self.slide + 1,
            points: usize::from(goes_on && covered(next)).min(next.points()),
        }
    }

    /// One slide back, as it was left: whole.
    #[must_use]
    pub fn back(self, slides: &[Slide]) -> Self {
        let slide = self.slide.saturating_sub(1);
        if slide == self.slide {
            return Self { slide, points: 0 };
        }
        Self {
            slide,
            points: slides.get(slide).map_or(0, Slide::points),
        }
    }

    /// To a slide, covered.
    #[must_use]
    pub fn jump(slide: usize, slides: &[Slide]) -> Self {
        Self {
            slide: slide.min(slides.len().saturating_sub(1)),
            points: 0,
        }
    }

    /// The same place in the deck laid out for another room: the part is, and how far one was in it. A
    /// slide that is the same there stays as far uncovered.
    #[must_use]
    pub fn moved(self, before: &[Slide], after: &[Slide]) -> Self {
        let Some(slide) = before.get(self.slide) else {
            return Self::default();
        };
        // The cover, and the code behind it.
        if matches!(slide.body, Body::Cover | Body::Code) {
            return Self::jump(self.slide, after);
        }
        let of_part = |slides: &[Slide]| -> Vec<usize> {
            let all = slides.iter().enumerate();
            let early = |body: &Body| matches!(body, Body::Cover | Body::Code);
            all.filter(|(_, each)| each.part == slide.part && !early(&each.body))
                .map(|(at, _)| at)
                .collect()
        };
        let (old, new) = (of_part(before), of_part(after));
        let within = old.iter().position(|at| *at == self.slide).unwrap_or(0);
        let within = within * new.len() / old.len().max(1);
        let moved = Self::jump(new.get(within).copied().unwrap_or(0), after);
        if after.get(moved.slide) == Some(slide) {
            return Self {
                points: self.points,
                ..moved
            };
        }
        moved
    }
}
