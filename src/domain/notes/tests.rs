use proptest::prelude::*;

use super::*;
use crate::domain::ids::RecordId;

const TEXT: &str = "那天下午，我在走廊里听见两个孩子吵架。\n我没有马上进去，先在门口站了一会儿，听他们把话说完。\n后来我把他们分开，各写一张纸条：发生了什么，我希望怎样。\n第二天，他们自己和好了。";

fn range_of(text: &str, piece: &str) -> std::ops::Range<usize> {
    let from = text[..text.find(piece).unwrap()].chars().count();
    from..from + piece.chars().count()
}

fn piece(text: &str, range: std::ops::Range<usize>) -> String {
    text.chars().skip(range.start).take(range.len()).collect()
}

fn kept(at: i64, id: u128, body: Value) -> Kept {
    Kept {
        at: Moment(at),
        id: record(id),
        kind: KIND.to_owned(),
        by: String::new(),
        verified: false,
        body,
    }
}

fn record(id: u128) -> RecordId {
    RecordId::from_random(id.to_be_bytes())
}

fn made(quote: &str, of: Option<u128>) -> Value {
    let mut body = json!({"step": "m1t1-reading", "part": "case", "colour": "green", "quote": quote,
        "before": "", "after": "", "offset": 3, "words": ""});
    if let Some(of) = of {
        body["of"] = record(of).as_str().into();
    }
    body
}

#[test]
fn a_passage_is_found_where_it_was_and_after_small_edits() {
    let quote = "先在门口站了一会儿，听他们把话说完。";
    let anchor = Anchor::of(TEXT, range_of(TEXT, quote));
    let edits = [
        (TEXT.to_owned(), quote),
        // Before it, behind it, and in the way it is laid out.
        (format!("编者按：这一段写于春天。\n{TEXT}"), quote),
        (TEXT.replace("第二天", "到了第二天早上"), quote),
        (
            TEXT.replace("一会儿，听", "一会儿，\n听"),
            "先在门口站了一会儿，\n听他们把话说完。",
        ),
        // In it: a word for another, a word more, one less, another end.
        (
            TEXT.replace("一会儿", "几分钟"),
            "先在门口站了几分钟，听他们把话说完。",
        ),
        (
            TEXT.replace("听他们把话", "静静地听他们把话"),
            "先在门口站了一会儿，静静地听他们把话说完。",
        ),
        (TEXT.replace("一会儿，", ""), "先在门口站了听他们把话说完。"),
        // In it and beside it.
        (
            TEXT.replace("一会儿", "几分钟")
                .replace("马上进去，", "进教室，")
                .replace("后来我", "我"),
            "先在门口站了几分钟，听他们把话说完。",
        ),
        // Nothing of it is left, but what stood around it.
        (
            TEXT.replace(quote, "只做了一件事：等。"),
            "只做了一件事：等。",
        ),
    ];
    for (text, expected) in edits {
        let found = locate(&Plain::new(&text), &anchor).unwrap();
        assert_eq!(piece(&text, found), expected, "{text}");
    }
}

#[test]
fn of_several_the_one_with_the_same_around_it_is_meant() {
    let text = "甲说：好。乙说：好。丙说：好。";
    let at = range_of(text, "丙说：好。").end - 2;
    let anchor = Anchor::of(text, at..at + 1);
    assert_eq!(locate(&Plain::new(text), &anchor), Some(at..at + 1));
    let longer = format!("丁说：好。{text}");
    let found = locate(&Plain::new(&longer), &anchor).unwrap();
    assert_eq!(found, at + 5..at + 6);
}

#[test]
fn a_passage_that_is_gone_with_everything_around_it_is_not_found() {
    let anchor = Anchor::of(TEXT, range_of(TEXT, "各写一张纸条"));
    assert_eq!(
        locate(
            &Plain::new("完全是另一篇文章，讲的是春游怎样准备。"),
            &anchor
        ),
        None
    );
    assert_eq!(locate(&Plain::new(""), &anchor), None);
}

#[test]
fn a_long_passage_is_found_by_its_ends() {
    let long: Vec<String> = (0..90)
        .map(|at| format!("第{at}句说的是第{at}件事。"))
        .collect();
    let long = long.concat();
    let text = format!("开头。{long}结尾。");
    let anchor = Anchor::of(&text, range_of(&text, &long));
    let edited = text
        .replace("第45句", "中间那一句")
        .replace("第3句说", "第三句说");
    let found = piece(&edited, locate(&Plain::new(&edited), &anchor).unwrap());
    assert!(found.starts_with("第0句") && found.ends_with("第89件事。"));
}

