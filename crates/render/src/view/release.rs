//! Owns the releases of a package as their pages show them: what one is affected by, what it fixes, what to upgrade to.
//! Must never say that a release is safe: what no advisory names, nobody may have looked at.

use caveat_advisory::{Package, Project};
use caveat_check::{AffectedPackage, Book, Fix, upgrade};
use caveat_texts::Texts;
use caveat_versions::{Ecosystem, Interval, Ranges, Upper, Version};
use serde::Serialize;

use super::card::{Card, PackageLink, card, package_link};
use super::package::{Found, Named};
use super::shape::MailView;
use caveat_words::range;

/// A package of caveat.toml with every version of it that is known.
pub(crate) struct Releases<'b> {
    project: &'b Project,
    named: &'b Named<'b>,
    /// Ascending.
    versions: Vec<Version>,
    /// Those that caveat.toml lists, ascending; empty where it keeps no list.
    listed: Vec<Version>,
    /// What any advisory holds that was not withdrawn.
    held: Ranges,
    /// What such advisories say of single fixes.
    notes: Vec<&'b Fix>,
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
    /// Advisories whose authors did not look at it.
    not_analysed: Vec<Card>,
    fixes: Vec<Card>,
    mails: Vec<MailView>,
    /// How it stands, and what to do, in words.
    says: String,
    todo: Option<String>,
    unreleased: Option<String>,
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
    /// Without which of them nobody is affected.
    features: Vec<String>,
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
    /// Advisories that name one of these releases, and have no column.
    more: usize,
}

