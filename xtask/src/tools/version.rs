//! Version numbers, as programs print them.

use std::fmt;

/// The numbers of a version, the most significant first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(Vec<u64>);

impl Version {
    /// A version from its numbers.
    pub fn new(numbers: &[u64]) -> Self {
        Self(numbers.to_vec())
    }

    /// The first version in a line such as `trunk 0.21.14` or `wasm-opt version 132 (version_132)`.
    pub fn in_line(line: &str) -> Option<Self> {
        line.split_whitespace().find_map(|word| {
            let word = word.strip_prefix('v').unwrap_or(word);
            let release = word.split(['-', '+']).next()?;
            let numbers = release.split('.').map(|number| number.parse().ok());
            numbers.collect::<Option<Vec<u64>>>().map(Self)
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = self.0.iter().map(u64::to_string).collect::<Vec<_>>();
        to.write_str(&numbers.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_among_words() {
        for (line, shown) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("v20.20.2", "20.20.2"),
            ("cargo-deny 0.20.2-rc.1", "0.20.2"),
        ] {
            assert_eq!(Version::in_line(line).unwrap().to_string(), shown);
        }
        assert_eq!(Version::in_line("command not found"), None);
    }

    #[test]
    fn later_versions_are_greater() {
        let order = ["0.9", "0.21.14", "0.21.15", "0.22", "1", "123"];
        let versions = order.map(|line| Version::in_line(line).unwrap());
        assert!(versions.is_sorted());
    }
}
