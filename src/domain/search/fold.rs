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

/// Every lane of four that holds nothing has its highest bit in what this gives; lanes above the first
/// such may have it, too.
fn empty_lanes(lanes: u64) -> u64 {
    lanes.wrapping_sub(0x0001_0001_0001_0001) & !lanes & 0x8000_8000_8000_8000
}

/// Where a unit first stands among others. Sixteen are compared in a turn, because this is what a
/// search does all the time.
pub(super) fn position_of(units: &[u16], wanted: u16) -> Option<usize> {
    let lanes = u64::from(wanted) * 0x0001_0001_0001_0001;
    let (before, fours, _) = bytemuck::pod_align_to::<u16, u64>(units);
    let is_wanted = |unit: &u16| *unit == wanted;
    if let Some(at) = before.iter().position(is_wanted) {
        return Some(at);
    }
    let mut at = before.len();
    for four in fours.chunks_exact(4) {
        let any = four.iter().map(|each| empty_lanes(each ^ lanes));
        if any.fold(0, |all, each| all | each) != 0 {
            break;
        }
        at += 16;
    }
    let rest = units.get(at..)?.iter().position(is_wanted)?;
    Some(at + rest)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_unit_is_found_where_it_first_stands(
            units in prop::collection::vec(prop_oneof![0_u16..3, any::<u16>(), Just(0x8000_u16), Just(0x7fff)], 0..90),
            wanted in prop_oneof![0_u16..3, any::<u16>(), Just(0x8000_u16)],
            skipped in 0_usize..5,
        ) {
            let units = units.get(skipped..).unwrap_or_default();
            let first = units.iter().position(|unit| *unit == wanted);
            prop_assert_eq!(position_of(units, wanted), first);
        }
    }
}
