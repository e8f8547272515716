//! Sentences about how much, how many and which.

use super::Language;
use crate::domain::count::Count;
use crate::domain::task::{AttachmentRules, Refused};
use crate::ui::format::bytes;

/// How long a text is, and how long it must be; `most` of 0 sets no limit.
#[must_use]
pub fn counted(language: Language, count: Count, least: u32, most: u32) -> String {
    let Count {
        characters,
        chinese,
        words,
    } = count;
    let (so_far, want) = match language {
        Language::Zh => (
            format!("{characters} 字（标点、字母都算；汉字 {chinese}，外文词 {words}）"),
            match (least, most) {
                (0, 0) => String::new(),
                (least, 0) => format!("不少于 {least} 字"),
                (0, most) => format!("不超过 {most} 字"),
                (least, most) => format!(" {least}–{most} 字"),
            },
        ),
        Language::En => (
            format!("{characters} characters ({chinese} Chinese, {words} words)"),
            match (least, most) {
                (0, 0) => String::new(),
                (least, 0) => format!("at least {least} characters"),
                (0, most) => format!("at most {most} characters"),
                (least, most) => format!("{least} to {most} characters"),
            },
        ),
    };
    let missing = least.saturating_sub(characters);
    let surplus = if most > 0 {
        characters.saturating_sub(most)
    } else {
        0
    };
    let verdict = match (language, missing, surplus) {
        (_, 0, 0) => String::new(),
        (Language::Zh, 0, surplus) => format!("，多出 {surplus} 字"),
        (Language::Zh, missing, _) => format!("，还差 {missing} 字"),
        (Language::En, 0, surplus) => format!("; {surplus} too many"),
        (Language::En, missing, _) => format!("; {missing} to go"),
    };
    match (language, want.is_empty()) {
        (_, true) => so_far,
        (Language::Zh, _) => format!("{so_far}；要求{want}{verdict}"),
        (Language::En, _) => format!("{so_far}; {want}{verdict}"),
    }
}

/// Which attempt, and when it began.
#[must_use]
pub fn attempt_title(language: Language, number: u32, begun: &str) -> String {
    match language {
        Language::Zh => format!("第 {number} 次 · {begun} 开始"),
        Language::En => format!("Attempt {number} · begun {begun}"),
    }
}

/// How far an attempt got: minutes credited, steps complete of all.
#[must_use]
pub fn attempt_figures(language: Language, minutes: &str, done: usize, all: usize) -> String {
    match language {
        Language::Zh => format!("计入学时 {minutes} 分钟，完成 {done} / {all} 步"),
        Language::En => format!("{minutes} minutes credited, {done} of {all} steps complete"),
    }
}

/// From which length a reply counts as a post.
#[must_use]
pub fn reply_counts(language: Language, least: u32) -> String {
    match language {
        Language::Zh => format!("回帖长短不限；满 {least} 字的，也计入发帖数。"),
        Language::En => {
            format!("A reply may be of any length; from {least} characters on it counts as a post.")
        }
    }
}

/// A number of characters.
#[must_use]
pub fn characters_of(language: Language, size: i64) -> String {
    match language {
        Language::Zh => format!("{size} 字"),
        Language::En => format!("{size} characters"),
    }
}

/// The name of a version.
#[must_use]
pub fn version_label(language: Language, number: usize) -> String {
    match language {
        Language::Zh => format!("第 {number} 版"),
        Language::En => format!("Version {number}"),
    }
}

/// The name of an exam attempt.
#[must_use]
pub fn attempt_label(language: Language, number: &str) -> String {
    match language {
        Language::Zh => format!("第 {number} 次"),
        Language::En => format!("Attempt {number}"),
    }
}

/// How many replies there are.
#[must_use]
pub fn replies_label(language: Language, replies: u64) -> String {
    match (language, replies) {
        (Language::Zh, replies) => format!("{replies} 个回帖"),
        (Language::En, 1) => "1 reply".to_owned(),
        (Language::En, replies) => format!("{replies} replies"),
    }
}

/// How long an exam takes, how many questions it has, and how often it may be sat.
#[must_use]
pub fn exam_facts(language: Language, minutes: u32, questions: u32, attempts: u32) -> String {
    match (language, attempts) {
        (Language::Zh, attempts) => {
            format!("{questions} 道题，{minutes} 分钟，可以做 {attempts} 次")
        }
        (Language::En, 1) => format!("{questions} questions, {minutes} minutes, one attempt"),
        (Language::En, attempts) => {
            format!("{questions} questions, {minutes} minutes, {attempts} attempts")
        }
    }
}

