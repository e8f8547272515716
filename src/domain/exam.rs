//! Exams: the paper, a sitting with its clock, and marking.

use serde_json::{Value, json};

use crate::domain::hash::Hash;
use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::sorted::Sorted;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::work::{ExamAttempt, read_answers, write_answers};

/// The questions of an exam step and how it is sat.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Time limit in minutes.
    pub minutes: u32,
    /// Whether it is marked at once; otherwise no question carries a key.
    pub practice: bool,
    /// Whether questions and options come in another order each time.
    pub shuffle: bool,
    /// So many questions are drawn each time; all when absent.
    pub draw: Option<u32>,
    /// Share of the points in percent that passes.
    pub pass_percent: u32,
    /// Questions in the order of the package.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Unique in the exam.
    pub id: Slug,
    /// Its points.
    pub points: Points,
    /// The question.
    pub text: Text,
    /// A picture that belongs to it, and what it shows.
    pub image: Option<(Text, Text)>,
    /// How it is answered.
    pub answer: Answer,
    /// Shown after a practice exam was marked.
    pub explanation: Text,
}

/// How a question is answered, and what is right where the paper tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One option is right.
    Single {
        /// Options: id and text.
        options: Vec<(Slug, Text)>,
        /// The right one.
        key: Option<Slug>,
    },
    /// One or more options are right.
    Multiple {
        /// Options: id and text.
        options: Vec<(Slug, Text)>,
        /// The right ones.
        key: Option<Vec<Slug>>,
        /// Whether some of the right ones, and no wrong one, earn part of the points.
        partial: bool,
    },
    /// True or false; given as `true` and `false`.
    TrueFalse {
        /// What is right.
        key: Option<bool>,
    },
    /// A few words.
    Short {
        /// Answers that are right; empty where the paper does not tell.
        keys: Vec<Text>,
        /// Most characters.
        max: u32,
    },
}

/// An exam being sat: one mutable row, saved at every answer, until it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The record that it will become.
    pub id: RecordId,
    /// 1 for the first attempt.
    pub number: u32,
    /// Device clock when it began.
    pub started_at: Moment,
    /// Time used so far, in milliseconds.
    pub spent_ms: u64,
    /// Device clock when the time used was last added to.
    pub seen_at: Moment,
    /// Whether the device clock was set back meanwhile.
    pub set_back: bool,
    /// What was answered so far.
    pub answers: Vec<(Slug, Vec<String>)>,
}

/// A clock that is corrected by less than this, in milliseconds, was not set back.
const CORRECTION_MS: i64 = 2_000;

impl Sitting {
    /// A sitting that begins now.
    #[must_use]
    pub fn begin(id: RecordId, number: u32, now: Moment) -> Self {
        Self {
            id,
            number,
            started_at: now,
            spent_ms: 0,
            seen_at: now,
            set_back: false,
            answers: Vec::new(),
        }
    }

    /// Adds the time that passed since it was last added to: by whichever of both clocks says
    /// more, so that neither a reload nor a clock that was set back gives any time. `steady_ms` is
    /// what a clock that only goes forward counted; 0 when the page was opened anew.
    pub fn pass(&mut self, now: Moment, steady_ms: u64) {
        let by_wall = now.since(self.seen_at);
        self.set_back |= by_wall < -CORRECTION_MS;
        let passed = u64::try_from(by_wall).unwrap_or(0).max(steady_ms);
        self.spent_ms = self.spent_ms.saturating_add(passed);
        self.seen_at = now;
    }

    /// Time left of so many minutes, in milliseconds.
    #[must_use]
    pub fn left_ms(&self, minutes: u32) -> u64 {
        (u64::from(minutes) * 60_000).saturating_sub(self.spent_ms)
    }

    /// What was answered to a question.
    #[must_use]
    pub fn answer(&self, question: &Slug) -> &[String] {
        let found = self.answers.iter().find(|(id, _)| id == question);
        found.map_or(&[], |(_, given)| given.as_slice())
    }

