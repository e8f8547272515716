use super::items::{Item, Sheet, Shown};
use super::lines::{Break, divide, ends, flat, longest_em, split};
use super::*;
use crate::domain::course::PartRole;
use crate::domain::ids::Slug;
use crate::package::markdown::{Document, Inline, read};
use proptest::prelude::*;

const ROOMS: [Room; 3] = [
    Room {
        width: 1024.0,
        height: 768.0,
    },
    Room {
        width: 1366.0,
        height: 768.0,
    },
    Room {
        width: 1920.0,
        height: 1080.0,
    },
];

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The lines of a text, broken at so many em.
fn broken(text: &str, wide_em: f64) -> Vec<String> {
    let text = chars(text);
    let mut begin = 0;
    let cut = |end: usize| {
        let line = text[begin..end].iter().collect();
        begin = end;
        line
    };
    ends(&text, wide_em).into_iter().map(cut).collect()
}

#[test]
fn lines_break_as_chinese_and_english_do() {
    for (text, wide, expected) in [
        ("一二三四五", 3.0, vec!["一二三", "四五"]),
        // No mark begins a line, and no opening one ends it.
        ("一二三，四", 3.0, vec!["一二", "三，四"]),
        ("一二“三四”", 3.0, vec!["一二", "“三", "四”"]),
        ("one two three", 4.8, vec!["one two ", "three"]),
        ("一段\n又一段", 9.0, vec!["一段\n", "又一段"]),
        ("", 9.0, vec![""]),
    ] {
        assert_eq!(broken(text, wide), expected, "{text}");
    }
}

#[test]
fn a_text_is_divided_after_a_sentence_a_clause_a_line() {
    let at = |text: &str, how, most, least| divide(&chars(text), 6.0, most, (how, least));
    // Sentences of six: one a line.
    let sentences = "一二三四五。六七八九十。一二三四五。";
    assert_eq!(at(sentences, Break::Sentence, 2, 1), Some(12));
    assert_eq!(
        at(
            "一二三四五，六七八九十，一二三四五六七",
            Break::Clause,
            2,
            1
        ),
        Some(12)
    );
    let one = "一二三四五六七八九十一二三四五六七八九";
    assert_eq!(at(one, Break::Clause, 2, 1), None);
    assert_eq!(at(one, Break::Line, 2, 1), Some(12));
    // Neither side may have a single line.
    assert_eq!(at(sentences, Break::Sentence, 2, 2), None);
    // A closing quotation mark goes with its sentence.
    assert_eq!(
        at("他说“一。”二三四五六七八", Break::Sentence, 1, 1),
        Some(6)
    );
    assert_eq!(at("1.5 is. Two", Break::Sentence, 1, 1), Some(8));
    assert_eq!(at("“It is.” Two", Break::Sentence, 1, 1), Some(9));
}

#[test]
fn a_text_below_others_is_divided_after_a_sentence_or_stands_on_the_next_sheet() {
    let room = ROOMS[0];
    // Four lines are taken; six of one sentence do not fit below.
    let above = "上面的话占了不少行。".repeat(8);
    let one = "一句很长的话，".repeat(17);
    let laid = sheets(&read("x.md", &format!("{above}\n\n{one}")), room);
    assert!(items(&laid).iter().all(|item| !item.continued), "{laid:?}");
    assert_eq!(laid.len(), 2);
}

#[test]
fn a_line_alone_on_the_last_sheet_takes_the_text_before_along() {
    let room = ROOMS[0];
    let mut text = String::new();
    // One paragraph of two lines after the other, until one more would need a sheet of its own.
    loop {
        text.push_str("一段两行的话，说完了这一句还有下一句，要占两行才放得下去。\n\n");
        let laid = sheets(&read("x.md", &text), room);
        let [Sheet::Texts(_), Sheet::Texts(last)] = laid.as_slice() else {
            continue;
        };
        assert_eq!(last.len(), 2);
        break;
    }
    // What an author sets apart stays so.
    let laid = sheets(&read("x.md", &format!("{text}\n\n---\n\n一行。")), room);
    let Some(Sheet::Texts(last)) = laid.last() else {
        panic!("{laid:?}");
    };
    assert_eq!(last.len(), 1);
}

