use super::*;
use proptest::prelude::*;

fn document(kind: Kind, title: &str, text: &str) -> Document {
    Document {
        kind,
        title: Folded::new(title),
        text: Folded::new(text),
    }
}

fn found(documents: &[Document], typed: &str) -> Vec<usize> {
    let found = search(documents, &Query::read(typed));
    found.hits.iter().map(|hit| hit.document).collect()
}

fn marks(snippet: &Snippet) -> Vec<&str> {
    let marks = snippet.marks.iter();
    marks.map(|mark| &snippet.text[mark.clone()]).collect()
}

/// The first snippet, what is marked in brackets.
fn shown(text: &str, typed: &str) -> String {
    let query = Query::read(typed);
    let places = places(&document(Kind::Reading, "", text), &query);
    let snippet = &places[0].snippet;
    let mut shown = snippet.text.clone();
    for mark in snippet.marks.iter().rev() {
        shown.insert(mark.end, ']');
        shown.insert(mark.start, '[');
    }
    shown
}

#[test]
fn chinese_is_found_without_blanks_and_english_by_the_beginning_of_words() {
    let documents = [
        document(Kind::Reading, "", "她把手机放进抽屉，没有说话。"),
        document(Kind::Reading, "", "She puts the Phone into the drawer."),
        document(Kind::Reading, "", "在ＧｅｏＧｅｂｒａ里画一条线"),
    ];
    assert_eq!(found(&documents, "手机"), [0]);
    assert_eq!(found(&documents, "  机放进 "), [0]);
    assert_eq!(found(&documents, "phone DRAW"), [1]);
    assert!(found(&documents, "hone").is_empty());
    assert_eq!(found(&documents, "geogebra"), [2]);
    assert_eq!(found(&documents, "ＧＥＯ里画"), [2]);
    assert!(found(&documents, "手机 没收").is_empty());
    for nothing in ["", "   ", "，。！", "?!-—"] {
        assert!(Query::read(nothing).is_empty(), "{nothing}");
        assert!(found(&documents, nothing).is_empty());
    }
}

#[test]
fn the_better_answer_comes_first() {
    let documents = [
        document(
            Kind::Reading,
            "",
            "管理的事以后再谈。手机先交给我，这是学校的规定。",
        ),
        document(Kind::Reading, "", "手机管理要有办法。"),
        document(Kind::Reading, "手机管理", "第一条。"),
        document(Kind::Post, "", "手机管理要有办法。"),
        document(Kind::Note, "", "手机管理要有办法。"),
    ];
    assert_eq!(found(&documents, "手机 管理"), [2, 4, 1, 3, 0]);
    let far = "别的事。".repeat(200);
    let documents = [
        document(Kind::Reading, "", &format!("{far}家访")),
        document(Kind::Reading, "", &format!("家访{far}")),
        document(Kind::Reading, "", &format!("家访，家访，家访{far}")),
    ];
    assert_eq!(found(&documents, "家访"), [2, 1, 0]);
}

#[test]
fn marks_between_words_do_not_break_a_phrase() {
    let query = Query::read("don't stop");
    let scattered = Folded::new("stop it, don’t");
    assert_eq!(
        query.phrase(Folded::new("Please don’t stop.").units()),
        Some(7)
    );
    assert_eq!(query.phrase(scattered.units()), None);
    let mixed = Query::read("GeoGebra课件");
    assert!(
        mixed
            .phrase(Folded::new("用 GeoGebra 课件上课").units())
            .is_some()
    );
}

#[test]
fn only_so_many_hits_are_given_and_all_are_counted() {
    let documents = vec![document(Kind::Post, "", "家访"); MAX_HITS + 20];
    let found = search(&documents, &Query::read("家访"));
    assert_eq!((found.hits.len(), found.total), (MAX_HITS, MAX_HITS + 20));
    // What is as good keeps its order.
    assert_eq!(found.hits[0].document, 0);
}

#[test]
fn a_snippet_begins_with_the_sentence_where_it_can_and_marks_what_was_found() {
    assert_eq!(
        shown("前面一句。她把手机放进抽屉，没有说话。后面一句。", "手机"),
        "她把[手机]放进抽屉，没有说话。后面一句。"
    );
    assert_eq!(shown("第一段\n手机的事", "手机"), "[手机]的事");
    let long = format!("{}手机{}", "甲乙丙丁".repeat(30), "戊己庚辛".repeat(30));
    let cut = shown(&long, "手机");
    assert!(cut.starts_with('…') && cut.ends_with('…'), "{cut}");
    assert!((58..=64).contains(&cut.chars().count()), "{cut}");
    let english = format!(
        "{} phone {}",
        "wonderful ".repeat(30),
        "marvellous ".repeat(30)
    );
    let cut = shown(&english, "phone");
    assert!(
        cut.starts_with("…wonderful ") && cut.ends_with("marvellous …"),
        "{cut}"
    );
}

