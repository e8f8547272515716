//! Reading what is searched: the texts of every step that is open to the learner, and what was
//! written there.

use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::corpus::{Corpus, Source, Spot, Target, What};
use crate::domain::course::{Placed, StepContent};
use crate::domain::discussion::Entry;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::notes::highlights;
use crate::domain::progress::{StepProgress, WorkKind};
use crate::domain::search::{Document, Folded, Kind};
use crate::domain::standing::StepState;
use crate::domain::text::Text;
use crate::package::{captions, markdown};
use crate::ui::state::{Device, Study, fetch_text, reader};

/// Files that are fetched side by side.
const SIDE_BY_SIDE: usize = 4;

/// Posts that are read without a pause.
const POSTS_AT_ONCE: usize = 200;

/// Replies on a page of a discussion.
const PAGE: usize = 20;

/// What is told when something was read.
pub type Tell = Rc<dyn Fn()>;

type Shared = StoredValue<Corpus, LocalStorage>;
type Read = Vec<(Document, Target)>;

/// What is at hand, and what is to be read. Of a step that is locked there is nothing.
pub fn gather(study: &Study) -> Corpus {
    let tag = Device::here().language().tag();
    let progress = study.progress.get_untracked();
    let mut corpus = Corpus::default();
    let mut sources = Vec::new();
    let marked = highlights(&progress.kept);
    let (mut module, mut topic) = (None, None);
    for placed in study.course.steps() {
        if matches!(study.standing(&placed).state, StepState::Locked(_)) {
            continue;
        }
        let step = placed.step;
        let within = step.title.get(tag);
        let home = placed.module;
        if module != Some(&home.id) {
            module = Some(&home.id);
            let module = document(Kind::Module, home.title.get(tag), home.summary.get(tag));
            corpus.add(module, target(&step.id, "", Spot::Top));
        }
        if topic != Some(&placed.topic.id) {
            topic = Some(&placed.topic.id);
            let (title, about) = (&placed.topic.title, &placed.topic.summary);
            let topic = document(Kind::Topic, title.get(tag), about.get(tag));
            // Its first step that is open.
            corpus.add(topic, target(&step.id, home.title.get(tag), Spot::Top));
        }
        corpus.add(asked(&placed, tag), target(&step.id, "", Spot::Top));
        let source = |title: &str, what: What, text: Option<&Text>| Source {
            step: step.id.clone(),
            within: within.to_owned(),
            title: title.to_owned(),
            what,
            lang: text
                .map(|text| text.tag(tag))
                .filter(|known| *known != tag)
                .map(str::to_owned),
        };
        match &step.content {
            StepContent::Reading(reading) => sources.extend(reading.parts.iter().map(|part| {
                let path = part.file.get(tag).to_owned();
                let what = What::Part(part.id.clone(), path);
                source(part.title.get(tag), what, Some(&part.file))
            })),
            StepContent::Video(video) => sources.extend(video.captions.iter().map(|captions| {
                let path = captions.get(tag).to_owned();
                source("", What::Captions(path), Some(captions))
            })),
            StepContent::Discussion(_) => sources.push(source("", What::Posts, None)),
            _ => {}
        }
        let known = progress.step(&step.id);
        for (_, note) in known.notes.iter() {
            if !note.text.trim().is_empty() {
                let words = Spot::Words(note.text.clone());
                let document = document(Kind::Note, "", &note.text);
                corpus.add(document, target(&step.id, within, words));
            }
        }
        for one in marked.iter().filter(|one| one.step == step.id) {
            if !one.words.trim().is_empty() {
                let document = document(Kind::Note, "", &one.words);
                let mut target = target(&step.id, within, Spot::Mark(one.id.clone()));
                target.part = Some(one.part.clone());
                corpus.add(document, target);
            }
        }
        let own = latest_works(&known).into_iter();
        sources.extend(own.map(|id| source("", What::Record(id), None)));
    }
    sources.reverse();
    corpus.waiting = sources;
    corpus
}

fn document(kind: Kind, title: &str, text: &str) -> Document {
    Document {
        kind,
        title: Folded::new(title),
        text: Folded::new(text),
    }
}

fn target(step: &Slug, within: &str, spot: Spot) -> Target {
    Target {
        step: step.clone(),
        within: within.to_owned(),
        part: None,
        lang: None,
        spot,
    }
}

/// What a step is called and asks.
fn asked(placed: &Placed<'_>, tag: &str) -> Document {
    let mut asks: Vec<&str> = Vec::new();
    match &placed.step.content {
        StepContent::Assignment(task) => asks.push(task.prompt.get(tag)),
        StepContent::Discussion(task) => asks.push(task.prompt.get(tag)),
        StepContent::Activity(task) => asks.push(task.description.get(tag)),
        StepContent::Reflection(task) => {
            asks.extend(task.prompts.iter().map(|prompt| prompt.prompt.get(tag)));
        }
        StepContent::Video(_) | StepContent::Reading(_) | StepContent::Exam(_) => {}
    }
    document(Kind::Step, placed.step.title.get(tag), &asks.join("\n"))
}