#[test]
fn a_divided_text_keeps_its_structure() {
    let content = [
        Inline::Text("一二".into()),
        Inline::Strong(vec![Inline::Text("三四".into())]),
        Inline::Text("五".into()),
    ];
    let (before, after) = split(&content, 3);
    assert_eq!(before[1], Inline::Strong(vec![Inline::Text("三".into())]));
    assert_eq!(after[0], Inline::Strong(vec![Inline::Text("四".into())]));
    assert_eq!(flat(&after).len(), 2);
}

fn items(sheets: &[Sheet]) -> Vec<&Item> {
    let texts = sheets.iter().filter_map(|sheet| match sheet {
        Sheet::Texts(items) => Some(items),
        _ => None,
    });
    texts.flatten().collect()
}

/// Every character that stands on sheets; heads of tables once a sheet.
fn shown(sheets: &[Sheet]) -> String {
    let mut all = String::new();
    for sheet in sheets {
        match sheet {
            Sheet::Texts(items) => {
                for item in items {
                    all.extend(flat(&item.content));
                }
            }
            Sheet::Table(table) => {
                all.extend(flat(&table.title));
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    all.extend(flat(cell));
                }
            }
            Sheet::Picture { title, alt, .. } => {
                all.extend(flat(title));
                all.push_str(alt);
            }
        }
    }
    all
}

fn high(sheet: &Sheet, room: Room) -> f64 {
    match sheet {
        Sheet::Texts(items) => items
            .iter()
            .map(|item| item.height_em(room.text_em()))
            .sum(),
        _ => 0.0,
    }
}

#[test]
fn every_text_of_every_course_stands_on_sheets_once_and_in_order() {
    let texts = crate::package::sample::texts();
    for (path, text) in &texts {
        for room in ROOMS {
            check(&read("text/x.md", text), room, &path.display().to_string());
        }
    }
    let seen = texts.len();
    assert!(seen > 50, "{seen} texts");
}

/// What holds of any text: nothing is lost, nothing too high, no line alone, no heading at the end.
fn check(document: &Document, room: Room, name: &str) {
    let laid = sheets(document, room);
    let wide = Room {
        width: 100_000.0,
        height: 100_000_000.0,
    };
    let squeezed =
        |text: String| -> String { text.chars().filter(|each| !each.is_whitespace()).collect() };
    let tables = laid.iter().any(|sheet| matches!(sheet, Sheet::Table(_)));
    let cells = items(&laid)
        .iter()
        .any(|item| matches!(item.shown, Shown::Cell(_)));
    if !tables && !cells {
        let whole = squeezed(shown(&sheets(document, wide)));
        assert_eq!(squeezed(shown(&laid)), whole, "{name}");
    }
    for (at, sheet) in laid.iter().enumerate() {
        let high = high(sheet, room);
        assert!(
            high <= room.column_em() + 0.51,
            "{name}: sheet {at} is {high} em high"
        );
        if let Sheet::Texts(items) = sheet {
            let last = items.last().unwrap();
            let next = laid.get(at + 1);
            let before_table = matches!(next, Some(Sheet::Table(_) | Sheet::Picture { .. }) | None);
            assert!(
                last.shown != Shown::Heading || before_table || items.len() == 1,
                "{name}: a heading ends sheet {at}"
            );
            let divided = items.iter().filter(|item| item.continued).count();
            assert!(divided <= 1, "{name}: {divided} go on at sheet {at}");
        }
    }
}

#[test]
fn a_paragraph_leaves_no_line_alone() {
    let text = "这是一个足够长的句子，写到这里就停一停。".repeat(60);
    for room in ROOMS {
        let laid = sheets(&read("text/x.md", &text), room);
        assert!(laid.len() > 1);
        for item in items(&laid) {
            assert!(item.lines(room.text_em()) >= 2);
        }
    }
}

