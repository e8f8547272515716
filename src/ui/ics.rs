//! A session as an iCalendar file (RFC 5545), which calendars on phones and PCs take.

use crate::domain::time::{Moment, Window};

/// One session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same at every export, so that a calendar replaces it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Room or address; may be empty.
    pub place: String,
    /// What it is; may be empty.
    pub description: String,
    /// From when to when.
    pub window: Window,
}

impl Event {
    /// The file; `now` is when it is made.
    #[must_use]
    pub fn write(&self, now: Moment) -> String {
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//zhixing//zhixing//ZH".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.id)),
            format!("DTSTAMP:{}", stamp(now)),
            format!("DTSTART:{}", stamp(self.window.opens)),
            format!("DTEND:{}", stamp(self.window.closes)),
            format!("SUMMARY:{}", escaped(&self.title)),
        ];
        if !self.place.is_empty() {
            lines.push(format!("LOCATION:{}", escaped(&self.place)));
        }
        if !self.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", escaped(&self.description)));
        }
        lines.push("END:VEVENT".to_owned());
        lines.push("END:VCALENDAR".to_owned());
        let mut file = String::new();
        for line in &lines {
            folded(line, &mut file);
        }
        file
    }
}

/// `20261124T113000Z`.
fn stamp(moment: Moment) -> String {
    let text = moment.to_rfc3339();
    let kept = text
        .chars()
        .take(19)
        .filter(|each| !matches!(each, '-' | ':'));
    let mut stamp: String = kept.collect();
    stamp.push('Z');
    stamp
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for each in text.chars() {
        match each {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(each);
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}

/// Adds a line, broken so that no part has more than 75 bytes.
fn folded(line: &str, file: &mut String) {
    let mut width = 0;
    for each in line.chars() {
        if width + each.len_utf8() > 74 {
            file.push_str("\r\n ");
            width = 1;
        }
        file.push(each);
        width += each.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(title: &str) -> Event {
        Event {
            id: "tag:x,2026:c/s".into(),
            title: title.into(),
            place: String::new(),
            description: "带一份\n原文".into(),
            window: Window {
                opens: Moment::parse_rfc3339("2026-11-24T19:30:00+08:00").unwrap(),
                closes: Moment::parse_rfc3339("2026-11-24T21:00:00+08:00").unwrap(),
            },
        }
    }

    #[test]
    fn a_session_is_written_as_calendars_read_it() {
        let file = event("研讨; 一, 二").write(Moment(0));
        assert_eq!(
            file,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//zhixing//zhixing//ZH\r\nBEGIN:VEVENT\r\n\
             UID:tag:x\\,2026:c/s\r\nDTSTAMP:19700101T000000Z\r\nDTSTART:20261124T113000Z\r\n\
             DTEND:20261124T130000Z\r\nSUMMARY:研讨\\; 一\\, 二\r\nDESCRIPTION:带一份\\n原文\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_or_injected(title in "\\PC{0,200}|[a\\n\\r:;,]{0,60}") {
            let file = event(&title).write(Moment(0));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(file.replace("\r\n ", "").matches("\r\n").count(), 12);
            prop_assert!(!file.replace("\r\n", "").contains(['\n', '\r']));
        }
    }
}