/// The latest version of what the learner handed in, and of every reflection.
fn latest_works(known: &StepProgress) -> Vec<RecordId> {
    let mut latest: Vec<(&str, _)> = Vec::new();
    for work in known.made(WorkKind::Reflection) {
        latest.retain(|(place, _)| *place != work.place);
        latest.push((&work.place, work.id.clone()));
    }
    let handed_in = known.made(WorkKind::Submission).next_back();
    let handed_in = handed_in.map(|work| work.id.clone());
    handed_in
        .into_iter()
        .chain(latest.into_iter().map(|(_, id)| id))
        .collect()
}

/// Reads what waits; tells whenever something was read.
pub fn read_all(study: &Study, corpus: Shared, tell: &Tell) {
    for _ in 0..SIDE_BY_SIDE {
        let (study, tell) = (study.clone(), tell.clone());
        leptos::task::spawn_local(async move {
            while let Some(Some(source)) = corpus.try_update_value(take) {
                let made = read(&study, &source).await;
                // Nobody looks at it any more.
                if corpus
                    .try_update_value(|all| put(all, source, made))
                    .is_none()
                {
                    return;
                }
                tell();
            }
        });
    }
}

fn take(corpus: &mut Corpus) -> Option<Source> {
    let source = corpus.waiting.pop()?;
    corpus.underway += 1;
    Some(source)
}

fn put(corpus: &mut Corpus, source: Source, made: Option<Read>) {
    corpus.underway -= 1;
    match made {
        Some(made) => made
            .into_iter()
            .for_each(|(document, target)| corpus.add(document, target)),
        None => corpus.missing.push(source),
    }
}

/// Reads one text; `None` when it cannot be had.
async fn read(study: &Study, source: &Source) -> Option<Read> {
    let file = async |path: &str| fetch_text(&study.file(path)).await;
    match &source.what {
        What::Part(part, path) => {
            let text = file(path).await?;
            Some(vec![part_of(source, part, path, &text)])
        }
        What::Captions(path) => Some(vec![captions_of(source, &file(path).await?)]),
        What::Record(id) => {
            let words = reader::body(study, id).await?.words().to_owned();
            let shown = target(&source.step, &source.within, Spot::Words(words.clone()));
            Some(vec![(document(Kind::Work, "", &words), shown)])
        }
        What::Posts => posts_of(study, source).await,
    }
}

fn part_of(source: &Source, part: &Slug, path: &str, text: &str) -> (Document, Target) {
    let mut all = Folded::default();
    let mut lines = Vec::new();
    for line in markdown::lines(&markdown::read(path, text)) {
        lines.push((all.len(), line.block, line.text.chars().take(80).collect()));
        all.push(&line.text);
        all.push("\n");
    }
    let target = Target {
        part: Some(part.clone()),
        lang: source.lang.clone(),
        ..target(&source.step, &source.within, Spot::Lines(lines))
    };
    (of(Kind::Reading, source, all), target)
}

fn captions_of(source: &Source, text: &str) -> (Document, Target) {
    let mut all = String::new();
    let mut folded = Folded::default();
    let mut cues = Vec::new();
    for cue in captions::read(text) {
        let before = all.len();
        captions::join(&mut all, &cue.text);
        cues.push((folded.len(), cue.starts_ms));
        folded.push(all.get(before..).unwrap_or_default());
    }
    let target = Target {
        lang: source.lang.clone(),
        ..target(&source.step, &source.within, Spot::Cues(cues))
    };
    (of(Kind::Caption, source, folded), target)
}

fn of(kind: Kind, source: &Source, text: Folded) -> Document {
    Document {
        kind,
        title: Folded::new(&source.title),
        text,
    }
}

async fn posts_of(study: &Study, source: &Source) -> Option<Read> {
    let rows = reader::posts(study, &source.step).await?;
    let mut made = Vec::new();
    let (mut thread, mut nth) = (None, 0);
    for (at, row) in rows.iter().enumerate() {
        // Keys are answered meanwhile.
        if at % POSTS_AT_ONCE == POSTS_AT_ONCE - 1 {
            sleep(Duration::ZERO).await;
        }
        let Some(post) = Entry::read(row) else {
            continue;
        };
        nth = if post.to == thread { nth + 1 } else { 0 };
        thread.clone_from(&post.to);
        // Another course may have a step of this name.
        let elsewhere = post
            .course
            .as_ref()
            .is_some_and(|course| *course != study.course.id);
        if !post.whole || elsewhere {
            continue;
        }
        let opening = post.to.as_ref().unwrap_or(&post.id);
        let late = post.to.is_some() && nth >= PAGE;
        let from = if late { post.at.0 } else { 0 };
        let spot = Spot::Post {
            id: post.id.clone(),
            from: u64::try_from(from).unwrap_or(0),
        };
        let target = Target {
            part: Slug::parse(opening.as_str()),
            ..target(&source.step, &source.within, spot)
        };
        made.push((document(Kind::Post, "", &post.text), target));
    }
    Some(made)
}