#[test]
fn words_that_lead_in_stand_with_what_they_lead_to() {
    let mut seen = 0;
    for before in 1..24 {
        let text = format!(
            "{}## 打给妈妈\n\n先说她最想知道的：\n\n> {}\n",
            "这一段有两行多一点，写到第三行的开头才停。再写几个字就到了。\n\n".repeat(before),
            "“我先把我看到的说给您听，别的我没有看，也不会再看。”".repeat(4)
        );
        for room in ROOMS {
            let laid = sheets(&read("text/x.md", &text), room);
            let texts = laid.iter().filter_map(|sheet| match sheet {
                Sheet::Texts(items) => Some(items),
                _ => None,
            });
            for items in texts {
                let last = flat(&items.last().unwrap().content);
                assert_ne!(last.last(), Some(&'：'), "{before} before, {room:?}");
                let leads = items
                    .iter()
                    .position(|item| flat(&item.content).last() == Some(&'：'));
                if let Some(at) = leads {
                    seen += 1;
                    assert_eq!(items[at - 1].shown, Shown::Heading);
                }
            }
        }
    }
    assert_eq!(seen, 23 * ROOMS.len());
}

#[test]
fn a_table_is_split_with_its_head_and_a_wide_one_is_told_row_by_row() {
    let rows = "| 第几行 | 写在这里 |\n".repeat(30);
    let laid = sheets(
        &read("x.md", &format!("| 行 | 写什么 |\n|--|--|\n{rows}")),
        ROOMS[0],
    );
    assert!(laid.len() > 2);
    let mut count = 0;
    for sheet in &laid {
        let Sheet::Table(table) = sheet else {
            panic!("{sheet:?}");
        };
        assert_eq!(table.head.len(), 2);
        count += table.rows.len();
    }
    assert_eq!(count, 30);
    let wide = format!(
        "|{}\n|{}\n|{}\n",
        "列|".repeat(12),
        "--|".repeat(12),
        "格子里的话|".repeat(12)
    );
    let laid = sheets(&read("x.md", &wide), ROOMS[0]);
    assert!(
        items(&laid)
            .iter()
            .all(|item| matches!(item.shown, Shown::Cell(_)))
    );
    assert_eq!(items(&laid).len(), 12);
}

#[test]
fn a_rule_begins_a_sheet_and_a_picture_has_one() {
    let laid = sheets(
        &read("text/x.md", "一。\n\n---\n\n二。\n\n![图](a.png)\n\n三。"),
        ROOMS[0],
    );
    assert_eq!(laid.len(), 4);
    assert!(matches!(&laid[2], Sheet::Picture { alt, .. } if alt == "图"));
}

#[test]
fn the_type_is_a_twentieth_of_the_height_at_least() {
    for room in ROOMS {
        assert!(f64::from(room.type_px()) >= room.height / 20.0);
        assert!(room.text_em() <= 30.0);
    }
}

proptest! {
    #[test]
    fn whatever_the_text_nothing_is_lost_and_no_sheet_is_too_high(
        text in "(([一二三四五。，！？“”]{1,40}|[a-z .]{1,60}|- [一二三。]{1,80}\n|# [一二]{1,9}\n|> [一二。]{1,30}\n|---\n|\n\n)){0,30}",
        room in 0..3_usize,
    ) {
        check(&read("text/x.md", &text), ROOMS[room], &text);
    }
}

fn text(title: &str, role: PartRole, hints: Hints, text: &str) -> Source {
    let slug = |id: &str| crate::domain::ids::Slug::parse(id).unwrap();
    Source::Text {
        of: Box::new((slug("reading"), slug("part"))),
        answers: Vec::new(),
        title: title.into(),
        role,
        hints,
        document: read("x.md", text),
    }
}

