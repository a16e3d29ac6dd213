//! Owns one version of one package as people and scanners name it: `ECOSYSTEM/NAME@VERSION`, or a package URL.
//! Must never guess: what can be read in two ways is read in the one that names a package, or refused.

use std::fmt;

use crate::{Ecosystem, EcosystemError, NameError, canonical_name, purl_text};

/// A version of a package; whether it is one that the ecosystem can have is not yet known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinate {
    /// Where.
    pub ecosystem: Ecosystem,
    /// The package's canonical name there.
    pub name: String,
    /// As written.
    pub version: String,
}

/// Why a text names no version of a package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoordinateError {
    /// A part is missing or cannot be read.
    #[error("`{written}` names no version of a package: {fault}")]
    Form {
        /// As written, with unprintable characters escaped.
        written: String,
        /// What is wrong.
        fault: &'static str,
    },
    /// What stands before the name is no ecosystem.
    #[error(transparent)]
    Ecosystem(#[from] EcosystemError),
    /// The ecosystem has no such names.
    #[error(transparent)]
    Name(#[from] NameError),
}

impl CoordinateError {
    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Form { .. } => {
                Some("write `PyPI/torch@2.1.0` or `pkg:pypi/torch@2.1.0`".to_owned())
            }
            Self::Ecosystem(error) => error.help(),
            Self::Name(error) => error.help(),
        }
    }

    pub(crate) fn form(written: &str, fault: &'static str) -> Self {
        let written = written.escape_debug().take(MOST_REPEATED).collect();
        Self::Form { written, fault }
    }
}

/// No more characters than this of a faulty text are repeated.
const MOST_REPEATED: usize = 200;

impl Coordinate {
    /// Reads `ECOSYSTEM/NAME@VERSION` or, beginning with `pkg:`, a package URL.
    ///
    /// # Errors
    /// What cannot be read, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, CoordinateError> {
        let is_url = text
            .get(..4)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("pkg:"));
        if is_url {
            return purl_text::read(text);
        }
        let (package, version) = split_version(text)
            .ok_or_else(|| CoordinateError::form(text, "there is no `@VERSION` at its end"))?;
        let (ecosystem, name) = split_package(package)?;
        Self::new(ecosystem, name, version.to_owned())
    }

    pub(crate) fn new(
        ecosystem: Ecosystem,
        name: &str,
        version: String,
    ) -> Result<Self, CoordinateError> {
        let name = canonical_name(&ecosystem, name)?;
        if version.is_empty() || version.chars().any(|c| !c.is_ascii_graphic() || c == '@') {
            return Err(CoordinateError::form(
                &version,
                "its version is empty, holds an `@`, or is not in visible ASCII",
            ));
        }
        Ok(Self {
            ecosystem,
            name,
            version,
        })
    }
}

/// Cuts at the last `@`, unless a scope begins there.
pub(crate) fn split_version(text: &str) -> Option<(&str, &str)> {
    let (package, version) = text.rsplit_once('@')?;
    (!package.ends_with('/') && !version.is_empty()).then_some((package, version))
}

/// Names hold slashes, and so do the addresses that some ecosystems end with: the first cut that gives both counts.
fn split_package(text: &str) -> Result<(Ecosystem, &str), CoordinateError> {
    let mut fault = None;
    for (at, _) in text.match_indices('/') {
        let (ecosystem, name) = (&text[..at], &text[at + 1..]);
        let found = Ecosystem::parse(ecosystem)
            .map_err(CoordinateError::from)
            .and_then(|ecosystem| {
                canonical_name(&ecosystem, name)?;
                Ok(ecosystem)
            });
        match found {
            Ok(ecosystem) => return Ok((ecosystem, name)),
            // A wrong name says more than a wrong ecosystem, and the first cut more than later ones.
            Err(CoordinateError::Name(error))
                if !matches!(fault, Some(CoordinateError::Name(_))) =>
            {
                fault = Some(error.into());
            }
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    Err(fault.unwrap_or_else(|| {
        CoordinateError::form(text, "there is no `/` between ecosystem and name")
    }))
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{}", self.ecosystem, self.name, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::texts;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String, String) {
        let read = Coordinate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (read.ecosystem.to_string(), read.name, read.version)
    }

    #[test]
    fn signs_of_a_name_are_not_those_around_it() {
        for (text, ecosystem, name, version) in [
            ("PyPI/Torch@1.2", "PyPI", "torch", "1.2"),
            ("npm/@gradio/client@1.0.0", "npm", "@gradio/client", "1.0.0"),
            ("npm/lodash@1.0.0", "npm", "lodash", "1.0.0"),
            (
                "Go/example.org/a/b/v2@v2.1.0",
                "Go",
                "example.org/a/b/v2",
                "v2.1.0",
            ),
            ("Maven/org.a:b@1.0", "Maven", "org.a:b", "1.0"),
            (
                "Maven:https://maven.google.com/androidx.core:core@1.0",
                "Maven:https://maven.google.com",
                "androidx.core:core",
                "1.0",
            ),
            (
                "Packagist:https://packages.drupal.org/8/drupal/core@8.1",
                "Packagist:https://packages.drupal.org/8",
                "drupal/core",
                "8.1",
            ),
            (
                "SwiftURL/https://github.com/A/B.git@1.0.0",
                "SwiftURL",
                "https://github.com/A/B.git",
                "1.0.0",
            ),
            ("Debian:12/curl@1:7.1-2", "Debian:12", "curl", "1:7.1-2"),
            (
                "SUSE:Linux Enterprise Server 15 SP7/curl@8-1",
                "SUSE:Linux Enterprise Server 15 SP7",
                "curl",
                "8-1",
            ),
        ] {
            assert_eq!(
                read(text),
                (ecosystem.into(), name.into(), version.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_names_no_version_of_a_package_is_refused_with_a_reason() {
        for (text, reason) in [
            ("", "no `@VERSION`"),
            ("torch", "no `@VERSION`"),
            ("PyPI/torch", "no `@VERSION`"),
            ("PyPI/torch@", "no `@VERSION`"),
            ("npm/@gradio/client", "no `@VERSION`"),
            ("npm/@gradio", "no `@VERSION`"),
            ("torch@1.0", "no `/`"),
            ("pypi/torch@1.0", "no ecosystem `pypi`"),
            ("Alpine/curl@1.0", "needs a release"),
            ("npm/@a@1.0", "`@a` is no package name"),
            ("Maven/org.a/b@1", "`org.a/b` is no package name"),
            ("PyPI/torch@1 2", "visible ASCII"),
            ("pkg:swift/example.org/A/B@1/%40b", "holds an `@`"),
            ("PyPI/torch@1\u{202e}2", "visible ASCII"),
        ] {
            let error = Coordinate::parse(text).expect_err(text);
            assert!(error.to_string().contains(reason), "{text}: {error}");
            assert!(error.help().is_some(), "{text}");
            assert!(!error.to_string().contains('\u{202e}'));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_itself_or_refused(text in texts("(npm|PyPI|Maven|Go|pkg:[a-z]{2,5}|)[/:@]?[a-z.@/:%0-9]{0,20}@?\\PC{0,6}")) {
            if let Ok(read) = Coordinate::parse(&text) {
                prop_assert_eq!(Coordinate::parse(&read.to_string()), Ok(read));
            }
        }
    }
}
