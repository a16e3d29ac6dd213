//! Owns the releases of a package as their pages show them: what one is affected by, what it fixes, what to upgrade to.
//! Must never say that a release is safe: what no advisory names, nobody may have looked at.

use caveat_advisory::Package;
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;
use caveat_versions::{Ecosystem, Interval, Ranges, Upper, Version};
use serde::Serialize;

use super::card::{Card, PackageLink, card, package_link};
use super::package::Named;
use crate::notes;
use crate::words::range;

/// A package of caveat.toml with every version of it that is known.
pub(crate) struct Releases<'b> {
    named: &'b Named<'b>,
    /// Ascending.
    versions: Vec<Version>,
    /// Those that caveat.toml lists; empty where it keeps no list.
    listed: Vec<Version>,
}

/// A release on its own page.
#[derive(Serialize)]
pub(crate) struct ReleaseView {
    pub(crate) version: String,
    pub(crate) path: String,
    package: PackageLink,
    /// None where the project keeps no list of its releases.
    released: Option<bool>,
    affected: Vec<AffectedBy>,
    fixes: Vec<Card>,
    /// The first version from here on that no advisory names.
    upgrade: Option<ReleaseLink>,
    notes: Option<String>,
    newer: Option<ReleaseLink>,
    older: Option<ReleaseLink>,
}

/// An advisory that names a release.
#[derive(Serialize)]
struct AffectedBy {
    #[serde(flatten)]
    card: Card,
    words: String,
    fix: Option<ReleaseLink>,
}

/// A release and its page.
#[derive(Clone, Serialize)]
pub(crate) struct ReleaseLink {
    version: String,
    path: String,
}

/// Releases against advisories.
#[derive(Serialize)]
pub(crate) struct MatrixView {
    advisories: Vec<Card>,
    rows: Vec<MatrixRow>,
}

/// One release in it.
#[derive(Serialize)]
struct MatrixRow {
    #[serde(flatten)]
    link: ReleaseLink,
    /// `affected`, `fixed` (by this very release) or `clear`.
    cells: Vec<&'static str>,
}

/// The directory of a release's page.
pub(crate) fn release_path(ecosystem: &Ecosystem, name: &str, version: &str) -> String {
    let path = caveat_versions::package_path(ecosystem, name);
    format!("releases/{path}/{version}/")
}

impl<'b> Releases<'b> {
    /// `None` for a package that caveat.toml does not have: what its releases are, the feed does not know.
    pub(crate) fn of(book: &'b Book, named: &'b Named<'b>) -> Option<Self> {
        let declared = &book.project().packages;
        let package = declared.iter().find(|one| one.key == named.package.key)?;
        let listed = listed(named, package);
        let branches = named
            .found
            .iter()
            .flat_map(|(_, affected)| &affected.branches);
        let mut versions: Vec<Version> = branches.flat_map(bounds).cloned().collect();
        versions.extend(listed.iter().cloned());
        versions.sort();
        versions.dedup();
        Some(Self {
            named,
            versions,
            listed,
        })
    }

    /// Every release, oldest first.
    pub(crate) fn views<'t>(&'t self, texts: &'t Texts) -> impl Iterator<Item = ReleaseView> + 't {
        (0..self.versions.len()).map(|at| self.view(texts, at))
    }