const PLAIN: Hints = Hints {
    show: true,
    points: false,
    think_minutes: None,
    group: None,
};

fn topic(room: Room) -> Vec<Slide> {
    let think = Hints {
        think_minutes: Some(3),
        ..PLAIN
    };
    let points = Hints {
        points: true,
        group: Some(("四人一组。".into(), 15)),
        ..PLAIN
    };
    let hidden = Hints {
        show: false,
        ..PLAIN
    };
    let long = "这一天从早读开始就不太顺，后来的事大家都听说了。".repeat(40);
    let sources = [
        Source::Video(crate::domain::ids::Slug::parse("v").unwrap(), "看".into()),
        text(
            "想",
            PartRole::ThinkFirst,
            think,
            "先写。\n\n1. 一？\n2. 二？\n\n> 后记。",
        ),
        text("读", PartRole::Case, PLAIN, &long),
        text(
            "析",
            PartRole::Analysis,
            points,
            "# 三点\n\n一。\n\n二。\n\n## 又\n\n三。",
        ),
        text("链", PartRole::Links, hidden, "不放。"),
    ];
    deck("往上翻", false, &sources, room)
}

#[test]
fn a_topic_is_thought_about_before_it_is_told_and_what_is_hidden_is_not_there() {
    let slides = topic(ROOMS[0]);
    let kinds: Vec<&str> = slides
        .iter()
        .map(|slide| match &slide.body {
            Body::Cover => "cover",
            Body::Video(_) => "video",
            Body::Question(_, Some(3), true) => "question",
            Body::Answers(_, true) => "answers",
            Body::Sheet(_, false) => "sheet",
            Body::Sheet(_, true) => "points",
            Body::Group(_, 15) => "group",
            Body::Question(..) | Body::Group(..) | Body::Answers(..) | Body::Code => "?",
            Body::End => "end",
        })
        .collect();
    let mut deduped = kinds.clone();
    deduped.dedup();
    assert_eq!(
        deduped,
        [
            "cover", "video", "sheet", "question", "sheet", "answers", "sheet", "points", "group",
            "answers", "end"
        ]
    );
    assert_eq!(kinds.iter().filter(|kind| **kind == "question").count(), 2);
    assert!(slides.iter().all(|slide| slide.title != "链"));
}

#[test]
fn what_the_room_says_takes_as_many_sheets_as_it_needs_before_anything_is_told() {
    let room = ROOMS[0];
    let mut asked = text("想", PartRole::ThinkFirst, PLAIN, "1. 一？\n\n> 先别辩论。");
    let Source::Text { answers, .. } = &mut asked else {
        panic!("{asked:?}");
    };
    *answers = (1..=30)
        .map(|at| format!("第{at}位老师说：先听孩子把话说完，再想下一句怎么问。"))
        .collect();
    let slides = deck("往上翻", true, &[asked], room);
    assert_eq!(slides[1].body, Body::Code);
    let said: Vec<(usize, &Sheet, bool)> = slides
        .iter()
        .enumerate()
        .filter_map(|(at, slide)| match &slide.body {
            Body::Answers(sheet, last) => Some((at, sheet, *last)),
            _ => None,
        })
        .collect();
    assert!(said.len() > 2);
    assert_eq!(said.iter().filter(|(_, _, last)| *last).count(), 1);
    assert!(said.last().unwrap().2);
    // One after the other, after the question and what is said of how to answer it.
    assert_eq!(said.last().unwrap().0 - said[0].0, said.len() - 1);
    assert!(matches!(slides[said[0].0 - 2].body, Body::Question(..)));
    assert!(matches!(slides[said[0].0 - 1].body, Body::Sheet(..)));
    let told: Vec<Sheet> = said.iter().map(|(_, sheet, _)| (*sheet).clone()).collect();
    for at in 1..=30 {
        assert!(shown(&told).contains(&format!("第{at}位")), "{at}");
    }
    // A larger picture begins where it was: at the code.
    let place = Place {
        slide: 1,
        points: 0,
    };
    assert_eq!(place.moved(&slides, &slides), place);
}

