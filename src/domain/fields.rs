//! Members of a JSON object, one by one. A derived reader of every type of body and scheme would
//! weigh several KB each; these are a call each.

use serde_json::Value;

use crate::domain::ids::{RecordId, Slug};
use crate::domain::points::Points;
use crate::domain::text::Text;

/// Most characters of a text in a record, whatever a package says.
pub const MAX_CHARACTERS: u32 = 100_000;

/// Reads members of a value; whatever does not fit is `None`.
#[derive(Clone, Copy)]
pub struct Fields<'a>(pub &'a Value);

impl<'a> Fields<'a> {
    /// A member, if it is there and not `null`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Fields<'a>> {
        self.0
            .get(name)
            .filter(|value| !value.is_null())
            .map(Fields)
    }

    /// A string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    /// A string of at most [`MAX_CHARACTERS`].
    #[must_use]
    pub fn words(&self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        let fits = text.chars().count() <= MAX_CHARACTERS as usize;
        fits.then(|| text.to_owned())
    }

    /// An id of a package.
    #[must_use]
    pub fn slug(&self, name: &str) -> Option<Slug> {
        Slug::parse(self.text(name)?)
    }

    /// The id of a record.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<RecordId> {
        RecordId::parse(self.text(name)?)
    }

    /// A whole number.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// A whole number, not below 0.
    #[must_use]
    pub fn positive(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// A whole number from 0 to 4,294,967,295.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.positive(name)?).ok()
    }

    /// A list.
    #[must_use]
    pub fn items(&self, name: &str) -> Option<&'a Vec<Value>> {
        self.0.get(name)?.as_array()
    }

    /// A decimal with at most three places.
    #[must_use]
    pub fn points(&self, name: &str) -> Option<Points> {
        Points::read(self.0.get(name)?)
    }

    /// A text in one language, which is then `main`, or in several.
    #[must_use]
    pub fn title(&self, name: &str, main: &str) -> Option<Text> {
        Text::read(self.0.get(name)?, main)
    }

    /// Every item of a list.
    #[must_use]
    pub fn list<T>(&self, name: &str, read: impl Fn(Fields<'a>) -> Option<T>) -> Option<Vec<T>> {
        // A plain loop: collecting is three times the code, and made anew for every list.
        let items = self.items(name)?;
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            all.push(read(Fields(item))?);
        }
        Some(all)
    }

    /// Every item of a list that may be absent, which is then empty.
    #[must_use]
    pub fn list_or_none<T>(
        &self,
        name: &str,
        read: impl Fn(Fields<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.find(name) {
            Some(_) => self.list(name, read),
            None => Some(Vec::new()),
        }
    }

    /// Ids of a list that may be absent.
    #[must_use]
    pub fn slugs(&self, name: &str) -> Option<Vec<Slug>> {
        self.list_or_none(name, |item| Slug::parse(item.0.as_str()?))
    }

    /// A member that may be absent, but must be whole when it is there.
    #[must_use]
    pub fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(Fields<'a>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.find(name) {
            None => Some(None),
            Some(at) => read(at).map(Some),
        }
    }
}
