//! Owns an ecosystem as a record names it, and what follows from the name.
//! Must never accept a spelling that OSV does not know.

use std::fmt;

use crate::Order;
use crate::known::{KNOWN, Known, known, meant};
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

    /// The name of every ecosystem that OSV knows, without suffix, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|known| known.name)
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
mod tests;
