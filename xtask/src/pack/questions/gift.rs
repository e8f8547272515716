//! GIFT, the text format of Moodle's question bank, as far as an exam has such questions: one or
//! several of many, true or false, short answers. Matching and numbers are refused by line.

use super::markup::{tidy, words};
use super::{Answer, Found, Wrong};

/// Reads all questions of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Vec<Found>, Vec<Wrong>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (line, block) in blocks(text) {
        match question(line, &block) {
            Ok(question) => found.push(question),
            Err(each) => wrong.push(each),
        }
    }
    if found.is_empty() && wrong.is_empty() {
        wrong.push(Wrong::new(1, "文件里没有题目", "the file has no question"));
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong)
    }
}

/// What stands between empty lines, without comments and categories, and the line it begins at.
/// An empty line within braces ends nothing; a question that begins on the next line after a whole
/// one needs none before it.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        let bare = line.trim();
        if bare.starts_with("//") || (!inside && bare.starts_with("$CATEGORY:")) {
            continue;
        }
        if bare.is_empty() && !inside {
            open = false;
            continue;
        }
        let whole = !inside
            && all
                .last()
                .is_some_and(|(_, block)| split_at(block, "}").is_some());
        if open && whole && (bare.starts_with("::") || split_at(bare, "{").is_some()) {
            open = false;
        }
        if !open {
            all.push((at + 1, String::new()));
            open = true;
        }
        inside = ends_inside(line, inside);
        if let Some((_, block)) = all.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    all
}

fn ends_inside(line: &str, mut inside: bool) -> bool {
    let mut escaped = false;
    for each in line.chars() {
        match each {
            '{' if !escaped => inside = true,
            '}' if !escaped => inside = false,
            _ => {}
        }
        escaped = each == '\\' && !escaped;
    }
    inside
}

fn question(line: usize, block: &str) -> Result<Found, Wrong> {
    let block = block.trim();
    let (name, rest) = match block
        .strip_prefix("::")
        .and_then(|rest| split_at(rest, "::"))
    {
        Some((name, rest)) => (Some(plain(name)), rest.trim_start()),
        None => (None, block),
    };
    let (html, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((format, rest)) => (format == "html", rest),
        None => (false, rest),
    };
    let said = |text: &str| {
        if html {
            words(&plain(text))
        } else {
            tidy(&plain(text))
        }
    };
    let Some((before, rest)) = split_at(rest, "{") else {
        return Err(Wrong::new(
            line,
            "这道题没有写答案的大括号 { }",
            "this question has no braces { } with its answers",
        ));
    };
    let Some((inside, after)) = split_at(rest, "}") else {
        return Err(Wrong::new(
            line,
            "大括号没有合上",
            "the brace is not closed",
        ));
    };
    if split_at(after, "{").is_some() {
        return Err(Wrong::new(
            line,
            "这里有两对大括号：两道题之间要空一行，一道题里只能有一对",
            "two pairs of braces: put an empty line between questions; one question has one pair",
        ));
    }
    // Words on both sides are a sentence with a gap.
    let text = if after.trim().is_empty() {
        said(before)
    } else {
        said(&format!("{before}____{after}"))
    };
    if text.is_empty() {
        return Err(Wrong::new(
            line,
            "这道题没有题干",
            "this question has no text",
        ));
    }
    let (inside, general) = match split_at(inside, "####") {
        Some((inside, general)) => (inside, Some(said(general))),
        None => (inside, None),
    };
    let (answer, feedback) = answer(line, inside, &said)?;
    let explanation = general.or(feedback).filter(|said| !said.is_empty());
    Ok(Found {
        name: name.filter(|name| !name.is_empty()),
        points: None,
        text,
        answer,
        explanation,
    })
}

/// One answer as it is written: its sign, its weight in percent, its words, its feedback.
struct Given {
    right: bool,
    weight: Option<f64>,
    text: String,
    feedback: Option<String>,
}

fn answer(
    line: usize,
    inside: &str,
    said: &impl Fn(&str) -> String,
) -> Result<(Answer, Option<String>), Wrong> {
    let bare = inside.trim();
    if bare.is_empty() {
        return Ok((Answer::Short(Vec::new()), None));
    }
    if bare.starts_with('#') {
        return Err(Wrong::new(
            line,
            "数值题（{#…}）不能导入，请改成选择题或简答题",
            "numerical questions ({#…}) cannot be imported: make it a choice or a short answer",
        ));
    }
    if !bare.starts_with(['=', '~']) {
        return true_or_false(line, bare, said);
    }
    let given = givens(bare, said);
    if given
        .iter()
        .any(|each| each.right && each.text.contains("->"))
    {
        return Err(Wrong::new(
            line,
            "连线题（->）不能导入，请改成选择题",
            "matching questions (->) cannot be imported: make it a choice",
        ));
    }
    let feedback = given
        .iter()
        .filter(|each| each.right || each.weight.is_some_and(|weight| weight > 0.0))
        .find_map(|each| each.feedback.clone());
    if given.iter().all(|each| each.right) {
        let right = given.into_iter().map(|each| each.text).collect();
        return Ok((Answer::Short(right), feedback));
    }
    Ok((choice(line, &given)?, feedback))
}

