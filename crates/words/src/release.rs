//! Owns which releases fix something, and what.
//! Must never hold a withdrawn advisory for a fix.
//! A package is in an advisory once, and its branches meet nowhere: no advisory is twice in a release.

use std::collections::BTreeMap;

use caveat_check::{AffectedPackage, Book, Entry, PackageId};
use caveat_versions::{Interval, Version};

/// Package key and fixed version.
pub type Key = (String, String);

/// A version of a package that fixes something.
#[derive(Debug)]
#[non_exhaustive]
pub struct Release<'b> {
    /// Whose version.
    pub package: &'b PackageId,
    /// Which one.
    pub version: &'b Version,
    /// What it fixes, highest severity first.
    pub fixes: Vec<Fix<'b>>,
}

/// What an advisory means for one release.
#[derive(Clone, Copy, Debug)]
pub struct Fix<'b> {
    /// The advisory.
    pub entry: &'b Entry,
    /// The package as the advisory names it.
    pub affected: &'b AffectedPackage,
    /// The versions that this release ends.
    pub branch: &'b Interval,
}

impl<'b> Fix<'b> {
    /// The version to upgrade to: the fix, or what was released in its place.
    fn target(&self) -> Option<&'b Version> {
        self.affected.target(self.branch)
    }
}

/// Every release that fixes something: by package, then oldest first.
pub fn releases(book: &Book) -> Vec<Release<'_>> {
    let mut releases: BTreeMap<Key, Release<'_>> = BTreeMap::new();
    for fix in book.entries().iter().flat_map(fixes) {
        let (package, Some(version)) = (&fix.affected.package, fix.target()) else {
            continue;
        };
        let release = releases
            .entry((package.key.clone(), version.canonical()))
            .or_insert_with(|| Release {
                package,
                version,
                fixes: Vec::new(),
            });
        release.fixes.push(fix);
    }
    let mut releases: Vec<Release<'_>> = releases.into_values().collect();
    releases.sort_by(|a, b| (&a.package.key, a.version).cmp(&(&b.package.key, b.version)));
    for release in &mut releases {
        let rank = |fix: &Fix<'_>| (fix.entry.rank, fix.entry.id.clone());
        release.fixes.sort_by_cached_key(rank);
    }
    releases
}

fn fixes(entry: &Entry) -> impl Iterator<Item = Fix<'_>> {
    let stands = entry.advisory.withdrawn.is_none();
    let affected = entry.affected.iter().filter(move |_| stands);
    affected.flat_map(move |affected| {
        let fixed = affected.branches.iter();
        let fixed = fixed.filter(|branch| branch.fixed().is_some());
        fixed.map(move |branch| Fix {
            entry,
            affected,
            branch,
        })
    })
}

/// The releases that fix one advisory.
pub fn keys_of(entry: &Entry) -> Vec<Key> {
    let key = |fix: Fix<'_>| {
        let version = fix.target()?.canonical();
        Some((fix.affected.package.key.clone(), version))
    };
    fixes(entry).filter_map(key).collect()
}

/// The versions of any package that fix one advisory.
pub fn versions_of(entry: &Entry) -> Vec<(&PackageId, &Version)> {
    let versions = fixes(entry).filter_map(|fix| Some((&fix.affected.package, fix.target()?)));
    versions.collect()
}
