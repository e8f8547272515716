//! Text that a course carries in one or more languages.

use serde_json::Value;

/// A text in each language that its course offers, keyed by BCP 47 tag (`zh-CN`, `en`).
///
/// Never empty when it comes out of the package reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Sorted by tag. A course has a handful of languages: a tree would only weigh.
    by_language: Vec<(String, String)>,
}

impl Text {
    /// A text from its languages, each given once.
    #[must_use]
    pub fn new(languages: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut by_language: Vec<(String, String)> = Vec::new();
        for (tag, text) in languages {
            let at = by_language.partition_point(|(before, _)| *before < tag);
            by_language.insert(at, (tag, text));
        }
        Self { by_language }
    }

    /// A text in one language only.
    #[must_use]
    pub fn single(language: &str, text: &str) -> Self {
        Self {
            by_language: vec![(language.to_owned(), text.to_owned())],
        }
    }

    /// A text as packages write it: one string, which is then in `main`, or one a language.
    #[must_use]
    pub fn read(value: &Value, main: &str) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::single(main, text)),
            Value::Object(each) => {
                let mut texts = Vec::new();
                for (tag, text) in each {
                    texts.push((tag.clone(), text.as_str()?.to_owned()));
                }
                Some(Self::new(texts))
            }
            _ => None,
        }
    }

    /// The text for `language`: the exact tag, else one with the same primary subtag
    /// (`zh` for `zh-CN`), else the first there is, else the empty string.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.found(language).map_or("", |(_, text)| text)
    }

    /// The tag of the language in which [`Text::get`] answers; empty when there is no text.
    #[must_use]
    pub fn tag(&self, language: &str) -> &str {
        self.found(language).map_or("", |(tag, _)| tag)
    }

    fn found(&self, language: &str) -> Option<(&str, &str)> {
        let primary = primary_subtag(language);
        let texts = &self.by_language;
        texts
            .iter()
            .find(|(tag, _)| tag == language)
            .or_else(|| texts.iter().find(|(tag, _)| primary_subtag(tag) == primary))
            .or_else(|| texts.first())
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_language.iter().all(|(_, text)| text.is_empty())
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
        let both = Text::new([
            ("zh-CN".into(), "你好".into()),
            ("en".into(), "Hello".into()),
        ]);
        assert_eq!(both.languages().next(), Some(("en", "Hello")));
        assert_eq!(both.get("zh-CN"), "你好");
        assert_eq!(both.get("zh"), "你好");
        assert_eq!(both.get("en-GB"), "Hello");
        assert_eq!(both.get("fr"), "Hello");
        assert_eq!((both.tag("zh"), both.tag("fr")), ("zh-CN", "en"));
        assert_eq!(Text::default().tag("zh"), "");
        assert_eq!(Text::default().get("zh"), "");
    }
}
