//! Captions (`WebVTT`) as words with the moments at which they appear.

/// Cues that are read at most.
const MAX_CUES: usize = 50_000;

/// Words that appear together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When they appear, in milliseconds.
    pub starts_ms: u64,
    /// The words, in one line.
    pub text: String,
}

/// Reads captions. What is no cue is passed over, so that any text is safe to give.
#[must_use]
pub fn read(file: &str) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut open = false;
    for line in file.lines() {
        let line = line.trim();
        if let Some(starts_ms) = line.split_once("-->").and_then(|(at, _)| time(at.trim())) {
            if cues.len() == MAX_CUES {
                break;
            }
            open = true;
            cues.push(Cue {
                starts_ms,
                text: String::new(),
            });
        } else if line.is_empty() {
            open = false;
        } else if let Some(cue) = cues.last_mut().filter(|_| open) {
            join(&mut cue.text, &words(line));
        }
    }
    cues.retain(|cue| !cue.text.is_empty());
    cues
}

/// Adds words to others: a blank stands between, except between those that are written without.
pub fn join(text: &mut String, more: &str) {
    let (before, after) = (text.chars().next_back(), more.chars().next());
    let ascii = |each: Option<char>| each.is_some_and(|each| each.is_ascii());
    if before.is_some() && (ascii(before) || ascii(after)) {
        text.push(' ');
    }
    text.push_str(more);
}

/// `mm:ss.ttt` or `hh:mm:ss.ttt` in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (clock, rest) = text.split_once('.')?;
    let mut seconds: u64 = 0;
    let mut fields = 0;
    for field in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(number(field)?)?;
        fields += 1;
    }
    let known = (2..=3).contains(&fields) && rest.len() == 3;
    known.then_some(())?;
    seconds.checked_mul(1_000)?.checked_add(number(rest)?)
}

fn number(digits: &str) -> Option<u64> {
    let only = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| only)
}

/// A line without its tags, and with the characters that its escapes stand for.
fn words(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    for (escape, means) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, means);
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cues(file: &str) -> Vec<(u64, String)> {
        let cues = read(file).into_iter();
        cues.map(|cue| (cue.starts_ms, cue.text)).collect()
    }

    #[test]
    fn cues_are_read_with_their_beginnings_and_without_their_markup() {
        let file = "\u{feff}WEBVTT - lesson\n\nNOTE\nnothing of this\n\nSTYLE\n::cue {}\n\n\
                    1\n00:00.600 --> 00:04.000 align:start\n<v 何老师>把手机\n放进<i>抽屉</i>\n\n\
                    01:02:03.004 --> 01:02:05.000\nTom &amp; Ann\nsay &lt;hello&gt;\n\n\
                    00:09.000 --> 00:10.000\n\n00:5 --> 00:06.000\nlost\n";
        let expected = [
            (600, "把手机放进抽屉".to_owned()),
            (3_723_004, "Tom & Ann say <hello>".to_owned()),
        ];
        assert_eq!(cues(file), expected);
        assert_eq!(cues(&file.replace('\n', "\r\n")), expected);
    }

    #[test]
    fn times_that_are_none_make_no_cue() {
        for bad in [
            "",
            "1.000",
            "0:0:0:0.000",
            "00:01.0",
            "00:+1.000",
            "a:b.ccc",
            "99999999999999999999:00.000",
        ] {
            assert_eq!(time(bad), None, "{bad}");
        }
        assert_eq!(time("18446744073709551615:59.999"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_harmless(file in "(WEBVTT|-->|00:0[0-9].000|<|>|&amp;|字|\n|.){0,80}") {
            for cue in read(&file) {
                prop_assert!(!cue.text.is_empty());
            }
        }
    }
}
