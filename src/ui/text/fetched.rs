//! Words that are fetched with the screens that show them: they are no part of what every start
//! waits for. One file a language, `public/words/<name>.<tag>.txt`, one line a word: its name, `=`,
//! the text; the first line is a number that stands for all names, so that a file of another version
//! of the app is told apart without the names being in the app. In a text, `{}` stands for what is
//! filled in.

/// A table of words by name, in the order of the lines of its file.
macro_rules! fetched {
    ($(#[$doc:meta])* $table:ident, $file:literal: $($name:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $table(&'static [&'static str]);

        /// Names of words, as places in the table.
        #[allow(non_camel_case_types, reason = "they are the names in the file")]
        enum At { $($name),+ }

        const NAMES: &[&str] = &[$(stringify!($name)),+];

        impl $table {
            /// Reads a file of words; `None` when it is not of this version of the app.
            #[must_use]
            pub fn read(text: &'static str) -> Option<Self> {
                const MARK: u32 = super::fetched::mark(NAMES);
                // One table a language and start, used wherever words are shown.
                super::fetched::table(text, MARK, NAMES.len()).map(|words| Self(words.leak()))
            }

            fn word(&self, at: usize) -> &'static str {
                self.0.get(at).copied().unwrap_or_default()
            }

            $(
                #[doc = concat!("`", stringify!($name), "`")]
                #[must_use]
                pub fn $name(&self) -> &'static str {
                    self.word(At::$name as usize)
                }
            )+
        }

        #[cfg(test)]
        mod tests {
            #[test]
            fn both_languages_have_every_word_with_the_same_places() {
                let zh = include_str!(concat!("../../../public/words/", $file, ".zh-CN.txt"));
                let en = include_str!(concat!("../../../public/words/", $file, ".en.txt"));
                crate::ui::text::fetched::whole(super::NAMES, zh, en);
                assert!(super::$table::read(zh).is_some());
                assert!(super::$table::read(en).is_some());
                assert!(super::$table::read("").is_none());
                assert!(super::$table::read("7\nstanding = x").is_none());
            }
        }
    };
}
pub(super) use fetched;

/// A number for a list of names: FNV-1a over their bytes, each ended by a line break.
pub(super) const fn mark(names: &[&str]) -> u32 {
    let mut mark: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < names.len() {
        let name = names[at].as_bytes();
        let mut byte = 0;
        while byte <= name.len() {
            let next = if byte < name.len() { name[byte] } else { b'\n' };
            mark = (mark ^ next as u32).wrapping_mul(0x0100_0193);
            byte += 1;
        }
        at += 1;
    }
    mark
}

/// The text of a line.
pub(super) fn word(line: &'static str) -> Option<&'static str> {
    Some(line.split_once(" = ")?.1)
}

/// The texts of a file that begins with `mark`, `count` of them.
pub(super) fn table(text: &'static str, mark: u32, count: usize) -> Option<Vec<&'static str>> {
    let mut words = Vec::with_capacity(count);
    let mut lines = text.lines();
    if lines.next()?.parse() != Ok(mark) {
        return None;
    }
    for line in lines.take(count) {
        words.push(word(line)?);
    }
    Some(words)
}

/// A text with what is filled in, in order. `{s}` makes the plural of what was filled in before it,
/// for languages that have one.
#[must_use]
pub fn fill(text: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    let mut pieces = text.split("{}");
    filled.push_str(pieces.next().unwrap_or_default());
    let mut parts = parts.iter();
    for piece in pieces {
        let part = parts.next().copied().unwrap_or_default();
        filled.push_str(part);
        let plural = if part == "1" { "" } else { "s" };
        filled.push_str(&piece.replace("{s}", plural));
    }
    filled
}

/// Both files have all names in order, and the same places to fill in.
#[cfg(test)]
pub(super) fn whole(names: &[&str], zh: &str, en: &str) {
    let mark = mark(names).to_string();
    for text in [zh, en] {
        assert_eq!(text.lines().next(), Some(&*mark), "the first line");
        let known = text.lines().skip(1).map(|line| line.split(" = ").next());
        let known: Vec<&str> = known.map(Option::unwrap_or_default).collect();
        assert_eq!(known, names);
    }
    for (zh, en) in zh.lines().skip(1).zip(en.lines().skip(1)) {
        let (name, zh) = zh.split_once(" = ").unwrap();
        let (_, en) = en.split_once(" = ").unwrap();
        assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name}");
        assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{name}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(fill("{} of {}", &["1", "2"]), "1 of 2");
        assert_eq!(fill("{}", &[]), "");
        assert_eq!(fill("none", &["1"]), "none");
    }
}
