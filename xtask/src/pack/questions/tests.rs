use super::*;
use proptest::prelude::*;

/// The one question of a text in GIFT.
fn gift(text: &str) -> Found {
    let mut found = gift::read(text).unwrap();
    assert_eq!(found.len(), 1, "{text}");
    found.remove(0)
}

fn refused(text: &str) -> (usize, String) {
    let wrong = gift::read(text).unwrap_err();
    (wrong[0].line, wrong[0].en.clone())
}

fn options(answer: &Answer) -> Vec<(&str, bool)> {
    let Answer::Choice { options, .. } = answer else {
        panic!("no choice: {answer:?}");
    };
    let each = options.iter().map(|(text, right)| (text.as_str(), *right));
    each.collect()
}

#[test]
fn a_choice_of_one_in_gift() {
    let found = gift(
        "// a comment\n::Door::谁先说？{\n=进来坐#对\n~为什么迟到\n~站着#不好\n####关上门再说\n}",
    );
    assert_eq!(found.name.as_deref(), Some("Door"));
    assert_eq!(found.text, "谁先说？");
    assert_eq!(found.explanation.as_deref(), Some("关上门再说"));
    let Answer::Choice { several, .. } = found.answer else {
        panic!("{found:?}");
    };
    assert!(!several);
    assert_eq!(
        options(&found.answer),
        [("进来坐", true), ("为什么迟到", false), ("站着", false)]
    );
}

#[test]
fn a_choice_of_several_in_gift_is_weighed_alike() {
    let found = gift("哪些算？{~%50%问路 ~%50%问早饭 ~%-100%罚站}");
    assert_eq!(
        found.answer,
        Answer::Choice {
            options: vec![
                ("问路".into(), true),
                ("问早饭".into(), true),
                ("罚站".into(), false)
            ],
            several: true,
            partial: true,
        }
    );
    assert!(refused("a{~%70%b ~%30%c ~d}").1.contains("worth the same"));
    assert!(refused("a{=b ~%50%c ~d}").1.contains("one right option"));
    assert!(refused("a{~b ~c}").1.contains("no option is marked"));
    let two = gift("a{=b =c ~d}");
    assert_eq!(
        options(&two.answer),
        [("b", true), ("c", true), ("d", false)]
    );
    assert!(matches!(
        two.answer,
        Answer::Choice {
            several: true,
            partial: false,
            ..
        }
    ));
}

#[test]
fn other_kinds_in_gift() {
    for (text, right) in [
        ("a{T}", true),
        ("a{FALSE}", false),
        ("a{ true #no#yes}", true),
    ] {
        assert_eq!(gift(text).answer, Answer::TrueFalse(Some(right)), "{text}");
    }
    assert_eq!(gift("a{T#no#yes}").explanation.as_deref(), Some("yes"));
    let short = gift("首都是 {=北京 =Beijing} 。");
    assert_eq!(
        short.answer,
        Answer::Short(vec!["北京".into(), "Beijing".into()])
    );
    assert_eq!(short.text, "首都是 ____ 。");
    assert_eq!(gift("写一段{}").answer, Answer::Short(Vec::new()));
}

#[test]
fn escapes_markup_and_categories_in_gift() {
    let text = "$CATEGORY: a/b\n\n::x\\:y::1 \\= 1 \\{a\\} \\~{T}\n\n[html]<p>a &lt;b&gt;&nbsp;&#20320;</p><p>c<br>d</p>{=x ~y}";
    let found = gift::read(text).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].name.as_deref(), Some("x:y"));
    assert_eq!(found[0].text, "1 = 1 {a} ~");
    assert_eq!(found[1].text, "a <b> 你\nc\nd");
}

#[test]
fn no_question_is_swallowed_where_an_empty_line_is_missing_in_gift() {
    let found = gift::read("a{T}\nb{=x ~y}\n::c::c{\n=x\n~y\n}\nd{F}").unwrap();
    let texts: Vec<_> = found.iter().map(|each| each.text.as_str()).collect();
    assert_eq!(texts, ["a", "b", "c", "d"]);
    assert_eq!(
        gift("The sky is {=blue}\non most days.").text,
        "The sky is ____\non most days."
    );
    assert!(refused("a{T} b{F}").1.contains("two pairs"));
    let (line, why) = refused("ok{T}\nwords of the next\n{T}");
    assert_eq!(line, 3);
    assert!(why.contains("no text"), "{why}");
}

#[test]
fn what_gift_has_and_an_exam_has_not_is_named_by_its_line() {
    let (line, why) = refused("ok{T}\n\n\nwhich?\n{=a -> b\n\n=c -> d}");
    assert_eq!(line, 4);
    assert!(why.contains("matching"));
    assert!(refused("how many?{#4:1}").1.contains("numerical"));
    assert!(refused("just words").1.contains("no braces"));
    assert!(refused("a{=b").1.contains("not closed"));
    assert!(refused("{T}").1.contains("no text"));
    assert!(refused("a{maybe}").1.contains("T or F"));
    assert!(refused("// nothing\n").1.contains("no question"));
    let all = gift::read("a{#1}\n\nb{T}\n\nc").unwrap_err();
    assert_eq!(all.iter().map(|each| each.line).collect::<Vec<_>>(), [1, 5]);
}

