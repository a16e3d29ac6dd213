//! Owns the names of OSV's ecosystems, and what each of them implies.
//! Must never accept a name of its own making: one unknown ecosystem kills a scanner.

use std::fmt;

use crate::Order;

/// Does an ecosystem name a release after a colon?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suffix {
    None,
    Allowed,
    Needed,
}

/// Every ecosystem of OSV schema 1.9.0, sorted.
const KNOWN: &[(&str, Suffix)] = &[
    ("AlmaLinux", Suffix::Allowed),
    ("Alpaquita", Suffix::Needed),
    ("Alpine", Suffix::Needed),
    ("Android", Suffix::None),
    ("Azure Linux", Suffix::Needed),
    ("BellSoft Hardened Containers", Suffix::Needed),
    ("Bioconductor", Suffix::None),
    ("Bitnami", Suffix::None),
    ("CRAN", Suffix::None),
    ("Chainguard", Suffix::None),
    ("CleanStart", Suffix::None),
    ("ConanCenter", Suffix::None),
    ("Debian", Suffix::Allowed),
    ("Docker Hardened Images", Suffix::None),
    ("Echo", Suffix::None),
    ("FreeBSD", Suffix::Allowed),
    ("GHC", Suffix::None),
    ("GitHub Actions", Suffix::None),
    ("Go", Suffix::None),
    ("Hackage", Suffix::None),
    ("Hex", Suffix::None),
    ("Julia", Suffix::None),
    ("Kubernetes", Suffix::None),
    ("Linux", Suffix::None),
    ("Mageia", Suffix::Needed),
    ("Maven", Suffix::Allowed),
    ("MinimOS", Suffix::None),
    ("NuGet", Suffix::None),
    ("OSS-Fuzz", Suffix::None),
    ("Packagist", Suffix::Allowed),
    ("Photon OS", Suffix::Needed),
    ("Pub", Suffix::None),
    ("PyPI", Suffix::None),
    ("Red Hat", Suffix::Needed),
    ("Rocky Linux", Suffix::Allowed),
    ("Root", Suffix::Needed),
    ("RubyGems", Suffix::None),
    ("SUSE", Suffix::Needed),
    ("SwiftURL", Suffix::None),
    ("TuxCare", Suffix::Allowed),
    ("Ubuntu", Suffix::Needed),
    ("VSCode", Suffix::Allowed),
    ("Wolfi", Suffix::None),
    ("crates.io", Suffix::None),
    ("npm", Suffix::None),
    ("opam", Suffix::None),
    ("openEuler", Suffix::Needed),
    ("openSUSE", Suffix::Needed),
];

/// What other tools call some of them.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cargo", "crates.io"),
    ("composer", "Packagist"),
    ("crates", "crates.io"),
    ("gem", "RubyGems"),
    ("golang", "Go"),
    ("node", "npm"),
    ("pip", "PyPI"),
    ("python", "PyPI"),
    ("rust", "crates.io"),
    ("swift", "SwiftURL"),
];

/// A valid OSV ecosystem, with its suffix where it has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ecosystem {
    text: String,
    name: &'static str,
}

/// Not an ecosystem.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EcosystemError {
    /// OSV has none of this name.
    #[error("OSV has no ecosystem `{written}`")]
    Unknown {
        /// As written.
        written: String,
        /// The one that is probably meant.
        meant: Option<&'static str>,
    },
    /// A release must follow after a colon.
    #[error("`{0}` needs a release after a colon")]
    SuffixMissing(&'static str),
    /// Nothing may follow.
    #[error("`{0}` has no releases: leave out what follows the colon")]
    SuffixUnknown(&'static str),
}

impl EcosystemError {
    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unknown {
                meant: Some(meant), ..
            } => Some(format!("did you mean `{meant}`?")),
            Self::Unknown { meant: None, .. } => Some(
                "see https://ossf.github.io/osv-schema/#defined-ecosystems for the list".to_owned(),
            ),
            Self::SuffixMissing(name) => Some(format!("for example `{name}:1.0`")),
            Self::SuffixUnknown(name) => Some(format!("write `{name}`")),
        }
    }
}

