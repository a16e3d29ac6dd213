//! Owns what the book says of one package: where it is affected, what fixes it, and what is known of the rest.
//! Must never change where a flaw ends for what is said of a fix: that is for ranges alone.

use caveat_advisory::{Affected, Extra, FixNote, Justification, Status, StatusKind};
use caveat_versions::{Interval, Order, Version, VersionError};

use crate::book::PackageId;
use crate::candidate::Row;

/// A package and its affected versions.
#[derive(Debug)]
#[non_exhaustive]
pub struct AffectedPackage {
    /// Which package.
    pub package: PackageId,
    /// Affected branches, ascending and disjoint.
    pub branches: Vec<Interval>,
    /// Commits that brought the flaw.
    pub introduced_by: Vec<String>,
    /// Commits that removed it.
    pub fixed_by: Vec<String>,
    /// For ranges of git: the same commits with those that carry them to other branches, as the history shows.
    pub starts: Vec<String>,
    /// The same of those that removed it, without those that were undone.
    pub ends: Vec<String>,
    /// A commit fixes it, and no release has that yet.
    pub fix_unreleased: bool,
    /// What is to be known of single fixes.
    pub fixes: Vec<Fix>,
    /// Functions through which it is reached.
    pub functions: Vec<String>,
    /// Data that the form has no key for.
    pub extra: Extra,
    /// The same, as the ecosystem defines it.
    pub ecosystem_extra: Extra,
    /// Features that must be in use.
    pub features: Vec<String>,
}

impl AffectedPackage {
    /// What is to be known of this fixed version.
    pub fn fix(&self, version: &Version) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.version == *version)
    }

    /// The version to upgrade to on a branch: its fix, or what was released in its place.
    pub fn target<'a>(&'a self, branch: &'a Interval) -> Option<&'a Version> {
        let fixed = branch.fixed()?;
        let instead = self.fix(fixed).and_then(|fix| fix.upgrade_to.as_ref());
        Some(instead.unwrap_or(fixed))
    }

    /// The versions to upgrade to, ascending, each once.
    pub fn targets(&self) -> Vec<&Version> {
        let targets = self.branches.iter();
        let mut targets: Vec<_> = targets.filter_map(|branch| self.target(branch)).collect();
        targets.sort();
        targets.dedup();
        targets
    }
}

/// What is known of versions that no range names as affected.
#[derive(Debug)]
#[non_exhaustive]
pub struct Standing {
    /// Of which package.
    pub package: PackageId,
    /// Ascending; none are all versions.
    pub branches: Vec<Interval>,
    /// What.
    pub state: StatusKind,
    /// Which of the reasons that scanners know.
    pub justification: Option<Justification>,
    /// Why, or how that is known.
    pub reason: Option<String>,
}

/// What is to be known of one fixed version.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// The version.
    pub version: Version,
    /// Who can get it, where that is not everybody.
    pub availability: Option<String>,
    /// The next version that was released: this one never was.
    pub upgrade_to: Option<Version>,
}

impl Fix {
    /// Or the key whose version cannot be read.
    pub(crate) fn new(order: Order, note: &FixNote) -> Result<Self, (&'static str, VersionError)> {
        let read = |text: &str| Version::parse(order, text);
        let upgrade_to = note.upgrade_to.as_deref().map(read).transpose();
        Ok(Self {
            version: read(&note.version).map_err(|error| ("version", error))?,
            availability: note.availability.clone(),
            upgrade_to: upgrade_to.map_err(|error| ("upgrade-to", error))?,
        })
    }
}

/// What is known of versions that are not affected. `None` where something could not be read.
pub(crate) fn standing(row: Row, written: &Status) -> Option<Standing> {
    let branches = row.branches.into_iter().collect::<Result<Vec<_>, _>>();
    let mut branches = branches.ok()?;
    branches.sort_by(Interval::cmp_lower);
    Some(Standing {
        package: row.package.ok()?,
        branches,
        state: written.state,
        justification: written.justification,
        reason: written.reason.clone(),
    })
}

/// A row with its facts parsed. `None` where something could not be read.
pub(crate) fn affected(row: Row, written: &Affected) -> Option<AffectedPackage> {
    let branches = row.branches.into_iter().map(Result::ok);
    let mut branches: Vec<Interval> = branches.collect::<Option<_>>()?;
    branches.sort_by(Interval::cmp_lower);
    Some(AffectedPackage {
        package: row.package.ok()?,
        branches,
        introduced_by: written.introduced_by.clone(),
        fixed_by: written.fixed_by.clone(),
        starts: written.introduced_by.clone(),
        ends: written.fixed_by.clone(),
        fix_unreleased: written.fix_unreleased,
        fixes: row.fixes.into_iter().collect::<Result<_, _>>().ok()?,
        functions: written.functions.clone(),
        extra: written.extra.clone(),
        ecosystem_extra: written.ecosystem_extra.clone(),
        features: written.features.clone(),
    })
}