    /// Takes an answer; an empty one takes it back.
    pub fn set_answer(&mut self, question: &Slug, given: Vec<String>) {
        self.answers.retain(|(id, _)| id != question);
        if !given.is_empty() {
            self.answers.push((question.clone(), given));
        }
    }

    /// Its row.
    #[must_use]
    pub fn write(&self) -> String {
        json!({
            "id": self.id.as_str(), "number": self.number, "startedAt": self.started_at.0,
            "spentMs": self.spent_ms, "seenAt": self.seen_at.0, "setBack": self.set_back,
            "answers": write_answers(&self.answers),
        })
        .to_string()
    }

    /// Reads a row; `None` when it is not one.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        Some(Self {
            id: RecordId::parse(row.get("id")?.as_str()?)?,
            number: u32::try_from(row.get("number")?.as_u64()?).ok()?,
            started_at: Moment(row.get("startedAt")?.as_i64()?),
            spent_ms: row.get("spentMs")?.as_u64()?,
            seen_at: Moment(row.get("seenAt")?.as_i64()?),
            set_back: row.get("setBack")?.as_bool()?,
            answers: read_answers(row.get("answers")?)?,
        })
    }

    /// The attempt that is handed in, marked if the paper tells what is right.
    #[must_use]
    pub fn hand_in(&self, step: &Slug, paper: &Paper) -> ExamAttempt {
        let score = paper.practice.then(|| paper.score(self));
        ExamAttempt {
            step: step.clone(),
            number: self.number,
            started_at: self.started_at,
            spent_ms: self.spent_ms.min(u64::from(paper.minutes) * 60_000),
            set_back: self.set_back,
            answers: self.answers.clone(),
            score,
        }
    }
}

impl Paper {
    /// The questions of one sitting in its order. The same sitting always gets the same.
    #[must_use]
    pub fn drawn(&self, sitting: &RecordId) -> Vec<&Question> {
        let ids = self.questions.iter().map(|question| question.id.as_str());
        let mut order = cast_lots(sitting, "", ids);
        order.truncate(self.draw.map_or(usize::MAX, |draw| draw as usize));
        if self.shuffle {
            return order
                .iter()
                .filter_map(|at| self.questions.get(*at))
                .collect();
        }
        let all = self.questions.iter().enumerate();
        let drawn = all.filter(|(at, _)| order.contains(at));
        drawn.map(|(_, question)| question).collect()
    }

    /// The options of a question in the order of one sitting; none where it has no options.
    #[must_use]
    pub fn options<'a>(&self, sitting: &RecordId, question: &'a Question) -> Vec<&'a (Slug, Text)> {
        let options = match &question.answer {
            Answer::Single { options, .. } | Answer::Multiple { options, .. } => options.as_slice(),
            Answer::TrueFalse { .. } | Answer::Short { .. } => &[],
        };
        if !self.shuffle {
            return options.iter().collect();
        }
        let ids = options.iter().map(|(id, _)| id.as_str());
        let order = cast_lots(sitting, question.id.as_str(), ids);
        order.iter().filter_map(|at| options.get(*at)).collect()
    }

    /// Thousandths of points earned and possible in a sitting.
    #[must_use]
    pub fn score(&self, sitting: &Sitting) -> (i64, i64) {
        let drawn = self.drawn(&sitting.id);
        let earned = |question: &&Question| question.mark(sitting.answer(&question.id));
        let possible = drawn.iter().map(|question| question.points.thousandths());
        (drawn.iter().map(earned).sum(), possible.sum())
    }
}

/// An order of things that a sitting draws by lot: their places.
fn cast_lots<'a>(sitting: &RecordId, of: &str, ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let lot = |id: &str| Hash::of(format!("{sitting}/{of}/{id}").as_bytes());
    let mut lots: Sorted<(Hash, usize), ()> = Sorted::default();
    for (id, at) in ids.zip(0..) {
        lots.insert((lot(id), at), ());
    }
    lots.iter().map(|((_, at), ())| *at).collect()
}