#[test]
fn a_table_in_chinese_or_english() {
    let zh = "编号,题型,题干,选项A,选项B,选项C,答案,分值,解析\n\
              q1,单选题,先说什么？,进来坐,为什么迟到,,A,10,小事化小\n\
              ,多选,\"哪些算，\n哪些不算？\",问路,问早饭,罚站,AB,2.5,\n\
              ,判断,可以用,,,,错,,\n\
              ,简答,首都,,,,北京|Beijing,1,\n\n";
    let found = table::read(zh).unwrap();
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].name.as_deref(), Some("q1"));
    assert_eq!(found[0].points, Some(Number::Whole(10)));
    assert_eq!(
        options(&found[0].answer),
        [("进来坐", true), ("为什么迟到", false)]
    );
    assert_eq!(found[1].points, Some(Number::Float(2.5)));
    assert_eq!(found[1].text, "哪些算，\n哪些不算？");
    assert_eq!(found[2].answer, Answer::TrueFalse(Some(false)));
    assert_eq!(
        found[3].answer,
        Answer::Short(vec!["北京".into(), "Beijing".into()])
    );
    let en = "type;question;a;b;answer\nsingle;which?;this;that;b\n";
    let found = table::read(en).unwrap();
    assert_eq!(options(&found[0].answer), [("this", false), ("that", true)]);
}

#[test]
fn a_faulty_table_is_named_by_its_lines() {
    for (text, line, word) in [
        ("a,b\n1,2\n", 1, "question"),
        ("question,a\n1,2\n", 1, "type"),
        ("type,question\n", 1, "no question"),
        ("type,question\nquiz,x\n", 2, "quiz"),
        ("type,question,a,b,answer\nsingle,x,1,2,\n", 2, "one letter"),
        (
            "type,question,a,b,answer\nsingle,x,1,2,AB\n",
            2,
            "one letter",
        ),
        ("type,question,a,b,answer\nsingle,x,1,2,C\n", 2, "“c”"),
        (
            "type,question,a,b,answer\nsingle,x,1,,A\n",
            2,
            "two options",
        ),
        (
            "type,question,answer\ntrue_false,x,maybe\n",
            2,
            "true or false",
        ),
        ("type,question,answer,points\nshort,x,y,many\n", 2, "many"),
        ("type,question\nshort,\n", 2, "no question"),
    ] {
        let wrong = table::read(text).unwrap_err();
        assert_eq!(wrong[0].line, line, "{text}");
        assert!(wrong[0].en.contains(word), "{text}: {}", wrong[0].en);
    }
}

#[test]
fn files_of_chinese_spreadsheets_are_read() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("题型,题干,答案\r\n判断,可以,对\r\n");
    let found = table::read(&decoded(&gbk)).unwrap();
    assert_eq!(found[0].text, "可以");
    assert_eq!(decoded("\u{feff}a\r\nb".as_bytes()), "a\nb");
}

fn course(mode: &str) -> Json {
    let text = format!(
        r#"{{"modules": [{{"topics": [{{"steps": [
            {{"id": "r", "content": {{"kind": "reading"}}}},
            {{"id": "e", "content": {{"kind": "exam", "mode": "{mode}", "questions": [
                {{"id": "old", "points": 1, "text": "?", "answer": {{"kind": "true_false"}}}}]}}}}
        ]}}]}}]}}"#
    );
    parse(&text)
}

fn parse(text: &str) -> Json {
    zhixing::package::read::parse("a", text.as_bytes()).unwrap()
}

#[test]
fn an_import_again_replaces_and_adds_nothing_twice() {
    let mut course = course("practice");
    let found = gift::read("::Old::是吗？{T}\n\n哪个？{=a ~b}\n\n哪个？{=a ~c}").unwrap();
    let first = put(&mut course, "e", &found).unwrap();
    assert_eq!((first.added, first.replaced, first.keys), (2, 1, None));
    let again = course.clone();
    let second = put(&mut course, "e", &found).unwrap();
    assert_eq!((second.added, second.replaced), (0, 3));
    assert_eq!(course, again);
    let Some(Json::List(questions)) = content_of(&mut course, "e").unwrap().member("questions")
    else {
        panic!("no questions");
    };
    let expected = r#"{"id": "old", "points": 1, "text": "是吗？",
        "answer": {"kind": "true_false", "key": true}}"#;
    assert_eq!(questions[0], parse(expected));
    assert_eq!(
        questions[1].member("answer"),
        Some(&parse(
            r#"{"kind": "single", "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}], "key": "a"}"#
        ))
    );
    assert!(put(&mut course, "r", &found).is_err());
    assert!(put(&mut course, "x", &found).is_err());
}

#[test]
fn a_closed_book_exam_gets_no_keys_but_the_tutor_does() {
    let mut course = course("closed_book");
    let found = gift::read("a{=x ~y#no\n####because}\n\nb{T}\n\nc{=d}").unwrap();
    let keys = put(&mut course, "e", &found).unwrap().keys.unwrap();
    let said = super::super::pretty::print(&course);
    assert!(!said.contains("key") && !said.contains("because"), "{said}");
    let keys = super::super::pretty::print(&keys);
    assert_eq!(keys.matches("\"key\"").count(), 3, "{keys}");
    assert!(keys.contains("because"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[a-zé题=~{}#%:\\\\<>&;|\",\n -]{0,60}") {
        for wrong in [gift::read(&text), table::read(&text)].into_iter().filter_map(Result::err) {
            prop_assert!(!wrong.is_empty());
        }
        prop_assert!(markup::words(&text).len() <= text.len() * 4);
    }
}
