//! Owns versions: read under an order, compared within it, written canonically.
//! Must never compare versions of different orders, or take long over a hostile one.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr as _;

/// How versions follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Semantic Versioning 2.0.0, section 11.
    SemVer,
    /// PEP 440, with epochs, post- and development releases.
    Pep440,
}

/// A version as written and as compared. Versions that an order holds for equal are equal.
#[derive(Clone, Debug)]
pub struct Version {
    written: String,
    key: Key,
}

#[derive(Clone, Debug)]
enum Key {
    SemVer(semver::Version),
    Pep440(pep440_rs::Version),
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

/// No real version is longer, in bytes.
const LONGEST: usize = 256;

impl Version {
    /// Reads a version under an order.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(order: Order, text: &str) -> Result<Self, VersionError> {
        if text.len() > LONGEST {
            let message = format!("a version has at most {LONGEST} characters");
            return Err(VersionError {
                message,
                help: None,
            });
        }
        let key = match order {
            Order::SemVer => semver::Version::parse(text)
                .map(Key::SemVer)
                .map_err(|_| semver_fault(text)),
            Order::Pep440 => pep440_rs::Version::from_str(text)
                .map(Key::Pep440)
                .map_err(|error| VersionError {
                    message: format!("`{text}` is no PEP 440 version"),
                    help: error.to_string().lines().next().map(str::to_owned),
                }),
        };
        Ok(Self {
            written: text.to_owned(),
            key: key?,
        })
    }

    /// As OSV writes it: SemVer as it stands, PEP 440 normalised.
    pub fn canonical(&self) -> String {
        match &self.key {
            Key::SemVer(version) => version.to_string(),
            Key::Pep440(version) => version.to_string(),
        }
    }
}

fn semver_fault(text: &str) -> VersionError {
    let message = format!("`{text}` is no Semantic Version");
    let bare = text.trim_start_matches(['v', 'V', '=']);
    let numbers = bare.split('.').count();
    let help = if bare != text && semver::Version::parse(bare).is_ok() {
        format!("leave out what stands before it: `{bare}`")
    } else if numbers < 3
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !bare.is_empty()
    {
        format!(
            "it needs three numbers: `{bare}{}`",
            ".0".repeat(3 - numbers)
        )
    } else {
        "write three numbers, then perhaps `-` and a pre-release: `1.2.0-rc.1`".to_owned()
    };
    VersionError {
        message,
        help: Some(help),
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.key, &other.key) {
            (Key::SemVer(a), Key::SemVer(b)) => a.cmp_precedence(b),
            (Key::Pep440(a), Key::Pep440(b)) => a.cmp(b),
            // Versions of two orders never meet; a total order keeps even that harmless.
            (Key::SemVer(_), Key::Pep440(_)) => Ordering::Less,
            (Key::Pep440(_), Key::SemVer(_)) => Ordering::Greater,
        }
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
    use proptest::prelude::*;

    /// Checks lines of `A < B`, `A = B` and `A > B`; says how many had versions that are refused here.
    fn refused_lines(order: Order, lines: &str) -> usize {
        let comment = |line: &&str| line.is_empty() || line.starts_with(['#', '/']);
        let mut refused = 0;
        for line in lines.lines().map(str::trim).filter(|line| !comment(line)) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [a, sign, b] = words[..] else {
                panic!("{line}")
            };
            let (Ok(a), Ok(b)) = (Version::parse(order, a), Version::parse(order, b)) else {
                refused += 1;
                continue;
            };
            let expected = match sign {
                "<" => Ordering::Less,
                "=" => Ordering::Equal,
                _ => Ordering::Greater,
            };
            assert_eq!(a.cmp(&b), expected, "{line}");
            assert_eq!(b.cmp(&a), expected.reverse(), "{line}");
        }
        refused
    }

    fn assert_lines(order: Order, lines: &str) {
        assert_eq!(refused_lines(order, lines), 0);
    }

    #[test]
    fn semver_follows_section_11() {
        assert_lines(
            Order::SemVer,
            "1.0.0-alpha < 1.0.0-alpha.1
             1.0.0-alpha.1 < 1.0.0-alpha.beta
             1.0.0-alpha.beta < 1.0.0-beta
             1.0.0-beta.2 < 1.0.0-beta.11
             1.0.0-rc.1 < 1.0.0
             1.9.0 < 1.10.0
             1.0.0+a = 1.0.0+b
             0.0.0-0 < 0.0.0
             1.0.0-1 < 1.0.0-a
             2.0.0 > 1.999.999",
        );
    }

    #[test]
    fn python_follows_pep_440() {
        assert_lines(
            Order::Pep440,
            "1.0.dev1 < 1.0a1
             1.0a1 < 1.0b1
             1.0b1 < 1.0rc1
             1.0rc1 < 1.0
             1.0 < 1.0.post1
             1.0 = 1.0.0
             1.0 < 1.0+local.1
             1!0.1 > 999.0
             1.0-rc.1 = 1.0rc1
             v1.2 = 1.2
             2.0.0 < 10.0.0
             1.0.post1.dev1 < 1.0.post1",
        );
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    fn the_shared_lists_of_comparisons_hold() {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/version-order");
        // Refused: a leading `v` and numbers beyond 64 bits in SemVer, and what PEP 440 calls legacy versions.
        for (order, name, refused) in [
            (Order::SemVer, "semver-versions.txt", 13),
            (Order::Pep440, "pypi-versions.txt", 5),
            (Order::Pep440, "pypi-versions-generated.txt", 33),
        ] {
            match std::fs::read_to_string(folder.join(name)) {
                Ok(lines) => assert_eq!(refused_lines(order, &lines), refused, "{name}"),
                Err(_) => eprintln!("skipped: {name} is not there"),
            }
        }
    }

    #[test]
    fn a_fault_says_what_to_write() {
        let help = |text| Version::parse(Order::SemVer, text).expect_err("wrong").help;
        assert_eq!(
            help("1.2").as_deref(),
            Some("it needs three numbers: `1.2.0`")
        );
        assert_eq!(
            help("v1.2.3").as_deref(),
            Some("leave out what stands before it: `1.2.3`")
        );
        assert!(Version::parse(Order::Pep440, &"1".repeat(300)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_a_version_or_a_reason(text in ".{0,40}") {
            for order in [Order::SemVer, Order::Pep440] {
                if let Ok(version) = Version::parse(order, &text) {
                    prop_assert_eq!(&Version::parse(order, &version.canonical()), &Ok(version.clone()));
                }
            }
        }
    }
}
