//! Exams: keys belong into practice exams, and only there.

use super::names::set;
use super::{Report, Scope, steps};
use crate::domain::points::Points;
use crate::package::problem::{Of, What};
use crate::package::v1::{Answer, AnswerOption, Exam, ExamMode, Id, Question};

pub(super) fn check(scope: &Scope<'_>, at: &str, exam: &Exam, report: &mut Report) {
    steps::check_open(scope, &format!("{at}.open"), exam.open.as_ref(), report);
    let questions = exam.questions.iter().map(|each| &each.id);
    report.unique_ids(&format!("{at}.questions"), questions);
    let count = u32::try_from(exam.questions.len()).unwrap_or(u32::MAX);
    if exam.draw.is_some_and(|draw| draw.get() > count) {
        let limit = Points::from_thousandths(1000).times(count);
        report.wrong(&format!("{at}.draw"), What::MoreThan { limit });
    }
    for (index, question) in exam.questions.iter().enumerate() {
        let at = format!("{at}.questions[{index}]");
        check_question(&at, exam.mode, question, report);
    }
}

fn check_question(at: &str, mode: ExamMode, question: &Question, report: &mut Report) {
    let key = format!("{at}.answer.key");
    match (mode, has_key(&question.answer)) {
        (ExamMode::Practice, false) => report.wrong(&key, What::KeyMissing),
        (ExamMode::ClosedBook, true) => report.wrong(&key, What::KeyInClosedBook),
        _ => {}
    }
    if mode == ExamMode::ClosedBook && question.explanation.is_some() {
        report.wrong(&format!("{at}.explanation"), What::KeyInClosedBook);
    }
    check_options(at, &question.answer, report);
}

fn has_key(answer: &Answer) -> bool {
    match answer {
        Answer::Single { key, .. } => key.is_some(),
        Answer::Multiple { key, .. } => key.is_some(),
        Answer::TrueFalse { key } => key.is_some(),
        Answer::ShortAnswer { key, .. } => key.is_some(),
    }
}

fn check_options(at: &str, answer: &Answer, report: &mut Report) {
    let (options, keys, key_at): (&[AnswerOption], &[Id], _) = match answer {
        Answer::Single { options, key } => {
            (options, key.as_ref().map_or(&[], std::slice::from_ref), "")
        }
        Answer::Multiple { options, key, .. } => {
            (options, key.as_ref().map_or(&[], |key| &**key), "[]")
        }
        Answer::TrueFalse { .. } | Answer::ShortAnswer { .. } => return,
    };
    let ids = set(options.iter().map(|each| &each.id));
    let list = format!("{at}.answer.options");
    report.unique_ids(&list, options.iter().map(|each| &each.id));
    let field = format!("{at}.answer.key");
    if key_at.is_empty() {
        for key in keys {
            report.known(&field, key, &ids, Of::Option);
        }
    } else {
        report.all_known(&field, keys, &ids, Of::Option);
        report.unique(&field, "", keys.iter().map(|key| key.get().as_str()));
    }
}