    /// The directories of their pages.
    pub(crate) fn paths(&self) -> impl Iterator<Item = String> + '_ {
        self.versions.iter().map(|version| self.link(version).path)
    }

    /// What they are called, oldest first.
    pub(crate) fn versions(&self) -> Vec<String> {
        self.versions.iter().map(Version::canonical).collect()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.versions.len()
    }

    fn link(&self, version: &Version) -> ReleaseLink {
        let (canonical, package) = (version.canonical(), self.named.package);
        ReleaseLink {
            path: release_path(&package.ecosystem, &package.name, &canonical),
            version: canonical,
        }
    }

    fn standing(&self) -> impl Iterator<Item = &(&'b Entry, &'b AffectedPackage)> {
        let found = self.named.found.iter().rev();
        found.filter(|(entry, _)| entry.advisory.withdrawn.is_none())
    }

    fn view(&self, texts: &Texts, at: usize) -> ReleaseView {
        let version = &self.versions[at];
        let here = self.link(version);
        let affected = self.standing().filter_map(|(entry, affected)| {
            let branch = holding(affected, version)?;
            Some(AffectedBy {
                card: card(entry),
                words: range(texts, branch),
                fix: branch.fixed().map(|fixed| self.link(fixed)),
            })
        });
        let affected: Vec<AffectedBy> = affected.collect();
        let fixes: Vec<Card> = self
            .standing()
            .filter(|(_, affected)| fixes(affected, version))
            .map(|(entry, _)| card(entry))
            .collect();
        let key = &self.named.package.key;
        ReleaseView {
            package: package_link(self.named.package),
            released: (!self.listed.is_empty()).then(|| self.listed.contains(version)),
            upgrade: self.upgrade(version).map(|version| self.link(&version)),
            notes: (!fixes.is_empty()).then(|| notes::path(key, &here.version)),
            newer: self.versions.get(at + 1).map(|version| self.link(version)),
            older: at.checked_sub(1).map(|at| self.link(&self.versions[at])),
            version: here.version,
            path: here.path,
            affected,
            fixes,
        }
    }

    /// The first version from here on that no advisory holds and that was released, as far as that is known.
    fn upgrade(&self, version: &Version) -> Option<Version> {
        let branches = self.standing().flat_map(|(_, affected)| &affected.branches);
        let branches: Vec<Interval> = branches.cloned().collect();
        let merged = Ranges::merge(&branches);
        if !merged.contains(version) {
            return None;
        }
        let fits = |one: &&Version| *one > version && !merged.contains(one);
        if self.listed.is_empty() {
            let holding = merged
                .branches()?
                .into_iter()
                .find(|one| one.contains(version))?;
            return holding.fixed().cloned();
        }
        self.listed.iter().filter(fits).min().cloned()
    }

    /// The newest releases against the newest advisories.
    pub(crate) fn matrix(&self, rows: usize, columns: usize) -> MatrixView {
        let shown: Vec<_> = self.standing().take(columns).collect();
        let cell = |affected: &AffectedPackage, version: &Version| match () {
            () if holding(affected, version).is_some() => "affected",
            () if fixes(affected, version) => "fixed",
            () => "clear",
        };
        let row = |version: &Version| MatrixRow {
            link: self.link(version),
            cells: shown
                .iter()
                .map(|(_, affected)| cell(affected, version))
                .collect(),
        };
        MatrixView {
            rows: self.versions.iter().rev().take(rows).map(row).collect(),
            advisories: shown.iter().map(|(entry, _)| card(entry)).collect(),
        }
    }
}

/// The versions that caveat.toml lists, where the order can read them.
fn listed(named: &Named<'_>, package: &Package) -> Vec<Version> {
    let Some(order) = named.package.ecosystem.order() else {
        return Vec::new();
    };
    let versions = package.releases.iter();
    versions
        .filter_map(|text| Version::parse(order, text).ok())
        .collect()
}

/// The versions that a branch names.
pub(crate) fn bounds(branch: &Interval) -> impl Iterator<Item = &Version> {
    let upper = match branch.upper() {
        Upper::Fixed(version) | Upper::LastAffected(version) => Some(version),
        Upper::Open => None,
    };
    branch.lower().into_iter().chain(upper)
}

fn holding<'a>(affected: &'a AffectedPackage, version: &Version) -> Option<&'a Interval> {
    affected
        .branches
        .iter()
        .find(|branch| branch.contains(version))
}

fn fixes(affected: &AffectedPackage, version: &Version) -> bool {
    let mut fixed = affected.branches.iter().filter_map(Interval::fixed);
    fixed.any(|fixed| fixed == version)
}
