//! Owns versions that are nothing but numbers: Haskell's (Hackage) and R's (CRAN, Bioconductor).
//! Must never pad: there `1.0` comes before `1.0.0`.

use super::number::{Number, is_digits};
use crate::VersionError;

/// Numbers, compared one by one; a shorter list comes before a longer one that begins with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dotted(Vec<Number>);

impl Dotted {
    /// Numbers with dots between, as the Haskell Package Versioning Policy has it.
    pub(crate) fn parse_hackage(text: &str) -> Result<Self, VersionError> {
        Self::read(text, &['.']).ok_or_else(|| {
            VersionError::new(
                format!("`{text}` is no Hackage version"),
                Some("write numbers with dots between: `1.2.0.1`".to_owned()),
            )
        })
    }

    /// At least two numbers with dots or hyphens between, as "Writing R Extensions", 1.1.1, has it.
    pub(crate) fn parse_cran(text: &str) -> Result<Self, VersionError> {
        let key = Self::read(text, &['.', '-']).filter(|key| key.0.len() > 1);
        key.ok_or_else(|| {
            VersionError::new(
                format!("`{text}` is no R package version"),
                Some("write at least two numbers with dots or hyphens between: `1.2-3`".to_owned()),
            )
        })
    }

    /// Numbers of any text that has some.
    pub(crate) fn found(text: &str) -> Option<Self> {
        let parts = text.split(|c: char| !c.is_ascii_digit());
        let numbers: Vec<Number> = parts
            .filter(|part| !part.is_empty())
            .map(Number::new)
            .collect();
        (!numbers.is_empty()).then_some(Self(numbers))
    }

    fn read(text: &str, separators: &[char]) -> Option<Self> {
        let parts: Vec<&str> = text.split(separators).collect();
        let good = parts.iter().all(|part| is_digits(part));
        good.then(|| Self(parts.into_iter().map(Number::new).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn haskell_compares_numbers_one_by_one() {
        assert_lines(
            Order::Hackage,
            "1 < 1.0
             1.0 < 1.0.0
             1.0.0 < 1.0.1
             1.9 < 1.10
             0.9.9 < 0.10
             1.2.3.4 < 1.2.3.5
             1.2.3 < 1.2.3.0
             2 > 1.999.999
             0.1.26.0 > 0
             1.01 = 1.1
             2.0.0.1 > 2.0
             0.11.3.0 < 1.0.0.0
             4.18.2.1 < 4.19.0.0
             9.4.7 < 9.4.8
             9.4.8 < 9.6.1
             20240101 > 9",
        );
        assert!(Version::parse(Order::Hackage, "1.0-r1").is_err());
    }

    #[test]
    fn r_takes_a_hyphen_for_a_dot() {
        assert_lines(
            Order::Cran,
            "1.0-0 < 1.0-1
             1.0-1 = 1.0.1
             1.0 < 1.0-0
             1.8 < 1.8.0
             0.01 < 0.1-0
             0.9 < 0.75
             1.9-9 < 1.10-0
             0.3.2 < 0.3.2.0
             7.3-51.4 < 7.3-51.10
             7.3-51.4 < 7.3-52
             1.4-1.1 > 1.4-1
             2.0-0 > 1.9-99
             0.1-2 < 0.2-2
             3.99-0.9.1 < 3.99-0.14
             2024.1 > 9.9",
        );
        assert!(
            Version::parse(Order::Cran, "1").is_err()
                && Version::parse(Order::Cran, "1.0a").is_err()
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        assert_agreed(Order::Hackage, &["hackage-versions.txt"]);
        assert_agreed(
            Order::Cran,
            &["cran-versions.txt", "cran-versions-generated.txt"],
        );
    }
}
