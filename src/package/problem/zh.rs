//! Problems in Chinese.

use super::what::What;
use super::words::{Form, Of, Shape};
use super::{quote as cut, size};
use crate::package::path::PathFault;

/// What is wrong, and what to do about it.
#[allow(clippy::too_many_lines, reason = "a table: one sentence for each kind")]
pub(super) fn sentence(what: &What) -> String {
    match what {
        What::FileTooLarge { limit } => {
            format!("文件太大，最多允许 {}。请换成小一些的文件。", size(*limit))
        }
        What::PackageTooLarge { limit } => {
            format!(
                "所有文件合起来太大，最多允许 {}。请把课程拆开。",
                size(*limit)
            )
        }
        What::NotJson { line, column } => {
            format!("第 {line} 行第 {column} 列不是合格的 JSON。请在那里改正。")
        }
        What::NumberTooLarge => "这个数太大，读不了。请改正。".into(),
        What::TooDeep { limit } => format!("嵌套超过 {limit} 层。请减少层数。"),
        What::TooManyMembers { limit } => format!("成员超过 {limit} 个。请删去一些。"),
        What::GivenTwice => "同一个对象里出现了两次。请删去一个。".into(),
        What::WrongFormat { found, known } => format!(
            "格式是“{}”，本版本只读“{known}”。请更新应用，或改正格式名。",
            cut(found)
        ),
        What::WrongType { expected, found } => format!(
            "这里应当是{}，现在是{}。请改正。",
            shape(*expected),
            shape(*found)
        ),
        What::Missing => "缺少这一项。请补上。".into(),
        What::UnknownField { allowed } => {
            format!("没有这个字段。这里可用的有：{}。", allowed.join("、"))
        }
        What::UnknownKind { found, allowed } => {
            format!(
                "不认识“{}”。这里可用的有：{}。",
                cut(found),
                allowed.join("、")
            )
        }
        What::Negative => "这里不能是负数。请改正。".into(),
        What::OutOfRange { range } => format!("这个数应当在 {range} 之间。请改正。"),
        What::WrongCount { range, found } => {
            format!("现有 {found} 项，应当有 {range} 项。请增减。")
        }
        What::BadForm(form) => format!("这里应当是{}。请改正。", form_of(*form)),
        What::MainLanguageMissing => "缺少主要语言的文字。请补上。".into(),
        What::LanguageNotDeclared => "课程没有声明这种语言。请声明它，或删去这段文字。".into(),
        What::NotTranslated { language } => {
            format!("没有 {language} 的文字，读者看到的是主要语言。")
        }
        What::EmptyText => "文字是空的。请写上，或删去这个字段。".into(),
        What::TextTooLong { limit } => {
            format!("文字超过 {limit} 字。请缩短，或移到文件里。")
        }
        What::ControlCharacter => "文字里有控制字符。请删去。".into(),
        What::BadPath { path, fault } => {
            format!("“{}”不能用作文件路径：{}。", cut(path), fault_of(*fault))
        }
        What::WrongFileType { path, allowed } => format!(
            "“{}”的文件类型不对。这里可用的有：{}。",
            cut(path),
            allowed.join("、")
        ),
        What::NotListed { path } => {
            format!("包里没有文件“{}”。请补上文件，或改正路径。", cut(path))
        }
        What::NotPlainFile => "这是链接，不是文件。请换成文件本身。".into(),
        What::FileMissing => "缺少这个文件。请补上，或从清单里删去。".into(),
        What::SamePath { other } => {
            format!("路径与“{}”相同，或只有大小写不同。请改名。", cut(other))
        }
        What::WrongSize { listed, found } => {
            format!("文件有 {found} 字节，清单上是 {listed} 字节。请重新取得文件，或重新打包。")
        }
        What::WrongDigest => "文件在打包以后改动过。请重新取得文件，或重新打包。".into(),
        What::NotAZip => {
            "这不是 zip 文件，是别的东西。课程包的文件名以 .zip 结尾，请换一个文件。".into()
        }
        What::CutZip => {
            "这个 zip 是空的、没有拷贝完整，或者坏了。请重新拷贝，或者重新下载。".into()
        }
        What::Packet => "这是导出的学习记录，不是课程包。请到“我的记录”里导入。".into(),
        What::TooManyFiles { limit } => {
            format!("里面的文件超过 {limit} 个，不像是课程包，没有打开。")
        }
        What::EntryPath(fault) => format!("包里的文件名不能用：{}。没有打开。", fault_of(*fault)),
        What::EntryTwice => "这个名字在包里出现了两次，没有打开。请重新打包。".into(),
        What::NoCourse => {
            "里面没有 course.json，不是课程包。请选课程包的 zip 文件，或课程的文件夹。".into()
        }
        What::NotPacked => "清单上有这个文件，包里没有。请重新取得文件，或重新打包。".into(),
        What::EntryMethod => {
            "这个文件加了密，或者用了不支持的压缩方式。请用普通的 zip 重新打包。".into()
        }
        What::Unreadable => "读不出来：文件坏了，或者 U 盘已经拔出。请重新取得文件。".into(),
        What::NotUsed => "课程里没有用到这个文件。".into(),
        What::NotText => "不是 UTF-8 文本。请存为 UTF-8。".into(),
        What::RawHtml { html } => format!("HTML 会按文字显示：{}", cut(html)),
        What::RefusedLink { target } => format!(
            "这个链接会按文字显示，因为只能链接 https、http、mailto 和包里的文件：{}",
            cut(target)
        ),
        What::RefusedImage { target } => {
            format!("这张图片不会显示，因为只显示包里的图片：{}", cut(target))
        }
        What::DuplicateId { id } => format!("编号“{id}”用了两次。请改一个。"),
        What::UnknownId { id, of } => format!("没有编号为“{id}”的{}。请改正编号。", owner(*of)),
        What::Cycle => "这种群体被包含在它自己里面。请改正“within”。".into(),
        What::ClosesBeforeOpens => "结束早于开始。请改正其中一个。".into(),
        What::NotAscending => "应当大于前一项。请调整顺序或改正。".into(),
        What::NotDescending => "应当小于前一项。请调整顺序或改正。".into(),
        What::MinAboveMax => "最少的比最多的还多。请改正其中一个。".into(),
        What::BeyondEnd => "超过了视频的长度。请改正。".into(),
        What::NeverOpens { minutes } => {
            format!("这一步永远打不开：前一步只能计 {minutes} 分钟。请减少要求的分钟数。")
        }
        What::FirstStepGated => "这是专题的第一步，前面没有别的步骤，所以是开放的。".into(),
        What::HiddenFromReviewers => {
            "只给指导教师看的作业没法互评。请改为全班可见，或不要求互评。".into()
        }
        What::KeyMissing => "练习的题目要有答案。请补上。".into(),
        What::KeyInClosedBook => {
            "闭卷考试不能带答案或解析，因为每个学员都会拿到课程包。请删去。".into()
        }
        What::MoreThan { limit } => format!("超过了实有的 {limit}。请改正。"),
        What::WrongSum { sum, expected } => {
            format!("分值合计是 {sum}，应当是 {expected}。请改正。")
        }
        What::MustBe { expected } => format!("应当是 {expected} 分。请改正。"),
        What::NoPass => "最高的等级应当是通过，高于通过的等级也应当是通过。请改正“passes”。".into(),
        What::GroupsOnly => "这条规则只用于考核群体的方案。请换一条。".into(),
        What::NeedsTerms => "日历里没有学期。请在日历里补上。".into(),
        What::NobodyJudges => "没有评分的人。请在这里或在每个阶段里补上。".into(),
        What::AboveContent { holds } => format!("要求超过了课程的内容，课程里只有 {holds}。"),
        What::Unreachable { reachable } => format!("按这条规则最多只能得 {reachable} 分。"),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Null => "空值",
        Shape::Flag => "true 或 false",
        Shape::WholeNumber => "整数",
        Shape::Number => "数",
        Shape::Text => "文字",
        Shape::List => "列表",
        Shape::Object => "对象",
    }
}

