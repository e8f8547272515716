//! Texts folded for comparing: capital letters, full-width letters and kinds of blanks.

/// A text as UTF-16, folded, with what it was before folding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    units: Vec<u16>,
    /// Where folding changed a unit, and what that was; in order.
    changed: Vec<(u32, u16)>,
}

const BLANK: u16 = 0x20;

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(text);
        folded
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.units.reserve(text.len() / 2);
        for unit in text.encode_utf16() {
            let to = fold(unit);
            if to != unit {
                let at = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
                self.changed.push((at, unit));
            }
            self.units.push(to);
        }
    }

    /// The folded units.
    #[must_use]
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    /// How many units it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Whether a line ends at this unit.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        self.original(at) == u16::from(b'\n')
    }

    fn original(&self, at: usize) -> u16 {
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        let known = self.changed.binary_search_by_key(&place, |(at, _)| *at);
        match known.ok().and_then(|at| self.changed.get(at)) {
            Some((_, unit)) => *unit,
            None => self.units.get(at).copied().unwrap_or(BLANK),
        }
    }

    /// A stretch of the text as it was before folding, the ends of its lines as blanks.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> String {
        let unit = |at: usize| match self.original(at) {
            0x0a | 0x0d => BLANK,
            unit => unit,
        };
        let units = (from..to.min(self.units.len())).map(unit);
        char::decode_utf16(units)
            .map(|each| each.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    }
}

/// One unit, folded.
pub(super) fn fold(unit: u16) -> u16 {
    match unit {
        // A–Z, and the letters with accents that most languages of Europe have.
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde => unit + 0x20,
        // Full-width digits and letters.
        0xff10..=0xff19 | 0xff41..=0xff5a => unit - 0xfee0,
        0xff21..=0xff3a => unit - 0xfee0 + 0x20,
        0x09..=0x0d | 0xa0 | 0x2000..=0x200a | 0x3000 => BLANK,
        // A typographer's apostrophe is typed as the plain one.
        0x2019 => 0x27,
        _ => unit,
    }
}

/// Whether a folded unit is a letter of a script that is written with blanks, or a digit.
pub(super) fn is_latin(unit: u16) -> bool {
    matches!(unit, 0x30..=0x39 | 0x61..=0x7a | 0xdf..=0xf6 | 0xf8..=0x24f)
}

/// Whether a folded unit stands between words.
pub(super) fn separates(unit: u16) -> bool {
    match unit {
        0x3005..=0x3007 => false,
        0x00..=0x7f => !is_latin(unit),
        0x80..=0xbf
        | 0xd7
        | 0xf7
        | 0x2000..=0x206f
        | 0x3000..=0x303f
        | 0xfe10..=0xfe1f
        | 0xfe30..=0xfe6f
        | 0xff01..=0xff65 => true,
        _ => false,
    }
}

/// Whether a unit is the second half of a character.
pub(super) fn is_second_half(unit: u16) -> bool {
    (0xdc00..=0xdfff).contains(&unit)
}
