//! Text that a course carries in one or more languages.

use std::collections::BTreeMap;

/// A text in each language that its course offers, keyed by BCP 47 tag (`zh-CN`, `en`).
///
/// Never empty when it comes out of the package reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    by_language: BTreeMap<String, String>,
}

impl Text {
    /// A text from its languages.
    #[must_use]
    pub fn new(by_language: BTreeMap<String, String>) -> Self {
        Self { by_language }
    }

    /// A text in one language only.
    #[must_use]
    pub fn single(language: &str, text: &str) -> Self {
        Self::new(BTreeMap::from([(language.to_owned(), text.to_owned())]))
    }

    /// The text for `language`: the exact tag, else one with the same primary subtag
    /// (`zh` for `zh-CN`), else the first there is, else the empty string.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let primary = primary_subtag(language);
        self.by_language
            .get(language)
            .or_else(|| {
                self.by_language
                    .iter()
                    .find(|(tag, _)| primary_subtag(tag) == primary)
                    .map(|(_, text)| text)
            })
            .or_else(|| self.by_language.values().next())
            .map_or("", String::as_str)
    }

    /// Language tags and their texts, in tag order.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_language
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }
}

fn primary_subtag(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_by_primary_subtag_then_to_any() {
        let both = Text::new(BTreeMap::from([
            ("en".into(), "Hello".into()),
            ("zh-CN".into(), "你好".into()),
        ]));
        assert_eq!(both.get("zh-CN"), "你好");
        assert_eq!(both.get("zh"), "你好");
        assert_eq!(both.get("en-GB"), "Hello");
        assert_eq!(both.get("fr"), "Hello");
        assert_eq!(Text::default().get("zh"), "");
    }
}
