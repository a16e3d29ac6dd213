//! Owns an ecosystem as a record names it, and what follows from the name.
//! Must never accept a spelling that OSV does not know.

use std::fmt;

use crate::Order;
use crate::known::{Known, known, meant};
use crate::suffix::Suffix;

/// A valid OSV ecosystem, with its suffix where it has one. Ordered by its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ecosystem {
    text: String,
    name: &'static str,
}

/// Not an ecosystem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// What follows is not how this ecosystem names its releases.
    #[error("`{suffix}` is not how `{name}` names its releases")]
    SuffixForm {
        /// Where.
        name: &'static str,
        /// As written, with unprintable characters escaped.
        suffix: String,
    },
}

impl EcosystemError {
    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        let example = |name: &str| match known(name).map(|known| known.suffix) {
            Some(Suffix::Needed(_, example)) => format!("for example `{name}:{example}`"),
            Some(Suffix::Allowed(_, example)) => {
                format!("for example `{name}:{example}`, or only `{name}`")
            }
            _ => format!("write `{name}`"),
        };
        Some(match self {
            Self::Unknown {
                meant: Some(meant), ..
            } => format!("did you mean `{meant}`?"),
            Self::Unknown { meant: None, .. } => {
                "see https://ossf.github.io/osv-schema/#defined-ecosystems for the list".to_owned()
            }
            Self::SuffixUnknown(name) => format!("write `{name}`"),
            Self::SuffixMissing(name) | Self::SuffixForm { name, .. } => example(name),
        })
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
    /// Reads an ecosystem as OSV writes it, for example `PyPI` or `Alpine:v3.22`.
    ///
    /// # Errors
    /// Unknown names, and suffixes that are missing or out of place.
    pub fn parse(text: &str) -> Result<Self, EcosystemError> {
        let (name, suffix) = match text.split_once(':') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (text, None),
        };
        let Some(Known {
            name, suffix: rule, ..
        }) = known(name)
        else {
            return Err(EcosystemError::Unknown {
                written: text.escape_debug().to_string(),
                meant: meant(name),
            });
        };
        match (*rule, suffix) {
            (Suffix::Never, Some(_)) => Err(EcosystemError::SuffixUnknown(name)),
            (Suffix::Needed(..), None | Some("")) => Err(EcosystemError::SuffixMissing(name)),
            (Suffix::Needed(form, _) | Suffix::Allowed(form, _), Some(suffix))
                if !form.fits(suffix) =>
            {
                let suffix = suffix.escape_debug().to_string();
                Err(EcosystemError::SuffixForm { name, suffix })
            }
            _ => Ok(Self {
                text: text.to_owned(),
                name,
            }),
        }
    }

    /// Reads an ecosystem that somebody asks about: a release may be left out, and then stands for all, or be one that no
    /// record has, and then matches none that names another. Never for what is written down.
    ///
    /// # Errors
    /// Names that OSV does not have.
    pub fn asked(text: &str) -> Result<Self, EcosystemError> {
        match Self::parse(text) {
            Ok(ecosystem) => Ok(ecosystem),
            Err(unknown @ EcosystemError::Unknown { .. }) => Err(unknown),
            Err(
                EcosystemError::SuffixMissing(name)
                | EcosystemError::SuffixUnknown(name)
                | EcosystemError::SuffixForm { name, .. },
            ) => Ok(Self {
                text: text.trim_end_matches(':').to_owned(),
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

    /// What follows the first colon: a release or a repository.
    pub fn suffix(&self) -> Option<&str> {
        self.text.split_once(':').map(|(_, suffix)| suffix)
    }

    /// How its versions are ordered; `None` where this is not known here: then ranges are refused rather than guessed.
    pub fn order(&self) -> Option<Order> {
        known(self.name).and_then(|known| known.order)
    }

    /// The same for a name with or without its release, which never changes the order.
    ///
    /// # Errors
    /// Names that are no ecosystem, and releases that none has.
    pub fn order_of(text: &str) -> Result<Option<Order>, EcosystemError> {
        match Self::parse(text) {
            Ok(ecosystem) => Ok(ecosystem.order()),
            Err(EcosystemError::SuffixMissing(name)) => Ok(known(name).and_then(|row| row.order)),
            Err(error) => Err(error),
        }
    }

    /// How OSV marks its ranges: `SEMVER` where the registry itself refuses everything else, `ECOSYSTEM` elsewhere,
    /// for PyPI too, of which pip-audit shows fixes from no other type.
    pub fn range_type(&self) -> RangeType {
        match self.name {
            "crates.io" | "npm" | "Go" | "Hex" | "Julia" | "SwiftURL" => RangeType::SemVer,
            _ => RangeType::Ecosystem,
        }
    }

    /// The first OSV schema that has this ecosystem: a record that names it and claims an older schema is invalid.
    /// `1.7.5` stands for this and everything before.
    pub fn since_schema(&self) -> &'static str {
        match self.name {
            "Homebrew" | "WordPress" => "1.9.0",
            "Azure Linux" | "TuxCare" | "vcpkg" => "1.8.0",
            _ => "1.7.5",
        }
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::KNOWN;
    use proptest::prelude::*;

    #[test]
    fn another_spelling_is_refused_with_the_right_one() {
        let help = |text| Ecosystem::parse(text).expect_err("wrong").help();
        assert_eq!(help("pypi").as_deref(), Some("did you mean `PyPI`?"));
        assert_eq!(help("cargo").as_deref(), Some("did you mean `crates.io`?"));
        assert_eq!(
            help("alpine:v3.20").as_deref(),
            Some("did you mean `Alpine`?")
        );
        assert_eq!(
            help("Alpine").as_deref(),
            Some("for example `Alpine:v3.22`")
        );
        assert_eq!(
            help("Debian:").as_deref(),
            Some("for example `Debian:13`, or only `Debian`")
        );
        assert!(help("Acme").is_some_and(|help| help.contains("https://")));
    }

    #[test]
    fn a_question_may_leave_the_release_open_or_name_an_odd_one() {
        for (text, name, suffix) in [
            ("PyPI", "PyPI", None),
            ("Alpine", "Alpine", None),
            ("Alpine:", "Alpine", None),
            ("Alpine:edge", "Alpine", Some("edge")),
            ("PyPI:x", "PyPI", Some("x")),
        ] {
            let asked = Ecosystem::asked(text).expect(text);
            assert_eq!((asked.name(), asked.suffix()), (name, suffix));
        }
        assert!(Ecosystem::asked("pypi").is_err());
        assert!(Ecosystem::asked("").is_err());
    }

    #[test]
    fn a_release_follows_only_where_there_are_releases() {
        for text in [
            "Alpine:v3.20",
            "Alpaquita:stream",
            "Debian",
            "Debian:sid",
            "Debian:12",
            "Ubuntu:22.04:LTS",
            "Ubuntu:25.10",
            "Ubuntu:Pro:18.04:LTS",
            "Maven",
            "Maven:https://maven.google.com",
            "Red Hat:rhel_aus:8.4::appstream",
            "openSUSE:Leap 15.6",
            "FreeBSD:base:14.3",
            "Root:Debian:12",
            "AlmaLinux:9",
            "Photon OS:3.0",
        ] {
            let ecosystem = Ecosystem::parse(text).expect(text);
            assert_eq!(
                (ecosystem.as_str(), ecosystem.to_string().as_str()),
                (text, text)
            );
            let suffix = ecosystem.suffix().map(|suffix| format!(":{suffix}"));
            assert_eq!(
                format!("{}{}", ecosystem.name(), suffix.unwrap_or_default()),
                text
            );
        }
        assert_eq!(
            Ecosystem::parse("Alpine"),
            Err(EcosystemError::SuffixMissing("Alpine"))
        );
        assert_eq!(
            Ecosystem::parse("npm:x"),
            Err(EcosystemError::SuffixUnknown("npm"))
        );
        for text in [
            "Alpine:3.20",
            "Alpine:v",
            "Alpine:edge",
            "Ubuntu:22",
            "Ubuntu:LTS",
            "Debian:",
            "Debian: 12",
            "Mageia:nine",
            "Maven:https://maven.google.com/",
            "Maven:http://x",
            "Maven:https://x/../y",
            "Debian:../x",
            "SUSE:a\u{7}b",
            "PyPI ",
            " PyPI",
            "",
        ] {
            assert!(Ecosystem::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_example_in_a_help_is_right() {
        for row in KNOWN {
            let (Suffix::Needed(_, example) | Suffix::Allowed(_, example)) = row.suffix else {
                continue;
            };
            let text = format!("{}:{example}", row.name);
            assert!(Ecosystem::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn ranges_are_semver_only_where_the_registry_enforces_it() {
        let kind = |text| Ecosystem::parse(text).expect(text).range_type();
        for text in ["crates.io", "npm", "Go", "Hex", "Julia", "SwiftURL"] {
            assert_eq!(kind(text), RangeType::SemVer, "{text}");
            assert_eq!(
                Ecosystem::parse(text).expect(text).order(),
                Some(Order::SemVer)
            );
        }
        for text in ["PyPI", "Bitnami", "Pub", "NuGet", "GHC", "Alpine:v3.20"] {
            assert_eq!(kind(text), RangeType::Ecosystem, "{text}");
        }
    }

    #[test]
    fn young_ecosystems_ask_for_a_young_schema() {
        let since = |text| Ecosystem::parse(text).expect(text).since_schema();
        assert_eq!(
            [since("PyPI"), since("TuxCare"), since("WordPress")],
            ["1.7.5", "1.8.0", "1.9.0"]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_an_ecosystem_or_a_reason(text in "(PyPI|Alpine|Red Hat|Maven|)(:|)\\PC{0,12}|.{0,60}") {
            match Ecosystem::parse(&text) {
                Ok(ecosystem) => prop_assert_eq!(ecosystem.as_str(), &text),
                Err(error) => prop_assert!(error.help().is_some()),
            }
        }
    }
}
