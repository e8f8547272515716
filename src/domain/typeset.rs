//! How somebody likes a text to be set: size, spacing and width, each a step of a few. Kept as a short
//! text among the settings of the device, a learner's own.

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typeset {
    /// Size of the type: a place in `0..SIZES`.
    pub size: u8,
    /// Space between lines: a place in `0..SPACINGS`.
    pub spacing: u8,
    /// Width of the column: a place in `0..WIDTHS`.
    pub width: u8,
}

/// How many sizes there are.
pub const SIZES: u8 = 4;
/// How many spacings there are.
pub const SPACINGS: u8 = 3;
/// How many widths there are.
pub const WIDTHS: u8 = 3;

impl Default for Typeset {
    /// As a book is set.
    fn default() -> Self {
        Self {
            size: 1,
            spacing: 1,
            width: 1,
        }
    }
}

impl Typeset {
    /// Reads what [`Self::write`] wrote; what is not in range, or not there, is as by default.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let default = Self::default();
        let mut digits = text.bytes().map(|digit| digit.wrapping_sub(b'0'));
        let mut next = |most: u8, else_: u8| {
            let digit = digits.next().filter(|digit| *digit < most);
            digit.unwrap_or(else_)
        };
        Self {
            size: next(SIZES, default.size),
            spacing: next(SPACINGS, default.spacing),
            width: next(WIDTHS, default.width),
        }
    }

    /// Three digits.
    #[must_use]
    pub fn write(self) -> String {
        format!("{}{}{}", self.size, self.spacing, self.width)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_used_is_as_by_default() {
        assert_eq!(Typeset::read(""), Typeset::default());
        assert_eq!(Typeset::read("999"), Typeset::default());
        assert_eq!(Typeset::read("\u{ff10}x"), Typeset::default());
        let large = Typeset {
            size: 3,
            ..Typeset::default()
        };
        assert_eq!(Typeset::read("3"), large);
    }

    proptest! {
        #[test]
        fn it_comes_back_as_it_was(size in 0..SIZES, spacing in 0..SPACINGS, width in 0..WIDTHS) {
            let typeset = Typeset { size, spacing, width };
            prop_assert_eq!(Typeset::read(&typeset.write()), typeset);
        }

        #[test]
        fn any_text_gives_something_in_range(text in ".*") {
            let typeset = Typeset::read(&text);
            prop_assert!(typeset.size < SIZES && typeset.spacing < SPACINGS && typeset.width < WIDTHS);
        }
    }
}
