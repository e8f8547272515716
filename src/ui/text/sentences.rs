//! Sentences that carry numbers or depend on what happened.

use super::Language;
use crate::domain::meter::Because;
use crate::domain::standing::{Lock, Needs};
use crate::package::open::{OpenFault, Wrong};
use crate::store::port::StoreError;
use crate::sync::sending::Sent;
use crate::ui::format::length;
use crate::wire::packet::PacketFault;

/// Why time is not counted.
#[must_use]
pub fn because(language: Language, because: Because) -> &'static str {
    match (language, because) {
        (Language::Zh, Because::Paused) => "视频停着",
        (Language::En, Because::Paused) => "the video is paused",
        (Language::Zh, Because::HiddenMuted) => "网页不在眼前，视频又没有声音",
        (Language::En, Because::HiddenMuted) => "the page is hidden and the video has no sound",
        (Language::Zh, Because::NoText) => "课文还没有到",
        (Language::En, Because::NoText) => "the text is not here yet",
        (Language::Zh, Because::Hidden) => "网页不在眼前",
        (Language::En, Because::Hidden) => "the page is hidden",
        (Language::Zh, Because::AlreadyCredited) => "这一段已经计过",
        (Language::En, Because::AlreadyCredited) => "this part is credited already",
        (Language::Zh, Because::Idle) => "有一会儿没有动静了，翻一翻或按个键就接着计",
        (Language::En, Because::Idle) => {
            "nothing moved for a while; scroll or press a key and it goes on"
        }
        (Language::Zh, Because::StepFull) => "这一步能计的时间已经满了",
        (Language::En, Because::StepFull) => "this step has given all its time",
        (Language::Zh, Because::NotOpenYet) => "还没到开始计分的日子",
        (Language::En, Because::NotOpenYet) => "the study time has not begun yet",
        (Language::Zh, Because::Closed) => "学习时间已经截止",
        (Language::En, Because::Closed) => "the study time is over",
        (Language::Zh, Because::AnotherTab) => "另一个窗口正在计时",
        (Language::En, Because::AnotherTab) => "another tab is counting",
        (Language::Zh, Because::TooFast) => "放得太快，超出的部分不计",
        (Language::En, Because::TooFast) => "it plays too fast; the surplus does not count",
    }
}

/// What keeps a step locked and what opens it; `previous` is the title of the step before.
#[must_use]
pub fn lock_reason(language: Language, lock: &Lock, previous: &str) -> String {
    match (language, lock) {
        (Language::Zh, Lock::Previous { .. }) => format!("先完成“{previous}”，这一步就会打开。"),
        (Language::En, Lock::Previous { .. }) => {
            format!("Complete “{previous}” first; then this step opens.")
        }
        (
            Language::Zh,
            Lock::Minutes {
                needed,
                credited_ms,
                ..
            },
        ) => format!(
            "“{previous}”计满 {needed} 分钟就会打开，现在计了{}。",
            length(language, *credited_ms)
        ),
        (
            Language::En,
            Lock::Minutes {
                needed,
                credited_ms,
                ..
            },
        ) => format!(
            "This step opens when “{previous}” has {needed} min credited; it has {} now.",
            length(language, *credited_ms)
        ),
    }
}

/// What a step still needs to be complete; empty when nothing.
#[must_use]
pub fn needs(language: Language, needs: Needs, credited_ms: u64) -> String {
    let wants = match needs {
        Needs::Study {
            credited_ms: needed,
            parts_left,
        } => study_wants(language, needed.saturating_sub(credited_ms), parts_left),
        other => made_wants(language, other),
    };
    match (language, wants.is_empty()) {
        (_, true) => String::new(),
        (Language::Zh, _) => format!("要完成这一步：{wants}"),
        (Language::En, _) => format!("To complete this step: {wants}"),
    }
}

fn study_wants(language: Language, time_left: u64, parts_left: usize) -> String {
    let time = (time_left > 0).then(|| {
        // Rounded up to a second, so that the last part of one is not shown as none.
        let left = length(language, time_left.div_ceil(1_000) * 1_000);
        match language {
            Language::Zh => format!("再计 {left}"),
            Language::En => format!("{left} more"),
        }
    });
    let parts = (parts_left > 0).then(|| match (language, parts_left) {
        (Language::Zh, left) => format!("还有 {left} 个部分没打开"),
        (Language::En, 1) => "1 part not opened yet".to_owned(),
        (Language::En, left) => format!("{left} parts not opened yet"),
    });
    let wants: Vec<String> = time.into_iter().chain(parts).collect();
    wants.join(match language {
        Language::Zh => "，",
        Language::En => ", ",
    })
}