#[test]
fn a_question_is_larger_than_other_texts_unless_that_takes_another_sheet() {
    let long = format!(
        "1. {}",
        "孩子不肯说的时候，你先做什么，为什么不先做别的？".repeat(8)
    );
    for (text_of, large) in [("1. 一？", true), (long.as_str(), false)] {
        let asked = text("想", PartRole::ThinkFirst, PLAIN, text_of);
        let slides = deck("题", false, &[asked], ROOMS[0]);
        let found = slides.iter().find_map(|slide| match slide.body {
            Body::Question(_, _, large) => Some(large),
            _ => None,
        });
        assert_eq!(found, Some(large));
    }
}

#[test]
fn points_are_uncovered_one_by_one_and_stay_so_on_the_way_back() {
    let slides = topic(ROOMS[0]);
    let covered = |slide: &Slide| matches!(slide.body, Body::Sheet(_, true));
    let at = slides.iter().position(covered).unwrap();
    assert_eq!(slides[at].points(), 3);
    let Body::Sheet(Sheet::Texts(items), true) = &slides[at].body else {
        panic!("{:?}", slides[at]);
    };
    let seen = |points| uncovered(items, points).len();
    // The headings come with the points below them.
    assert_eq!([seen(0), seen(1), seen(2), seen(3)], [0, 2, 3, 5]);
    let mut place = Place::jump(at, &slides);
    let mut way = vec![];
    for _ in 0..4 {
        place = place.forward(&slides);
        way.push((place.slide - at, place.points));
    }
    assert_eq!(way, [(0, 1), (0, 2), (0, 3), (1, 0)]);
    assert_eq!(
        place.back(&slides),
        Place {
            slide: at,
            points: 3
        }
    );
}

#[test]
fn who_goes_on_from_the_last_point_of_a_sheet_sees_the_first_of_the_next() {
    let hints = Hints {
        points: true,
        ..PLAIN
    };
    let long = "这一步站得住，那一步站不住。".repeat(30);
    let part = |title| text(title, PartRole::Analysis, hints.clone(), &long);
    let slides = deck("往上翻", false, &[part("一"), part("二")], ROOMS[0]);
    let mut place = Place::default();
    let mut entered = Vec::new();
    while place.slide + 2 < slides.len() {
        let next = place.forward(&slides);
        if next.slide != place.slide {
            entered.push((slides[next.slide].part, next.points));
        }
        place = next;
    }
    // Each part begins covered; within it no step shows nothing new.
    assert!(entered.len() > 4, "{entered:?}");
    for (at, (part, points)) in entered.iter().enumerate() {
        let begins = at == 0 || entered[at - 1].0 != *part;
        assert_eq!(*points, usize::from(!begins), "{entered:?}");
    }
}

#[test]
fn one_comes_to_the_end_and_back_to_the_cover_and_stays_there() {
    let slides = topic(ROOMS[1]);
    let mut place = Place::default();
    for _ in 0..200 {
        place = place.forward(&slides);
    }
    assert_eq!(place.slide, slides.len() - 1);
    for _ in 0..200 {
        place = place.back(&slides);
    }
    assert_eq!(place, Place::default());
    assert_eq!(Place::jump(999, &slides).slide, slides.len() - 1);
}

#[test]
fn the_place_is_kept_when_the_picture_changes_its_size() {
    let (small, large) = (topic(ROOMS[0]), topic(ROOMS[2]));
    for (at, slide) in small.iter().enumerate() {
        let place = Place {
            slide: at,
            points: 0,
        };
        let moved = place.moved(&small, &large);
        assert_eq!(large[moved.slide].title, slide.title, "{at}");
    }
    assert_eq!(Place::default().moved(&[], &large), Place::default());
    // What is the same there stays as far uncovered: a film goes on.
    let film = small
        .iter()
        .position(|slide| matches!(slide.body, Body::Video(_)));
    let played = Place {
        slide: film.unwrap(),
        points: 1,
    };
    assert_eq!(played.moved(&small, &large), played);
}