fn true_or_false(
    line: usize,
    bare: &str,
    said: &impl Fn(&str) -> String,
) -> Result<(Answer, Option<String>), Wrong> {
    let (word, feedback) = match split_at(bare, "#") {
        Some((word, feedback)) => (word, Some(feedback)),
        None => (bare, None),
    };
    let right = match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => {
            return Err(Wrong::new(
                line,
                "大括号里要么是 T 或 F，要么每个答案以 = 或 ~ 开头",
                "braces hold T or F, or answers that each begin with = or ~",
            ));
        }
    };
    // The first feedback is for a wrong answer, the second for the right one.
    let feedback = feedback.map(|all| match split_at(all, "#") {
        Some((_, right)) if !right.trim().is_empty() => said(right),
        Some((wrong, _)) => said(wrong),
        None => said(all),
    });
    Ok((Answer::TrueFalse(Some(right)), feedback))
}

fn givens(bare: &str, said: &impl Fn(&str) -> String) -> Vec<Given> {
    let mut all = Vec::new();
    let mut rest = bare;
    while let Some(sign) = rest.chars().next() {
        let body = &rest[1..];
        let end = next_sign(body);
        let (one, after) = body.split_at(end);
        let (one, feedback) = match split_at(one, "#") {
            Some((one, feedback)) => (one, Some(said(feedback))),
            None => (one, None),
        };
        let one = one.trim();
        let weighed = one.strip_prefix('%').and_then(|rest| rest.split_once('%'));
        let (weight, text) = match weighed {
            Some((weight, text)) => (weight.trim().parse().ok(), text),
            None => (None, one),
        };
        all.push(Given {
            right: sign == '=',
            weight,
            text: said(text),
            feedback,
        });
        rest = after;
    }
    all
}

fn choice(line: usize, given: &[Given]) -> Result<Answer, Wrong> {
    if given.len() > 20 {
        return Err(Wrong::new(
            line,
            "一道题最多 20 个选项",
            "a question has at most 20 options",
        ));
    }
    let counts = |each: &Given| each.right || each.weight.is_some_and(|weight| weight > 0.0);
    let right = given.iter().filter(|each| each.right).count();
    let good = given.iter().filter(|each| counts(each)).count();
    if good == 0 {
        return Err(Wrong::new(
            line,
            "没有标出哪个选项是对的（= 或正的百分比）",
            "no option is marked as right (= or a positive percentage)",
        ));
    }
    // A right one beside weights is a choice of one, in which a near miss earns something.
    if right == 1 && good > 1 {
        return Err(Wrong::new(
            line,
            "单选题里只能有一个对的选项，不能给别的选项部分分数",
            "a choice of one has one right option, and no part of the points for others",
        ));
    }
    let several = right != 1;
    let weights: Vec<f64> = given.iter().filter_map(|each| each.weight).collect();
    let positive: Vec<f64> = weights.into_iter().filter(|each| *each > 0.0).collect();
    let uneven = positive.iter().any(|each| (each - positive[0]).abs() > 1.0);
    if several && uneven {
        return Err(Wrong::new(
            line,
            "多选题里对的选项分数要一样",
            "the right options of one question have to be worth the same",
        ));
    }
    let options = given
        .iter()
        .map(|each| (each.text.clone(), counts(each)))
        .collect();
    Ok(Answer::Choice {
        options,
        several,
        partial: several && !positive.is_empty(),
    })
}

/// Where the next answer begins that is not escaped; the end if there is none.
fn next_sign(text: &str) -> usize {
    let mut escaped = false;
    for (at, each) in text.char_indices() {
        if matches!(each, '=' | '~') && !escaped {
            return at;
        }
        escaped = each == '\\' && !escaped;
    }
    text.len()
}

/// Splits at the first `mark` that is not escaped.
fn split_at<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut escaped = false;
    for (at, each) in text.char_indices() {
        if !escaped && text[at..].starts_with(mark) {
            return Some((&text[..at], &text[at + mark.len()..]));
        }
        escaped = each == '\\' && !escaped;
    }
    None
}

/// A text without its escapes.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(each) = characters.next() {
        if each != '\\' {
            out.push(each);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some(escaped) if "~=#{}:\\".contains(escaped) => out.push(escaped),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}