/// How OSV marks ranges of an ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeType {
    /// `SEMVER`: the ecosystem itself enforces Semantic Versioning 2.
    SemVer,
    /// `ECOSYSTEM`: the ecosystem's own order.
    Ecosystem,
}

impl Ecosystem {
    /// Reads an ecosystem as OSV writes it, for example `PyPI` or `Alpine:v3.20`.
    ///
    /// # Errors
    /// Unknown names, and suffixes that are missing or out of place.
    pub fn parse(text: &str) -> Result<Self, EcosystemError> {
        let (name, suffix) = text
            .split_once(':')
            .map_or((text, None), |(name, rest)| (name, Some(rest)));
        let known = KNOWN.iter().find(|(known, _)| *known == name);
        let Some((name, rule)) = known else {
            return Err(EcosystemError::Unknown {
                written: text.to_owned(),
                meant: meant(name),
            });
        };
        let plain = |suffix: &str| {
            !suffix.is_empty()
                && suffix
                    .bytes()
                    .all(|byte| byte == b' ' || byte.is_ascii_graphic())
        };
        match (rule, suffix) {
            (Suffix::None, Some(_)) => Err(EcosystemError::SuffixUnknown(name)),
            (Suffix::Needed, None) => Err(EcosystemError::SuffixMissing(name)),
            (_, Some(suffix)) if !plain(suffix) => Err(EcosystemError::SuffixMissing(name)),
            _ => Ok(Self {
                text: text.to_owned(),
                name,
            }),
        }
    }

    /// The whole text, suffix included.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name without suffix: the directory in OSV's export.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How its versions are ordered; `None` where this is not known here yet: then ranges are refused.
    pub fn order(&self) -> Option<Order> {
        match self.name {
            "crates.io" | "npm" | "Go" | "Hex" | "Julia" | "SwiftURL" => Some(Order::SemVer),
            "PyPI" => Some(Order::Pep440),
            _ => None,
        }
    }

    /// How OSV marks its ranges. Scanners show fixes for PyPI only from `ECOSYSTEM` ranges.
    pub fn range_type(&self) -> RangeType {
        match self.order() {
            Some(Order::SemVer) => RangeType::SemVer,
            _ => RangeType::Ecosystem,
        }
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn meant(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let same = KNOWN
        .iter()
        .map(|(known, _)| *known)
        .find(|known| known.eq_ignore_ascii_case(name));
    same.or_else(|| {
        OTHER_NAMES
            .iter()
            .find(|(other, _)| *other == lower)
            .map(|(_, meant)| *meant)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_other_name_leads_into_it() {
        assert!(KNOWN.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (_, meant) in OTHER_NAMES {
            assert!(Ecosystem::parse(meant).is_ok(), "{meant}");
        }
    }

    #[test]
    fn another_spelling_is_refused_with_the_right_one() {
        let help = |text| Ecosystem::parse(text).expect_err("wrong").help();
        assert_eq!(help("pypi").as_deref(), Some("did you mean `PyPI`?"));
        assert_eq!(help("cargo").as_deref(), Some("did you mean `crates.io`?"));
        assert!(help("Acme").is_some());
    }

    #[test]
    fn a_release_follows_only_where_there_are_releases() {
        assert_eq!(
            Ecosystem::parse("Alpine:v3.20").map(|e| e.name()),
            Ok("Alpine")
        );
        assert_eq!(
            Ecosystem::parse("Alpine"),
            Err(EcosystemError::SuffixMissing("Alpine"))
        );
        assert_eq!(
            Ecosystem::parse("npm:x"),
            Err(EcosystemError::SuffixUnknown("npm"))
        );
        assert!(Ecosystem::parse("Debian").is_ok() && Ecosystem::parse("Debian:").is_err());
    }
}
