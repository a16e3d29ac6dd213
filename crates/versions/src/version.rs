//! Owns versions: read under an order, compared within it, spelled canonically.
//! Must never compare versions of different orders, or take long over a hostile one.

use std::cmp::Ordering;
use std::fmt;

use crate::Order;
use crate::order::Key;

/// A version as written and as compared. Versions that an order holds for equal are equal.
#[derive(Clone, Debug)]
pub struct Version {
    written: String,
    /// Only where it differs from what is written.
    canonical: Option<String>,
    key: Key,
}

/// Not a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct VersionError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl VersionError {
    pub(crate) fn new(message: String, help: Option<String>) -> Self {
        Self { message, help }
    }
}

/// No real version is longer, in bytes.
const LONGEST: usize = 256;

impl Version {
    /// Reads a version that somebody writes down to be published: by the ecosystem's own grammar, in printable ASCII.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(order: Order, text: &str) -> Result<Self, VersionError> {
        let odd = text.chars().find(|c| !c.is_ascii_graphic());
        if let Some(odd) = odd.filter(|_| text.len() <= LONGEST) {
            return Err(VersionError::new(
                format!("`{}` cannot be part of a version", odd.escape_debug()),
                Some("use letters, digits and signs without accents or spaces".to_owned()),
            ));
        }
        Self::read(text, |text| Key::parse(order, text))
    }

    /// Reads a version that is found somewhere, in a lock file or a registry, where nobody can correct it:
    /// `v1.2` under SemVer, what PyPI holds from before PEP 440. It is placed as the ecosystem's own tools place it.
    ///
    /// # Errors
    /// Only where it has no place at all.
    pub fn found(order: Order, text: &str) -> Result<Self, VersionError> {
        Self::read(text.trim(), |text| Key::found(order, text))
    }

    /// Reads a version that somebody asks about: by the grammar of its ecosystem, and what looks like SemVer as scanners read it,
    /// with a `v` or two numbers. Elsewhere an odd version has a place only so that lists can be sorted, and an answer by it
    /// would be a guess.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn asked(order: Order, text: &str) -> Result<Self, VersionError> {
        let strict = Self::parse(order, text);
        match (strict, order) {
            (Err(_), Order::SemVer | Order::Pub) => Self::found(order, text),
            (strict, _) => strict,
        }
    }

    fn read(
        text: &str,
        key: impl Fn(&str) -> Result<(Key, String), VersionError>,
    ) -> Result<Self, VersionError> {
        if text.is_empty() {
            let help = "write it down as it was released".to_owned();
            return Err(VersionError::new(
                "the version is missing".to_owned(),
                Some(help),
            ));
        }
        if text.len() > LONGEST {
            let message = format!(
                "a version has at most {LONGEST} bytes, this one has {}",
                text.len()
            );
            return Err(VersionError::new(message, None));
        }
        let (key, canonical) = key(text)?;
        Ok(Self {
            written: text.to_owned(),
            canonical: (canonical != text).then_some(canonical),
            key,
        })
    }

    /// As OSV writes it: SemVer with its three numbers and without `v`, PEP 440 normalised, all others as written.
    pub fn canonical(&self) -> String {
        self.canonical.as_ref().unwrap_or(&self.written).clone()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::texts;
    use proptest::prelude::*;

    #[test]
    fn too_long_too_short_and_odd_versions_are_refused_under_every_order() {
        for order in Order::ALL {
            for text in [
                &*"1".repeat(257),
                "",
                " ",
                "1.0 ",
                "1.\u{202e}0",
                "1.0\n",
                "١.٢",
            ] {
                let error = Version::parse(order, text).expect_err(text);
                assert!(!error.message.contains(['\n', '\u{202e}']), "{error}");
            }
            assert!(Version::found(order, &"1".repeat(256)).is_ok());
        }
    }

    #[test]
    fn even_versions_of_two_orders_have_one_place() {
        let versions = Order::ALL.map(|order| Version::found(order, "1.0.0").expect("found"));
        for pair in versions.windows(2) {
            assert!(pair[0] < pair[1]);
        }
    }

    /// Text that is likely to be nearly a version.
    const NEARLY: &str = "(v|[0-9]:|)([0-2]{1,2}|[a-c]|final|rc|_p|[.~^+_-]|ä|#|-r){0,7}";

    fn one_order() -> impl Strategy<Value = Order> {
        proptest::sample::select(Order::ALL.to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn any_text_is_a_version_or_a_reason(order in one_order(), text in texts("\\PC{0,40}|.{0,300}")) {
            let _ = Version::found(order, &text);
            if let Ok(version) = Version::parse(order, &text) {
                prop_assert!(version.canonical().bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }

        #[test]
        fn the_canonical_spelling_is_the_same_version(order in one_order(), text in texts(NEARLY)) {
            if let Ok(version) = Version::parse(order, &text) {
                let again = Version::parse(order, &version.canonical());
                prop_assert_eq!(again.as_ref(), Ok(&version));
                prop_assert_eq!(Version::found(order, &text), Ok(version.clone()));
                prop_assert_eq!(again.map(|again| again.canonical()), Ok(version.canonical()));
            }
        }

        #[test]
        fn every_order_is_total(order in one_order(), texts in proptest::collection::vec(texts(NEARLY), 3)) {
            let mut versions: Vec<_> = texts.iter().filter_map(|text| Version::found(order, text).ok()).collect();
            versions.sort();
            for (at, one) in versions.iter().enumerate() {
                for later in &versions[at..] {
                    prop_assert!(one <= later, "{} {}", one, later);
                    prop_assert_eq!(later.cmp(one), one.cmp(later).reverse());
                    prop_assert_eq!(one == later, one.cmp(later).is_eq());
                }
            }
        }
    }
}
