//! Attempts that were handed in: points, answers and explanations where the paper tells them.

use leptos::prelude::*;

use super::Desk;
use super::question::true_false;
use crate::domain::body::Body;
use crate::domain::exam::{Answer, Paper, Question};
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::progress::Work;
use crate::domain::text::Text;
use crate::domain::work::ExamAttempt;
use crate::ui::components::icon::{Icon, pic};
use crate::ui::components::said::{fold, saved_mark, written};
use crate::ui::components::window::moment;
use crate::ui::dom::{El, el};
use crate::ui::state::{Device, reader};
use crate::ui::text::{attempt_label, question_number};

/// The attempts, the latest first.
pub fn results(desk: &Desk, attempts: &[Work]) -> El {
    if attempts.is_empty() {
        return el("div");
    }
    let words = Device::here().words();
    let list = attempts.iter().rev().map(|work| result(desk, work));
    el("section")
        .child(el("h2").text(words.attempts()))
        .child(el("ol").class("entries").children(list))
}

fn result(desk: &Desk, work: &Work) -> El {
    let language = Device::here().language();
    let read = RwSignal::new(None::<ExamAttempt>);
    let (study, id) = (desk.study.clone(), work.id.clone());
    leptos::task::spawn_local(async move {
        if let Some(Body::ExamAttempt(attempt)) = reader::body(&study, &id).await {
            read.try_set(Some(attempt));
        }
    });
    let about = el("p")
        .class("quiet")
        .text(&attempt_label(language, &work.place))
        .text(" · ")
        .text(&moment(&desk.study, work.at))
        .text(" · ")
        .child(saved_mark());
    let (desk, id) = (desk.clone(), work.id.clone());
    let marked = el("div").live(move || {
        let attempt = read.get();
        untrack(|| attempt.map_or_else(Vec::new, |attempt| marked(&desk, &id, &attempt)))
    });
    el("li").child(about).child(marked)
}

fn marked(desk: &Desk, sitting: &RecordId, attempt: &ExamAttempt) -> Vec<El> {
    let words = Device::here().words();
    let Some((earned, possible)) = attempt.score else {
        return vec![el("p").text(words.exam_sealed())];
    };
    desk.paper.with_value(|paper| {
        let passed = earned * 100 >= possible * i64::from(paper.pass_percent);
        let said = if passed {
            words.exam_passed()
        } else {
            words.exam_failed()
        };
        let points = format!(
            "{} / {} {} · {said}",
            Points::from_thousandths(earned),
            Points::from_thousandths(possible),
            words.points_unit(),
        );
        let drawn = paper.drawn(sitting).into_iter().enumerate();
        let list = drawn.map(|(at, question)| explained(at, question, attempt, paper, sitting));
        let list = el("ol").class("questions").children(list);
        vec![
            el("p").class("lead").text(&points),
            fold(words.exam_explained(), vec![list]),
        ]
    })
}

fn explained(
    at: usize,
    question: &Question,
    attempt: &ExamAttempt,
    paper: &Paper,
    sitting: &RecordId,
) -> El {
    let device = Device::here();
    let words = device.words();
    let given = attempt.answers.iter().find(|(id, _)| *id == question.id);
    let given = given.map_or(&[][..], |(_, given)| given.as_slice());
    let right = question.mark(given) == question.points.thousandths();
    let mark = if right { Icon::Check } else { Icon::Warning };
    let said = if right {
        words.answer_right()
    } else {
        words.answer_wrong()
    };
    let number = question_number(device.language(), at + 1, &question.points.to_string());
    let options = match &question.answer {
        Answer::TrueFalse { .. } => true_false(),
        _ => paper
            .options(sitting, question)
            .into_iter()
            .cloned()
            .collect(),
    };
    let head = el("p")
        .class(if right { "done" } else { "fault" })
        .child(pic(mark))
        .text(&number)
        .text(said);
    el("li")
        .child(head)
        .child(device.write(el("p").class("question"), &question.text))
        .child(el("p").class("quiet").text(words.your_answer()))
        .child(written(&shown(device, given, &options)))
        .child(el("p").class("quiet").text(words.right_answer()))
        .child(written(&shown(
            device,
            &right_answer(device, question),
            &options,
        )))
        .child(device.write(el("p").class("explanation"), &question.explanation))
}

/// Answers as a person reads them: the texts of the options, or the words themselves.
fn shown(device: Device, given: &[String], options: &[(Slug, Text)]) -> String {
    if given.is_empty() {
        return device.words().not_answered().to_owned();
    }
    let text = |answer: &String| {
        let option = options.iter().find(|(id, _)| id.as_str() == answer);
        option.map_or_else(|| answer.clone(), |(_, text)| device.text(text))
    };
    given.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn right_answer(device: Device, question: &Question) -> Vec<String> {
    match &question.answer {
        Answer::Single { key, .. } => key.iter().map(Slug::to_string).collect(),
        Answer::Multiple { key, .. } => key.iter().flatten().map(Slug::to_string).collect(),
        Answer::TrueFalse { key } => key.iter().map(bool::to_string).collect(),
        Answer::Short { keys, .. } => keys.iter().map(|key| device.text(key)).collect(),
    }
}
