//! A table of questions, as a spreadsheet saves it: one question a row, the first row naming the
//! columns in Chinese or English.

use super::markup::tidy;
use super::{Answer, Found, Wrong};
use zhixing::package::read::Number;

/// A column, and what it may be called.
const COLUMNS: [(Column, &[&str]); 6] = [
    (Column::Name, &["编号", "题号", "id"]),
    (Column::Kind, &["题型", "类型", "type"]),
    (Column::Text, &["题干", "题目", "question"]),
    (Column::Right, &["答案", "正确答案", "answer"]),
    (Column::Points, &["分值", "分数", "points"]),
    (Column::Explanation, &["解析", "说明", "explanation"]),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Name,
    Kind,
    Text,
    Right,
    Points,
    Explanation,
    Option(char),
}

fn column(title: &str) -> Option<Column> {
    let title = title.trim().to_lowercase();
    let known = COLUMNS
        .iter()
        .find(|(_, names)| names.contains(&title.as_str()));
    let lettered = title
        .trim_start_matches("选项")
        .trim_start_matches("option");
    let mut letters = lettered.trim().chars();
    match (known, letters.next(), letters.next()) {
        (Some((column, _)), ..) => Some(*column),
        (None, Some(letter @ 'a'..='t'), None) => Some(Column::Option(letter)),
        _ => None,
    }
}

/// Reads all questions of a table.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Vec<Found>, Vec<Wrong>> {
    let unreadable = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(1);
        Wrong::new(
            line,
            "这一行不是 CSV：引号没有成对，或编码不对",
            "this line is no CSV: a quote stands alone, or the encoding is another",
        )
    };
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let headers = table.headers().map_err(|error| vec![unreadable(&error)])?;
    let columns: Vec<Option<Column>> = headers.iter().map(column).collect();
    for (wanted, zh, en) in [
        (Column::Text, "题干", "question"),
        (Column::Kind, "题型", "type"),
    ] {
        if !columns.contains(&Some(wanted)) {
            return Err(vec![Wrong::new(
                1,
                format!("第一行里没有“{zh}”这一列"),
                format!("the first row names no column “{en}”"),
            )]);
        }
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                wrong.push(unreadable(&error));
                continue;
            }
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = row.position().map_or(1, csv::Position::line);
        let row = Row {
            line: usize::try_from(line).unwrap_or(1),
            cells: columns.iter().copied().zip(row.iter()).collect(),
        };
        match row.question() {
            Ok(question) => found.push(question),
            Err(each) => wrong.push(each),
        }
    }
    if found.is_empty() && wrong.is_empty() {
        wrong.push(Wrong::new(1, "表里没有题目", "the table has no question"));
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong)
    }
}

/// Spreadsheets separate by comma, semicolon or tab, whichever the first row has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    b",;\t".iter().copied().max_by_key(count).unwrap_or(b',')
}

struct Row<'a> {
    line: usize,
    cells: Vec<(Option<Column>, &'a str)>,
}

impl Row<'_> {
    fn cell(&self, wanted: Column) -> &str {
        let found = self
            .cells
            .iter()
            .find(|(column, _)| *column == Some(wanted));
        found.map_or("", |(_, cell)| cell.trim())
    }

    fn wrong<T>(&self, zh: impl Into<String>, en: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong::new(self.line, zh, en))
    }

    fn question(&self) -> Result<Found, Wrong> {
        let text = tidy(self.cell(Column::Text));
        if text.is_empty() {
            return self.wrong("这一行没有题干", "this row has no question");
        }
        let filled = |column| Some(tidy(self.cell(column))).filter(|text| !text.is_empty());
        Ok(Found {
            name: filled(Column::Name),
            points: self.points()?,
            text,
            answer: self.answer()?,
            explanation: filled(Column::Explanation),
        })
    }

    fn points(&self) -> Result<Option<Number>, Wrong> {
        let cell = self.cell(Column::Points);
        if cell.is_empty() {
            return Ok(None);
        }
        let whole = cell.parse().ok().map(Number::Whole);
        let number = whole.or_else(|| cell.parse().ok().map(Number::Float));
        match number {
            Some(Number::Float(points)) if !points.is_finite() || points <= 0.0 => {}
            Some(number) => return Ok(Some(number)),
            None => {}
        }
        self.wrong(
            format!("分值“{cell}”不是数"),
            format!("the points “{cell}” are no number"),
        )
    }

    fn answer(&self) -> Result<Answer, Wrong> {
        let kind = self.cell(Column::Kind).to_lowercase();
        match kind.trim_end_matches('题') {
            "单选" | "single" => self.choice(false),
            "多选" | "multiple" => self.choice(true),
            "判断" | "true_false" | "true/false" => self.true_or_false(),
            "简答" | "填空" | "short" | "short_answer" => {
                let right = self.cell(Column::Right).split('|').map(tidy);
                Ok(Answer::Short(
                    right.filter(|each| !each.is_empty()).collect(),
                ))
            }
            _ => self.wrong(
                format!("题型“{kind}”不认识，可以写：单选、多选、判断、简答"),
                format!("the type “{kind}” is unknown: take single, multiple, true_false or short"),
            ),
        }
    }

    fn true_or_false(&self) -> Result<Answer, Wrong> {
        let cell = self.cell(Column::Right).to_lowercase();
        let right = match cell.as_str() {
            "对" | "正确" | "是" | "√" | "true" | "t" | "yes" => true,
            "错" | "错误" | "否" | "×" | "false" | "f" | "no" => false,
            _ => {
                return self.wrong(
                    format!("判断题的答案“{cell}”要写成“对”或“错”"),
                    format!("the answer “{cell}” has to be true or false"),
                );
            }
        };
        Ok(Answer::TrueFalse(Some(right)))
    }

    fn choice(&self, several: bool) -> Result<Answer, Wrong> {
        let right: Vec<char> = self
            .cell(Column::Right)
            .to_lowercase()
            .chars()
            .filter(|each| each.is_alphanumeric())
            .collect();
        let lettered: Vec<(char, String)> = self
            .cells
            .iter()
            .filter_map(|(column, cell)| match column {
                Some(Column::Option(letter)) => Some((*letter, tidy(cell))),
                _ => None,
            })
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        if lettered.len() < 2 {
            return self.wrong(
                "选择题至少要两个选项",
                "a choice needs two options at least",
            );
        }
        let unknown = right
            .iter()
            .find(|each| !lettered.iter().any(|(letter, _)| letter == *each));
        if let Some(unknown) = unknown {
            return self.wrong(
                format!("答案里的“{unknown}”没有这个选项"),
                format!("the answer names “{unknown}”, which is no option"),
            );
        }
        if right.is_empty() || (!several && right.len() > 1) {
            return self.wrong(
                "单选题的答案是一个字母，多选题的答案是一个以上的字母",
                "the answer of a single choice is one letter, of a multiple one or more",
            );
        }
        let options = lettered
            .into_iter()
            .map(|(letter, text)| (text, right.contains(&letter)))
            .collect();
        Ok(Answer::Choice {
            options,
            several,
            partial: false,
        })
    }
}