fn form_of(form: Form) -> &'static str {
    match form {
        Form::Id => "由 a–z、0–9 和 - 组成、不超过 64 个字符的编号",
        Form::Iri => "IRI，例如 tag:example.org,2026:course/growth",
        Form::Version => "不超过 40 个字符、没有空格的版本号",
        Form::Language => "语言标记，例如 zh-CN 或 en",
        Form::Offset => "时区，例如 +08:00",
        Form::Date => "日期（例如 2016-11-15）或时刻（例如 2016-11-15T19:30:00+08:00）",
        Form::ClockTime => "钟点，例如 19:30",
        Form::Ratio => "不大于 1 的分数，例如 1/3",
        Form::Digest => "64 位 SHA-256（0–9 和 a–f）",
        Form::VideoType => "video/mp4 或 video/webm",
        Form::ThreePlaces => "最多三位小数的数",
        Form::Other => "别的内容",
    }
}

fn fault_of(fault: PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "路径为空或有空的一段，应写成 folder/file.md 这样",
        PathFault::Dots => "任何一段都不能以点开头，也不能走出包外",
        PathFault::Character => "含有不是所有系统都接受的字符",
        PathFault::Name => "Windows 不接受这个名字",
        PathFault::Long => "超过了 200 字节",
    }
}

fn owner(of: Of) -> &'static str {
    match of {
        Of::Module => "模块",
        Of::Step => "步骤",
        Of::ExamStep => "考试步骤",
        Of::StepGroup => "步骤分组",
        Of::GroupKind => "群体类别",
        Of::Partnership => "结对关系",
        Of::Role => "角色",
        Of::Scheme => "考核方案",
        Of::LearnerScheme => "学员考核方案",
        Of::Indicator => "指标",
        Of::Level => "等级",
        Of::Judge => "评分方",
        Of::Stage => "阶段",
        Of::Option => "选项",
        Of::HoursCategory => "学时类别",
    }
}