#[test]
fn one_jumps_to_the_cover_and_to_the_beginning_of_each_part() {
    let slides = topic(ROOMS[0]);
    let titles: Vec<&str> = starts(&slides)
        .into_iter()
        .map(|at| slides[at].title.as_str())
        .collect();
    assert_eq!(titles, ["往上翻", "看", "想", "读", "析", "往上翻"]);
}

#[test]
fn links_are_no_more_than_their_words() {
    let text = "见[**这里**](https://a.example)。\n\n| [列](b.md) |\n|--|\n| [格](c.md) |";
    let laid = sheets(&read("x.md", text), ROOMS[0]);
    let has_link = |content: &[Inline]| {
        content
            .iter()
            .any(|each| matches!(each, Inline::Link { .. }))
    };
    assert!(shown(&laid).contains("这里"));
    assert!(items(&laid).iter().all(|item| !has_link(&item.content)));
    let Sheet::Table(table) = &laid[1] else {
        panic!("{laid:?}");
    };
    assert!(!has_link(&table.head[0]) && !has_link(&table.rows[0][0]));
}

/// The only table of a text.
fn table_of(text: &str, room: Room) -> TableSheet {
    let laid = sheets(&read("x.md", text), room);
    let [Sheet::Table(table)] = laid.as_slice() else {
        panic!("{laid:?}");
    };
    table.clone()
}

#[test]
fn no_column_is_narrower_than_its_longest_word() {
    let long = "the quick brown fox jumps over the lazy dog and then sleeps for a while";
    let text = format!("| Responsibility | What |\n|--|--|\n| Homeroom | {long} |");
    for room in ROOMS {
        let table = table_of(&text, room);
        let word = longest_em(&chars("Responsibility"));
        assert!(table.widths[0] > word, "{:?}", table.widths);
        let all: f64 = table.widths.iter().sum();
        assert!((all - room.text_em()).abs() < 0.01);
    }
}

#[test]
fn the_longest_word_is_what_no_line_breaks_in() {
    for (text, expected) in [
        ("", ""),
        ("一二，三", "二，"),
        ("ab cde f", "cde"),
        ("ab-cde", "cde"),
        ("三month", "month"),
        ("ab\nabc", "abc"),
    ] {
        let alone = longest_em(&chars(expected));
        assert!((longest_em(&chars(text)) - alone).abs() < 1e-9, "{text}");
        assert_eq!(alone > 0.0, !expected.is_empty());
    }
}

#[test]
fn a_table_stands_on_as_few_sheets_as_one_way_of_sharing_makes_it() {
    // By the square roots of 2 and 34 letters a row had three lines, and the last stood alone.
    let row = format!("| 早上 | {} |\n", "长".repeat(34));
    let text = format!("| 时候 | 做什么 |\n|--|--|\n{row}{row}{row}");
    let table = table_of(&text, ROOMS[0]);
    assert_eq!(table.rows.len(), 3, "{:?}", table.widths);
}

#[test]
fn a_deck_leads_back_to_what_was_left_and_never_to_what_is_locked() {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/tests/native/fixtures/every-kind/course.json");
    let course = crate::package::open::open(&std::fs::read(file).unwrap()).unwrap();
    let find = |id: &str| {
        let topics = course.modules.iter().flat_map(|module| &module.topics);
        topics
            .into_iter()
            .find(|topic| topic.id.as_str() == id)
            .unwrap()
    };
    let slug = |id: &str| Slug::parse(id).unwrap();
    for (topic, left, locked, expected) in [
        ("m1-t1", Some("m1-discussion"), "", Some("m1-discussion")),
        ("m1-t1", None, "", Some("m1-reading")),
        // A step of another topic was not left for this deck.
        ("m1-t1", Some("m2-video"), "", Some("m1-reading")),
        ("m1-t1", None, "m1-reading", None),
        ("m1-t1", Some("m1-video"), "m1-reading", Some("m1-video")),
        // Without a reading: the first.
        ("sessions", None, "", Some("salon-1")),
    ] {
        let left = left.map(slug);
        let open = |step: &Slug| step.as_str() != locked;
        let to = leads_back(find(topic), left.as_ref(), open);
        assert_eq!(to.map(Slug::as_str), expected, "{topic} {left:?} {locked}");
    }
}