#[test]
fn the_last_word_on_a_highlight_stands_whatever_came_first() {
    let mut changed = made("听他们把话说完", Some(1));
    changed["words"] = "先听".into();
    let all = highlights(&[
        kept(1, 1, made("听他们把话说完", None)),
        kept(2, 2, made("第二天", None)),
        kept(3, 3, changed.clone()),
    ]);
    assert_eq!(all.len(), 2);
    assert_eq!(
        (all[0].words.as_str(), all[0].at, &all[0].id),
        ("先听", Moment(1), &record(1))
    );
    let gone = Highlight::removal(&all[0]);
    let records = [kept(1, 1, made("听他们把话说完", None)), kept(4, 4, gone)];
    assert!(highlights(&records).is_empty());
    // What was taken away and made again is there.
    let mut back = records.to_vec();
    back.push(kept(5, 5, changed));
    assert_eq!(highlights(&back).len(), 1);
}

#[test]
fn what_does_not_read_as_a_highlight_is_passed_over() {
    let mut long = made("x", None);
    long["quote"] = "长".repeat(MAX_QUOTE + 1).into();
    let mut later = made("好", None);
    later["colour"] = "ultraviolet".into();
    let bad = [
        json!({}),
        json!(3),
        json!({"step": "../x", "part": "a", "quote": "b"}),
        made(" ", None),
        long,
    ];
    let mut all: Vec<Kept> = (0..).zip(bad).map(|(at, body)| kept(at, 9, body)).collect();
    all.push(kept(9, 10, later));
    let found = highlights(&all);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].colour, Colour::Yellow);
}

#[test]
fn what_is_written_is_read_again() {
    let first = Highlight {
        id: record(1),
        step: Slug::parse("m1t1-reading").unwrap(),
        part: Slug::parse("case").unwrap(),
        colour: Colour::Pink,
        anchor: Anchor::of(TEXT, 3..20),
        words: "想起我班上的小安".to_owned(),
        at: Moment(1),
    };
    assert_eq!(
        highlights(&[kept(1, 1, first.body(false))]),
        std::slice::from_ref(&first)
    );
    assert_eq!(
        highlights(&[kept(1, 1, first.body(false)), kept(7, 7, first.body(true))]),
        [first]
    );
}

#[test]
fn sentences_end_with_their_marks() {
    let of = |text: &str| {
        sentences(text)
            .into_iter()
            .map(|range| piece(text, range))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("他说：“好！”我走了。\n 标题\nOne is 3.5. Two?"),
        ["他说：“好！”", "我走了。", "标题", "One is 3.5.", "Two?"]
    );
    assert!(of(" \n ").is_empty());
}

#[test]
fn the_export_is_markdown_in_which_nothing_written_means_anything() {
    let sections = [Section {
        title: "第一模块 · 阅读".to_owned(),
        entries: vec![
            Entry {
                label: "要点".to_owned(),
                when: "2026-11-27".to_owned(),
                quote: "第一段。\n第二段。".to_owned(),
                words: "# 不是标题\n1. 不是列表 *也不强调*".to_owned(),
            },
            Entry {
                label: "想一想".to_owned(),
                when: "2026-11-27".to_owned(),
                quote: String::new(),
                words: "先听".to_owned(),
            },
        ],
    }];
    let text = markdown("学习笔记", "整理于 2026-11-27", &sections);
    assert_eq!(
        text,
        "# 学习笔记\n\n整理于 2026-11-27\n\n## 第一模块 · 阅读\n\n**要点** · 2026-11-27\n\n> 第一段。\n>\n> 第二段。\n\n\\# 不是标题\n\n1\\. 不是列表 \\*也不强调\\*\n\n**想一想** · 2026-11-27\n\n先听\n"
    );
}

proptest! {
    /// Whatever the text and the range, what was marked is found where it was.
    #[test]
    fn an_anchor_finds_its_own_text(text in "[a-c好。 \n]{1,80}", from in 0_usize..80, long in 1_usize..30) {
        let count = text.chars().count();
        let range = from.min(count - 1)..(from.min(count - 1) + long).min(count);
        let anchor = Anchor::of(&text, range.clone());
        let solid: String = piece(&text, range).split_whitespace().collect();
        let found = locate(&Plain::new(&text), &anchor);
        if solid.is_empty() {
            prop_assert_eq!(found, None);
        } else {
            let again: String = piece(&text, found.unwrap()).split_whitespace().collect();
            prop_assert_eq!(again, solid);
        }
    }

    /// Hostile anchors and texts end, within the text.
    #[test]
    fn any_anchor_is_harmless(text in "\\PC{0,60}", quote in "\\PC{0,40}", before in "\\PC{0,40}", after in "\\PC{0,40}", offset in any::<u32>()) {
        let anchor = Anchor { quote, before, after, offset };
        if let Some(found) = locate(&Plain::new(&text), &anchor) {
            prop_assert!(found.start < found.end && found.end <= text.chars().count());
        }
    }

    /// Sentences follow one another and hold everything but blanks.
    #[test]
    fn sentences_hold_the_whole_text(text in "[ab好。！”?. \n]{0,60}") {
        let all = sentences(&text);
        prop_assert!(all.windows(2).all(|two| two[0].end <= two[1].start));
        let joined: String = all.into_iter().map(|range| piece(&text, range)).collect();
        let solid = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(&joined), solid(&text));
    }
}