#[test]
fn the_places_of_a_text_are_told_the_one_with_most_terms_first() {
    let far = "别的事。".repeat(60);
    let text = format!("手机。{far}手机和家访。{far}家访。{far}家访。");
    let document = document(Kind::Reading, "", &text);
    let places = places(&document, &Query::read("手机 家访"));
    assert_eq!(places.len(), 3);
    assert_eq!(marks(&places[0].snippet), ["手机", "家访"]);
    assert_eq!((places[0].at, places[1].at), (243, 0));
}

#[test]
fn where_the_title_alone_was_found_the_text_begins() {
    let document = document(Kind::Reading, "手机", "第一条。第二条。");
    let query = Query::read("手机");
    let places = places(&document, &query);
    assert_eq!(places[0].snippet.text, "第一条。第二条。");
    assert_eq!(marks(&whole(&document.title, &query)), ["手机"]);
}

#[test]
fn what_is_typed_is_bounded() {
    let long: Vec<String> = (0..500).map(|at| at.to_string()).collect();
    let long = long.join(" ");
    assert!(Query::read(&long).terms().len() <= 8);
    let astral = "𠮷".repeat(100);
    let query = Query::read(&astral);
    assert_eq!(query.terms()[0].len() % 2, 0);
    let odd = format!("a{astral}");
    let documents = [document(Kind::Reading, "", &odd)];
    assert_eq!(found(&documents, &odd), [0]);
}

/// Texts out of few characters, so that something is found in them.
fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec("[手机aAＡbé𠮷。，. \n’x…�]{0,9}", 0..40).prop_map(|all| all.concat())
}

proptest! {
    #[test]
    fn folding_keeps_every_text(text in any::<String>()) {
        let folded = Folded::new(&text);
        prop_assert_eq!(folded.len(), text.encode_utf16().count());
        prop_assert_eq!(folded.slice(0, folded.len()), text.replace(['\n', '\r'], " "));
        let again = Folded::new(&String::from_utf16_lossy(folded.units()));
        prop_assert_eq!(again.units(), folded.units());
    }

    #[test]
    fn any_query_and_text_is_harmless(text in any::<String>(), title in any::<String>(), typed in any::<String>()) {
        let document = document(Kind::Post, &title, &text);
        let query = Query::read(&typed);
        let _ = search(std::slice::from_ref(&document), &query);
        let _ = places(&document, &query);
        let _ = whole(&document.title, &query);
    }

    #[test]
    fn what_is_marked_is_a_term(text in soup(), typed in soup()) {
        let document = document(Kind::Post, &text, &text);
        let query = Query::read(&typed);
        let shown = places(&document, &query);
        let snippets = shown.iter().map(|place| place.snippet.clone());
        for snippet in snippets.chain([whole(&document.title, &query)]) {
            let mut end = 0;
            for mark in &snippet.marks {
                prop_assert!(mark.start >= end);
                end = mark.end;
                let marked = snippet.text.get(mark.clone());
                prop_assert!(marked.is_some());
                let marked = Folded::new(marked.unwrap());
                prop_assert!(query.terms().iter().any(|term| term.find(marked.units(), 0) == Some(0) && term.len() == marked.len()));
            }
            prop_assert!(end <= snippet.text.len());
        }
        // Found where every term occurs, and there alone.
        let everywhere = !query.is_empty()
            && query.terms().iter().all(|term| term.find(document.text.units(), 0).is_some());
        let found = search(std::slice::from_ref(&document), &query);
        prop_assert_eq!(found.total == 1, everywhere);
        if everywhere {
            prop_assert!(!shown[0].snippet.marks.is_empty());
        }
    }

    #[test]
    fn the_scan_finds_what_a_plain_one_finds(text in soup(), wanted in "[手机]{1,3}") {
        let folded = Folded::new(&text);
        let query = Query::read(&wanted);
        let plain = text.find(&wanted).map(|at| text[..at].encode_utf16().count());
        prop_assert_eq!(query.terms()[0].find(folded.units(), 0), plain);
    }
}