#[test]
fn what_is_below_a_heading_of_a_slide_before_says_so_above() {
    let long = "他说了很多，说完又说了一遍。".repeat(40);
    let part = text(
        "评",
        PartRole::Commentary,
        PLAIN,
        &format!("先一句。\n\n## 老柴\n\n{long}"),
    );
    let slides = deck("题", false, &[part], ROOMS[0]);
    let above: Vec<&str> = slides.iter().map(|slide| slide.above.as_str()).collect();
    // The first slide of the part has the heading itself.
    assert_eq!(above[..3], ["", "评", "评 · 老柴"]);
    assert_eq!(above.last(), Some(&""));
    // A heading that would take a line of its own is left out.
    let heading = "很".repeat(30);
    let part = text(
        "评",
        PartRole::Commentary,
        PLAIN,
        &format!("## {heading}\n\n{long}"),
    );
    let slides = deck("题", false, &[part], ROOMS[0]);
    assert!(slides.iter().all(|slide| slide.above.chars().count() < 2));
}

#[test]
fn a_title_of_two_lines_leaves_less_for_the_text() {
    let room = ROOMS[0];
    let long = "一段话，说完了。".repeat(80);
    let title = "很长的题目".repeat(6);
    assert_eq!(room.title_lines(&title), 2);
    let part = text(&title, PartRole::Case, PLAIN, &long);
    for slide in deck("题", false, &[part], room) {
        if let Body::Sheet(sheet, _) = &slide.body {
            assert!(high(sheet, room) <= room.column_em() - 1.5 + 0.51);
        }
    }
}

#[test]
fn a_topic_is_projected_in_its_own_activities_else_in_those_of_its_module() {
    let root = env!("CARGO_MANIFEST_DIR");
    let open = |course: &str| {
        let file = format!("{root}/public/courses/{course}/course.json");
        crate::package::open::open(&std::fs::read(file).unwrap()).unwrap()
    };
    for (course, topic, shown, expected) in [
        ("p1-cases", "m1t1", true, vec![]),
        (
            "p1-cases",
            "m2t1",
            true,
            vec![
                "m2t2-conference-1",
                "m2t2-conference-2",
                "m2t2-conference-3",
            ],
        ),
        ("p2-growth", "m2t1", true, vec!["m2t1-session"]),
        // Books and papers alone: nothing to show.
        ("p3-school", "m3t1", false, vec![]),
        (
            "p4-register",
            "m2t1",
            true,
            vec!["m2t1-district", "m2t1-school"],
        ),
    ] {
        let course = open(course);
        let mut modules = course.modules.iter();
        let find = |topics: &'_ [crate::domain::course::Topic]| {
            topics.iter().position(|each| each.id.as_str() == topic)
        };
        let module = modules
            .find(|module| find(&module.topics).is_some())
            .unwrap();
        let topic = &module.topics[find(&module.topics).unwrap()];
        assert_eq!(is_shown(topic), shown, "{}", topic.id);
        let found = activities(module, topic);
        let found: Vec<&str> = found.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(found, expected, "{}", topic.id);
    }
}

#[test]
fn the_activity_that_takes_place_is_the_first_that_the_leader_was_not_at() {
    for (were_at, expected) in [
        (vec![], None),
        (vec![false, false], Some(0)),
        (vec![true, false, false], Some(1)),
        (vec![true, true], Some(1)),
    ] {
        assert_eq!(next_activity(&were_at), expected);
    }
}