/// The minutes that are left of an exam, begun ones counted.
#[must_use]
pub fn exam_left(language: Language, minutes: u64) -> String {
    match (language, minutes) {
        (Language::Zh, minutes) => format!("还剩不到 {minutes} 分钟"),
        (Language::En, 1) => "less than a minute left".to_owned(),
        (Language::En, minutes) => format!("less than {minutes} minutes left"),
    }
}

/// The number of a question and its points.
#[must_use]
pub fn question_number(language: Language, number: usize, points: &str) -> String {
    match language {
        Language::Zh => format!("第 {number} 题（{points} 分） "),
        Language::En => format!("Question {number} ({points} points) "),
    }
}

/// What may be attached.
#[must_use]
pub fn attachment_rules(language: Language, rules: &AttachmentRules) -> String {
    let kinds = rules.extensions().join(", ");
    let (most, limit) = (rules.max_files, bytes(rules.limit().into()));
    match language {
        Language::Zh => format!("最多 {most} 个文件，每个不超过 {limit}：{kinds}"),
        Language::En => format!("At most {most} files of {limit} each: {kinds}"),
    }
}

/// Why a file was not attached, and what to do.
#[must_use]
pub fn refused_file(
    language: Language,
    name: &str,
    why: Refused,
    rules: &AttachmentRules,
) -> String {
    let (most, limit) = (rules.max_files, bytes(rules.limit().into()));
    let kinds = rules.extensions().join(", ");
    match (language, why) {
        (Language::Zh, Refused::Kind) => format!("“{name}”不是这里收的文件。请换成：{kinds}。"),
        (Language::En, Refused::Kind) => {
            format!("“{name}” is of another kind. Use one of {kinds}.")
        }
        (Language::Zh, Refused::Size) => {
            format!(
                "“{name}”太大了，每个文件不超过 {limit}。图片可以先缩小，文档可以另存为较小的。"
            )
        }
        (Language::En, Refused::Size) => {
            format!(
                "“{name}” is too large; a file may have {limit}. Make the picture smaller or save the document smaller."
            )
        }
        (Language::Zh, Refused::Empty) => format!("“{name}”是空的。请检查一下是不是选错了。"),
        (Language::En, Refused::Empty) => {
            format!("There is nothing in “{name}”. Check whether it is the right one.")
        }
        (Language::Zh, Refused::Count) => {
            format!("已经有 {most} 个附件了，“{name}”没有加上。先移除一个再加。")
        }
        (Language::En, Refused::Count) => {
            format!("There are {most} files already; “{name}” was not attached. Remove one first.")
        }
    }
}

/// When the study time ends, and how many days that leaves.
#[must_use]
pub fn ends(language: Language, date: &str, days: u64) -> String {
    match (language, days) {
        (Language::Zh, 0) => format!("学习时间到 {date} 为止，已经结束"),
        (Language::En, 0) => format!("The study time ended on {date}"),
        (Language::Zh, days) => format!("学习到 {date} 截止，还有 {days} 天"),
        (Language::En, 1) => format!("Study until {date}: the last day"),
        (Language::En, days) => format!("Study until {date}: {days} days left"),
    }
}

/// When the study time begins.
#[must_use]
pub fn begins(language: Language, date: &str) -> String {
    match language {
        Language::Zh => format!("{date} 开始计分；现在可以先看先写"),
        Language::En => format!("Counting begins on {date}; you can look and write already"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_says_what_is_missing_or_too_much() {
        let count = Count::of("先问他 road");
        let zh = |least, most| counted(Language::Zh, count, least, most);
        assert_eq!(zh(0, 0), "7 字（标点、字母都算；汉字 3，外文词 1）");
        assert_eq!(
            zh(5, 10),
            "7 字（标点、字母都算；汉字 3，外文词 1）；要求 5–10 字"
        );
        assert_eq!(
            zh(10, 0),
            "7 字（标点、字母都算；汉字 3，外文词 1）；要求不少于 10 字，还差 3 字"
        );
        let en = counted(Language::En, count, 0, 5);
        assert_eq!(
            en,
            "7 characters (3 Chinese, 1 words); at most 5 characters; 2 too many"
        );
    }
}