fn made_wants(language: Language, needs: Needs) -> String {
    match (language, needs) {
        (_, Needs::Study { .. } | Needs::Reflect { left: 0 }) => String::new(),
        (Language::Zh, Needs::Submit) => "提交一次".to_owned(),
        (Language::En, Needs::Submit) => "submit it once".to_owned(),
        (Language::Zh, Needs::Post { least: 0 }) => "发一个帖子".to_owned(),
        (Language::En, Needs::Post { least: 0 }) => "write a post".to_owned(),
        (Language::Zh, Needs::Post { least }) => format!("发一个不少于 {least} 字的帖子"),
        (Language::En, Needs::Post { least }) => {
            format!("write a post of at least {least} characters")
        }
        (Language::Zh, Needs::Reflect { left }) => format!("还有 {left} 个题目没写"),
        (Language::En, Needs::Reflect { left: 1 }) => "1 prompt not answered yet".to_owned(),
        (Language::En, Needs::Reflect { left }) => format!("{left} prompts not answered yet"),
        (Language::Zh, Needs::Sit) => "交一次卷".to_owned(),
        (Language::En, Needs::Sit) => "hand the exam in once".to_owned(),
        (Language::Zh, Needs::Attend) => "参加并登记".to_owned(),
        (Language::En, Needs::Attend) => "take part and sign in".to_owned(),
    }
}

/// What keeps a course from being opened, and what to do.
#[must_use]
pub fn open_fault(language: Language, fault: &OpenFault) -> String {
    let field = &fault.field;
    match (language, fault.what) {
        (Language::Zh, _) if field.is_empty() => {
            "course.json 不是完整的课程文件。请发布课程的人用 cargo xtask pack 检查一遍。".to_owned()
        }
        (Language::En, _) if field.is_empty() => {
            "course.json is not a whole course file. Whoever published the course should check it with cargo xtask pack.".to_owned()
        }
        (Language::Zh, Wrong::Missing) => format!("course.json 里缺少 {field}。请发布课程的人用 cargo xtask pack 检查一遍。"),
        (Language::En, Wrong::Missing) => format!("course.json lacks {field}. Whoever published the course should check it with cargo xtask pack."),
        (Language::Zh, Wrong::Unfit) => format!("course.json 里的 {field} 不合格式。请发布课程的人用 cargo xtask pack 检查一遍。"),
        (Language::En, Wrong::Unfit) => format!("In course.json, {field} is not what belongs there. Whoever published the course should check it with cargo xtask pack."),
    }
}

