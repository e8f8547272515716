//! Texts and file references, in one language or several.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::domain;
use crate::package::read;

/// One value for all languages, or one per language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PerLanguage {
    /// The same in every language.
    All(String),
    /// By language tag.
    Each(Vec<(String, String)>),
}

impl PerLanguage {
    /// As the domain knows it; what is the same in every language stands under the main one.
    #[must_use]
    pub fn text(&self, main_language: &str) -> domain::text::Text {
        match self {
            Self::All(text) => domain::text::Text::single(main_language, text),
            Self::Each(each) => domain::text::Text::new(each.iter().cloned()),
        }
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = PerLanguage;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<PerLanguage, E> {
        Ok(PerLanguage::All(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<PerLanguage, A::Error> {
        let mut each = Vec::new();
        while let Some(member) = members.next_entry()? {
            each.push(member);
        }
        Ok(PerLanguage::Each(each))
    }
}

/// Defines a newtype that the reader checks against the course's languages and files.
macro_rules! per_language {
    ($(#[doc = $doc:literal])* $name:ident, $newtype:expr) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub PerLanguage);

        impl $name {
            /// The name by which the reader knows it.
            pub const NEWTYPE: &'static str = $newtype;

            /// As the domain knows it.
            #[must_use]
            pub fn text(&self, main_language: &str) -> domain::text::Text {
                self.0.text(main_language)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_newtype_struct(Self::NEWTYPE, Reader).map(Self)
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let is_file = Self::NEWTYPE != read::TEXT;
                crate::package::schema::per_language(is_file, concat!($($doc),*))
            }
        }
    };
}

per_language!(
    /// A text: a string that holds for every language, or an object from language tag to string,
    /// which has at least the main language and only declared ones. Plain text: Markdown belongs
    /// into files.
    Text,
    read::TEXT
);
per_language!(
    /// A Markdown file of the package: its path, or one per language.
    MarkdownFile,
    read::FILE_USES[0].newtype
);
per_language!(
    /// A video file of the package (mp4, webm): its path, or one per language.
    VideoFile,
    read::FILE_USES[1].newtype
);
per_language!(
    /// A file of captions in the package (WebVTT): its path, or one per language.
    CaptionsFile,
    read::FILE_USES[2].newtype
);
per_language!(
    /// A picture of the package (png, jpg, webp, gif): its path, or one per language.
    ImageFile,
    read::FILE_USES[3].newtype
);
per_language!(
    /// A document of the package (md, txt, pdf, docx, xlsx): its path, or one per language.
    DocumentFile,
    read::FILE_USES[4].newtype
);