impl Question {
    /// Thousandths of points that an answer earns; 0 where the paper does not tell what is right.
    #[must_use]
    pub fn mark(&self, given: &[String]) -> i64 {
        let full = self.points.thousandths();
        let is_right = |key: &Slug| given.iter().any(|each| each == key.as_str());
        let all_or_nothing = |right: bool| if right { full } else { 0 };
        match &self.answer {
            Answer::Single { key, .. } => {
                all_or_nothing(given.len() == 1 && key.as_ref().is_some_and(is_right))
            }
            Answer::Multiple { key, partial, .. } => {
                let Some(key) = key else { return 0 };
                let hits = key.iter().filter(|key| is_right(key)).count();
                let none_wrong = hits == given.len();
                if hits == key.len() || !partial {
                    return all_or_nothing(none_wrong && hits == key.len());
                }
                let hits = i64::try_from(hits).unwrap_or(0);
                let all = i64::try_from(key.len()).unwrap_or(i64::MAX);
                if none_wrong { full * hits / all } else { 0 }
            }
            Answer::TrueFalse { key } => {
                let right = key.map(|key| if key { "true" } else { "false" });
                all_or_nothing(right.is_some_and(|right| given == [right]))
            }
            Answer::Short { keys, .. } => {
                let given = plain(given.first().map_or("", String::as_str));
                let is_key = |(_, key): (&str, &str)| plain(key) == given;
                let right = !given.is_empty() && keys.iter().any(|key| key.languages().any(is_key));
                all_or_nothing(right)
            }
        }
    }
}

