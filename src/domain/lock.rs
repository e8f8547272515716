//! The PIN of a profile: a screen lock for a PC that several teachers share. It hides, it does not
//! encrypt, and whoever forgets it loses no work.

use serde_json::{Value, json};

use super::fields::Fields;
use super::hash::Hash;

/// How often the digest of a PIN is taken of itself: a look-up table is worth little then, and the
/// oldest PC still opens at once.
const ROUNDS: u32 = 20_000;

/// Minutes without a sign of the learner after which the screen locks by itself, where nobody chose.
pub const DEFAULT_MINUTES: u32 = 10;

/// A PIN has this many digits at least, and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// A lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    salt: Hash,
    digest: Hash,
    /// After so many minutes without a sign of the learner it locks by itself.
    pub minutes: u32,
}

impl Lock {
    /// A lock that opens with `pin`; `random` makes it unlike any other. `None` when that is no PIN: four
    /// to twelve digits.
    #[must_use]
    pub fn new(pin: &str, random: &[u8], minutes: u32) -> Option<Self> {
        let fits = DIGITS.contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| {
            let salt = Hash::of(random);
            Self {
                salt,
                digest: digest(&salt, pin),
                minutes,
            }
        })
    }

    /// Whether `pin` opens it.
    #[must_use]
    pub fn opens(&self, pin: &str) -> bool {
        digest(&self.salt, pin) == self.digest
    }

    /// Its members.
    #[must_use]
    pub fn write(&self) -> Value {
        json!({"salt": self.salt.to_string(), "digest": self.digest.to_string(),
            "minutes": self.minutes})
    }

    /// The lock of these members.
    #[must_use]
    pub fn read(at: Fields<'_>) -> Option<Self> {
        Some(Self {
            salt: Hash::parse(at.text("salt")?)?,
            digest: Hash::parse(at.text("digest")?)?,
            minutes: at.count("minutes")?,
        })
    }
}

fn digest(salt: &Hash, pin: &str) -> Hash {
    let mut digest = *salt;
    for _ in 0..ROUNDS {
        let mut bytes = digest.as_bytes().to_vec();
        bytes.extend_from_slice(pin.as_bytes());
        digest = Hash::of(&bytes);
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_pin_opens_it_and_it_reads_back() {
        let lock = Lock::new("2468", &[1; 16], 5).unwrap();
        assert!(lock.opens("2468"));
        for other in ["", "2469", "02468", "24680"] {
            assert!(!lock.opens(other), "{other}");
        }
        assert_eq!(Lock::read(Fields(&lock.write())), Some(lock.clone()));
        assert_ne!(Lock::new("2468", &[2; 16], 5), Some(lock));
    }

    #[test]
    fn a_pin_is_four_to_twelve_digits() {
        for bad in ["", "123", "1234567890123", "12a4", "１２３４", "12 4"] {
            assert_eq!(Lock::new(bad, &[1; 16], 5), None, "{bad}");
        }
        assert!(Lock::new("0000", &[1; 16], 5).is_some());
    }
}
