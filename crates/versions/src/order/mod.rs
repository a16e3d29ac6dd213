//! Owns the list of orders, and which of them reads a version.
//! Must never compare across orders: a key of one says nothing about another.

mod apk;
mod debian;
mod dotted;
#[cfg(test)]
mod lines;
mod maven;
mod nuget;
mod number;
mod packagist;
mod pep440;
mod rpm;
mod rubygems;
mod semver;

use crate::VersionError;

/// How the versions of an ecosystem follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Semantic Versioning 2.0.0, section 11. Build metadata never counts.
    SemVer,
    /// Semantic Versioning, with build metadata to decide at last: Dart's.
    Pub,
    /// PEP 440, with epochs, post- and development releases.
    Pep440,
    /// apk-package(5): Alpine and its relatives.
    Apk,
    /// deb-version(7).
    Debian,
    /// rpm-version(7).
    Rpm,
    /// `Gem::Version`.
    RubyGems,
    /// The POM reference.
    Maven,
    /// Semantic Versioning with four numbers, whatever the case.
    NuGet,
    /// PHP's `version_compare`, with Composer's stages.
    Packagist,
    /// Numbers with dots, compared one by one.
    Hackage,
    /// Numbers with dots and hyphens, compared one by one: R's.
    Cran,
}

impl Order {
    /// Every order, for tests and tables.
    pub const ALL: [Self; 12] = [
        Self::SemVer,
        Self::Pub,
        Self::Pep440,
        Self::Apk,
        Self::Debian,
        Self::Rpm,
        Self::RubyGems,
        Self::Maven,
        Self::NuGet,
        Self::Packagist,
        Self::Hackage,
        Self::Cran,
    ];
}

/// What is compared. The derived order falls back on the variant, so that it is total even where orders meet by mistake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    SemVer(semver::SemVer),
    Pub(semver::Pub),
    Pep440(pep440::Pep440),
    Apk(apk::Apk),
    Debian(debian::Debian),
    Rpm(rpm::Rpm),
    RubyGems(rubygems::Gem),
    Maven(maven::Maven),
    NuGet(nuget::NuGet),
    Packagist(packagist::Packagist),
    Hackage(dotted::Dotted),
    Cran(dotted::Dotted),
}

/// A key, and the canonical spelling.
type Reading = Result<(Key, String), VersionError>;

impl Key {
    /// Reads by the ecosystem's grammar.
    pub(crate) fn parse(order: Order, text: &str) -> Reading {
        let key = match order {
            Order::Pep440 => {
                let (version, spelling) = pep440::Pep440::parse(text)?;
                return Ok((Self::Pep440(version), spelling));
            }
            Order::SemVer => semver::SemVer::parse(text).map(Self::SemVer),
            Order::Pub => semver::Pub::parse(text).map(Self::Pub),
            Order::Apk => apk::Apk::parse(text).map(Self::Apk),
            Order::Debian => debian::Debian::parse(text).map(Self::Debian),
            Order::Rpm => rpm::Rpm::parse(text).map(Self::Rpm),
            Order::RubyGems => rubygems::Gem::parse(text).map(Self::RubyGems),
            Order::Maven => maven::Maven::parse(text).map(Self::Maven),
            Order::NuGet => nuget::NuGet::parse(text).map(Self::NuGet),
            Order::Packagist => packagist::Packagist::parse(text).map(Self::Packagist),
            Order::Hackage => dotted::Dotted::parse_hackage(text).map(Self::Hackage),
            Order::Cran => dotted::Dotted::parse_cran(text).map(Self::Cran),
        };
        Ok((key?, text.to_owned()))
    }

    /// Reads whatever can be given a place.
    pub(crate) fn found(order: Order, text: &str) -> Reading {
        let key = match order {
            Order::SemVer => {
                let (version, spelling) = semver::SemVer::found(text)?;
                return Ok((Self::SemVer(version), spelling));
            }
            Order::Pub => {
                let (version, spelling) = semver::Pub::found(text)?;
                return Ok((Self::Pub(version), spelling));
            }
            Order::Pep440 => {
                let (version, spelling) = pep440::Pep440::found(text);
                return Ok((Self::Pep440(version), spelling));
            }
            Order::Apk => Self::Apk(apk::Apk::found(text)),
            Order::Debian => Self::Debian(debian::Debian::found(text)),
            Order::Rpm => Self::Rpm(rpm::Rpm::found(text)),
            Order::RubyGems => Self::RubyGems(rubygems::Gem::found(text)),
            Order::Maven => Self::Maven(maven::Maven::found(text)),
            Order::NuGet => Self::NuGet(nuget::NuGet::found(text)),
            Order::Packagist => Self::Packagist(packagist::Packagist::found(text)),
            Order::Hackage | Order::Cran => {
                let numbers = dotted::Dotted::found(text)
                    .ok_or_else(|| VersionError::new(format!("`{text}` holds no number"), None))?;
                match order {
                    Order::Hackage => Self::Hackage(numbers),
                    _ => Self::Cran(numbers),
                }
            }
        };
        Ok((key, text.to_owned()))
    }
}