/// An answer without regard to case, blanks, closing punctuation and full or half width.
fn plain(answer: &str) -> String {
    let half = |each: char| match each {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(each) - 0xfee0).unwrap_or(each),
        _ => each,
    };
    let kept: String = answer
        .chars()
        .map(half)
        .filter(|each| !each.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    kept.trim_end_matches(['.', '。', '!', ';', ',', '、'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn question(id: &str, answer: Answer) -> Question {
        Question {
            id: slug(id),
            points: Points::from_thousandths(6_000),
            text: Text::single("zh-CN", "问"),
            image: None,
            answer,
            explanation: Text::default(),
        }
    }

    fn options(ids: &[&str]) -> Vec<(Slug, Text)> {
        let option = |id: &&str| (slug(id), Text::single("zh-CN", id));
        ids.iter().map(option).collect()
    }

    fn given(answer: &[&str]) -> Vec<String> {
        answer.iter().map(|each| (*each).to_owned()).collect()
    }

    #[test]
    fn each_kind_of_question_is_marked() {
        let single = question(
            "s",
            Answer::Single {
                options: options(&["a", "b"]),
                key: Some(slug("a")),
            },
        );
        let multiple = |partial| {
            question(
                "m",
                Answer::Multiple {
                    options: options(&["a", "b", "c", "d"]),
                    key: Some(vec![slug("a"), slug("b"), slug("c")]),
                    partial,
                },
            )
        };
        let statement = question("t", Answer::TrueFalse { key: Some(false) });
        let short = question(
            "w",
            Answer::Short {
                keys: vec![Text::new([
                    ("zh-CN".into(), "进来坐。".into()),
                    ("en".into(), "Come in".into()),
                ])],
                max: 20,
            },
        );
        let unknown = question(
            "u",
            Answer::Single {
                options: options(&["a", "b"]),
                key: None,
            },
        );
        for (question, answer, earned) in [
            (&single, &["a"][..], 6_000),
            (&single, &["b"], 0),
            (&single, &["a", "b"], 0),
            (&single, &[], 0),
            (&multiple(false), &["c", "a", "b"], 6_000),
            (&multiple(false), &["a", "b"], 0),
            (&multiple(true), &["a", "b"], 4_000),
            (&multiple(true), &["a", "d"], 0),
            (&multiple(true), &["a", "b", "c", "d"], 0),
            (&multiple(true), &[], 0),
            (&statement, &["false"], 6_000),
            (&statement, &["true"], 0),
            (&short, &[" 进 来坐"], 6_000),
            (&short, &["ＣＯＭＥ　ｉｎ！"], 6_000),
            (&short, &["。"], 0),
            (&short, &["出去"], 0),
            (&unknown, &["a"], 0),
        ] {
            assert_eq!(question.mark(&given(answer)), earned, "{answer:?}");
        }
    }

    #[test]
    fn no_clock_gives_time() {
        let now = |ms: i64| Moment(1_000_000 + ms);
        let mut sitting = Sitting::begin(RecordId::from_random([1; 16]), 1, now(0));
        sitting.pass(now(10_000), 10_000);
        assert_eq!(sitting.spent_ms, 10_000);
        // The page was closed for a minute and opened anew.
        sitting.pass(now(70_000), 0);
        assert_eq!(sitting.spent_ms, 70_000);
        // A small correction is none; an hour back is, and what the other clock says counts.
        sitting.pass(now(69_000), 1_000);
        assert!(!sitting.set_back);
        sitting.pass(now(-3_600_000), 5_000);
        assert_eq!((sitting.spent_ms, sitting.set_back), (76_000, true));
        assert_eq!(sitting.left_ms(1), 0);
        assert_eq!(sitting.left_ms(2), 44_000);
        assert_eq!(Sitting::read(&sitting.write()), Some(sitting));
        assert_eq!(Sitting::read("{}"), None);
    }

    fn paper(count: usize, shuffle: bool, draw: Option<u32>) -> Paper {
        let one = |at| question(&format!("q{at}"), Answer::TrueFalse { key: Some(true) });
        Paper {
            minutes: 20,
            practice: true,
            shuffle,
            draw,
            pass_percent: 60,
            questions: (0..count).map(one).collect(),
        }
    }

    proptest! {
        #[test]
        fn a_sitting_gets_the_same_questions_each_time(
            sitting: [u8; 16], count in 1usize..12, draw in proptest::option::of(1u32..12),
            shuffle: bool,
        ) {
            let (paper, id) = (paper(count, shuffle, draw), RecordId::from_random(sitting));
            let drawn = paper.drawn(&id);
            prop_assert_eq!(&drawn, &paper.drawn(&id));
            prop_assert_eq!(drawn.len(), draw.map_or(count, |draw| count.min(draw as usize)));
            let mut ids: Vec<_> = drawn.iter().map(|question| &question.id).collect();
            if !shuffle {
                let all: Vec<_> = paper.questions.iter().map(|question| &question.id).collect();
                let mut rest = all.iter();
                prop_assert!(ids.iter().all(|id| rest.any(|each| each == id)));
            }
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), drawn.len());
        }

        #[test]
        fn time_never_comes_back(steps in proptest::collection::vec((-5_000_000i64..5_000_000, 0u64..100_000), 0..20)) {
            let mut sitting = Sitting::begin(RecordId::from_random([1; 16]), 1, Moment(0));
            for (wall, steady) in steps {
                let before = sitting.clone();
                sitting.pass(Moment(wall), steady);
                prop_assert!(sitting.spent_ms >= before.spent_ms + steady);
            }
        }
    }

    #[test]
    fn what_is_handed_in_is_marked_and_never_longer_than_allowed() {
        let paper = paper(2, false, None);
        let mut sitting = Sitting::begin(RecordId::from_random([1; 16]), 3, Moment(0));
        sitting.set_answer(&slug("q0"), given(&["false"]));
        sitting.set_answer(&slug("q0"), given(&["true"]));
        sitting.set_answer(&slug("q1"), given(&["true"]));
        sitting.set_answer(&slug("q1"), Vec::new());
        sitting.pass(Moment(99_000_000), 0);
        let attempt = sitting.hand_in(&slug("e"), &paper);
        assert_eq!(attempt.score, Some((6_000, 12_000)));
        assert_eq!((attempt.number, attempt.spent_ms), (3, 1_200_000));
        let closed = Paper {
            practice: false,
            ..paper
        };
        assert_eq!(sitting.hand_in(&slug("e"), &closed).score, None);
    }
}
