//! A place in the JSON that knows its own name.

use serde_json::Value;

use super::{OpenFault, Wrong};
use crate::domain::ids::Slug;
use crate::domain::points;
use crate::domain::text::Text;
use crate::package::path;

/// A value and where it stands.
#[derive(Clone)]
pub struct Cursor<'a> {
    value: &'a Value,
    field: String,
    main_language: &'a str,
    offset_minutes: i32,
}

impl<'a> Cursor<'a> {
    /// The whole file.
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            field: String::new(),
            main_language: "",
            offset_minutes: 0,
        }
    }

    /// This place, where a plain text is in `language`.
    pub fn in_language(self, language: &'a str) -> Self {
        Self {
            main_language: language,
            ..self
        }
    }

    /// This place, where a day begins so many minutes before UTC's.
    pub fn in_zone(self, offset_minutes: i32) -> Self {
        Self {
            offset_minutes,
            ..self
        }
    }

    /// Minutes by which days begin before UTC's here.
    pub fn offset_minutes(&self) -> i32 {
        self.offset_minutes
    }

    /// This place is not what belongs here.
    pub fn unfit(&self) -> OpenFault {
        OpenFault {
            field: self.field.clone(),
            what: Wrong::Unfit,
        }
    }

    fn child(&self, value: &'a Value, field: String) -> Self {
        Self {
            value,
            field,
            ..self.clone()
        }
    }

    fn name(&self, member: &str) -> String {
        if self.field.is_empty() {
            member.to_owned()
        } else {
            format!("{}.{member}", self.field)
        }
    }

    /// A member, if it is there and not `null`.
    pub fn find(&self, member: &str) -> Option<Self> {
        let value = self.value.get(member).filter(|value| !value.is_null())?;
        Some(self.child(value, self.name(member)))
    }

    /// A member that must be there.
    pub fn at(&self, member: &str) -> Result<Self, OpenFault> {
        self.find(member).ok_or_else(|| OpenFault {
            field: self.name(member),
            what: Wrong::Missing,
        })
    }

    /// Every item of a list.
    pub fn list<T>(
        &self,
        read: impl Fn(&Self) -> Result<T, OpenFault>,
    ) -> Result<Vec<T>, OpenFault> {
        let items = self.value.as_array().ok_or_else(|| self.unfit())?;
        // A plain loop: collecting results is three times the code, and made anew for every list.
        let mut all = Vec::with_capacity(items.len());
        for at in 0..items.len() {
            all.push(read(&self.item(items, at))?);
        }
        Ok(all)
    }

    fn item(&self, items: &'a [Value], at: usize) -> Self {
        self.child(&items[at], format!("{}[{at}]", self.field))
    }

    /// Every item of a list that may be absent.
    pub fn list_or_none<T>(
        &self,
        member: &str,
        read: impl Fn(&Self) -> Result<T, OpenFault>,
    ) -> Result<Vec<T>, OpenFault> {
        self.find(member)
            .map_or_else(|| Ok(Vec::new()), |at| at.list(read))
    }

    /// A string.
    pub fn text(&self) -> Result<&'a str, OpenFault> {
        self.value.as_str().ok_or_else(|| self.unfit())
    }

    /// A text in one language or several.
    pub fn words(&self) -> Result<Text, OpenFault> {
        Text::read(self.value, self.main_language).ok_or_else(|| self.unfit())
    }

    /// A text that may be absent.
    pub fn words_or_none(&self, member: &str) -> Result<Text, OpenFault> {
        self.find(member)
            .map_or_else(|| Ok(Text::default()), |at| at.words())
    }

    /// A file of the package, or one per language.
    pub fn file(&self) -> Result<Text, OpenFault> {
        let files = self.words()?;
        if files.languages().all(|(_, file)| path::check(file).is_ok()) {
            Ok(files)
        } else {
            Err(self.unfit())
        }
    }

    /// An id.
    pub fn slug(&self) -> Result<Slug, OpenFault> {
        Slug::parse(self.text()?).ok_or_else(|| self.unfit())
    }

    /// A whole number.
    pub fn whole(&self) -> Result<u32, OpenFault> {
        let number = self
            .value
            .as_u64()
            .and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| self.unfit())
    }

    /// A whole number that may be absent.
    pub fn whole_or(&self, member: &str, absent: u32) -> Result<u32, OpenFault> {
        self.find(member).map_or(Ok(absent), |at| at.whole())
    }

    /// A share in percent that may be absent.
    pub fn percent_or(&self, member: &str, absent: u8) -> Result<u8, OpenFault> {
        self.find(member).map_or(Ok(absent), |at| {
            let percent = u8::try_from(at.whole()?).ok();
            percent
                .filter(|percent| *percent <= 100)
                .ok_or_else(|| at.unfit())
        })
    }

    /// Seconds with up to three decimals, a number or a text, in milliseconds; at most a day.
    pub fn milliseconds(&self) -> Result<u64, OpenFault> {
        let thousandths = match self.value {
            Value::String(text) => points::thousandths(text),
            Value::Number(number) => number.as_f64().and_then(points::whole_thousandths),
            _ => None,
        };
        thousandths
            .filter(|milliseconds| *milliseconds <= 86_400_000)
            .ok_or_else(|| self.unfit())
    }

    /// Yes or no, no when absent.
    pub fn flag(&self, member: &str) -> Result<bool, OpenFault> {
        self.find(member)
            .map_or(Ok(false), |at| at.value.as_bool().ok_or_else(|| at.unfit()))
    }

    /// Whether it is a list of so many items.
    pub fn count(&self) -> Result<u32, OpenFault> {
        let items = self.value.as_array().ok_or_else(|| self.unfit())?;
        u32::try_from(items.len()).map_err(|_| self.unfit())
    }
}