/// How sending to a backend goes.
#[must_use]
pub fn sent(language: Language, state: Sent) -> String {
    let (zh, en) = match state {
        Sent::Off => return String::new(),
        Sent::All => ("后台已收".to_owned(), "Accepted by the backend".to_owned()),
        Sent::Waiting(count) => (format!("{count} 条待发"), format!("{count} to be sent")),
        Sent::Unwell(count) => (
            format!("后台没有回应，{count} 条待发"),
            format!("No answer from the backend, {count} to be sent"),
        ),
        Sent::SignIn => (
            "后台需要登录".to_owned(),
            "The backend wants you to sign in".to_owned(),
        ),
        Sent::Aside(count) => (
            format!("{count} 条没被收下"),
            format!("{count} not taken by the backend"),
        ),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// What is wrong with the store, and what to do.
#[must_use]
pub fn store_trouble(language: Language, error: &StoreError) -> &'static str {
    match (language, error) {
        (Language::Zh, StoreError::Full) => {
            "磁盘满了，刚才的没有存上。请腾出一些空间，页面不要关，会自动再存。"
        }
        (Language::En, StoreError::Full) => {
            "The disk is full; the last change is not saved. Make some room and keep this page open: it will be saved again by itself."
        }
        (Language::Zh, StoreError::Newer) => {
            "这台电脑上的数据是更新的版本写的，这一页太旧了。请刷新页面；数据没有动。"
        }
        (Language::En, StoreError::Newer) => {
            "A newer version of the app wrote the data here, and this page is too old. Reload it; the data was not touched."
        }
        (Language::Zh, StoreError::Blocked) => {
            "另一个旧窗口占着数据。请关掉别的“知行”窗口，再刷新。"
        }
        (Language::En, StoreError::Blocked) => {
            "An older tab holds the data. Close the other Zhixing tabs, then reload."
        }
        (Language::Zh, StoreError::Unavailable(_)) => {
            "这个浏览器不让网页存东西。请换一个普通窗口打开。"
        }
        (Language::En, StoreError::Unavailable(_)) => {
            "This browser lets pages keep nothing. Please use an ordinary window."
        }
        (Language::Zh, StoreError::Deleted) => {
            "这个浏览器里的数据刚被清空了（多半是“清除浏览数据”）。请刷新页面；以前导出过的文件，可以在“我的记录”里导入找回。"
        }
        (Language::En, StoreError::Deleted) => {
            "The data in this browser was just cleared (most likely by “clear browsing data”). Please reload; what you exported before can be imported again under “My records”."
        }
        (Language::Zh, StoreError::Conflict(_) | StoreError::Failed(_)) => {
            "刚才的没有存上，页面不要关，会自动再存。"
        }
        (Language::En, StoreError::Conflict(_) | StoreError::Failed(_)) => {
            "The last change is not saved yet. Keep this page open: it will be tried again."
        }
    }
}

/// Why a file was not taken as a packet, and what to do.
#[must_use]
pub fn packet_fault(language: Language, fault: &PacketFault) -> String {
    match (language, fault) {
        (Language::Zh, PacketFault::NotAZip) => {
            "它不是完整的导出文件。请重新导出，或者重新拷贝一次。".to_owned()
        }
        (Language::En, PacketFault::NotAZip) => {
            "it is not a whole export. Export it again, or copy it once more.".to_owned()
        }
        (Language::Zh, PacketFault::Course) => {
            "这是课程包，不是学习记录。请到“本机内容”里打开。".to_owned()
        }
        (Language::En, PacketFault::Course) => {
            "this is a course, not records. Open it on the page “On this device”.".to_owned()
        }
        (Language::Zh, PacketFault::Missing(name)) => {
            format!("里面没有 {name}，不是“知行”导出的文件。请选择以前导出的 zip 文件。")
        }
        (Language::En, PacketFault::Missing(name)) => format!(
            "{name} is not in it, so it was not exported by Zhixing. Choose a zip file that was."
        ),
        (Language::Zh, PacketFault::Format(format)) => {
            format!("格式是 {format}，这一版不认识。请先更新“知行”再导入。")
        }
        (Language::En, PacketFault::Format(format)) => format!(
            "its format is {format}, which this version does not know. Update Zhixing first."
        ),
        (Language::Zh, PacketFault::Damaged(name)) => {
            format!("{name} 坏了。请重新拷贝一次，或者重新导出。")
        }
        (Language::En, PacketFault::Damaged(name)) => {
            format!("{name} is damaged. Copy the file once more, or export it again.")
        }
        (Language::Zh, PacketFault::Line(line)) => {
            format!(
                "records.jsonl 第 {line} 行不是合格的记录：文件被改动过，或者生成它的程序有错。请重新导出。"
            )
        }
        (Language::En, PacketFault::Line(line)) => format!(
            "line {line} of records.jsonl is not a proper record: the file was changed, or what made it is at fault. Export it again."
        ),
        (Language::Zh, PacketFault::TooLarge) => "它太大了。请分几次导出。".to_owned(),
        (Language::En, PacketFault::TooLarge) => "it is too large. Export it in parts.".to_owned(),
        (Language::Zh, PacketFault::Count) => {
            "记录少了或者多了，文件被截断或改动过。请重新拷贝一次。".to_owned()
        }
        (Language::En, PacketFault::Count) => {
            "records are missing or too many; the file was cut or changed. Copy it once more."
                .to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_to_the_last_second() {
        let want = Needs::Study {
            credited_ms: 60_000,
            parts_left: 2,
        };
        assert_eq!(
            needs(Language::Zh, want, 59_500),
            "要完成这一步：再计 1 秒，还有 2 个部分没打开"
        );
        let want = Needs::Study {
            credited_ms: 60_000,
            parts_left: 0,
        };
        assert_eq!(needs(Language::En, want, 60_000), "");
        assert_eq!(
            needs(Language::En, want, 0),
            "To complete this step: 1 min more"
        );
    }
}