/// One release in it.
#[derive(Serialize)]
struct MatrixRow {
    #[serde(flatten)]
    link: ReleaseLink,
    /// `affected`, `fixed` (by this very release), `unknown` (not analysed) or `clear`.
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
        let named_in = branches(named.found.iter());
        let mut versions: Vec<Version> = named_in.flat_map(bounds).cloned().collect();
        let targets = named.found.iter();
        let targets = targets.flat_map(|(_, affected)| affected.targets());
        versions.extend(targets.cloned());
        versions.extend(listed.iter().cloned());
        versions.sort();
        versions.dedup();
        let held: Vec<Interval> = branches(standing(named)).cloned().collect();
        let notes = standing(named).flat_map(|(_, affected)| &affected.fixes);
        Some(Self {
            project: book.project(),
            named,
            versions,
            listed,
            held: Ranges::merge(&held),
            notes: notes.collect(),
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

    /// Those that caveat.toml lists.
    pub(crate) fn listed(&self) -> &[Version] {
        &self.listed
    }

    /// Every version, oldest first.
    pub(crate) fn all(&self) -> &[Version] {
        &self.versions
    }

    fn link(&self, version: &Version) -> ReleaseLink {
        let (canonical, package) = (version.canonical(), self.named.package);
        ReleaseLink {
            path: release_path(&package.ecosystem, &package.name, &canonical),
            version: canonical,
        }
    }

    fn view(&self, texts: &Texts, at: usize) -> ReleaseView {
        let version = &self.versions[at];
        let here = self.link(version);
        let affected = standing(self.named).filter_map(|(entry, affected)| {
            let branch = holding(affected, version)?;
            Some(AffectedBy {
                card: card(entry),
                words: range(texts, branch),
                features: affected.features.clone(),
                fix: affected.target(branch).map(|target| self.link(target)),
            })
        });
        let affected: Vec<AffectedBy> = affected.collect();
        let fixes: Vec<Card> = standing(self.named)
            .filter(|(_, affected)| fixes(affected, version))
            .map(|(entry, _)| card(entry))
            .collect();
        let not_analysed = standing(self.named)
            .filter(|(entry, _)| entry.is_unanalysed(self.named.package, version));
        let not_analysed = not_analysed.map(|(entry, _)| card(entry)).collect();
        let key = &self.named.package.key;
        let released =
            (!self.listed.is_empty()).then(|| self.listed.binary_search(version).is_ok());
        let upgrade = self.upgrade(version).map(|version| self.link(&version));
        let target = upgrade.as_ref().map(|link| link.version.as_str());
        ReleaseView {
            package: package_link(self.named.package),
            released,
            says: caveat_words::verdict::standing(texts, affected.len()),
            todo: (!affected.is_empty()).then(|| caveat_words::verdict::todo(texts, target)),
            unreleased: (released == Some(false)).then(|| caveat_words::verdict::unreleased(texts)),
            upgrade,
            not_analysed,
            mails: self.mails(&here.version, fixes.len()),
            notes: (!fixes.is_empty()).then(|| caveat_notes::path(key, &here.version)),
            newer: self.versions.get(at + 1).map(|version| self.link(version)),
            older: at.checked_sub(1).map(|at| self.link(&self.versions[at])),
            version: here.version,
            path: here.path,
            affected,
            fixes,
        }
    }

    fn mails(&self, version: &str, fixes: usize) -> Vec<MailView> {
        let key = &self.named.package.key;
        let mails = caveat_mail::mails_of_release(self.project, key, version, fixes).into_iter();
        let view = |(channel, path)| MailView {
            channel,
            path: format!("{path}.txt"),
        };
        mails.map(view).collect()
    }

    /// The first version from here on that no advisory holds and that was released, as far as that is known.
    fn upgrade(&self, version: &Version) -> Option<Version> {
        if !self.held.contains(version) {
            return None;
        }
        if self.listed.is_empty() {
            return upgrade(&self.held, &self.notes, version);
        }
        let later = self.listed.partition_point(|one| one <= version);
        let mut later = self.listed[later..].iter();
        later.find(|one| !self.held.contains(one)).cloned()
    }

    /// Some releases against the newest of the advisories that name any of them.
    pub(crate) fn matrix(&self, versions: &[Version], columns: usize) -> MatrixView {
        let names = |found: &&Found<'_>| {
            let mut versions = versions.iter();
            versions.any(|version| cell(found, version) != CLEAR)
        };
        let mut naming = standing(self.named).filter(names);
        let shown: Vec<_> = naming.by_ref().take(columns).collect();
        let row = |version: &Version| MatrixRow {
            link: self.link(version),
            cells: shown.iter().map(|found| cell(found, version)).collect(),
        };
        MatrixView {
            rows: versions.iter().rev().map(row).collect(),
            advisories: shown.iter().map(|(entry, _)| card(entry)).collect(),
            more: naming.count(),
        }
    }
}

const CLEAR: &str = "clear";

/// What an advisory says of a release.
fn cell((entry, affected): &Found<'_>, version: &Version) -> &'static str {
    match () {
        () if holding(affected, version).is_some() => "affected",
        () if fixes(affected, version) => "fixed",
        () if entry.is_unanalysed(&affected.package, version) => "unknown",
        () => CLEAR,
    }
}

/// What was not withdrawn, newest first.
fn standing<'n>(named: &'n Named<'_>) -> impl Iterator<Item = &'n Found<'n>> {
    let found = named.found.iter().rev();
    found.filter(|(entry, _)| entry.advisory.withdrawn.is_none())
}

fn branches<'n>(found: impl Iterator<Item = &'n Found<'n>>) -> impl Iterator<Item = &'n Interval> {
    found.flat_map(|(_, affected)| &affected.branches)
}

/// The versions that caveat.toml lists, where the order can read them, ascending.
fn listed(named: &Named<'_>, package: &Package) -> Vec<Version> {
    let Some(order) = named.package.ecosystem.order() else {
        return Vec::new();
    };
    let versions = package.releases.iter();
    let versions = versions.filter_map(|text| Version::parse(order, text).ok());
    let mut versions: Vec<Version> = versions.collect();
    versions.sort();
    versions
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
    affected.targets().contains(&version)
}
