//! The error of the reader while it is on its way to the place that knows its path.

use std::fmt;

use crate::package::problem::{Form, What};

/// Why a value could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The problem is written down already, with its path.
    Recorded,
    /// This member is missing in the object being read.
    Missing(&'static str),
    /// This is wrong with the value being read.
    Wrong(What),
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not readable")
    }
}

impl std::error::Error for ReadError {}

/// serde's own words are taken apart again here: `invalid_value` carries the name of a [`Form`]
/// or a range such as `1–90`, `invalid_length` a range.
impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Wrong(What::BadForm(Form::Other))
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        let expected = expected.to_string();
        Self::Wrong(
            Form::named(&expected).map_or(What::OutOfRange { range: expected }, What::BadForm),
        )
    }

    fn invalid_length(found: usize, expected: &dyn serde::de::Expected) -> Self {
        let range = expected.to_string();
        Self::Wrong(What::WrongCount { range, found })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}
